"""The Hub's models and the providers that serve them: ``GET /api/models`` and ``/api/models/{id}``."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

from hfprov_widgets.data.ahead import ahead
from hfprov_widgets.data.arguments import (
    check_endpoint,
    check_limit,
    check_model_id,
    check_text,
    check_texts,
)
from hfprov_widgets.data.cache import Cache
from hfprov_widgets.data.client import Client, warn_of
from hfprov_widgets.data.collector import collector_paused
from hfprov_widgets.data.content import Reply
from hfprov_widgets.data.envelopes import hub_entry, hub_rows
from hfprov_widgets.data.errors import BadResponse, HubError
from hfprov_widgets.data.fields import Notes
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.parse import parse_hub_model, parse_hub_models, unique
from hfprov_widgets.data.providers import unknown_providers
from hfprov_widgets.data.records import Model, ModelList, Route
from hfprov_widgets.data.token import wrapped

HUB = "https://huggingface.co"
PAGE = 1000  # the largest page the Hub is known to give
EXPIRE_AFTER = 900.0  # seconds
_MOST_EMPTY = 5  # pages in a row without an entry, before it is said that the list does not end
# Asked by name: an item then holds exactly these, and no file lists or configurations.
EXPAND = (
    "inferenceProviderMapping",
    "inference",
    "pipeline_tag",
    "likes",
    "downloads",
    "trendingScore",
    "gated",
    "createdAt",
)
SORTS = (
    "createdAt",
    "downloads",
    "id",
    "lastModified",
    "likes",
    "likes30d",
    "mainSize",
    "num_parameters",
    "trendingScore",
)

log = logging.getLogger("hfprov_widgets")

Query: TypeAlias = "list[tuple[str, str]]"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far ``iter_models`` is: models and pages read so far, and the warnings so far."""

    models: int
    pages: int
    warnings: tuple[str, ...]


