"""Kept answers of the services, in any backend of requests-cache; by default a SQLite file of the user's.

The backend is used as a store, above the retries: so a copy is served stale only after the retries have
failed, a 404 is never hidden by an old copy, and what turns out not to be the API's JSON never replaces a
good copy. An entry is a GET's address, body and a few headers.

What a token may see is kept in the user's own file only, under the token's fingerprint; never where others read.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from hfprov_widgets.data.cache_file import is_damage, open_file, set_aside, try_write
from hfprov_widgets.data.replies import KEPT_HEADERS, Answer
from hfprov_widgets.data.turns import TookTooLongError, turn

if TYPE_CHECKING:
    from requests_cache.backends.base import BaseCache
    from requests_cache.models import CachedResponse

# True: the user's cache folder; False: none; a path: that file; or a backend of requests-cache.
Cache: TypeAlias = "bool | str | os.PathLike[str] | BaseCache"
T = TypeVar("T")


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

    def find(self, url: str) -> Kept | None:
        """The kept answer for this address, fresh or not."""
        entry = self._with_backend(lambda backend: _entry(backend, self._key(backend, url)))
        if entry is None or entry.expires is None or entry.status_code != 200:
            return None
        headers = {name.lower(): value for name, value in entry.headers.items()}
        return Kept(Answer(200, entry.url, headers, entry.content or b"", entry.created_at), entry.expires)

    def keep(self, url: str, answer: Answer) -> None:
        """Keep this answer under the address that was asked."""

        def save(backend: BaseCache) -> None:
            if self._path:
                try_write(self._path, answer.at.timestamp())
            backend.responses[self._key(backend, url)] = self._new_entry(url, answer)

        self._with_backend(save)

    @contextmanager
    def turn(self, url: str, seconds: float) -> Iterator[bool]:
        """Hold the turn at this address, against all who share the store; gives whether somebody had it before.

        Raises
        ------
        TookTooLongError
        """
        backend = self._backend
        if backend is None:
            yield False
            return
        held = turn(backend, self._key(backend, url), seconds)
        try:
            waited = held.__enter__()
        except TookTooLongError:
            raise
        except Exception as error:  # no right to make the lock, the server is away: go on without turns
            self._give_up(error)
            yield False
            return
        try:
            yield waited
        finally:
            held.__exit__(None, None, None)

    def close(self) -> None:
        """Close the store, unless it was given: then others may use it."""
        if self._path and self._backend is not None:
            self._backend.close()  # type: ignore[no-untyped-call]

    def _with_backend(self, job: Callable[[BaseCache], T]) -> T | None:
        if self._backend is None:
            return None
        try:
            return job(self._backend)
        except Exception as error:  # each backend has errors of its own, and none is worth losing the answer
            if self._path and is_damage(error):
                self._replace(error)
            else:
                self._give_up(error)
            return None

    def _replace(self, error: Exception) -> None:
        assert self._path
        self.close()
        set_aside(self._path, error)
        try:
            self._backend = open_file(self._path)
        except Exception as failed:  # as above
            self._give_up(failed)

    def _give_up(self, error: Exception) -> None:
        self._backend = None
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
            expires=answer.at + self._expire_after,
            headers=CaseInsensitiveDict({n: answer.headers[n] for n in KEPT_HEADERS if n in answer.headers}),
            request=CachedRequest(method="GET", url=url),
            status_code=200,
            url=answer.url,
        )


def _entry(backend: BaseCache, key: str) -> CachedResponse | None:
    from requests_cache.backends.base import DESERIALIZE_ERRORS

    with suppress(*DESERIALIZE_ERRORS):  # one entry that cannot be read is one that is not there
        return backend.get_response(key)
    return None


def fingerprint(token: str) -> str:
    """A short name for a token, from which it cannot be found again.

    >>> len(fingerprint("any")), fingerprint("any") == fingerprint("other")
    (16, False)
    """
    return hashlib.blake2b(token.encode(), digest_size=8, person=b"hfprov_widgets").hexdigest()


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
