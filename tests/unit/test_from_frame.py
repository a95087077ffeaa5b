"""A frame of one's own: read as a catalogue, taken wherever one is, and filtered by a widget."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hfprov_widgets as hfp
from hfprov_widgets import Catalog, Model, Route, wire
from hfprov_widgets.data.columns import MODEL_COLUMNS, ROUTE_COLUMNS
from hfprov_widgets.static_view.catalog import catalog_grid

SAMPLE = hfp.load_catalog("sample")
OSS = "openai/gpt-oss-20b"
RIGHT = {"model": ["o/m"], "provider": ["groq"], "status": ["live"]}


class Foreign:
    """A table of another library."""

    def __init__(self, made: object) -> None:
        self._made = made

    def to_pandas(self) -> Any:
        return self._made


def one(**columns: Any) -> tuple[Route, tuple[str, ...]]:
    """The route and the warnings of a frame of one row."""
    frame = pd.DataFrame({**RIGHT, **{name: pd.Series([cell], dtype=object) for name, cell in columns.items()}})
    catalog = Catalog.from_frame(frame)
    return catalog.all_routes[0], catalog.warnings


# --- there and back -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sample", "documented", "tasks"])
def test_a_catalogues_own_frames_give_the_same_routes_and_models(name: str) -> None:
    catalog = hfp.load_catalog(name)
    for frame in (catalog.to_frame(), catalog.routes, Foreign(catalog.routes)):
        again = Catalog.from_frame(frame, source=name)
        assert again.all_routes == catalog.all_routes
        assert [route.id for route in again.all_routes] == [route.id for route in catalog.all_routes]
        assert (again.retrieved_at, again.dated_rows) == (catalog.retrieved_at, catalog.dated_rows)
        assert again.warnings == ()
    assert list(Catalog.from_frame(catalog.to_frame()).records) == [model for model in catalog.records if model.routes]


def test_a_csv_file_gives_the_same_routes_but_for_the_days() -> None:
    text = SAMPLE.routes.to_csv(index=False)
    again = Catalog.from_frame(pd.read_csv(io.StringIO(text)))
    for mine, theirs in zip(again.all_routes, SAMPLE.all_routes, strict=True):
        assert (mine.id, mine.supports_tools) == (theirs.id, theirs.supports_tools)
        assert mine.context_length == theirs.context_length
        assert mine.price_output == pytest.approx(theirs.price_output)  # some readers lose the last digit
    assert again.warnings == ()


def test_what_a_widget_gives_can_be_shown_again() -> None:
    table = hfp.ProviderTable(OSS, catalog=SAMPLE)
    assert hfp.ProviderTable(table.to_frame()).to_frame()["provider"].tolist() == table.to_frame()["provider"].tolist()
    picker = hfp.ModelPicker(SAMPLE, query="gpt")
    assert hfp.ModelPicker(picker.to_frame()).catalog.ids == dict.fromkeys(picker.to_frame()["model"]).keys()


# --- cells --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "missing", [None, float("nan"), np.nan, pd.NA, pd.NaT, "", "  ", Decimal("nan"), Decimal("sNaN")]
)
def test_every_missing_value_is_unknown_without_a_warning(missing: Any) -> None:
    names = ("price_output", "supports_tools", "task", "context_length", "retrieved_at", "source", "mine")
    route, warnings = one(**dict.fromkeys(names, missing))
    assert route == Route("o/m", "groq", status="live")
    assert route.extra == {}
    assert warnings == ()


def test_numbers_and_truths_of_every_library_are_taken() -> None:
    route, warnings = one(
        context_length=np.float64(131072.0), price_input=Decimal("0.05"), price_output=np.int64(1),
        supports_tools=np.bool_(False), is_free=True, throughput=np.float32(1.5), first_token_latency_ms=0,
    )  # fmt: skip
    assert warnings == ()
    assert route == Route(
        "o/m", "groq", status="live", context_length=131072, price_input=0.05, price_output=1.0, supports_tools=False,
        is_free=True, throughput=1.5, first_token_latency_ms=0.0,
    )  # fmt: skip
    assert [type(x) for x in (route.context_length, route.price_output, route.supports_tools)] == [int, float, bool]


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("price_output", "0.40", "price_output is '0.40', not a number from 0: unknown"),
        ("price_output", -1, "price_output is -1, not a number from 0"),
        ("price_output", float("inf"), "price_output is inf, not a number"),
        ("price_output", True, "price_output is True, not a number"),
        ("context_length", 1.5, "context_length is 1.5, not a whole number"),
        ("context_length", 2**60, "not a whole number from 0"),
        ("supports_tools", "yes", "supports_tools is 'yes', not true or false"),
        ("supports_tools", 1, "supports_tools is 1, not true or false"),
        ("retrieved_at", "yesterday", "not a day or a time in ISO 8601"),
        ("status", 3, "status is 3, not a text"),
    ],
)
def test_a_cell_of_another_kind_is_unknown_and_named(column: str, cell: Any, words: str) -> None:
    route, warnings = one(**{column: cell})
    assert getattr(route, column) is None
    assert len(warnings) == 1
    assert warnings[0].startswith("model o/m, provider groq: ")
    assert words in warnings[0]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (pd.Timestamp("2026-10-10", tz="UTC"), "2026-10-10"),
        (pd.Timestamp("2026-10-10T10:00:00.5+02:00"), "2026-10-10T08:00:00Z"),
        (datetime(2026, 10, 10, 8, tzinfo=timezone.utc), "2026-10-10T08:00:00Z"),
        (pd.Timestamp("2026-10-10T08:00"), "2026-10-10T08:00:00Z"),
        (np.datetime64("2026-10-10"), "2026-10-10"),
        (date(2026, 10, 10), "2026-10-10"),
        ("2026-10-10", "2026-10-10"),
    ],
)
def test_times_of_every_library_are_taken(cell: Any, kept: str) -> None:
    assert one(retrieved_at=cell) == (Route("o/m", "groq", status="live", retrieved_at=kept), ())


def test_unknown_columns_are_kept_in_extra_and_a_misspelt_one_is_noticed() -> None:
    route, warnings = one(price_out=0.4, grade=np.int64(2), seen=pd.Timestamp("2026-10-10"), tags=["a", "b"])
    assert route.price_output is None
    assert route.extra == {"price_out": 0.4, "grade": 2, "seen": "2026-10-10", "tags": ["a", "b"]}
    assert warnings == ("the column 'price_out' is not known here: is it meant as 'price_output'?",)
    route, warnings = one(odd=object())
    assert route.extra == {}
    assert "the field 'odd' cannot be written as JSON" in warnings[0]
    assert len(warnings) == 1, "said once, not for the model and for the route"


def test_prices_in_usd_per_token_are_kept_and_flagged() -> None:
    frame = pd.DataFrame({"model": "o/m", "provider": ["a", "b"], "status": "live", "price_output": [4e-7, 2e-6]})
    catalog = Catalog.from_frame(frame)
    assert [route.price_output for route in catalog.all_routes] == [4e-7, 2e-6]
    assert catalog.warnings[:1] == (
        "model o/m, provider a: price_output of 4e-07 USD per 1M tokens is suspect; it is kept as given",
    )
    assert "all prices look like USD per token; here they are USD per 1M tokens" in catalog.warnings
    assert catalog.choose().route is None, "a price in doubt wins nothing"
    frame["price_output"] = [4e-7, 2.0]
    assert not [line for line in Catalog.from_frame(frame).warnings if "all prices" in line]


# --- rows ---------------------------------------------------------------------------------------------------


def test_rows_without_identity_and_rows_given_twice_are_skipped_and_named() -> None:
    frame = pd.DataFrame(
        {
            "model": ["o/a", None, "o/a", "o/b", "o/a", "o/a"],
            "provider": ["groq", "groq", "groq", pd.NA, "groq", "novita"],
            "task": ["t", "t", "t", "t", "u", None],
            "status": "live",
            "price_output": [1, 2, 3, 4, 5, 6],
            "likes": [7, 8, 9, 10, 11, 12],
        }
    )
    catalog = Catalog.from_frame(frame)
    assert [(route.id, route.price_output) for route in catalog.all_routes] == [
        ("o/a:groq#t", 1), ("o/a:groq#u", 5), ("o/a:novita", 6)
    ]  # fmt: skip
    assert [(model.id, model.likes) for model in catalog.records] == [("o/a", 7), ("o/b", 10)]
    assert catalog.warnings == (
        "row 2 names no model: skipped",
        "row 3, model o/a: provider groq is listed more than once for t: the later row was skipped",
        "row 4, model o/b: it names no provider, so it is no route",
    )


def test_a_row_given_twice_leaves_the_id_without_a_task() -> None:
    frame = pd.DataFrame({"model": "o/a", "provider": ["groq", "groq"], "task": "t", "status": "live"})
    assert [route.id for route in Catalog.from_frame(frame).all_routes] == ["o/a:groq"]


def test_without_a_column_status_every_route_is_taken_as_live_and_a_missing_one_stays_unknown() -> None:
    frame = pd.DataFrame({"model": "o/m", "provider": ["a", "b"], "price_input": 1, "price_output": [1, 2]})
    catalog = Catalog.from_frame(frame)
    assert [route.status for route in catalog.all_routes] == ["live", "live"]
    assert catalog.warnings == ("there is no column status: every route is taken as live",)
    assert catalog.choose().route == catalog.route("o/m:a")
    frame["status"] = ["live", None]
    catalog = Catalog.from_frame(frame)
    assert [route.status for route in catalog.all_routes] == ["live", None]
    assert catalog.choose().dropped[0].reasons == ("status not published",)
    frame["status"] = None
    assert {route.status for route in Catalog.from_frame(frame).all_routes} == {None}


def test_a_frame_of_models_alone() -> None:
    catalog = Catalog.from_frame(SAMPLE.models)
    assert list(catalog.records) == [Model(**{n: getattr(m, n) for n in FACTS}) for m in SAMPLE.records]
    assert catalog.warnings == ("there is no column provider: these are models without routes",)
    mine = Catalog.from_frame(pd.DataFrame({"model": ["o/a", "o/a"], "gated": ["False", "auto"], "grade": [1, 2]}))
    assert mine.records == (Model("o/a", gated=False),)
    assert mine.records[0].extra == {"grade": 1}
    assert hfp.ModelPicker(SAMPLE.models, query="gpt-oss-1").to_frame()["model"].tolist() == ["openai/gpt-oss-120b"]


FACTS = (
    "id", "pipeline_tag", "owned_by", "created", "input_modalities", "output_modalities", "likes", "downloads",
    "trending_score", "gated", "inference",
)  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"modle": ["o/m"], "provider": ["p"]}, r"needs the column 'model'; it has 'modle', .*Is 'modle' meant as 'mo"),
        ({"model": ["o/m"], "PROVIDER": ["p"]}, r"column 'provider'; it has .*Is 'PROVIDER' meant as 'provider'\?"),
        ({"model": ["o/m"], "price_input": [1]}, r"needs the column 'provider'"),
        ({"name": ["o/m"], "price_input": [1]}, r"needs the columns 'model' and 'provider'; it has 'name', 'price_i"),
        ({}, "it has no column"),
    ],
)
def test_columns_that_are_missing_are_named_with_what_they_may_be(columns: dict[str, Any], words: str) -> None:
    for take in (Catalog.from_frame, hfp.ModelPicker, hfp.ProviderTable):
        with pytest.raises(ValueError, match=words):
            take(pd.DataFrame(columns))


def test_a_column_that_is_there_twice_is_refused() -> None:
    frame = pd.DataFrame([["o/m", "a", "b"]], columns=["model", "provider", "provider"])
    with pytest.raises(ValueError, match="more than one column 'provider'"):
        Catalog.from_frame(frame)


@pytest.mark.parametrize("thing", [{"model": ["o/m"]}, [1], 3, Foreign([1]), pd.Series([1])])
def test_what_is_no_frame_is_refused(thing: Any) -> None:
    with pytest.raises(TypeError, match="a DataFrame is needed"):
        Catalog.from_frame(thing)


def test_an_empty_frame_is_an_empty_catalogue() -> None:
    assert len(Catalog.from_frame(SAMPLE.routes.head(0))) == 0


def test_the_frame_is_copied() -> None:
    frame = pd.DataFrame({**RIGHT, "price_output": [1.0], "tags": [["a"]], "more": [{"a": [1]}]})
    catalog = Catalog.from_frame(frame)
    digest = catalog.digest
    frame.loc[0, "price_output"] = 9.0
    frame.loc[0, "tags"].append("b")
    frame.loc[0, "more"]["a"].append(2)
    assert catalog.all_routes[0].price_output == 1.0
    assert catalog.all_routes[0].extra == {"tags": ["a"], "more": {"a": [1]}}
    assert catalog.digest == digest


def test_source_and_time_are_as_given_and_else_those_of_the_rows() -> None:
    frame = pd.DataFrame({**RIGHT, "retrieved_at": ["2026-10-10"]})
    assert (Catalog.from_frame(frame).source, Catalog.from_frame(frame).retrieved_at) == ("your data", "2026-10-10")
    mine = Catalog.from_frame(frame, source="course", retrieved_at=date(2026, 11, 24))
    assert (mine.source, mine.retrieved_at) == ("course", "2026-11-24")
    frame = pd.concat([frame, pd.DataFrame({**RIGHT, "provider": ["novita"]})])
    assert Catalog.from_frame(frame).retrieved_at is None, "one row does not say"


def test_many_faults_are_counted() -> None:
    frame = pd.DataFrame({"model": [f"o/{n}" for n in range(50)], "provider": "p", "status": 3})
    warnings = Catalog.from_frame(frame).warnings
    assert len(warnings) == 21
    assert warnings[-1] == "and 30 more: cells that could not be used"


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.decimals(), st.dates(),
    st.datetimes(), st.timedeltas(), st.binary(max_size=3), st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.floats(), max_size=2),
    st.sampled_from([pd.NA, pd.NaT, np.float32("nan"), np.int8(3), np.array([1, 2]), {1, 2}, object, 1j, "live"]),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_is_in_the_cells_a_catalogue_comes_out_that_can_be_sent_and_kept(data: st.DataObject) -> None:
    names = [*ALL, "mine"]
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(names, CELLS)), max_size=2))
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names})
    catalog = Catalog.from_frame(frame)
    assert {row["model"] for row in rows if isinstance(row["model"], str) and row["model"].strip()} <= set(catalog.ids)
    assert wire.encode(catalog)
    assert catalog.digest
    assert catalog_grid(catalog)


ALL = [*ROUTE_COLUMNS, *(name for name in MODEL_COLUMNS if name != "model")]


# --- accepted wherever a catalogue is -----------------------------------------------------------------------


@pytest.mark.parametrize("frame", [SAMPLE.routes, Foreign(SAMPLE.routes)], ids=["pandas", "to_pandas"])
def test_a_widget_takes_a_frame_wherever_it_takes_a_catalogue(frame: Any) -> None:
    taken = [hfp.ModelPicker(frame), hfp.ProviderTable(frame), hfp.ProviderTable(OSS, catalog=frame)]
    other = hfp.ProviderTable(hfp.load_catalog("documented"))
    other.catalog = frame
    for widget in [*taken, other]:
        assert widget.catalog.all_routes == SAMPLE.all_routes
        assert widget.catalog.source == "your data"
        assert widget._freshness["phase"] == "still"
    with pytest.raises(TypeError, match="give the catalogue once"):
        hfp.ProviderTable(frame, catalog=SAMPLE)


def test_what_is_neither_is_refused_in_words() -> None:
    for wrong in ({"model": ["o/m"]}, 3, object()):
        with pytest.raises(TypeError, match=r"catalog must be a Catalog, .* or a DataFrame, not a"):
            hfp.ModelPicker(wrong)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="catalog must be a Catalog"):
            hfp.ProviderTable(catalog=wrong)  # type: ignore[arg-type]


def test_asking_whether_it_is_a_frame_loads_no_pandas() -> None:
    script = """
