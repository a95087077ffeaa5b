"""A page that stays open all day: nothing is left behind, nothing flickers, and the user stays where the user is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, expect

import hfprov_widgets as hfp

from .catalogs import MODEL, small
from .conftest import OpenNotebook, opening
from .lab import PANEL, Lab, Notebook
from .plain import Plain, plain_page
from .server import serve_lab

SAMPLE = hfp.load_catalog("sample")
IMPORT = """
import anywidget, ipywidgets
import hfprov_widgets as hfp
sample = hfp.load_catalog("sample")
class Bare(anywidget.AnyWidget):
    _esm = "export default { render({ el }) { el.append('bare'); } }"
"""
PICKER, TABLE = "hfp.ModelPicker(sample)", "hfp.ProviderTable(sample)"
WARM_UP, RUNS = 5, 50

# --- nothing is left behind --------------------------------------------------------------------------------

REMEMBER = """() => {
  window.seen ??= [];
  const known = new Set(seen.map((ref) => ref.deref()));
  for (const root of document.querySelectorAll(".hfp")) if (!known.has(root)) seen.push(new WeakRef(root));
}"""
ALIVE = "() => window.seen.filter((ref) => ref.deref()).length"


def measure(session: CDPSession) -> dict[str, float]:
    """Nodes and listeners of the page after its garbage is collected."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return {one["name"]: one["value"] for one in metrics if one["name"] in ("Nodes", "JSEventListeners")}


def growth(notebook: Notebook, session: CDPSession, cell: int) -> dict[str, float]:
    """What `RUNS` runs of a cell add, after a few that do not count."""
    for _ in range(WARM_UP):
        notebook.run(cell)
    before = measure(session)
    for _ in range(RUNS):
        notebook.run(cell)
        notebook.page.evaluate(REMEMBER)
    after = measure(session)
    return {name: after[name] - before[name] for name in before}


def test_fifty_runs_of_a_cell_leave_nothing_behind(open_notebook: OpenNotebook) -> None:
    """JupyterLab keeps something of each run itself; beside a widget that draws one word, ours keep no more."""
    notebook = open_notebook(IMPORT + f"bare, picker, table = Bare(), {PICKER}, {TABLE}", "bare", "picker", "table")
    session = notebook.page.context.new_cdp_session(notebook.page)
    session.send("Performance.enable")
    notebook.run(0)
    bare = growth(notebook, session, 1)
    for cell in (2, 3):
        ours = growth(notebook, session, cell)
        print(f"{RUNS} runs of cell {cell}: {ours}; of one with a bare widget: {bare}")
        assert ours["Nodes"] <= bare["Nodes"] + 300
        assert ours["JSEventListeners"] <= bare["JSEventListeners"] + 500
    assert notebook.page.evaluate("window.seen.length") >= 2 * RUNS
    assert notebook.page.evaluate(ALIVE) <= 4, "roots of former runs are still held by something"
    session.detach()


def test_fifty_widgets_made_by_one_cell_leave_no_view_behind(open_notebook: OpenNotebook) -> None:
    """anywidget loads the module anew for each widget and keeps it; that is all that may stay."""
    notebook = open_notebook(IMPORT, "Bare()", PICKER)
    session = notebook.page.context.new_cdp_session(notebook.page)
    session.send("Performance.enable")
    notebook.run(0)
    bare, ours = growth(notebook, session, 1), growth(notebook, session, 2)
    print(f"{RUNS} new widgets: {ours}; bare ones: {bare}")
    assert notebook.page.evaluate("window.seen.length") >= RUNS
    assert notebook.page.evaluate(ALIVE) <= 2
    assert ours["JSEventListeners"] <= bare["JSEventListeners"] + 500
    assert ours["Nodes"] <= bare["Nodes"] + 250 * RUNS, "the templates of a module, which has some 180 elements"
    session.detach()


