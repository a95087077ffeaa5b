"""A grid as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hfprov_widgets.static_view.grid import LEGEND, Grid
from hfprov_widgets.static_view.words import cut, visible

_MOST = 200  # characters of a cell of the twin
_DOLLAR, _BACKSLASH = "<span>&#36;</span>", "<span>&#92;</span>"


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
    if grid.dated and grid.when:
        when = f"as last seen, up to {when[:10]}"
    body, legend = _table(grid, grid.rows), LEGEND
    if not grid.columns:
        body, legend = _fenced(grid) if grid.code else "\n\n".join(map(_sentence, grid.empty)), ""
    return f"{body}\n\nSource: {escape(grid.source)}, {escape(when)}.{legend}\n"


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
    body = [_table(grid, short)] if grid.rows else [_fenced(grid)] if grid.code else map(_sentence, grid.empty)
    feet = map(_sentence, grid.feet)
    return "\n\n".join([f"**{escape(cut(grid.title, _MOST))}**", *body, *feet]) + "\n"


def _table(grid: Grid, rows: Iterable[Iterable[str]]) -> str:
    lines = [
        [escape(head.words).replace(_DOLLAR, "\\$") for head in grid.columns],  # ours, and easier to read as it is
        ["---:" if head.numeric else "---" for head in grid.columns],
        *(map(escape, row) for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _fenced(grid: Grid) -> str:
    """The code between fences that are longer than any in it."""
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", grid.code))])
    return f"{fence}{grid.language}\n{grid.visible_code}\n{fence}"


def _sentence(text: str) -> str:
    """A line of its own, which may begin with somebody's name: with "#", it would be a heading."""
    return re.sub(r"^(\d*)([-+#>.)])", r"\1\\\2", escape(cut(text, 2 * _MOST)))


def escape(text: str) -> str:
    r"""What comes from the network is text: no markup, no link, no formula, no control character.

    Notebook pages look for formulas after the Markdown is read, so an escaped dollar or backslash would be one again.

    >>> escape("a_b ~ $1")
    'a\\_b \\~ <span>&#36;</span>1'
    """
    text = visible(re.sub(r"[ \t\r\n]+", " ", text)).replace("&", "&amp;").replace("<", "&lt;")
    text = re.sub(r"([|*_`~\[\]])", r"\\\1", text.replace("\\", _BACKSLASH).replace("$", _DOLLAR))
    text = text.replace("://", ":&#47;/").replace("@", "&#64;")
    return re.sub(r"(www)\.", r"\1&#46;", text, flags=re.IGNORECASE)
