"""From the services' JSON to records: both listings, both single-model replies, both shapes of the mapping.

Tolerant: unknown fields are kept in ``extra``, a bad field becomes unknown with a warning, an entry that does
not say what it is about is skipped, counted and named. One bad row never costs the others. Only a reply that
as a whole is something else raises ``BadResponse``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hfprov_widgets.data.collector import collector_paused
from hfprov_widgets.data.envelopes import hub_entry, hub_rows, identity, router_entry, router_rows
from hfprov_widgets.data.fields import Notes, as_text, show
from hfprov_widgets.data.records import Model, ModelList, Route, draft_of, finished, told_apart
from hfprov_widgets.data.shapes import CHAT as CHAT
from hfprov_widgets.data.shapes import HUB, ROUTER, Service

SKIPPED = "entries that were skipped"
SUSPECT = "suspect prices"
UNUSABLE = "fields that could not be used"
_LEAST_PRICE, _GREATEST_PRICE = 0.0001, 1000.0  # USD per 1M tokens; outside, the unit may be another

_ModelDraft, _RouteDraft = draft_of(Model), draft_of(Route)


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
    models = _Reading(ROUTER, retrieved_at, notes).models(router_rows(reply))
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
    return _Reading(ROUTER, retrieved_at, Notes() if notes is None else notes).model(entry, str(identity(entry)))


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
    models = _Reading(HUB, retrieved_at, notes).models(hub_rows(reply))
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
    return _Reading(HUB, retrieved_at, Notes() if notes is None else notes).model(entry, str(identity(entry)))


def unique(models: Iterable[Model], notes: Notes) -> Iterator[Model]:
    """The models, each id once: a list that shifts while it is paged through can name one twice."""
    seen: set[str] = set()
    for model in models:
        if model.id in seen:
            notes.add(SKIPPED, f"model {model.id} is listed more than once: the later entry was skipped")
        else:
            seen.add(model.id)
            yield model


# --- one reply ----------------------------------------------------------------------------------------------


class _Reading:
    """The reading of one reply: by which tables, when it came, and what was wrong in it."""

    def __init__(self, service: Service, retrieved_at: str, notes: Notes) -> None:
        self._service = service
        self._retrieved_at = retrieved_at
        self._notes = notes
        self._faults: list[str] = []  # of the entry that is being read

    def models(self, rows: list[Any]) -> list[Model]:
        """The models of a listing, each once."""
        with collector_paused():
            return list(unique(self._entries(rows), self._notes))

    def _entries(self, rows: list[Any]) -> Iterator[Model]:
        for position, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                self._skip(f"entry {position} of the reply is {show(row)}, not an object")
            elif (name := identity(row)) is None:
                self._skip(f"entry {position} of the reply has no id")
            else:
                yield self.model(row, name)

    def model(self, row: Mapping[str, Any], name: str) -> Model:
        """One model of which the id is known."""
        draft = _ModelDraft(name)
        draft.extra = self._service.model.read(row, draft, self._faults)
        if self._faults:
            self._report(f"model {name}")
        draft.routes = self._routes(draft.routes, name) if draft.routes else ()
        return finished(draft, Model)

    def _routes(self, rows: list[Any] | dict[str, Any], model: str) -> tuple[Route, ...]:
        """The provider entries that are objects and say which provider they are about, each with its task once."""
        routes = []
        for label, row in _labelled(rows):
            if not isinstance(row, dict):
                self._skip(f"model {model}: provider entry {show(label)} is {show(row)}, not an object")
            elif (provider := as_text(row.get("provider"))) is None:
                self._skip(f"model {model}: provider entry {show(label)} names no provider")
            else:
                routes.append(self._route(row, model, provider))
        if len(routes) < 2 or len({route.provider for route in routes}) == len(routes):
            return tuple(routes)
        return told_apart(self._distinct(routes, model))

    def _distinct(self, routes: list[Route], model: str) -> tuple[Route, ...]:
        distinct: dict[tuple[str, str | None], Route] = {}
        for route in routes:
            if distinct.setdefault((route.provider, route.task), route) is not route:
                what = f"provider {route.provider} is listed more than once for {route.task or 'no task'}"
                self._skip(f"model {model}: {what}: the later entry was skipped", end="")
        return tuple(distinct.values())

    def _route(self, row: dict[str, Any], model: str, provider: str) -> Route:
        draft = _RouteDraft(model, provider)
        draft.task = self._service.task
        draft.retrieved_at = self._retrieved_at
        draft.source = self._service.name
        draft.extra = self._service.route.read(row, draft, self._faults)
        if self._faults:
            self._report(f"model {model}, provider {provider}")
        if draft.throughput is not None or draft.first_token_latency_ms is not None:
            # Figures that do not say it themselves are as old as their row, and from where it is.
            draft.metrics_retrieved_at = draft.metrics_retrieved_at or draft.retrieved_at
            draft.metrics_source = draft.metrics_source or draft.source
        if _is_suspect(draft.price_input):
            self._suspect(draft, "input", draft.price_input)
        if _is_suspect(draft.price_output):
            self._suspect(draft, "output", draft.price_output)
        return finished(draft, Route)

    def _suspect(self, route: Route, side: str, price: float | None) -> None:
        what = f"pricing.{side} of {price:g} USD per 1M tokens is suspect; it is kept as published"
        self._notes.add(SUSPECT, f"model {route.model}, provider {route.provider}: {what}")

    def _skip(self, what: str, end: str = ": skipped") -> None:
        self._notes.add(SKIPPED, what + end)

    def _report(self, who: str) -> None:
        for fault in self._faults:
            self._notes.add(UNUSABLE, f"{who}: {fault}")
        self._faults.clear()


def _labelled(rows: list[Any] | dict[str, Any]) -> Iterable[tuple[object, Any]]:
    """The list's array and the single model's object: each entry, and what to call it in a warning."""
    if not isinstance(rows, dict):
        return enumerate(rows, 1)
    # The object's key is the provider; an entry that names another is told apart by that key, too.
    return [(key, {**row, "provider": key} if isinstance(row, dict) else row) for key, row in rows.items()]


def _is_suspect(price: float | None) -> bool:
    return price is not None and price > 0 and not _LEAST_PRICE <= price <= _GREATEST_PRICE
