"""Kept answers of the services, in any backend of requests-cache; by default a SQLite file of the user's.

The backend is used as a store, above the retries: so a copy is served stale only after the retries have
failed, a 404 is never hidden by an old copy, and what turns out not to be the API's JSON never replaces a
good copy. An entry is a GET's address, body and three headers; requests with a token do not come here.
"""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from hfprov_widgets.data.replies import Answer

if TYPE_CHECKING:
    from requests_cache.backends.base import BaseCache

# True: the user's cache folder; False: none; a path: that file; or a backend of requests-cache.
Cache: TypeAlias = "bool | str | os.PathLike[str] | BaseCache"

_KEPT_HEADERS = ("etag", "last-modified", "link")


@dataclass(frozen=True)
class Kept:
    """A kept answer, and until when it counts as fresh."""

    answer: Answer
    expires: datetime

    @property
    def conditions(self) -> dict[str, str]:
        """Request headers that let the service answer "not modified"."""
        headers = self.answer.headers
        pairs = (("If-None-Match", headers.get("etag")), ("If-Modified-Since", headers.get("last-modified")))
        return {name: value for name, value in pairs if value}


class ReplyCache:
    """Kept answers by address. When the store fails, a warning is given once and the cache is out of use."""

    def __init__(self, backend: BaseCache, expire_after: float, *, own: bool) -> None:
        self._backend: BaseCache | None = backend
        self._own = own
        self._expire_after = timedelta(seconds=expire_after)

    def find(self, url: str) -> Kept | None:
        """The kept answer for this address, fresh or not."""
        if self._backend is None:
            return None
        try:
            entry = self._backend.get_response(self._key(self._backend, url))
            if entry is None or entry.expires is None or entry.status_code != 200:
                return None
            headers = {name.lower(): value for name, value in entry.headers.items()}
            return Kept(Answer(200, entry.url, headers, entry.content or b"", entry.created_at), entry.expires)
        except Exception as error:  # each backend has errors of its own, and none is worth losing the answer
            self._give_up(error)
            return None

    def keep(self, url: str, answer: Answer) -> None:
        """Keep this answer under the address that was asked."""
        if self._backend is None:
            return
        try:
            from requests.structures import CaseInsensitiveDict
            from requests_cache.models import CachedRequest, CachedResponse

            headers = {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers}
            key = self._key(self._backend, url)
            self._backend.responses[key] = CachedResponse(
                content=answer.body,
                created_at=answer.at,
                expires=answer.at + self._expire_after,
                headers=CaseInsensitiveDict(headers),
                request=CachedRequest(method="GET", url=url),
                status_code=200,
                url=answer.url,
            )
        except Exception as error:  # as above
            self._give_up(error)

    def close(self) -> None:
        """Close the store, unless it was given: then others may use it."""
        if self._own and self._backend is not None:
            self._backend.close()  # type: ignore[no-untyped-call]

    def _give_up(self, error: Exception) -> None:
        self._backend = None
        _warn(error)

    @staticmethod
    def _key(backend: BaseCache, url: str) -> str:
        from requests import Request

        return backend.create_key(Request("GET", url))


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


def open_cache(cache: Cache, expire_after: float) -> ReplyCache | None:
    """The cache as asked for, or ``None``, with a warning when it cannot be opened."""
    if cache is False:
        return None
    if not isinstance(cache, (bool, str, os.PathLike)):
        return ReplyCache(cache, expire_after, own=False)
    try:
        from platformdirs import user_cache_path
        from requests_cache.backends.sqlite import SQLiteCache

        path = user_cache_path("hfprov_widgets") / "replies.sqlite" if isinstance(cache, bool) else cache
        return ReplyCache(SQLiteCache(os.fspath(path), serializer="json"), expire_after, own=True)
    except Exception as error:  # no right to write, a file that is no database, a full disk, requests_cache missing
        _warn(error)
        return None


def _warn(error: Exception) -> None:
    text = f"the cache cannot be used, every answer is asked for anew: {type(error).__name__}: {error}"
    warnings.warn(text, UserWarning, stacklevel=2)
