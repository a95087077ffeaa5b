"""The lesson as a file that somebody reads without a kernel: run once, and saved with the state of its widgets."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.server import environment
from tests.hosts.axe import AXE, RUN
from tests.hosts.lesson import MODEL, SHOWN, write_notebook
from tests.hosts.npm import Outside, answer
from tests.hosts.steps import models, providers


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lesson's notebook after a run, with the widgets' state in it."""
    home = tmp_path_factory.mktemp("saved")
    notebook = write_notebook(home / "lesson.ipynb", SHOWN)
    run_tool(home, "jupyter", "nbconvert", "--to=notebook", "--execute", "--inplace", str(notebook))
    assert "widgets" in nbformat.read(notebook, 4).metadata, "nbconvert saves the state unless it is told not to"
    return notebook


def without_state(notebook: Path, path: Path) -> Path:
    """A copy of a notebook as JupyterLab saves it by default: the outputs, and no state of widgets."""
    content = nbformat.read(notebook, 4)
    del content.metadata["widgets"]
    nbformat.write(content, path)
    return path


def run_tool(home: Path, *command: str) -> None:
    """Run one of Jupyter's or Sphinx's programs, away from the user's configuration."""
    module = [sys.executable, "-m", *command]
    done = subprocess.run(module, cwd=home, env=environment(home), capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def reading(
    chromium: Browser, file: Path, *, scripts: bool = True, prefers: Literal["light", "dark"] = "light"
) -> Iterator[tuple[Page, Outside]]:
    """A reader's browser with this page open, and what the page asked of other machines.

    Parameters
    ----------
    chromium : Browser
    file : Path
        Opened from the disk: there is no server and no kernel.
    scripts : bool
        False: the page's scripts on other machines cannot be had.
    prefers : str
        The reader's system is light or dark.
    """
    with chromium.new_context(viewport={"width": 1200, "height": 900}, color_scheme=prefers) as context:
        page = context.new_page()
        uncaught: list[str] = []
        page.on("pageerror", lambda error: uncaught.append(str(error)))
        outside = answer(page, scripts=scripts)
        page.goto(file.as_uri())
        yield page, outside
        assert not uncaught, "exceptions that nothing caught, in the page"


def expect_text_readable(part: Locator) -> None:
    """Every text of a part of the page that is no widget stands out by 4.5 to 1."""
    part.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
    found = part.evaluate(RUN)
    assert not found["bad"], "\n".join(["hard to read:", *found["bad"]])
    assert len(found["good"]) > 10, "axe-core has seen hardly any text"


def expect_twins(outputs: Locator) -> None:
    """Where no widget is drawn, the picker's and the table's plain tables are: rows in order, units, source, date."""
    picker, table = outputs.nth(0), outputs.nth(1)
    rows = picker.get_by_role("rowheader")
    shown = models()[: rows.count()]
    expect(rows).to_contain_text(shown)
    expect(picker).to_contain_text(f"{126 - len(shown)} more rows")
    expect(table.get_by_role("rowheader")).to_have_text(providers(MODEL))
    for output in (picker, table):
        expect(output.get_by_role("columnheader", name="Input")).to_contain_text("$ / 1M tokens")
        expect(output).to_contain_text("sample, catalogue of 2026-10-10")
