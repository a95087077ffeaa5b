"""The one way to the services: GET requests that are retried, cached, and end in JSON or in a clear error.

Both clients stand on ``Transport``. A call ends within the time that its ``Pace`` states, whatever the service
does: with an answer, with a kept copy that says how old it is, or with an error that says what to do.
"""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from hfprov_widgets.data.cache import Cache, Kept, ReplyCache, check_cache, open_cache
from hfprov_widgets.data.content import Reply, read_reply
from hfprov_widgets.data.environment import in_browser, offline
from hfprov_widgets.data.errors import BadResponse, HubError, RateLimited, ServiceUnavailable
from hfprov_widgets.data.fields import utc_text
from hfprov_widgets.data.limits import Quota, RateLimit, quota_of
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.replies import Answer, error_of, may_carry_token, origin
from hfprov_widgets.data.session import Failure, Session
from hfprov_widgets.data.token import Secret, find_token, wrapped
from hfprov_widgets.data.turns import TookTooLongError

T = TypeVar("T")

_WARNING = "x-hf-warning"
_LEAST = 0.1  # seconds for a try, also where the turn to ask came at the last moment
_WORTHWHILE = 1.0  # seconds: with less left, another try would only hide why the one before failed


@dataclass(frozen=True)
class _Opened:
    """What belongs together while a client is open: the answers of one caller go into the cache of that caller."""

    process: int
    session: Session
    cache: ReplyCache | None
    caller: str | None
    quota: Quota


@dataclass(frozen=True)
class _Call:
    """One call for one address: by what, whom it is about, and until when there must be an outcome."""

    by: _Opened
    url: str
    deadline: float
    retries: int
    model: str | None
    private_is_401: bool


