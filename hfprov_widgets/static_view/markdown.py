"""A grid as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.words import cut

_MOST = 200  # characters of a cell of the twin


def as_markdown(grid: Grid) -> str:
    r"""The rows alone, with source and date: what the page's Copy menu gives.

    >>> from hfprov_widgets.static_view.grid import Head
    >>> print(as_markdown(Grid("", (Head("Input", "$ / 1M tokens", True),), (("0.40",),), "mine", "2026-11-23")))
    | Input (\$ / 1M tokens) |
    | ---: |
    | 0.40 |
    <BLANKLINE>
    Source: mine, 2026-11-23. — means not published.
    <BLANKLINE>
    """
    when = grid.when or "time unknown"
    return f"{_table(grid, grid.rows)}\n\nSource: {escape(grid.source)}, {when}. — means not published.\n"


def markdown_twin(grid: Grid) -> str:
    r"""All that is on screen: title, marks as words, how many more rows there are, or why there is none.

    >>> from hfprov_widgets.static_view.grid import Head
    >>> print(markdown_twin(Grid("1 model", (Head("Model"),), (("a_b",),), "mine", None, chosen=frozenset([0]))))
    **1 model**
    <BLANKLINE>
    | Model |
    | --- |
    | a\_b (chosen) |
    <BLANKLINE>
    Source: mine, at an unknown time. — means not published.
    <BLANKLINE>
    """
    short = ([cut(cell, _MOST) for cell in row] for row in grid.cells())
    body = [_table(grid, short)] if grid.rows else [escape(cut(line, 2 * _MOST)) for line in grid.empty]
    feet = [escape(cut(line, 2 * _MOST)) for line in grid.feet]
    return "\n\n".join([f"**{escape(cut(grid.title, _MOST))}**", *body, *feet]) + "\n"


def _table(grid: Grid, rows: Iterable[Iterable[str]]) -> str:
    lines = [
        [escape(head.words) for head in grid.columns],
        ["---:" if head.numeric else "---" for head in grid.columns],
        *(map(escape, row) for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escape(text: str) -> str:
    """What comes from the network is text, never markup."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"\s+", " ", re.sub(r"([\\|*_`\[\]$])", r"\\\1", text))
