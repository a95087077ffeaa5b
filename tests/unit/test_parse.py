"""Replies of the real shapes, and replies that are bent: what is good stays, what is not is said."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.errors import BadResponse, ModelNotFound
from hfprov_widgets.data.fields import Notes
from hfprov_widgets.data.parse import (
    parse_hub_model,
    parse_hub_models,
    parse_router_model,
    parse_router_models,
)
from hfprov_widgets.data.records import Model, Route
from tests.service import hub_model, mapping, offer, router_model

NOW = "2026-10-10T08:00:00Z"

FULL_OFFER = offer(
    "together",
    context_length=131072,
    pricing={"input": 0.16999999999999998, "output": 0.4, "cached": 0.05},
    supports_tools=True,
    supports_structured_output=False,
    first_token_latency_ms=588.4,
    throughput=71,
    region="eu",
)
FULL_MAPPING = mapping(
    "together",
    type="single-model",
    isModelAuthor=False,
    features={"toolCalling": True, "structuredOutput": False, "vision": True},
    performance={"tokensPerSecond": 71.5, "firstTokenLatencyMs": 588, "requestLatencyMs": 2000},
    providerDetails={"context_length": 131072, "pricing": {"input": 0.17, "output": 0.4}, "zone": "eu"},
)


def router(*offers: Any, **more: Any) -> dict[str, Any]:
    return {"object": "list", "data": [router_model("org/name", *offers, **more)]}


def test_a_full_router_entry() -> None:
    [model] = parse_router_models(router(FULL_OFFER, family="x"), NOW)
    assert model == Model(
        "org/name",
        owned_by="org",
        created="2025-06-01T12:00:00Z",
        input_modalities=("text",),
        output_modalities=("text",),
        routes=(
            Route(
                "org/name",
                "together",
                status="live",
                task="conversational",
                context_length=131072,
                price_input=0.16999999999999998,
                price_output=0.4,
                is_free=False,
                supports_tools=True,
                supports_structured_output=False,
                first_token_latency_ms=588.4,
                throughput=71.0,
                is_model_author=False,
                retrieved_at=NOW,
                metrics_retrieved_at=NOW,
                source="router",
                metrics_source="router",
            ),
        ),
    )
    assert model.routes[0].extra == {"region": "eu", "pricing": {"cached": 0.05}}
    assert parse_router_models(router(family="x"), NOW)[0].extra == {"family": "x"}


def test_a_full_hub_entry() -> None:
    models = parse_hub_models([hub_model("org/name", FULL_MAPPING)], NOW)
    assert models.warnings == ()
    [model] = models
    [route] = model.routes
    assert (model.likes, model.downloads, model.trending_score, model.gated) == (3, 100, 1.5, False)
    assert (model.pipeline_tag, model.inference, model.created) == (
        "text-generation",
        "warm",
        "2025-06-01T12:00:00Z",
    )
    assert model.extra == {"private": False, "tags": ["conversational"]}
    assert (route.status, route.task, route.provider_id) == ("live", "conversational", "together/id")
    assert (route.context_length, route.price_input, route.price_output) == (131072, 0.17, 0.4)
    assert (route.supports_tools, route.supports_structured_output) == (True, False)
    assert (route.throughput, route.first_token_latency_ms) == (71.5, 588.0)
    assert (route.source, route.metrics_source, route.metrics_retrieved_at) == ("hub", "hub", NOW)
    assert route.extra == {
        "type": "single-model",
        "features": {"vision": True},
        "performance": {"requestLatencyMs": 2000},
        "providerDetails": {"zone": "eu"},
    }


def test_what_is_absent_or_null_is_unknown() -> None:
    """Not zero, not false, not free: a sparse entry is normal."""
    absent = parse_router_models({"data": [{"id": "a/b", "providers": [{"provider": "cohere"}]}]}, NOW)
    nulls = dict.fromkeys((*FULL_OFFER, "created", "architecture", "owned_by"))
    null = parse_router_models({"data": [{**nulls, "id": "a/b", "providers": [{**nulls, "provider": "cohere"}]}]}, NOW)
    expected = Route("a/b", "cohere", task="conversational", retrieved_at=NOW, source="router")
    assert absent[0].routes == null[0].routes == (expected,)
    assert absent.warnings == null.warnings == ()
    assert parse_hub_models([{"id": "a/b", "inferenceProviderMapping": None}], NOW) == [Model("a/b")]


def test_zero_is_a_value() -> None:
    [model] = parse_router_models(router(offer("together", pricing={"input": 0, "output": 0})), NOW)
    assert (model.routes[0].price_input, model.routes[0].is_free) == (0.0, False)


def test_modelid_stands_in_for_id() -> None:
    assert parse_hub_models([{"modelId": "gpt2"}], NOW)[0].id == "gpt2"


def test_both_shapes_of_the_mapping() -> None:
    entry = {"status": "staging", "providerId": "x", "task": "text-to-image"}
    array = {"id": "a/b", "inferenceProviderMapping": [{"provider": "fal-ai", **entry}]}
    keyed = {"id": "a/b", "inferenceProviderMapping": {"fal-ai": entry}}
    assert parse_hub_model(array, NOW) == parse_hub_model(keyed, NOW)
    nothings: tuple[object, ...] = ([], {})
    for nothing in nothings:
        assert parse_hub_model({"id": "a/b", "inferenceProviderMapping": nothing}, NOW).routes == ()


def test_both_envelopes_of_a_router_model() -> None:
    bare = router_model("a/b", FULL_OFFER)
    assert parse_router_model(bare, NOW) == parse_router_model({"data": bare}, NOW)
    with pytest.raises(ModelNotFound):
        parse_router_model({"data": None}, NOW)


def test_a_provider_with_two_tasks() -> None:
    model = parse_hub_model(hub_model("a/b", mapping("x", "text-to-image"), mapping("x", "image-to-image")), NOW)
    assert [route.id for route in model.routes] == ["a/b:x#text-to-image", "a/b:x#image-to-image"]


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("context_length", "131072"),
        ("context_length", 1.5),
        ("context_length", 10**30),
        ("context_length", 2**53),
        ("throughput", 2.0**53),
        ("context_length", True),
        ("throughput", -1),
        ("throughput", float("nan")),
        ("throughput", float("inf")),
        ("first_token_latency_ms", []),
        ("supports_tools", "yes"),
        ("is_free", 0),
        ("status", 200),
        ("status", "\ud800"),
        ("pricing", "0.4"),
    ],
)
def test_a_bad_field_becomes_unknown_and_is_named(field: str, bad: object) -> None:
    models = parse_router_models(router({**FULL_OFFER, field: bad}), NOW)
    route = models[0].routes[0]
    assert getattr(route, "price_output" if field == "pricing" else field) is None
    assert route.supports_structured_output is False  # the rest of the row is there
    [warning] = models.warnings
    assert warning.startswith(f"model org/name, provider together: {field} is ")


def test_the_parser_and_the_catalogue_take_the_same_numbers() -> None:
    largest = 2**53 - 1
    models = parse_router_models(router({**FULL_OFFER, "context_length": largest, "throughput": largest}), NOW)
    catalog = Catalog.from_models(models, source="mine", retrieved_at=None)
    assert (catalog.all_routes[0].context_length, catalog.all_routes[0].throughput) == (largest, float(largest))
    assert catalog.warnings == ()


@pytest.mark.parametrize("bad", ["0.4", True, -0.1, float("nan"), 1e300, {}])
def test_a_bad_price_is_unknown(bad: object) -> None:
    models = parse_router_models(router(offer("x", pricing={"input": bad, "output": 0.5})), NOW)
    assert (models[0].routes[0].price_input, models[0].routes[0].price_output) == (None, 0.5)
    assert "model org/name, provider x: pricing.input is" in models.warnings[0]


def test_a_suspect_price_is_kept_and_said() -> None:
    models = parse_router_models(router(offer("x", pricing={"input": 0.0000004, "output": 2500})), NOW)
    assert (models[0].routes[0].price_input, models[0].routes[0].price_output) == (0.0000004, 2500.0)
    assert [("suspect" in line, "provider x" in line) for line in models.warnings] == [(True, True)] * 2


@pytest.mark.parametrize("created", ["2025-06-01", 1748779200000, -5, True])
def test_a_bad_time_of_the_router(created: object) -> None:
    models = parse_router_models(router(created=created), NOW)
    assert models[0].created is None
    assert models.warnings[0].startswith("model org/name: created is ")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2022-03-02T23:29:04.000Z", "2022-03-02T23:29:04Z"),
        ("2022-03-02T23:29:04+02:00", "2022-03-02T21:29:04Z"),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
        (1748779200, None),
    ],
)
def test_times_of_the_hub(sent: object, kept: str | None) -> None:
    assert parse_hub_model(hub_model("a/b", createdAt=sent), NOW).created == kept


def test_entries_without_identity_are_skipped_and_named() -> None:
    models = parse_hub_models(
        [
            None,
            {"likes": 3},
            {"id": 7},
            hub_model("good/one", "x", {"status": "live"}, mapping("together"), mapping("together")),  # type: ignore[arg-type]
            hub_model("good/two"),
            hub_model("good/two", likes=9),
        ],
        NOW,
    )
    assert [(model.id, model.n_routes, model.likes) for model in models] == [
        ("good/one", 1, 3),
        ("good/two", 0, 3),
    ]
    assert models.warnings == (
        "entry 1 of the reply is None, not an object: skipped",
        "entry 2 of the reply has no id: skipped",
        "entry 3 of the reply has no id: skipped",
        "model good/one: provider entry 1 is 'x', not an object: skipped",
        "model good/one: provider entry 2 names no provider: skipped",
        "model good/one: provider together is listed more than once for conversational: the later entry was skipped",
        "model good/two is listed more than once: the later entry was skipped",
    )


def test_warnings_are_bounded() -> None:
    models = parse_hub_models([{"likes": n} for n in range(5000)], NOW)
    assert len(models.warnings) == 21
    assert models.warnings[-1] == "and 4980 more: entries that were skipped"


ORIGIN = {
    "retrieved_at": "2026-10-10",
    "metrics_retrieved_at": "2026-10-09T22:00:00+02:00",
    "source": "router",
    "metrics_source": "documented",
}


@pytest.mark.parametrize("service", ["router", "hub"])
def test_a_service_of_ones_own_says_where_its_numbers_are_from(service: str) -> None:
    route = only_route(service, **ORIGIN)
    assert (route.retrieved_at, route.source) == ("2026-10-10", "router")
    assert (route.metrics_retrieved_at, route.metrics_source) == ("2026-10-09T20:00:00Z", "documented")
    assert route.extra == {}


@pytest.mark.parametrize("service", ["router", "hub"])
def test_figures_without_a_date_are_as_old_as_their_row(service: str) -> None:
    row = {"retrieved_at": "2026-10-10", "source": "sample"}
    route = only_route(service, **row)
    assert (route.metrics_retrieved_at, route.metrics_source) == ("2026-10-10", "sample")
    unmeasured = only_route(service, measured=False, **row)
    assert (unmeasured.metrics_retrieved_at, unmeasured.metrics_source) == (None, None)


@pytest.mark.parametrize("service", ["router", "hub"])
@pytest.mark.parametrize("bad", ["yesterday", "2026-13-40", "", 20261010, ["2026-10-10"]])
def test_a_bad_date_is_named_and_the_replys_own_counts(service: str, bad: object) -> None:
    notes = Notes()
    route = only_route(service, notes, retrieved_at=bad, metrics_retrieved_at=bad)
    assert (route.retrieved_at, route.metrics_retrieved_at) == (NOW, NOW)
    assert [line.partition(" is ")[0] for line in notes.lines()] == [
        "model org/name, provider together: retrieved_at",
        "model org/name, provider together: metrics_retrieved_at",
    ]


def only_route(service: str, notes: Notes | None = None, *, measured: bool = True, **more: Any) -> Route:
    """The one route of a model at one of the services, with speed figures or not."""
    if service == "router":
        speed = {"throughput": 71} if measured else {}
        return parse_router_model(router_model("org/name", offer("together", **speed, **more)), NOW, notes).routes[0]
    speed = {"performance": {"tokensPerSecond": 71}} if measured else {}
    return parse_hub_model(hub_model("org/name", mapping("together", **speed, **more)), NOW, notes).routes[0]


@pytest.mark.parametrize("reply", [{}, {"error": "no"}, "text", None, 7, {"data": {}}])
def test_what_is_no_listing_is_refused(reply: object) -> None:
    with pytest.raises(BadResponse):
        parse_router_models(reply, NOW)
    with pytest.raises(BadResponse):
        parse_hub_models(reply, NOW)


@pytest.mark.parametrize("reply", [{}, {"error": "no"}, [], "text", None, {"data": [1]}, {"id": ""}])
def test_what_is_no_model_is_refused(reply: object) -> None:
    with pytest.raises(BadResponse):
        parse_router_model(reply, NOW)
    with pytest.raises(BadResponse):
        parse_hub_model(reply, NOW)


@pytest.mark.parametrize("bad", ["\ud800", ["\udfff"], {"\ud800": 1}, float("nan"), {"x": [float("inf")]}])
def test_an_unknown_field_that_no_file_can_hold_is_left_out_and_named(bad: object, tmp_path: Path) -> None:
    entry = mapping("together", zone=bad, type="x", features={"vision": bad, "toolCalling": True})
    models = parse_hub_models([hub_model("a/b", entry, sha=bad)], NOW)
    [route] = models[0].routes
    assert (route.extra, route.supports_tools) == ({"type": "x"}, True)
    assert models.warnings == (
        "model a/b: the field 'sha' cannot be written as JSON in UTF-8: left out",
        "model a/b, provider together: the field 'zone' cannot be written as JSON in UTF-8: left out",
        "model a/b, provider together: the field 'vision' cannot be written as JSON in UTF-8: left out",
    )
    Catalog.from_models(models, source="mine", retrieved_at=None).save(tmp_path / "kept.json")


def test_an_unknown_name_that_no_file_can_hold_is_left_out_and_named() -> None:
    models = parse_hub_models([hub_model("a/b", mapping("together", **{"\ud800": 1}))], NOW)
    assert models[0].routes[0].extra == {}
    assert "the field '\\ud800' cannot be written" in models.warnings[0]


def test_what_is_nested_without_end_costs_only_its_field() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    models = parse_hub_models([hub_model("a/b", mapping("together"), likes=deep, siblings=deep)], NOW)
    assert (models[0].likes, models[0].downloads, models[0].n_routes) == (None, 100, 1)
    assert "siblings" not in models[0].extra
    assert len(models.warnings) == 2
    while deep:  # taken apart here: Python would need a frame per level
        deep = deep.pop()


def test_html_in_names_is_only_text() -> None:
    name = "<img src=x onerror=alert(1)>"
    assert parse_hub_models([hub_model(name, mapping("<b>"))], NOW)[0].routes[0].id == f"{name}:<b>"


# --- mutations: whatever happens to some rows, the others stay as they are ---

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ROUTER_ROWS = [router_model(f"org/m{n}", copy.deepcopy(FULL_OFFER), offer("groq")) for n in range(5)]
HUB_ROWS = [hub_model(f"org/m{n}", copy.deepcopy(FULL_MAPPING), mapping("groq")) for n in range(5)]


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, inner in items for deeper in _paths(inner, (*path, key)))]


REPEATED = "is listed more than once: the later entry was skipped"
CASES = [
    (ROUTER_ROWS, _paths(ROUTER_ROWS)[1:], parse_router_models, "providers"),
    (HUB_ROWS, _paths(HUB_ROWS)[1:], parse_hub_models, "inferenceProviderMapping"),
]


@pytest.mark.parametrize(("rows", "paths", "parse", "routes"), CASES, ids=["router", "hub"])
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_mutations_cost_only_the_rows_they_hit(
    rows: list[Any], paths: list[tuple[Any, ...]], parse: Any, routes: str, data: st.DataObject
) -> None:
    bent = copy.deepcopy(rows)
    hit: set[int] = set()
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(paths))
        hit.add(path[0])
        _replace(bent, path, data.draw(JUNK), delete=data.draw(st.booleans()))

    models = parse(bent, NOW)
    by_id = {model.id: model for model in models}
    for whole in parse([row for n, row in enumerate(rows) if n not in hit], NOW):
        assert by_id[whole.id] == whole
    said = [line for line in models.warnings if line.startswith("entry ") or line.endswith(REPEATED)]
    assert len(models) + len(said) == len(bent)

    for row in bent:  # and within each row, every provider entry is a route or is named
        for model in (alone := parse([row], NOW)):
            known_shapes = list if routes == "providers" else (list, dict)
            entries = row[routes] if isinstance(row.get(routes), known_shapes) else ()
            named = [line for line in alone.warnings if "provider entry" in line or "more than once for" in line]
            assert model.n_routes + len(named) == len(entries)


def _replace(value: Any, path: tuple[Any, ...], junk: Any, *, delete: bool) -> None:
    *way, last = path
    for key in way:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return  # an earlier mutation took it away
    if isinstance(value, dict) and delete:
        value.pop(last, None)
    elif isinstance(value, dict) or (isinstance(value, list) and isinstance(last, int) and last < len(value)):
        value[last] = junk
