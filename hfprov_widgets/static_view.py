"""The rows on screen for readers that run no widget: as Markdown, the same that the table's Copy menu gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import ROUTE_COLUMNS, Column
from hfprov_widgets.data.formatting import format_value, suspect_price
from hfprov_widgets.data.ranking import blended
from hfprov_widgets.data.records import Model, Route

_NUMBERS = {"price", "blended", "milliseconds", "speed", "tokens", "count"}


def markdown_table(routes: Iterable[Route], columns: Sequence[str], mix: tuple[float, float], catalog: Catalog) -> str:
    r"""A Markdown table of routes: units in the header, the source and its date below.

    Parameters
    ----------
    routes : iterable of Route
        The rows, in their order.
    columns : sequence of str
        Names of route columns.
    mix : pair of float
        Input to output tokens, for ``price_blended``.
    catalog : Catalog
        Where the rows come from.

    Examples
    --------
    >>> from hfprov_widgets.data.load import load_catalog
    >>> documented = load_catalog("documented")
    >>> print(markdown_table(documented.all_routes[:1], ["provider", "price_output"], (3, 1), documented))
    | Provider | Output (\$ / 1M tokens) |
    | --- | ---: |
    | deepinfra | 3.48 |
    <BLANKLINE>
    Source: documented, 2026-05-12. — means not published.
    <BLANKLINE>
    """
    specs = [ROUTE_COLUMNS[name] for name in columns]
    lines = [
        [_escape(_header(column, mix)) for column in specs],
        ["---:" if column.kind in _NUMBERS else "---" for column in specs],
        *([_escape(cell_words(route, column, mix, catalog.dated_rows)) for column in specs] for route in routes),
    ]
    return _table(lines, catalog)


def markdown_models(rows: Iterable[tuple[Model, Route | None]], catalog: Catalog) -> str:
    r"""A Markdown table of models, each with the price and context of the route that stands for it.

    >>> print(markdown_models([(Model("org/name"), None)], Catalog((), source="mine", retrieved_at="2026-11-23")))
    | Model | Context (tokens) | Input (\$ / 1M tokens) | Output (\$ / 1M tokens) | Providers |
    | --- | ---: | ---: | ---: | ---: |
    | org/name | — | — | — | 0 |
    <BLANKLINE>
    Source: mine, 2026-11-23. — means not published.
    <BLANKLINE>
    """
    figures = [ROUTE_COLUMNS[name] for name in ("context_length", "price_input", "price_output")]
    lines = [["Model", *(_escape(_header(column, (3, 1))) for column in figures), "Providers"], ["---", *["---:"] * 4]]
    for model, route in rows:
        cells = [format_value(column.kind, getattr(route, column.name, None)) for column in figures]
        lines.append([_escape(model.id), *cells, str(model.n_providers)])
    return _table(lines, catalog)


def _table(lines: list[list[str]], catalog: Catalog) -> str:
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    when = catalog.retrieved_at or "time unknown"
    return f"{table}\n\nSource: {_escape(catalog.source)}, {when}. — means not published.\n"


def _header(column: Column, mix: tuple[float, float]) -> str:
    units = column.unit
    if column.kind == "blended":
        units += f", {' : '.join(f'{part:.15g}' for part in mix)}"
    return f"{column.label} ({units})" if units else column.label


def cell_words(route: Route, column: Column, mix: tuple[float, float], dated: bool) -> str:
    """A cell as it is read: with what the table says beside the figure."""
    if column.kind == "status" and route.status is not None and dated:
        day = route.retrieved_at[:10] if route.retrieved_at else "on an unknown day"
        return f"{'seen' if route.status == 'live' else route.status} {day}"
    if column.name == "provider":
        return " ".join([route.provider, *(f"({label})" for label in price_labels(route))])
    return format_value(column.kind, blended(route, mix) if column.kind == "blended" else getattr(route, column.name))


def price_labels(route: Route) -> list[str]:
    """Free, zero and doubtful are three things."""
    labels = ["promo"] if route.is_free else []
    if not labels and route.price_input == 0 == route.price_output:
        labels.append("listed at zero")
    if suspect_price(route.price_input) or suspect_price(route.price_output):
        labels.append("suspect price")
    return labels


def _escape(text: str) -> str:
    """What comes from the network is text, never markup."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"\s+", " ", re.sub(r"([\\|*_`\[\]$])", r"\\\1", text))
