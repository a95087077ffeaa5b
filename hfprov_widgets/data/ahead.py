"""Reading the next page while this one is being worked on: the network's time and ours, one under the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from hfprov_widgets.data.deadline import Outcome, started
from hfprov_widgets.data.environment import in_browser

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items; while the caller has one, the next one is already being made in a thread.

    An exception comes where it would have come. Whoever stops early has caused one item more to be made.

    Examples
    --------
    >>> list(ahead(iter("abc")))
    ['a', 'b', 'c']
    """
    if in_browser():  # no threads there
        yield from items
        return
    end = object()

    def one() -> Outcome[object]:
        return started(lambda: next(items, end), "hfprov-ahead")

    coming = one()
    while True:
        item, error = coming.get()
        if error is not None:
            raise error
        if item is end:
            return
        coming = one()
        yield item  # type: ignore[misc]
