"""Reading the next page while this one is being worked on: the network's time and ours, one under the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items; while the caller has one, the next one is already being made in a thread.

    An exception comes where it would have come. Whoever stops early has caused one item more to be made.

    Examples
    --------
    >>> list(ahead(iter("abc")))
    ['a', 'b', 'c']
    """
    if sys.platform == "emscripten":  # no threads there
        yield from items
        return
    end = object()
    worker = ThreadPoolExecutor(1, "hfprov-ahead")
    try:
        coming = worker.submit(next, items, end)
        while (item := coming.result()) is not end:
            coming = worker.submit(next, items, end)
            yield item  # type: ignore[misc]
    finally:
        worker.shutdown(wait=False, cancel_futures=True)
