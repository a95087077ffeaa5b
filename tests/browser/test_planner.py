"""BudgetPlanner: the plan on screen and on paper, the choice, and what Python gets."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import hfprov_widgets as hfp

from .catalogs import MODEL, small
from .conftest import OpenNotebook
from .plain import Plain
from .planners import DEEPSEEK, DOCUMENTED, documented, field, rows, trait
from .states import NARROW, STATES, WIDE, Show, plains, show
from .test_little_room import CUT, ROOM, SPACING
from .test_restored import BUSY, fresh

__all__ = ["plains", "show"]  # fixtures; pytest finds them by their names here

MAKE = f"""
import hfprov_widgets as hfp
planner = hfp.BudgetPlanner({DEEPSEEK!r}, catalog=hfp.load_catalog("documented"), tokenizer=str.split)
planner
"""

SENTENCE = "planner.plan.explain().partition(' Data: ')[0]"


def test_the_documented_example(plain: Plain) -> None:
    root = documented(plain, credit=0.05)
    assert rows(root) == [
        ["novita", "0.00203", "0.0487", "1.46", "24", "fits", "14"],
        ["deepinfra", "0.00209", "0.0501", "1.50", "23", "over by $0.000112", "9.2"],
        ["together", "0.00258", "0.0619", "1.86", "19", "over by $0.0119", "8.1"],
    ]
    sentence = DOCUMENTED.plan(DEEPSEEK, credit=0.05).explain().partition(" Data: ")[0]
    expect(root.locator(".hfp-plan-sentence")).to_have_text(sentence)
    expect(root.locator(".hfp-told")).to_have_text(sentence)
    expect(root.locator("td").filter(has_text="0.00203")).to_have_attribute("title", "$0.002028")
    over = root.locator("td").filter(has_text="over by $0.0119")
    assert int(over.evaluate("e => getComputedStyle(e).fontWeight")) >= 600


def test_free_doubtful_and_silent_routes(plain: Plain) -> None:
    root = plain.show(hfp.BudgetPlanner(MODEL, catalog=small(), credit=0.01))
    assert rows(root)[0][:1] + rows(root)[0][4:6] == ["gift promo", "no limit by price", "fits"]
    root.locator("summary").click()
    apart = [
        f"{MODEL}:slip price in doubt: $0.0000002 per 1M tokens",
        f"{MODEL}:silent no price published",
        f"{MODEL}:down status error",
    ]
    expect(root.locator(".hfp-left-out li")).to_have_text(apart)


def test_filters_put_routes_apart_and_can_be_cleared(plain: Plain) -> None:
    root = plain.show(hfp.BudgetPlanner(MODEL, catalog=small(), filters={"min_context_length": 10**9}))
    expect(root.locator("tbody")).to_have_count(0)
    expect(root.locator(".hfp-plan-sentence")).to_contain_text("No route of org/small has a cost here.")
    root.get_by_role("button", name="Clear filters").click()
    assert len(rows(root)) == 4


def test_a_route_is_chosen_and_walked_by_keys(plain: Plain) -> None:
    root = documented(plain)
    root.locator("tr", has_text="deepinfra").locator("td").nth(1).click()
    assert trait(plain, "value") == f"{DEEPSEEK}:deepinfra"
    plain.page.keyboard.press("ArrowDown")
    plain.page.keyboard.press("Enter")
    assert trait(plain, "value") == f"{DEEPSEEK}:together"
    plain.set("value", f"{DEEPSEEK}:fireworks-ai")
    expect(root.locator(".hfp-chosen")).to_contain_text("without a cost")
    root.locator(".hfp-pick").last.focus()
    plain.page.keyboard.press("Escape")
    assert trait(plain, "value") is None


def test_the_row_that_was_reached_keeps_the_focus_when_the_order_changes(plain: Plain) -> None:
    root = plain.show(hfp.BudgetPlanner(MODEL, catalog=small()))
    root.locator(".hfp-pick").last.focus()
    root.locator(".hfp-pick").last.press("End")
    focused = "() => document.activeElement.innerText"
    assert plain.page.evaluate(focused) == "quick"
    plain.set("filters", {"provider": ["quick", "dated"]})
    assert plain.page.evaluate(focused) == "quick"


def test_many_routes_are_drawn_in_part(plain: Plain) -> None:
    root = plain.show(hfp.BudgetPlanner(hfp.load_catalog("sample"), credit=2, credit_for="class"))
    drawn = root.locator("tbody tr[data-key]")
    assert drawn.count() < 40
    root.locator(".hfp-pick").first.focus()
    plain.page.keyboard.press("End")
    expect(root.locator(".hfp-pick:focus")).to_be_in_viewport()
    expect(drawn.last).to_contain_text("over by $")
    plain.page.keyboard.press("Enter")
    assert trait(plain, "value") == "moonshotai/Kimi-K3:fireworks-ai"


def test_copying(plain: Plain) -> None:
    root = documented(plain, credit=0.05)
    root.evaluate("() => { document.execCommand = () => false; }")
    root.get_by_role("button", name="Copy").click()
    root.get_by_role("menuitem", name="as CSV").click()
    area = root.get_by_role("textbox", name="Text to copy")
    expect(area).to_have_value(re.compile(r"deepinfra,0\.002088,0\.050112,1\.50336,23,true,"))
    expect(area).to_have_value(re.compile(r"featherless-ai,,,,,,,,no price published"))


@pytest.mark.parametrize("width", [NARROW, 620, WIDE])
def test_nothing_is_lost_where_there_is_little_room(show: Show, width: int) -> None:
    for name in (name for name in STATES if name.startswith("planner")):
        plain, root = show(STATES[name], width=width)
        assert plain.page.evaluate(ROOM) == {"sideways": 0, "out": []}, name
        panel = root.locator(".hfp-panel")
        if panel.count():
            assert panel.evaluate("e => e.scrollWidth - e.clientWidth") <= 0, name


@pytest.mark.parametrize("width", [NARROW, 620, WIDE])
@pytest.mark.parametrize("name", ["planner", "planner, many", "planner, wrong"])
def test_wider_letters_and_lines_cut_nothing_off(show: Show, name: str, width: int) -> None:
    plain, _ = show(STATES[name], width=width)
    assert plain.page.evaluate(CUT) == []
    plain.page.add_style_tag(content=SPACING)
    assert plain.page.evaluate(CUT) == []
    assert plain.page.evaluate(ROOM) == {"sideways": 0, "out": []}


def test_on_paper_the_plan_is_whole_and_has_its_numbers(plain: Plain) -> None:
    root = plain.show(hfp.BudgetPlanner(hfp.load_catalog("sample"), credit=2, credit_for="class"))
    plain.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    plain.page.emulate_media(media="print")
    assert root.locator("tbody tr[data-key]").count() == 188
    expect(root.get_by_role("button", name="Copy")).to_be_hidden()
    expect(field(root, "Students")).to_be_visible()
    expect(root.get_by_role("button", name="for the class")).to_be_visible()
    expect(root.get_by_role("button", name="per student")).to_be_hidden()


def test_the_form_the_plan_and_the_choice_are_pythons_too(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "planner.students = 4; planner.credit = None; planner.tokens = (10, 20)")
    output = notebook.run(0)
    field(output, "Students").fill("12")
    field(output, "Credit").fill("0.05")
    notebook.expect_python("(planner.students, planner.credit)", (12, 0.05))
    expect(output.locator(".hfp-plan-sentence")).to_have_text(
        notebook.python("planner.plan.explain().partition(' Data: ')[0]")
    )
    field(output, "Input").fill("0")
    field(output, "Output").fill("0")
    expect(output.locator(".hfp-plan-wrong")).to_contain_text("not both zero")
    notebook.expect_python("planner.tokens", (0, 300))
    output.locator("tr", has_text="together").locator("td").nth(1).click()
    notebook.expect_python("(planner.value, planner.route.provider)", (f"{DEEPSEEK}:together", "together"))
    notebook.run(1)
    expect(field(output, "Students")).to_have_value("4")
    expect(field(output, "Credit")).to_have_value("")
    expect(field(output, "Output")).to_have_value("20")
    expect(output.locator(".hfp-plan-wrong")).to_have_count(0)
    expect(output.locator(".hfp-plan-sentence")).to_have_text(
        notebook.python("planner.plan.explain().partition(' Data: ')[0]")
    )


def test_a_text_is_counted_by_the_tokenizer_in_python(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "planner._tokenizer = lambda text: 1 / 0")
    output = notebook.run(0)
    output.get_by_role("button", name="From a text").click()
    panel = output.get_by_role("dialog")
    area = panel.get_by_role("textbox")
    area.fill("one two three")
    expect(panel).to_contain_text("≈ 4 tokens")
    panel.get_by_role("button", name="Count exactly").click()
    expect(panel).to_contain_text("3 tokens (counted by the tokenizer given)")
    panel.get_by_role("button", name="Use as input").click()
    notebook.expect_python("planner.tokens", (3, 300))
    notebook.run(1)
    output.get_by_role("button", name="From a text").click()
    area.fill("one two")
    expect(panel).to_contain_text("≈ 2 tokens")
    panel.get_by_role("button", name="Count exactly").click()
    expect(panel).to_contain_text("Python could not count it: ZeroDivisionError")
    expect(panel).to_contain_text("≈ 2 tokens")


def test_a_python_that_is_busy_or_gone_is_said_so(open_in_other_lab: OpenNotebook) -> None:
    notebook = open_in_other_lab(f"from pathlib import Path\n{MAKE}", BUSY)
    root = fresh(notebook)
    output = notebook.run(0)
    notebook.start(1)
    output.get_by_role("button", name="From a text").click()
    panel = output.get_by_role("dialog")
    panel.get_by_role("textbox", name="Text").fill("one two three")
    panel.get_by_role("button", name="Count exactly").click()
    expect(panel).to_contain_text("Python is counting it with your tokenizer…")
    expect(panel).to_contain_text("Python has not answered yet")
    expect(panel).to_contain_text("≈ 4 tokens")
    (root / "go.txt").touch()
    expect(panel).to_contain_text("3 tokens (counted by the tokenizer given)")
    notebook.page.keyboard.press("Escape")
    notebook.restart()
    output.get_by_role("button", name="From a text").click()
    panel.get_by_role("textbox", name="Text").fill("one two")
    panel.get_by_role("button", name="Count exactly").click()
    expect(panel).to_contain_text("The text did not reach Python")
    field(output, "Students").fill("3")
    expect(output.locator(".hfp-plan-sentence")).to_contain_text("For 3 students")