def test_views_that_come_and_go_leave_nothing_behind(chromium: Browser) -> None:
    """Without a host that leaks, to the listener: what a view adds to the page, it takes away."""
    with plain_page(chromium) as plain:
        session = plain.page.context.new_cdp_session(plain.page)
        session.send("Performance.enable")

        def live_and_die(times: int) -> None:
            for _ in range(times):
                picker = plain.show(hfp.ModelPicker(SAMPLE))
                table = plain.show(hfp.ProviderTable(MODEL, catalog=small()))
                picker.get_by_role("button", name="Sort").click()
                expect(picker.get_by_role("menu")).to_be_visible()
                table.get_by_role("button", name="My mix 3").click()
                expect(table.get_by_role("dialog")).to_be_visible()
                plain.page.evaluate(REMEMBER)
                plain.clear()

        live_and_die(3)
        before = measure(session)
        live_and_die(20)
        after = measure(session)
        assert plain.page.evaluate("window.seen.length") == 46
        assert plain.page.evaluate(ALIVE) <= 2
        assert after["JSEventListeners"] - before["JSEventListeners"] <= 10
        assert after["Nodes"] - before["Nodes"] <= 200


# --- many on one page --------------------------------------------------------------------------------------


def test_twenty_widgets_on_one_page_each_know_their_own(open_notebook: OpenNotebook) -> None:
    make = f"pickers = [{PICKER} for _ in range(10)]; tables = [{TABLE} for _ in range(10)]"
    notebook = open_notebook(IMPORT + make, "ipywidgets.VBox(pickers + tables)")
    notebook.run(0)
    output = notebook.run(1)
    expect(output.locator(".hfp-picker")).to_have_count(10)
    expect(output.locator(".hfp-table")).to_have_count(10)
    third = output.locator(".hfp-picker").nth(2)
    third.get_by_role("combobox").fill("gpt-oss-20b")
    third.get_by_role("option").first.click()
    seventh = output.locator(".hfp-table").nth(6)
    seventh.locator(".hfp-pick").nth(1).click()
    notebook.expect_python("[p.value for p in pickers]", [None, None, "openai/gpt-oss-20b", *[None] * 7])
    chosen = notebook.python("[t.value for t in tables]")
    assert [at for at, value in enumerate(chosen) if value] == [6]
    ids = output.locator("[role=listbox]").evaluate_all("all => all.map((e) => e.id)")
    assert len(set(ids)) == 10


# --- out of sight and back ---------------------------------------------------------------------------------

WINDOWED = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "full"}}
SCROLL = f"""async ({{ path, index }}) => {{{PANEL} await panel.content.scrollToItem(index); }}"""
COLLAPSE = f"""({{ path, index, hidden }}) => {{{PANEL} panel.content.widgets[index].outputHidden = hidden; }}"""


def call(notebook: Notebook, script: str, **arguments: Any) -> Any:
    """Run a script with the notebook's panel at hand."""
    return notebook.page.evaluate(script, {"path": notebook.path, **arguments})


def leave_marks(picker: Locator, table: Locator) -> None:
    """Scroll both, and type."""
    picker.get_by_role("combobox").fill("a")
    expect(picker.locator(".hfp-count")).to_contain_text("of 126")
    picker.locator(".hfp-list").evaluate("e => { e.scrollTop = 1207 }")
    table.locator(".hfp-scroll").evaluate("e => { e.scrollTop = 3011 }")
    expect(picker.get_by_role("option").first).not_to_have_attribute("aria-posinset", "1")
    expect(table.locator("tbody tr[data-key]").first).not_to_have_attribute("aria-rowindex", "2")


def expect_marks(picker: Locator, table: Locator) -> None:
    """Both are as they were left, and work."""
    picker.scroll_into_view_if_needed()
    expect(picker.get_by_role("combobox")).to_have_value("a")
    expect(picker.get_by_role("option").nth(8)).to_be_visible()
    assert picker.locator(".hfp-list").evaluate("e => e.scrollTop") == 1207
    table.scroll_into_view_if_needed()
    expect(table.locator("tbody tr[data-key]").nth(8)).to_be_visible()
    assert table.locator(".hfp-scroll").evaluate("e => e.scrollTop") == 3011
    expect(table.locator("tbody tr[data-key]").nth(9)).to_be_in_viewport()


