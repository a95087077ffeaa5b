"""A widget that cannot be drawn, and Python code around a widget that fails: each is said in its place."""

from __future__ import annotations

from playwright.sync_api import expect

from hfprov_widgets.widgets.base import STATIC

from .conftest import OpenNotebook

GPT = "openai/gpt-oss-120b"
MAKE = f"""
import json
import anywidget, traitlets
import hfprov_widgets as hfp
sample = hfp.load_catalog("sample")
picker, table = hfp.ModelPicker(sample), hfp.ProviderTable({GPT!r}, catalog=sample)

def other(data, edit):
    size = int.from_bytes(data[:4], "little")
    header = json.loads(data[4 : 4 + size])
    edit(header)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 4)
    return len(text).to_bytes(4, "little") + text + data[4 + size :]
"""


def test_data_of_another_version_is_named_and_told_as_a_plain_table(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        MAKE,
        "table",
        "right = table._catalog; table._catalog = other(right, lambda header: header.update(schema=2))",
        "table._catalog = other(right, lambda header: header.update(schema=0))",
        "table._catalog = right",
    )
    notebook.run(0)
    output = notebook.run(1)
    price = output.locator("tr[data-key$=':novita'] td").all_inner_texts()
    notebook.run(2)
    expect(output.get_by_role("alert")).to_contain_text("a newer version of hfprov_widgets than this page (schema 2")
    rows = output.locator(".hfp-plain tbody tr")
    expect(rows).to_have_count(11)
    told = rows.filter(has_text="novita").locator("td").all_inner_texts()
    assert GPT in told
    assert "131k" in told
    assert not [cell for cell in price if "." in cell and cell in told], "nobody knows the unit of its prices"
    expect(output.locator(".hfp-foot")).to_have_text("sample, 2026-10-10 · 11 rows shown")
    notebook.run(3)
    expect(output.get_by_role("alert")).to_contain_text("an older version")
    notebook.run(4)
    expect(output.locator("tbody tr[data-key]")).to_have_count(11)
    expect(output.get_by_role("alert")).to_have_count(0)


def test_a_widget_that_starts_with_such_data_is_not_blank(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        MAKE,
        "picker._catalog = other(picker._catalog, lambda header: header.update(schema=2, source='<i>x</i>')); picker",
        "table._catalog = b'no catalogue at all'; table",
        "picker._catalog = picker._catalog[:2000]; picker",
    )
    notebook.run(0)
    output = notebook.run(1)
    expect(output.get_by_role("alert")).to_contain_text("This picker cannot be drawn.")
    expect(output.locator(".hfp-plain tbody tr")).to_have_count(20)
    expect(output.locator(".hfp-foot")).to_have_text("106 more rows · <i>x</i>, 2026-10-10 · 20 rows shown")
    for index in (2, 3):
        output = notebook.run(index)
        expect(output.get_by_role("alert")).to_contain_text("cut off")
        expect(output.locator(".hfp-plain")).to_have_count(0)


def test_a_state_without_some_traits_and_one_with_odd_traits(open_notebook: OpenNotebook) -> None:
    older = """
class Older(anywidget.AnyWidget):
    _esm, _css = hfp.ProviderTable._esm, hfp.ProviderTable._css
    _catalog = traitlets.Bytes(table._catalog).tag(sync=True)
    model = traitlets.Unicode(table.model).tag(sync=True)
    value = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    filters = traitlets.Dict().tag(sync=True)
    mix = traitlets.List([3, 1]).tag(sync=True)
    _refresh = traitlets.Int().tag(sync=True)
Older()
"""
    odd = """
class Odd(Older):
    _freshness = traitlets.Dict({"phase": "still", "message": "", "can_refresh": False}).tag(sync=True)
    _fault = traitlets.Unicode().tag(sync=True)
    columns = traitlets.Int(3).tag(sync=True)
    sort = traitlets.Dict({"by": "price"}).tag(sync=True)
Odd()
"""
    notebook = open_notebook(MAKE, older, odd)
    notebook.run(0)
    output = notebook.run(1)
    expect(output.get_by_role("alert")).to_contain_text("without columns, sort, _freshness, _fault. Run its cell again")
    expect(output.locator(".hfp-plain tbody tr")).to_have_count(11)
    output = notebook.run(2)
    expect(output.get_by_role("alert")).to_contain_text("This table cannot be drawn.")
    expect(output.locator(".hfp-plain tbody tr")).to_have_count(11)


def test_a_front_end_that_cannot_even_begin(open_notebook: OpenNotebook) -> None:
    page = open_notebook("1").page
    said = page.evaluate(
        """async (source) => {
          const module = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
          const el = document.createElement("div");
          module.default.render({ model: { get() { throw new Error("<b>no</b>") } }, el });
          return [el.textContent, el.querySelector("[role=alert]") !== null];
        }""",
        (STATIC / "table.js").read_text(),
    )
    words = "This table cannot be drawn: Error: <b>no</b>. Run its cell again; the Python values are not touched."
    assert said == [words, True]


def test_code_that_watches_a_widget_and_fails_is_shown_in_it(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        MAKE,
        """
def watch(change):
    if change.new and change.new.endswith(":novita"):
        raise ValueError("<b>novita</b> is not in my list")
table.observe(watch, "value")
table
""",
        "table.value = None; table.value = 'openai/gpt-oss-120b:novita'",
        "table.value",
    )
    notebook.run(0)
    output = notebook.run(1)
    alert = output.get_by_role("alert")
    expect(output.locator("tbody tr[data-key]")).to_have_count(11)
    expect(alert).to_have_count(0)
    output.locator("tr[data-key$=':novita']").click()
    expect(alert).to_have_text(
        "Python code that watches this widget failed: ValueError: <b>novita</b> is not in my list. The change stands."
    )
    notebook.expect_python("table.value", f"{GPT}:novita")
    output.locator("tr[data-key$=':groq']").click()
    notebook.expect_python("table.value", f"{GPT}:groq")
    expect(alert).to_have_count(0)
    notebook.run(2, may_fail=True)
    assert "not in my list" in str(notebook.outputs(2))
    expect(output.locator("tr[data-key$=':novita'] .hfp-pick")).to_have_attribute("aria-pressed", "true")
    expect(alert).to_have_count(0)


def test_a_choice_that_python_does_not_take_is_taken_back(open_notebook: OpenNotebook) -> None:
    """The page may be behind: it shows a route that Python's newer catalogue has not."""
    notebook = open_notebook(MAKE, "table", "table._shown = sample.select(provider='groq'); table._accepted.clear()")
    notebook.run(0)
    output = notebook.run(1)
    notebook.run(2)
    output.locator("tr[data-key$=':novita']").click()
    expect(output.get_by_role("alert")).to_contain_text("Python did not take this change: value: no route")
    expect(output.locator("tr[data-key$=':novita'] .hfp-pick")).to_have_attribute("aria-pressed", "false")
    output.locator("tr[data-key$=':groq']").click()
    notebook.expect_python("table.value", f"{GPT}:groq")
    expect(output.get_by_role("alert")).to_have_count(0)