import sys
from hfprov_widgets import ModelPicker, load_catalog
ModelPicker(load_catalog("sample"))
try:
    ModelPicker("sample")
except TypeError:
    pass
assert "pandas" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


# --- widget.filter(frame) -----------------------------------------------------------------------------------


def grades(*rows: tuple[str, str | None]) -> pd.DataFrame:
    models, providers = zip(*rows, strict=True)
    frame = pd.DataFrame({"model": models, "provider": providers, "grade": range(len(rows))})
    return frame.astype({"grade": "int8"}).set_index(pd.Index([f"r{n}" for n in range(len(rows))], name="row"))


def test_the_rows_of_a_frame_that_are_on_screen_in_its_order() -> None:
    table = hfp.ProviderTable(OSS, catalog=SAMPLE, sort=(("price_output", "asc"),))
    first, second, third = table.to_frame()["provider"].head(3)
    mine = grades((OSS, third), ("o/other", first), (OSS, first), (OSS, "nowhere"), (OSS, second), (OSS, first))
    found = table.filter(mine)
    assert found["grade"].tolist() == [2, 5, 4, 0]
    assert found.index.tolist() == ["r2", "r5", "r4", "r0"]
    pd.testing.assert_series_equal(found.dtypes, mine.dtypes)
    table.filters = {"provider": second}
    assert table.filter(mine)["grade"].tolist() == [4]
    assert table.filter(Foreign(mine))["grade"].tolist() == [4]
    table.model = "openai/gpt-oss-120b"
    none = table.filter(mine)
    assert none.empty
    assert list(none.columns) == ["model", "provider", "grade"]


