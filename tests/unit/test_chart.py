"""ProviderChart's Python side: axes, front, frame, the line that rebuilds it, and the chart as a table of words."""

from __future__ import annotations

from typing import Any

import pytest
from traitlets import TraitError, link

import hfprov_widgets as hfp
from tests.browser.catalogs import MODEL, small

DEEPSEEK = "deepseek-ai/DeepSeek-V4-Pro"
SAMPLE = hfp.load_catalog("sample")
DOCUMENTED = hfp.load_catalog("documented")


def chart(model: Any = DEEPSEEK, **options: Any) -> hfp.ProviderChart:
    """A chart over the documented example."""
    return hfp.ProviderChart(model, **{"catalog": DOCUMENTED, **options})


def test_the_front_is_that_of_the_catalogue() -> None:
    made = chart(mix=(1, 3), filters={"min_context_length": 100_000})
    asked = DOCUMENTED.pareto(DEEPSEEK, require={"min_context_length": 100_000}, mix=(1, 3))
    assert made.front == asked.front
    assert [route.provider for route in made.front] == ["novita", "together"]
    assert made.to_frame().equals(asked.to_frame())
    made.y = "context_length"
    assert [route.provider for route in made.front] == ["novita"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"x": "prise_output"}, "x: no axis 'prise_output'. Did you mean 'price_output'"),
        ({"y": "provider"}, "Allowed: price_input, price_output, price_blended"),
        ({"y": "price_blended"}, "'price_blended' is x already"),
        ({"x": "throughput"}, "'throughput' is y already"),
        ({"x": None}, "x: no axis None"),
        ({"model": "no/such"}, "no model 'no/such'"),
        ({"value": f"{DEEPSEEK}:novit"}, f"Near names: {DEEPSEEK}:novita"),
        ({"mix": (0, 0)}, "not both zero"),
        ({"filters": {"providr": "novita"}}, "did you mean 'provider'"),
    ],
)
def test_a_wrong_value_is_refused_and_the_message_helps(change: dict[str, Any], words: str) -> None:
    made = chart()
    before = made.get_state()
    with pytest.raises(TraitError, match=words.replace("(", r"\(")):
        made.set_trait(*next(iter(change.items())))
    assert made.get_state() == before
    options = dict(change)
    with pytest.raises(TraitError):
        chart(options.pop("model", DEEPSEEK), **options)


def test_both_axes_at_once() -> None:
    assert (chart(x="throughput", y="price_blended").x, chart(x="throughput", y="price_blended").y) == (
        "throughput",
        "price_blended",
    )
    made = chart()
    with made.hold_trait_notifications():
        made.x, made.y = "throughput", "price_blended"
    assert (made.x, made.y) == ("throughput", "price_blended")
    made.set_state({"x": "price_output", "y": "throughput"})
    assert (made.x, made.y) == ("price_output", "throughput")


def test_a_wrong_keyword_names_what_is_allowed() -> None:
    with pytest.raises(TypeError, match=r"no keyword 'filter'\. Did you mean 'filters'"):
        chart(filter={})
    with pytest.raises(TypeError, match="give the catalogue once"):
        hfp.ProviderChart(SAMPLE, catalog=SAMPLE)


def test_the_choice_is_linked_with_a_table() -> None:
    made = chart(None)
    table = hfp.ProviderTable(DOCUMENTED)
    link((made, "value"), (table, "value"))
    table.value = f"{DEEPSEEK}:together"
    assert made.route is not None
    assert made.route.provider == "together"
    made.value = None
    assert table.value is None


def test_a_model_that_only_newer_data_may_hold() -> None:
    made = hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED)
    made._freshness = {"phase": "refreshing", "message": "", "can_refresh": True}
    made.model = "org/later"
    assert made.front == ()
    assert made.to_frame().empty
    assert made._grid(None).empty[0].startswith("org/later is not in this data")
    made.model = ("org/later", DEEPSEEK)
    assert len(made.front) == 3