class HubClient(Client):
    """The Hub, or a service that answers as it does.

    Parameters
    ----------
    endpoint : str, optional
        By default ``HF_ENDPOINT``, else https://huggingface.co.
    token : str or False, optional
        ``None`` looks for one in the usual places, ``False`` sends none. The listings need none.
    cache : bool, path or backend
        ``True`` keeps replies for 15 minutes in the user's cache folder, and takes an older one, with a
        warning, when the service fails. ``False``: no cache. Or the path of a SQLite file, or a backend of
        ``requests_cache`` made with ``serializer="json"``, Redis say; others may read these, so with a token
        they are not used.
    timeout : float
        Seconds to wait for a connection, and for each part of an answer.
    pace : Pace, optional
        How often and how long to try; a call ends within 30 seconds by default, within 10 where a copy is kept.

    Raises
    ------
    TypeError, ValueError
        For a wrong argument, at once.

    Examples
    --------
    >>> HubClient("https://huggingface.co/", token=False)
    HubClient('https://huggingface.co')
    """

    def __init__(
        self,
        endpoint: str | None = None,
        token: str | bool | None = None,
        cache: Cache = True,
        timeout: float = 10.0,
        *,
        pace: Pace | None = None,
    ) -> None:
        secret, token = wrapped(token), None  # a traceback that prints what variables hold shall not show it
        given = os.environ.get("HF_ENDPOINT") or HUB if endpoint is None else endpoint
        self.endpoint = check_endpoint(given, "HF_ENDPOINT" if endpoint is None else "endpoint")
        super().__init__(
            self.endpoint, token=secret, cache=cache, timeout=timeout, expire_after=EXPIRE_AFTER, pace=pace
        )

    def list_models(
        self,
        inference_provider: str | Iterable[str] | None = "all",
        *,
        pipeline_tag: str | None = None,
        search: str | None = None,
        author: str | None = None,
        filter: str | Iterable[str] | None = None,
        sort: str | None = None,
        limit: int | None = 1000,
    ) -> ModelList:
        """The models that match, each with its routes. Source: ``GET /api/models``.

        Parameters
        ----------
        inference_provider : str, iterable of str, optional
            A provider's id, several (a model served by any of them), ``"all"`` (served by at least one), or
            ``None`` (whether served or not). A model's status is not looked at. An id this version does not
            know is asked for with a warning that has near names.
        pipeline_tag : str, optional
            One tag. Chat models carry ``text-generation`` or ``image-text-to-text``.
        search : str, optional
            A part of the id.
        author : str, optional
            A user or organisation.
        filter : str or iterable of str, optional
            Tags; a model has all of them.
        sort : str, optional
            One of ``SORTS``; descending.
        limit : int, optional
            At most so many models in all, 1 to 1,000,000; ``None`` is all (more than 50,000 for ``"all"``).

        Raises
        ------
        TypeError, ValueError
            For a wrong argument, before anything is sent.
        HubError

        Examples
        --------
        >>> HubClient(token=False).list_models("all", limit=0)
        Traceback (most recent call last):
        ValueError: limit goes from 1 to 1,000,000, or None for all, not 0
        """
        query = _query(inference_provider, pipeline_tag, search, author, filter, sort)
        most = check_limit(limit)
        try:
            return self._collect(query, most, fresh=False)
        except PagesMovedError:  # most likely the first page is a kept one, older than the list's pages live
            return self._collect(query, most, fresh=True)

    def iter_models(
        self,
        inference_provider: str | Iterable[str] | None = "all",
        *,
        pipeline_tag: str | None = None,
        search: str | None = None,
        author: str | None = None,
        filter: str | Iterable[str] | None = None,
        sort: str | None = None,
        limit: int | None = None,
        progress: Callable[[Progress], object] | None = None,
    ) -> Iterator[Model]:
        """The same models one by one; a page is asked for when the one before is used up. Stop at any time.

        Parameters
        ----------
        progress : callable, optional
            Called with a ``Progress`` after each page; the warnings are in it. Without it they are logged.

        Raises
        ------
        TypeError, ValueError
            For a wrong argument, at once, not at the first model.
        HubError
            On the way; what came before it has been given.

        Examples
        --------
        >>> models = HubClient(token=False).iter_models("groq", search="llama")  # nothing is sent yet
        """
        query = _query(inference_provider, pipeline_tag, search, author, filter, sort)
        return self._each(query, check_limit(limit), progress)

    def model_status(self, model: str) -> str | None:
        """``"warm"`` when a provider serves the model, else ``None``. Source: ``GET /api/models/{id}``.

        Raises
        ------
        TypeError, ValueError
            What was given is no model id.
        ModelNotFound
            There is no such model, or it is private.
        HubError
        """
        return self._info(model, "inference").inference

    def model_providers(self, model: str) -> dict[str, Route]:
        """The routes by which providers serve the model. Source: ``GET /api/models/{id}``.

        Returns
        -------
        dict of str to Route
            By provider. Where a provider has several tasks, its first route has the provider's name and the
            others ``provider#task``.

        Raises
        ------
        TypeError, ValueError, ModelNotFound, HubError
            As in ``model_status``.
        """
        routes: dict[str, Route] = {}
        for route in self._info(model, "inferenceProviderMapping").routes:
            routes[f"{route.provider}#{route.task}" if route.provider in routes else route.provider] = route
        return routes

    def _info(self, model: str, expand: str) -> Model:
        name = check_model_id(model)
        url = f"{self.endpoint}/api/models/{quote(name)}?{urlencode({'expand[]': expand})}"
        reply = self._transport.get(url, hub_entry, model=name, private_is_401=True)
        notes = Notes()
        parsed = parse_hub_model(reply.value, reply.retrieved_at, notes)
        warn_of(reply, notes, depth=2)
        return parsed

    def _collect(self, query: Query, limit: int | None, *, fresh: bool) -> ModelList:
        notes = Notes()
        pages = ahead(self._pages(query, limit, fresh=fresh))
        with collector_paused():  # all that is made here stays, and gets more with every page
            models = list(unique((model for page in pages for model in page.models(notes)), notes))
        return ModelList(models, warnings=notes.lines())

    def _each(self, query: Query, limit: int | None, progress: Callable[[Progress], object] | None) -> Iterator[Model]:
        notes = Notes()
        models = pages = 0
        try:
            for page in self._pages(query, limit, fresh=False):
                found = page.models(notes)
                models, pages = models + len(found), pages + 1
                if progress:
                    progress(Progress(models, pages, notes.lines()))
                yield from found
        finally:
            if not progress:
                for line in notes.lines():
                    log.warning(line)

    def _pages(self, query: Query, limit: int | None, *, fresh: bool) -> Iterator[Page]:
        """Page after page, as the limit needs. Skipped entries count: no page more is asked for them."""
        left = limit
        size = PAGE if left is None else min(left, PAGE)
        url = f"{self.endpoint}/api/models?{urlencode([*query, ('limit', str(size))])}"
        reply = self._transport.get(url, hub_rows, fresh=fresh)
        asked = {url}
        empty = 0
        while True:
            page = Page(reply, reply.value[:left])
            yield page
            empty = 0 if page.rows else empty + 1
            if empty == _MOST_EMPTY:
                raise BadResponse("The list is not complete: page after page has nothing in it.", url=reply.next_url)
            left = None if left is None else left - len(page.rows)
            if left == 0 or reply.next_url is None:
                return
            if reply.next_url in asked:
                raise BadResponse("The list is not complete: its pages go round in a circle.", url=reply.next_url)
            asked.add(reply.next_url)
            reply = self._next(reply, fresh=fresh)

    def _next(self, reply: Reply[list[Any]], *, fresh: bool) -> Reply[list[Any]]:
        try:
            return self._transport.follow(reply, hub_rows, fresh=fresh)
        except HubError as error:
            if error.status != 400:
                raise
            raise PagesMovedError(
                f"The list is not complete: the service does not know its next page any more. {error.problem}",
                status=400,
                url=error.url,
                request_id=error.request_id,
                hint="Start again from the first page.",
            ) from None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing: the reply, and as many of its entries as are wanted."""

    reply: Reply[list[Any]]
    rows: list[Any]

    def models(self, notes: Notes) -> list[Model]:
        """The entries as records."""
        if self.reply.note:
            notes.add("stale pages", self.reply.note)
        return parse_hub_models(self.rows, self.reply.retrieved_at, notes)


class PagesMovedError(BadResponse):
    """The cursor of the next page has expired while the list was read."""


def _query(
    inference_provider: str | Iterable[str] | None,
    pipeline_tag: str | None,
    search: str | None,
    author: str | None,
    filter: str | Iterable[str] | None,
    sort: str | None,
) -> Query:
    providers = check_texts(inference_provider, "inference_provider")
    for line in unknown_providers(providers):
        warnings.warn(line, UserWarning, stacklevel=3)
    if sort is not None and sort not in SORTS:
        raise ValueError(f"sort must be one of {', '.join(SORTS)}, or None, not {sort!r}")
    pairs = [
        ("inference_provider", ",".join(providers) or None),
        ("pipeline_tag", check_text(pipeline_tag, "pipeline_tag")),
        ("search", check_text(search, "search")),
        ("author", check_text(author, "author")),
        *(("filter", tag) for tag in check_texts(filter, "filter")),
        ("sort", sort),
        *(("expand[]", name) for name in EXPAND),
    ]
    return [(name, value) for name, value in pairs if value is not None]
