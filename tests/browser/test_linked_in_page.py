"""Widgets linked in the page itself, made by a magic, and a catalogue shown by itself, in a real JupyterLab."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import OpenNotebook

SMALL = "openai/gpt-oss-20b"


def test_a_link_in_the_page_carries_choices_without_python(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        """
import hfprov_widgets as hfp
from ipywidgets import VBox, jslink
sample = hfp.load_catalog("sample")
picker = hfp.ModelPicker(sample, query="gpt-oss-20b")
table, other = hfp.ProviderTable(catalog=sample), hfp.ProviderTable(catalog=sample)
jslink((picker, "value"), (table, "model"))
jslink((picker, "value"), (other, "model"))
jslink((table, "value"), (other, "value"))
VBox([picker, table, other])
""",
        height=1600,
    )
    output = notebook.run(0)
    output.get_by_role("option").first.click()
    expect(output.locator(".hfp-title", has_text="gpt-oss-20b")).to_have_count(2)
    output.get_by_role("button", name="groq").first.click()
    expect(output.locator(".hfp-pick[aria-pressed=true]")).to_have_text(["groq", "groq"])
    notebook.expect_python("(table.value, other.model, other.value)", (f"{SMALL}:groq", SMALL, f"{SMALL}:groq"))


def test_the_magic_shows_a_widget_and_refuses_in_one_line(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        "%load_ext hfprov_widgets",
        f"%hfprov compare {SMALL}",
        f"table = %hfprov compare {SMALL} --catalog sample",
        "%hfprov comapre x",
    )
    notebook.run(0)
    expect(notebook.run(1).locator(".hfp-title")).to_contain_text("gpt-oss-20b")
    notebook.run(2)
    assert notebook.outputs(2) == []
    notebook.expect_python("table.model", SMALL)
    notebook.run(3, may_fail=True)
    assert "UsageError: %hfprov has no command 'comapre'. Did you mean 'compare'?" in notebook.text(3)
    assert "Traceback" not in notebook.text(3)


def test_a_catalogue_by_itself_is_a_table(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook("import hfprov_widgets as hfp\nhfp.load_catalog('sample')")
    notebook.run(0)
    output = notebook.page.locator(".jp-OutputArea-output table")
    expect(output.locator("caption")).to_have_text("Catalogue: 126 models, 287 routes")
    expect(output.locator("tbody tr")).to_have_count(20)
