"""Explorer: the list and the four views over the same choices, by pointer, by keys, and as Python gets them."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

import hfprov_widgets as hfp

from .conftest import OpenNotebook
from .plain import Plain

SAMPLE = hfp.load_catalog("sample")
SMALL, LARGE = "openai/gpt-oss-20b", "openai/gpt-oss-120b"
VIEWS = {"Compare": "table", "Chart": "chart", "Plan": "planner", "Code": "snippet"}
DRAW = """
import hfprov_widgets as hfp
sample = hfp.load_catalog("sample")
explorer = hfp.Explorer(sample)
explorer
"""


def tab(root: Locator, name: str) -> Locator:
    """The tab with this name."""
    return root.get_by_role("tab", name=name)


def panel(root: Locator) -> Locator:
    """Where the open view is."""
    return root.get_by_role("tabpanel")


def test_each_tab_shows_its_view_and_no_other(plain: Plain) -> None:
    root = plain.show(hfp.Explorer(LARGE, catalog=SAMPLE))
    for name, kind in VIEWS.items():
        tab(root, name).click()
        expect(tab(root, name)).to_have_attribute("aria-selected", "true")
        expect(panel(root)).to_have_attribute("aria-label", name)
        expect(panel(root).locator("> .hfp")).to_have_count(1)
        expect(panel(root).locator("> .hfp")).to_have_class(f"hfp hfp-{kind}")
        assert root.get_by_role("tab", selected=True).count() == 1
    expect(root.get_by_role("combobox")).to_have_count(1)


def test_a_model_chosen_in_the_list_is_the_model_of_every_view(plain: Plain) -> None:
    root = plain.show(hfp.Explorer(SAMPLE))
    root.get_by_role("combobox").fill("gpt oss 20")
    root.get_by_role("combobox").press("Enter")
    for name in VIEWS:
        tab(root, name).click()
        expect(panel(root).locator(".hfp-title")).to_contain_text("gpt-oss-20b")


def test_a_route_chosen_in_one_view_is_chosen_in_all(plain: Plain) -> None:
    root = plain.show(hfp.Explorer(LARGE, catalog=SAMPLE))
    panel(root).locator("tr", has_text="groq").click()
    for name in VIEWS:
        tab(root, name).click()
        expect(panel(root).locator(".hfp-chosen")).to_contain_text(f"{LARGE}:groq")
    expect(panel(root).locator("code")).to_contain_text(f'"{LARGE}:groq"')
    tab(root, "Plan").click()
    panel(root).locator("tr", has_text="novita").click()
    tab(root, "Code").click()
    expect(panel(root).locator("code")).to_contain_text(f'"{LARGE}:novita"')


def test_a_filter_of_the_list_is_one_of_the_views(plain: Plain) -> None:
    root = plain.show(hfp.Explorer(LARGE, catalog=SAMPLE, filters={"provider": "groq"}))
    expect(panel(root).locator(".hfp-pick")).to_have_text(["groq"])
    tab(root, "Plan").click()
    expect(panel(root).locator(".hfp-pick")).to_have_text(["groq"])


def test_what_is_said_once_is_said_once(plain: Plain) -> None:
    fresh = {"phase": "failed", "message": "503 Service Unavailable", "can_refresh": True}
    root = plain.show(hfp.Explorer(LARGE, catalog=SAMPLE), _freshness=fresh)
    for name in VIEWS:
        tab(root, name).click()
        for words in ("catalogue of 2026-10-10", "503 Service Unavailable"):
            assert root.get_by_text(words).locator("visible=true").count() == 1
        assert root.get_by_role("button", name="Try again").count() == 1
    plain.set("_fault", "Python code that watches this widget failed.")
    assert root.get_by_text("Python code that watches").count() == 1


def test_views_that_were_left_are_gone(plain: Plain) -> None:
    root = plain.show(hfp.Explorer(LARGE, catalog=SAMPLE))
    count = "() => document.querySelectorAll('*').length"
    for name in VIEWS:
        tab(root, name).click()
    tab(root, "Compare").click()
    before = plain.page.evaluate(count)
    for _ in range(5):
        for name in VIEWS:
            tab(root, name).click()
    tab(root, "Compare").click()
    assert plain.page.evaluate(count) == before


def test_beside_each_other_where_there_is_room_and_below_where_there_is_none(plain: Plain) -> None:
    root = plain.show(hfp.Explorer(LARGE, catalog=SAMPLE))
    for width, beside in ((1000, True), (840, True), (700, False), (320, False)):
        plain.page.set_viewport_size({"width": width, "height": 900})
        expect(root).to_have_attribute("data-size", "wide" if beside else "medium" if width > 560 else "narrow")
        boxes = [root.locator(f".hfp-explorer-{part}").bounding_box() for part in ("picker", "side")]
        assert boxes[0]
        assert boxes[1]
        assert (boxes[0]["y"] == boxes[1]["y"]) is beside
        assert root.evaluate("e => e.scrollWidth <= e.clientWidth")
    heights = root.locator(".hfp-explorer-picker .hfp-list").evaluate("e => e.clientHeight")
    assert heights == 5 * 48


def test_by_keys_alone_from_the_search_to_the_code(plain: Plain) -> None:
    root = plain.show(hfp.Explorer(SAMPLE))
    keys = plain.page.keyboard
    keys.press("Tab")
    keys.type("gpt-oss 120")
    keys.press("Enter")
    expect(panel(root).locator(".hfp-title")).to_contain_text("gpt-oss-120b")
    _tab_to(plain, "[role=tab]")
    for key, name in (("ArrowRight", "Chart"), ("End", "Code"), ("ArrowRight", "Compare"), ("ArrowLeft", "Code")):
        keys.press(key)
        expect(tab(root, name)).to_be_focused()
        expect(tab(root, name)).to_have_attribute("aria-selected", "true")
    keys.press("Home")
    _tab_to(plain, ".hfp-pick")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(panel(root).locator(".hfp-chosen")).to_contain_text(f"{LARGE}:novita")
    for _ in range(40):
        keys.press("Tab")
        if not root.evaluate("e => e.contains(document.activeElement)"):
            break
    else:
        raise AssertionError("Tab never left the explorer")
    keys.press("Shift+Tab")
    assert root.evaluate("e => e.contains(document.activeElement)"), "and back into it"


def test_the_focus_is_not_lost_when_python_opens_another_view(plain: Plain) -> None:
    root = plain.show(hfp.Explorer(LARGE, catalog=SAMPLE, view="plan"))
    panel(root).get_by_label("Students").focus()
    plain.set("view", "chart")
    expect(tab(root, "Chart")).to_be_focused()
    root.get_by_role("combobox").focus()
    plain.set("view", "code")
    expect(root.get_by_role("combobox")).to_be_focused()


def test_a_person_decides_and_python_has_it(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        DRAW,
        "again = eval(explorer.code())\nprint(again.plan == explorer.plan, again.value, again.view)",
        "explorer.view = 'chart'\nexplorer.model = 'openai/gpt-oss-20b'",
        height=1300,
    )
    output = notebook.run(0)
    root = output.locator(".hfp-explorer")
    root.get_by_role("combobox").click()
    notebook.page.keyboard.type("oss 120")
    notebook.page.keyboard.press("Enter")
    notebook.expect_python("explorer.model", LARGE)
    panel(root).locator("tr", has_text="ovhcloud").click()
    notebook.expect_python("explorer.value", f"{LARGE}:ovhcloud")
    tab(root, "Plan").click()
    notebook.expect_python("explorer.view", "plan")
    panel(root).get_by_label("Students").fill("12")
    notebook.expect_python("explorer.students", 12)
    notebook.expect_python("explorer.plan.students", 12)
    tab(root, "Code").click()
    panel(root).get_by_role("button", name="OpenAI client").click()
    panel(root).get_by_role("menuitemradio", name="curl").click()
    notebook.expect_python("explorer.client", "curl")
    notebook.expect_python("explorer.text.splitlines()[0][:4]", "curl")
    notebook.run(1)
    assert f"True {LARGE}:ovhcloud code" in notebook.text(1)
    notebook.run(2)
    expect(tab(root, "Chart")).to_have_attribute("aria-selected", "true")
    expect(panel(root).locator(".hfp-title")).to_contain_text("gpt-oss-20b")
    expect(root.locator(".hfp-explorer-picker .hfp-chosen")).to_contain_text("gpt-oss-20b")


def test_two_views_of_one_explorer_go_together(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(DRAW, "explorer", height=1500)
    one = notebook.run(0).locator(".hfp-explorer")
    two = notebook.run(1).locator(".hfp-explorer")
    tab(one, "Plan").click()
    expect(tab(two, "Plan")).to_have_attribute("aria-selected", "true")
    panel(two).get_by_label("Students").fill("7")
    expect(panel(one).get_by_label("Students")).to_have_value("7")


def _tab_to(plain: Plain, selector: str) -> None:
    for _ in range(30):
        plain.page.keyboard.press("Tab")
        if plain.page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")
