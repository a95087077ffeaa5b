"""A hand that drives JupyterLab in a real browser: opens notebooks, runs cells, reads what came out.

Keys and clicks are real; JupyterLab's own application object (it is exposed for that) opens and closes
notebooks and tells when something is ready or has finished, so nothing here waits for a fixed time.
"""

from __future__ import annotations

import ast
import hashlib
import itertools
import json
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import nbformat
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, WebSocket

from .server import Server

Theme = Literal["light", "dark"]
THEMES: dict[Theme, str] = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

# Every script gets the notebook's path first and finds its panel by it.
PANEL = """
const app = window.jupyterapp;
const panel = [...app.shell.widgets("main")].find((widget) => widget.context?.path === path);
"""

OPEN = """async ({ path }) => {
  const app = window.jupyterapp;
  await app.restored;
  await app.serviceManager.kernelspecs.refreshSpecs();
  const panel = await app.commands.execute("docmanager:open", { path, factory: "Notebook" });
  await panel.revealed;
  await panel.sessionContext.ready;
}"""

OPEN_ONLY = """async ({ path }) => {
  const panel = await window.jupyterapp.commands.execute("docmanager:open", { path, factory: "Notebook" });
  await panel.revealed;
}"""

CLOSE = f"""async ({{ path }}) => {{{PANEL}
  if (!panel) return;
  await panel.sessionContext.shutdown();
  panel.context.model.dirty = false;
  panel.dispose();
}}"""

IDLE = f"""({{ path }}) => {{{PANEL}
  return panel?.sessionContext.session?.kernel?.status === "idle";
}}"""

ACTIVATE = f"""async ({{ path, index }}) => {{{PANEL}
  app.shell.activateById(panel.id);
  const notebook = panel.content;
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  notebook.mode = "command";
  await notebook.scrollToItem(index);
  const cell = notebook.widgets[index];
  if (!cell) throw new Error(`there is no cell ${{index}}`);
  cell.model.executionCount = null;
  notebook.node.focus();
}}"""

FOCUSED = f"""({{ path, index }}) => {{{PANEL}
  const notebook = panel.content;
  return notebook.activeCellIndex === index && notebook.node.contains(document.activeElement);
}}"""

FINISHED = f"""({{ path, index }}) => {{{PANEL}
  const cell = panel.content.widgets[index];
  return cell.model.executionCount !== null && panel.sessionContext.session?.kernel?.status === "idle";
}}"""

OUTPUTS = f"""({{ path, index }}) => {{{PANEL}
  return panel.content.widgets[index].model.outputs.toJSON();
}}"""

RESTART = f"""async ({{ path }}) => {{{PANEL}
  await panel.sessionContext.restartKernel();
}}"""

SAVE = f"""async ({{ path }}) => {{{PANEL}
  await panel.context.save();
}}"""

EVALUATE = f"""async ({{ path, expression }}) => {{{PANEL}
  const kernel = panel.sessionContext.session.kernel;
  const question = {{ code: "", silent: true, store_history: false }};
  const request = {{ ...question, user_expressions: {{ answer: expression }} }};
  const reply = await kernel.requestExecute(request).done;
  return reply.content.user_expressions.answer;
}}"""


class CellFailedError(AssertionError):
    """A cell raised an exception; its traceback is the message."""


