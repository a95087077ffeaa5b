"""On paper: all rows up to a limit, black on white, no controls, and afterwards the screen as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

import hfprov_widgets as hfp

from .catalogs import MODEL, small
from .plain import Plain, plain_page

SAMPLE = hfp.load_catalog("sample")
RECORD = """() => {
  window.onPaper = [];
  addEventListener("beforeprint", () => {
    for (const root of document.querySelectorAll(".hfp")) {
      onPaper.push(root.querySelectorAll("tbody tr[data-key], [role=option]").length);
    }
  });
}"""


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Plain]:
    """A page in dark colours, which paper must not take over."""
    with plain_page(chromium, theme="dark") as page:
        yield page


def synthetic(models: int) -> hfp.Catalog:
    """A catalogue of many models, one route each."""
    ids = [f"org/model-{n:04}" for n in range(models)]
    return hfp.Catalog.from_models(
        [hfp.Model(id, routes=(hfp.Route(id, "groq", status="live"),)) for id in ids],
        source="mine",
        retrieved_at="2026-11-23",
    )


def before_print(plain: Plain) -> None:
    """What a browser does first; then it lays the page out for paper."""
    plain.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    plain.page.emulate_media(media="print")


def after_print(plain: Plain) -> None:
    """And at the end."""
    plain.page.emulate_media(media="null")
    plain.page.evaluate("dispatchEvent(new Event('afterprint'))")


def rows(root: Locator) -> int:
    """How many are in the document."""
    return root.locator("tbody tr[data-key], [role=option]").count()


def test_a_print_holds_every_row_and_the_screen_comes_back_as_it_was(plain: Plain) -> None:
    picker = plain.show(hfp.ModelPicker(SAMPLE))
    table = plain.show(hfp.ProviderTable(SAMPLE))
    picker.locator(".hfp-list").evaluate("e => { e.scrollTop = 1507 }")
    table.locator(".hfp-scroll").evaluate("e => { e.scrollTop = 3011 }")
    expect(picker.get_by_role("option").first).not_to_have_attribute("aria-posinset", "1")
    expect(table.locator("tbody tr[data-key]").first).not_to_have_attribute("aria-rowindex", "2")
    shown = rows(picker), rows(table)
    plain.page.evaluate(RECORD)
    plain.page.pdf()
    assert plain.page.evaluate("onPaper") == [126, 287]
    assert (rows(picker), rows(table)) == shown
    assert picker.locator(".hfp-list").evaluate("e => e.scrollTop") == 1507
    assert table.locator(".hfp-scroll").evaluate("e => e.scrollTop") == 3011
    expect(picker.get_by_role("option").nth(8)).to_be_in_viewport()


def test_what_is_beyond_the_limit_is_said(plain: Plain) -> None:
    catalog = synthetic(501)
    picker = plain.show(hfp.ModelPicker(catalog))
    table = plain.show(hfp.ProviderTable(catalog))
    before_print(plain)
    for root in (picker, table):
        assert rows(root) == 500
        expect(root.locator(".hfp-unprinted")).to_have_text("1 more row is not printed; this is 500 of 501 rows.")
    after_print(plain)
    for root in (picker, table):
        assert rows(root) < 40
        expect(root.locator(".hfp-unprinted")).to_have_count(0)


def test_paper_is_white_and_has_nothing_to_press(plain: Plain) -> None:
    picker = plain.show(hfp.ModelPicker(SAMPLE, filters={"provider": "novita"}, value="openai/gpt-oss-20b"))
    table = plain.show(hfp.ProviderTable(MODEL, catalog=small(), value=f"{MODEL}:quick"))
    before_print(plain)
    for root in (picker, table):
        assert root.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
        assert root.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
        expect(root.locator(".hfp-button:visible, .hfp-clear:visible, .hfp-link:visible")).to_have_count(0)
        expect(root.locator(".hfp-chosen")).to_be_visible()
    expect(picker.locator(".hfp-chip:visible")).to_have_text(re.compile("novita"))
    expect(picker.locator(".hfp-query")).to_be_hidden()
    expect(picker.locator(".hfp-source")).to_have_text(re.compile("sample catalogue of 2026-10-10"))
    expect(picker.get_by_text("$ in / out per 1M")).to_be_visible()
    expect(table.locator(".hfp-source")).to_have_text(re.compile("mine catalogue of 2026-11-23"))
    expect(table.locator("thead")).to_contain_text("$ / 1M tokens")
    after_print(plain)
    assert picker.evaluate("e => getComputedStyle(e).backgroundColor") != "rgb(255, 255, 255)"


@pytest.mark.parametrize("width", [320, 700, 1000])
def test_nothing_is_cut_off_on_paper(plain: Plain, width: int) -> None:
    """A sheet of A4 with usual margins is 718 px wide, whatever the window was."""
    plain.page.set_viewport_size({"width": width, "height": 900})
    roots = [plain.show(hfp.ModelPicker(SAMPLE)), plain.show(hfp.ProviderTable(SAMPLE))]
    roots.append(plain.show(hfp.ProviderTable("deepseek-ai/DeepSeek-V4-Pro", catalog=hfp.load_catalog("documented"))))
    for root in roots:
        expect(root).to_have_attribute("data-size", {320: "narrow", 700: "medium", 1000: "wide"}[width])
    before_print(plain)
    plain.page.set_viewport_size({"width": 718, "height": 1000})
    for root in roots:
        edge = root.evaluate("e => e.getBoundingClientRect().right")
        cells = root.locator("td, th, .hfp-row > span, .hfp-columns > span")
        right = cells.evaluate_all("all => Math.max(...all.map((e) => e.getBoundingClientRect().right))")
        assert right <= edge + 1
        cut = "all => all.filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)"
        assert cells.evaluate_all(cut) == []
        assert root.locator(".hfp-list, .hfp-scroll").evaluate("e => e.scrollHeight - e.clientHeight") <= 1
        assert root.locator(".hfp-gap:visible").count() == 0


def test_each_sheet_begins_with_the_head_and_no_row_is_cut(plain: Plain) -> None:
    table = plain.show(hfp.ProviderTable(SAMPLE))
    picker = plain.show(hfp.ModelPicker(SAMPLE))
    before_print(plain)
    head, row = table.locator("thead"), table.locator("tbody tr").first
    assert head.evaluate("e => getComputedStyle(e).display") == "table-header-group"
    assert row.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    # Chromium repeats no button.
    assert table.locator("thead button").first.evaluate("e => getComputedStyle(e).display") == "contents"
    head, row = picker.locator(".hfp-columns"), picker.get_by_role("option").first
    assert head.evaluate("e => getComputedStyle(e).display") == "table-header-group"
    assert row.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    assert table.locator("th").first.evaluate("e => getComputedStyle(e).position") == "static"
