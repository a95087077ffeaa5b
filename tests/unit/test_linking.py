"""Any widget with any other, by `value` and `model`: the Python side of every pair there is."""

from __future__ import annotations

import inspect
from itertools import permutations
from typing import Any

import pytest
from ipywidgets import jsdlink, jslink
from traitlets import TraitError, link

import hfprov_widgets as hfp
from hfprov_widgets.widgets.base import CatalogWidget
from hfprov_widgets.widgets.routes import RouteWidget

SAMPLE = hfp.load_catalog("sample")
SMALL, LARGE = "openai/gpt-oss-20b", "openai/gpt-oss-120b"
GROQ, OVH = f"{SMALL}:groq", f"{SMALL}:ovhcloud"

PUBLIC = [getattr(hfp, name) for name in hfp.__all__]
WIDGETS = [thing for thing in PUBLIC if inspect.isclass(thing) and issubclass(thing, CatalogWidget)]
ROUTES = [widget for widget in WIDGETS if issubclass(widget, RouteWidget)]
OF_MODEL = [widget for widget in WIDGETS if "model" in widget.class_trait_names()]


def name(widget: type) -> str:
    return widget.__name__


def test_the_matrix_holds_all_widgets() -> None:
    routes = {"ProviderTable", "ProviderChart", "BudgetPlanner", "RouteSnippet", "Explorer"}
    assert {name(widget) for widget in ROUTES} == routes
    homes = {public for public, home in hfp._HOMES.items() if home.startswith("widgets.")}
    assert {name(widget) for widget in WIDGETS} == homes


@pytest.mark.parametrize("widget", ROUTES, ids=name)
def test_a_pickers_choice_is_a_widgets_model_and_clears_its_foreign_choice(widget: Any) -> None:
    picker, other = hfp.ModelPicker(SAMPLE), widget(catalog=SAMPLE)
    link((picker, "value"), (other, "model"))
    picker.value = SMALL
    assert other.model == SMALL
    assert set(other.to_frame()["model"]) == {SMALL}
    other.value = GROQ
    assert other.route == SAMPLE.route(GROQ)
    picker.value = LARGE
    assert (other.model, other.value, other.route) == (LARGE, None, None)
    other.model = SMALL
    assert picker.value == SMALL, "and back"
    picker.value = None
    assert other.model is None


@pytest.mark.parametrize("widget", ROUTES, ids=name)
def test_several_chosen_models(widget: Any) -> None:
    picker, other = hfp.ModelPicker(SAMPLE, multiple=True), widget(catalog=SAMPLE)
    link((picker, "value"), (other, "model"))
    assert other.model == ()
    assert other.to_frame().empty, "none is chosen, which is not all"
    picker.value = (SMALL, LARGE)
    assert other.model == (SMALL, LARGE)
    other.value = GROQ
    picker.value = (LARGE,)
    assert (other.model, other.value) == ((LARGE,), None)


@pytest.mark.parametrize(("a", "b"), list(permutations(ROUTES, 2)), ids=lambda widget: name(widget))
def test_two_widgets_share_choice_model_filters_and_mix(a: Any, b: Any) -> None:
    one, other = a(SMALL, catalog=SAMPLE), b(SMALL, catalog=SAMPLE)
    for trait in ("model", "value", "filters", "mix"):
        if one.has_trait(trait) and other.has_trait(trait):
            link((one, trait), (other, trait))
    one.value = GROQ
    assert other.value == GROQ
    other.value = OVH
    assert one.value == OVH
    with pytest.raises(TraitError, match="not a route of"):
        other.value = f"{LARGE}:groq"
    assert (one.value, other.value) == (OVH, OVH), "what is refused changes neither"
    one.model = LARGE
    assert (other.model, other.value, one.value) == (LARGE, None, None)
    if one.has_trait("filters") and other.has_trait("filters"):
        one.filters = {"provider": "groq"}
        assert other.filters == {"provider": ["groq"]}


def test_one_picker_steers_all_and_a_choice_in_one_is_the_choice_in_all() -> None:
    picker = hfp.ModelPicker(SAMPLE)
    others = [widget(catalog=SAMPLE) for widget in ROUTES]
    for other in others:
        link((picker, "value"), (other, "model"))
    for other in others[1:]:
        link((others[0], "value"), (other, "value"))
    picker.value = SMALL
    others[-1].value = GROQ
    assert {other.value for other in others} == {GROQ}
    picker.value = LARGE
    assert {(other.model, other.value) for other in others} == {(LARGE, None)}


@pytest.mark.parametrize("widget", OF_MODEL, ids=name)
def test_the_page_can_link_them_too(widget: Any) -> None:
    """`jslink` takes synced traits of widgets only, so that it works with a busy kernel and with none."""
    picker, other = hfp.ModelPicker(SAMPLE), widget(catalog=SAMPLE)
    made = jslink((picker, "value"), (other, "model"))
    assert made.get_state()["target"] == [f"IPY_MODEL_{other.model_id}", "model"]
    table = hfp.ProviderTable(catalog=SAMPLE)
    assert jsdlink((other, "value"), (table, "value")).source == (other, "value")
    for trait in ("value", "model"):
        assert other.trait_metadata(trait, "sync"), f"{trait} crosses"
    other.set_state({"model": SMALL})  # what the page's link then sends
    other.set_state({"value": GROQ})
    assert (other.model, other.value) == (SMALL, GROQ)


@pytest.mark.parametrize("widget", WIDGETS, ids=name)
def test_every_widget_takes_a_frame(widget: Any) -> None:
    assert widget(SAMPLE.routes).catalog.all_routes == SAMPLE.all_routes
    assert widget(catalog=SAMPLE.routes).catalog.source == "your data"
    other = widget(catalog=hfp.load_catalog("documented"))
    other.catalog = SAMPLE.routes
    assert other.catalog.all_routes == SAMPLE.all_routes


@pytest.mark.parametrize("widget", WIDGETS, ids=name)
def test_every_widget_filters_a_frame(widget: Any) -> None:
    mine = SAMPLE.routes.assign(grade=range(len(SAMPLE.all_routes)))
    shown = widget(catalog=SAMPLE)
    if isinstance(shown, RouteWidget):
        shown.model = SMALL
        frame = shown.to_frame()
        if "cost_class" in frame:  # a planner's frame ends with what has no cost; the screen's rows do not
            frame = frame[frame["cost_class"].notna()]
        rows = frame[["model", "provider"]].to_numpy().tolist()
        assert shown.filter(mine)[["model", "provider"]].to_numpy().tolist() == rows
    else:
        shown.query = "gpt-oss"
        models = shown.to_frame()["model"].tolist()
        assert list(dict.fromkeys(shown.filter(mine)["model"])) == models
