"""The bundled snapshots hold what they say, each row with source and date, and nothing that was made up."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from hfprov_widgets import load_catalog

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "hfprov_widgets" / "samples"


def test_the_sample_is_the_routers_table_of_its_day() -> None:
    sample = load_catalog("sample")
    assert (len(sample), len(sample.all_routes), sample.retrieved_at) == (126, 287, "2026-10-10")
    by_provider = Counter(route.provider for route in sample.all_routes)
    assert by_provider["deepinfra"] == 70
    assert by_provider["cerebras"] == 2
    known = {name: sum(getattr(route, name) is not None for route in sample.all_routes) for name in (
        "price_output", "context_length", "supports_tools", "throughput", "is_free")}  # fmt: skip
    assert known == {
        "price_output": 188,
        "context_length": 182,
        "supports_tools": 221,
        "throughput": 9,
        "is_free": 287,
    }
    zero = [route for route in sample.all_routes if route.price_output == 0]
    assert {route.provider for route in zero} == {"together"}
    assert len(zero) == 2
    measured = [route for route in sample.all_routes if route.throughput is not None]
    assert all(route.metrics_retrieved_at < "2026-10-10" for route in measured)  # type: ignore[operator]
    assert all((route.throughput is None) == (route.metrics_retrieved_at is None) for route in sample.all_routes)


def test_documented_fills_every_measured_column_for_some_row() -> None:
    documented = load_catalog("documented")
    assert len(documented.all_routes) == 5
    for name in ("price_input", "price_output", "first_token_latency_ms", "throughput", "context_length"):
        assert any(getattr(route, name) is not None for route in documented.all_routes), name
    assert all(route.is_free is None for route in documented.all_routes), "the example is older than this field"


def test_tasks_are_not_chat_and_each_row_has_its_own_day() -> None:
    tasks = load_catalog("tasks")
    assert tasks.dated_rows
    assert not {"conversational", "text-generation"} & {route.task for route in tasks.all_routes}
    assert {"text-to-image", "text-to-video", "feature-extraction"} <= {route.task for route in tasks.all_routes}
    assert len({route.retrieved_at for route in tasks.all_routes}) > 50
    assert all(route.price_output is None for route in tasks.all_routes)


@pytest.mark.parametrize("name", ["sample", "documented", "tasks"])
def test_every_row_has_its_source_and_day(name: str) -> None:
    for route in load_catalog(name).all_routes:
        assert route.source
        assert route.retrieved_at
        assert "index file" not in route.source


def test_together_they_are_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.glob("*.json.gz")) < 80_000


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", ROOT / "scripts" / "make_samples.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "SAMPLES", tmp_path)
    return module


def test_the_script_fills_nothing_in(script: ModuleType, tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    facts.mkdir()
    offer = {
        "model": "o/m",
        "provider": "p",
        "status": "live",
        "retrieved": "2026-10-10",
        "source": "a page (index file id 12)",
    }
    example = offer | {"model": script.DOCUMENTED[0], "source": script.DOCUMENTED[1], "throughput": 24.5}
    mapping = offer | {"task": "text-to-image", "first_seen": "2025-04-01"}
    no_day = {key: value for key, value in mapping.items() if key != "retrieved"} | {"model": "o/undated"}
    older = mapping | {"retrieved": "2025-05-05", "provider_id": "old"}
    for name, rows in (("catalog_facts", [offer]), ("catalog_history", [example, offer]),
                       ("hub_facts", [older, mapping, no_day, mapping | {"task": "conversational"}])):  # fmt: skip
        (facts / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    script.main(facts)
    (sample,) = load_catalog(tmp_path / "sample.json.gz").all_routes
    assert (sample.price_output, sample.context_length, sample.supports_tools, sample.is_free) == (None,) * 4
    assert (sample.source, sample.metrics_retrieved_at) == ("a page", None)
    (documented,) = load_catalog(tmp_path / "documented.json.gz").all_routes
    assert documented.metrics_retrieved_at == "2026-10-10"
    (task,) = load_catalog(tmp_path / "tasks.json.gz").all_routes
    assert (task.retrieved_at, task.provider_id, task.extra) == (
        "2026-10-10",
        None,
        {"first_seen": "2025-04-01"},
    )
