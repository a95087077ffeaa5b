"""Thousands of real replies, bent: no crash, no good row lost, each dropped one named, no number invented.

The replies are those that the bundled samples would be at the services. Everything is checked from outside, by
looking at what was sent and at what came out; nothing here knows how the parser does it.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hfprov_widgets import Catalog, Model, load_catalog
from hfprov_widgets.data.errors import BadResponse, ModelNotFound
from hfprov_widgets.data.fields import Notes
from hfprov_widgets.data.hub import EXPAND
from hfprov_widgets.data.parse import parse_hub_model, parse_hub_models, parse_router_model, parse_router_models
from hfprov_widgets.data.snapshot import dump_models
from hfprov_widgets.serve.answers import Asked
from hfprov_widgets.serve.snapshot import SnapshotAnswers
from hfprov_widgets.wire import encode

REPEATED = "is listed more than once: the later entry was skipped"
NOW = "2026-10-10T08:00:00Z"
LISTINGS, SINGLES = 1300, 1250  # mutations of each kind of reply
SAME_EVERYWHERE = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck), print_blob=False
)
SLICE = 5  # models in a reply: enough for neighbours, few enough for thousands of replies
HUB_QUERY = "&".join(f"expand={name}" for name in EXPAND)


# --- real replies -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reply:
    """A kind of reply: the rows that are in one, the envelope around them, and how they are read."""

    key: str
    slices: list[list[Any]]
    wrap: Callable[[list[Any]], Any]
    parse: Callable[[Any, str, Notes], Any]
    is_enveloped: Callable[[Any], bool]


def answers(path: str) -> Iterator[Any]:
    """What each of the samples answers at this path."""
    for name in ("sample", "documented", "tasks"):
        yield json.loads(SnapshotAnswers(load_catalog(name)).answer(Asked(path, "http://127.0.0.1")).body)


def in_slices(rows: list[Any]) -> list[list[Any]]:
    return [rows[start : start + SLICE] for start in range(0, len(rows), SLICE)]


ROUTER_ROWS = [row for reply in answers("/v1/models") for row in reply["data"]]
HUB_ROWS = [row for reply in answers(f"/api/models?limit=1000&{HUB_QUERY}") for row in reply]
HUB_IDS = [model.id for model in load_catalog("sample").records[:25]]


def is_listing(reply: Any) -> bool:
    return isinstance(reply.get("data") if isinstance(reply, dict) else reply, list)


def is_router_model(reply: Any) -> bool:
    is_wrapped = isinstance(reply, dict) and "data" in reply and "id" not in reply
    return has_id(reply["data"] if is_wrapped else reply)


def has_id(row: Any) -> bool:
    return isinstance(row, dict) and name_of(row) is not None


def name_of(row: dict[str, Any]) -> str | None:
    return next((row[key] for key in ("id", "modelId") if is_text(row.get(key))), None)


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value == value.encode(errors="replace").decode()


REPLIES = {
    "router listing": Reply(
        "providers",
        in_slices(ROUTER_ROWS),
        lambda rows: {"object": "list", "data": rows},
        parse_router_models,
        is_listing,
    ),
    "hub listing": Reply(
        "inferenceProviderMapping",
        in_slices(HUB_ROWS),
        lambda rows: rows,
        parse_hub_models,
        lambda reply: isinstance(reply, list),
    ),
    "router model": Reply(
        "providers",
        [[row] for row in ROUTER_ROWS[:50]],
        lambda rows: {"data": rows[0]},
        parse_router_model,
        is_router_model,
    ),
    "hub model": Reply(
        "inferenceProviderMapping",
        [[next(answers(f"/api/models/{id}?{HUB_QUERY}"))] for id in HUB_IDS],
        lambda rows: rows[0],
        parse_hub_model,
        has_id,
    ),
}


# --- mutations ----------------------------------------------------------------------------------------------

SCALARS = st.sampled_from(
    [None, True, False, 0, 1, -1, 0.5, -0.0, 1e-9, 1e300, 10**400, -(10**400), 2**53, 2**53 + 1,
     float("nan"), float("inf"), float("-inf"), "", " ", "0", "0.5", "true", "null", "live", "together", "\ud800",
     "a\udfffb", "\x00", "2026-13-45", "2026-10-10", "<b>x</b>", "x" * 10_000]
)  # fmt: skip
JUNK = st.recursive(
    SCALARS | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
NAMES = st.sampled_from(["id", "provider", "status", "pricing", "throughput", "x", "", "__class__", "source"])
ACTIONS = ("replace", "replace", "replace", "delete", "rename", "add", "add", "repeat", "swap", "cut")


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every node as its container and its key there, from the rows down."""
    for key, inner in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
        yield value, key
        if isinstance(inner, (dict, list)):
            yield from places(inner)


