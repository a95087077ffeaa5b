"""The order of routes and of models: the same in Python and on the page.

Unknown comes last in both directions, and what looks equal on the screen is a tie.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

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

DEFAULT_ROUTE_SORT = (("price_blended", "asc"),)
DEFAULT_MODEL_SORT = (("n_providers", "desc"),)
MODEL_SORT_COLUMNS: tuple[str, ...] = (
    *("model", "n_providers", "n_routes", "created", "likes", "downloads", "trending_score"),
    *("pipeline_tag", "owned_by", "price_blended", "price_input", "price_output"),
    *("context_length", "throughput", "first_token_latency_ms"),
)
_PRICES = ("price_input", "price_output", "price_blended")
_TEXT_KINDS = ("text", "status", "time", "list")
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


def sort_routes(routes: Iterable[Route], sort: Sort = DEFAULT_ROUTE_SORT, mix: Mix = DEFAULT_MIX) -> list[Route]:
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
    ranks = [_rank_routes(rows, name, direction, mix) for name, direction in keys]
    if not by_status:
        ranks.insert(0, [route.status != "live" for route in rows])
    return [row for _, row in _in_order(rows, ranks)]


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
    normal = normal_filters(filters)
    model_meets, route_meets = model_test(normal), route_test(normal, mix)
    only_live = has_route_filters(normal)
    before = _default_order(mix)
    words = terms(query)
    found: list[tuple[int, Model, Route | None]] = []
    for model in models:
        rank = search_rank(model.id, words)
        if rank is None or not model_meets(model):
            continue
        matching = [r for r in model.routes if route_meets(r) and (r.status == "live" or not only_live)]
        if matching or not only_live:
            found.append((rank, model, min(matching, key=before, default=None)))
    keys = (*normal_sort(sort, MODEL_SORT_COLUMNS), ("n_providers", "desc"), ("model", "asc"))
    ranks = [[rank for rank, _, _ in found]]
    ranks += [_rank_models(found, name, direction, mix) for name, direction in keys]
    return [(model, route) for _, (_, model, route) in _in_order(found, ranks)]


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
        return _ranks([blended(route, mix) for route in routes], "blended", direction)
    return _ranks([getattr(route, name) for route in routes], ROUTE_COLUMNS[name].kind, direction)


def _rank_models(found: list[tuple[int, Model, Route | None]], name: str, direction: str, mix: Mix) -> list[int]:
    if name == "model":
        return _ranks([model.id for _, model, _ in found], "text", direction)
    if name == "price_blended":
        return _ranks([None if r is None else blended(r, mix) for _, _, r in found], "blended", direction)
    if name in MODEL_COLUMNS:
        values = [getattr(model, name) for _, model, _ in found]
        return _ranks(values, MODEL_COLUMNS[name].kind, direction, exact=True)
    return _ranks([getattr(r, name, None) for _, _, r in found], ROUTE_COLUMNS[name].kind, direction)


def _ranks(values: list[Any], kind: Kind, direction: str, exact: bool = False) -> list[int]:
    """For each value its rank: what is equal as displayed ties, unknown is last in both directions."""
    distinct = dict.fromkeys(values)
    keys: dict[Any, Any] = {value: _key(value, kind, exact) for value in distinct}
    ordered = sorted({key for key in keys.values() if key is not None}, reverse=direction == "desc")
    rank_of_key: Mapping[Any, int] = {None: len(ordered)} | {key: rank for rank, key in enumerate(ordered)}
    rank_of = {value: rank_of_key[key] for value, key in keys.items()}
    return [rank_of[value] for value in values]


def _key(value: Any, kind: Kind, exact: bool) -> Any:
    if kind not in _TEXT_KINDS:
        return value if exact else display_key(kind, value)
    text = text_of(value)
    if text is None:
        return None
    return (_STATUS_PLACES.get(text, 2), text_key(text)) if kind == "status" else text_key(text)


def _in_order(rows: Sequence[Any], ranks: Sequence[Sequence[int]]) -> list[tuple[tuple[int, ...], Any]]:
    """Rows by their ranks, the first the most important; rows that tie on all keep their order."""
    return sorted(zip(zip(*ranks, strict=True), rows, strict=True), key=lambda pair: pair[0])
