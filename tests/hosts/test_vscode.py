"""VS Code, emulated: a webview with a strict policy and none of JupyterLab's variables, in each kind of its themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.hosts.axe import expect_readable
from tests.hosts.emulation import Emulation, Look, Notebook, declarations, emulate
from tests.hosts.lesson import CELLS
from tests.hosts.npm import Outside
from tests.hosts.steps import Root, expect_drawn, live_steps

HOST = "VS Code"

# Nothing from elsewhere, no connection at all: the host's own scripts are the frame's, the widget's module is a blob.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src 'self' data:"
)

# The kinds of themes, and of the variables of VS Code's own theme of that kind those that say paper and ink.
THEMES: Mapping[str, Mapping[str, str]] = {
    "vscode-light": {
        "--vscode-foreground": "#3b3b3b",
        "--vscode-editor-background": "#ffffff",
        "--vscode-editor-foreground": "#3b3b3b",
        "--vscode-focusBorder": "#005fb8",
    },
    "vscode-dark": {
        "--vscode-foreground": "#cccccc",
        "--vscode-editor-background": "#1f1f1f",
        "--vscode-editor-foreground": "#cccccc",
        "--vscode-focusBorder": "#0078d4",
    },
    "vscode-high-contrast": {
        "--vscode-foreground": "#ffffff",
        "--vscode-editor-background": "#000000",
        "--vscode-editor-foreground": "#ffffff",
        "--vscode-focusBorder": "#f38518",
        "--vscode-contrastBorder": "#6fc3df",
    },
    "vscode-high-contrast-light": {
        "--vscode-foreground": "#292929",
        "--vscode-editor-background": "#ffffff",
        "--vscode-editor-foreground": "#292929",
        "--vscode-focusBorder": "#006bbd",
        "--vscode-contrastBorder": "#0f4a85",
    },
}
PAPER: Mapping[str, Literal["light", "dark"]] = {
    "vscode-light": "light",
    "vscode-dark": "dark",
    "vscode-high-contrast": "dark",
    "vscode-high-contrast-light": "light",
}


def look(kind: str) -> Look:
    """A webview in a theme of this kind."""
    classes = "vscode-high-contrast vscode-high-contrast-light" if kind == "vscode-high-contrast-light" else kind
    return Look(
        policy=POLICY,
        html={"style": declarations({**THEMES[kind], "--vscode-font-family": "sans-serif"})},
        body={"class": f"vscode-body {classes}", "data-vscode-theme-kind": kind},
        style="body { margin: 0; padding: 0 4px; background: var(--vscode-editor-background) }",
    )


@pytest.fixture(scope="module")
def vscode(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulation]:
    with emulate(tmp_path_factory.mktemp("vscode")) as emulation:
        yield emulation


@pytest.fixture(scope="module")
def lesson(vscode: Emulation, chromium: Browser) -> Iterator[Notebook]:
    with vscode.open(chromium, look("vscode-dark"), CELLS) as notebook:
        yield notebook


@pytest.mark.parametrize("step", live_steps(HOST))
def test_the_lesson(lesson: Notebook, step: Callable[[Root, Root, Root], None]) -> None:
    step(lesson.outputs, lesson.outputs, lesson.outputs)


@pytest.mark.host(HOST, "asks nothing outside")
def test_nothing_outside_was_asked_and_nothing_forbidden(lesson: Notebook) -> None:
    expect(lesson.outputs.locator(".hfp-table")).to_be_visible()
    assert lesson.outside == Outside()
    assert lesson.forbidden() == []


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.host(HOST, f"contrast, {PAPER[kind]}")) for kind in THEMES]
)
def test_contrast(vscode: Emulation, chromium: Browser, kind: str, pictures: Path) -> None:
    with vscode.open(chromium, look(kind), CELLS) as notebook:
        expect_drawn(notebook.outputs, notebook.outputs)
        notebook.page.screenshot(path=pictures / f"{kind}.png")
        expect_readable(notebook.outputs, PAPER[kind])
