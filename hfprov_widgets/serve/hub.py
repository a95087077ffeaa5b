"""The Hub's answers to ``GET /api/models`` and ``/api/models/{id}``, from a list of its items.

Each item holds all that is known of a model, spelled as the Hub spells it; the question picks from it. What was
found for a question, and each item's bytes, are remembered: paging through 50,000 models sorts and encodes once.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from hfprov_widgets.data.hub import PAGE, SORTS
from hfprov_widgets.serve.answers import Answer, Asked, page_not_found, problem, to_json

PATH = "/api/models"
_EXPANDABLE = """
    author baseModels cardData childrenModelCount config createdAt disabled downloads downloadsAllTime
    evalResults gated gguf inference inferenceProviderMapping lastModified library_name likes mask_token
    model-index pipeline_tag private resourceGroup safetensors sha siblings spaces tags transformersInfo
    trendingScore usedStorage widgetData xetEnabled
"""
EXPANDABLE = tuple(_EXPANDABLE.split())
_LISTED = (
    "_id",
    "id",
    "modelId",
    "likes",
    "trendingScore",
    "private",
    "downloads",
    "tags",
    "pipeline_tag",
    "library_name",
    "createdAt",
)
# What a list gives on top when asked in these words, and one model gives unasked.
_FULL = (*_LISTED, "author", "disabled", "gated", "lastModified", "sha", "siblings", "spaces")
_FLAGS = {"full": _FULL, "cardData": ("cardData",), "config": ("config",)}
# What one model says of a provider; prices and speed are in the lists only. The last two are ours.
_OF_ONE = (
    "status",
    "providerId",
    "task",
    "isModelAuthor",
    "adapter",
    "adapterWeightsPath",
    "retrieved_at",
    "source",
)
_NEWEST = ("main", "HEAD")  # the second is what the JavaScript client asks for unless told otherwise
_PAGING = ("limit", "cursor", "skip", "expand", "expand[]", *_FLAGS)
_NOT_HELD = ("apps", "num_parameters")

Item = Mapping[str, Any]
Pairs = Sequence[tuple[str, str]]


class _Refused(ValueError):
    """A question that the Hub answers with 400."""


class HubAnswers:
    """The Hub, holding these items.

    Parameters
    ----------
    items : sequence of mappings
        In the order in which an unsorted list gives them.
    renamed : mapping of str to str
        Old id to new id. An id that differs from one that is held in case only needs no entry.
    page : int
        The greatest number of models in one answer.

    Examples
    --------
    >>> hub = HubAnswers([{"_id": "1", "id": "org/name", "likes": 3, "sha": "abc"}])
    >>> hub.answer(Asked("/api/models?expand=likes", "http://127.0.0.1:8717")).body
    b'[{"_id":"1","id":"org/name","likes":3}]'
    """

    def __init__(
        self, items: Sequence[Item], renamed: Mapping[str, str] = MappingProxyType({}), page: int = PAGE
    ) -> None:
        self._items = items
        self._page = page
        self._held: dict[str, Item] = {}
        self._moved: dict[str, str] = {}
        for item in items:
            if isinstance(name := item.get("id"), str):
                self._held.setdefault(name, item)
                self._moved.setdefault(name.lower(), name)
        self._renamed = renamed
        # Few at a time: a class asks the same, and each holds as much as there are models.
        self._found = lru_cache(maxsize=8)(self._search)
        self._encoded = lru_cache(maxsize=4)(self._nothing_encoded)

    def answer(self, asked: Asked) -> Answer:
        """The Hub's answer to a question under ``/api/models``."""
        name = asked.path.removeprefix(PATH).strip("/")
        try:
            return self._one(name, asked) if name else self._list(asked)
        except _Refused as error:
            return problem(400, str(error))

    # --- the list ---

    def _list(self, asked: Asked) -> Answer:
        names = _names(asked.query, _LISTED)
        size = min(_whole_number(asked.query, "limit", 1, self._page), self._page)
        cursor = dict(asked.query).get("cursor")
        start = _whole_number(asked.query, "skip", 0, 0) if cursor is None else _start(cursor)
        found = self._found(tuple(pair for pair in asked.query if pair[0] not in _PAGING))
        encoded = self._encoded(names)
        for position in found[start : start + size]:
            if not encoded[position]:
                encoded[position] = to_json(_picked(self._items[position], names))
        body = b"[" + b",".join(encoded[position] for position in found[start : start + size]) + b"]"
        if start + size >= len(found):
            return Answer(200, body)
        rest = [pair for pair in asked.query if pair[0] not in ("cursor", "skip")]
        following = f"{asked.base}{PATH}?{urlencode([*rest, ('cursor', _cursor(start + size))])}"
        return Answer(200, body, {"Link": f'<{following}>; rel="next"'})

    def _search(self, query: tuple[tuple[str, str], ...]) -> list[int]:
        """The positions of the items that meet the filters, in the order that is asked for."""
        for name, _ in query:
            if name in _NOT_HELD:  # to leave the filter out would give models that do not meet it
                raise _Refused(f"{name}: this service does not know it of any model, leave it out")
        tests = [_TESTS[name](value) for name, value in query if name in _TESTS]
        if providers := [value for name, value in query if name == "inference_provider"]:
            tests.append(_served_by(",".join(providers)))  # several are one filter: any of them will do
        found = [n for n, item in enumerate(self._items) if all(test(item) for test in tests)]
        options = dict(query)
        key = options.get("sort")
        if key is None:
            return found
        if key not in SORTS:
            raise _Refused(f"sort: {key} is none of {', '.join(SORTS)}")
        known = [n for n in found if self._items[n].get(key) is not None]
        known.sort(key=lambda n: self._items[n][key], reverse=options.get("direction") != "1")
        return known + [n for n in found if self._items[n].get(key) is None]

    def _nothing_encoded(self, names: tuple[str, ...]) -> list[bytes]:
        return [b""] * len(self._items)

    # --- one model ---

    def _one(self, path: str, asked: Asked) -> Answer:
        name, separator, revision = path.partition("/revision/")
        target = self._renamed.get(name)
        if target is None and name not in self._held:
            target = self._moved.get(name.lower())
        if target is not None:
            _, question_mark, query = asked.target.partition("?")
            place = f"{PATH}/{quote(target)}" + (separator and f"/revision/{quote(revision, safe='')}")
            return Answer(307, headers={"Location": place + question_mark + query})
        if name not in self._held:
            return missing(asked) if name.count("/") < 2 else page_not_found()
        if separator and revision not in _NEWEST:
            return missing_revision(revision)
        item = _picked(self._held[name], _names(asked.query, (*_FULL, "cardData", "config")))
        return Answer(200, to_json(_with_mapping_as_object(item)))


