"""Hosts that cannot run here, rebuilt around the real widgets and a real kernel: Colab and VS Code.

What is real: the kernel, the Python side, ipywidgets' and anywidget's front-ends, the browser's frames and policies.
What is rebuilt from what is known of a host: the frame's origin and sandbox, its policy, its theme, and how messages
cross. What is not shown by it: the host's own manager of widgets, its network, its limits.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from playwright.sync_api import Browser, FrameLocator, Page

from tests.browser.server import free_port, serve
from tests.hosts.npm import NODE_MODULES, Outside, answer

HERE = Path(__file__).parent / "emulated"


@dataclass(frozen=True)
class Look:
    """What a host's frame is like around its outputs."""

    policy: str  # its content security policy
    html: Mapping[str, str]  # attributes
    body: Mapping[str, str]
    style: str


@dataclass(frozen=True)
class Notebook:
    """A notebook that is open in an emulated host."""

    base: str
    page: Page
    outputs: FrameLocator  # the frame that holds all outputs
    outside: Outside

    def run(self, source: str) -> list[dict[str, Any]]:
        """Run a cell; an exception in it is one here.

        Returns
        -------
        list of dict
            The outputs, with the data and the metadata of what is displayed.
        """
        outputs: list[dict[str, Any]] = self.page.request.post(f"{self.base}/run", data=source, timeout=60_000).json()
        errors = [output for output in outputs if output["type"] == "error"]
        assert not errors, "\n".join(errors[0]["traceback"])
        return outputs

    def forbidden(self) -> list[str]:
        """What the frame's policy has refused."""
        refused: list[str] = self.page.frames[1].evaluate("forbidden")
        return refused


@dataclass(frozen=True)
class Emulation:
    """A host of this kind, with a kernel."""

    base: str
    pages: Path

    @contextmanager
    def open(self, chromium: Browser, look: Look, cells: Sequence[str], *, clock: bool = False) -> Iterator[Notebook]:
        """Show a fresh notebook and run its cells.

        Parameters
        ----------
        chromium : Browser
        look : Look
        cells : sequence of str
        clock : bool
            Whether the page's clock is the test's, ``page.clock``; it runs by itself too.
        """
        frame = Template((HERE / "frame.html").read_text(encoding="utf-8")).substitute(
            policy=escape(look.policy), html=attributes(look.html), body=attributes(look.body), style=look.style
        )
        (self.pages / "frame.html").write_text(frame, encoding="utf-8")
        with chromium.new_context(viewport={"width": 1200, "height": 1000}) as context:
            page = context.new_page()
            if clock:
                page.clock.install()
            notebook = Notebook(self.base, page, page.frame_locator("iframe"), answer(page, scripts=False))
            page.goto(self.base)
            page.locator("html[data-connected]").wait_for()
            for cell in cells:
                notebook.run(cell)
            yield notebook


@contextmanager
def emulate(home: Path, startup: str = "") -> Iterator[Emulation]:
    """Serve an emulated host until the block is left.

    The page is on 127.0.0.1 and the frame on localhost: one server, two origins.

    Parameters
    ----------
    home : Path
        An empty folder for everything the server writes.
    startup : str
        What the host's own kernel has in it before the first cell.
    """
    profile = home / "ipython" / "profile_default" / "startup"
    profile.mkdir(parents=True)
    (profile / "host.py").write_text(startup, encoding="utf-8")
    port, pages = free_port(), home / "pages"
    pages.mkdir()
    outer = Template((HERE / "notebook.html").read_text(encoding="utf-8"))
    (pages / "index.html").write_text(outer.substitute(frame=f"http://localhost:{port}/frame.html"), encoding="utf-8")
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, str(HERE / "kernel_server.py"), str(port), str(pages), str(NODE_MODULES)]
    with serve(command, home, base):
        yield Emulation(base, pages)


def attributes(values: Mapping[str, str]) -> str:
    """Attributes as HTML has them."""
    return " ".join(f'{name}="{escape(value)}"' for name, value in values.items())


def declarations(variables: Mapping[str, str]) -> str:
    """Variables as CSS has them."""
    return "; ".join(f"{name}: {value}" for name, value in variables.items())
