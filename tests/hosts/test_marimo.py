"""marimo's run mode as a host: the widgets inside its shadow roots, and cells that run again when a value changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import free_port, serve
from tests.hosts.axe import expect_readable
from tests.hosts.lesson import BUTTON, MODEL, PYTHONS_ROUTE, SAYS
from tests.hosts.live import Window, open_window
from tests.hosts.steps import LLAMA, Root, expect_answered, expect_drawn, live_steps, providers

HOST = "marimo, run mode"

# The lesson in marimo's own form. A cell that reads `picker` or `table` runs again whenever the page has changed it,
# and makes anew what it makes; so the widgets are made in a cell that reads neither. The last cell says how often it
# has run, and for which order of the table.
APP = f"""
import marimo

app = marimo.App(width="medium")

@app.cell
def _():
    import marimo as mo
    from traitlets import link
    import hfprov_widgets as hfp
    sample = hfp.load_catalog("sample")
    models = hfp.ModelPicker(sample, value={MODEL!r})
    providers = hfp.ProviderTable({MODEL!r}, catalog=sample)
    link((models, "value"), (providers, "model"))
    runs = []
    return mo, models, providers, runs

@app.cell
def _(mo, models):
    picker = mo.ui.anywidget(models)
    picker
    return (picker,)

@app.cell
def _(mo, providers):
    table = mo.ui.anywidget(providers)
    table
    return (table,)

@app.cell
def _(mo):
    button = mo.ui.run_button(label={BUTTON!r})
    button
    return (button,)

@app.cell
def _(button, mo, picker, runs, table):
    if button.value:
        picker.widget.value = {MODEL!r}
        table.widget.value = {PYTHONS_ROUTE!r}
    runs.append(table.value["sort"][0][0])
    said = {SAYS!r}.format(model=picker.value["value"], route=table.value["value"])
    mo.md(f"{{said}} Runs: {{', '.join(runs)}}.")
    return

if __name__ == "__main__":
    app.run()
"""


@contextmanager
def marimo(home: Path, theme: str) -> Iterator[str]:
    """Run the app in this theme; its address."""
    (home / "lesson.py").write_text(APP, encoding="utf-8")
    (home / "pyproject.toml").write_text(f'[tool.marimo.display]\ntheme = "{theme}"\n', encoding="utf-8")
    port = free_port()
    command = [
        *(sys.executable, "-m", "marimo", "run", str(home / "lesson.py"), "--headless", "--no-token"),
        *("--host=127.0.0.1", f"--port={port}"),
    ]
    with serve(command, home, f"http://127.0.0.1:{port}/health"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with marimo(tmp_path_factory.mktemp("marimo"), "light") as base:
        yield base


@pytest.fixture(scope="module")
def lesson(chromium: Browser, address: str) -> Iterator[Window]:
    with open_window(chromium, height=1400) as window:
        window.page.goto(address)
        yield window


@pytest.mark.parametrize("step", live_steps(HOST))
def test_the_lesson(lesson: Window, step: Callable[[Root, Root, Root], None]) -> None:
    step(lesson.page, lesson.page, lesson.page)


@pytest.mark.host(HOST, "contrast, light")
def test_contrast_in_light(lesson: Window, pictures: Path) -> None:
    lesson.page.screenshot(path=pictures / "marimo-light.png")
    expect_readable(lesson.page, "light")


@pytest.mark.host(HOST, "contrast, dark")
def test_contrast_in_dark(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> None:
    # The app is dark; the reader's system is not.
    with marimo(tmp_path_factory.mktemp("marimo-dark"), "dark") as base, open_window(chromium, height=1400) as window:
        window.page.goto(base)
        expect_drawn(window.page, window.page)
        window.page.locator(".hfp-table").get_by_role("button", name="Filter").click()
        window.page.screenshot(path=pictures / "marimo-dark.png")
        expect_readable(window.page, "dark")


@pytest.mark.host(HOST, "asks nothing outside")
def test_nothing_outside_was_asked(lesson: Window) -> None:
    assert not lesson.outside


def test_in_a_shadow_root_a_model_is_chosen_by_keys_alone(chromium: Browser, address: str) -> None:
    with open_window(chromium, height=1400) as window:
        page = window.page
        page.goto(address)
        expect_drawn(page, page)
        assert not page.evaluate("document.querySelector('.hfp')"), "marimo has no shadow root around widgets any more"
        picker = page.locator(".hfp-picker")
        picker.get_by_role("combobox").focus()
        page.keyboard.type("llama 70 instr")
        expect(picker.locator(".hfp-count")).to_have_text("1 of 126 models")
        page.keyboard.press("Enter")
        expect(page.get_by_text(SAYS.format(model=LLAMA, route=None))).to_be_visible()
        # A control that removes itself hands the focus on, here too.
        page.keyboard.press("Tab")
        expect(picker.get_by_role("button", name="Clear the search")).to_be_focused()
        page.keyboard.press("Enter")
        expect(picker.get_by_role("combobox")).to_be_focused()
        table = page.locator(".hfp-table")
        table.locator(".hfp-pick").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        route = f"{LLAMA}:{providers(LLAMA)[1]}"
        expect(page.get_by_text(SAYS.format(model=LLAMA, route=route))).to_be_visible()


def test_a_menu_opens_under_its_button(chromium: Browser, address: str) -> None:
    with open_window(chromium, height=1400) as window:
        window.page.goto(address)
        expect_drawn(window.page, window.page)
        button = window.page.locator(".hfp-table").get_by_role("button", name="Filter")
        button.click()
        menu = window.page.locator(".hfp-panel")
        expect(menu).to_be_visible()
        above, below = button.bounding_box(), menu.bounding_box()
        assert above
        assert below
        assert below["x"] == pytest.approx(above["x"], abs=2)
        assert below["y"] == pytest.approx(above["y"] + above["height"] + 3, abs=2)
        assert menu.evaluate("(menu) => getComputedStyle(menu).borderRadius") == "8px", "the menu has lost its looks"
        expect(menu.get_by_role("menuitemcheckbox").first).to_be_focused()
        window.page.keyboard.press("Escape")
        expect(button).to_be_focused()


def test_showing_a_widget_runs_no_cell_again(chromium: Browser, address: str) -> None:
    with open_window(chromium, height=1400) as window:
        page = window.page
        page.goto(address)
        expect_drawn(page, page)
        # An extra run would repeat a word.
        runs = "Runs: price_blended"
        for column, name in (("Context", "context_length"), ("Output", "price_output"), ("Input", "price_input")):
            expect(page.get_by_text(f"{runs}.")).to_be_visible()
            page.locator(".hfp-table").get_by_role("button", name=column).click()
            runs += f", {name}"
        expect(page.get_by_text(f"{runs}.")).to_be_visible()


def test_python_is_known_to_answer(chromium: Browser, address: str) -> None:
    with open_window(chromium, height=1400) as window:
        window.page.clock.install()
        window.page.goto(address)
        expect_answered(window.page, window.page, window.page, window.page)