@st.composite
def bent(draw: st.DrawFn, reply: Reply) -> tuple[list[Any], list[Any]]:
    """The rows of a reply as they were, and with some mutations."""
    rows = draw(st.sampled_from(reply.slices))
    mutated = copy.deepcopy(rows)
    for _ in range(draw(st.integers(1, 4))):
        if found := list(places(mutated)):
            mutate(draw, *draw(st.sampled_from(found)))
    return rows, mutated


def mutate(draw: st.DrawFn, container: Any, key: Any) -> None:
    """One mutation of a node in its container."""
    action = draw(st.sampled_from(ACTIONS))
    if action == "replace":
        container[key] = draw(JUNK)
    elif action == "delete":
        del container[key]
    elif action == "add" and isinstance(container, dict):
        container[draw(NAMES)] = draw(JUNK)
    elif isinstance(container, dict):
        container[draw(NAMES)] = container.pop(key)
    elif action == "repeat":
        container.insert(draw(st.integers(0, len(container))), copy.deepcopy(container[key]))
    elif action == "swap":
        other = draw(st.integers(0, len(container) - 1))
        container[key], container[other] = container[other], container[key]
    else:
        del container[key:]


# --- what is looked at from outside -------------------------------------------------------------------------


def written(value: Any) -> str:
    """The same for what is the same, down to 1, 1.0 and true."""
    return json.dumps(value, sort_keys=True)


def all_of(models: list[Model]) -> list[Any]:
    return [written(row) for row in dump_models(tuple(models))]


def check_rows(reply: Reply, rows: list[Any], mutated: list[Any], models: list[Model], lines: tuple[str, ...]) -> None:
    """Every row is a model or is named; every row that is as it was gives the model that it gave."""
    good = {written(row): row for row in rows}
    by_name = {model.id: model for model in models}
    names = [name_of(row) for row in mutated if has_id(row)]
    seen: set[str] = set()
    n_named = 0
    for position, row in enumerate(mutated, 1):
        if not has_id(row):
            assert any(line.startswith(f"entry {position} of the reply ") for line in lines)
            n_named += 1
        elif (name := name_of(row)) in seen:
            assert f"model {name} {REPEATED}" in lines
            n_named += 1
        else:
            seen.add(name)
            if written(row) in good:
                alone, said_alone = read_alone(reply, good[written(row)])
                assert all_of([by_name[name]]) == all_of([alone])
                if names.count(name) == 1:  # else it may be the other entry that is complained of
                    assert tuple(line for line in lines if is_about(name, line)) == said_alone
            check_routes(reply, row, by_name[name], lines)
            check_numbers(row, by_name[name])
    assert len(models) == len(mutated) - n_named
    said = [
        line
        for line in lines
        if line.startswith("entry ") or line.endswith("listed more than once: the later entry was skipped")
    ]
    assert len(said) == n_named


def read_alone(reply: Reply, row: Any) -> tuple[Model, tuple[str, ...]]:
    notes = Notes(most=10**9)
    found = reply.parse(reply.wrap([row]), NOW, notes)
    return found if isinstance(found, Model) else found[0], notes.lines()


