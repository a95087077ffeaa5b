"""The small parts of the plain tables: labels, counts, empty cells, invisible characters, the size of HTML."""

from __future__ import annotations

import pytest

import hfprov_widgets as hfp
from hfprov_widgets.static_view.grid import Grid, Head
from hfprov_widgets.static_view.html import as_html
from hfprov_widgets.static_view.latex import escape
from hfprov_widgets.static_view.models import models_grid, why_no_model
from hfprov_widgets.static_view.words import price_labels, visible

NOBODY = hfp.Catalog.from_models([], source="mine", retrieved_at=None)


@pytest.mark.parametrize(
    ("prices", "labels"),
    [
        ({"price_input": 1, "price_output": 2e-7}, ["suspect price"]),
        ({"price_input": 5000, "price_output": 1}, ["suspect price"]),
        ({"price_input": 0, "price_output": 1}, []),
        ({"price_input": 0, "price_output": 5000, "is_free": True}, ["promo", "suspect price"]),
    ],
)
def test_a_price_is_doubtful_by_either_side(prices: dict[str, float], labels: list[str]) -> None:
    assert price_labels(hfp.Route("o/m", "p", **prices)) == labels  # type: ignore[arg-type]


def test_providers_that_fail_do_not_serve() -> None:
    routes = [hfp.Route("o/m", name, status=status) for name, status in [("a", "live"), ("b", "error"), ("c", "live")]]
    rows = [(hfp.Model("o/m", routes=tuple(some)), None) for some in (routes, routes[1:2], [])]
    assert [row[4] for row in models_grid(NOBODY, rows).rows] == ["2", "none live", "not served"]


def test_without_a_query_it_is_the_filters_that_no_model_meets() -> None:
    models = [hfp.Model("o/m", routes=(hfp.Route("o/m", "p", status="live"),))]
    catalog = hfp.Catalog.from_models(models, source="mine", retrieved_at=None)
    assert why_no_model(catalog, " ", True, 1) == ["No model meets the filters.", "1 model without the filters."]
    assert why_no_model(catalog, "m", True, 1)[0] == "No model matches “m” and the filters."


def test_what_leaves_no_trace_is_shown_and_an_empty_cell_is_the_dash() -> None:
    assert visible("a\u3164\u115f\u1160\uffa0\u2800z") == "a\\u3164\\u115f\\u1160\\uffa0\\u2800z"
    routes = [hfp.Route("o/m", name, source=name) for name in ("", " ", "\u3164")]
    models = [hfp.Model("o/m", routes=tuple(routes))]
    catalog = hfp.Catalog.from_models(models, source="mine", retrieved_at=None)
    rows = hfp.ProviderTable("o/m", catalog=catalog, columns=("provider", "source"))._grid(None).rows
    assert {row for row in rows if "—" in row} == {("—", "—")}
    assert len(rows) == 3


def test_when_speed_was_read_is_said_of_all_rows_also_of_hidden_ones() -> None:
    days = [f"2026-04-{day:02}" for day in range(1, 31)]
    routes = [
        hfp.Route(
            "o/m", f"p{at:02}", status="live", price_input=at + 1, price_output=1, supports_tools=at < 25,
            throughput=4, retrieved_at="2026-11-23", metrics_retrieved_at=day,
        )
        for at, day in enumerate(days)
    ]  # fmt: skip
    models = [hfp.Model("o/m", routes=tuple(routes))]
    catalog = hfp.Catalog.from_models(models, source="mine", retrieved_at="2026-11-23")
    for filters in ({}, {"supports_tools": True}):
        grid = hfp.ProviderTable("o/m", catalog=catalog, filters=filters)._grid(20)
        assert "Speed figures read 2026-04-01 … 2026-04-30, before the rest." in grid.feet


@pytest.mark.parametrize("n_rows", [3, 12])
def test_html_fills_its_room_and_never_exceeds_it(n_rows: int) -> None:
    grid = Grid("t", (Head("A"),), tuple((f"name {n}",) for n in range(100, 100 + n_rows)), "mine", None, more=100)
    row = len(as_html(grid).encode()) - len(as_html(grid.first(n_rows - 1)).encode())
    whole = len(as_html(grid).encode())
    for most in range(whole - row * (n_rows - 2), whole + 2):
        page = as_html(grid, most).encode()
        assert len(page) <= most
        if page.count(b"<tr>") < 1 + n_rows:
            assert len(page) + row > most
    assert as_html(grid, whole + 2) == as_html(grid)


def test_a_quote_on_paper_needs_no_encoding_of_its_own() -> None:
    assert escape('a "b"', 20) == r"a {\ttfamily\char34}b{\ttfamily\char34}"
