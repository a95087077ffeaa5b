"""A catalogue as the services' JSON: the Hub's items and the router's models.

What is not known is left out, never filled in; only where every real entry has a field, and clients break without
it, it is there as ``null``. Where each number comes from goes along in four fields of our own, so that a sample
does not turn into "router, just now" on its way through the service. A client that does not know them keeps or
ignores them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.parse import CHAT
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.serve.hub import EXPANDABLE

_ORIGIN = ("retrieved_at", "metrics_retrieved_at", "source", "metrics_source")
_ROUTER_FIELDS = (
    "context_length",
    "is_free",
    "supports_tools",
    "supports_structured_output",
    "first_token_latency_ms",
    "throughput",
    "is_model_author",
    *_ORIGIN,
)


def hub_items(catalog: Catalog) -> list[dict[str, Any]]:
    """Every model as the Hub's list has it, with all fields that a question may pick.

    Examples
    --------
    >>> route = Route("org/name", "groq", status="live", task="conversational", price_output=0.4)
    >>> catalog = Catalog.from_models([Model("org/name", routes=(route,))], source="mine", retrieved_at=None)
    >>> item = hub_items(catalog)[0]
    >>> item["inference"], item["tags"], item["inferenceProviderMapping"][0]["providerDetails"]
    ('warm', ['conversational'], {'pricing': {'output': 0.4}})
    """
    return [_hub_item(model) for model in catalog.records]


def router_models(catalog: Catalog) -> list[dict[str, Any]]:
    """The models with a chat route as the router lists them, each with its chat routes.

    Examples
    --------
    >>> routes = (Route("org/name", "groq", task="conversational"), Route("org/name", "fal-ai", task="text-to-image"))
    >>> catalog = Catalog.from_models([Model("org/name", routes=routes)], source="mine", retrieved_at=None)
    >>> router_models(catalog)[0]["providers"]
    [{'provider': 'groq', 'status': None}]
    """
    chats = ((model, [route for route in model.routes if route.task == CHAT]) for model in catalog.records)
    return [_router_model(model, routes) for model, routes in chats if routes]


# --- the Hub ------------------------------------------------------------------------------------------------


def _hub_item(model: Model) -> dict[str, Any]:
    live = any(route.status == "live" for route in model.routes)
    known = model.extra.get("tags")
    tags = list(known) if isinstance(known, list) else []
    if any(route.task == CHAT for route in model.routes) and CHAT not in tags:
        tags.append(CHAT)
    item = {
        "_id": hashlib.sha256(model.id.encode()).hexdigest()[:24],
        "id": model.id,
        "modelId": model.id,
        "private": False,
        "tags": tags,
        **_known(
            author=model.owned_by,
            pipeline_tag=model.pipeline_tag,
            createdAt=_iso_milliseconds(model.created),
            likes=model.likes,
            downloads=model.downloads,
            trendingScore=model.trending_score,
            gated=model.gated,
            inference="warm" if live else model.inference,
        ),
    }
    if model.routes:
        item["inferenceProviderMapping"] = [_mapping(route) for route in model.routes]
    return _with_extra(item, model.extra)


def _mapping(route: Route) -> dict[str, Any]:
    pricing = _known(input=route.price_input, output=route.price_output)
    entry = {
        "provider": route.provider,
        # The official Python client fails where one of these is missing; it takes null.
        "providerId": route.provider_id,
        "status": route.status,
        "task": route.task,
        **_known(
            isModelAuthor=route.is_model_author,
            features=_known(toolCalling=route.supports_tools, structuredOutput=route.supports_structured_output),
            performance=_known(firstTokenLatencyMs=route.first_token_latency_ms, tokensPerSecond=route.throughput),
            providerDetails=_known(context_length=route.context_length, pricing=pricing),
            **{name: getattr(route, name) for name in _ORIGIN},
        ),
    }
    return _with_extra(entry, route.extra)


# --- the router ---------------------------------------------------------------------------------------------


def _router_model(model: Model, routes: list[Route]) -> dict[str, Any]:
    created = _time(model.created)
    architecture = _known(input_modalities=model.input_modalities, output_modalities=model.output_modalities)
    entry = {
        "id": model.id,
        "object": "model",
        **_known(created=created and int(created.timestamp()), owned_by=model.owned_by, architecture=architecture),
        "providers": [_offer(route) for route in routes],
    }
    return _with_extra(entry, {name: value for name, value in model.extra.items() if name not in EXPANDABLE})


def _offer(route: Route) -> dict[str, Any]:
    pricing = _known(input=route.price_input, output=route.price_output)
    entry = {
        "provider": route.provider,
        "status": route.status,
        **_known(pricing=pricing, **{name: getattr(route, name) for name in _ROUTER_FIELDS}),
    }
    return _with_extra(entry, route.extra)


# --- both ---------------------------------------------------------------------------------------------------


def _known(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, {})}


def _with_extra(entry: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with what came along and was not understood; what was understood stands."""
    for name, value in extra.items():
        held = entry.setdefault(name, value)
        if held is not value and isinstance(held, dict) and isinstance(value, Mapping):
            entry[name] = _with_extra(held, value)
    return entry


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None
    except ValueError:
        return None


def _iso_milliseconds(text: str | None) -> str | None:
    """A time as the Hub spells it; what is no time of ours goes out as it is."""
    time = _time(text)
    return text if time is None else f"{time.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
