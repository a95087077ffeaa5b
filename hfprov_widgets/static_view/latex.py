r"""A grid as LaTeX, for nbconvert and for books. It needs the packages booktabs and graphicx, which nbconvert's own
template and Sphinx load; XeLaTeX and LuaLaTeX show every character that their font has.
"""

from __future__ import annotations

import re

from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.words import cut

_CELL = 60  # characters
_LINE = 400

# A character that the font lacks would leave no trace on paper; its number is put in its place.
_OPEN = r"""\begingroup\footnotesize\setlength{\tabcolsep}{4pt}\setlength{\parindent}{0pt}\raggedright
\def\hfpchar#1#2{\ifdefined\Umathchar\iffontchar\font"#1 #2\else U+#1\fi\else U+#1\fi}%
"""
# A table wider than the page is made smaller, a narrow one is left alone.
_FIT = r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%"
_SPECIAL = {
    **{c: f"\\{c}" for c in "{}$&#%_"},
    **{c: f"{{{c}}}" for c in "[]*"},  # in a group, else it would be an option of the line break before it
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "|": r"\textbar{}",
    '"': r"{\ttfamily\char34}",  # every encoding has it there; the usual command fails in the oldest, OT1
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "—": r"\textemdash{}",
    "…": r"\ldots{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "→": r"$\rightarrow$",
}


def as_latex(grid: Grid) -> str:
    r"""Title, table and the lines below it.

    >>> from hfprov_widgets.static_view.grid import Head
    >>> grid = Grid("1 route", (Head("Provider"), Head("Output", "$", True)), (("a_b", "1.20"),), "mine", "2026-11-23")
    >>> print(as_latex(grid).partition("%\n\\begin")[2])
    {tabular}{@{}lr@{}}
    \toprule
    Provider & Output \\
     & \scriptsize \$ \\
    \midrule
    a\_b & 1.20 \\
    \bottomrule
    \end{tabular}}\par\smallskip
    Source: mine, catalogue of 2026-11-23. \textemdash{} means not published.\par
    \endgroup
    """
    reasons = (f"{escape(line, _LINE)}\\par" for line in grid.empty)
    body = _table(grid) if grid.rows else _code(grid) if grid.code else reasons
    feet = [f"{escape(line, _LINE)}\\par" for line in grid.feet]
    title = f"\\textbf{{{escape(grid.title, _LINE)}}}\\par\\smallskip"
    return "\n".join([_OPEN + title, *body, *feet, r"\endgroup", ""])


def _table(grid: Grid) -> list[str]:
    rows = [[escape(cell, _CELL) for cell in row] for row in grid.cells()]
    labels = [escape(head.label, _CELL) for head in grid.columns]
    units = [f"\\scriptsize {escape(head.unit, _CELL)}" if head.unit else "" for head in grid.columns]
    sides = "".join("r" if head.numeric else "l" for head in grid.columns)
    heads = [labels, units] if any(units) else [labels]
    return [
        _FIT,
        rf"\begin{{tabular}}{{@{{}}{sides}@{{}}}}",
        r"\toprule",
        *map(_line, heads),
        r"\midrule",
        *map(_line, rows),
        r"\bottomrule",
        r"\end{tabular}}\par\smallskip",
    ]


def _code(grid: Grid) -> list[str]:
    """Line by line and character by character: a verbatim environment would end where somebody's name says so."""
    lines = grid.visible_code.split("\n")
    indented = (rf"\hspace*{{{(len(line) - len(line.lstrip())) / 2:g}em}}{_tame(line.strip())}" for line in lines)
    return [r"{\ttfamily", *(f"\\mbox{{}}{line}\\par" for line in indented), r"}\smallskip"]


def _line(cells: list[str]) -> str:
    return f"{' & '.join(cells)} \\\\"


def escape(text: str, most: int) -> str:
    r"""A text as LaTeX.

    >>> print(escape(r"50% of a\b é", 20))
    50\% of a\textbackslash{}b \hfpchar{E9}{é}
    """
    return _tame(cut(text, most))


def _tame(text: str) -> str:
    text = re.sub(r"[^A-Za-z0-9 .,:;()/+@=!?-]", _character, text)
    return re.sub(r"([-,])(?=\1)", r"\1{}", text)  # two of them would become one other character


def _character(found: re.Match[str]) -> str:
    c = found[0]
    return _SPECIAL.get(c) or f"\\hfpchar{{{ord(c):X}}}{{{c}}}"
