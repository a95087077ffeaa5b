"""What a notebook shows of a catalogue by itself."""

from __future__ import annotations

import html
import re
import subprocess
import sys

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

import hfprov_widgets as hfp
from hfprov_widgets import Catalog, Model, Route
from hfprov_widgets.static_view.catalog import catalog_grid
from hfprov_widgets.static_view.html import MOST

SAMPLE = hfp.load_catalog("sample")
SHORT = SAMPLE.digest[len("sha256:") :][:8]


def test_a_notebook_gets_a_table_and_a_terminal_the_line() -> None:
    data, _ = DisplayFormatter().format(SAMPLE)
    assert set(data) == {"text/plain", "text/html", "text/markdown", "text/latex"}
    assert data["text/plain"] == repr(SAMPLE)
    assert data["text/html"].count("<tr>") == 21
    assert len(data["text/html"].encode()) <= MOST
    for kind in ("text/html", "text/markdown", "text/latex"):
        for words in ("126 models, 287 routes", "267 more rows are not shown here", SHORT, "catalogue of 2026-10-10"):
            assert words in data[kind]


def test_the_rows_are_those_of_the_table_widget_in_its_order() -> None:
    grid = catalog_grid(SAMPLE)
    shown = hfp.ProviderTable(SAMPLE).to_frame().head(20)
    assert [row[0] for row in grid.rows] == shown["model"].tolist()
    assert "listed at zero" in grid.rows[0][1]


@pytest.mark.parametrize(
    ("source", "heads"),
    [
        ("sample", ["Model", "Provider", "Status", "Input", "Output", "My mix", "First token", "Speed",
                    "Context", "Tools"]),
        ("tasks", ["Model", "Provider", "Status", "Task"]),
    ],
)  # fmt: skip
def test_only_columns_of_which_anything_is_known(source: str, heads: list[str]) -> None:
    assert [head.label for head in catalog_grid(hfp.load_catalog(source)).columns] == heads


def test_rows_of_past_days_are_not_said_to_be_live() -> None:
    grid = catalog_grid(hfp.load_catalog("tasks"))
    assert all(row[2].startswith("seen 20") for row in grid.rows)
    assert "as last seen, up to 2026-08-21" in grid.feet[-1]


def test_warnings_are_counted_and_said_where_they_are() -> None:
    mine = Catalog.from_frame(pd.DataFrame({"model": ["o/m"], "provider": ["p"], "price_output": [0.4]}))
    assert "1 warning: see catalog.warnings." in catalog_grid(mine).notes
    assert "your data, at an unknown time" in catalog_grid(mine).feet[-1]
    assert not [note for note in catalog_grid(SAMPLE).notes if "warning" in note]


def test_models_of_which_no_route_is_known_are_not_said_to_be_unserved() -> None:
    grid = catalog_grid(Catalog.from_frame(SAMPLE.models))
    assert (len(grid.rows), grid.more) == (20, 106)
    assert [head.label for head in grid.columns] == ["Model", "Takes", "Gives"]
    assert "not served" not in SAMPLE._repr_mimebundle_()["text/html"]
    assert not [cell for row in grid.rows for cell in row if "served" in cell]


def test_an_empty_catalogue_says_so() -> None:
    empty = Catalog((), source="mine", retrieved_at=None)
    for kind in ("text/html", "text/markdown"):
        assert "This catalogue holds no model." in empty._repr_mimebundle_()[kind]
    assert "Catalogue: 0 models, 0 routes" in empty._repr_mimebundle_()["text/html"]


def test_names_from_the_network_stay_text() -> None:
    evil = "<img src=x onerror=alert(1)>"
    catalog = Catalog.from_models(
        [Model(f"o/{evil}", routes=(Route(f"o/{evil}", evil, status="live"),))], source=evil, retrieved_at=None
    )
    bundle = catalog._repr_mimebundle_()
    assert "<img" not in bundle["text/html"]
    assert "<img" not in bundle["text/markdown"]


def test_the_data_alone_loads_no_writer() -> None:
    script = """
import sys
from hfprov_widgets import load_catalog
catalog = load_catalog("sample")
assert not [name for name in sys.modules if name.startswith("hfprov_widgets.static_view")]
catalog._repr_mimebundle_()
assert "hfprov_widgets.static_view.catalog" in sys.modules
assert not {"pandas", "anywidget", "requests"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_result_is_shown_as_its_sentences() -> None:
    for result in (SAMPLE.choose("openai/gpt-oss-20b"), SAMPLE.plan("openai/gpt-oss-20b"), SAMPLE.pareto()):
        data, _ = DisplayFormatter().format(result)
        assert set(data) == {"text/plain", "text/html", "text/markdown"}
        assert data["text/plain"] == repr(result)
        assert html.unescape(re.sub("<[^>]*>", "", data["text/html"])) == result.explain()
        assert html.unescape(re.sub("<[^>]*>", "", data["text/markdown"])).strip() == result.explain()


def test_a_providers_name_in_the_sentences_stays_text() -> None:
    route = Route("o/m", "# <b>x", status="live", price_input=1, price_output=1)
    bundle = Catalog.from_models([Model("o/m", routes=(route,))], source="mine", retrieved_at=None).choose()
    data = bundle._repr_mimebundle_()
    assert data["text/html"].startswith("<p># &lt;b&gt;x serves o/m")
    assert data["text/markdown"].startswith("\\# &lt;b>x serves o/m")
