"""What JupyterLab shows of a notebook that is opened again and not run: by whose file it is, and by what was saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from playwright.sync_api import expect

from tests.browser.lab import Lab, Notebook
from tests.hosts.saved import expect_twins
from tests.hosts.steps import expect_drawn, search_sort_filter_choose

README = Path(__file__).parents[2] / "README.md"

Reopen = Callable[..., Notebook]


@pytest.fixture
def reopen(lab: Lab, saved: Path) -> Iterator[Reopen]:
    """Opens the lesson's saved notebook: the user's own or somebody else's, with the widgets' state or without."""
    opened: list[Notebook] = []

    def open_(*, own: bool, state: bool, language: str = "python") -> Notebook:
        content = nbformat.read(saved, 4)
        if not state:
            del content.metadata["widgets"]
        content.metadata["kernelspec"] = {"name": language, "display_name": language, "language": language}
        content.metadata["language_info"] = {"name": language}
        path = f"reopened-{own}-{state}-{language}.ipynb"
        nbformat.write(content, lab.server.root / path)
        if own:
            NotebookNotary(data_dir=str(lab.server.home / "data")).sign(content)
        opened.append(lab.open_file(path, kernel=language == "python"))
        return opened[-1]

    yield open_
    for notebook in opened:
        notebook.close()


def test_somebody_elses_file_shows_the_plain_tables(reopen: Reopen, pictures: Path) -> None:
    notebook = reopen(own=False, state=False)
    expect(notebook.page.locator(".hfp")).to_have_count(0)
    expect_twins(notebook.page.locator(".jp-OutputArea-output"))
    notebook.page.screenshot(path=pictures / "jupyterlab-untrusted.png")


def test_own_file_with_its_state_shows_widgets_that_say_that_python_is_silent(reopen: Reopen, pictures: Path) -> None:
    notebook = reopen(own=True, state=True)
    picker, table = notebook.output(0), notebook.output(1)
    expect_drawn(picker, table)
    for output in (picker, table):
        expect(output.get_by_role("status").get_by_text("Python is not answering")).to_be_visible()
    search_sort_filter_choose(picker, table, kernel=False)
    notebook.page.screenshot(path=pictures / "jupyterlab-reopened.png")


def test_own_file_without_state_shows_the_hosts_error_and_the_readme_says_so(reopen: Reopen) -> None:
    notebook = reopen(own=True, state=False)
    error = "Error displaying widget: model not found"
    expect(notebook.output(0)).to_contain_text(error)
    assert error in README.read_text(encoding="utf-8")


def test_without_any_kernel_the_host_waits_and_the_readme_says_so(reopen: Reopen) -> None:
    notebook = reopen(own=True, state=True, language="no-such-language")
    notebook.page.get_by_role("dialog").get_by_role("button", name="No Kernel").click()
    waiting = "Loading widget..."
    expect(notebook.output(0)).to_contain_text(waiting)
    assert waiting in README.read_text(encoding="utf-8")
