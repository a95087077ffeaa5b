"""Putting together what the router and the Hub say of the same models.

A route is the same when model, provider and task are. The router knows prices, context, speed and
capabilities better, so it wins there; the Hub knows the task, the provider's own id, and the model. What is
known is never lost to "unknown".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hfprov_widgets.data.records import Model, Route

_HUB_FACTS = ("pipeline_tag", "likes", "downloads", "trending_score", "gated", "inference")
_ROUTER_FACTS = ("owned_by", "created", "input_modalities", "output_modalities")
_ROUTE_FACTS = (
    "status",
    "task",
    "provider_id",
    "context_length",
    "price_input",
    "price_output",
    "is_free",
    "supports_tools",
    "supports_structured_output",
    "first_token_latency_ms",
    "throughput",
    "is_model_author",
    "retrieved_at",
    "metrics_retrieved_at",
    "source",
    "metrics_source",
)
_METRICS = ("first_token_latency_ms", "throughput")


def merge(router_models: Iterable[Model], hub_models: Iterable[Model]) -> list[Model]:
    """All models of both, each once: the router's in their order, then those only the Hub has, in theirs.

    Parameters
    ----------
    router_models, hub_models : iterables of Model
        Either may be empty. A model that one side lists twice is put together, its first entry first.

    Examples
    --------
    >>> route = Route("org/name", "groq", task="conversational", price_output=0.4)
    >>> mapping = Route("org/name", "groq", task="conversational", provider_id="n-1")
    >>> model, = merge([Model("org/name", routes=(route,))], [Model("org/name", likes=7, routes=(mapping,))])
    >>> model.likes, model.routes[0].price_output, model.routes[0].provider_id
    (7, 0.4, 'n-1')
    """
    merged: dict[str, Model] = {}
    for model in (*router_models, *hub_models):
        merged[model.id] = _merge_model(merged[model.id], model) if model.id in merged else model
    return list(merged.values())


def _merge_model(router: Model, hub: Model) -> Model:
    return replace(
        router,
        **_known(hub, router, _HUB_FACTS),
        **_known(router, hub, _ROUTER_FACTS),
        routes=tuple(_merge_routes(router.routes, hub.routes)),
        extra={**hub.extra, **router.extra},
    )


def _merge_routes(router: Iterable[Route], hub: Iterable[Route]) -> list[Route]:
    routes = list(router)
    left = list(hub)
    for position, route in enumerate(routes):
        if (counterpart := _counterpart(route, left)) is not None:
            left.remove(counterpart)
            routes[position] = _merge_route(route, counterpart)
    return routes + left


def _counterpart(route: Route, hub: list[Route]) -> Route | None:
    """The Hub's row for the same provider and task; where one side has no task, the only row there is."""
    rows = [row for row in hub if row.provider == route.provider]
    exact = [row for row in rows if row.task == route.task]
    unsure = rows if route.task is None else [row for row in rows if row.task is None]
    return exact[0] if exact else unsure[0] if len(unsure) == 1 else None


def _merge_route(router: Route, hub: Route) -> Route:
    merged = replace(router, **_known(router, hub, _ROUTE_FACTS), extra={**hub.extra, **router.extra})
    sides = {_measured_by(router, hub, name) for name in _METRICS} - {None}
    if len(sides) == 2:  # one figure from each side: say so, and date them by the older
        dates = [date for date in (router.metrics_retrieved_at, hub.metrics_retrieved_at) if date]
        sources = [source for source in (router.metrics_source, hub.metrics_source) if source]
        return replace(merged, metrics_retrieved_at=min(dates, default=None), metrics_source=", ".join(sources) or None)
    return merged


def _measured_by(router: Route, hub: Route, name: str) -> str | None:
    if getattr(router, name) is not None:
        return "router"
    return "hub" if getattr(hub, name) is not None else None


def _known(first: Any, second: Any, names: Iterable[str]) -> dict[str, Any]:
    """Each field from the first that knows it."""
    return {name: getattr(first, name) if getattr(first, name) is not None else getattr(second, name) for name in names}
