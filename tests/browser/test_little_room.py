"""Forced colours, no motion, a narrow page, twice the size, wider letters: nothing is lost, and all can be used."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from .states import NARROW, STATES, WIDE, Show, plains, show

__all__ = ["plains", "show"]  # fixtures; pytest finds them by their names here


def style(element: Locator, name: str) -> str:
    """A computed style."""
    value: str = element.evaluate("(e, name) => getComputedStyle(e)[name]", name)
    return value


def test_in_forced_colours_state_is_told_by_line_and_text(show: Show) -> None:
    plain, root = show(STATES["picker, filtered"])
    plain.page.emulate_media(forced_colors="active")
    chip = root.get_by_role("button", pressed=True)
    other = root.get_by_role("button", pressed=False).first
    assert float(style(chip, "borderTopWidth")[:-2]) > float(style(other, "borderTopWidth")[:-2])
    root.get_by_role("option").first.click()
    assert style(root.get_by_role("option", selected=True), "borderInlineStartWidth") == "4px"
    root.get_by_role("combobox").press("ArrowDown")
    assert style(root.locator(".hfp-active"), "outlineStyle") == "solid"
    root.get_by_role("button", name="Sort").press("Enter")
    assert style(root.locator(".hfp-item:focus"), "outlineStyle") == "solid"
    expect(root.locator(".hfp-item[aria-checked=true]")).to_contain_text("✓")

    plain, root = show(STATES["table, chosen"])
    plain.page.emulate_media(forced_colors="active")
    chosen = root.locator("tr", has=plain.page.get_by_role("button", pressed=True)).locator("th")
    assert style(chosen, "borderInlineStartWidth") == "4px"
    expect(root.locator(".hfp-is-best").first).to_contain_text("best")
    expect(root.locator("tr", has_text="down")).to_contain_text("error")
    for control in (
        root.locator(".hfp-pick").first,
        root.locator(".hfp-sort").first,
        root.locator(".hfp-button").first,
    ):
        control.focus()
        plain.page.keyboard.press("Shift")  # from now on the focus is one of the keyboard
        assert style(control, "outlineStyle") == "solid"


def test_nothing_moves_for_those_who_do_not_want_it(show: Show) -> None:
    plain, root = show(STATES["picker, refreshing"])
    moving = "document.getAnimations().length"
    assert plain.page.evaluate(moving) == 1, "the line at the top while newer data is read"
    plain.page.emulate_media(reduced_motion="reduce")
    assert plain.page.evaluate(moving) == 0
    expect(root.locator(".hfp-busy")).to_be_visible()


ROOM = """() => {
  const page = document.documentElement;
  const edge = document.querySelector(".hfp").getBoundingClientRect().right;
  const out = [...document.querySelectorAll(".hfp :is(button, input, p, .hfp-foot > span)")]
    .filter((element) => !element.closest("table, .hfp-panel") && element.checkVisibility())
    .filter((element) => element.getBoundingClientRect().right > edge + 0.5);
  return { sideways: page.scrollWidth - page.clientWidth, out: out.map((element) => element.outerHTML.slice(0, 90)) };
}"""


@pytest.mark.parametrize("width", [320, 500, 620])
def test_nothing_is_lost_where_there_is_little_room(show: Show, width: int) -> None:
    """320 px is a small telephone, and a window of 1280 px at 400 %; 620 px one of 1240 px at 200 %."""
    for name in STATES:
        plain, root = show(STATES[name], width=width)
        assert plain.page.evaluate(ROOM) == {"sideways": 0, "out": []}, name
        panel = root.locator(".hfp-panel")
        if panel.count():
            box = panel.bounding_box()
            assert box, name
            assert box["x"] >= 0, name
            assert box["x"] + box["width"] <= width, name


def test_a_narrow_table_scrolls_in_itself_and_keeps_its_names(show: Show) -> None:
    _, root = show(STATES["table"], width=NARROW)
    scroller = root.locator(".hfp-scroll")
    assert scroller.evaluate("e => e.scrollWidth - e.clientWidth") > 300
    last = root.get_by_role("columnheader").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    expect(root.get_by_role("button", name="quick")).to_be_in_viewport(ratio=0.9)


def test_zoomed_to_twice_its_size_it_can_be_used(show: Show) -> None:
    """The browser's zoom: half as many CSS pixels, each twice as large."""
    plain, root = show(STATES["picker, searched"])
    session = plain.page.context.new_cdp_session(plain.page)
    screen = {"width": 600, "height": 400, "deviceScaleFactor": 2, "mobile": False}
    session.send("Emulation.setDeviceMetricsOverride", screen)
    assert plain.page.evaluate("devicePixelRatio") == 2
    assert plain.page.evaluate(ROOM) == {"sideways": 0, "out": []}
    root.get_by_role("button", name="Sort").click()
    root.get_by_role("menuitemradio", name="name").click()
    root.get_by_role("option").nth(1).click()
    expect(root.get_by_role("option", selected=True)).to_have_count(1)
    session.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2})
    root.get_by_role("option").first.click()
    expect(root.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    session.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 1})
    session.send("Emulation.clearDeviceMetricsOverride")
    session.detach()


# What WCAG 1.4.12 lets a reader set. Texts of any length (ids, sources) are cut in any case, and stand in a title.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll(
  ".hfp :is(button, td, th, small, .hfp-row > span, .hfp-columns > span, .hfp-count)")]
  .filter((e) => e.checkVisibility() && !e.matches(".hfp-id") && e.title !== e.textContent)
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && getComputedStyle(e).display !== "inline")
  .filter((e) => getComputedStyle(e).overflowX !== "visible")
  .map((e) => `${e.className} ${e.textContent.trim()} ${e.scrollWidth} > ${e.clientWidth}`)"""


@pytest.mark.parametrize("width", [NARROW, 620, WIDE])
@pytest.mark.parametrize("name", ["picker", "picker, filtered", "table, documented", "routes", "routes of days"])
def test_wider_letters_and_lines_cut_nothing_off(show: Show, name: str, width: int) -> None:
    plain, _ = show(STATES[name], width=width)
    assert plain.page.evaluate(CUT) == []
    plain.page.add_style_tag(content=SPACING)
    assert plain.page.evaluate(CUT) == []
    assert plain.page.evaluate(ROOM) == {"sideways": 0, "out": []}
