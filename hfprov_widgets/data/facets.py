"""How many models each choice of a filter would leave.

Every facet obeys the query and all filters but its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from hfprov_widgets.data.columns import DEFAULT_MIX, Mix
from hfprov_widgets.data.filters import Filters, has_route_filters, model_test, normal_filters, route_test
from hfprov_widgets.data.formatting import text_key
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.data.search import search_rank, terms

Counts: TypeAlias = "dict[Any, int]"

CONTEXT_STEPS = (32_000, 128_000, 256_000, 1_000_000)
"""The steps of the facet of context lengths, in tokens."""


def facets(
    models: Iterable[Model], query: str = "", filters: Filters | None = None, mix: Mix = DEFAULT_MIX
) -> dict[str, Counts]:
    """Models per value of each facet.

    A model counts for a value of a route when one live route has it and meets all other filters on routes.

    Parameters
    ----------
    models : iterable of Model
    query : str
        Only models that match it count.
    filters : mapping, optional
        A facet ignores the filter of its own name.
    mix : (float, float)
        Parts of input and of output tokens.

    Returns
    -------
    dict
        ``provider``, ``task``, ``input_modalities``, ``output_modalities``: all values of the catalogue, in
        text order; ``supports_tools``, ``supports_structured_output``, ``priced``: how many for True;
        ``min_context_length``: how many from each of `CONTEXT_STEPS` tokens up.

    Raises
    ------
    ValueError
        See `normal_filters`.

    Examples
    --------
    >>> route = Route("org/name", "groq", status="live", context_length=131072)
    >>> counts = facets([Model("org/name", routes=(route,))])
    >>> counts["provider"], counts["min_context_length"][128000], counts["min_context_length"][256000]
    ({'groq': 1}, 1, 0)
    """
    rows = list(models)
    words = terms(query)
    found = [model for model in rows if search_rank(model.id, words) is not None]
    normal = normal_filters(filters)
    counter = _Counter(found, normal, mix)
    routes = [route for model in rows for route in model.routes]
    return {
        "provider": counter.of_routes("provider", {r.provider for r in routes}, _value_of("provider")),
        "task": counter.of_routes("task", {r.task for r in routes} - {None}, _value_of("task")),
        "input_modalities": counter.of_models("input_modalities", rows),
        "output_modalities": counter.of_models("output_modalities", rows),
        "supports_tools": counter.of_routes("supports_tools", {True}, _value_of("supports_tools")),
        "supports_structured_output": counter.of_routes(
            "supports_structured_output", {True}, _value_of("supports_structured_output")
        ),
        "priced": counter.of_routes("priced", {True}, _is_priced),
        "min_context_length": counter.of_routes("min_context_length", set(CONTEXT_STEPS), _steps),
    }


class _Counter:
    """Counts the models found, under all filters but one."""

    def __init__(self, found: list[Model], filters: dict[str, Any], mix: Mix) -> None:
        self.found, self.filters, self.mix = found, filters, mix

    def of_routes(self, facet: str, values: set[Any], values_of: Callable[[Route], Iterable[Any]]) -> Counts:
        """Models that have one live route with the value."""
        counts = _zeros(values)
        others = {key: wanted for key, wanted in self.filters.items() if key != facet}
        model_meets, route_meets = model_test(others), route_test(others, self.mix)
        for model in filter(model_meets, self.found):
            live = (route for route in model.routes if route.status == "live" and route_meets(route))
            for value in {value for route in live for value in values_of(route)} & values:
                counts[value] += 1
        return counts

    def of_models(self, facet: str, rows: list[Model]) -> Counts:
        """Models whose own list holds the value and which a live route serves as the filters ask."""
        counts = _zeros({value for model in rows for value in getattr(model, facet) or ()})
        others = {key: wanted for key, wanted in self.filters.items() if key != facet}
        model_meets, route_meets = model_test(others), route_test(others, self.mix)
        needs_route = has_route_filters(others)
        for model in filter(model_meets, self.found):
            if needs_route and not any(r.status == "live" and route_meets(r) for r in model.routes):
                continue
            for value in set(getattr(model, facet) or ()):
                counts[value] += 1
        return counts


def _zeros(values: set[Any]) -> Counts:
    return dict.fromkeys(sorted(values, key=lambda v: text_key(v) if isinstance(v, str) else v), 0)


def _value_of(name: str) -> Callable[[Route], Iterable[Any]]:
    return lambda route: (getattr(route, name),)


def _is_priced(route: Route) -> Iterable[Any]:
    return (route.price_input is not None and route.price_output is not None,)


def _steps(route: Route) -> Iterable[Any]:
    return (step for step in CONTEXT_STEPS if (route.context_length or 0) >= step)
