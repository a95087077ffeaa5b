"""``providers``: the routes of one model side by side, in the order of the table widget."""

from __future__ import annotations

import textwrap
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from hfprov_widgets.cli.answer import Answer, as_command
from hfprov_widgets.cli.arguments import add_json, add_source, checked, pair, read_catalog
from hfprov_widgets.cli.exits import Exit
from hfprov_widgets.cli.rows import route_row
from hfprov_widgets.cli.text import WIDTH, count, source_words, table, units, visible
from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import COMPARISON, DEFAULT_MIX, ROUTE_COLUMNS, Column, Mix
from hfprov_widgets.data.errors import ModelNotFound
from hfprov_widgets.data.ranking import sort_routes
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.data.search import near_names
from hfprov_widgets.static_view import cell_words, price_labels

_UNPRICED = ("provider", "status", "task", "provider_id")
_NOTE = Column("note", "Note", "text", help="What has to be said of a price.")


def add_arguments(parser: ArgumentParser) -> None:
    """What ``providers`` takes."""
    parser.add_argument("model", metavar="MODEL", help="the model's id, org/name")
    add_source(parser, "auto")
    mix = parser.add_mutually_exclusive_group()
    mix.add_argument(
        "--mix",
        metavar="IN:OUT",
        type=checked(lambda text: pair(text, ":")),
        default=DEFAULT_MIX,
        help="parts of input and output tokens, for the cost of my mix (default: 3:1)",
    )
    mix.add_argument(
        "--tokens",
        metavar="IN,OUT",
        dest="mix",
        type=checked(lambda text: pair(text, ",")),
        help="the same as the token counts of a typical call, such as 600,300",
    )
    add_json(parser)


def _answer(arguments: Namespace) -> Answer:
    catalog = read_catalog(arguments.source)
    model = _find(arguments.model, catalog)
    mix: Mix = arguments.mix
    routes = sort_routes(model.routes, mix=mix)
    document = {
        "model": model.id,
        "mix": list(mix),
        "source": catalog.source,
        "retrieved_at": catalog.retrieved_at,
        "dated_rows": catalog.dated_rows,
        "routes": [route_row(route, mix) for route in routes],
    }
    if not routes:
        remark = f"No provider serves {model.id} ({source_words(catalog)})."
        return Answer(document, "", Exit.NO, catalog.warnings, remark)
    return Answer(document, _text(model, routes, mix, catalog), warnings=catalog.warnings)


run = as_command(_answer)


def _find(name: str, catalog: Catalog) -> Model:
    if name in catalog.ids:
        return catalog.model(name)
    raise ModelNotFound(
        f"There is no model {name} in this catalogue ({source_words(catalog)}).",
        near=near_names(name, catalog.ids),
        hint="Check the spelling, org/name; for tasks other than chat ask status.",
    )


def _text(model: Model, routes: Sequence[Route], mix: Mix, catalog: Catalog) -> str:
    columns = _columns(routes)
    rows = [_cells(route, columns, mix, catalog.dated_rows) for route in routes]
    head = f"{model.id}: {count(len(routes), 'route')}"
    if any(column.name == "price_blended" for column in columns):
        parts = " : ".join(f"{part:.15g}" for part in mix)
        said = f"{units(columns)} {ROUTE_COLUMNS['price_blended'].label} is {parts}, input to output."
        head += f"\n{textwrap.fill(said, WIDTH, break_on_hyphens=False)}"
    foot = f"Source: {visible(source_words(catalog))}. — means not published."
    return f"{head}\n\n{table(columns, rows)}\n\n{foot}"


def _columns(routes: Sequence[Route]) -> list[Column]:
    """The comparison's; without any price those that say something. Notes only where there are some."""
    priced = any(route.price_input is not None or route.price_output is not None for route in routes)
    columns = [ROUTE_COLUMNS[name] for name in (COMPARISON if priced else _UNPRICED)]
    if priced and len({route.task for route in routes}) > 1:
        columns.insert(2, ROUTE_COLUMNS["task"])
    return [*columns, _NOTE] if any(map(price_labels, routes)) else columns


def _cells(route: Route, columns: Sequence[Column], mix: Mix, dated: bool) -> list[str]:
    own = {"provider": route.provider, "note": ", ".join(price_labels(route))}
    ratio = (mix[0], mix[1])
    return [own[column.name] if column.name in own else cell_words(route, column, ratio, dated) for column in columns]
