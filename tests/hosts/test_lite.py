"""JupyterLite as a host: Python itself runs in the browser, without pandas, threads and sockets."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.browser.lab import Lab, Notebook, Theme, is_outside
from tests.browser.server import Server, free_port, serve
from tests.hosts.axe import expect_readable
from tests.hosts.lesson import CELLS, MODEL, SAYS
from tests.hosts.lite_site import build
from tests.hosts.steps import LLAMA, Root, choose_route, live_steps, providers, themes

HOST = "JupyterLite, Pyodide kernel"

INSTALL = "%pip install hfprov_widgets"
VALUE = "print(picker.value, table.value)"
WITHOUT_A_NETWORK = f"""
import ipywidgets
alone = hfp.ModelPicker(), hfp.ProviderTable({MODEL!r})
ipywidgets.VBox(alone)
"""
LIVE_DATA = "hfp.load_catalog('live')"
AUTO_DATA = "print(hfp.load_catalog('auto'))"
FRAME = "picker.to_frame()"
TWINS = """
import json
bundles = [widget._repr_mimebundle_()[0] for widget in (picker, table)]
print(json.dumps([bundles, picker.to_markdown(), table.to_html()]))
"""
WHERE = "import sys; print(sys.platform, *sys.version_info[:2], 'pandas' in sys.modules)"

NOTEBOOK = (INSTALL, *CELLS, VALUE, WITHOUT_A_NETWORK, LIVE_DATA, AUTO_DATA, FRAME, TWINS, WHERE)
PICKER, TABLE, PYTHON = 1, 2, 3


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that the browser asked, the Python in it too."""
    return []


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory, chromium: Browser, asked: list[str]) -> Iterator[Notebook]:
    home = tmp_path_factory.mktemp("lite")
    site = build(home, NOTEBOOK)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    files = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(site)]
    with serve(files, home, f"{base}/index.html"):
        lab = Lab(Server(base, site / "files", home), chromium)

        def note(request: Request) -> None:
            asked.append(request.url)

        lab.context.on("request", note)
        notebook = lab.open_file("lesson.ipynb", height=1400)
        notebook.run(0, timeout=120)
        for cell in (PICKER, TABLE, PYTHON):
            notebook.run(cell)
        yield notebook
        lab.close()


@pytest.mark.parametrize("step", live_steps(HOST))
def test_the_lesson(lesson: Notebook, step: Callable[[Root, Root, Root], None]) -> None:
    step(lesson.output(PICKER), lesson.output(TABLE), lesson.output(PYTHON))


@pytest.mark.parametrize("theme", themes(HOST))
def test_contrast(lesson: Notebook, theme: Theme, pictures: Path) -> None:
    lesson.set_theme(theme)
    lesson.page.screenshot(path=pictures / f"jupyterlite-{theme}.png")
    for cell in (PICKER, TABLE):
        expect_readable(lesson.output(cell), theme)


@pytest.mark.host(HOST, "click → Python")
def test_a_choice_is_a_value_in_the_next_cell_and_can_be_taken_back(lesson: Notebook) -> None:
    # Null and None are two things where JavaScript and Python meet in one process.
    route = f"{LLAMA}:{providers(LLAMA)[0]}"
    lesson.output(PICKER).get_by_role("combobox").fill("llama 70 instr")
    lesson.output(PICKER).get_by_role("option").first.click()
    expect(lesson.output(TABLE).locator(".hfp-title")).to_contain_text(LLAMA)
    choose_route(lesson.output(TABLE).locator(".hfp-table"), route)
    expect(lesson.output(PYTHON).get_by_text(SAYS.format(model=LLAMA, route=route))).to_be_visible()
    assert read(lesson, VALUE) == f"{LLAMA} {route}"

    for cell in (TABLE, PICKER):
        lesson.output(cell).get_by_role("button", name="Clear the choice").click()
    expect(lesson.output(PYTHON).get_by_text(SAYS.format(model=None, route=None))).to_be_visible()
    assert read(lesson, VALUE) == "None None"


@pytest.mark.host(HOST, "drawn")
def test_with_no_catalogue_the_sample_is_shown_and_said_to_be_offline(lesson: Notebook) -> None:
    shown = lesson.run(NOTEBOOK.index(WITHOUT_A_NETWORK))
    expect(shown.locator(".hfp-picker .hfp-count")).to_have_text("126 models")
    expect(shown.locator(".hfp-table .hfp-pick")).to_have_text(providers(MODEL))
    for source in shown.locator(".hfp-source").all():
        expect(source).to_contain_text("sample catalogue of 2026-10-10")
        expect(source).to_contain_text("offline")
    expect(shown.get_by_role("button", name="Refresh")).to_have_count(0)


def test_what_needs_a_network_or_pandas_says_so_and_what_to_do(lesson: Notebook) -> None:
    assert "no sockets" in failure(lesson, LIVE_DATA)
    assert "load_catalog('sample')" in failure(lesson, LIVE_DATA)
    assert "source='sample'" in read(lesson, AUTO_DATA)
    assert "A DataFrame needs pandas" in failure(lesson, FRAME)


def test_what_is_shown_without_a_widget_needs_no_pandas(lesson: Notebook) -> None:
    bundles, markdown, page = json.loads(read(lesson, TWINS))
    for bundle in bundles:
        kinds = {"application/vnd.jupyter.widget-view+json", "text/html", "text/markdown", "text/latex", "text/plain"}
        assert kinds <= set(bundle)
        assert "<table" in bundle["text/html"]
    assert LLAMA in markdown
    assert page.startswith("<!doctype html>")


@pytest.mark.host(HOST, "asks nothing outside")
def test_nothing_outside_was_asked(lesson: Notebook, asked: list[str]) -> None:
    assert any("/hfprov_widgets-" in url for url in asked), "what Python in the browser asks is not seen"
    assert not [url for url in asked if is_outside(url)]
    assert not [error for error in lesson.errors if error.startswith("uncaught:")]


def test_it_is_python_in_a_browser_and_pandas_was_never_asked_for(lesson: Notebook) -> None:
    assert read(lesson, WHERE) == "emscripten 3 14 False"


def read(notebook: Notebook, cell: str) -> str:
    """What this cell prints."""
    index = NOTEBOOK.index(cell)
    notebook.run(index)
    return notebook.text(index)


def failure(notebook: Notebook, cell: str) -> str:
    """What the exception of this cell says."""
    index = NOTEBOOK.index(cell)
    notebook.run(index, may_fail=True)
    (error,) = [output for output in notebook.outputs(index) if output["output_type"] == "error"]
    return f"{error['ename']}: {error['evalue']}"
