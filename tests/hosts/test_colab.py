"""Colab, emulated: a sandboxed frame of another origin, messages as JSON, Colab's theme with its mixed variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.hosts.axe import expect_readable
from tests.hosts.emulation import Emulation, Look, Notebook, declarations, emulate
from tests.hosts.lesson import CELLS
from tests.hosts.npm import Outside
from tests.hosts.steps import Root, expect_drawn, live_steps, python_hears, themes

HOST = "Colab"
VIEW = "application/vnd.jupyter.widget-view+json"
MANAGER = "https://example.invalid/manager.min.js"

# Colab's own module, as far as anywidget uses it.
GOOGLE_COLAB = f"""
import sys, types
google, colab = types.ModuleType("google"), types.ModuleType("google.colab")
colab.output = types.ModuleType("google.colab.output")
colab.output._widgets = types.SimpleNamespace(_installed_url=None)
def enable_custom_widget_manager(version="5.0.0a"):
    colab.output._widgets._installed_url = {MANAGER!r}
colab.output.enable_custom_widget_manager = enable_custom_widget_manager
google.colab = colab
sys.modules.update({{"google": google, "google.colab": colab, "google.colab.output": colab.output}})
"""

# Among what has crossed between page and kernel: there were questions, and each has its answer.
ALL_ANSWERED = """() => {
  const numbers = (messages, kind) => messages.map(({ content }) => content)
    .filter((content) => content?.kind === kind).map(({ number }) => number);
  const asked = numbers(crossed.toPython, "ask");
  const answered = new Set(numbers(crossed.fromPython, "answer"));
  return asked.length > 2 && asked.every((number) => answered.has(number));
}"""

# What Colab's manager sets in the frame: the ink follows the theme, most of the paper stays that of light lab.
INK = {"light": ("#212121", "#eeeeee"), "dark": ("#d5d5d5", "#4a4a4a")}
MIXED = {
    "--jp-layout-color0": "white",
    "--jp-layout-color1": "white",
    "--jp-layout-color3": "#bdbdbd",
    "--jp-border-color1": "#bdbdbd",
    "--jp-brand-color1": "#1e88e5",
}


def look(theme: Literal["light", "dark"]) -> Look:
    """Colab's frame in one of its themes."""
    ink, raised = INK[theme]
    variables = {**MIXED, "--jp-ui-font-color1": ink, "--jp-layout-color2": raised}
    paper = "#383838" if theme == "dark" else "white"
    return Look(
        policy="default-src * data: blob: 'unsafe-inline' 'unsafe-eval'",
        html={"theme": "dark"} if theme == "dark" else {},
        body={},
        style=f":root {{ {declarations(variables)} }} body {{ margin: 0; background: {paper}; color: {ink} }}",
    )


@pytest.fixture(scope="module")
def colab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulation]:
    with emulate(tmp_path_factory.mktemp("colab"), GOOGLE_COLAB) as emulation:
        yield emulation


@pytest.fixture(scope="module")
def lesson(colab: Emulation, chromium: Browser) -> Iterator[Notebook]:
    with colab.open(chromium, look("light"), CELLS) as notebook:
        yield notebook


@pytest.mark.parametrize("step", live_steps(HOST))
def test_the_lesson(lesson: Notebook, step: Callable[[Root, Root, Root], None]) -> None:
    step(lesson.outputs, lesson.outputs, lesson.outputs)


@pytest.mark.host(HOST, "asks nothing outside")
def test_nothing_outside_was_asked(lesson: Notebook) -> None:
    expect(lesson.outputs.locator(".hfp-table")).to_be_visible()
    assert lesson.outside == Outside()


@pytest.mark.parametrize("theme", themes(HOST))
def test_contrast_with_mixed_variables(
    colab: Emulation, chromium: Browser, theme: Literal["light", "dark"], pictures: Path
) -> None:
    with colab.open(chromium, look(theme), CELLS) as notebook:
        expect_drawn(notebook.outputs, notebook.outputs)
        notebook.page.screenshot(path=pictures / f"colab-{theme}.png")
        expect_readable(notebook.outputs, theme)


def test_the_display_carries_the_address_of_the_manager(lesson: Notebook) -> None:
    for widget in ("picker", "table"):
        (shown,) = [output for output in lesson.run(widget) if output["type"] == "execute_result"]
        assert shown["metadata"] == {VIEW: {"colab": {"custom_widget_manager": {"url": MANAGER}}}}
        assert {VIEW, "text/html", "text/plain"} <= shown["data"].keys()


def test_python_answers_every_question_of_the_page(colab: Emulation, chromium: Browser) -> None:
    with colab.open(chromium, look("light"), CELLS, clock=True) as notebook:
        page, outputs = notebook.page, notebook.outputs
        expect_drawn(outputs, outputs)
        python_hears(outputs, outputs, outputs)
        page.wait_for_function(ALL_ANSWERED)
        page.clock.fast_forward(10_000)  # no question is left to wait for an answer
        expect(outputs.locator(".hfp-silent[role=status]")).to_have_text(["", ""])
