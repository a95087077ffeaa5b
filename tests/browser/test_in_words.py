"""What a screen reader says: Chromium's accessibility tree of one picker and one table, and what is told unasked."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from .plain import plain_page
from .states import STATES, Show, phase, plains, scroll_far, show

__all__ = ["plains", "show"]  # fixtures; pytest finds them by their names here


def test_a_picker_in_words(show: Show) -> None:
    """The accessibility tree of Chromium: what a screen reader says of a picker over the small catalogue."""
    _, root = show(STATES["picker, labels"])
    expect(root).to_match_aria_snapshot(
        """
        - combobox "Search models" [expanded]
        - status: 2 models
        - 'button "Sort: most providers"'
        - group "Provider":
          - button "silent 2"
          - button "dated 1"
          - button "gift 1"
          - button "nought 1"
          - button "all 7"
        - group "Needs":
          - button "tools 1"
          - button "structured output 1"
          - button "priced 1"
          - button "image input 1"
          - button "context"
        - listbox "Models":
          - option "org/small promo , takes text+image, gives text , context not published , input $0.00, output $0.00 \
            per million tokens , 6 providers"
          - option "other/plain , what it does is not published , context not published , price not published , \
            1 provider"
        - text: /mine catalogue of 2026-11-23/
        - status: 2 models · 8 routes
        """
    )
    root.get_by_role("combobox").press("ArrowDown")
    root.get_by_role("combobox").press("Enter")
    expect(root.get_by_role("listbox")).to_match_aria_snapshot("- option /org.small/ [selected]")
    expect(root).to_match_aria_snapshot('- text: "/Chosen: org.small/"\n- button "Clear the choice"')


def test_a_table_in_words(show: Show) -> None:
    """Units in the heads, and in each row what is best, promotional, doubtful, old, failing or not published."""
    _, root = show(STATES["table, chosen"])
    expect(root).to_match_aria_snapshot(
        """
        - text: org/small · text+image → text
        - status: 7 routes
        - button "Filter"
        - 'button "My mix 3 : 1"'
        - button "Columns"
        - button "Copy"
        - table /Providers of org.small. Prices in US dollars per million tokens. Choose a row with the button/:
          - rowgroup:
            - row:
              - columnheader "Provider"
              - columnheader "Status"
              - columnheader "Input $ / 1M tokens"
              - columnheader "Output $ / 1M tokens"
              - 'columnheader "My mix $ / 1M, 3 : 1"'
              - columnheader "First token ms"
              - columnheader "Speed tokens / s"
              - columnheader "Context tokens"
              - columnheader "Tools"
              - columnheader "JSON"
          - rowgroup:
            - row:
              - rowheader "gift promo"
              - cell "live"
              - cell "best 0.00"
            - row:
              - rowheader "nought listed at zero"
            - row:
              - rowheader "slip suspect price"
              - cell "live"
              - cell "0.000000200"
            - row:
              - rowheader "dated"
              - cell "900 read 2026-08-29"
              - cell "45 read 2026-08-29"
              - cell "32.8k"
              - cell "no"
              - cell "not published"
            - row:
              - rowheader "quick":
                - button "quick" [pressed]
              - cell "0.50"
              - cell "best 210"
              - cell "best 400"
              - cell "best 131k"
              - cell "yes"
            - row /silent live( not published){9}/
            - row:
              - rowheader "down"
              - cell "error"
        - text: /cheapest → gift or nought.*preferred unknown here/
        - text: "/Chosen: org.small:quick/"
        - button "Clear the choice"
        - text: /mine catalogue of 2026-11-23/
        """
    )
    by_mix = root.get_by_role("columnheader", name="My mix")
    expect(by_mix).to_have_attribute("aria-sort", "ascending")
    expect(root.locator("[aria-sort]")).to_have_count(1)
    root.get_by_role("button", name="Context").click(modifiers=["Shift"])
    expect(root.locator("[aria-sort]")).to_have_count(1)
    expect(root.get_by_role("button", name="Context tokens descending, sort key 2")).to_be_visible()


def test_a_row_of_another_day_is_said_to_be_one(show: Show) -> None:
    _, root = show(STATES["routes of days"])
    expect(root.locator("tbody")).to_match_aria_snapshot(
        """
        - row:
          - rowheader "apple/mobilevit-small"
          - cell "hf-inference":
            - button "hf-inference"
          - cell "seen 2025-08-29"
        """
    )


def test_a_windowed_list_says_how_long_it_is_and_where_each_row_stands(show: Show) -> None:
    plain, root = show(STATES["routes"])
    grid = root.get_by_role("table")
    expect(grid).to_have_attribute("aria-rowcount", "288")
    expect(root.locator("thead tr")).to_have_attribute("aria-rowindex", "1")
    scroll_far(root)
    expect(root.locator("tbody tr[data-key]").first).to_have_attribute("aria-rowindex", "96")
    numbers = root.locator("tbody tr[data-key]").evaluate_all("rows => rows.map((row) => +row.ariaRowIndex)")
    assert numbers == list(range(96, 96 + len(numbers)))
    assert len(numbers) < 40

    plain, root = show(STATES["picker"])
    field = root.get_by_role("combobox")
    field.press("End")
    option = root.locator(f"[id='{field.get_attribute('aria-activedescendant')}']")
    expect(option).to_have_attribute("aria-posinset", "126")
    expect(option).to_have_attribute("aria-setsize", "126")
    root.locator(".hfp-list").evaluate("e => { e.scrollTop = 0 }")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))  # the element is not there
    field.press("ArrowUp")
    option = root.locator(f"[id='{field.get_attribute('aria-activedescendant')}']")
    expect(option).to_have_attribute("aria-posinset", "125")
    assert plain.page.evaluate("() => document.querySelectorAll('[role=option]').length") < 40


RECORD = """(root) => {
  window.told = [];
  const note = ([{ target }]) => window.told.push((target.parentElement ?? target).textContent.trim());
  const changes = { subtree: true, childList: true, characterData: true };
  new MutationObserver(note).observe(root.querySelector(".hfp-told"), changes);
}"""


def test_the_count_is_told_once_when_typing_rests(chromium: Browser) -> None:
    with plain_page(chromium) as plain:
        plain.page.clock.install(time=0)
        plain.page.clock.pause_at(1000)
        root = plain.show(STATES["picker"].make())
        root.evaluate(RECORD)
        assert root.get_by_role("status").first.get_attribute("aria-live") is None, "a status is polite by itself"
        field = root.get_by_role("combobox")
        for letter in "gpt-oss":
            field.press(letter)
            plain.page.clock.run_for(300)
        expect(root.locator(".hfp-count")).to_have_text("3 of 126 models")
        plain.page.clock.run_for(600)
        assert plain.page.evaluate("told") == ["3 of 126 models"]
        field.fill("lama 3.3 70b instrct")
        plain.page.clock.run_for(600)
        assert plain.page.evaluate("told")[1:] == ["No model matches; 5 near names below"]


def test_the_clock_is_not_told(chromium: Browser) -> None:
    """A line that says "2 minutes ago" changes each minute; nobody wants to hear that."""
    with plain_page(chromium) as plain:
        plain.page.clock.install(time="2026-10-01T08:01:30Z")
        root = plain.show(STATES["table, stale"].make(), **phase("still"))
        expect(root.locator(".hfp-source")).to_contain_text("1 minute ago")
        expect(root.get_by_role("status").filter(has_text="minute")).to_have_count(0)
        plain.page.clock.run_for(60_000)
        expect(root.locator(".hfp-source")).to_contain_text("2 minutes ago")
