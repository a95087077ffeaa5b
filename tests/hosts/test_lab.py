"""JupyterLab 4 as a host: the lesson live, and what a notebook shows that is opened again without being run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.lab import Lab, Notebook, Theme
from tests.hosts.axe import expect_readable
from tests.hosts.lesson import CELLS
from tests.hosts.steps import Root, live_steps, themes

HOST = "JupyterLab 4"


@pytest.fixture(scope="module")
def lesson(lab: Lab) -> Iterator[Notebook]:
    notebook = lab.open(CELLS, height=1400)
    notebook.run_all()
    yield notebook
    notebook.close()


@pytest.mark.parametrize("step", live_steps(HOST))
def test_the_lesson(lesson: Notebook, step: Callable[[Root, Root, Root], None]) -> None:
    step(lesson.output(0), lesson.output(1), lesson.output(2))


@pytest.mark.parametrize("theme", themes(HOST))
def test_contrast(lesson: Notebook, theme: Theme, pictures: Path) -> None:
    lesson.set_theme(theme)
    lesson.page.screenshot(path=pictures / f"jupyterlab-{theme}.png")
    expect_readable(lesson.page, theme)


@pytest.mark.host(HOST, "asks nothing outside")
def test_nothing_outside_was_asked(lesson: Notebook) -> None:
    assert not lesson.outside
