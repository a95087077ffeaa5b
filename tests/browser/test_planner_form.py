"""BudgetPlanner: what is typed, taken, refused and given back in its form."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .plain import Plain
from .planners import documented, field, rows, trait


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
