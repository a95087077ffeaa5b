"""The router's and the Hub's rows of the same models, put together."""

from __future__ import annotations

from dataclasses import replace

from hfprov_widgets.data.merge import merge
from hfprov_widgets.data.records import Model, Route

CHAT = Route(
    "org/name",
    "together",
    status="live",
    task="conversational",
    context_length=131072,
    price_output=0.4,
    throughput=71.0,
    retrieved_at="2026-10-10T08:00:00Z",
    metrics_retrieved_at="2026-10-10T08:00:00Z",
    source="router",
    metrics_source="router",
    extra={"both": 1, "router": 1},
)
MAPPED = Route(
    "org/name",
    "together",
    status="staging",
    task="conversational",
    provider_id="t-1",
    context_length=4096,
    price_input=0.1,
    price_output=9.9,
    supports_tools=True,
    retrieved_at="2026-10-09T08:00:00Z",
    source="hub",
    extra={"both": 2, "hub": 2},
)


def test_the_router_wins_and_the_hub_adds() -> None:
    hub = Model("org/name", pipeline_tag="text-generation", likes=7, created="2025-01-01T00:00:00Z", routes=(MAPPED,))
    [model] = merge([Model("org/name", owned_by="org", created="2025-06-01T12:00:00Z", routes=(CHAT,))], [hub])
    assert (model.owned_by, model.created, model.likes) == ("org", "2025-06-01T12:00:00Z", 7)
    assert model.routes == (replace(CHAT, provider_id="t-1", price_input=0.1, supports_tools=True),)
    assert model.routes[0].extra == {"both": 1, "router": 1, "hub": 2}


def test_unknown_never_overwrites() -> None:
    bare = Model("org/name", routes=(Route("org/name", "together", task="conversational"),))
    full = Model("org/name", likes=7, owned_by="org", routes=(MAPPED,))
    for first, second in ((bare, full), (full, bare)):
        [model] = merge([first], [second])
        assert (model.likes, model.owned_by, model.routes) == (7, "org", (MAPPED,))


def test_other_tasks_and_providers_stay_apart() -> None:
    image = Route("org/name", "together", task="text-to-image")
    other = Route("org/name", "fal-ai", task="text-to-image")
    [model] = merge([Model("org/name", routes=(CHAT,))], [Model("org/name", routes=(other, image))])
    assert [route.id for route in model.routes] == [
        "org/name:together#conversational",
        "org/name:fal-ai",
        "org/name:together#text-to-image",
    ]


def test_a_hub_row_without_a_task_is_the_same_route() -> None:
    [model] = merge([Model("org/name", routes=(CHAT,))], [Model("org/name", routes=(replace(MAPPED, task=None),))])
    assert [(route.task, route.provider_id) for route in model.routes] == [("conversational", "t-1")]


def test_models_of_one_side_are_kept_in_order() -> None:
    models = merge([Model("b"), Model("a")], [Model("d"), Model("a", likes=1), Model("c")])
    assert [(model.id, model.likes) for model in models] == [("b", None), ("a", 1), ("d", None), ("c", None)]
    assert merge([], []) == []


def test_figures_of_both_sides_say_so() -> None:
    older = replace(MAPPED, first_token_latency_ms=300.0, metrics_retrieved_at="2026-10-01", metrics_source="hub")
    [model] = merge([Model("org/name", routes=(CHAT,))], [Model("org/name", routes=(older,))])
    route = model.routes[0]
    assert (route.throughput, route.first_token_latency_ms) == (71.0, 300.0)
    assert (route.metrics_retrieved_at, route.metrics_source) == ("2026-10-01", "router, hub")
