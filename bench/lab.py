"""The JupyterLab and the browser of the benchmark, and what both of its browser parts need."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.lab import Lab, Notebook
from tests.browser.server import serve_lab

ROOT = Path(__file__).parents[1]

# First cell of every notebook here: the package and the benchmark as they are in this folder.
PATH_CELL = f"import sys; sys.path.insert(0, {str(ROOT)!r})"

# Nothing of the last run may be in the way of the next one: its widgets, its output, its garbage.
CLEAN_CELL = "import gc, ipywidgets; ipywidgets.Widget.close_all(); _ = gc.collect()"

CLEAR_OUTPUTS = """(path) => {
  const panel = [...window.jupyterapp.shell.widgets("main")].find((w) => w.context?.path === path);
  for (const cell of panel.content.widgets) cell.model.outputs?.clear();
  window.gc?.();
}"""


@contextmanager
def open_lab() -> Iterator[Lab]:
    """A JupyterLab of our own in a headless Chromium."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as home,
        serve_lab(Path(home)) as server,
        sync_playwright() as playwright,
    ):
        flags = [*FLAGS, "--js-flags=--expose-gc"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        try:
            yield Lab(server, browser)
        finally:
            browser.close()


def clear_outputs(notebook: Notebook) -> None:
    """Empty every cell's output and let the page collect its garbage."""
    notebook.page.evaluate(CLEAR_OUTPUTS, notebook.path)
