"""What one field of the services' JSON may be, and the words for when it is something else.

Each kind has a reader that gives ``None``, unknown, for what it does not accept. Tens of thousands of entries pass
through here, so a reader first asks for what the services really send.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timezone
from typing import Any, NamedTuple

_EXACT = 2**53 - 1  # beyond it a whole number is not one number in every language that reads ours
_LAST_SECOND = 4_102_444_800  # the year 2100: a greater "created" is in other units than seconds
_PLAIN_TIME = re.compile(r"(\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d)(?:\.\d+)?Z", re.ASCII)  # the Hub's spelling
_REMEMBERED = 5_000  # texts per kind, so that a service cannot fill the memory with them


class Notes:
    """Warnings, the first twenty of each kind in full, the rest counted.

    Examples
    --------
    >>> notes = Notes(most=1)
    >>> for n in (1, 2, 3): notes.add("skipped entries", f"entry {n} was skipped")
    >>> notes.lines()
    ('entry 1 was skipped', 'and 2 more: skipped entries')
    """

    def __init__(self, most: int = 20) -> None:
        self._most = most
        self._texts: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, kind: str, text: str) -> None:
        """Keep a warning, or only count it when there are many of its kind."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if self._counts[kind] <= self._most:
            self._texts.setdefault(kind, []).append(text)

    def lines(self) -> tuple[str, ...]:
        """The warnings, kind by kind, each kind with its summary line."""
        lines = []
        for kind, texts in self._texts.items():
            lines += texts
            if (more := self._counts[kind] - len(texts)) > 0:
                lines.append(f"and {more} more: {kind}")
        return tuple(lines)


def show(value: object) -> str:
    """A value as it may stand in a message: short, on one line."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write out whole numbers of thousands of digits
        text = "a huge number"
    except RecursionError:
        text = "something nested very deeply"
    return text if len(text) <= 60 else f"{text[:57]}..."


# Each reader gives None for what it does not accept; a bool is never a number here.


def as_text(value: Any) -> str | None:
    """A text with something in it, that can be written as UTF-8."""
    if not isinstance(value, str) or not value.strip():
        return None
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:  # half of a surrogate pair, which JSON can smuggle in
            return None
    return value


def as_flag(value: Any) -> bool | None:
    """A truth value."""
    return value if isinstance(value, bool) else None


def as_amount(value: Any) -> float | None:
    """A finite number, zero or more."""
    if type(value) is float or type(value) is int:
        return float(value) if 0 <= value <= _EXACT else None  # false for NaN and the infinities, too
    return None


def as_count(value: Any) -> int | None:
    """A whole number, zero or more."""
    if type(value) is int:
        return value if 0 <= value <= _EXACT else None
    amount = as_amount(value)
    return int(amount) if amount is not None and amount.is_integer() else None


def as_object(value: Any) -> dict[str, Any] | None:
    """A JSON object."""
    return value if isinstance(value, dict) else None


def as_list(value: Any) -> list[Any] | None:
    """A JSON array."""
    return value if isinstance(value, list) else None


def as_list_or_object(value: Any) -> list[Any] | dict[str, Any] | None:
    """A JSON array or object."""
    return value if isinstance(value, (list, dict)) else None


def as_texts(value: Any) -> tuple[str, ...] | None:
    """An array of texts."""
    if not isinstance(value, list):
        return None
    texts = tuple(as_text(item) for item in value)
    return None if None in texts else texts  # type: ignore[return-value]


def as_gate(value: Any) -> bool | str | None:
    """``False``, or the way by which access is given."""
    return value if isinstance(value, bool) else as_text(value)


def as_unix_time(value: Any) -> str | None:
    """Seconds since 1970, as ISO 8601 UTC.

    Examples
    --------
    >>> as_unix_time(1_764_028_800)
    '2025-11-25T00:00:00Z'
    """
    seconds = as_amount(value)
    if seconds is None or not 0 < seconds < _LAST_SECOND:
        return None
    return utc_text(datetime.fromtimestamp(math.floor(seconds), timezone.utc))


def as_iso_time(value: Any) -> str | None:
    """A time in ISO 8601, in UTC and to the second.

    Examples
    --------
    >>> as_iso_time("2022-03-02T23:29:04.000Z")
    '2022-03-02T23:29:04Z'
    """
    if not isinstance(value, str):
        return None
    try:
        if found := _PLAIN_TIME.fullmatch(value):
            datetime.fromisoformat(found[1])  # is there such a day?
            return f"{found[1]}Z"
        when = datetime.fromisoformat(value[:-1] + "+00:00" if value.endswith("Z") else value)
        return utc_text(when if when.tzinfo else when.replace(tzinfo=timezone.utc))
    except (ValueError, OverflowError):
        return None


def as_day_or_time(value: Any) -> str | None:
    """A day as it is, or a time in UTC and to the second.

    Examples
    --------
    >>> as_day_or_time("2026-10-10"), as_day_or_time("2026-10-10T10:00:00+02:00")
    ('2026-10-10', '2026-10-10T08:00:00Z')
    """
    if not isinstance(value, str) or len(value) != len("2026-10-10"):
        return as_iso_time(value)
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


def utc_text(when: datetime) -> str:
    """A time in the one spelling of all records: UTC, to the second."""
    return f"{when.astimezone(timezone.utc).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


class Remembering(dict[str, "str | None"]):
    """A reader of texts that many entries have in common: each is checked once, and kept once.

    Examples
    --------
    >>> read = Remembering(as_text)
    >>> read("live"), read(7), read
    ('live', None, {'live': 'live'})
    """

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[Any], str | None]) -> None:
        super().__init__()
        self._read = read

    def __call__(self, value: Any) -> str | None:
        return self[value] if type(value) is str else None

    def __missing__(self, text: str) -> str | None:
        good = self._read(text)
        if good is not None and len(self) < _REMEMBERED:
            self[text] = good
        return good


class Kind(NamedTuple):
    """What a field has to be.

    Parameters
    ----------
    read : callable
        Gives the value for the record, or None.
    words : str
        What is wanted, for a warning.
    plain : str
        An expression over ``value``: where it is true, ``value`` is what `read` would give. So nearly every value is
        known to be good without a call.
    """

    read: Callable[[Any], Any]
    words: str
    plain: str = "False"


_KNOWN = "type(value) is str and (value := read[value])"
_IN_RANGE = f"0 <= value <= {_EXACT}"

TEXT = Kind(as_text, "a text", "type(value) is str and value.isascii() and value.strip()")
WORD = Kind(Remembering(as_text), "a text", _KNOWN)
TEXTS = Kind(as_texts, "an array of texts")
FLAG = Kind(as_flag, "true or false", "type(value) is bool")
GATE = Kind(as_gate, "false or a text", "type(value) is bool")
AMOUNT = Kind(as_amount, "a number from 0", f"type(value) is float and {_IN_RANGE}")
COUNT = Kind(as_count, "a whole number from 0", f"type(value) is int and {_IN_RANGE}")
UNIX_TIME = Kind(as_unix_time, "a time in unix seconds")
ISO_TIME = Kind(as_iso_time, "a time in ISO 8601")
DAY_OR_TIME = Kind(Remembering(as_day_or_time), "a day or a time in ISO 8601", _KNOWN)
OBJECT = Kind(as_object, "an object", "type(value) is dict")
LIST = Kind(as_list, "an array", "type(value) is list")
LIST_OR_OBJECT = Kind(as_list_or_object, "an array or an object", "type(value) is list")
