"""The order of routes and of models: the same in Python and on the page.

Unknown comes last in both directions, and what looks equal on the screen is a tie.
"""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar

from hfprov_widgets.data.columns import (
    DEFAULT_MIX,
    MODEL_COLUMNS,
    ROUTE_COLUMNS,
    Kind,
    Mix,
    blended_price,
)
from hfprov_widgets.data.filters import Filters, has_route_filters, model_test, normal_filters, route_test
from hfprov_widgets.data.formatting import display_key, text_key, text_of
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.data.search import search_rank, terms

Sort: TypeAlias = Sequence[Sequence[str]]
T = TypeVar("T")

DEFAULT_ROUTE_SORT = (("price_blended", "asc"),)
DEFAULT_MODEL_SORT = (("n_providers", "desc"),)
MODEL_SORT_COLUMNS: tuple[str, ...] = (
    *("model", "n_providers", "n_routes", "created", "likes", "downloads", "trending_score"),
    *("pipeline_tag", "owned_by", "price_blended", "price_input", "price_output"),
    *("context_length", "throughput", "first_token_latency_ms"),
)
_PRICES = ("price_input", "price_output", "price_blended")
_TEXT_KINDS = ("text", "status", "time", "list")
_STATUS, _PRICE_PAIR = attrgetter("status"), attrgetter("price_input", "price_output")
_STATUS_PLACES = {"live": 0, "staging": 1, "error": 3}


def blended(route: Route, mix: Mix = DEFAULT_MIX) -> float | None:
    """The price of a mix of tokens on a route.

    Parameters
    ----------
    route : Route
    mix : (float, float)
        Parts of input and of output tokens.

    Returns
    -------
    float or None
        USD per 1M tokens; None where a price that counts is unknown.

    Examples
    --------
    >>> blended(Route("org/name", "groq", price_input=0.5, price_output=1.5))
    0.75
    """
    return blended_price(route.price_input, route.price_output, mix)


