"""Reading one field of a JSON object without trusting it.

A value of the wrong kind becomes ``None``, which means unknown, and a note says of which model, provider and
field it was. What is not asked for stays aside, so that nothing the services send is lost.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any, TypeVar

T = TypeVar("T")

_EXACT = 2**53  # beyond it a whole number is not one number in every language that reads ours
_LAST_SECOND = 4_102_444_800  # the year 2100: a greater "created" is in other units than seconds


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


class Entry:
    """One JSON object while it is read: each field is taken once, the rest becomes ``extra``."""

    __slots__ = ("_inner", "_left", "_name", "_notes", "_who")

    def __init__(self, raw: Mapping[str, Any], who: str, notes: Notes, name: str = "") -> None:
        self._left = dict(raw)
        self._who = who
        self._notes = notes
        self._name = name
        self._inner: list[tuple[str, Entry]] = []

    def take(self, field: str, kind: Callable[[Any], T], wanted: str) -> T | None:
        """The field's value if it is of the wanted kind; else unknown, with a note unless it is absent."""
        value = self._left.pop(field, None)
        if value is None:
            return None
        good = kind(value)
        if good is None:
            self.note(
                "fields that could not be used",
                f"{self._name}{field} is {show(value)}, not {wanted}: unknown",
            )
        return good

    def drop(self, *fields: str) -> None:
        """Leave out what is known and of no use, so that it does not end up in ``extra``."""
        for field in fields:
            self._left.pop(field, None)

    def inner(self, field: str) -> Entry:
        """An object inside this one; empty when there is none."""
        raw = self.take(field, as_object, "an object")
        if not raw:
            return _ABSENT
        entry = Entry(raw, self._who, self._notes, f"{self._name}{field}.")
        self._inner.append((field, entry))
        return entry

    def note(self, kind: str, text: str) -> None:
        """A warning about this entry."""
        self._notes.add(kind, f"{self._who}: {text}")

    @property
    def extra(self) -> dict[str, Any]:
        """What was not taken, from this object and from those inside it."""
        for field, entry in self._inner:
            if rest := entry.extra:
                self._left[field] = rest
        return self._left


_ABSENT = Entry({}, "", Notes())  # one for all: there is nothing in it to take and nothing to say about it


def show(value: object) -> str:
    """A value as it may stand in a message: short, on one line."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write out whole numbers of thousands of digits
        text = "a huge number"
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
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= _EXACT else None  # false for NaN and the infinities, too


def as_count(value: Any) -> int | None:
    """A whole number, zero or more."""
    amount = as_amount(value)
    return int(amount) if amount is not None and amount.is_integer() else None


def as_object(value: Any) -> Mapping[str, Any] | None:
    """A JSON object."""
    return value if isinstance(value, dict) else None


def as_list(value: Any) -> list[Any] | None:
    """A JSON array."""
    return value if isinstance(value, list) else None


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
        when = datetime.fromisoformat(value[:-1] + "+00:00" if value.endswith("Z") else value)
        return utc_text(when if when.tzinfo else when.replace(tzinfo=timezone.utc))
    except (ValueError, OverflowError):
        return None


def utc_text(when: datetime) -> str:
    """A time in the one spelling of all records: UTC, to the second."""
    return f"{when.astimezone(timezone.utc).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