def test_a_picker_filters_by_the_model_alone() -> None:
    picker = hfp.ModelPicker(SAMPLE, query="gpt-oss", filters={"provider": ["groq"]}, sort=(("model", "desc"),))
    shown = picker.to_frame()["model"].tolist()
    assert len(shown) > 1
    mine = grades((shown[1], "novita"), ("o/other", "groq"), (shown[0], None), (shown[1], "groq"))
    assert picker.filter(mine)["grade"].tolist() == [2, 0, 3]


def test_a_frame_that_names_routes_or_models_only() -> None:
    table = hfp.ProviderTable(OSS, catalog=SAMPLE)
    provider = table.to_frame()["provider"][0]
    for name in ("route", "id"):
        frame = pd.DataFrame({name: [f"{OSS}:nowhere", f"{OSS}:{provider}", None], "grade": [1, 2, 3]})
        assert table.filter(frame)["grade"].tolist() == [2]
    assert table.filter(pd.DataFrame({"model": ["o/other", OSS], "grade": [1, 2]}))["grade"].tolist() == [2]
    assert table.filter(pd.DataFrame({"id": [7, 8], "model": ["o/other", OSS]}))["id"].tolist() == [8]
    frame = pd.DataFrame({"model": OSS, "number": [1, 2], "route": [f"{OSS}:{provider}", f"{OSS}:nowhere"]})
    assert table.filter(frame)["number"].tolist() == [1], "a route says more than its model"
    assert table.filter(frame.rename(columns={"number": "route", "route": "id"}))["route"].tolist() == [1]
    assert table.filter(pd.DataFrame({"id": ["o/other", OSS]}))["id"].tolist() == [OSS]
    assert hfp.ModelPicker(SAMPLE, query=OSS).filter(pd.DataFrame({"route": [f"{OSS}:x"]})).shape == (1, 1)
    with pytest.raises(ValueError, match=r"'model' .* or 'route' or 'id'.* it has 'name', 'grade'"):
        table.filter(pd.DataFrame({"name": [OSS], "grade": [1]}))
    with pytest.raises(TypeError, match="a DataFrame is needed"):
        table.filter([OSS])  # type: ignore[arg-type]


