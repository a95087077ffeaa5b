"""nbconvert's HTML page of the lesson: with the widgets' state in the notebook, without it, and without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import Browser, Locator, Page, expect

from tests.hosts.axe import expect_readable
from tests.hosts.npm import Outside
from tests.hosts.saved import expect_text_readable, expect_twins, reading, without_state
from tests.hosts.steps import expect_drawn, search_sort_filter_choose, themes

WITH = "nbconvert HTML, state saved"
WITHOUT = "nbconvert HTML, no state"

Theme = Literal["light", "dark"]

# What nbconvert's template asks for in every page.
REQUIRE = "https://cdnjs.cloudflare.com/ajax/libs/require.js/2.1.10/require.min.js"
# And with saved state: ipywidgets' manager, and anywidget's front-end, which the manager asks for by its version.
MANAGER = "https://unpkg.com/@jupyter-widgets/html-manager@*/dist/embed-amd.js"
ANYWIDGET = r"https://cdn\.jsdelivr\.net/npm/anywidget@~[\d.]+\*/dist/index\.js"


def convert(notebook: Path, page: Path, theme: Theme = "light") -> Path:
    """The notebook as an HTML page, ``jupyter nbconvert --to html --theme …``."""
    body, _ = HTMLExporter(theme=theme).from_filename(str(notebook))
    page.write_text(body, encoding="utf-8")
    return page


def outputs(page: Page) -> Locator:
    """What the page shows below its cells."""
    return page.locator(".jp-OutputArea-output")


@pytest.fixture(scope="module")
def stateless(saved: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return without_state(saved, tmp_path_factory.mktemp("stateless") / "lesson.ipynb")


@pytest.fixture(scope="module")
def restored(
    saved: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[tuple[Page, Outside]]:
    with reading(chromium, convert(saved, tmp_path_factory.mktemp("restored") / "lesson.html")) as read:
        yield read


@pytest.mark.host(WITH, "drawn")
def test_saved_state_draws_the_widgets(restored: tuple[Page, Outside]) -> None:
    page, _ = restored
    expect_drawn(page, page)


@pytest.mark.host(WITH, "search, sort, filter, choose")
def test_they_work_without_a_kernel(restored: tuple[Page, Outside]) -> None:
    page, _ = restored
    search_sort_filter_choose(page, page, kernel=False)


def test_they_say_that_python_does_not_answer(restored: tuple[Page, Outside]) -> None:
    page, _ = restored
    for widget in (".hfp-picker", ".hfp-table"):
        expect(page.locator(widget).get_by_text("Python is not answering")).to_be_visible()


@pytest.mark.host(WITH, "asks nothing outside")
def test_only_nbconvert_asks_for_scripts(restored: tuple[Page, Outside]) -> None:
    page, outside = restored
    expect(page.locator(".hfp-table")).to_be_visible()
    require, manager, anywidget = outside.scripts
    assert (require, manager) == (REQUIRE, MANAGER)
    assert re.fullmatch(ANYWIDGET, anywidget)
    assert outside.unknown == []


@pytest.mark.parametrize("theme", themes(WITH))
def test_contrast_of_the_widgets(saved: Path, tmp_path: Path, chromium: Browser, theme: Theme, pictures: Path) -> None:
    with reading(chromium, convert(saved, tmp_path / "lesson.html", theme)) as (page, _):
        expect_drawn(page, page)
        page.screenshot(path=pictures / f"nbconvert-state-{theme}.png", full_page=True)
        expect_readable(page, theme)


def test_saved_state_without_a_network_shows_nothing(saved: Path, tmp_path: Path, chromium: Browser) -> None:
    # A limit of nbconvert's: beside a saved state it writes no other form of the output into the page.
    with reading(chromium, convert(saved, tmp_path / "lesson.html"), scripts=False) as (page, outside):
        expect(outputs(page)).to_have_text(["", ""])
        assert outside.scripts == [REQUIRE, MANAGER]


@pytest.mark.host(WITHOUT, "drawn", "asks nothing outside")
def test_without_state_the_tables_are_shown(stateless: Path, tmp_path: Path, chromium: Browser) -> None:
    with reading(chromium, convert(stateless, tmp_path / "lesson.html"), scripts=False) as (page, outside):
        expect_twins(outputs(page))
        assert outside == Outside(scripts=[REQUIRE])


@pytest.mark.parametrize("theme", themes(WITHOUT))
def test_contrast_of_the_tables(
    stateless: Path, tmp_path: Path, chromium: Browser, theme: Theme, pictures: Path
) -> None:
    with reading(chromium, convert(stateless, tmp_path / "lesson.html", theme)) as (page, _):
        page.screenshot(path=pictures / f"nbconvert-{theme}.png", full_page=True)
        for output in outputs(page).all():
            expect_text_readable(output)