class Notebook:
    """One open notebook with a kernel of its own.

    Attributes
    ----------
    page : Page
        The browser page, for keyboard, mouse and locators.
    outside : list of str
        Addresses the page asked for that are not on this machine.
    errors : list of str
        Console errors and uncaught exceptions since the notebook was opened.
    """

    def __init__(self, lab: Lab, path: str) -> None:
        self.lab = lab
        self.page: Page = lab.page
        self.path = path
        self.outside: list[str] = lab.outside
        self.errors: list[str] = lab.errors

    def run(self, index: int, *, may_fail: bool = False, timeout: float = 60) -> Locator:
        """Run a cell with Shift+Enter and wait until it has finished; return its output."""
        self.start(index)
        self._wait(FINISHED, timeout, index=index)
        failure = next((o for o in self.outputs(index) if o["output_type"] == "error"), None)
        if failure and not may_fail:
            raise CellFailedError("\n".join(failure["traceback"]))
        return self.output(index)

    def start(self, index: int) -> None:
        """Run a cell with Shift+Enter and do not wait."""
        self.activate(index)
        self.page.keyboard.press("Shift+Enter")

    def activate(self, index: int) -> None:
        """Make a cell the active one, and give the notebook the keyboard."""
        self._call(ACTIVATE, index=index)
        self._wait(FOCUSED, 15, index=index)

    def run_all(self, *, timeout: float = 60) -> None:
        """Run the code cells from top to bottom."""
        for index, cell in enumerate(self._cells()):
            if cell == "code":
                self.run(index, timeout=timeout)

    def cell(self, index: int) -> Locator:
        """A cell, input and output."""
        return self._panel().locator(f'.jp-Cell[data-windowed-list-index="{index}"]')

    def output(self, index: int) -> Locator:
        """Everything below a cell's input."""
        return self.cell(index).locator(".jp-Cell-outputArea")

    def outputs(self, index: int) -> list[dict[str, Any]]:
        """A cell's outputs as the notebook file would hold them."""
        outputs: list[dict[str, Any]] = self._call(OUTPUTS, index=index)
        return outputs

    def text(self, index: int) -> str:
        """What a cell printed, and the plain text of what it returned."""
        parts: list[str] = []
        for output in self.outputs(index):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            parts.append("".join(text))
        return "\n".join(part.strip("\n") for part in parts)

    def python(self, expression: str) -> Any:
        """The value of a Python expression in the kernel; it has to be a literal (``table.value``)."""
        answer = self._call(EVALUATE, expression=f"__import__('builtins').repr({expression})")
        if answer["status"] != "ok":
            raise CellFailedError("\n".join(answer["traceback"]))
        # The repr of a repr: what came is a string literal that holds the literal.
        return ast.literal_eval(ast.literal_eval(answer["data"]["text/plain"]))

    def expect_python(self, expression: str, expected: object, *, timeout: float = 10) -> None:
        """Wait until an expression in the kernel has a value; a click takes a moment to arrive there."""
        end = time.monotonic() + timeout
        while (found := self.python(expression)) != expected:
            if time.monotonic() > end:
                raise AssertionError(f"{expression} is {found!r}, not {expected!r}, after {timeout:g} s")

    def wait_idle(self, *, timeout: float = 60) -> None:
        """Wait until the kernel has nothing to do."""
        self._wait(IDLE, timeout)

    def set_theme(self, theme: Theme) -> None:
        """Light or dark, as the user would choose it in the settings."""
        self.lab.set_theme(theme)

    def set_viewport(self, width: int, height: int = 900) -> None:
        """The size of the browser window, in CSS pixels."""
        self.page.set_viewport_size({"width": width, "height": height})

    def clipboard(self) -> str:
        """The text on the clipboard."""
        text: str = self.page.evaluate("navigator.clipboard.readText()")
        return text

    def save(self) -> dict[str, Any]:
        """Save the notebook; return what the file holds."""
        self._call(SAVE)
        saved: dict[str, Any] = json.loads((self.lab.server.root / self.path).read_text())
        return saved

    def reload(self) -> None:
        """Load the page again and open the notebook as it was saved; the kernel lives on."""
        self.lab.load()
        self._call(OPEN)
        self.wait_idle()

    def restart(self) -> None:
        """Restart the kernel; what is on screen stays there."""
        self._call(RESTART)
        self.wait_idle()

    def close(self) -> None:
        """Shut the kernel down and close the notebook."""
        self._call(CLOSE)

    def _cells(self) -> list[str]:
        notebook = nbformat.read(self.lab.server.root / self.path, as_version=4)
        return [cell.cell_type for cell in notebook.cells]

    def _panel(self) -> Locator:
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def _call(self, script: str, **arguments: object) -> Any:
        return self.page.evaluate(script, {"path": self.path, **arguments})

    def _wait(self, script: str, timeout: float, **arguments: object) -> None:
        self.page.wait_for_function(script, arg={"path": self.path, **arguments}, timeout=timeout * 1000)


