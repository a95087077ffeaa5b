"""``models``: what the Hub's list holds, with the number of providers of each model."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import closing

from hfprov_widgets.cli.answer import Answer, as_command
from hfprov_widgets.cli.arguments import add_json, checked
from hfprov_widgets.cli.exits import Exit, checking_usage
from hfprov_widgets.cli.rows import model_row
from hfprov_widgets.cli.text import table, units
from hfprov_widgets.data.arguments import MAX_LIMIT, check_limit, check_text
from hfprov_widgets.data.columns import MODEL_COLUMNS
from hfprov_widgets.data.formatting import DASH, format_value
from hfprov_widgets.data.hub import SORTS, HubClient
from hfprov_widgets.data.records import Model

_COLUMNS = [MODEL_COLUMNS[name] for name in ("model", "pipeline_tag", "n_providers", "likes", "downloads")]


def add_arguments(parser: ArgumentParser) -> None:
    """What ``models`` takes."""
    parser.add_argument("search", metavar="SEARCH", nargs="?", type=_text("SEARCH"), help="a part of the id")
    parser.add_argument(
        "--provider",
        metavar="P",
        action="append",
        type=_text("--provider"),
        help="served by this provider; give it several times for any of several (default: by at least one)",
    )
    parser.add_argument("--task", metavar="T", type=_text("--task"), help="the pipeline tag, such as text-generation")
    parser.add_argument("--author", metavar="A", type=_text("--author"), help="a user or an organisation")
    parser.add_argument("--sort", choices=SORTS, help="the Hub's order by this, high first")
    parser.add_argument(
        "--limit", metavar="N", type=checked(_limit), default=20, help="at most so many (default: %(default)s)"
    )
    add_json(parser)


def _answer(arguments: Namespace) -> Answer:
    with checking_usage():
        client = HubClient()
    with closing(client):
        models = client.list_models(
            arguments.provider or "all",
            pipeline_tag=arguments.task,
            search=arguments.search,
            author=arguments.author,
            sort=arguments.sort,
            limit=arguments.limit,
        )
    document = {"models": [model_row(model) for model in models]}
    if not models:
        return Answer(document, "", Exit.NO, models.warnings, remark="No model matches.")
    text = f"{units(_COLUMNS)}\n\n{table(_COLUMNS, [_cells(model) for model in models])}"
    return Answer(document, text, warnings=models.warnings)


run = as_command(_answer)


def _cells(model: Model) -> list[str]:
    cells = {column.name: format_value(column.kind, getattr(model, column.name, model.id)) for column in _COLUMNS}
    if model.inference and not model.routes:  # served, but the list does not say by whom: that is not zero
        cells["n_providers"] = DASH
    return list(cells.values())


def _text(name: str) -> Callable[[str], str | None]:
    return checked(lambda text: check_text(text, name))


def _limit(text: str) -> int | None:
    if not text.isdecimal():
        raise ValueError(f"a whole number from 1 to {MAX_LIMIT:,}, not {text!r}")
    return check_limit(int(text))
