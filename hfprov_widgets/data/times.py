"""When data was read: one form for a day and for a time, and whether rows are of one moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timezone

from hfprov_widgets.data.records import Model


def iso_time(value: str | date | datetime | None) -> str | None:
    """A date as ``2026-11-23``, a time in UTC as ``2026-11-23T08:20:14Z``.

    >>> iso_time("2026-11-23T10:20:14+02:00")
    '2026-11-23T08:20:14Z'
    """
    if not (value is None or isinstance(value, (str, date))):
        raise TypeError(f"a time is an ISO 8601 text, a date, a datetime or None, not {value!r}")
    if isinstance(value, str):
        text = value.replace("Z", "+00:00")
        value = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time needs its zone, for example datetime.now(timezone.utc)")
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None if value is None else value.isoformat()


def spans_days(records: Iterable[Model]) -> bool:
    """Whether rows were read more than a day apart (one refresh may run over midnight).

    >>> from hfprov_widgets.data.records import Route
    >>> spans_days([Model("org/name", routes=(Route("org/name", "groq", retrieved_at="2026-10-10"),))])
    False
    """
    times = {route.retrieved_at for model in records for route in model.routes}
    days = {time[:10] for time in times if time}
    if len(days) < 2:
        return False
    return (date.fromisoformat(max(days)) - date.fromisoformat(min(days))).days > 1
