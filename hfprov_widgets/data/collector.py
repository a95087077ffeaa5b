"""Python's cyclic garbage collector, out of the way while many records are made."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_pauses = 0  # threads that are inside: one may decode a page while another parses the one before
_was_enabled = False


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for garbage cycles inside: while a listing is decoded and parsed, where there are none.

    Python looks for cycles after every few hundred new objects, and a page of a listing has ten thousand, all alive.
    That search takes a quarter of the time of reading a long list. The last thread that leaves switches the collector
    on again, unless it was off before the first came.

    Examples
    --------
    >>> with collector_paused():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    global _pauses, _was_enabled
    with _lock:
        if _pauses == 0:
            _was_enabled = gc.isenabled()
            gc.disable()
        _pauses += 1
    try:
        yield
    finally:
        with _lock:
            _pauses -= 1
            if _pauses == 0 and _was_enabled:
                gc.enable()
