"""The credit that the services are said to grant: dated statements that disagree, so none of them is a default.

They stand in ``credit.json``, which the front-end can read too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CreditPreset:
    """What one source said on one day.

    Parameters
    ----------
    name : str
    usd : float
        USD; zero is a statement too: no credit.
    per : str
        For whom and how long.
    dated : str
        The day or month of the source, ISO 8601.
    source, words : str
        Where it was read, and what it said in short.

    Examples
    --------
    >>> credit_presets()[0].words
    'Free accounts get $0.10 of credit a month.'
    """

    name: str
    usd: float
    per: str
    dated: str
    source: str
    words: str


def credit_presets() -> tuple[CreditPreset, ...]:
    """The credits that are known, oldest first: put one into ``catalog.plan(credit=…)`` yourself, or your own sum.

    Examples
    --------
    >>> [(preset.name, preset.usd, preset.dated) for preset in credit_presets()][::3]
    [('free account, documentation', 0.1, '2026-08'), ('free account, pricing page', 0.0, '2026-10-10')]
    """
    table = json.loads((Path(__file__).parent / "credit.json").read_text(encoding="utf-8"))
    return tuple(CreditPreset(**row) for row in table)
