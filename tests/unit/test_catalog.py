"""The catalogue and its frames: column names, types, selection, ids."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pandas as pd
import pytest

import hfprov_widgets as hfp
from hfprov_widgets import Catalog, Model, ModelList, Route, load_catalog

ROUTE_COLUMNS = [
    "model", "provider", "status", "task", "provider_id", "context_length", "price_input", "price_output", "is_free",
    "supports_tools", "supports_structured_output", "first_token_latency_ms", "throughput", "is_model_author",
    "retrieved_at", "metrics_retrieved_at",
]  # fmt: skip
MODEL_COLUMNS = [
    "model", "pipeline_tag", "owned_by", "created", "input_modalities", "output_modalities", "likes", "downloads",
    "trending_score", "gated", "inference", "n_routes",
]  # fmt: skip


def test_frames_have_the_columns_of_the_contract_with_nullable_types() -> None:
    sample = load_catalog("sample")
    assert set(ROUTE_COLUMNS) <= set(sample.routes.columns)
    assert set(MODEL_COLUMNS) <= set(sample.models.columns)
    types = sample.routes.dtypes.astype(str)
    assert types["context_length"] == "Int64"
    assert types["price_input"] == "Float64"
    assert types["supports_tools"] == "boolean"
    assert types["provider"] == "string"
    assert str(types["retrieved_at"]).endswith("UTC]")
    llama = sample.routes.query("model == 'meta-llama/Llama-3.3-70B-Instruct' and provider == 'featherless-ai'")
    assert llama["price_output"].isna().all()
    assert llama["supports_tools"].isna().all()


def test_an_empty_catalogue_has_the_same_types() -> None:
    empty = Catalog.from_models([], source="mine", retrieved_at=None)
    pd.testing.assert_series_equal(empty.routes.dtypes, load_catalog("sample").routes.dtypes)
    pd.testing.assert_series_equal(empty.models.dtypes, load_catalog("sample").models.dtypes)
    assert empty.to_frame().empty


def test_to_frame_joins_each_route_with_its_model() -> None:
    sample = load_catalog("sample")
    frame = sample.to_frame()
    assert len(frame) == 287
    assert frame["n_routes"].max() == 11
    assert frame["model"].tolist() == sample.routes["model"].tolist()


def test_select_keeps_what_is_known_to_meet_every_filter() -> None:
    sample = load_catalog("sample")
    cheap = sample.select(supports_tools=True, min_context_length=128_000, max_price_output=0.5)
    assert (cheap.routes["price_output"] <= 0.5).all()
    assert (cheap.routes["context_length"] >= 128_000).all()
    assert cheap.source == "sample"
    assert cheap.retrieved_at == "2026-10-10"
    assert sample.select(priced=True).routes["price_input"].notna().all()
    assert len(sample.select(priced=True).all_routes) == 188
    assert len(sample.select(provider=["groq", "cerebras"]).all_routes) == 5
    assert sample.select() is not sample
    assert sample.select().digest == sample.digest
    with pytest.raises(ValueError, match=r"max_price_outpt.*max_price_output"):
        sample.select(max_price_outpt=1)


def test_a_pair_with_several_tasks_has_the_task_in_its_id() -> None:
    routes = (
        Route("o/m", "p", task="text-to-image"),
        Route("o/m", "p", task="image-to-image"),
        Route("o/m", "q"),
    )
    catalog = Catalog.from_models([Model("o/m", routes=routes)], source="mine", retrieved_at="2026-01-01")
    assert [route.id for route in catalog.all_routes] == [
        "o/m:p#text-to-image",
        "o/m:p#image-to-image",
        "o/m:q",
    ]
    assert catalog.route("o/m:p#image-to-image").task == "image-to-image"
    one = catalog.select(task="text-to-image")
    assert [route.id for route in one.all_routes] == ["o/m:p#text-to-image"], "a choice stays valid in a selection"
    assert catalog.model("o/m").n_providers == 2


def test_an_unknown_id_is_answered_with_near_names() -> None:
    sample = load_catalog("sample")
    with pytest.raises(KeyError, match=r"Near names: meta-llama/Llama-3\.3-70B-Instruct"):
        sample.model("meta-llama/Llama-3.3-70B-Instuct")
    with pytest.raises(KeyError, match="no route 'x'"):
        sample.route("x")
    assert "openai/gpt-oss-20b:groq" in sample
    assert "openai/gpt-oss-20b" in sample
    assert "x" not in sample


def test_warnings_of_a_listing_are_kept_and_a_model_given_twice_is_named() -> None:
    models = ModelList(
        [Model("o/a", likes=1), Model("o/b"), Model("o/a", likes=2)], warnings=["1 entry without an id was skipped"]
    )
    catalog = Catalog.from_models(models, source="mine", retrieved_at="2026-01-01")
    assert [model.likes for model in catalog.records] == [1, None]
    assert catalog.warnings == (
        "1 entry without an id was skipped",
        "o/a: given twice, the second one was left out",
    )


def test_times_are_kept_as_precisely_as_they_are_known() -> None:
    def of(when: str | date | datetime | None) -> str | None:
        return Catalog.from_models([], source="mine", retrieved_at=when).retrieved_at

    assert of(date(2026, 10, 10)) == of("2026-10-10") == "2026-10-10"
    assert of(datetime(2026, 10, 10, 14, 32, tzinfo=timezone(timedelta(hours=2)))) == "2026-10-10T12:32:00Z"
    assert of("2026-10-10T12:32:00.000Z") == "2026-10-10T12:32:00Z"
    assert of(None) is None
    with pytest.raises(ValueError, match="zone"):
        of(datetime(2026, 10, 10))


def test_rows_read_on_different_days_are_noticed() -> None:
    def dated(*days: str) -> bool:
        routes = tuple(Route("o/m", f"p{n}", retrieved_at=day) for n, day in enumerate(days))
        return Catalog.from_models([Model("o/m", routes=routes)], source="mine", retrieved_at=days[0]).dated_rows

    assert not dated("2026-10-10", "2026-10-10T23:59:00Z", "2026-10-11T00:01:00Z")
    assert dated("2026-10-10", "2026-10-12")


def test_public_names_load_lazily_and_are_all_there() -> None:
    for name in hfp.__all__:
        assert getattr(hfp, name).__name__ == name
    assert set(hfp.__all__) <= set(dir(hfp))
    with pytest.raises(AttributeError, match="Pickr"):
        hfp.Pickr  # noqa: B018


def test_a_number_that_is_none_becomes_unknown_with_a_warning() -> None:
    bad = Route("o/m", "p", price_input=float("nan"), price_output=-1, throughput=float("inf"), context_length=True)
    good = Route("o/m", "q", price_input=0.0, throughput=7)
    catalog = Catalog.from_models([Model("o/m", routes=(bad, good))], source="mine", retrieved_at=None)
    assert catalog.route("o/m:p") == Route("o/m", "p")
    assert catalog.route("o/m:q") == good
    assert len(catalog.warnings) == 4
    assert Catalog.from_models([Model("o/m", routes=(Route("o/m", "p", context_length=1.5),))],  # type: ignore[arg-type]
                               source="mine", retrieved_at=None).routes["context_length"].isna().all()  # fmt: skip
    assert catalog.warnings[0].startswith("o/m:p: context_length True is not a number")


def test_lists_of_modalities_are_taken_too() -> None:
    assert Model("o/m", input_modalities=["text"]).input_modalities == ("text",)  # type: ignore[arg-type]


def test_a_route_given_twice_or_under_another_model_is_named_and_left_out() -> None:
    first, second = Route("o/m", "p", price_input=1), Route("o/m", "p", price_input=9)
    catalog = Catalog.from_models(
        [Model("o/m", routes=(first, second, Route("o/other", "q")))], source="mine", retrieved_at=None
    )
    assert catalog.all_routes == (first,) or [route.price_input for route in catalog.all_routes] == [1]
    assert catalog.warnings == (
        "o/m:p: given twice, the second one was left out",
        "o/other:q: listed under o/m, so it was left out",
    )
