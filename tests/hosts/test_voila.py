"""Voilà as a host: the lesson as a page without cells; Python is heard and asked through widgets alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.browser.server import free_port, serve
from tests.hosts.axe import expect_readable
from tests.hosts.lesson import write_notebook
from tests.hosts.live import Window, open_window
from tests.hosts.steps import Root, expect_answered, expect_drawn, live_steps, themes

HOST = "Voilà"

# Voilà's own page asks for its icons there, whatever is in the notebook.
ICONS = "https://cdn.jsdelivr.net/npm/@fortawesome/fontawesome-free@"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("voila")
    base = f"http://127.0.0.1:{(port := free_port())}"
    command = [
        *(sys.executable, "-m", "voila", str(write_notebook(home / "lesson.ipynb")), "--no-browser"),
        *("--Voila.ip=127.0.0.1", f"--port={port}", "--VoilaConfiguration.allow_theme_override=YES"),
    ]
    with serve(command, home, f"{base}/voila/static/"):
        yield base


@pytest.fixture(scope="module")
def lesson(chromium: Browser, address: str) -> Iterator[Window]:
    with open_window(chromium, height=1100) as window:
        window.page.goto(address)
        yield window


@pytest.mark.parametrize("step", live_steps(HOST))
def test_the_lesson(lesson: Window, step: Callable[[Root, Root, Root], None]) -> None:
    step(lesson.page, lesson.page, lesson.page)


@pytest.mark.parametrize("theme", themes(HOST))
def test_contrast(chromium: Browser, address: str, theme: Literal["light", "dark"], pictures: Path) -> None:
    with open_window(chromium, height=1100) as window:
        window.page.goto(f"{address}/?theme={theme}")
        expect_drawn(window.page, window.page)
        window.page.screenshot(path=pictures / f"voila-{theme}.png")
        expect_readable(window.page, theme)


@pytest.mark.host(HOST, "asks nothing outside")
def test_nothing_outside_was_asked(lesson: Window) -> None:
    assert not [url for url in lesson.outside if not url.startswith(ICONS)]


def test_python_is_known_to_answer(chromium: Browser, address: str) -> None:
    with open_window(chromium, height=1400) as window:
        window.page.clock.install()
        window.page.goto(address)
        expect_answered(window.page, window.page, window.page, window.page)
