"""BudgetPlanner on screen: the form, the plan, what is refused, texts and tokenizers, and what Python gets."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

import hfprov_widgets as hfp

from .catalogs import MODEL, small
from .conftest import OpenNotebook
from .plain import Plain, plain_page
from .states import NARROW, STATES, WIDE, Show, plains, show
from .test_little_room import CUT, ROOM, SPACING
from .test_restored import BUSY, fresh

__all__ = ["plains", "show"]  # fixtures; pytest finds them by their names here

DOCUMENTED = hfp.load_catalog("documented")
DEEPSEEK = "deepseek-ai/DeepSeek-V4-Pro"
MAKE = f"""
import hfprov_widgets as hfp
planner = hfp.BudgetPlanner({DEEPSEEK!r}, catalog=hfp.load_catalog("documented"), tokenizer=str.split)
planner
"""

SENTENCE = "planner.plan.explain().partition(' Data: ')[0]"


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Plain]:
    """An empty page."""
    with plain_page(chromium) as page:
        yield page


def documented(plain: Plain, **options: object) -> Locator:
    """The documented example."""
    return plain.show(hfp.BudgetPlanner(DEEPSEEK, **{"catalog": DOCUMENTED, **options}))  # type: ignore[arg-type]


def field(root: Locator, name: str) -> Locator:
    """A field of the form, by its label."""
    return root.get_by_role("textbox", name=re.compile(f"^{name}"))


def trait(plain: Plain, name: str) -> object:
    """What the model has."""
    return plain.page.evaluate("(name) => window.shown[0].model.get(name)", name)


def rows(root: Locator) -> list[list[str]]:
    """The rows of the table, cell by cell."""
    return [row.locator("th, td").all_inner_texts() for row in root.locator("tbody tr[data-key]").all()]


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


def test_what_is_typed_is_planned_at_once(plain: Plain) -> None:
    root = documented(plain)
    field(root, "Students").fill("1")
    field(root, "Calls").fill("1")
    field(root, "To spare").fill("0")
    field(root, "Credit").fill("0.0021")
    assert rows(root)[0][:4] == ["novita", "0.00203", "0.00203", "0.00203"]
    assert [row[5] for row in rows(root)] == ["fits", "fits", "over by $0.000480"]
    root.get_by_role("button", name="for the class").click()
    assert [trait(plain, name) for name in ("students", "calls", "margin", "credit", "credit_for")] == [
        1, 1, 0, 0.0021, "class",
    ]  # fmt: skip
    field(root, "Output").fill("0")
    assert trait(plain, "tokens") == [600, 0]
    expect(root.locator(".hfp-plan-sentence")).to_contain_text("For 1 student with 1 call of 600 + 0 tokens,")
    field(root, "Credit").fill("")
    assert trait(plain, "credit") is None
    expect(root.locator("thead")).not_to_contain_text("Budget")
    expect(root.locator(".hfp-plan-sentence")).to_contain_text("no budget is checked")


def test_decimals_can_be_typed_one_by_one(plain: Plain) -> None:
    root = documented(plain)
    field(root, "To spare").click()
    plain.page.keyboard.press("Control+a")
    plain.page.keyboard.type("12.05")
    expect(field(root, "To spare")).to_have_value("12.05")
    assert trait(plain, "margin") == 0.1205
    field(root, "Students").fill("012")
    expect(field(root, "Students")).to_have_value("012")  # nothing is rewritten under the fingers
    plain.page.keyboard.press("Enter")
    expect(field(root, "Students")).to_have_value("12")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Input", "-1", "Tokens is two whole numbers"),
        ("Output", "1.5", "Tokens is two whole numbers"),
        ("Input", "9999999999999", "Tokens goes up to 1,000,000,000,000."),
        ("Calls", "0", "Calls is a whole number from 1 to 1,000,000,000,000."),
        ("Students", "0", "Students is a whole number from 1 to"),
        ("To spare", "-3", "To spare is a number from 0 to 10,000 %."),
        ("Credit", "-1", "Credit is USD, a number from 0 to 100,000,000, or empty for no budget."),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(plain: Plain, name: str, text: str, words: str) -> None:
    root = documented(plain, credit=0.05)
    before = rows(root)
    state = [trait(plain, one) for one in ("tokens", "calls", "students", "margin", "credit")]
    field(root, name).fill(text)
    alert = root.locator(".hfp-plan-wrong")
    expect(alert).to_contain_text(words)
    expect(alert).to_contain_text("The plan below is the last that made sense.")
    expect(field(root, name)).to_have_attribute("aria-invalid", "true")
    plain.page.keyboard.press("Tab")
    expect(field(root, name)).to_have_value(text)
    assert rows(root) == before
    assert [trait(plain, one) for one in ("tokens", "calls", "students", "margin", "credit")] == state
    field(root, name).focus()
    plain.page.keyboard.press("Escape")
    expect(alert).to_have_count(0)
    expect(field(root, name)).not_to_have_attribute("aria-invalid", "true")


def test_both_zero_is_no_call(plain: Plain) -> None:
    root = documented(plain, tokens=(0, 300))
    field(root, "Output").fill("0")
    expect(root.locator(".hfp-plan-wrong")).to_contain_text("not both zero")
    assert trait(plain, "tokens") == [0, 300]


def test_an_empty_field_is_wrong_only_when_it_is_left(plain: Plain) -> None:
    root = documented(plain)
    field(root, "Students").fill("")
    expect(root.locator(".hfp-plan-wrong")).to_have_count(0)
    plain.page.keyboard.press("Enter")
    expect(root.locator(".hfp-plan-wrong")).to_contain_text("Students is a whole number")


def test_escape_gives_back_what_was_there(plain: Plain) -> None:
    root = documented(plain)
    field(root, "Students").focus()
    plain.page.keyboard.press("Control+a")
    plain.page.keyboard.type("99")
    assert trait(plain, "students") == 99
    plain.page.keyboard.press("Escape")
    assert trait(plain, "students") == 30
    expect(field(root, "Students")).to_have_value("30")


def test_what_python_sets_replaces_what_was_typed(plain: Plain) -> None:
    root = documented(plain)
    field(root, "Students").fill("0")
    plain.set("students", 12)
    expect(field(root, "Students")).to_have_value("12")
    expect(root.locator(".hfp-plan-wrong")).to_have_count(0)
    plain.set("tokens", (7, 8))
    expect(field(root, "Input")).to_have_value("7")


def test_a_preset_fills_the_field_and_says_who_said_it(plain: Plain) -> None:
    root = documented(plain)
    root.get_by_role("button", name="Credit presets").click()
    root.get_by_role("menuitemradio", name="free account, documentation").click()
    expect(field(root, "Credit")).to_have_value("0.1")
    said = root.locator(".hfp-plan-said")
    expect(said).to_contain_text("Free accounts get $0.10 of credit a month.")
    expect(said).to_contain_text("2026-08")
    field(root, "Credit").fill("0.2")
    expect(said).to_have_count(0)
    root.get_by_role("button", name="Credit presets").click()
    root.get_by_role("menuitemradio", name="free account, pricing page").click()
    assert trait(plain, "credit") == 0
    expect(said).to_contain_text("No credit for free accounts.")


def test_tokens_from_a_text_are_an_estimate_that_stays_in_the_page(plain: Plain) -> None:
    root = documented(plain)
    root.get_by_role("button", name="From a text").click()
    area = root.get_by_role("textbox", name="Text")
    expect(area).to_be_focused()
    expect(root.get_by_role("button", name="Use as input")).to_have_attribute("aria-disabled", "true")
    area.fill("😀" * 41)
    panel = root.get_by_role("dialog")
    expect(panel).to_contain_text("≈ 11 tokens (estimate: characters / 4, English prose, ±30 %)")
    expect(panel).to_contain_text("The text stays in this page.")
    expect(root.get_by_role("button", name="Count exactly")).to_have_count(0)
    root.get_by_role("button", name="Use as output").click()
    assert trait(plain, "tokens") == [600, 11]
    expect(panel).to_have_count(0)
    expect(root.get_by_role("button", name="From a text")).to_be_focused()
    root.get_by_role("button", name="From a text").click()
    expect(area).to_have_value("😀" * 41)
    assert "😀" not in plain.page.evaluate("() => JSON.stringify(['tokens', 'filters'].map(window.shown[0].model.get))")


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


@pytest.mark.parametrize(
    ("name", "typed", "trait_name", "means"),
    [
        ("Credit", "0,10", "credit", 0.1),
        ("Credit", "0.5", "credit", 0.5),
        ("Input", "1000", "tokens", [1000, 300]),
        ("Input", "1,000", "tokens", None),
        ("Input", "1e3", "tokens", None),
        ("To spare", "-5", "margin", None),
        ("Students", "abc", "students", None),
    ],
)
def test_what_is_typed_key_by_key_is_taken_as_meant_or_refused(
    plain: Plain, name: str, typed: str, trait_name: str, means: object
) -> None:
    root = documented(plain)
    before = trait(plain, trait_name)
    field(root, name).click()
    plain.page.keyboard.press("Control+A")
    plain.page.keyboard.type(typed)
    plain.page.keyboard.press("Enter")
    if means is None:
        expect(root.locator(".hfp-plan-wrong")).to_be_visible()
        expect(field(root, name)).to_have_attribute("aria-invalid", "true")
        expect(field(root, name)).to_have_value(typed)
        # Only what made sense on the way was taken: "1" of "1,000" is a number of its own.
        assert trait(plain, trait_name) in (before, [1, 300], before)
    else:
        expect(root.locator(".hfp-plan-wrong")).to_have_count(0)
        assert trait(plain, trait_name) == means


def test_escape_gives_back_its_own_field_and_no_other(plain: Plain) -> None:
    root = documented(plain)
    field(root, "Students").focus()
    plain.set("calls", 50)
    field(root, "Students").fill("12")
    field(root, "Students").press("Escape")
    assert (trait(plain, "students"), trait(plain, "calls")) == (30, 50)


def test_arrows_count_a_field_up_and_down(plain: Plain) -> None:
    root = documented(plain)
    field(root, "Students").press("ArrowUp")
    assert trait(plain, "students") == 31
    field(root, "Students").press("ArrowDown")
    field(root, "Students").press("ArrowDown")
    assert trait(plain, "students") == 29


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


# --- with Python ------------------------------------------------------------------------------------------


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
