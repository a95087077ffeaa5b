"""A table of words, whatever format it is written in: what each widget makes of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hfprov_widgets.data.origin import origin
from hfprov_widgets.static_view.words import plural, visible

LEGEND = " — means not published."


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a column: its label and its unit, and whether its cells are numbers."""

    label: str
    unit: str = ""
    numeric: bool = False

    @property
    def words(self) -> str:
        """The label with its unit.

        >>> Head("Context", "tokens").words
        'Context (tokens)'
        """
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of words under their headers, with all that a reader on paper has to be told.

    Parameters
    ----------
    title : str
        What the rows are, and how many of how many.
    columns : tuple of Head
        The first names the row.
    rows : tuple of tuples of str
        Cells as they are read on screen; what is not published is a dash.
    source, when : str
        Where the rows come from and when they were read (ISO date or time; None where nobody knows).
    dated : bool
        Whether the rows were read on different days.
    more : int
        How many rows follow that are not in `rows`.
    chosen : set of int
        Positions of the chosen rows.
    best : set of (int, int)
        Row and column of the cells that deserve the mark "best".
    notes : tuple of str
        Sentences that stand below: order, filters, the choice.
    empty : tuple of str
        Why there is no row, in sentences; for a grid without rows.
    code, language : str
        Code that stands below the title, and its language as a Markdown fence names it.

    Examples
    --------
    >>> grid = Grid("Models: 2 models", (Head("Model"),), (("org/a",),), "sample", "2026-10-10", more=1)
    >>> grid.feet
    ['1 more row is not shown here.', 'Source: sample, catalogue of 2026-10-10. — means not published.']
    """

    title: str
    columns: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    when: str | None
    dated: bool = False
    more: int = 0
    chosen: frozenset[int] = field(default_factory=frozenset)
    best: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    notes: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    code: str = ""
    language: str = ""

    @property
    def feet(self) -> list[str]:
        """The lines below the table; the last says source, date and what the dash means."""
        lines = []
        if self.more:
            lines.append(f"{plural(self.more, 'more row')} {'is' if self.more == 1 else 'are'} not shown here.")
        return [*lines, *self.notes, f"Source: {self.origin}.{LEGEND if self.rows else ''}"]

    @property
    def origin(self) -> str:
        """Source and date, as the line under the widget has them; never an age, since paper does not tell the time.

        >>> Grid("", (), (), "router", "2026-11-24T13:05:00Z").origin
        'router, read 2026-11-24T13:05:00Z'
        """
        return origin(self.source, self.when, self.dated)

    @property
    def visible_code(self) -> str:
        """The code, with nothing in it that a page or a terminal would obey."""
        return "\n".join(map(visible, self.code.split("\n")))

    def said(self, row: int, column: int) -> str:
        """A cell with its marks as words, for formats in which a mark would be a colour or nothing."""
        text = self.rows[row][column]
        if (row, column) in self.best:
            text = f"best {text}"
        return f"{text} (chosen)" if column == 0 and row in self.chosen else text

    def cells(self) -> Iterator[list[str]]:
        """All rows, by `said`."""
        for row in range(len(self.rows)):
            yield [self.said(row, column) for column in range(len(self.columns))]

    def first(self, rows: int) -> Grid:
        """The same with fewer rows; the others are counted."""
        return replace(self, rows=self.rows[:rows], more=self.more + len(self.rows[rows:]))
