"""How often and how long a request is tried, and by which clock; apart, so that a test can bring its own."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone


def _now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Pace:
    """How often and how long a request is tried.

    Parameters
    ----------
    retries : int
        At most so many after the first try, on 408, 429, 5xx and network errors.
    first_wait : float
        Seconds before the first retry; doubled each time, and shortened at random by up to a half.
    patience : float
        Seconds after which a call has ended, however the service behaves: with an answer or with an error; each
        page of a list is a call. A service that asks for a longer wait is not waited for; the error says when to
        come back.
    patience_with_copy : float
        The same where a kept copy can be shown instead.
    background : bool
        Nobody waits for the answer: it starts at a random moment of the first second, and where less than half
        of a service's quota is left it is spread over the rest of the window. A tenth is left to the others.
    sleep, clock, now, chance : callables
        ``time.sleep``, ``time.monotonic``, the UTC time and a number from 0 to 1; a test brings its own.

    Examples
    --------
    >>> pace = Pace(chance=lambda: 0.0)
    >>> [pace.wait(attempt, None) for attempt in range(3)], pace.wait(0, 7.0)
    ([0.5, 1.0, 2.0], 7.5)
    """

    retries: int = 3
    first_wait: float = 0.5
    patience: float = 30.0
    patience_with_copy: float = 10.0
    background: bool = False
    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    chance: Callable[[], float] = random.random

    def wait(self, attempt: int, retry_after: float | None) -> float:
        """Seconds to wait after this attempt, counted from 0."""
        if retry_after is not None:
            # Not all in the first moment of a new window: a class of 300 shares one address.
            return retry_after + 0.5 + self.chance()
        return self.first_wait * 2.0**attempt * (1 - self.chance() / 2)
