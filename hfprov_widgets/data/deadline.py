"""A job that has ended after so many seconds for whoever waits for it, whatever it does.

A library's time-out is for each part of an answer: a service that sends a byte every few seconds, or a name
server that does not answer, can hold a call for ever. So the job gets a thread of its own, which is left
behind when the time is up.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")


class Line:
    """How the waiting side hangs up on the job's open answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answer: Any = None
        self.is_cut = False

    def open(self, answer: Any) -> None:
        """The job has an answer (of ``requests``) and reads it from now on."""
        with self._lock:
            self._answer = answer
        if self.is_cut:
            self._hang_up()

    def cut(self) -> None:
        """Nobody waits any more: the job ends at its next step."""
        self.is_cut = True
        self._hang_up()

    def _hang_up(self) -> None:
        with self._lock, suppress(Exception):  # it may just have ended; an older urllib3 cannot hang up
            self._answer.raw.shutdown()


def within(seconds: float, job: Callable[[Line], T]) -> T:
    """The result of the job, or its exception.

    Raises
    ------
    TimeoutError

    Examples
    --------
    >>> within(5, lambda line: 40 + 2)
    42
    """
    line = Line()
    outcome = started(lambda: job(line), "hfprov-get")
    try:
        result, error = outcome.get(timeout=max(seconds, 0))
    except queue.Empty:
        line.cut()
        raise TimeoutError from None
    except BaseException:  # Ctrl-C
        line.cut()
        raise
    if error is not None:
        raise error
    return result  # type: ignore[return-value]


Outcome: TypeAlias = "queue.SimpleQueue[tuple[T | None, BaseException | None]]"


def started(job: Callable[[], T], name: str) -> Outcome[T]:
    """Run a job in a thread that nobody has to wait for, not even the end of the program; gives where it will put
    its result or its exception."""
    outcome: Outcome[T] = queue.SimpleQueue()

    def work() -> None:
        try:
            outcome.put((job(), None))
        except BaseException as error:  # it belongs to whoever waits
            outcome.put((None, error))

    threading.Thread(target=work, name=name, daemon=True).start()
    return outcome