@pytest.fixture
def open_windowed(tmp_path: Path, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[OpenNotebook]:
    """Opens notebooks in a JupyterLab that hides what is out of view."""
    with serve_lab(tmp_path / "lab", settings=WINDOWED) as server:
        lab = Lab(server, chromium)
        yield from opening(lab, request)
        lab.close()


def test_scrolled_out_of_jupyterlabs_window_and_back(open_windowed: OpenNotebook) -> None:
    """Cells far away are hidden where the windowing mode is "full"."""
    filler = ["#\n" * 40] * 30
    notebook = open_windowed(
        IMPORT, f"picker = {PICKER}; picker", f"table = {TABLE}; table", *filler, "picker.value = 'openai/gpt-oss-20b'"
    )
    notebook.run(0)
    picker, table = (notebook.run(index).locator(".hfp") for index in (1, 2))
    leave_marks(picker, table)
    notebook.activate(32)  # the active cell always stays
    expect(notebook.page.locator(".hfp:visible")).to_have_count(0)
    call(notebook, SCROLL, index=1)
    expect_marks(picker, table)
    table.get_by_role("button", name="Filter").click()
    expect(table.get_by_role("menu")).to_be_visible()
    notebook.page.keyboard.press("Escape")
    notebook.activate(32)
    expect(notebook.page.locator(".hfp:visible")).to_have_count(0)
    notebook.run(33)
    call(notebook, SCROLL, index=1)
    expect(picker.get_by_role("option", selected=True)).to_be_in_viewport()


def test_output_collapsed_and_tab_left_and_back(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(IMPORT, f"picker = {PICKER}; picker", f"table = {TABLE}; table")
    notebook.run(0)
    picker, table = (notebook.run(index).locator(".hfp") for index in (1, 2))
    leave_marks(picker, table)
    for index in (1, 2):
        call(notebook, COLLAPSE, index=index, hidden=True)
    expect(picker).to_be_hidden()
    for index in (1, 2):
        call(notebook, COLLAPSE, index=index, hidden=False)
    expect_marks(picker, table)
    open_notebook("1")
    expect(notebook.page.locator(".hfp:visible")).to_have_count(0)
    notebook.page.evaluate(f"({{ path }}) => {{{PANEL} app.shell.activateById(panel.id); }}", {"path": notebook.path})
    expect_marks(picker, table)


def test_taken_off_the_page_and_put_back(plain: Plain) -> None:
    """Other hosts do that with cells out of view; the browser then forgets every scroll position."""
    picker, table = plain.show(hfp.ModelPicker(SAMPLE)), plain.show(hfp.ProviderTable(SAMPLE))
    leave_marks(picker, table)
    plain.page.evaluate("() => { window.away = document.querySelector('main'); away.remove(); }")
    plain.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    plain.page.evaluate("() => document.body.append(away)")
    expect_marks(picker, table)


def test_what_is_chosen_while_it_is_hidden_is_in_view_when_it_is_shown(plain: Plain) -> None:
    picker = plain.show(hfp.ModelPicker(SAMPLE))
    picker.locator(".hfp-list").evaluate("e => { e.scrollTop = 1207 }")
    expect(picker.get_by_role("option").first).not_to_have_attribute("aria-posinset", "1")
    picker.evaluate("e => { e.parentElement.style.display = 'none' }")
    plain.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    plain.set("value", "openai/gpt-oss-20b")
    picker.evaluate("e => { e.parentElement.style.display = '' }")
    expect(picker.get_by_role("option", selected=True)).to_be_in_viewport()


@pytest.mark.parametrize("hide", ["width: 0; overflow: hidden", "display: none", "height: 0; overflow: hidden"])
@pytest.mark.parametrize("width", [320, 1000])
def test_drawn_where_there_is_no_room_it_is_right_when_there_is(plain: Plain, hide: str, width: int) -> None:
    plain.page.set_viewport_size({"width": width, "height": 900})
    plain.page.locator("main").evaluate("(e, style) => { e.style = style }", hide)
    last = "openai/gpt-oss-20b"
    roots = [plain.show(hfp.ModelPicker(SAMPLE, value=last)), plain.show(hfp.ProviderTable(SAMPLE))]
    plain.page.locator("main").evaluate("e => { e.style = '' }")
    for root in roots:
        expect(root).to_have_attribute("data-size", "narrow" if width == 320 else "wide")
        expect(root.locator("tbody tr[data-key], [role=option]").first).to_be_visible()
    assert plain.page.evaluate("document.documentElement.scrollWidth") <= width


# --- data that changes under the user ----------------------------------------------------------------------

WATCH = """(root) => {
  window.counts = new Set();
  window.emptied = false;
  const rows = () => root.querySelectorAll("tbody tr[data-key], [role=option]").length;
  const frame = () => {
    counts.add(rows());
    requestAnimationFrame(frame);
  };
  frame();
  new MutationObserver(() => { emptied ||= rows() === 0; }).observe(root, { childList: true, subtree: true });
}"""


def other() -> hfp.Catalog:
    """The small catalogue a day later: a price fallen, so that rows change places, and a route gone."""
    first, second = small().records
    cheaper = hfp.Route(MODEL, "quick", status="live", price_input=0.1, price_output=0.1)
    stay = [route for route in first.routes if route.provider not in ("quick", "silent")]
    models = [hfp.Model(MODEL, routes=(*stay, cheaper)), second]
    return hfp.Catalog.from_models(models, source="mine", retrieved_at="2026-11-24")


def test_newer_data_leaves_the_focus_and_no_empty_frame(plain: Plain) -> None:
    table = plain.show(hfp.ProviderTable(MODEL, catalog=small()))
    table.locator(".hfp-pick").first.focus()
    for _ in range(4):
        plain.page.keyboard.press("ArrowDown")
    expect(table.get_by_role("button", name="quick")).to_be_focused()
    table.evaluate(WATCH)
    for catalog, n_rows in ((other(), 6), (small(), 7), (other(), 6)):
        plain.set("_catalog", hfp.ProviderTable(catalog).get_state()["_catalog"])
        expect(table.locator("tbody tr[data-key]")).to_have_count(n_rows)
        expect(table.get_by_role("button", name="quick")).to_be_focused()
        plain.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert not plain.page.evaluate("emptied")
    assert plain.page.evaluate("[...counts].sort()") == [6, 7]


def test_newer_data_leaves_scroll_and_open_menu(plain: Plain) -> None:
    table = plain.show(hfp.ProviderTable(SAMPLE))
    table.locator(".hfp-scroll").evaluate("e => { e.scrollTop = 3011 }")
    expect(table.locator("tbody tr[data-key]").first).not_to_have_attribute("aria-rowindex", "2")
    table.evaluate(WATCH)
    table.get_by_role("button", name="Columns").click()
    plain.page.keyboard.press("ArrowDown")
    item = table.locator(".hfp-item:focus")
    expect(item).to_contain_text("Provider")
    newer = hfp.Catalog.from_models(SAMPLE.records[:-1], source="mine", retrieved_at="2026-11-24")
    plain.set("_catalog", hfp.ProviderTable(newer).get_state()["_catalog"])
    expect(table.locator(".hfp-source")).to_contain_text("2026-11-24")
    assert table.locator(".hfp-scroll").evaluate("e => e.scrollTop") == 3011
    expect(item).to_contain_text("Provider")
    assert not plain.page.evaluate("emptied")


# --- a kernel that is busy ----------------------------------------------------------------------------------


def test_a_cell_in_a_tight_loop_leaves_the_widgets_usable(open_notebook: OpenNotebook) -> None:
    loop = "import time\nend = time.monotonic() + 4\nwhile time.monotonic() < end: pass"
    notebook = open_notebook(IMPORT, f"picker = {PICKER}; picker", "picker", loop)
    notebook.run(0)
    first, second = notebook.run(1), notebook.run(2)
    notebook.start(3)
    first.get_by_role("combobox").fill("gpt-oss-20b")
    expect(second.get_by_role("combobox")).to_have_value("gpt-oss-20b")
    second.get_by_role("option").first.click()
    expect(first.get_by_role("option", selected=True)).to_have_attribute("data-key", "openai/gpt-oss-20b")
    notebook.wait_idle()
    notebook.expect_python("picker.value", "openai/gpt-oss-20b")
