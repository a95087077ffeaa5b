"""Filters: "or" within one key, "and" across keys, and an unknown value satisfies nothing.

A filter is ``<column>``: a value or several; ``min_<column>`` or ``max_<column>``: a bound; ``priced``:
whether both prices are known. Filters on routes and on models may be mixed.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from numbers import Integral, Real
from typing import Any, Literal, NamedTuple, TypeAlias

from hfprov_widgets.data.columns import DEFAULT_MIX, MODEL_COLUMNS, ROUTE_COLUMNS, Column, Mix, blended_price
from hfprov_widgets.data.records import Model, Route

Filters: TypeAlias = Mapping[str, Any]

_NUMBERS = {"price", "blended", "milliseconds", "speed", "tokens", "count"}
_BOUNDED = _NUMBERS | {"time"}
_SINGLE = _NUMBERS | {"bool"}
_PRICED = Column("priced", "Priced", "bool", first="desc", help="Whether both prices are known.")


class FilterKey(NamedTuple):
    """What a filter asks of which column, and whether that is one of routes or of models."""

    column: Column
    bound: Literal["min", "max"] | None
    of_route: bool


def _make_keys() -> dict[str, FilterKey]:
    # "model" is a column of both; as a filter it is one of routes.
    columns = {**MODEL_COLUMNS, **ROUTE_COLUMNS, "priced": _PRICED}
    keys = {}
    for name, column in columns.items():
        of_route = name == "priced" or name in ROUTE_COLUMNS
        keys[name] = FilterKey(column, None, of_route)
        if column.kind in _BOUNDED:
            keys[f"min_{name}"] = FilterKey(column, "min", of_route)
            keys[f"max_{name}"] = FilterKey(column, "max", of_route)
    return keys


_KEYS = _make_keys()


def normal_filters(filters: Filters | None) -> dict[str, Any]:
    """Filters in canonical form: texts as lists, one truth value or number by itself, no empty selections.

    Parameters
    ----------
    filters : mapping or None
        ``{"provider": "novita", "min_context_length": 128000, "priced": True}``; units are the columns'.

    Raises
    ------
    ValueError
        A key or a value that is not allowed; the message names it, what is allowed and the nearest name.

    Examples
    --------
    >>> normal_filters({"provider": "novita", "supports_tools": [True], "task": None})
    {'provider': ['novita'], 'supports_tools': True}
    """
    if filters is None:
        return {}
    if not isinstance(filters, Mapping):
        raise ValueError(f'filters is a mapping such as {{"provider": ["novita"]}}, not {filters!r}')
    normal = {}
    for name, given in filters.items():
        key = filter_key(name)
        wanted = _unique(_checked(name, key, one) for one in _listed(given))
        if not wanted:
            continue
        if key.bound and len(wanted) > 1:
            raise ValueError(f"{name} takes one value, not {given!r}")
        if key.bound or (len(wanted) == 1 and key.column.kind in _SINGLE):
            normal[name] = wanted[0]
        else:
            normal[name] = [True, False] if key.column.kind == "bool" else wanted
    return normal


def has_route_filters(filters: Filters) -> bool:
    """Whether any filter asks something of a route (and not of its model).

    Parameters
    ----------
    filters : mapping
        In canonical form.

    Examples
    --------
    >>> has_route_filters({"owned_by": ["openai"]}), has_route_filters({"priced": True})
    (False, True)
    """
    return any(filter_key(name).of_route for name in filters)


def route_test(filters: Filters, mix: Mix = DEFAULT_MIX) -> Callable[[Route], bool]:
    """A test whether a route meets all route filters; filters on models are not looked at.

    Parameters
    ----------
    filters : mapping
        In canonical form.
    mix : (float, float)
        Parts of input and of output tokens, for bounds on ``price_blended``.

    Examples
    --------
    >>> route_test({"supports_tools": False})(Route("org/name", "groq"))
    False
    """
    tests = [_test_route(name, wanted, mix) for name, wanted in filters.items() if filter_key(name).of_route]
    return lambda route: all(test(route) for test in tests)


def model_test(filters: Filters) -> Callable[[Model], bool]:
    """A test whether a model meets all model filters; filters on routes are not looked at.

    Parameters
    ----------
    filters : mapping
        In canonical form.

    Examples
    --------
    >>> model_test({"min_likes": 10})(Model("org/name", likes=12))
    True
    """
    tests = [
        (filter_key(name).column.name, _test_value(name, wanted))
        for name, wanted in filters.items()
        if not filter_key(name).of_route
    ]

    def test(model: Model) -> bool:
        values = ((getattr(model, name), meets) for name, meets in tests)
        return all(value is not None and meets(value) for value, meets in values)

    return test


def select_models(models: Iterable[Model], filters: Filters, mix: Mix = DEFAULT_MIX) -> list[Model]:
    """The models that meet the filters on models, each with the routes that meet the filters on routes.

    Parameters
    ----------
    models : iterable of Model
    filters : mapping
        In any form `normal_filters` takes. Where routes are filtered, a model of which none is left goes too.
    mix : (float, float)
        Parts of input and of output tokens, for bounds on ``price_blended``.

    Raises
    ------
    ValueError
        See `normal_filters`.

    Examples
    --------
    >>> both = Model("org/name", routes=(Route("org/name", "groq"), Route("org/name", "novita")))
    >>> [len(model.routes) for model in select_models([both, Model("org/other")], {"provider": "novita"})]
    [1]
    """
    normal = normal_filters(filters)
    if not normal:
        return list(models)
    model_meets, route_meets = model_test(normal), route_test(normal, mix)
    kept = [model for model in models if model_meets(model)]
    if not has_route_filters(normal):
        return kept
    cut = (replace(model, routes=tuple(filter(route_meets, model.routes))) for model in kept)
    return [model for model in cut if model.routes]


def filter_key(name: str) -> FilterKey:
    """What the filter of this name means.

    Raises
    ------
    ValueError
        There is none; the message has the nearest name.

    Examples
    --------
    >>> filter_key("min_context_length").bound
    'min'
    """
    key = _KEYS.get(name)
    if key is not None:
        return key
    near = difflib.get_close_matches(str(name), _KEYS, 1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    names = ", ".join(name for name, key in _KEYS.items() if key.bound is None)
    raise ValueError(
        f"unknown filter {name!r}; {hint}filters are {names}, and min_ or max_ before a column of numbers or times"
    )


def _listed(given: Any) -> Iterable[Any]:
    if given is None:
        return ()
    if isinstance(given, str | Mapping) or not isinstance(given, Iterable):
        return (given,)
    return sorted(given, key=str) if isinstance(given, set | frozenset) else given


def _unique(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _checked(name: str, key: FilterKey, value: Any) -> Any:
    kind = key.column.kind
    if kind == "bool":
        if isinstance(value, bool):
            return value
        raise ValueError(f"{name} takes True or False, not {value!r}")
    if kind in _NUMBERS:
        if isinstance(value, Real) and not isinstance(value, bool) and _is_finite(value):
            return int(value) if isinstance(value, Integral) else float(value)
        unit = f" ({key.column.unit})" if key.column.unit else ""
        raise ValueError(f"{name} takes a finite number{unit}, not {value!r}")
    if name == "gated" and isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    what = "an ISO date or time as text" if kind == "time" else "text"
    raise ValueError(f"{name} takes {what} or a list of it, not {value!r}")


def _is_finite(value: Real) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an int beyond all floats
        return False


def _test_route(name: str, wanted: Any, mix: Mix) -> Callable[[Route], bool]:
    column = filter_key(name).column.name
    meets = _test_value(name, wanted)
    if column == "priced":
        return lambda route: meets(route.price_input is not None and route.price_output is not None)

    def value_of(route: Route) -> Any:
        if column == "price_blended":
            return blended_price(route.price_input, route.price_output, mix)
        return getattr(route, column)

    def test(route: Route) -> bool:
        value = value_of(route)
        return value is not None and meets(value)

    return test


def _test_value(name: str, wanted: Any) -> Callable[[Any], bool]:
    """A test of one known value. A bound on a time is compared with as many characters as it has, so that
    max_created "2025-01" takes in all of January."""
    column, bound, _ = filter_key(name)
    if bound is not None:
        size = len(wanted) if isinstance(wanted, str) else None
        if bound == "min":
            return lambda value: bool((value if size is None else value[:size]) >= wanted)
        return lambda value: bool((value if size is None else value[:size]) <= wanted)
    allowed = frozenset(wanted if isinstance(wanted, list) else [wanted])
    if column.kind == "list":
        return lambda value: not allowed.isdisjoint(value)
    if column.name == "gated":
        return lambda value: (str(value).lower() if isinstance(value, bool) else value) in allowed
    return lambda value: value in allowed
