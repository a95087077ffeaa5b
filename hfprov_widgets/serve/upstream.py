"""``--upstream``: the one cache in front of the real services, so that a class of 300 costs one request per refresh.

Each answer is kept here, by its path and query, for as long as it counts as fresh; who asks meanwhile gets it, and
who asks while it is being fetched waits for that one fetch. Below is the ``Transport`` of our clients: it retries,
keeps answers on disk, asks by condition, and gives a stale copy with a note when the service fails. What a
student sends besides the address, a token above all, does not go on.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from hfprov_widgets.data import hub as real_hub
from hfprov_widgets.data import router as real_router
from hfprov_widgets.data.arguments import check_endpoint
from hfprov_widgets.data.content import Reply
from hfprov_widgets.data.envelopes import hub_entry, hub_rows, router_entry, router_rows
from hfprov_widgets.data.errors import BadResponse, HubError, ModelNotFound, RateLimited, ServiceUnavailable
from hfprov_widgets.data.http import Transport
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.replies import origin
from hfprov_widgets.serve import hub, router
from hfprov_widgets.serve.answers import Answer, Asked, one_line, page_not_found, problem
from hfprov_widgets.serve.snapshot import SOURCE, SnapshotAnswers, is_under

NOT_FOUND_FOR = 60.0  # seconds: a typo in a lesson is asked once, not by everybody
FAILED_FOR = 15.0  # seconds: after a failure, or with a stale copy, the service is left alone
MOST_ANSWERS = 400
MOST_BYTES = 128 * 2**20
MOST_FETCHES = 16  # at a time


@dataclass(frozen=True)
class _Held:
    """What the service gave or how it failed, and until when, by the clock of the pace, that stands."""

    until: float
    reply: Reply[Any] | None = None
    error: HubError | None = None

    @property
    def size(self) -> int:
        return len(self.reply.answer.body) if self.reply else 0


class Upstream:
    """The real services, each answer fetched once for all.

    Parameters
    ----------
    hub_endpoint, router_base_url : str, optional
        By default ``HF_ENDPOINT`` and ``HFPROV_ROUTER_URL``, else the real services.
    pace : Pace, optional
    cache : as in ``HubClient``

    Examples
    --------
    >>> Upstream("https://huggingface.co/", "https://router.huggingface.co/v1").hub
    'https://huggingface.co'
    """

    def __init__(
        self,
        hub_endpoint: str | None = None,
        router_base_url: str | None = None,
        *,
        pace: Pace | None = None,
        cache: Any = True,
    ) -> None:
        given = hub_endpoint or os.environ.get("HF_ENDPOINT") or real_hub.HUB
        self.hub = check_endpoint(given, "HF_ENDPOINT")
        self.router = real_router.router_base_url(router_base_url)
        # Our clients, and the official ones, wait 10 seconds for us: the outcome has to be there before.
        self._pace = pace or Pace(patience=8.0, patience_with_copy=5.0)
        self._hub = self._transport(self.hub, cache, real_hub.EXPIRE_AFTER)
        self._router = self._transport(self.router, cache, real_router.EXPIRE_AFTER)
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._flights: dict[str, asyncio.Task[_Held]] = {}
        self._lines = asyncio.Semaphore(MOST_FETCHES)
        self._down: dict[Transport, tuple[float, HubError]] = {}  # who could not be reached, and until when that holds

    def close(self) -> None:
        """Close connections and cache."""
        self._hub.close()
        self._router.close()

    def check(self) -> str | None:
        """Ask the router for its list once, before anybody else does; what went wrong, in a sentence."""
        try:
            return self._router.get(f"{self.router}/models", router_rows).note
        except HubError as error:
            return error.problem

    async def answer(self, asked: Asked, spare: SnapshotAnswers | None = None) -> Answer:
        """The service's answer; the spare's, said to be so, while the service cannot be reached and no copy is kept."""
        listed = is_under(hub.PATH, asked.path) or is_under(router.PATH, asked.path)
        if not listed or ".." in asked.path.split("/"):  # two dots would lead to what is no listing
            return page_not_found()
        held = await self._hold(asked)
        if held.reply:
            return self._good(held.reply, asked)
        assert held.error is not None
        if spare and isinstance(held.error, (RateLimited, ServiceUnavailable, BadResponse)):
            answer = spare.answer(asked)
            date = spare.catalog.retrieved_at or "an unknown day"
            warning = f"stale; a copy of {date} is used, {spare.catalog.source}: {held.error.problem}"
            return replace(answer, headers={**answer.headers, "X-HF-Warning": one_line(warning)})
        return _failed(held.error, asked, held.until - self._pace.clock())

    # --- what is held ---

    async def _hold(self, asked: Asked) -> _Held:
        target = asked.target
        held = self._held.get(target)
        if held and held.until > self._pace.clock():
            self._held.move_to_end(target)
            return held
        flight = self._flights.get(target)
        if flight is None:
            flight = self._flights[target] = asyncio.create_task(self._take_off(asked))
            flight.add_done_callback(lambda _: self._flights.pop(target, None))
        return await asyncio.shield(flight)  # one student who leaves does not end it for the others

    async def _take_off(self, asked: Asked) -> _Held:
        async with self._lines:
            held = await _in_thread(lambda: self._fetch(asked))
        self._held.pop(asked.target, None)
        self._held[asked.target] = held
        while len(self._held) > MOST_ANSWERS or sum(held.size for held in self._held.values()) > MOST_BYTES:
            self._held.popitem(last=False)
        return held

    def _fetch(self, asked: Asked) -> _Held:
        """One question to the service; it runs in a thread of its own."""
        try:
            reply = self._ask(asked)
        except HubError as error:
            seconds = NOT_FOUND_FOR if isinstance(error, ModelNotFound) else max(FAILED_FOR, error.retry_after or 0.0)
            return _Held(self._pace.clock() + seconds, error=error)
        expire_after = real_hub.EXPIRE_AFTER if is_under(hub.PATH, asked.path) else real_router.EXPIRE_AFTER
        left = 0.0 if reply.note else expire_after - self._age(reply.answer.at)
        return _Held(self._pace.clock() + max(left, FAILED_FOR), reply)

    def _ask(self, asked: Asked) -> Reply[Any]:
        if is_under(hub.PATH, asked.path):
            name = asked.path.removeprefix(hub.PATH).strip("/").partition("/revision/")[0]
            return self._reach(self._hub, self.hub + asked.target, hub_entry if name else hub_rows, name)
        name = asked.path.removeprefix(router.PATH).strip("/")
        url = self.router + asked.target.removeprefix("/v1")
        return self._reach(self._router, url, router_entry if name else router_rows, name)

    def _reach(self, service: Transport, url: str, opens: Callable[[Any], Any], model: str) -> Reply[Any]:
        """Ask a service that can be reached; of one that could not, just now, the copy at once: 300 students with
        different questions would else wait for it one after the other."""
        until, error = self._down.get(service, (0.0, None))
        if error and until > self._pace.clock():
            if (copy := service.kept(url, opens)) is None:
                raise error
            return replace(copy, note=f"a copy of {copy.retrieved_at} is used: {error.problem}")
        try:
            reply = service.get(url, opens, model=model or None, private_is_401=service is self._hub and bool(model))
        except HubError as failure:
            self._note_down(service, failure)
            raise
        self._note_down(service, reply.error)
        return reply

    def _note_down(self, service: Transport, failure: HubError | None) -> None:
        if isinstance(failure, ServiceUnavailable) and failure.status is None:
            self._down[service] = (self._pace.clock() + FAILED_FOR, failure)

    # --- what is answered ---

    def _good(self, reply: Reply[Any], asked: Asked) -> Answer:
        headers = {"Age": str(max(int(self._age(reply.answer.at)), 0))}
        if reply.next_url:
            headers["Link"] = f'<{self._through_us(reply.next_url, asked.base)}>; rel="next"'
        if reply.note:
            headers["X-HF-Warning"] = one_line(f"stale; {reply.note}")
        if source := reply.answer.headers.get(SOURCE.lower()):  # the upstream is itself a service like this one
            headers[SOURCE] = source
        return Answer(200, reply.answer.body, headers)

    def _through_us(self, url: str, base: str) -> str:
        """The next page's address at this service, its path and query untouched; elsewhere, it stays as it is."""
        place = urlsplit(self.hub).path
        parts = urlsplit(url)
        if origin(url) != origin(self.hub) or not parts.path.startswith(f"{place}/"):
            return url
        return f"{base}{parts.path.removeprefix(place)}?{parts.query}"

    def _age(self, at: datetime) -> float:
        return (self._pace.now() - at).total_seconds()

    def _transport(self, endpoint: str, cache: Any, expire_after: float) -> Transport:
        return Transport(endpoint, token=False, cache=cache, timeout=10.0, expire_after=expire_after, pace=self._pace)


