"""The one way to the services: GET requests that are retried, cached, and end in JSON or in a clear error.

Both clients stand on ``Transport``. What it does about time is in ``Pace``, so that a test can bring a clock.
"""

from __future__ import annotations

import json
import random
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from itertools import count
from typing import Any, Generic, TypeVar

from hfprov_widgets.data.cache import Cache, Kept, ReplyCache, check_cache, open_cache
from hfprov_widgets.data.errors import BadResponse, HubError, RateLimited, ServiceUnavailable
from hfprov_widgets.data.fields import utc_text
from hfprov_widgets.data.replies import Answer, error_of, may_carry_token, next_link, origin, request_id
from hfprov_widgets.data.session import Failure, Session
from hfprov_widgets.data.token import check_token, find_token

T = TypeVar("T")


def _now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Pace:
    """How often and how long a request is retried, and by which clock.

    Parameters
    ----------
    retries : int
        At most so many after the first try, on 408, 429, 5xx and network errors.
    first_wait : float
        Seconds before the first retry; doubled each time, and shortened at random by up to a half.
    patience : float
        Seconds: no retry starts later than this after the first try. When a service asks for a longer wait,
        the caller is told at once when to come back.
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


@dataclass(frozen=True)
class Reply(Generic[T]):
    """A usable reply: its content, when the service gave it, the next page, and a line if it is stale."""

    value: T
    url: str
    retrieved_at: str
    next_url: str | None
    note: str | None = None


class Transport:
    """GET requests to one service, from any thread.

    Parameters
    ----------
    endpoint : str
        The service's address; the token goes to its origin only.
    token : str, None or False
        As in ``find_token``; it is looked for at the first request.
    cache : True, False, a path or a backend
    timeout : float
        Seconds to wait for a connection, and for each part of an answer.
    expire_after : float
        Seconds for which a kept answer counts as fresh.
    pace : Pace
    """

    def __init__(
        self,
        endpoint: str,
        *,
        token: str | bool | None,
        cache: Cache,
        timeout: float,
        expire_after: float,
        pace: Pace,
    ) -> None:
        check_token(token)
        check_cache(cache)
        self._endpoint = endpoint
        self._asked_token = token
        self._asked_cache = cache
        self._timeout = timeout
        self._expire_after = expire_after
        self._pace = pace
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._cache: ReplyCache | None = None
        self._anonymous = True

    def get(
        self,
        url: str,
        opens: Callable[[Any], T],
        *,
        model: str | None = None,
        private_is_401: bool = False,
    ) -> Reply[T]:
        """The content at this address: kept and fresh, from the service, or stale when the service fails.

        Parameters
        ----------
        opens : callable
            Takes the decoded JSON and returns what matters in it, or raises ``BadResponse``.
        model, private_is_401
            As in ``error_of``; the latter holds for callers without a token.

        Raises
        ------
        HubError
        """
        session = self._open()
        found = self._find(url, opens)
        if found and found[0].expires > self._pace.now():
            return found[1]
        kept, stale = found or (None, None)
        try:
            answer = self._exchange(session, url, kept.conditions if kept else {}, model, private_is_401)
            if kept and answer.status == 304:
                answer = replace(kept.answer, at=answer.at)
            reply = _read(answer, opens)
        except (RateLimited, ServiceUnavailable, BadResponse) as error:
            if stale is None:
                raise
            return replace(stale, note=f"a copy of {stale.retrieved_at} is used: {error.problem}")
        if self._cache:
            self._cache.keep(url, answer)
        return reply

    def follow(self, reply: Reply[T], opens: Callable[[Any], T]) -> Reply[T]:
        """The next page: its address as the service gave it, but only at the service that gave it.

        Raises
        ------
        HubError
        """
        if reply.next_url is None:
            raise ValueError("this reply is the last page")
        if origin(reply.next_url) != origin(reply.url):
            raise BadResponse(
                "The list is not complete: its next page is at another address, which was not asked.",
                url=reply.next_url,
                hint="Set the endpoint to the service that gives all pages.",
            )
        return self.get(reply.next_url, opens)

    def close(self) -> None:
        """Close connections and cache; another request opens them anew."""
        with self._lock:
            session, self._session = self._session, None
            cache, self._cache = self._cache, None
        if session:
            session.close()
        if cache:
            cache.close()

    def _open(self) -> Session:
        with self._lock:
            if self._session is None:
                token = self._token()
                self._anonymous = token is None
                if token is None:  # what a token may see is not for the next user of the cache
                    self._cache = open_cache(self._asked_cache, self._expire_after)
                self._session = Session(self._endpoint, token, self._timeout, self._pace.now)
            return self._session

    def _token(self) -> str | None:
        if may_carry_token(self._endpoint):
            return find_token(self._asked_token)
        if isinstance(self._asked_token, str):
            text = "the token is not sent: the endpoint is plain http to another machine"
            warnings.warn(text, UserWarning, stacklevel=2)
        return None

    def _find(self, url: str, opens: Callable[[Any], T]) -> tuple[Kept, Reply[T]] | None:
        kept = self._cache.find(url) if self._cache else None
        if kept is None:
            return None
        try:
            return kept, _read(kept.answer, opens)
        except HubError:  # kept by another version, or damaged: as if it were not there
            return None

    def _exchange(
        self,
        session: Session,
        url: str,
        conditions: Mapping[str, str],
        model: str | None,
        private_is_401: bool,
    ) -> Answer:
        """Try until there is a good answer, a final error, or no patience left."""
        began = self._pace.clock()
        for attempt in count():
            outcome = session.try_get(url, conditions)
            if isinstance(outcome, Answer):
                if outcome.status == 200 or (outcome.status == 304 and conditions):
                    return outcome
                hidden = private_is_401 and self._anonymous and "x-error-code" not in outcome.headers
                failure = _failure(outcome, model, hidden)
            else:
                failure = outcome
            wait = self._pace.wait(attempt, failure.error.retry_after)
            late = self._pace.clock() - began + wait > self._pace.patience
            if not failure.again or attempt >= self._pace.retries or late:
                break
            self._pace.sleep(wait)
        raise failure.error


def _failure(answer: Answer, model: str | None, private_is_401: bool) -> Failure:
    error = error_of(answer, model=model, private_is_401=private_is_401)
    return Failure(error, again=isinstance(error, (RateLimited, ServiceUnavailable)))


def _read(answer: Answer, opens: Callable[[Any], T]) -> Reply[T]:
    """The content of a good answer; what is not the API's JSON raises ``BadResponse``."""
    about: dict[str, Any] = {"status": answer.status, "url": answer.url, "request_id": request_id(answer)}
    try:
        content = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise BadResponse(_not_json(answer), **about) from None
    try:
        value = opens(content)
    except HubError as error:
        raise type(error)(error.problem, **about) from None
    return Reply(value, answer.url, utc_text(answer.at), next_link(answer))


def _not_json(answer: Answer) -> str:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "text/html" or answer.body.lstrip().startswith(b"<"):
        return "The answer is a web page, not the service's JSON."
    return f"The answer is not the service's JSON, or is cut off ({len(answer.body):,} bytes)."
