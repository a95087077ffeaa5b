"""What is left of a service's quota, from the headers of its last answer, and how long that makes us wait.

The services count by address or account, not by client object: so all clients of this process that are the
same caller to the same service share one `Quota`.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from hfprov_widgets.data.fields import utc_text
from hfprov_widgets.data.replies import Answer, tightest_window

_LONGEST_WINDOW = 600  # seconds; the Hub's is 300, and what claims more is not believed
_RESERVE = 0.1  # of the quota: background work leaves it to those who wait for an answer
_SCARCE = 0.5  # of the quota: below, background work is spread over the rest of the window


@dataclass(frozen=True)
class RateLimit:
    """What a service said of its quota with its last answer.

    Parameters
    ----------
    left : int
        Requests left in this window.
    quota : int, optional
        Requests in a whole window.
    resets_at : str
        When the next window begins, ISO 8601 UTC.
    """

    left: int
    quota: int | None
    resets_at: str


class Permit(NamedTuple):
    """Seconds to wait before a request may be sent, and seconds until the window ends; 0 where nothing is known."""

    wait: float
    reset: float


class Quota:
    """What is left at one service for one caller; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: int | None = None
        self._quota: int | None = None
        self._resets_at: datetime | None = None
        self._reset_clock = 0.0

    def note(self, answer: Answer, clock: float, now: datetime) -> None:
        """Read the headers of an answer that came just now."""
        window = tightest_window(answer)
        if window is None:
            return
        quota = re.search(r"q=(\d{1,9})", answer.headers.get("ratelimit-policy", ""))
        left, seconds = window[0], min(window[1], _LONGEST_WINDOW)
        with self._lock:
            self._left, self._quota = left, int(quota[1]) if quota else None
            # The clock that never jumps decides; the other one is for people to read.
            self._reset_clock, self._resets_at = clock + seconds, now + timedelta(seconds=seconds)

    def take(self, clock: float, *, background: bool) -> Permit:
        """Take one request, until an answer tells better: other threads may be about to send as well."""
        with self._lock:
            reset = self._reset_clock - clock
            if self._left is None or reset <= 0:
                return Permit(0.0, 0.0)
            reserve = int((self._quota or 0) * _RESERVE) if background else 0
            if self._left <= reserve:
                return Permit(reset, reset)
            scarce = background and self._quota is not None and self._left < self._quota * _SCARCE
            wait = reset / (self._left - reserve) if scarce else 0.0
            self._left -= 1
            return Permit(wait, reset)

    def give_back(self) -> None:
        """No answer came: most likely the service did not count the request."""
        with self._lock:
            if self._left is not None:
                self._left += 1

    def state(self, clock: float) -> RateLimit | None:
        """As the last answer said; None before the first one, and after its window has ended."""
        with self._lock:
            if self._left is None or self._resets_at is None or clock >= self._reset_clock:
                return None
            return RateLimit(self._left, self._quota, utc_text(self._resets_at))


_quotas: dict[tuple[object, ...], Quota] = {}
_quotas_lock = threading.Lock()


def quota_of(origin: tuple[object, ...], caller: str | None, clock: Callable[[], float]) -> Quota:
    """The one quota of this service and caller (``None``: without a token) under this clock."""
    with _quotas_lock:
        return _quotas.setdefault((origin, caller, clock), Quota())
