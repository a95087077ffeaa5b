"""Plain text for a terminal or a pipe: aligned columns, no colours, and nothing that a terminal would obey."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import datetime, timezone

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import Column
from hfprov_widgets.static_view import visible as visible

WIDTH = 80

_TEXT_KINDS = ("text", "status", "time", "list", "bool")


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """Rows under their headers, numbers right-aligned.

    A header is broken between its words where its cells are narrower. Two blanks stand between columns, one where
    two are too many for the width of a terminal.

    >>> from hfprov_widgets.data.columns import ROUTE_COLUMNS as known
    >>> print(table([known["provider"], known["first_token_latency_ms"]], [["groq", "210"], ["novita", "1,900"]]))
              First
    Provider  token
    groq        210
    novita    1,900
    """
    cells = [[visible(cell) for cell in row] for row in rows]
    labels = [column.label.split() for column in columns]
    widths = [max(map(len, [*words, *(row[at] for row in cells)]), default=0) for at, words in enumerate(labels)]
    headers = [textwrap.wrap(column.label, width) for column, width in zip(columns, widths, strict=True)]
    height = max(map(len, headers))
    lines = [[([""] * height + header)[-height:][at] for header in headers] for at in range(height)]
    fits = sum(widths) + 2 * (len(widths) - 1) <= WIDTH
    return "\n".join(_line(columns, widths, line, "  " if fits else " ") for line in [*lines, *cells])


def units(columns: Sequence[Column]) -> str:
    """The units of these columns, each once.

    >>> from hfprov_widgets.data.columns import ROUTE_COLUMNS as known
    >>> units([known["price_input"], known["price_output"], known["throughput"]])
    'Input, Output: $ / 1M tokens. Speed: tokens / s.'
    """
    labels: dict[str, list[str]] = {}
    for column in columns:
        if column.unit:
            labels.setdefault(column.unit, []).append(column.label)
    return " ".join(f"{', '.join(names)}: {unit}." for unit, names in labels.items())


def source_words(catalog: Catalog) -> str:
    """Where the rows come from, when they were read and how long ago that is."""
    if catalog.retrieved_at is None:
        return f"{catalog.source}, time unknown"
    seen = "as last seen, up to " if catalog.dated_rows else ""
    return f"{catalog.source}, {seen}{catalog.retrieved_at}, {age(catalog.retrieved_at)}"


def age(retrieved_at: str, now: datetime | None = None) -> str:
    """How long ago a day or a time was, in words.

    >>> age("2026-10-10T08:00:00Z", datetime(2026, 10, 10, 10, 30, tzinfo=timezone.utc))
    '2 hours ago'
    """
    now = now or datetime.now(timezone.utc)
    then = datetime.fromisoformat(retrieved_at.replace("Z", "+00:00"))
    if then.tzinfo is None:  # only the day is known
        days = (now.date() - then.date()).days
        return "today" if days <= 0 else f"{count(days, 'day')} ago"
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{count(minutes, 'minute')} ago"
    hours = minutes // 60
    return f"{count(hours, 'hour')} ago" if hours < 48 else f"{count(hours // 24, 'day')} ago"


def count(number: int, word: str) -> str:
    """A number and its noun.

    >>> count(1, "model"), count(1200, "model")
    ('1 model', '1,200 models')
    """
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _line(columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str], gap: str) -> str:
    aligned = [
        cell.ljust(width) if column.kind in _TEXT_KINDS else cell.rjust(width)
        for column, width, cell in zip(columns, widths, cells, strict=True)
    ]
    return gap.join(aligned).rstrip()
