"""Where data comes from and when it was read, in the words that stand under every widget and behind every sentence."""

from __future__ import annotations


def origin(source: str, when: str | None, dated: bool) -> str:
    """Source and date; never an age, since what is printed or kept does not tell the time.

    Parameters
    ----------
    source : str
    when : str or None
        ISO date or time; None where nobody knows.
    dated : bool
        Whether the rows were read on different days.

    Examples
    --------
    >>> origin("sample", "2026-10-10", False), origin("router", "2026-11-24T13:05:00Z", False)
    ('sample, catalogue of 2026-10-10', 'router, read 2026-11-24T13:05:00Z')
    """
    if when is None:
        return f"{source}, at an unknown time"
    if dated:
        return f"{source}, as last seen, up to {when[:10]}"
    return f"{source}, read {when}" if source == "router" else f"{source}, catalogue of {when[:10]}"
