"""From an answer to the content in it: JSON of the shape that is expected, or an error that says what came instead."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from hfprov_widgets.data.collector import collector_paused
from hfprov_widgets.data.errors import BadResponse, HubError
from hfprov_widgets.data.fields import utc_text
from hfprov_widgets.data.replies import Answer, next_link, request_id, stale_note

T = TypeVar("T")


@dataclass(frozen=True)
class Reply(Generic[T]):
    """A usable answer and the content in it.

    ``note`` says in a line that it is a stale copy, and why; ``error`` is what stood in the way of a new one.
    """

    value: T
    answer: Answer
    note: str | None = None
    error: HubError | None = None

    @property
    def retrieved_at(self) -> str:
        """When the content was so at the service, ISO 8601 UTC."""
        return utc_text(self.answer.at)

    @property
    def next_url(self) -> str | None:
        """The address of the next page."""
        return next_link(self.answer)

    @property
    def source(self) -> str | None:
        """What a class server says it serves: a snapshot's name, not the live services."""
        return self.answer.headers.get("x-hfprov-source")


def read_reply(answer: Answer, opens: Callable[[Any], T]) -> Reply[T]:
    """The content of a good answer; what is not the API's JSON raises ``BadResponse``."""
    about: dict[str, Any] = {"status": answer.status, "url": answer.url, "request_id": request_id(answer)}
    try:
        with collector_paused():
            content = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise BadResponse(_not_json(answer), **about) from None
    try:
        value = opens(content)
    except HubError as error:
        raise type(error)(error.problem, **about) from None
    return Reply(value, answer, stale_note(answer))


def _not_json(answer: Answer) -> str:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "text/html" or answer.body.lstrip().startswith(b"<"):
        return "The answer is a web page, not the service's JSON."
    return f"The answer is not the service's JSON, or is cut off ({len(answer.body):,} bytes)."
