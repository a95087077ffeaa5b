"""The widgets' Python side without a page: traits, checks, links, frames."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from traitlets import TraitError, link

import hfprov_widgets as hfp
from hfprov_widgets.widgets import base

LLAMA = "meta-llama/Llama-3.3-70B-Instruct"
SAMPLE = hfp.load_catalog("sample")


def test_a_wrong_keyword_names_what_is_allowed() -> None:
    with pytest.raises(
        TypeError, match=r"no keyword 'filter'\. Did you mean 'filters'\? Allowed: catalog, value, multiple"
    ):
        hfp.ModelPicker(SAMPLE, filter={})
    with pytest.raises(TypeError, match="Allowed: catalog, model, value, columns"):
        hfp.ProviderTable(SAMPLE, colums=())
    with pytest.raises(TypeError, match="catalog must be a Catalog"):
        hfp.ModelPicker("sample")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="give the catalogue once"):
        hfp.ProviderTable(SAMPLE, catalog=SAMPLE)
    hfp.ModelPicker(SAMPLE, layout={"width": "50%"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "meta-llama/Llama-3.3-70B-Instuct"}, f"Near names: {LLAMA}"),
        ({"value": 3}, "must be the id of a model or None, not 3"),
        ({"value": ["openai/gpt-oss-20b"]}, "must be the id of a model"),
        ({"filters": {"providr": "novita"}}, "did you mean 'provider'"),
        ({"filters": {"min_provider": 3}}, "min_provider"),
        ({"filters": {"supports_tools": "yes"}}, "supports_tools"),
        ({"filters": "novita"}, "must be a dict"),
        ({"sort": (("prise_input", "asc"),)}, "did you mean 'price_input'"),
        ({"sort": (("price_input", "up"),)}, "asc"),
        ({"query": 3}, "query"),
    ],
)
def test_a_wrong_value_raises_at_once_and_names_what_is_allowed(change: dict[str, Any], words: str) -> None:
    with pytest.raises(TraitError, match=words):
        hfp.ModelPicker(SAMPLE, **change)
    picker = hfp.ModelPicker(SAMPLE, value=LLAMA)
    before = picker.get_state()
    with pytest.raises(TraitError, match=words):
        picker.set_trait(*next(iter(change.items())))
    assert picker.get_state() == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"model": "no/such"}, "no model 'no/such'"),
        ({"value": f"{LLAMA}:togehter"}, f"Near names: {LLAMA}:together"),
        ({"value": "openai/gpt-oss-20b:groq"}, "not a route of"),
        ({"columns": ("provider", "prise_input")}, "Did you mean 'price_input'"),
        ({"columns": ("price_input",)}, "must hold 'provider'"),
        ({"mix": (0, 0)}, "not both zero"),
        ({"mix": (-1, 2)}, "mix"),
        ({"mix": (float("nan"), 2)}, "mix"),
        ({"sort": (("nothing", "asc"),)}, "columns are"),
    ],
)
def test_a_wrong_value_of_the_table(change: dict[str, Any], words: str) -> None:
    table = hfp.ProviderTable(LLAMA, catalog=SAMPLE)
    with pytest.raises(TraitError, match=words):
        table.set_trait(*next(iter(change.items())))
    change = dict(change)
    with pytest.raises(TraitError, match=words):
        hfp.ProviderTable(change.pop("model", LLAMA), catalog=SAMPLE, **change)


def test_traits_take_a_persons_forms_and_keep_one() -> None:
    picker = hfp.ModelPicker(SAMPLE, filters={"provider": "novita", "supports_tools": True}, sort=[["created", "desc"]])
    assert picker.filters == {"provider": ["novita"], "supports_tools": True}
    assert picker.sort == (("created", "desc"),)
    json.dumps(picker.filters)
    assert hfp.ProviderTable(SAMPLE, mix=[600, 300]).mix == (600, 300)


def test_link_carries_a_choice_and_forgets_the_old_models_route() -> None:
    picker, table = hfp.ModelPicker(SAMPLE), hfp.ProviderTable(catalog=SAMPLE)
    link((picker, "value"), (table, "model"))
    picker.value = LLAMA
    assert table.model == LLAMA
    table.value = f"{LLAMA}:together"
    assert table.route is not None
    assert table.route.price_output == 1.0399999999999998
    picker.value = "openai/gpt-oss-20b"
    assert (table.value, table.route) == (None, None)
    picker.value = None
    assert table.model is None
    assert len(table.to_frame()) == 287


def test_a_model_that_has_no_route() -> None:
    catalog = hfp.Catalog.from_models([hfp.Model("o/none")], source="mine", retrieved_at=None)
    table = hfp.ProviderTable("o/none", catalog=catalog)
    assert table.to_frame().empty
    assert table.to_markdown().startswith("| Provider |")


def test_one_and_several() -> None:
    picker = hfp.ModelPicker(SAMPLE, multiple=True, value=[LLAMA, LLAMA])
    assert picker.value == (LLAMA,)
    picker.multiple = False
    assert picker.value == LLAMA
    picker.multiple = True
    assert picker.value == (LLAMA,)
    with pytest.raises(TraitError, match="tuple of model ids"):
        picker.value = LLAMA
    picker.value = None
    assert picker.value == ()


def test_another_catalogue_keeps_the_choice() -> None:
    picker = hfp.ModelPicker(SAMPLE, value=LLAMA)
    picker.catalog = hfp.load_catalog("documented")
    assert picker.value == LLAMA
    picker.value = None
    picker.value = LLAMA  # it was a choice before; undo must not fail
    with pytest.raises(TypeError, match="must be a Catalog"):
        picker.catalog = "sample"  # type: ignore[assignment]


def test_the_table_frame_is_what_is_on_screen() -> None:
    table = hfp.ProviderTable(
        "deepseek-ai/DeepSeek-V4-Pro", catalog=hfp.load_catalog("documented"),
        sort=(("throughput", "desc"),), columns=("provider", "throughput"), filters={"supports_tools": True},
    )  # fmt: skip
    frame = table.to_frame()
    assert list(frame.columns) == ["model", "provider", "throughput"]
    assert frame["provider"].tolist() == ["fireworks-ai", "together", "deepinfra", "novita"]


def test_code_rebuilds_the_view() -> None:
    table = hfp.ProviderTable(
        LLAMA, catalog=SAMPLE, sort=(("price_output", "desc"),), filters={"priced": True}, mix=(1, 1)
    )
    again = eval(table.code(), {"hfp": hfp})
    assert again.get_state().keys() == table.get_state().keys()
    assert again.to_frame().equals(table.to_frame())
    picker = hfp.ModelPicker(SAMPLE, query="qwen", value=LLAMA)
    assert eval(picker.code(), {"hfp": hfp}).to_frame().equals(picker.to_frame())


def live_after(release: threading.Event, result: Callable[[], hfp.Catalog]) -> Callable[..., hfp.Catalog]:
    def load(scope: str, *, background: bool) -> hfp.Catalog:
        assert scope == "chat"
        assert release.wait(10)
        return result()

    return load


def finished(picker: hfp.ModelPicker) -> None:
    """Wait until no refresh is under way."""
    done = threading.Event()
    picker.observe(lambda _: done.set(), "_freshness")
    if picker._freshness["phase"] == "refreshing":
        assert done.wait(10)


def test_newer_data_arrives_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    newer = hfp.Catalog.from_models([hfp.Model("o/new")], source="router", retrieved_at="2026-11-23T08:00:00Z")
    monkeypatch.setattr(base, "load_live", live_after(release, lambda: newer))
    picker = hfp.ModelPicker(value="o/new")  # not in the sample, but perhaps in what is being read
    assert (picker.catalog.source, picker._freshness["phase"]) == ("sample", "refreshing")
    release.set()
    finished(picker)
    assert picker.catalog is newer
    assert (picker.value, picker._freshness["phase"]) == ("o/new", "still")
    with pytest.raises(TraitError):
        picker.value = "o/other"


def test_a_refresh_that_fails_keeps_the_data_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> hfp.Catalog:
        raise RuntimeError("the router does not answer")

    release = threading.Event()
    release.set()
    monkeypatch.setattr(base, "load_live", live_after(release, fail))
    picker = hfp.ModelPicker()
    finished(picker)
    assert picker.catalog.source == "sample"
    assert picker._freshness["phase"] == "failed"
    assert "the router does not answer" in picker._freshness["message"]


def test_a_late_answer_does_not_replace_a_catalogue_that_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(base, "load_live", live_after(release, lambda: hfp.load_catalog("documented")))
    picker = hfp.ModelPicker()
    picker.catalog = hfp.load_catalog("tasks")
    workers = [thread for thread in threading.enumerate() if thread.name == "hfprov-refresh"]
    release.set()
    for worker in workers:
        worker.join(10)
    assert picker.catalog.source == "tasks"
    assert picker._freshness["phase"] == "still"


def test_pandas_is_not_imported_until_a_frame_is_asked_for() -> None:
    script = """
