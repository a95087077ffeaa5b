"""Explorer: one widget with the traits of the picker and of four views, and code that brings all of it back."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from traitlets import TraitError

import hfprov_widgets as hfp

SAMPLE = hfp.load_catalog("sample")
MODEL = "openai/gpt-oss-120b"
GROQ = f"{MODEL}:groq"

# A value other than the default for each trait that a person or the page can set.
OTHER: dict[str, Any] = {
    "value": GROQ,
    "view": "chart",
    "query": "gpt",
    "filters": {"supports_tools": True},
    "model_sort": (("likes", "desc"),),
    "columns": ("provider", "price_output"),
    "sort": (("price_output", "desc"),),
    "mix": (1.0, 2.0),
    "x": "price_output",
    "y": "context_length",
    "tokens": (100, 50),
    "calls": 3,
    "students": 7,
    "margin": 0.5,
    "credit": 2.0,
    "credit_for": "class",
    "client": "curl",
    "variant": "tools",
    "policy": "cheapest",
    "stream": True,
}


def test_every_trait_that_the_page_may_set_is_tested_here() -> None:
    explorer = hfp.Explorer(catalog=SAMPLE)
    of_hosts = {"layout", "tabbable", "tooltip"}
    public = {name for name in explorer.keys if not name.startswith("_")} - of_hosts
    assert public == {*OTHER, "model"}


@pytest.mark.parametrize("name", OTHER)
def test_each_trait_is_a_keyword_and_comes_back_by_the_code(name: str) -> None:
    explorer = hfp.Explorer(MODEL, catalog=SAMPLE, **{name: OTHER[name]})
    assert getattr(explorer, name) == OTHER[name]
    again = eval(explorer.code(), {"hfp": hfp})
    assert _state(again) == _state(explorer)
    assert f"{name}=" in explorer.code()


def test_all_of_it_at_once_comes_back_by_the_code() -> None:
    explorer = hfp.Explorer(MODEL, catalog=SAMPLE)
    assert explorer.code() == f"hfp.Explorer({MODEL!r}, catalog=hfp.load_catalog('sample'))"
    with explorer.hold_trait_notifications():
        for name, value in OTHER.items():
            setattr(explorer, name, value)
    assert _state(eval(explorer.code(), {"hfp": hfp})) == _state(explorer)


def test_a_catalogue_without_prices_keeps_its_own_columns_by_default() -> None:
    tasks = hfp.load_catalog("tasks")
    explorer = hfp.Explorer(tasks)
    assert explorer.columns == hfp.ProviderTable(tasks).columns
    assert explorer.code() == "hfp.Explorer(catalog=hfp.load_catalog('tasks'))"


@pytest.mark.parametrize(
    ("view", "alone"),
    [
        ("compare", lambda: hfp.ProviderTable(MODEL, catalog=SAMPLE, columns=hfp.Explorer(SAMPLE).columns)),
        ("chart", lambda: hfp.ProviderChart(MODEL, catalog=SAMPLE)),
        ("plan", lambda: hfp.BudgetPlanner(MODEL, catalog=SAMPLE)),
        ("code", lambda: hfp.RouteSnippet(MODEL, catalog=SAMPLE)),
    ],
)
def test_an_open_view_says_what_the_widget_of_that_view_says(view: str, alone: Any) -> None:
    explorer, widget = hfp.Explorer(MODEL, catalog=SAMPLE, view=view), alone()
    assert explorer.to_frame().equals(widget.to_frame())
    assert explorer.to_markdown() == widget.to_markdown()
    routes = SAMPLE.routes
    assert explorer.filter(routes).equals(widget.filter(routes))
    bundle, _ = explorer._repr_mimebundle_()
    own, _ = widget._repr_mimebundle_()
    assert bundle["text/html"] == own["text/html"]


def test_what_the_views_have_of_their_own_is_there_whatever_is_open() -> None:
    for view in ("compare", "chart", "plan", "code"):
        explorer = hfp.Explorer(MODEL, catalog=SAMPLE, view=view, value=GROQ, credit=0.1)
        assert explorer.route == SAMPLE.route(GROQ)
        assert explorer.front == SAMPLE.pareto(MODEL).front
        assert explorer.plan == SAMPLE.plan(MODEL, credit=0.1)
        assert explorer.text == hfp.snippet(GROQ)


def test_a_tokenizer_counts_and_has_no_line_of_its_own() -> None:
    explorer = hfp.Explorer(SAMPLE, tokenizer=str.split)
    assert explorer.count("Which provider is it?").tokens == 4
    assert explorer.tokens == (4, 300)
    assert explorer.code().endswith("tokens=(4, 300), tokenizer=tokenizer)")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("view", "compute", "view"),
        ("x", "throughput", "is y already"),
        ("tokens", (0, 0), "not both zero"),
        ("mix", (0, 0), "mix"),
        ("students", 0, "students"),
        ("client", "fax", "client"),
        ("value", "openai/gpt-oss-20b:groq", "not a route of"),
        ("model", "openai/gpt-oss-12b", "Near names"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(name: str, value: Any, says: str) -> None:
    explorer = hfp.Explorer(MODEL, catalog=SAMPLE)
    before = _state(explorer)
    with pytest.raises(TraitError, match=says):
        setattr(explorer, name, value)
    assert _state(explorer) == before


def test_an_unknown_keyword_is_named_with_its_neighbour() -> None:
    with pytest.raises(TypeError, match="Did you mean 'students'"):
        hfp.Explorer(SAMPLE, student=3)


def test_another_model_forgets_a_foreign_choice_in_every_view() -> None:
    for one, other in itertools.permutations(("compare", "chart", "plan", "code"), 2):
        explorer = hfp.Explorer(MODEL, catalog=SAMPLE, view=one, value=GROQ)
        explorer.view = other
        assert explorer.value == GROQ
        explorer.model = "openai/gpt-oss-20b"
        assert explorer.value is None


def test_its_page_is_one_small_file() -> None:
    page = hfp.Explorer(MODEL, catalog=SAMPLE).to_html()
    assert page is not None
    assert len(page.encode()) < 250_000


def _state(explorer: hfp.Explorer) -> dict[str, Any]:
    return {name: getattr(explorer, name) for name in ("model", *OTHER)}


def test_the_order_is_one_that_is_on_screen_unless_another_is_given() -> None:
    explorer = hfp.Explorer(SAMPLE, columns=("provider", "context_length"))
    assert explorer.sort == hfp.ProviderTable(SAMPLE, columns=("provider", "context_length")).sort
    assert explorer.sort != hfp.Explorer(SAMPLE).sort
    assert "sort=" not in explorer.code()