def test_code_names_what_differs_and_rebuilds() -> None:
    made = chart((DEEPSEEK,), x="price_output", y="context_length", value=f"{DEEPSEEK}:novita", mix=(1, 1))
    again = eval(made.code(), {"hfp": hfp})
    assert again.code() == made.code() == repr(made)
    for name in ("model", "value", "x", "y", "filters", "mix"):
        assert getattr(again, name) == getattr(made, name)
    assert chart().code() == f"hfp.ProviderChart({DEEPSEEK!r}, catalog=hfp.load_catalog('documented'))"


def test_the_grid_has_the_front_first_then_who_is_beaten_then_who_cannot_be_compared() -> None:
    rows = [
        ("best", 1.0, 90.0),
        ("also", 0.5, 40.0),
        ("worse", 2.0, 30.0),
        ("worst", 3.0, 20.0),
        ("silent", 0.1, None),
    ]
    routes = tuple(
        hfp.Route("org/m", name, status="live", price_input=price, price_output=price, throughput=speed)
        for name, price, speed in rows
    )
    catalog = hfp.Catalog.from_models([hfp.Model("org/m", routes=routes)], source="mine", retrieved_at="2026-11-23")
    made = hfp.ProviderChart("org/m", catalog=catalog, value="org/m:worse")
    grid = made._grid(None)
    assert [head.words for head in grid.columns] == [
        "Provider",
        "My mix ($ / 1M tokens, 3 : 1)",
        "Speed (tokens / s)",
        "Place",
    ]
    assert [(row[0], row[3]) for row in grid.rows] == [
        ("also", "on the front"),
        ("best", "on the front"),
        ("worse", "beaten by also, best"),
        ("worst", "beaten by also, best"),
        ("silent", "not comparable: no speed published"),
    ]
    assert grid.title == "Providers of org/m: 4 comparable, 1 not"
    assert grid.said(2, 0) == "worse (chosen)"
    assert grid.notes[0].startswith("On the front of price for a mix of 3 : 1 and speed stand 2 of 5 routes")
    assert "Chosen: org/m:worse." in grid.notes
    first = made._grid(2)
    assert (len(first.rows), first.more) == (2, 3)
    assert first.columns == grid.columns
    many = hfp.ProviderChart(catalog)._grid(None)
    assert many.rows[2] == ("org/m", "worse", "2.00", "30", "beaten by org/m:also, org/m:best")
    made.filters = {"provider": ["also"]}
    assert "Filters: provider also. 4 routes hidden by them." in made._grid(None).notes
    assert "Chosen: org/m:worse (hidden by filters)." in made._grid(None).notes
    made.filters = {"provider": ["nobody"]}
    assert made._grid(None).empty == ("No route meets the filters.",)


def test_many_that_beat_are_counted() -> None:
    routes = [
        hfp.Route("o/m", f"p{n}", status="live", price_input=n, price_output=n, throughput=10 * n) for n in range(1, 7)
    ]
    routes.append(hfp.Route("o/m", "worse", status="live", price_input=9, price_output=9, throughput=1))
    models = [hfp.Model("o/m", routes=tuple(routes))]
    catalog = hfp.Catalog.from_models(models, source="mine", retrieved_at=None)
    assert hfp.ProviderChart("o/m", catalog=catalog)._grid(None).rows[-1][-1] == "beaten by p1, p2, p3 and 3 more"


def test_beside_the_widget_stands_a_table_and_a_page_can_be_made() -> None:
    made = hfp.ProviderChart(MODEL, catalog=small())
    bundle = made._repr_mimebundle_()[0]
    assert {"text/html", "text/latex", "text/markdown", "text/plain"} <= bundle.keys()
    assert "on the front" in bundle["text/markdown"]
    assert "price in doubt" in bundle["text/plain"]
    assert "| Place |" in made.to_markdown()
    page = made.to_html()
    assert page is not None
    assert "on the front" in page
    assert len(page) < 200_000


def test_the_state_that_crosses_is_small_and_named() -> None:
    state = hfp.ProviderChart(SAMPLE).get_state()
    assert {"model", "value", "x", "y", "filters", "mix"} <= state.keys()
    assert (state["x"], state["y"]) == ("price_blended", "throughput")