import sys
import hfprov_widgets
assert not {"anywidget", "requests", "pandas"} & set(sys.modules), "importing the package imports too much"
from hfprov_widgets import ModelPicker, ProviderTable, load_catalog
picker, table = ModelPicker(load_catalog("sample")), ProviderTable(load_catalog("sample"))
table.to_markdown()
assert not {"requests", "pandas"} & set(sys.modules)
picker.to_frame()
assert "pandas" in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_choice_made_on_the_catalogue_that_was_just_replaced_is_kept() -> None:
    """A click during a busy cell arrives after the cell has set another catalogue."""
    picker = hfp.ModelPicker(SAMPLE)
    picker.catalog = hfp.load_catalog("documented")
    picker.set_state({"value": LLAMA})
    assert picker.value == LLAMA


def test_a_catalogue_that_was_set_is_not_refreshed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    picker = hfp.ModelPicker()
    assert picker._freshness["phase"] == "offline"
    picker.catalog = SAMPLE
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setattr(base, "load_live", live_after(threading.Event(), lambda: SAMPLE))
    picker._refresh += 1
    assert (picker._freshness["phase"], picker._freshness["can_refresh"]) == ("still", False)


def test_offline_a_wish_for_newer_data_makes_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    picker = hfp.ModelPicker()
    picker._refresh += 1
    assert (picker._freshness["phase"], picker._freshness["can_refresh"]) == ("offline", False)
