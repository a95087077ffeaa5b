"""What each column is (name, header, unit, kind) and how the one computed column, the blended price, is made.

The table itself is ``columns.json``, which the front-end reads too.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "text", "status", "time", "list", "bool", "price", "blended", "milliseconds", "speed", "tokens", "count"
]
Direction: TypeAlias = Literal["asc", "desc"]
Mix: TypeAlias = Sequence[float]

DEFAULT_MIX = (3, 1)
# What stands side by side unless something else is wished.
COMPARISON = (
    "provider", "status", "price_input", "price_output", "price_blended", "first_token_latency_ms", "throughput",
    "context_length", "supports_tools", "supports_structured_output", "is_model_author",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        As everywhere: in frames, records, filters and on the page.
    label, unit : str
        The header; the unit is empty where there is none.
    kind : str
        Decides formatting, order and filters.
    first : {"asc", "desc"}
        The direction of the first click on the header.
    help : str
        One sentence, of columns of routes.
    better : {"low", "high"}, optional
        Which end deserves a mark, where one does.
    said : str
        What it is called within a sentence; the label in small letters unless given.

    Examples
    --------
    >>> ROUTE_COLUMNS["throughput"].unit
    'tokens / s'
    """

    name: str
    label: str
    kind: Kind
    unit: str = ""
    first: Direction = "asc"
    help: str = ""
    better: Literal["low", "high"] | None = None
    said: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", self.said or self.label.lower())


def _read() -> tuple[Mapping[str, Column], Mapping[str, Column], frozenset[str]]:
    table = json.loads((Path(__file__).parent / "columns.json").read_text(encoding="utf-8"))
    route, model = (MappingProxyType({row["name"]: Column(**row) for row in table[of]}) for of in ("route", "model"))
    return route, model, frozenset(table["token_tasks"])


ROUTE_COLUMNS, MODEL_COLUMNS, _TOKEN_TASKS = _read()

# What a frame and a row of the command line hold, in this order.
ROUTE_NAMES = (
    "model", "provider", "status", "task", "provider_id", "context_length", "price_input", "price_output", "is_free",
    "supports_tools", "supports_structured_output", "first_token_latency_ms", "throughput", "is_model_author",
    "retrieved_at", "metrics_retrieved_at", "source", "metrics_source",
)  # fmt: skip
MODEL_NAMES = tuple(MODEL_COLUMNS)


def other_unit(task: str | None) -> bool:
    """Whether routes of a task are billed by something else than tokens: an image, a second of sound.

    Such a price is never ranked against one for tokens. An unknown task counts as chat: the router's list has none.

    Parameters
    ----------
    task : str or None

    Examples
    --------
    >>> other_unit("text-to-image"), other_unit("conversational"), other_unit(None)
    (True, False, False)
    """
    return task is not None and task not in _TOKEN_TASKS


def blended_price(price_input: float | None, price_output: float | None, mix: Mix = DEFAULT_MIX) -> float | None:
    """The price of a mix of input and output tokens.

    Parameters
    ----------
    price_input, price_output : float or None
        USD per 1M tokens.
    mix : (float, float)
        Parts of input and of output tokens, see `normal_mix`.

    Returns
    -------
    float or None
        USD per 1M tokens; None where a price that counts is unknown.

    Raises
    ------
    ZeroDivisionError
        When both parts of the mix are zero; `normal_mix` refuses such a mix in words.

    Examples
    --------
    >>> blended_price(0.5, 1.5)
    0.75
    >>> blended_price(None, 1.2, (0, 1)), blended_price(None, 1.2)
    (1.2, None)
    """
    a, b = float(mix[0]), float(mix[1])
    if (price_input is None and a > 0) or (price_output is None and b > 0):
        return None
    price = (a * (price_input or 0.0) + b * (price_output or 0.0)) / (a + b)
    return price if math.isfinite(price) else None


def normal_mix(mix: object) -> tuple[float, float]:
    """A mix as two checked numbers.

    Parameters
    ----------
    mix : pair of numbers
        Parts of input and of output tokens: not negative, at most 2**53, not both zero.

    Raises
    ------
    ValueError
        When it is anything else.

    Examples
    --------
    >>> normal_mix([3, 1])
    (3, 1)
    """
    if isinstance(mix, Sequence) and not isinstance(mix, str) and len(mix) == 2:
        parts = [part for part in mix if isinstance(part, int | float) and not isinstance(part, bool)]
        # Compared, not converted: an int beyond all floats is refused too, and no price times a part is infinite.
        if len(parts) == 2 and all(0 <= part <= 2**53 for part in parts) and sum(parts) > 0:
            return parts[0], parts[1]
    raise ValueError(
        f"mix is two numbers, parts of input and of output tokens, not negative and not both zero: (3, 1), not {mix!r}"
    )
