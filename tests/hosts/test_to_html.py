"""The page that `to_html` writes, opened from the disk: no kernel, no network, no manager of widgets."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from hfprov_widgets import ModelPicker, ProviderTable
from tests.hosts.axe import expect_readable
from tests.hosts.lesson import MODEL
from tests.hosts.npm import Outside
from tests.hosts.saved import reading
from tests.hosts.steps import expect_drawn, sample, themes, use_picker, use_table

HOST = "to_html(), from a file"
MOST = 200_000  # bytes


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The lesson's picker and its table, a page each."""
    picker, table = tmp_path / "picker.html", tmp_path / "table.html"
    ModelPicker(sample(), value=MODEL).to_html(picker)
    ProviderTable(MODEL, catalog=sample()).to_html(table)
    return picker, table


@pytest.mark.host(HOST, "drawn", "search, sort, filter, choose", "asks nothing outside")
def test_both_pages_work_and_ask_for_nothing(files: tuple[Path, Path], chromium: Browser) -> None:
    with reading(chromium, files[0]) as (picker, picker_asked), reading(chromium, files[1]) as (table, table_asked):
        expect_drawn(picker, table)
        use_picker(picker)
        use_table(table, MODEL)
        for page in (picker, table):
            expect(page.get_by_text("Python is not answering")).to_have_count(0)
        assert picker_asked == table_asked == Outside()


@pytest.mark.parametrize("theme", themes(HOST))
def test_contrast(files: tuple[Path, Path], chromium: Browser, theme: Literal["light", "dark"], pictures: Path) -> None:
    for file in files:
        with reading(chromium, file, prefers=theme) as (page, _):
            expect(page.locator(".hfp-source")).to_be_visible()
            page.screenshot(path=pictures / f"to_html-{file.stem}-{theme}.png")
            expect_readable(page, theme)


def test_a_page_is_small(files: tuple[Path, Path]) -> None:
    for file in files:
        assert file.stat().st_size <= MOST