def test_where_one_side_does_not_know_the_task_any_fits() -> None:
    routes = (Route("o/m", "p", status="live"), Route("o/m", "q", status="live", task="draw"))
    table = hfp.ProviderTable(Catalog.from_models([Model("o/m", routes=routes)], source="mine", retrieved_at=None))
    mine = pd.DataFrame({"model": "o/m", "provider": ["p", "q", "q"], "task": ["draw", None, "speak"]})
    assert table.filter(mine).index.tolist() == [0, 1]


def test_where_a_pair_has_several_tasks_the_task_counts() -> None:
    routes = tuple(Route("o/m", "p", status="live", task=task) for task in ("draw", "speak"))
    table = hfp.ProviderTable(Catalog.from_models([Model("o/m", routes=routes)], source="mine", retrieved_at=None))
    mine = pd.DataFrame({"model": "o/m", "provider": "p", "task": ["speak", "draw", None, "sing"], "grade": range(4)})
    assert table.filter(mine)["grade"].tolist() == [1, 2, 0]
    table.filters = {"task": "speak"}
    assert table.filter(mine)["grade"].tolist() == [0, 2]
    named = pd.DataFrame({"id": ["o/m:p#draw", "o/m:p#speak"]})
    assert table.filter(named)["id"].tolist() == ["o/m:p#speak"]
