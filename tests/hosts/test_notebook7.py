"""Notebook 7 as a host: the lesson in its own page, run from its menu."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import serve_lab
from tests.hosts.axe import expect_readable
from tests.hosts.lesson import write_notebook
from tests.hosts.live import Window, open_window
from tests.hosts.steps import Root, live_steps, themes

HOST = "Notebook 7"


@pytest.fixture(scope="module")
def lesson(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    with (
        serve_lab(tmp_path_factory.mktemp("notebook7"), app="notebook") as server,
        open_window(chromium, height=1500) as window,
    ):
        write_notebook(server.root / "lesson.ipynb")
        window.page.goto(f"{server.base}/notebooks/lesson.ipynb")
        expect(window.page.locator("body")).to_contain_text("Idle", timeout=60_000)
        window.page.get_by_role("menuitem", name="Run", exact=True).click()
        window.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        yield window


@pytest.mark.parametrize("step", live_steps(HOST))
def test_the_lesson(lesson: Window, step: Callable[[Root, Root, Root], None]) -> None:
    step(lesson.page, lesson.page, lesson.page)


@pytest.mark.parametrize("theme", themes(HOST))
def test_contrast(lesson: Window, theme: Literal["light", "dark"], pictures: Path) -> None:
    name = f"JupyterLab {theme.title()}"
    lesson.page.get_by_role("menuitem", name="Settings", exact=True).click()
    for entry in ("Theme", name):
        lesson.page.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()
    expect(lesson.page.locator("body")).to_have_attribute("data-jp-theme-name", name)
    expect(lesson.page.locator("#jupyterlab-splash")).to_have_count(0)
    lesson.page.screenshot(path=pictures / f"notebook7-{theme}.png")
    expect_readable(lesson.page, theme)


@pytest.mark.host(HOST, "asks nothing outside")
def test_nothing_outside_was_asked(lesson: Window) -> None:
    assert not lesson.outside
