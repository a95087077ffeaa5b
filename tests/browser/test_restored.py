"""A widget on a page whose Python is absent, busy or restarted: it says so, goes on working, and comes back."""

from __future__ import annotations

import time
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, expect

from .conftest import OpenNotebook
from .lab import Lab, Notebook

GPT = "openai/gpt-oss-120b"
MAKE = f"""
from pathlib import Path
import hfprov_widgets as hfp
sample = hfp.load_catalog("sample")
table = hfp.ProviderTable({GPT!r}, catalog=sample)
table.observe(lambda change: Path("seen.txt").write_text(str(change.new)), "value")
table
"""
# It ends when the test says so, not after a time.
BUSY = """
import time
while not Path("go.txt").exists():
    time.sleep(0.02)
"""
PATIENCE = 3000  # ms, after which the page says that Python is silent


def silent(output: Locator) -> Locator:
    """The line that says that Python does not answer, where it says so."""
    return output.get_by_role("status").filter(has_text="Python is not answering")


def choose(output: Locator, provider: str) -> str:
    """Click a provider's row; its route's id."""
    output.locator("tr[data-key]", has_text=provider).first.click()
    expect(output.locator(f"tr[data-key='{GPT}:{provider}'] .hfp-pick")).to_have_attribute("aria-pressed", "true")
    return f"{GPT}:{provider}"


def expect_file(path: Path, text: str) -> None:
    """Wait until a file holds this; Python writes it while its notebook can be asked nothing."""
    end = time.monotonic() + 10
    while not path.exists() or path.read_text() != text:
        assert time.monotonic() < end, f"{path.name}: {path.read_text() if path.exists() else 'no file'}"
        time.sleep(0.05)


def works_without_python(output: Locator) -> None:
    """Sort, filter and choose."""
    first = output.locator("tbody tr[data-key]").first
    output.locator(".hfp-sort[data-column=provider]").click()
    ascending = first.get_attribute("data-key") or ""
    output.locator(".hfp-sort[data-column=provider]").click()
    expect(first).not_to_have_attribute("data-key", ascending)
    choose(output, "groq")
    choose(output, "novita")


SUBSHELLS = """async (path) => {
  const panel = [...window.jupyterapp.shell.widgets("main")].find((widget) => widget.context?.path === path);
  const comms = await Promise.all(panel.sessionContext.session.kernel._comms.values());
  await Promise.all(comms.map((comm) => comm.subshellStarted));
  return comms.length;
}"""


def hear_clicks_on_a_subshell(notebook: Notebook, output: Locator) -> None:
    """JupyterLab opens a subshell when it has the widgets. The kernel hands a click to the shell from which Python has
    last said something to the page: to the running cell's, unless it was the answer to an earlier click."""
    assert notebook.page.evaluate(SUBSHELLS, notebook.path)
    output.locator(".hfp-sort[data-column=provider]").click()
    notebook.expect_python("table.sort", (("provider", "asc"),))


def folder(notebook: Notebook) -> Path:
    """Where the notebook's Python writes."""
    return notebook.lab.server.root


def fresh(notebook: Notebook) -> Path:
    """That folder, without what another test has left there."""
    for name in ("seen.txt", "go.txt"):
        (folder(notebook) / name).unlink(missing_ok=True)
    return folder(notebook)


def test_with_python_there_the_line_is_never_shown(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "table")
    fresh(notebook)
    views = [notebook.run(0), notebook.run(1)]
    for output in views:
        notebook.expect_python("table.value", choose(output, "groq"))
        notebook.expect_python("table.value", choose(output, "novita"))
    notebook.page.wait_for_timeout(PATIENCE + 500)  # as long as an answer may take
    for output in views:
        expect(silent(output)).to_have_count(0)


def test_nor_while_a_cell_runs_and_events_have_a_subshell(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, BUSY)
    root = fresh(notebook)
    output = notebook.run(0)
    hear_clicks_on_a_subshell(notebook, output)
    notebook.start(1)
    expect_file(root / "seen.txt", choose(output, "novita"))
    notebook.page.wait_for_timeout(PATIENCE + 500)
    expect(silent(output)).to_have_count(0)
    expect_file(root / "seen.txt", choose(output, "groq"))
    (root / "go.txt").touch()
    notebook.wait_idle()


def test_a_cell_that_shows_a_widget_and_goes_on_is_waited_for(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE.replace("\ntable\n", "\ndisplay(table)\n") + BUSY)
    root = fresh(notebook)
    notebook.start(0)
    output = notebook.output(0)
    expect(silent(output)).to_have_count(1)
    route = choose(output, "novita")
    (root / "go.txt").touch()
    expect(silent(output)).to_have_count(0)
    notebook.expect_python("table.value", route)


def test_a_busy_kernel_without_subshells_is_waited_for(open_in_other_lab: OpenNotebook) -> None:
    notebook = open_in_other_lab(MAKE, BUSY)
    root = fresh(notebook)
    output = notebook.run(0)
    notebook.start(1)
    route = choose(output, "novita")
    expect(silent(output)).to_contain_text("wait if another cell is still running")
    works_without_python(output)
    assert not (root / "seen.txt").exists()
    (root / "go.txt").touch()
    expect(silent(output)).to_have_count(0)
    notebook.expect_python("table.value", route)
    notebook.page.wait_for_timeout(PATIENCE + 500)
    expect(silent(output)).to_have_count(0)


def test_after_a_restart_of_the_kernel_the_page_says_so_and_works(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "picker = hfp.ModelPicker(sample); picker")
    fresh(notebook)
    table, picker = notebook.run(0), notebook.run(1)
    notebook.expect_python("table.value", choose(table, "groq"))
    notebook.restart()
    choose(table, "novita")
    expect(silent(table)).to_contain_text("run the cell if this is a saved copy")
    works_without_python(table)
    picker.get_by_role("combobox").fill("llama 70 instr")
    expect(picker.locator(".hfp-count")).to_have_text("1 of 126 models")
    expect(silent(picker)).to_have_count(1)
    table = notebook.run(0)
    expect(silent(table)).to_have_count(0)
    notebook.expect_python("table.value", choose(table, "groq"))


def test_a_saved_notebook_with_a_fresh_kernel(open_in_other_lab: OpenNotebook, other_lab: Lab) -> None:
    notebook = open_in_other_lab(MAKE, "picker = hfp.ModelPicker(sample, query='llama'); picker")
    fresh(notebook)
    table, picker = notebook.run(0), notebook.run(1)
    notebook.expect_python("table.value", choose(table, "groq"))
    expect(picker.locator(".hfp-count")).to_contain_text("of 126 models")
    saved = notebook.save()
    assert saved["metadata"]["widgets"]
    nbformat.validate(nbformat.from_dict(saved))
    notebook.close()
    other_lab.load()
    notebook = other_lab.open_file(notebook.path)
    table, picker = notebook.output(0), notebook.output(1)
    expect(table.locator(".hfp-chosen b")).to_have_text(f"{GPT}:groq")
    expect(silent(table)).to_have_count(1)
    expect(silent(picker)).to_have_count(1)
    works_without_python(table)
    picker.get_by_role("combobox").fill("qwen")
    picker.get_by_role("option").first.click()
    expect(picker.get_by_role("option", selected=True)).to_have_count(1)
    table = notebook.run(0)
    notebook.expect_python("table.value", choose(table, "groq"))
    expect(silent(table)).to_have_count(0)
    notebook.close()
