"""Kept answers of the services, in any backend of requests-cache; by default a SQLite file of the user's.

The backend is used as a store, above the retries: so a copy is served stale only after the retries have
failed, a 404 is never hidden by an old copy, and what turns out not to be the API's JSON never replaces a
good copy. An entry is a GET's address, body and a few headers.

What a token may see is kept in the user's own file only, under the token's fingerprint; never where others read.
"""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from hfprov_widgets.data.cache_file import is_busy, is_damage, mend, open_file, try_write
from hfprov_widgets.data.replies import KEPT_HEADERS, Answer, stale_note
from hfprov_widgets.data.turns import TookTooLongError, Turn, take_turn

if TYPE_CHECKING:
    from requests_cache.backends.base import BaseCache
    from requests_cache.models import CachedResponse

# True: the user's cache folder; False: none; a path: that file; or a backend of requests-cache.
Cache: TypeAlias = "bool | str | os.PathLike[str] | BaseCache"
T = TypeVar("T")
_STALE = timedelta(seconds=15)  # what a class server gives in place of an answer is soon asked for again


@dataclass(frozen=True)
class Kept:
    """A kept answer, and until when it counts as fresh."""

    answer: Answer
    expires: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether it can be used without asking. A copy from the future, after a clock was set back, can not."""
        return self.answer.at <= now < self.expires

    @property
    def conditions(self) -> dict[str, str]:
        """Request headers that let the service answer "not modified"."""
        headers = self.answer.headers
        pairs = (("If-None-Match", headers.get("etag")), ("If-Modified-Since", headers.get("last-modified")))
        return {name: value for name, value in pairs if value}


class ReplyCache:
    """Kept answers by address. When the store fails, a warning is given once and the cache is out of use.

    Parameters
    ----------
    backend : BaseCache
    expire_after : float
        Seconds.
    path : Path, optional
        The file of a backend that is ours: it is closed with the cache, and replaced when it is damaged.
    caller : str, optional
        The fingerprint of the token with which answers are asked for.
    """

    def __init__(self, backend: BaseCache, expire_after: float, path: Path | None, caller: str | None) -> None:
        self._backend: BaseCache | None = backend
        self._expire_after = timedelta(seconds=expire_after)
        self._path = path
        self._caller = caller
        self._has_warned = False
        # A SQLite connection that one thread closes while another reads takes the whole interpreter along.
        self._lock = threading.RLock()

    def find(self, url: str) -> Kept | None:
        """The kept answer for this address, fresh or not."""
        return self._with_backend(lambda backend: _kept(backend, self._key(backend, url)))

    def keep(self, url: str, answer: Answer) -> None:
        """Keep this answer under the address that was asked."""

        def save(backend: BaseCache) -> None:
            if self._path:
                try_write(self._path, answer.at.timestamp())
            backend.responses[self._key(backend, url)] = self._new_entry(url, answer)

        self._with_backend(save)

    def turn(self, url: str, seconds: float) -> Turn:
        """The turn at this address, against all who share the store.

        Raises
        ------
        TookTooLongError
        """
        # Not under the lock: the others wait here, and whoever has the turn needs the store.
        if (backend := self._backend) is not None:
            try:
                return take_turn(backend, self._key(backend, url), seconds)
            except TookTooLongError:
                raise
            except Exception as error:  # no right to make the lock, the server is away: go on without turns
                self._give_up(error)
        return Turn(False, lambda: None)

    def close(self) -> None:
        """Close the store, unless it was given: then others may use it. What is under way goes on without it."""
        with self._lock:
            backend, self._backend = self._backend, None
            if self._path and backend is not None:
                backend.close()  # type: ignore[no-untyped-call]

    def _with_backend(self, job: Callable[[BaseCache], T]) -> T | None:
        with self._lock:
            if self._backend is None:
                return None
            try:
                return job(self._backend)
            except Exception as error:  # each backend has errors of its own, and none is worth losing the answer
                self._after(error)
                return None

    def _after(self, error: Exception) -> None:
        """Mend a damaged file; leave a busy one alone this time; do without a store that fails."""
        if self._path and is_damage(error):
            try:
                self.close()
                mend(self._path)
                self._backend = open_file(self._path)
            except Exception as failed:  # as above
                self._give_up(failed)
        elif is_busy(error):
            self._warn(error)
        else:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        with self._lock:
            self._backend = None
            self._warn(error)

    def _warn(self, error: Exception) -> None:
        if not self._has_warned:
            self._has_warned = True
            _warn(error)

    def _key(self, backend: BaseCache, url: str) -> str:
        from requests import Request

        key = backend.create_key(Request("GET", url))
        return f"{key}-{self._caller}" if self._caller else key

    def _new_entry(self, url: str, answer: Answer) -> CachedResponse:
        from requests.structures import CaseInsensitiveDict
        from requests_cache.models import CachedRequest, CachedResponse

        return CachedResponse(
            content=answer.body,
            created_at=answer.at,
            expires=answer.at + (min(_STALE, self._expire_after) if stale_note(answer) else self._expire_after),
            headers=CaseInsensitiveDict({n: answer.headers[n] for n in KEPT_HEADERS if n in answer.headers}),
            request=CachedRequest(method="GET", url=url),
            status_code=200,
            url=answer.url,
        )


def _kept(backend: BaseCache, key: str) -> Kept | None:
    """The entry as far as it is one of ours; what cannot be read, or is odd, is not there."""
    from cattrs.errors import BaseValidationError
    from requests_cache.backends.base import DESERIALIZE_ERRORS

    try:
        entry = backend.get_response(key)
    except (*DESERIALIZE_ERRORS, BaseValidationError, IndexError):
        return None
    if entry is None or entry.status_code != 200 or not isinstance(entry.content, bytes):
        return None
    times = (entry.created_at, entry.expires)
    if not all(isinstance(time, datetime) and time.tzinfo for time in times) or not isinstance(entry.url, str):
        return None
    headers = {name.lower(): str(value) for name, value in entry.headers.items()}
    return Kept(Answer(200, entry.url, headers, entry.content, entry.created_at), entry.expires)  # type: ignore[arg-type]


def check_cache(cache: Any) -> None:
    """Refuse at once what can be no cache.

    Raises
    ------
    TypeError
    ValueError
        A backend that stores pickles: reading one runs whatever is in it.
    """
    if isinstance(cache, (bool, str, os.PathLike)):
        return
    store = getattr(cache, "responses", None)
    if store is None or not hasattr(cache, "create_key"):
        raise TypeError(f"cache is True, False, a path or a backend of requests_cache, not {type(cache).__name__}")
    if "pickle" in str(getattr(getattr(store, "serializer", None), "name", "")):
        raise ValueError("cache must not store pickles: make the backend with serializer='json'")


def open_cache(cache: Cache, expire_after: float, caller: str | None) -> ReplyCache | None:
    """The cache as asked for, or ``None``, with a warning when it cannot be opened.

    Parameters
    ----------
    cache : True, False, a path or a backend
    expire_after : float
        Seconds.
    caller : str, optional
        The fingerprint of the token that is sent. With one, only the user's own file (``True``) is used: a path
        or a backend may be read by others.
    """
    if cache is False or (caller and cache is not True):
        return None
    if not isinstance(cache, (bool, str, os.PathLike)):
        return ReplyCache(cache, expire_after, None, caller)
    try:
        from platformdirs import user_cache_path

        path = user_cache_path("hfprov_widgets") / "replies.sqlite" if isinstance(cache, bool) else _file(cache)
        return ReplyCache(open_file(path), expire_after, path, caller)
    except Exception as error:  # no right to write, a full disk, a locked file, requests_cache missing
        _warn(error)
        return None


def _file(cache: str | os.PathLike[str]) -> Path:
    """The file as ``requests_cache`` will name it."""
    path = Path(cache).expanduser().absolute()
    return path if path.suffix else path.with_suffix(".sqlite")


def _warn(error: Exception) -> None:
    text = f"the cache cannot be used, every answer is asked for anew: {type(error).__name__}: {error}"
    warnings.warn(text, UserWarning, stacklevel=2)
