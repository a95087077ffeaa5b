"""The rows on screen for readers that run no widget: as Markdown, the same that the table's Copy menu gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import ROUTE_COLUMNS, Column
from hfprov_widgets.data.formatting import format_value
from hfprov_widgets.data.ranking import blended
from hfprov_widgets.data.records import Route

_NUMBERS = {"price", "blended", "milliseconds", "speed", "tokens", "count"}


def markdown_table(routes: Iterable[Route], columns: Sequence[str], mix: tuple[float, float], catalog: Catalog) -> str:
    """A Markdown table of routes: units in the header, the source and its date below.

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
    | Provider | Output ($ / 1M tokens) |
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
        *([_escape(format_value(column.kind, _cell(route, column, mix))) for column in specs] for route in routes),
    ]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    when = catalog.retrieved_at or "time unknown"
    return f"{table}\n\nSource: {_escape(catalog.source)}, {when}. — means not published.\n"


def _header(column: Column, mix: tuple[float, float]) -> str:
    units = column.unit
    if column.kind == "blended":
        units += f", {' : '.join(f'{part:.15g}' for part in mix)}"
    return f"{column.label} ({units})" if units else column.label


def _cell(route: Route, column: Column, mix: tuple[float, float]) -> Any:
    return blended(route, mix) if column.name == "price_blended" else getattr(route, column.name)


def _escape(text: str) -> str:
    """What comes from the network is text, never markup."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"\s+", " ", re.sub(r"([\\|*`\[\]])", r"\\\1", text))