class Transport:
    """GET requests to one service, from any thread.

    Parameters
    ----------
    endpoint : str
        The service's address; the token goes to its origin only.
    token : str, None or False
        As in ``find_token``; it is looked for at the first request.
    cache : True, False, a path or a backend
        As in ``open_cache``.
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
        token: str | bool | Secret | None,
        cache: Cache,
        timeout: float,
        expire_after: float,
        pace: Pace,
    ) -> None:
        self._asked_token = wrapped(token)
        check_cache(cache)
        self._endpoint = endpoint
        self._asked_cache = cache
        self._timeout = timeout
        self._expire_after = expire_after
        self._pace = pace
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    @property
    def rate_limit(self) -> RateLimit | None:
        """What the service's last answer said of the quota, in the window that still runs."""
        return self._open().quota.state(self._pace.clock())

    @property
    def is_anonymous(self) -> bool:
        """Whether requests go without a token."""
        return self._open().caller is None

    def get(
        self,
        url: str,
        opens: Callable[[Any], T],
        *,
        model: str | None = None,
        private_is_401: bool = False,
        fresh: bool = False,
    ) -> Reply[T]:
        """The content at this address: kept and fresh, from the service, or stale when the service fails.

        Parameters
        ----------
        opens : callable
            Takes the decoded JSON and returns what matters in it, or raises ``BadResponse``.
        fresh : bool
            Ask the service also where a kept copy counts as fresh.
        model, private_is_401
            As in ``error_of``; the latter holds for callers without a token.

        Raises
        ------
        HubError
        """
        began = self._pace.clock()
        by = self._open()
        found = _find(by, url, opens)
        if found and not fresh and found[0].is_fresh(self._pace.now()):
            return found[1]
        patience = self._pace.patience_with_copy if found else self._pace.patience
        call = _Call(by, url, began + patience, self._pace.retries, model, private_is_401)
        try:
            if offline():
                raise _offline(url)
            with self._turn(call) as waited:
                # Whoever had the turn before, even between two lines above, has most likely fetched it.
                found = _find(by, url, opens) or found
                if found and not fresh and found[0].is_fresh(self._pace.now()):
                    return found[1]
                if waited:  # it has just failed for the other: one try is enough to tell
                    call = replace(call, retries=0)
                return self._fetch(call, found[0] if found else None, opens)
        except (RateLimited, ServiceUnavailable, BadResponse) as error:
            if found is None:
                raise
            stale = found[1]
            return replace(stale, note=f"a copy of {stale.retrieved_at} is used: {error.problem}", error=error)

    def kept(self, url: str, opens: Callable[[Any], T]) -> Reply[T] | None:
        """The kept copy, of whatever age; nothing is asked."""
        found = _find(self._open(), url, opens)
        return found[1] if found else None

    def follow(self, reply: Reply[T], opens: Callable[[Any], T], *, fresh: bool = False) -> Reply[T]:
        """The next page: its address as the service gave it, but only at the service that gave it.

        Raises
        ------
        HubError
        """
        if reply.next_url is None:
            raise ValueError("this reply is the last page")
        if origin(reply.next_url) != origin(reply.answer.url):
            raise BadResponse(
                "The list is not complete: its next page is at another address, which was not asked.",
                url=reply.next_url,
                hint="Set the endpoint to the service that gives all pages.",
            )
        return self.get(reply.next_url, opens, fresh=fresh)

    def close(self) -> None:
        """Close connections and cache; another request opens them anew."""
        with self._lock:
            opened, self._opened = self._opened, None
        if opened:
            opened.session.close()
            if opened.cache:
                opened.cache.close()

    def _open(self) -> _Opened:
        if in_browser():
            raise _no_sockets(self._endpoint)
        with self._lock:
            # A process that was forked off must not read from its parent's connections, nor close them.
            if self._opened is None or self._opened.process != os.getpid():
                token = self._token()
                caller = token.fingerprint if token else None
                self._opened = _Opened(
                    os.getpid(),
                    Session(self._endpoint, token, self._timeout, self._pace.now),
                    open_cache(self._asked_cache, self._expire_after, caller),
                    caller,
                    quota_of(origin(self._endpoint), caller, self._pace.clock),
                )
            return self._opened

    def _token(self) -> Secret | None:
        if may_carry_token(self._endpoint):
            return wrapped(find_token(self._asked_token)) or None  # type: ignore[return-value]
        if isinstance(self._asked_token, Secret):
            text = "the token is not sent: the endpoint is plain http to another machine"
            warnings.warn(text, UserWarning, stacklevel=2)
        return None

    @contextmanager
    def _turn(self, call: _Call) -> Iterator[bool]:
        """The turn to ask, where the answer will be shared; gives whether somebody else had it before."""
        if call.by.cache is None:
            yield False
            return
        try:
            with call.by.cache.turn(call.url, call.deadline - self._pace.clock()) as waited:
                yield waited
        except TookTooLongError:
            problem = "The same answer is being waited for by another call, for too long."
            raise ServiceUnavailable(problem, url=call.url) from None

    def _fetch(self, call: _Call, kept: Kept | None, opens: Callable[[Any], T]) -> Reply[T]:
        answer = came = self._exchange(call, kept)
        if kept and came.status == 304:
            still = {name: text for name, text in kept.answer.headers.items() if name != _WARNING}
            now = {name: text for name, text in came.headers.items() if name == _WARNING}
            answer = replace(kept.answer, at=came.at, headers={**still, **now})
        reply = read_reply(answer, opens)
        if call.by.cache:
            # After a rename, under the name that answered as well; not where another service answered.
            for url in {call.url, answer.url if origin(answer.url) == origin(call.url) else call.url}:
                call.by.cache.keep(url, answer)
        return reply

    def _exchange(self, call: _Call, kept: Kept | None) -> Answer:
        """Try until there is a good answer, a final error, or no time left."""
        conditions = kept.conditions if kept else {}
        quota = call.by.quota
        for attempt in count():
            self._wait_for_quota(call, attempt)
            left = max(call.deadline - self._pace.clock(), _LEAST)
            outcome = call.by.session.try_get(call.url, conditions, left)
            if isinstance(outcome, Answer):
                if origin(outcome.url) == origin(self._endpoint):  # else it is another service's quota
                    quota.note(outcome, self._pace.clock(), self._pace.now())
                if outcome.status == 200 or (outcome.status == 304 and conditions):
                    return outcome
                failure = _failure(outcome, call)
            else:
                quota.give_back()
                failure = outcome
            wait = self._pace.wait(attempt, failure.error.retry_after)
            late = self._pace.clock() + wait + _WORTHWHILE > call.deadline
            if not failure.again or attempt >= call.retries or late:
                break
            self._pace.sleep(wait)
        raise failure.error

    def _wait_for_quota(self, call: _Call, attempt: int) -> None:
        """Send nothing that the service is known to refuse, and let background work not crowd the others out."""
        wait, reset = call.by.quota.take(self._pace.clock(), background=self._pace.background)
        # Not all in the first moment, of a notebook or of a window.
        if wait == reset > 0 or (self._pace.background and attempt == 0):
            wait += self._pace.chance()
        if self._pace.clock() + wait > call.deadline:
            raise self._used_up(call.url, reset)
        if wait:
            self._pace.sleep(wait)

    def _used_up(self, url: str, reset: float) -> RateLimited:
        resets_at = utc_text(self._pace.now() + timedelta(seconds=reset))
        what = "nearly used up, what is left is for those who wait" if self._pace.background else "used up"
        when = f"The next window begins at {resets_at} (in {reset:.0f} s)."
        problem = f"The quota of {origin(url)[1]} is {what}; it was not asked. {when}"
        error = RateLimited(problem, url=url, retry_after=reset)
        error.resets_at = resets_at
        return error


def _find(by: _Opened, url: str, opens: Callable[[Any], T]) -> tuple[Kept, Reply[T]] | None:
    kept = by.cache.find(url) if by.cache else None
    if kept is None:
        return None
    try:
        return kept, read_reply(kept.answer, opens)
    except HubError:  # kept by another version, or damaged: as if it were not there
        return None


def _failure(answer: Answer, call: _Call) -> Failure:
    code = answer.headers.get("x-error-code")
    hidden = call.private_is_401 and (code == "RepoNotFound" or (call.by.caller is None and code is None))
    error = error_of(answer, model=call.model, private_is_401=hidden)
    return Failure(error, again=isinstance(error, (RateLimited, ServiceUnavailable)))


def _no_sockets(url: str) -> ServiceUnavailable:
    return ServiceUnavailable(
        "Python in a browser, as in JupyterLite, has no sockets to ask a service with.",
        url=url,
        hint="Use load_catalog('sample'); or save a live catalogue where Python runs on a machine, with "
        "catalog.save('catalog.json.gz'), upload the file, and open it with load_catalog('catalog.json.gz').",
    )


def _offline(url: str) -> ServiceUnavailable:
    return ServiceUnavailable(
        "Calls are switched off (HF_HUB_OFFLINE).",
        url=url,
        hint="Unset HF_HUB_OFFLINE to ask the service, or use load_catalog('sample').",
    )