async def _in_thread(function: Callable[[], _Held]) -> _Held:
    """What the function returns, from a thread that does not keep the service from ending while it waits."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[_Held] = loop.create_future()

    def run() -> None:
        try:
            deliver = partial(result.set_result, function())
        except BaseException as error:
            deliver = partial(result.set_exception, error)
        with contextlib.suppress(RuntimeError):  # the service has ended meanwhile
            loop.call_soon_threadsafe(deliver)

    threading.Thread(target=run, daemon=True).start()
    return await result


def _failed(error: HubError, asked: Asked, seconds: float) -> Answer:
    """The answer that the service itself would give; a student who has a token gets the one for those who have."""
    if isinstance(error, ModelNotFound):
        return _not_found(error, asked)
    if error.status is not None and error.status >= 400:
        status = error.status
    else:
        status = 502 if isinstance(error, BadResponse) else 503
    again = {"Retry_After": str(max(math.ceil(seconds), 1))} if status in (429, 503) else {}
    # To a student, "127.0.0.1 could not be reached" would be about a machine of their own.
    return problem(status, f"The class server has no answer: {error.problem}", **again)


def _not_found(error: ModelNotFound, asked: Asked) -> Answer:
    if is_under(router.PATH, asked.path):
        return router.missing(asked.path.removeprefix(router.PATH).strip("/"))
    _, separator, revision = asked.path.partition("/revision/")
    if separator and error.status == 404:  # of a model that is missing an anonymous caller is told 401
        return hub.missing_revision(revision)
    return hub.missing(asked)
