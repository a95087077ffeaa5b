"""A grid as HTML that still reads well after a sanitiser: a repository page, an untrusted notebook, an e-mail.

Those remove style sheets, classes, scripts and styles. So the structure speaks by itself (caption, header cells with a
scope), and marks are words. Cells are aligned twice: by the old attribute `align`, which repository pages let pass, and
by a style, without which Jupyter's own style sheet would push names to the right.
"""

from __future__ import annotations

import html
import re

from hfprov_widgets.static_view.grid import LEGEND, Grid, Head
from hfprov_widgets.static_view.words import cut

MOST = 40_000  # bytes
_CELL = 120  # characters
_LINE = 400
_SCROLLED = '<div style="overflow-x:auto">'  # in a narrow column, such as a book's, the table stays in its place
_LEFT, _RIGHT = (f'align="{side}" style="text-align:{side}"' for side in ("left", "right"))


def as_html(grid: Grid, most: int = MOST) -> str:
    """A fragment of at most so many bytes: texts are cut, then rows left out and counted.

    >>> print(as_html(Grid("1 model", (Head("Model"),), (("<b>",),), "mine", "2026-11-23")))
    <div style="overflow-x:auto"><table><caption align="left" style="text-align:left">1 model</caption>
    <thead><tr><th scope="col" align="left" style="text-align:left">Model</th></tr></thead>
    <tbody>
    <tr><th scope="row" align="left" style="text-align:left">&lt;b&gt;</th></tr>
    </tbody></table></div>
    <p>Source: mine, catalogue of 2026-11-23. — means not published.</p>
    """
    rows = [_row(grid, at) for at in range(len(grid.rows))]
    room = most - len((_whole(grid.first(0), []) + LEGEND).encode())  # which a grid without rows lacks
    kept = 0
    while kept < len(rows) and (room := room - len(rows[kept].encode()) - 1) >= 0:
        kept += 1
    return _whole(grid.first(kept), rows[:kept])


def _whole(grid: Grid, rows: list[str]) -> str:
    feet = "<br>\n".join(escape(line, _LINE) for line in grid.feet)
    if not rows and not grid.more:
        reasons = "<br>\n".join(escape(line, _LINE) for line in grid.empty)
        body = [f"<pre><code>{_tame(grid.visible_code)}</code></pre>"] if grid.code else [f"<p>{reasons}</p>"]
        return "\n".join([f"<p><b>{escape(grid.title, _LINE)}</b></p>", *body, f"<p>{feet}</p>"])
    head = "".join(f'<th scope="col" {_side(head)}>{escape(head.words, _CELL)}</th>' for head in grid.columns)
    return "\n".join(
        [
            f"{_SCROLLED}<table><caption {_LEFT}>{escape(grid.title, _LINE)}</caption>",
            f"<thead><tr>{head}</tr></thead>",
            "<tbody>",
            *rows,
            "</tbody></table></div>",
            f"<p>{feet}</p>",
        ]
    )


def _row(grid: Grid, row: int) -> str:
    cells = []
    for column, (head, cell) in enumerate(zip(grid.columns, grid.rows[row], strict=True)):
        text = escape(cell, _CELL)
        if (row, column) in grid.best:
            text = f"<b>best</b> {text}"
        if column:
            cells.append(f"<td {_side(head)}>{text}</td>")
        else:
            text = f"<b>{text}</b> (chosen)" if row in grid.chosen else text
            cells.append(f'<th scope="row" {_side(head)}>{text}</th>')
    return f"<tr>{''.join(cells)}</tr>"


def _side(head: Head) -> str:
    return _RIGHT if head.numeric else _LEFT


def escape(text: str, most: int) -> str:
    r"""A text as HTML. Notebook pages look for formulas between dollars, but not across elements.

    >>> escape("$1 & more", 20)
    '<span>$</span>1 &amp; more'
    """
    return _tame(cut(text, most))


def _tame(text: str) -> str:
    return re.sub(r"[$\\]", r"<span>\g<0></span>", html.escape(text))
