"""One figure of the benchmark, and the table and file of all of them."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """What was measured, on our side and on the bare side, and what it may be at most.

    Parameters
    ----------
    name : str
    ours, bare : float or None
        Medians, or the one value where there is no median to take.
    unit : str
        Unit of `ours` and `bare`.
    value : float
        The number the limit is for: a difference, a ratio or `ours` itself.
    value_unit : str
        ``×``, ``%``, or a unit.
    limit : float or None
        None: for information only.
    note : str
        What has to be known to read the figure.
    """

    name: str
    ours: float | None
    bare: float | None
    unit: str
    value: float
    value_unit: str
    limit: float | None
    note: str = ""

    @property
    def is_over(self) -> bool:
        """Whether the value is above its limit."""
        return self.limit is not None and self.value > self.limit

    @property
    def verdict(self) -> str:
        """``ok``, ``over``, or nothing where there is no limit."""
        return "" if self.limit is None else "over" if self.is_over else "ok"


def table(figures: Sequence[Figure]) -> str:
    """The figures as text, one a line."""
    rows = [("", "ours", "bare", "figure", "limit", "", "")]
    for figure in figures:
        rows.append(
            (
                figure.name,
                _amount(figure.ours, figure.unit),
                _amount(figure.bare, figure.unit),
                _amount(figure.value, figure.value_unit),
                _amount(figure.limit, figure.value_unit),
                figure.verdict,
                figure.note,
            )
        )
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    lines = []
    for name, *amounts, verdict, note in rows:
        cells = [name.ljust(widths[0]), *(a.rjust(w) for a, w in zip(amounts, widths[1:5], strict=True))]
        lines.append("  ".join([*cells, verdict.ljust(widths[5]), note]).rstrip())
    lines.insert(1, "-" * max(map(len, lines)))
    return "\n".join(lines)


def save(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures, and on what they were taken, as JSON."""
    document = {
        "taken_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.system(),
        "cores": os.cpu_count(),
        "figures": [{**asdict(figure), "verdict": figure.verdict} for figure in figures],
    }
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    digits = 2 if unit == "×" else 1
    return f"{value:,.{digits}f} {unit}"
