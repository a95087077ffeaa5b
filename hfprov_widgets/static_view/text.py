"""A grid as plain text for a terminal: aligned columns, and nothing that a terminal would obey."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence

from hfprov_widgets.static_view.grid import Grid, Head
from hfprov_widgets.static_view.words import cut

WIDTH = 120
_CELL = 60  # the widest cell
_LEAST = 16  # a column of text is not made narrower than this to fit the width


def as_text(grid: Grid) -> str:
    """Title, table, and the lines below it.

    >>> columns = (Head("Provider"), Head("First token", "ms", True))
    >>> print(as_text(Grid("2 routes", columns, (("groq", "210"), ("novita", "—")), "mine", "2026-11-23")))
    2 routes
    <BLANKLINE>
              First
              token
    Provider     ms
    groq        210
    novita        —
    <BLANKLINE>
    Source: mine, catalogue of 2026-11-23. — means not published.
    """
    code = grid.visible_code.split("\n")
    body = _table(grid) if grid.rows else code if grid.code else _lines(grid.empty)
    return "\n".join([*_lines([grid.title]), "", *body, "", *_lines(grid.feet)])


def _lines(texts: Sequence[str]) -> list[str]:
    return [line for text in texts for line in textwrap.wrap(cut(text, 600), WIDTH, break_on_hyphens=False) or [""]]


def _table(grid: Grid) -> list[str]:
    rows = [[cut(cell, _CELL) for cell in row] for row in grid.cells()]
    words = [f"{head.label} {_unit(head)}".split() for head in grid.columns]
    widths = [max(map(_width, [*own, *(row[at] for row in rows)])) for at, own in enumerate(words)]
    gap = "  " if sum(widths) + 2 * len(widths) - 2 <= WIDTH else " "
    widths = _narrowed(widths, grid.columns, WIDTH - len(gap) * (len(widths) - 1))
    heads = [_header(head, width) for head, width in zip(grid.columns, widths, strict=True)]
    height = max(map(len, heads))
    above = [[([""] * height + head)[-height:][at] for head in heads] for at in range(height)]
    return [
        gap.join(_placed(*cell) for cell in zip(line, widths, grid.columns, strict=True)).rstrip()
        for line in [*above, *rows]
    ]


def _header(head: Head, width: int) -> list[str]:
    """The label and below it the unit, broken between words."""
    return [line for text in (head.label, _unit(head)) for line in textwrap.wrap(text, width, break_on_hyphens=False)]


def _unit(head: Head) -> str:
    return head.unit.replace(" : ", ":")  # a ratio is not broken


def _narrowed(widths: list[int], columns: Sequence[Head], room: int) -> list[int]:
    """The widest columns of text give way; figures are never cut."""
    widths = list(widths)
    while sum(widths) > room:
        texts = [at for at, head in enumerate(columns) if not head.numeric and widths[at] > _LEAST]
        if not texts:
            break
        widths[max(texts, key=widths.__getitem__)] -= 1
    return widths


def _placed(text: str, width: int, head: Head) -> str:
    """A cell in its column. A long name loses its middle: what tells it from its neighbours is mostly at its end."""
    kept = len(text)
    while _width(text) > width:
        kept -= 1
        text = f"{text[: kept // 2]}…{text[len(text) - (kept - 1) // 2 :]}"
    blanks = " " * (width - _width(text))
    return blanks + text if head.numeric else text + blanks


def _width(text: str) -> int:
    """Cells of a terminal: some characters take two, accents of their own take none."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)
