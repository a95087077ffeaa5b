"""From the services' JSON to records: both listings, both single-model replies, both shapes of the mapping.

Tolerant: unknown fields are kept in ``extra``, a bad field becomes unknown with a warning, an entry that does
not say what it is about is skipped, counted and named. One bad row never costs the others. Only a reply that
as a whole is something else raises ``BadResponse``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hfprov_widgets.data.envelopes import hub_entry, hub_rows, identity, router_entry, router_rows
from hfprov_widgets.data.fields import (
    Entry,
    Notes,
    as_amount,
    as_count,
    as_flag,
    as_gate,
    as_iso_time,
    as_list,
    as_text,
    as_texts,
    as_unix_time,
    show,
)
from hfprov_widgets.data.records import Model, ModelList, Route

CHAT = "conversational"  # the router lists chat routes only, and does not say so in each
SKIPPED = "entries that were skipped"
SUSPECT = "suspect prices"
_LEAST_PRICE, _GREATEST_PRICE = 0.0001, 1000.0  # USD per 1M tokens; outside, the unit may be another


# --- whole replies ------------------------------------------------------------------------------------------


def parse_router_models(reply: Any, retrieved_at: str, notes: Notes | None = None) -> ModelList:
    """The models of ``GET /v1/models``, each with its routes.

    Parameters
    ----------
    reply : the decoded JSON
    retrieved_at : str
        When the reply came, ISO 8601 UTC; each route carries it.
    notes : Notes, optional
        Collects the warnings over several replies; without it they are those of this one.

    Raises
    ------
    BadResponse

    Examples
    --------
    >>> reply = {"data": [{"id": "org/name", "providers": [{"provider": "groq", "pricing": {"input": 0.1}}]}]}
    >>> parse_router_models(reply, "2026-10-10T00:00:00Z")[0].routes[0].price_input
    0.1
    """
    notes = Notes() if notes is None else notes
    models = list(unique(_entries(router_rows(reply), _router_model, retrieved_at, notes), notes))
    return ModelList(models, warnings=notes.lines())


def parse_router_model(reply: Any, retrieved_at: str, notes: Notes | None = None) -> Model:
    """The model of ``GET /v1/models/{id}``, from either envelope.

    Raises
    ------
    BadResponse, ModelNotFound

    Examples
    --------
    >>> reply = {"data": {"id": "org/name", "created": 1764028800}}
    >>> parse_router_model(reply, "2026-10-10T00:00:00Z").created
    '2025-11-25T00:00:00Z'
    """
    entry = router_entry(reply)
    return _router_model(entry, str(identity(entry)), retrieved_at, Notes() if notes is None else notes)


def parse_hub_models(reply: Any, retrieved_at: str, notes: Notes | None = None) -> ModelList:
    """The models of ``GET /api/models``, each with the routes of its ``inferenceProviderMapping``.

    Raises
    ------
    BadResponse

    Examples
    --------
    >>> reply = [{"id": "org/name", "likes": "many"}, {"likes": 3}]
    >>> models = parse_hub_models(reply, "2026-10-10T00:00:00Z")
    >>> len(models), models[0].likes
    (1, None)
    >>> print(*models.warnings, sep="\\n")
    model org/name: likes is 'many', not a whole number from 0: unknown
    entry 2 of the reply has no id: skipped
    """
    notes = Notes() if notes is None else notes
    models = list(unique(_entries(hub_rows(reply), _hub_model, retrieved_at, notes), notes))
    return ModelList(models, warnings=notes.lines())


def parse_hub_model(reply: Any, retrieved_at: str, notes: Notes | None = None) -> Model:
    """The model of ``GET /api/models/{id}``; its mapping may be an object or an array.

    Raises
    ------
    BadResponse

    Examples
    --------
    >>> reply = {"id": "org/name", "inferenceProviderMapping": {"groq": {"status": "live"}}}
    >>> parse_hub_model(reply, "2026-10-10T00:00:00Z").routes[0].status
    'live'
    """
    entry = hub_entry(reply)
    return _hub_model(entry, str(identity(entry)), retrieved_at, Notes() if notes is None else notes)


def unique(models: Iterable[Model], notes: Notes) -> Iterator[Model]:
    """The models, each id once: a list that shifts while it is paged through can name one twice."""
    seen: set[str] = set()
    for model in models:
        if model.id in seen:
            notes.add(SKIPPED, f"model {model.id} is listed more than once: the later entry was skipped")
        else:
            seen.add(model.id)
            yield model


def _entries(rows: list[Any], parse: Any, retrieved_at: str, notes: Notes) -> Iterator[Model]:
    for position, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            notes.add(SKIPPED, f"entry {position} of the reply is {show(row)}, not an object: skipped")
        elif (name := identity(row)) is None:
            notes.add(SKIPPED, f"entry {position} of the reply has no id: skipped")
        else:
            yield parse(row, name, retrieved_at, notes)


# --- the router's entries -----------------------------------------------------------------------------------


def _router_model(row: dict[str, Any], name: str, retrieved_at: str, notes: Notes) -> Model:
    entry = Entry(row, f"model {name}", notes)
    entry.drop("id", "object")
    architecture = entry.inner("architecture")
    providers = entry.take("providers", as_list, "an array")
    routes = [
        _router_route(route, name, provider, retrieved_at)
        for provider, route in _named_routes(enumerate(providers or (), 1), name, notes)
    ]
    return Model(
        id=name,
        owned_by=entry.take("owned_by", as_text, "a text"),
        created=entry.take("created", as_unix_time, "a time in unix seconds"),
        input_modalities=architecture.take("input_modalities", as_texts, "an array of texts"),
        output_modalities=architecture.take("output_modalities", as_texts, "an array of texts"),
        routes=tuple(_distinct(routes, name, notes)),
        extra=entry.extra,
    )


def _router_route(entry: Entry, model: str, provider: str, retrieved_at: str) -> Route:
    pricing = entry.inner("pricing")
    latency = entry.take("first_token_latency_ms", as_amount, "a number from 0")
    throughput = entry.take("throughput", as_amount, "a number from 0")
    measured = latency is not None or throughput is not None
    return Route(
        model,
        provider,
        status=entry.take("status", as_text, "a text"),
        task=entry.take("task", as_text, "a text") or CHAT,
        context_length=entry.take("context_length", as_count, "a whole number from 0"),
        price_input=_price(pricing, "input"),
        price_output=_price(pricing, "output"),
        is_free=entry.take("is_free", as_flag, "true or false"),
        supports_tools=entry.take("supports_tools", as_flag, "true or false"),
        supports_structured_output=entry.take("supports_structured_output", as_flag, "true or false"),
        first_token_latency_ms=latency,
        throughput=throughput,
        is_model_author=entry.take("is_model_author", as_flag, "true or false"),
        retrieved_at=retrieved_at,
        metrics_retrieved_at=retrieved_at if measured else None,
        source="router",
        metrics_source="router" if measured else None,
        extra=entry.extra,
    )


# --- the Hub's entries --------------------------------------------------------------------------------------


def _hub_model(row: dict[str, Any], name: str, retrieved_at: str, notes: Notes) -> Model:
    entry = Entry(row, f"model {name}", notes)
    entry.drop("_id", "id", "modelId")
    mapping = entry.take("inferenceProviderMapping", _as_mapping, "an array or an object")
    routes = [
        _hub_route(route, name, provider, retrieved_at) for provider, route in _named_routes(mapping or (), name, notes)
    ]
    return Model(
        id=name,
        pipeline_tag=entry.take("pipeline_tag", as_text, "a text"),
        owned_by=entry.take("author", as_text, "a text"),
        created=entry.take("createdAt", as_iso_time, "a time in ISO 8601"),
        likes=entry.take("likes", as_count, "a whole number from 0"),
        downloads=entry.take("downloads", as_count, "a whole number from 0"),
        trending_score=entry.take("trendingScore", as_amount, "a number from 0"),
        gated=entry.take("gated", as_gate, "false or a text"),
        inference=entry.take("inference", as_text, "a text"),
        routes=tuple(_distinct(routes, name, notes)),
        extra=entry.extra,
    )


def _as_mapping(value: Any) -> list[tuple[object, Any]] | None:
    """The list's array and the single model's object: each entry, and what to call it in a warning."""
    if isinstance(value, list):
        return list(enumerate(value, 1))
    if not isinstance(value, dict):
        return None
    # The object's key is the provider; an entry that names another is told apart by that key, too.
    return [(key, {**entry, "provider": key} if isinstance(entry, dict) else entry) for key, entry in value.items()]


def _hub_route(entry: Entry, model: str, provider: str, retrieved_at: str) -> Route:
    features, speed, details = (entry.inner(name) for name in ("features", "performance", "providerDetails"))
    pricing = details.inner("pricing")
    latency = speed.take("firstTokenLatencyMs", as_amount, "a number from 0")
    throughput = speed.take("tokensPerSecond", as_amount, "a number from 0")
    measured = latency is not None or throughput is not None
    return Route(
        model,
        provider,
        status=entry.take("status", as_text, "a text"),
        task=entry.take("task", as_text, "a text"),
        provider_id=entry.take("providerId", as_text, "a text"),
        context_length=details.take("context_length", as_count, "a whole number from 0"),
        price_input=_price(pricing, "input"),
        price_output=_price(pricing, "output"),
        supports_tools=features.take("toolCalling", as_flag, "true or false"),
        supports_structured_output=features.take("structuredOutput", as_flag, "true or false"),
        first_token_latency_ms=latency,
        throughput=throughput,
        is_model_author=entry.take("isModelAuthor", as_flag, "true or false"),
        retrieved_at=retrieved_at,
        metrics_retrieved_at=retrieved_at if measured else None,
        source="hub",
        metrics_source="hub" if measured else None,
        extra=entry.extra,
    )


# --- what both have in common -------------------------------------------------------------------------------


def _named_routes(rows: Iterable[tuple[object, Any]], model: str, notes: Notes) -> Iterator[tuple[str, Entry]]:
    """The provider entries that are objects and say which provider they are about."""
    for name, row in rows:
        if not isinstance(row, dict):
            notes.add(SKIPPED, f"model {model}: provider entry {show(name)} is {show(row)}, not an object: skipped")
        elif (provider := as_text(row.get("provider"))) is None:
            notes.add(SKIPPED, f"model {model}: provider entry {show(name)} names no provider: skipped")
        else:
            entry = Entry(row, f"model {model}, provider {provider}", notes)
            entry.drop("provider")
            yield provider, entry


def _distinct(routes: Iterable[Route], model: str, notes: Notes) -> Iterator[Route]:
    seen: set[tuple[str, str | None]] = set()
    for route in routes:
        if (route.provider, route.task) in seen:
            what = f"provider {route.provider} is listed more than once for {route.task or 'no task'}"
            notes.add(SKIPPED, f"model {model}: {what}: the later entry was skipped")
        else:
            seen.add((route.provider, route.task))
            yield route


def _price(pricing: Entry, side: str) -> float | None:
    price = pricing.take(side, as_amount, "a number from 0")
    if price and not _LEAST_PRICE <= price <= _GREATEST_PRICE:
        pricing.note(SUSPECT, f"pricing.{side} of {price:g} USD per 1M tokens is suspect; it is kept as published")
    return price