def is_about(name: str, line: str) -> bool:
    return line.startswith((f"model {name}: ", f"model {name}, "))


def check_routes(reply: Reply, row: dict[str, Any], model: Model, lines: tuple[str, ...]) -> None:
    """Every provider entry is a route or is named; one that is plainly good gives the route that it gives alone."""
    entries = row.get(reply.key)
    if not isinstance(entries, list if reply.key == "providers" else (list, dict)):
        assert model.routes == ()
        return
    about = [line for line in lines if line.startswith(f"model {model.id}: provider")]
    assert len(about) >= len(entries) - model.n_routes >= 0
    seen: set[tuple[str, Any]] = set()
    for label, entry in entries.items() if isinstance(entries, dict) else enumerate(entries, 1):
        provider = label if isinstance(entries, dict) else entry.get("provider") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not is_text(provider):
            assert any(f"provider entry {label!r:.57}" in line for line in about)
            continue
        only = {label: entry} if isinstance(entries, dict) else [entry]
        alone, _ = read_alone(reply, {"id": model.id, reply.key: only})
        [route] = alone.routes
        if (provider, route.task) in seen:
            assert any(f"provider {provider} is listed more than once for" in line for line in about)
        else:
            seen.add((provider, route.task))
            assert route in model.routes
    assert len(seen) == model.n_routes


def check_numbers(row: dict[str, Any], model: Model) -> None:
    """Each number and each truth value stands in the reply: unknown is never 0 or false."""
    leaves = [container[key] for container, key in places(row)]
    numbers = {leaf for leaf in leaves if type(leaf) in (int, float)}
    flags = {leaf for leaf in leaves if type(leaf) is bool}
    for record in dump_models((model,)):
        for part in (record, *record["routes"]):
            for name, value in part.items():
                if type(value) in (int, float):
                    assert value in numbers, name
                elif type(value) is bool and name != "shares_pair":
                    assert value in flags, name


def check_uses(models: list[Model], folder: Path) -> None:
    """What came out can be kept, opened again, made into frames, and sent to the page."""
    catalog = Catalog.from_models(models, source="bent", retrieved_at=NOW)
    assert all_of(list(catalog.records)) == all_of(models)
    catalog.save(folder / "bent.json")
    assert Catalog.open(folder / "bent.json").digest == catalog.digest
    assert len(catalog.routes) == len(catalog.all_routes)
    assert len(catalog.models) == len(models)
    assert encode(catalog)


# --- the tests ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", REPLIES)
def test_mutations(kind: str, tmp_path: Path) -> None:
    reply = REPLIES[kind]
    wanted = LISTINGS if kind.endswith("listing") else SINGLES
    ran = 0

    @settings(
        max_examples=wanted, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(bent(reply))
    def one(given: tuple[list[Any], list[Any]]) -> None:
        nonlocal ran
        rows, mutated = given
        notes = Notes(most=10**9)
        sent = reply.wrap(mutated) if mutated else None
        try:
            found = reply.parse(sent, NOW, notes)
        except (BadResponse, ModelNotFound):
            assert not reply.is_enveloped(sent)
        else:
            assert reply.is_enveloped(sent)
            models = [found] if isinstance(found, Model) else list(found)
            check_rows(reply, rows, mutated[: None if kind.endswith("listing") else 1], models, notes.lines())
            check_uses(models, tmp_path)
        ran += 1

    one()
    assert ran >= wanted
    print(f"{kind}: {ran} mutations")


@pytest.mark.parametrize("kind", REPLIES)
@settings(SAME_EVERYWHERE, max_examples=150)
@given(junk=JUNK)
def test_mutated_envelopes(kind: str, junk: Any) -> None:
    reply = REPLIES[kind]
    for sent in (junk, {"data": junk}, [junk], {"object": "list", "data": [junk]}):
        try:
            reply.parse(sent, NOW, Notes())
        except (BadResponse, ModelNotFound):
            assert not reply.is_enveloped(sent)
        else:
            assert reply.is_enveloped(sent)
