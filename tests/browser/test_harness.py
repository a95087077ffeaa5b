"""The harness itself, with a widget of ten lines: whatever fails here is no fault of our widgets."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import OpenNotebook

PROBE = """
import anywidget, traitlets

class Probe(anywidget.AnyWidget):
    _esm = '''
    export default {
      render({ model, el }) {
        const button = document.createElement("button");
        button.className = "probe";
        const draw = () => { button.textContent = `clicked ${model.get("clicks")}`; };
        button.onclick = () => { model.set("clicks", model.get("clicks") + 1); model.save_changes(); };
        model.on("change:clicks", draw);
        draw();
        el.append(button);
      },
    };
    '''
    clicks = traitlets.Int(0).tag(sync=True)

probe = Probe()
probe
"""


def test_a_click_reaches_python_and_python_reaches_the_page(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(PROBE, "print('now', probe.clicks)", "probe.clicks = 41", "probe")
    button = notebook.run(0).locator("button.probe")
    button.click()
    notebook.expect_python("probe.clicks", 1)
    notebook.run(1)
    assert notebook.text(1) == "now 1"
    notebook.run(2)
    expect(button).to_have_text("clicked 41")
    second = notebook.run(3).locator("button.probe")
    second.click()
    expect(button).to_have_text("clicked 42")
    notebook.expect_python("probe.clicks", 42)


def test_the_kernel_is_offline_unless_a_test_says_otherwise(open_notebook: OpenNotebook) -> None:
    ask = "import os; os.environ.get('HF_HUB_OFFLINE')"
    usual = open_notebook(ask)
    usual.run(0)
    assert usual.text(0) == "'1'"
    other = open_notebook(ask, environment={"HF_HUB_OFFLINE": "0"})
    other.run(0)
    assert other.text(0) == "'0'"


def test_theme_width_and_clipboard(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook("1", theme="dark", width=480)
    page = notebook.page
    assert page.evaluate("document.body.dataset.jpThemeLight") == "false"
    notebook.set_theme("light")
    assert page.evaluate("document.body.dataset.jpThemeLight") == "true"
    assert page.evaluate("window.innerWidth") == 480
    page.evaluate("navigator.clipboard.writeText('copied')")
    assert notebook.clipboard() == "copied"


def test_after_a_reload_the_kernel_is_still_there(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook("kept = 7", "kept")
    notebook.run(0)
    notebook.save()
    notebook.reload()
    notebook.run(1)
    assert notebook.text(1) == "7"


def test_an_address_on_another_machine_is_noticed(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook("1")
    notebook.page.evaluate("fetch('http://example.invalid/').catch(() => {})")
    assert notebook.outside == ["http://example.invalid/"]
    notebook.outside.clear()
