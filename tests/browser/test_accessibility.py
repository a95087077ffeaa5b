"""What a reader needs who uses no mouse, no colour, large type or a screen reader: every state of both widgets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import hfprov_widgets as hfp
from hfprov_widgets.widgets.base import CatalogWidget

from .catalogs import MODEL, small
from .conftest import OpenNotebook
from .plain import PAPER, Plain, Theme, plain_page

AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"
SAMPLE = hfp.load_catalog("sample")
LLAMA = "meta-llama/Llama-3.3-70B-Instruct"
EMPTY = hfp.Catalog.from_models([], source="mine", retrieved_at=None)
IDLE = hfp.Catalog.from_models([hfp.Model("org/idle")], source="mine", retrieved_at=None)
NARROW, WIDE = 320, 1000

FIND_FAULTS = """async () => {
  const roots = [...document.querySelectorAll(".hfp")];
  const options = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
  const { violations } = await axe.run({ include: roots }, options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target}: ${failureSummary}`));
}"""


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong in our widgets; the page around them is not ours."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_source())
    found: list[str] = page.evaluate(FIND_FAULTS)
    return found


@cache
def axe_source() -> str:
    """The library as text."""
    return AXE.read_text()


# --- every state ----------------------------------------------------------------------------------------


class State(NamedTuple):
    """A widget in a state: how it is made, what Python then says, and what the user then does."""

    make: Callable[[], CatalogWidget]
    traits: dict[str, object] = {}  # noqa: RUF012  # never changed
    act: Callable[[Locator], object] = lambda root: None
    says: str = ""  # what shows that the state is reached


def picker(**options: Any) -> Callable[[], CatalogWidget]:
    """A picker over the sample, made when it is needed."""
    return lambda: hfp.ModelPicker(**{"catalog": SAMPLE, **options})


def table(model: str | None = MODEL, **options: Any) -> Callable[[], CatalogWidget]:
    """A table, made when it is needed."""
    return lambda: hfp.ProviderTable(model, **{"catalog": small(), **options})


def every_route() -> CatalogWidget:
    """The sample as one list."""
    return hfp.ProviderTable(SAMPLE)


def press(name: str) -> Callable[[Locator], None]:
    """Press a button of the widget."""
    return lambda root: root.get_by_role("button", name=name).first.click()


def open_filters(name: str) -> Callable[[Locator], None]:
    """Press a button among the filters, which a narrow picker folds away."""

    def act(root: Locator) -> None:
        fold = root.get_by_role("button", name="Filters")
        if fold.count():
            fold.click()
        press(name)(root)

    return act


def copy_where_it_is_forbidden(root: Locator) -> None:
    """The text is offered instead."""
    root.evaluate("() => { document.execCommand = () => false; }")
    press("Copy")(root)
    root.get_by_role("menuitem", name="as CSV").click()


def scroll_far(root: Locator) -> None:
    """To the middle of a long table."""
    root.locator(".hfp-scroll").evaluate("e => { e.scrollTop = 3000 }")


def phase(name: str, message: str = "") -> dict[str, object]:
    """What Python says of the freshness."""
    return {"_freshness": {"phase": name, "message": message, "can_refresh": name != "offline"}}


def stale() -> hfp.Catalog:
    """The router's list, days old."""
    return hfp.Catalog.from_models(small().records, source="router", retrieved_at="2026-10-01T08:00:00Z")


STATES = {
    "picker": State(picker()),
    "picker, chosen": State(picker(value=LLAMA), says="Chosen: "),
    "picker, searched": State(picker(query="llama instr"), says="of 126 models"),
    "picker, a row reached": State(picker(), act=lambda root: root.get_by_role("combobox").press("ArrowDown")),
    "picker, several": State(picker(multiple=True, value=(LLAMA, "openai/gpt-oss-20b")), says="2 models"),
    "picker, no match": State(picker(query="lama 3.3 70b instrct"), says="Near names"),
    "picker, filters leave nothing": State(picker(query="gpt-oss", filters={"provider": "zai-org"}), says="Clear"),
    "picker, filtered": State(picker(filters={"min_context_length": 128_000, "provider": "novita"}), says="clear"),
    "picker, empty": State(picker(catalog=EMPTY), says="holds no model"),
    "picker, no bytes yet": State(picker(), {"_catalog": b""}, says="Loading"),
    "picker, refreshing": State(picker(), {**phase("refreshing"), "value": "org/later"}, says="not in this data yet"),
    "picker, failed": State(picker(), phase("failed", "503 Service Unavailable"), says="503 Service"),
    "picker, offline": State(picker(), phase("offline"), says="offline"),
    "picker, stale": State(picker(catalog=stale()), phase("still"), says="stale"),
    "picker, unknown": State(picker(), {"value": "org/gone"}, says="not in this data"),
    "picker, unreadable": State(picker(), {"_catalog": b"\x02\x00\x00\x00{}"}, says="cannot be drawn"),
    "picker, order menu": State(picker(), act=press("Sort"), says="most likes"),
    "picker, provider menu": State(picker(), act=open_filters("all 14"), says="zai-org"),
    "picker, context menu": State(picker(), act=open_filters("context"), says="any length"),
    "picker, labels": State(picker(catalog=small()), says="promo"),
    "table": State(table()),
    "table, chosen": State(table(value=f"{MODEL}:quick"), says="Chosen: "),
    "table, documented": State(table("deepseek-ai/DeepSeek-V4-Pro", catalog=hfp.load_catalog("documented"))),
    "table, two sort keys": State(table(sort=(("context_length", "desc"), ("price_output", "asc")))),
    "table, filters hide rows": State(
        table(filters={"min_context_length": 64_000}, value=f"{MODEL}:silent"), says="hidden by filters"
    ),
    "table, filters hide all": State(table(filters={"min_context_length": 10**7}), says="No route meets"),
    "table, empty": State(lambda: hfp.ProviderTable(EMPTY), says="catalogue is empty"),
    "table, not served": State(table("org/idle", catalog=IDLE), says="No provider serves"),
    "table, unknown": State(table(), {"model": "org/smal"}, says="Near names"),
    "table, no bytes yet": State(table(), {"_catalog": b""}, says="Loading"),
    "table, refreshing": State(table(), {**phase("refreshing"), "model": "org/later"}, says="Newer data is on its way"),
    "table, failed": State(table(), phase("failed", "503 Service Unavailable"), says="503 Service"),
    "table, offline": State(table(), phase("offline"), says="offline"),
    "table, stale": State(table(catalog=stale()), phase("still"), says="stale"),
    "table, unreadable": State(table(), {"_catalog": b"\x02\x00\x00\x00{}"}, says="cannot be drawn"),
    "table, provider menu": State(table(), act=press("Provider"), says="nought"),
    "table, filter menu": State(table(), act=press("Filter"), says="live only"),
    "table, mix form": State(table(), act=press("My mix 3"), says="How many input tokens"),
    "table, column menu": State(table(), act=press("Columns"), says="Speed source"),
    "table, copy menu": State(table(), act=press("Copy"), says="as Markdown"),
    "table, copying forbidden": State(table(), act=copy_where_it_is_forbidden, says="take it from here"),
    "routes": State(every_route, says="287 routes"),
    "routes, chosen": State(every_route, act=lambda root: root.locator(".hfp-pick").nth(2).click(), says="Chosen: "),
    "routes, scrolled": State(every_route, act=scroll_far),
    "routes of days": State(lambda: hfp.ProviderTable(hfp.load_catalog("tasks")), says="as last seen"),
}  # fmt: skip


@pytest.fixture(scope="module")
def plains(chromium: Browser) -> Iterator[dict[Theme, Plain]]:
    """A page of each theme."""
    with plain_page(chromium) as light, plain_page(chromium, theme="dark") as dark:
        yield {"light": light, "dark": dark}


@pytest.fixture
def show(plains: dict[Theme, Plain]) -> Iterator[Show]:
    """Draw a state, alone on its page."""

    def show_(state: State, *, theme: Theme = "light", width: int = WIDE) -> tuple[Plain, Locator]:
        plain = plains[theme]
        plain.clear()
        plain.page.set_viewport_size({"width": width, "height": 900})
        root = plain.show(state.make(), **state.traits)
        expect(root).to_be_visible()
        state.act(root)
        if state.says:
            expect(root).to_contain_text(state.says)
        return plain, root

    yield show_
    for plain in plains.values():
        plain.page.emulate_media(forced_colors="null", reduced_motion="null", media="null")


class Show(Protocol):
    """Draws a state; see the fixture."""

    def __call__(self, state: State, *, theme: Theme = "light", width: int = WIDE) -> tuple[Plain, Locator]: ...


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(show: Show, name: str) -> None:
    found = []
    for theme in PAPER:
        for width in (WIDE, NARROW):
            plain, _ = show(STATES[name], theme=theme, width=width)
            found += [f"{theme}, {width} px: {fault}" for fault in faults(plain.page)]
    assert found == []


def test_axe_finds_nothing_in_jupyterlab(open_notebook: OpenNotebook) -> None:
    """Its colours and its type are the widgets' own there."""
    notebook = open_notebook(
        "import hfprov_widgets as hfp; sample = hfp.load_catalog('sample')",
        "hfp.ModelPicker(sample, multiple=True, value=['openai/gpt-oss-20b'], query='gpt')",
        "hfp.ProviderTable('openai/gpt-oss-120b', catalog=sample, value='openai/gpt-oss-120b:groq')",
    )
    for cell in range(3):
        notebook.run(cell)
    for theme in PAPER:
        notebook.set_theme(theme)
        expect(notebook.page.locator(f".hfp[data-theme={theme}]")).to_have_count(2)
        assert faults(notebook.page) == [], theme


def test_a_planted_fault_is_found(show: Show) -> None:
    plain, root = show(STATES["table"])
    root.locator(".hfp-pick").first.evaluate("e => { e.replaceChildren(); e.title = '' }")
    root.locator(".hfp-quiet").evaluate("e => { e.style.color = '#bbb' }")
    found = " ".join(faults(plain.page))
    assert "button-name" in found
    assert "color-contrast" in found


# --- what is not text ------------------------------------------------------------------------------------

# The border of everything that is recognised as a control by it, against the paper it lies on.
EDGES = """() => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const paper = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return /, 0\\)$/.test(color) ? paper(element.parentElement) : color;
  };
  const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
  return [...document.querySelectorAll(".hfp :is(input, textarea, .hfp-button, .hfp-chip, .hfp-box)")]
    .filter(shown)
    .map((element) => {
      const { borderTopColor, borderTopWidth } = getComputedStyle(element);
      const ratio = contrast(borderTopColor, paper(element.parentElement));
      return { what: element.outerHTML.slice(0, 90), ratio: borderTopWidth === "0px" ? 0 : ratio };
    });
}"""
FOCUS_RING = """() => {
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(document.activeElement);
  return outlineStyle === "none" ? "none" : `${outlineWidth} ${outlineColor}`;
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "name",
    ["picker, several", "picker, filtered", "picker, provider menu", "table, mix form", "table, copying forbidden"],
)
def test_controls_are_seen_by_their_border(show: Show, name: str, theme: Theme) -> None:
    plain, _ = show(STATES[name], theme=theme)
    edges = plain.page.evaluate(EDGES)
    assert len(edges) >= 5
    assert [edge for edge in edges if edge["ratio"] < 3] == []


# --- forced colours, motion, room ------------------------------------------------------------------------


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


# --- what a screen reader says -----------------------------------------------------------------------------
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