class Lab:
    """A JupyterLab page that stays open; notebooks are opened and closed in it, which is much quicker."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self.server = server
        self.outside: list[str] = []
        self.errors: list[str] = []
        self._theme: Theme | None = None
        self._numbers = itertools.count(1)
        self.context: BrowserContext = browser.new_context(viewport={"width": 1200, "height": 900})
        self.context.set_default_timeout(15_000)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.base)
        self.context.on("request", self._on_request)
        self.page = self.context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        self.page.on("websocket", self._on_websocket)
        self.load()

    def load(self) -> None:
        """Load JupyterLab anew, with nothing open."""
        self.page.goto(f"{self.server.base}/lab?reset")
        self.page.wait_for_function("window.jupyterapp !== undefined", timeout=60_000)
        self.page.evaluate(
            """async () => {
              const app = window.jupyterapp;
              await app.restored;
              app.shell.collapseLeft();
              app.shell.collapseRight();
            }"""
        )

    def open(
        self,
        cells: Sequence[str],
        *,
        theme: Theme = "light",
        width: int = 1200,
        height: int = 900,
        environment: Mapping[str, str] | None = None,
        python: str | None = None,
    ) -> Notebook:
        """Open a new notebook of these code cells, and wait until its kernel is ready.

        Parameters
        ----------
        cells : sequence of str
            Source of the code cells.
        theme, width, height
            Colours of JupyterLab and the size of the browser window, in CSS pixels.
        environment : mapping, optional
            Environment variables of the kernel beyond the usual ones, or in their place
            (``{"HF_HUB_OFFLINE": "0"}``).
        python : str, optional
            The Python of the kernel; by default the tests' own.
        """
        kernel = "python3"
        if environment or python:
            settings = (sorted((environment or {}).items()), python)
            kernel = "test-" + hashlib.sha256(repr(settings).encode()).hexdigest()[:8]
            self.server.add_kernel(kernel, environment or {}, python or sys.executable)
        path = f"test-{next(self._numbers)}.ipynb"
        notebook = nbformat.v4.new_notebook()
        notebook.cells = [nbformat.v4.new_code_cell(source) for source in cells]
        notebook.metadata["kernelspec"] = {"name": kernel, "display_name": kernel, "language": "python"}
        nbformat.write(notebook, self.server.root / path)
        return self.open_file(path, theme=theme, width=width, height=height)

    def open_file(
        self, path: str, *, theme: Theme = "light", width: int = 1200, height: int = 900, kernel: bool = True
    ) -> Notebook:
        """Open a notebook that lies in the server's folder already.

        Parameters
        ----------
        path, theme, width, height
            As in `open`.
        kernel : bool
            False: JupyterLab has none for it, and asks which one to take; nobody has answered that yet.
        """
        self.outside.clear()
        self.errors.clear()
        self.page.emulate_media(color_scheme="null", forced_colors="null", reduced_motion="null")
        self.page.set_viewport_size({"width": width, "height": height})
        self.set_theme(theme)
        notebook = Notebook(self, path)
        if kernel:
            self.page.evaluate(OPEN, {"path": path})
            notebook.wait_idle()
        else:
            self.page.evaluate(OPEN_ONLY, {"path": path})
        return notebook

    def set_theme(self, theme: Theme) -> None:
        """Light or dark, as the user would choose it in the settings."""
        name = THEMES[theme]
        self.page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
        self.page.wait_for_function("(name) => document.body.dataset.jpThemeName === name", arg=name)
        self.page.locator("#jupyterlab-splash").wait_for(state="hidden")

    def close(self) -> None:
        """Close the page."""
        self.context.close()

    def _on_request(self, request: Request) -> None:
        if is_outside(request.url):
            self.outside.append(request.url)

    def _on_websocket(self, socket: WebSocket) -> None:
        if is_outside(socket.url):
            self.outside.append(socket.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


def is_outside(url: str) -> bool:
    """Whether an address is on another machine."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].rpartition("@")[2].partition(":")[0]
    return scheme in ("http", "https", "ws", "wss") and host not in ("127.0.0.1", "localhost")
