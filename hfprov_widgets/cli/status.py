"""``status``: whether providers serve a model; without a model, whether the services answer and what is at hand."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from hfprov_widgets.cli.answer import Answer, as_command, fault_row
from hfprov_widgets.cli.arguments import add_json, checked
from hfprov_widgets.cli.exits import Exit, checking_usage, exit_of
from hfprov_widgets.cli.rows import route_row
from hfprov_widgets.cli.text import count, source_words, table, visible
from hfprov_widgets.data.arguments import check_model_id
from hfprov_widgets.data.columns import ROUTE_COLUMNS
from hfprov_widgets.data.environment import offline
from hfprov_widgets.data.errors import HubError
from hfprov_widgets.data.formatting import DASH, format_value
from hfprov_widgets.data.hub import HubClient
from hfprov_widgets.data.limits import RateLimit
from hfprov_widgets.data.load import at_hand
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.ranking import sort_routes
from hfprov_widgets.data.router import RouterClient
from hfprov_widgets.data.token import token_source

_COLUMNS = [ROUTE_COLUMNS[name] for name in ("provider", "status", "task")]


def add_arguments(parser: ArgumentParser) -> None:
    """What ``status`` takes."""
    parser.add_argument(
        "model", metavar="MODEL", nargs="?", type=checked(check_model_id), help="org/name; without it: the services"
    )
    add_json(parser)


def _answer(arguments: Namespace) -> Answer:
    return _services() if arguments.model is None else _model(arguments.model)


run = as_command(_answer)


def _model(name: str) -> Answer:
    with checking_usage():
        client = HubClient()
    with closing(client):
        inference = client.model_status(name)
        routes = sort_routes(client.model_providers(name).values())
    document = {"model": name, "inference": inference, "routes": [route_row(route) for route in routes]}
    text = f"{name}: {visible(inference) if inference else 'not served'}"
    if routes:
        rows = [[format_value(c.kind, getattr(route, c.name)) for c in _COLUMNS] for route in routes]
        text += f"\n\n{table(_COLUMNS, rows)}"
    return Answer(document, text, Exit.DONE if inference == "warm" else Exit.NO)


def _services() -> Answer:
    """Asked now and once: neither a kept reply nor a retry would tell of the services' health."""
    once = Pace(retries=0)
    with checking_usage():
        hub, router = HubClient(cache=False, pace=once), RouterClient(cache=False, pace=once)
    with closing(hub), closing(router):
        services = {
            "hub": _ask(hub, hub.endpoint, lambda: hub.list_models("all", limit=1)),
            "router": _ask(router, router.base_url, router.list_models),
        }
        copy = at_hand("chat", router)
    token = token_source()
    n_models, n_routes = len(copy.records), len(copy.all_routes)
    document = {
        "services": {name: health.row for name, health in services.items()},
        "copy": {
            "source": copy.source,
            "retrieved_at": copy.retrieved_at,
            "n_models": n_models,
            "n_routes": n_routes,
        },
        "token_source": token,
    }
    words = {
        **{name.title(): f"{health.endpoint}: {health.words}" for name, health in services.items()},
        "Copy": f"{source_words(copy)}: {count(n_models, 'model')}, {count(n_routes, 'route')}",
        "Token": token,
    }
    text = "\n".join(f"{label:8}{visible(said)}" for label, said in words.items())
    return Answer(document, text, max(health.exit for health in services.values()), copy.warnings)


@dataclass(frozen=True)
class _Health:
    """What one service said when it was asked; it was not where calls are forbidden."""

    endpoint: str
    asked: bool
    fault: HubError | None = None
    limit: RateLimit | None = None

    @property
    def row(self) -> dict[str, Any]:
        return {
            "endpoint": self.endpoint,
            "reached": self.fault is None if self.asked else None,
            "rate_limit": asdict(self.limit) if self.limit else None,
            "error": fault_row(self.fault) if self.fault else None,
        }

    @property
    def words(self) -> str:
        if not self.asked:
            return "not asked, the environment says offline"
        said = f"{self.fault.problem} {self.fault.hint}" if self.fault else "answers"
        if self.limit is None:
            return said
        quota = DASH if self.limit.quota is None else self.limit.quota
        return f"{said}; {self.limit.left} of {quota} calls left, anew at {self.limit.resets_at}"

    @property
    def exit(self) -> Exit:
        if not self.asked:
            return Exit.UNAVAILABLE
        return exit_of(self.fault) if self.fault else Exit.DONE


def _ask(client: HubClient | RouterClient, endpoint: str, call: Callable[[], object]) -> _Health:
    if offline():
        return _Health(endpoint, asked=False)
    fault = None
    try:
        call()
    except HubError as error:
        fault = error
    return _Health(endpoint, True, fault, client.rate_limit)