def normal_sort(sort: Sort, allowed: Iterable[str] = tuple(ROUTE_COLUMNS)) -> tuple[tuple[str, str], ...]:
    """A sort order, checked.

    Parameters
    ----------
    sort : sequence of (column, "asc" or "desc")
    allowed : iterable of str
        The columns; those of routes, or `MODEL_SORT_COLUMNS`.

    Raises
    ------
    ValueError
        Anything else; the message names what is allowed and the nearest name.

    Examples
    --------
    >>> normal_sort([["throughput", "desc"]])
    (('throughput', 'desc'),)
    """
    if isinstance(sort, str) or not isinstance(sort, Sequence):
        raise ValueError(f'sort is a sequence such as (("price_output", "asc"),), not {sort!r}')
    names = list(allowed)
    keys = []
    for key in sort:
        is_pair = isinstance(key, Sequence) and not isinstance(key, str) and len(key) == 2
        if not is_pair or key[1] not in ("asc", "desc"):
            raise ValueError(f'each key of sort is a column and "asc" or "desc", not {key!r}')
        if key[0] not in names:
            near = difflib.get_close_matches(str(key[0]), names, 1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise ValueError(f"cannot sort by {key[0]!r}; {hint}columns are {', '.join(names)}")
        keys.append((key[0], key[1]))
    return tuple(keys)


def sort_routes(
    routes: Iterable[Route], sort: Sort = DEFAULT_ROUTE_SORT, mix: Mix = DEFAULT_MIX, limit: int | None = None
) -> list[Route]:
    """Routes in the order of a table.

    Live first (unless sorted by status), then the keys, then the other metric (speed after a price, else the
    blended price), then provider, model and task.

    Parameters
    ----------
    routes : iterable of Route
    sort : sequence of (column, "asc" or "desc")
        The most important first.
    mix : (float, float)
        Parts of input and of output tokens.
    limit : int, optional
        Only the first so many, found without putting the others in order.

    Raises
    ------
    ValueError
        See `normal_sort`.

    Examples
    --------
    >>> free = Route("org/name", "groq", status="live", price_input=0, price_output=0)
    >>> unknown = Route("org/name", "novita", status="live")
    >>> [route.provider for route in sort_routes([unknown, free])]
    ['groq', 'novita']
    """
    rows = list(routes)
    keys = list(normal_sort(sort)) or list(DEFAULT_ROUTE_SORT)
    by_status = any(name == "status" for name, _ in keys)
    keys.append(("throughput", "desc") if keys[0][0] in _PRICES else ("price_blended", "asc"))
    keys += [("provider", "asc"), ("model", "asc"), ("task", "asc")]

    def ranked(rows: list[Route], keys: Sequence[tuple[str, str]]) -> list[list[int]]:
        ranks = [_rank_routes(rows, name, direction, mix) for name, direction in keys]
        return ranks if by_status else [[status != "live" for status in map(_STATUS, rows)], *ranks]

    if limit is not None and limit < len(rows):
        rows = _front(rows, ranked(rows, keys[:1]), limit)
    return [row for _, row in _in_order(rows, ranked(rows, keys))][:limit]


def pick_models(
    models: Iterable[Model],
    query: str = "",
    filters: Filters | None = None,
    sort: Sort = DEFAULT_MODEL_SORT,
    mix: Mix = DEFAULT_MIX,
) -> list[tuple[Model, Route | None]]:
    """The models a picker lists, in order, each with the route that stands for it.

    Parameters
    ----------
    models : iterable of Model
    query : str
        Every word must occur in the id; better places come first, before the sort.
    filters : mapping, optional
        A model stays when it meets the filters on models and one live route meets all filters on routes.
    sort : sequence of (column, "asc" or "desc")
        Prices, speed and context are those of the route that stands for the model.
    mix : (float, float)
        Parts of input and of output tokens.

    Raises
    ------
    ValueError
        See `normal_filters` and `normal_sort`.

    Examples
    --------
    >>> [model.id for model, _ in pick_models([Model("a/qwen"), Model("b/llama")], query="lla")]
    ['b/llama']
    """
    return order_models(match_models(models, query, filters, mix), sort, mix)


class Match(NamedTuple):
    """A model that was found, with the routes one of which stands for it.

    >>> Match(0, Model("org/name"), ()).model.id
    'org/name'
    """

    rank: int
    model: Model
    routes: Sequence[Route]


def match_models(
    models: Iterable[Model], query: str = "", filters: Filters | None = None, mix: Mix = DEFAULT_MIX
) -> list[Match]:
    """The models a picker lists, not yet in order; see `pick_models`.

    >>> [match.rank for match in match_models([Model("a/qwen"), Model("b/llama")], query="lla")]
    [1]
    """
    normal = normal_filters(filters)
    model_meets, route_meets = model_test(normal), route_test(normal, mix)
    filtered = has_route_filters(normal)
    words = terms(query)
    found = []
    for model in models:
        rank = search_rank(model.id, words)
        if rank is None or (normal and not model_meets(model)):
            continue
        routes = [r for r in model.routes if r.status == "live" and route_meets(r)] if filtered else model.routes
        if routes or not filtered:
            found.append(Match(rank, model, routes))
    return found


def order_models(
    found: Sequence[Match], sort: Sort = DEFAULT_MODEL_SORT, mix: Mix = DEFAULT_MIX, limit: int | None = None
) -> list[tuple[Model, Route | None]]:
    """What `match_models` has found, in order; with a limit only the first so many, found at less cost.

    >>> [model.id for model, _ in order_models(match_models([Model("a/qwen"), Model("b/llama")]), limit=1)]
    ['a/qwen']
    """
    keys = [*normal_sort(sort, MODEL_SORT_COLUMNS), ("n_providers", "desc"), ("model", "asc")]
    name, direction = keys[0]
    before = _default_order(mix)
    rows = list(found)
    if limit is not None and limit < len(rows) and name in MODEL_COLUMNS:  # so that no route has to be asked
        values = [match.model.id if name == "model" else getattr(match.model, name) for match in rows]
        first = _ranks(values, MODEL_COLUMNS[name].kind, direction, exact=True)
        rows = _front(rows, [[match.rank for match in rows], first], limit)
    standing = [(match.model, min(match.routes, key=before, default=None)) for match in rows]
    ranks = [[match.rank for match in rows]]
    ranks += [_rank_models(standing, name, direction, mix) for name, direction in keys]
    return [row for _, row in _in_order(standing, ranks)][:limit]


def _default_order(mix: Mix) -> Callable[[Route], tuple[Any, ...]]:
    """The key of a route among those of its model: live, cheap for the mix, fast, then provider and task."""

    def key(route: Route) -> tuple[Any, ...]:
        price = display_key("blended", blended(route, mix))
        speed = display_key("speed", route.throughput)
        return (
            route.status != "live",
            *(price is None, price or 0.0),
            *(speed is None, -(speed or 0.0)),
            text_key(route.provider),
            *(route.task is None, text_key(route.task or "")),
        )

    return key


def _rank_routes(routes: list[Route], name: str, direction: str, mix: Mix) -> list[int]:
    if name == "price_blended":
        pairs = list(map(_PRICE_PAIR, routes))
        prices = {pair: blended_price(*pair, mix) for pair in set(pairs)}  # many routes have the same two
        rank_of = _rank_of(prices.values(), "blended", direction)
        rank_of_pair = {pair: rank_of[price] for pair, price in prices.items()}
        return [rank_of_pair[pair] for pair in pairs]
    return _ranks(list(map(attrgetter(name), routes)), ROUTE_COLUMNS[name].kind, direction)


def _rank_models(rows: Sequence[tuple[Model, Route | None]], name: str, direction: str, mix: Mix) -> list[int]:
    if name == "model":
        return _ranks([model.id for model, _ in rows], "text", direction)
    if name == "price_blended":
        return _ranks([None if r is None else blended(r, mix) for _, r in rows], "blended", direction)
    if name in MODEL_COLUMNS:
        values = [getattr(model, name) for model, _ in rows]
        return _ranks(values, MODEL_COLUMNS[name].kind, direction, exact=True)
    return _ranks([getattr(r, name, None) for _, r in rows], ROUTE_COLUMNS[name].kind, direction)


def _ranks(values: list[Any], kind: Kind, direction: str, exact: bool = False) -> list[int]:
    """For each value its rank: what is equal as displayed ties, unknown is last in both directions."""
    rank_of = _rank_of(values, kind, direction, exact)
    return [rank_of[value] for value in values]


def _rank_of(values: Iterable[Any], kind: Kind, direction: str, exact: bool = False) -> dict[Any, int]:
    keys: dict[Any, Any] = {value: _key(value, kind, exact) for value in dict.fromkeys(values)}
    ordered = sorted({key for key in keys.values() if key is not None}, reverse=direction == "desc")
    rank_of_key: Mapping[Any, int] = {None: len(ordered)} | {key: rank for rank, key in enumerate(ordered)}
    return {value: rank_of_key[key] for value, key in keys.items()}


def _key(value: Any, kind: Kind, exact: bool) -> Any:
    if kind not in _TEXT_KINDS:
        return value if exact else display_key(kind, value)
    text = text_of(value)
    if text is None:
        return None
    return (_STATUS_PLACES.get(text, 2), text_key(text)) if kind == "status" else text_key(text)


def _front(rows: list[T], ranks: Sequence[Sequence[int]], limit: int) -> list[T]:
    """The rows that can be among the first so many when the ranks are the most important ones; in no order."""
    keys, *others = ranks
    for ranks_after in others:
        # One number per row; pairs would be so many objects that Python stops to look for garbage among all routes.
        size = max(ranks_after, default=0) + 1
        keys = [key * size + rank for key, rank in zip(keys, ranks_after, strict=True)]
    last = heapq.nsmallest(limit, keys)[-1] if limit else -1
    return [row for row, key in zip(rows, keys, strict=True) if key <= last]


def _in_order(rows: Sequence[Any], ranks: Sequence[Sequence[int]]) -> list[tuple[tuple[int, ...], Any]]:
    """Rows by their ranks, the first the most important; rows that tie on all keep their order."""
    return sorted(zip(zip(*ranks, strict=True), rows, strict=True), key=lambda pair: pair[0])
