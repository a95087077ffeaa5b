"""A Sphinx book made with myst-nb: notebooks run while it is built, and notebooks whose outputs were stored before.

myst-nb puts one form of an output into a page, by default the widget. Where that cannot be drawn there is nothing; a
book that wants the plain tables says so, with the setting that is tested here.
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.hosts.axe import expect_readable
from tests.hosts.lesson import SHOWN, write_notebook
from tests.hosts.npm import Outside
from tests.hosts.saved import expect_text_readable, expect_twins, reading, run_tool, without_state
from tests.hosts.steps import expect_drawn, search_sort_filter_choose

HOST = "Sphinx with myst-nb"

SETTINGS = """
project = "Lesson"
extensions = ["myst_nb"]
html_theme = "alabaster"
nb_execution_mode = "off"
"""
# In `conf.py`: the plain table of every widget, whatever is stored.
TABLES = 'nb_mime_priority_overrides = [("html", "text/html", 0)]\n'
# Wide enough for all columns: what is scrolled out of sight cannot be judged for its contrast.
WIDE = 'html_theme_options = {"page_width": "1600px", "body_max_width": "none"}\n'

REQUIRE = "https://cdnjs.cloudflare.com/ajax/libs/require.js/2.3.4/require.min.js"
MANAGER = "https://cdn.jsdelivr.net/npm/@jupyter-widgets/html-manager@1.0.6/dist/embed-amd.js"
ANYWIDGET = r"https://cdn\.jsdelivr\.net/npm/anywidget@~[\d.]+\*/dist/index\.js"


@pytest.fixture(scope="module")
def book(saved: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a book: the lesson run while it is built, as it was stored, and stored without state."""
    source = tmp_path_factory.mktemp("book")
    add_chapter(write_notebook(source / "run.ipynb", SHOWN), execution_mode="force")
    (source / "stored.ipynb").write_bytes(saved.read_bytes())
    add_chapter(source / "stored.ipynb")
    add_chapter(without_state(saved, source / "stateless.ipynb"))
    return build(source, SETTINGS)


@pytest.fixture(scope="module")
def book_of_tables(saved: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a book that asks for plain tables."""
    source = tmp_path_factory.mktemp("tables")
    add_chapter(without_state(saved, source / "tables.ipynb"))
    return build(source, SETTINGS + TABLES + WIDE)


def add_chapter(notebook: Path, **settings: str) -> None:
    """Give a notebook a title, and settings of its own for myst-nb."""
    content = nbformat.read(notebook, 4)
    content.cells.insert(0, nbformat.v4.new_markdown_cell(f"# {notebook.stem}"))
    content.metadata["mystnb"] = settings
    nbformat.write(content, notebook)


def build(source: Path, settings: str) -> Path:
    """The folder of the pages."""
    (source / "conf.py").write_text(settings, encoding="utf-8")
    chapters = "\n".join(sorted(file.stem for file in source.glob("*.ipynb")))
    (source / "index.md").write_text(f"# A book\n\n```{{toctree}}\n{chapters}\n```\n", encoding="utf-8")
    run_tool(source, "sphinx", "-q", "-W", ".", "pages")
    for page in (source / "pages").glob("*.html"):
        # myst-nb pins require.js by its checksum; the npm package of it has other bytes.
        page.write_text(re.sub(r' integrity="[^"]*"', "", page.read_text(encoding="utf-8")), encoding="utf-8")
    return source / "pages"


def outputs(page: Page) -> Locator:
    """What the page shows below its cells."""
    return page.locator(".cell_output")


@pytest.mark.host(HOST, "drawn", "search, sort, filter, choose", "asks nothing outside", "contrast, light")
@pytest.mark.parametrize("chapter", ["run", "stored"])
def test_widgets_work_in_a_book(book: Path, chromium: Browser, chapter: str, pictures: Path) -> None:
    with reading(chromium, book / f"{chapter}.html") as (page, outside):
        expect_drawn(page, page)
        page.screenshot(path=pictures / "sphinx.png", full_page=True)
        expect_readable(page, "light")
        search_sort_filter_choose(page, page, kernel=False)
        *manager, anywidget = outside.scripts
        assert manager == [REQUIRE, MANAGER]
        assert re.fullmatch(ANYWIDGET, anywidget)
        assert outside.unknown == []


def test_without_a_network_a_widget_is_blank(book: Path, chromium: Browser) -> None:
    with reading(chromium, book / "stored.html", scripts=False) as (page, _):
        expect(outputs(page)).to_have_text(["", ""])


def test_without_state_a_widget_is_blank(book: Path, chromium: Browser) -> None:
    with reading(chromium, book / "stateless.html") as (page, outside):
        expect(outputs(page)).to_have_text(["", ""])
        assert outside == Outside()


def test_a_book_of_plain_tables_asks_for_nothing(book_of_tables: Path, chromium: Browser, pictures: Path) -> None:
    with reading(chromium, book_of_tables / "tables.html") as (page, outside):
        expect_twins(outputs(page))
        page.screenshot(path=pictures / "sphinx-tables.png", full_page=True)
        page.set_viewport_size({"width": 1700, "height": 900})
        for output in outputs(page).all():
            expect_text_readable(output)
        assert outside == Outside()