def missing(asked: Asked) -> Answer:
    """There is no such model, or it is private: to a caller without a token the Hub says 401, and no code."""
    if asked.has_token:
        return problem(404, "Repository not found", X_Error_Code="RepoNotFound")
    # The official Python client takes that 401 for "not found" at https addresses only; with the code, in a room's
    # plain http as well, so that a lesson's `except RepositoryNotFoundError` holds.
    code = {"X_Error_Code": "RepoNotFound"} if asked.base.startswith("http://") else {}
    return problem(401, "Invalid username or password.", WWW_Authenticate='Bearer realm="Authentication"', **code)


def missing_revision(revision: str) -> Answer:
    """The model is there, this revision of it is not."""
    return problem(404, f"Invalid rev id: {revision}", X_Error_Code="RevisionNotFound")


# --- what a question asks for -------------------------------------------------------------------------------


def _names(query: Pairs, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """The fields to give: exactly those asked for with ``expand``, else the usual ones and more on request."""
    expand = [value for name, value in query if name in ("expand", "expand[]")]
    flags = [name for name, value in query if name in _FLAGS and value.lower() in ("true", "1", "")]
    if not expand:
        more = (field for flag in flags for field in _FLAGS[flag])
        return tuple(dict.fromkeys((*otherwise, *more)))
    if flags:
        raise _Refused(f"expand cannot be used together with {', '.join(flags)}")
    if unknown := sorted(set(expand) - set(EXPANDABLE)):
        raise _Refused(f"expand: {', '.join(unknown)} is none of {', '.join(EXPANDABLE)}")
    return tuple(dict.fromkeys(("_id", "id", *expand)))


def _picked(item: Item, names: Sequence[str]) -> dict[str, Any]:
    return {name: item[name] for name in names if name in item}


def _with_mapping_as_object(item: dict[str, Any]) -> dict[str, Any]:
    """The one model's shape of the mapping; of a provider with several tasks it can hold the first only."""
    entries = item.get("inferenceProviderMapping")
    if isinstance(entries, list):
        providers: dict[str, dict[str, Any]] = {}
        for entry in entries:
            providers.setdefault(entry["provider"], _picked(entry, _OF_ONE))
        item["inferenceProviderMapping"] = providers
    return item


def _whole_number(query: Pairs, name: str, least: int, default: int) -> int:
    value = dict(query).get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) >= least):
        raise _Refused(f"{name}: {value} is no whole number from {least}")
    return int(value)


def _cursor(start: int) -> str:
    return base64.b64encode(to_json({"start": start})).decode()


def _start(cursor: str) -> int:
    try:
        start = json.loads(base64.b64decode(cursor, validate=True))["start"]
    except (ValueError, TypeError, KeyError, RecursionError):
        start = None
    if type(start) is not int or start < 0:
        raise _Refused("Invalid cursor")
    return start


# --- the filters: each makes a test of items from one value; a model has to pass all ------------------------

Test = Callable[[Item], bool]


def _served_by(value: str) -> Test:
    wanted = set(value.split(","))

    def test(item: Item) -> bool:
        served = {entry["provider"] for entry in item.get("inferenceProviderMapping") or ()}
        return bool(served & wanted or (served and "all" in wanted))

    return test


def _equal(name: str) -> Callable[[str], Test]:
    return lambda value: lambda item: item.get(name) == value


def _named_like(value: str) -> Test:
    part = value.lower()
    return lambda item: part in str(item.get("id")).lower()


def _written_by(value: str) -> Test:
    return lambda item: str(item.get("id")).startswith(f"{value}/")


def _tagged(value: str) -> Test:
    # The Hub has these two among its tags; here they may be known where no list of tags is.
    return lambda item: value in (*item.get("tags", ()), item.get("pipeline_tag"), item.get("library_name"))


def _gated(value: str) -> Test:
    wanted = value.lower() == "true"
    return lambda item: "gated" in item and bool(item["gated"]) == wanted


_TESTS: dict[str, Callable[[str], Test]] = {
    "author": _written_by,
    "filter": _tagged,
    "gated": _gated,
    "inference": _equal("inference"),
    "pipeline_tag": _equal("pipeline_tag"),
    "search": _named_like,
}
