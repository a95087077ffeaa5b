"""The two readers of a table: the quick one is the careful one's shortcut, and nothing else."""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hfprov_widgets.data import shapes
from hfprov_widgets.data.records import Model, Route, draft_of, finished
from hfprov_widgets.data.tables import Fields, read_fields, written_out

TABLES = {
    f"{service.name} {what}": getattr(service, what).fields
    for service in (shapes.ROUTER, shapes.HUB)
    for what in ("model", "route")
}
GOOD = (
    st.sampled_from(["live", "conversational", "Ünïcode", "2026-10-10", "2026-10-10T08:00:00.000Z"])
    | st.booleans()
    | st.integers(0, 2**53)
    | st.floats(0, 1e6)
    | st.lists(st.sampled_from(["text", "image"]), max_size=2)
)
BAD = (
    st.none()
    | st.text(max_size=3)
    | st.sampled_from(["\ud800", " ", "true", -1, 2**53 + 1, 10**400, float("nan"), float("inf"), -0.5, {}, [None]])
    | st.dictionaries(st.sampled_from(["input", "x"]), st.integers(), max_size=2)
)


def entries(table: Fields) -> st.SearchStrategy[dict[str, Any]]:
    """Entries with some fields of the table, good and bad, and some that are in no table."""
    known = {key: entries(row.inside) | BAD if row and row.inside else GOOD | BAD for key, row in table.items()}
    return st.fixed_dictionaries({}, optional={**known, "type": GOOD | BAD, "x y": GOOD})


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_the_quick_reader_reads_as_the_careful_one_or_not_at_all(table: Fields, data: st.DataObject) -> None:
    entry = data.draw(entries(table))
    careful, quick, faults = SimpleNamespace(), SimpleNamespace(), list[str]()
    expected = read_fields(entry, table, careful, faults)
    found = written_out(table)(entry, quick)
    if found is None:  # what it has set until then is right all the same
        assert vars(quick).items() <= vars(careful).items()
    else:
        assert faults == []
        assert found == expected
        assert sorted(map(repr, vars(quick).items())) == sorted(map(repr, vars(careful).items()))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=4) | st.integers() | st.floats(), st.booleans())
@example("live", True)
def test_a_finished_draft_is_the_record(status: Any, is_free: bool) -> None:
    draft = draft_of(Route)("org/name", "groq")
    draft.status, draft.is_free, draft.extra = status, is_free, {"type": "x"}
    route = finished(draft, Route)
    assert type(route) is Route
    made = Route("org/name", "groq", status=status, is_free=is_free, extra={"type": "x"})
    assert [repr(getattr(route, field.name)) for field in fields(Route)] == [
        repr(getattr(made, field.name)) for field in fields(Route)
    ]
    with pytest.raises(AttributeError):
        route.status = "live"  # type: ignore[misc]


def test_an_empty_draft_is_the_record_with_nothing_known() -> None:
    draft = draft_of(Model)("org/name")
    draft.extra = {}
    assert finished(draft, Model) == Model("org/name")


def test_whole_entries_of_the_real_shapes_are_read_quickly() -> None:
    """Else the shortcut would be there for nothing."""
    entry = {
        "provider": "together",
        "providerId": "x",
        "status": "live",
        "task": "conversational",
        "type": "single-model",
        "isModelAuthor": False,
        "features": {"toolCalling": True, "structuredOutput": False},
        "performance": {"tokensPerSecond": 71.5, "firstTokenLatencyMs": 588, "requestLatencyMs": 2000},
        "providerDetails": {"context_length": 131072, "pricing": {"input": 0.17, "output": 1}},
    }
    route = SimpleNamespace()
    extra = {"type": "single-model", "performance": {"requestLatencyMs": 2000}}
    assert written_out(TABLES["hub route"])(entry, route) == extra
    assert (route.throughput, route.first_token_latency_ms, route.price_output) == (71.5, 588.0, 1.0)
