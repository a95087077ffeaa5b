"""BudgetPlanner in Python: what it takes, what it refuses, what it plans, and what it answers the page."""

from __future__ import annotations

from typing import Any

import pytest
import traitlets

import hfprov_widgets as hfp
from hfprov_widgets import wire
from hfprov_widgets.data.budget import RouteCost
from hfprov_widgets.data.formatting import format_value
from hfprov_widgets.data.records import Route
from hfprov_widgets.static_view.budget import budget_words, calls_words, seconds_words
from tests.unit.golden_cases import read

SAMPLE = hfp.load_catalog("sample")
DOCUMENTED = hfp.load_catalog("documented")
DEEPSEEK = "deepseek-ai/DeepSeek-V4-Pro"
LLAMA = "meta-llama/Llama-3.3-70B-Instruct"


def said(widget: hfp.BudgetPlanner) -> str:
    """All that a terminal shows, in one line."""
    bundle, _ = widget._repr_mimebundle_()
    return " ".join(bundle["text/plain"].split())


def planner(**options: Any) -> hfp.BudgetPlanner:
    return hfp.BudgetPlanner(DEEPSEEK, **{"catalog": DOCUMENTED, **options})


def golden(file: str, section: str) -> Any:
    found = read(file)[section]
    return pytest.mark.parametrize("case", found, ids=[case["name"] for case in found])


@golden("tokens", "estimate")
def test_the_estimate(case: dict[str, Any]) -> None:
    assert hfp.count_tokens(case["text"]).tokens == case["tokens"]


@golden("planner", "cells")
def test_the_words_of_cells(case: dict[str, Any]) -> None:
    given = case["cost"]
    calls = given["calls_in_credit"]
    row = RouteCost(
        route=Route("org/a", "x"),
        cost_per_call=given["cost_per_call"],
        cost_per_student=0.0,
        cost_class=0.0,
        calls_in_credit=None if calls is None else int(calls),
        breaks_budget=given["breaks_budget"],
        over=given["over"],
        seconds_per_answer=given["seconds_per_answer"],
    )
    assert {
        "calls_in_credit": calls_words(row),
        "breaks_budget": budget_words(row),
        "seconds_per_answer": seconds_words(row.seconds_per_answer),
        "cost_per_call": format_value("blended", row.cost_per_call),
    } == case["words"]


def test_the_plan_is_that_of_the_catalogue() -> None:
    asked: dict[str, Any] = {"tokens": (1000, 50), "calls": 7, "students": 12, "margin": 0.5, "credit": 1.0}
    widget = planner(**asked, credit_for="class", filters={"supports_tools": True})
    expected = DOCUMENTED.plan(DEEPSEEK, **asked, credit_for="class", require={"supports_tools": True})
    assert widget.plan == expected
    assert widget.to_frame().equals(expected.to_frame())
    widget.students = 13
    assert widget.plan == DOCUMENTED.plan(
        DEEPSEEK, **{**asked, "students": 13}, credit_for="class", require={"supports_tools": True}
    )


def test_a_bound_on_the_blended_price_is_one_for_these_tokens() -> None:
    widget = planner(tokens=(0, 100), filters={"max_price_blended": 3.4})
    assert [row.route.provider for row in widget.plan.rows] == ["novita"]
    widget.tokens = (100, 0)
    assert [row.route.provider for row in widget.plan.rows] == ["novita", "deepinfra", "together"]


def test_traits_have_one_form() -> None:
    widget = planner(tokens=[10, 0], margin=1, credit=2)
    assert (widget.tokens, widget.margin, widget.credit) == ((10, 0), 1.0, 2.0)
    assert isinstance(widget.credit, float)
    widget.set_state({"tokens": [5, 6], "credit": None, "margin": 0})
    assert (widget.tokens, widget.credit, widget.margin) == ((5, 6), None, 0.0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tokens": (0, 0)}, "not both zero"),
        ({"tokens": (-1, 5)}, "not negative"),
        ({"tokens": (10**13, 5)}, "goes up to 1,000,000,000,000"),
        ({"tokens": 600}, "two whole numbers"),
        ({"calls": 0}, "calls is a whole number from 1"),
        ({"calls": 1.5}, "calls is a whole number from 1"),
        ({"students": -3}, "students is a whole number from 1"),
        ({"students": None}, "students is a whole number from 1"),
        ({"margin": -0.1}, "the part to spare"),
        ({"margin": 101}, "the part to spare"),
        ({"credit": -1}, "USD, a number from 0"),
        ({"credit": 10**9}, "USD, a number from 0"),
        ({"credit": "2"}, "or None for no budget"),
        ({"credit_for": "me"}, "'student' or 'class'"),
    ],
)
def test_what_makes_no_sense_is_refused_in_the_constructor_and_later(change: dict[str, Any], words: str) -> None:
    with pytest.raises(traitlets.TraitError, match=words):
        planner(**change)
    widget = planner()
    before = widget.plan
    with pytest.raises(traitlets.TraitError, match=words):
        widget.set_trait(*next(iter(change.items())))
    assert widget.plan == before


def test_other_wrong_arguments() -> None:
    with pytest.raises(TypeError, match="Did you mean 'students'"):
        planner(student=3)
    with pytest.raises(TypeError, match="tokenizer is something with encode"):
        planner(tokenizer="gpt2")
    with pytest.raises(traitlets.TraitError, match="Near names"):
        hfp.BudgetPlanner("deepseek-ai/DeepSeek-V4", catalog=DOCUMENTED)


def test_a_model_that_newer_data_may_hold_is_no_error() -> None:
    widget = planner()
    widget._freshness = {**widget._freshness, "phase": "refreshing"}
    widget.model = "org/later"
    assert widget.plan.rows == widget.plan.dropped == ()
    assert widget.plan.explain().startswith("org/later has no route in this catalogue. Data: ")
    assert "org/later is not in this data" in said(widget)
    widget.model = ("org/later", DEEPSEEK)
    assert len(widget.plan.rows) == 3


def test_count_takes_the_input_tokens() -> None:
    widget = planner()
    assert widget.count("x" * 401).how == "estimate: characters / 4, English prose, ±30 %"
    assert widget.tokens == (101, 300)
    counting = planner(tokenizer=lambda text: text.split())
    assert (counting.count("one two").tokens, counting.tokens) == (2, (2, 300))
    with pytest.raises(TypeError, match="text is a text"):
        counting.count(3)  # type: ignore[arg-type]
    assert counting.tokens == (2, 300)


def asked_by_page(widget: hfp.BudgetPlanner, message: object) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    widget.send = answers.append  # type: ignore[method-assign]
    widget._handle_custom_msg(message, [])
    return answers


def test_the_page_gets_an_answer_always() -> None:
    def fails(text: str) -> list[int]:
        raise RuntimeError(f"cannot read it: hf_{'a' * 34}")

    question = {"kind": "count", "number": 7, "text": "one two three"}
    assert asked_by_page(planner(tokenizer=str.split), question) == [
        {"kind": "counted", "number": 7, "tokens": 3, "how": "counted by the tokenizer given"}
    ]
    [failed] = asked_by_page(planner(tokenizer=fails), question)
    assert failed["number"] == 7
    assert "RuntimeError: cannot read it" in failed["error"]
    assert "hf_a" not in failed["error"]
    [none] = asked_by_page(planner(), question)
    assert "no tokenizer" in none["error"]
    [no_text] = asked_by_page(planner(tokenizer=str.split), {"kind": "count", "number": 8})
    assert "text is a text" in no_text["error"]
    assert asked_by_page(planner(), {"kind": "ask", "number": 1}) == [{"kind": "answer", "number": 1}]
    assert asked_by_page(planner(), "count") == []


def test_a_text_is_kept_nowhere() -> None:
    widget = planner(tokenizer=str.split)
    asked_by_page(widget, {"kind": "count", "number": 1, "text": "my secret prompt"})
    widget.count("my secret prompt")
    assert "secret" not in str(widget.get_state())
    assert "secret" not in str(vars(widget))


def test_the_page_knows_whether_there_is_a_tokenizer() -> None:
    assert planner().get_state()["_counts"] is False
    assert planner(tokenizer=str.split).get_state()["_counts"] is True


def test_code_rebuilds_the_view() -> None:
    widget = planner(tokens=(1, 2), credit=0.5, credit_for="class", margin=0)
    line = widget.code()
    assert line == (
        f"hfp.BudgetPlanner({DEEPSEEK!r}, catalog=hfp.load_catalog('documented'), tokens=(1, 2), margin=0.0, "
        "credit=0.5, credit_for='class')"
    )
    assert eval(line, {"hfp": hfp}).plan == widget.plan
    with_tokenizer = planner(tokenizer=str.split).code()
    assert with_tokenizer.endswith(", tokenizer=tokenizer)")
    assert eval(with_tokenizer, {"hfp": hfp, "tokenizer": str.split})._tokenizer is str.split


def test_the_choice_follows_the_model() -> None:
    widget = planner(value=f"{DEEPSEEK}:novita")
    assert widget.route is not None
    assert widget.route.price_input == 1.69
    widget.catalog = SAMPLE
    widget.model = LLAMA
    assert widget.value is None


def test_the_twins_have_inputs_sentences_rows_and_what_is_apart() -> None:
    widget = planner(credit=0.05, value=f"{DEEPSEEK}:fireworks-ai", filters={"min_context_length": 1})
    for words in (
        f"Cost of a class with {DEEPSEEK}: 3 of 5 routes",
        "deepinfra 0.00209 0.0501 1.50 23 over by $0.000112",
        "600 input and 300 output tokens a call, 20 calls a student, 30 students, 20 % to spare, "
        "$0.05 of credit per student.",
        "1 of 3 stays within the credit of $0.05 per student",
        "fireworks-ai has no cost here: no price published.",
        "Chosen: deepseek-ai/DeepSeek-V4-Pro:fireworks-ai (no cost here).",
        "Filters: min_context_length 1.",
        "documented, catalogue of 2026-05-12",
    ):
        assert words in said(widget), (words, said(widget))
    head = "| Call (\\$) | Student (\\$) | Class (\\$) | Credit buys (calls) | Budget | Answer (s, estimate) |"
    assert head in widget.to_markdown()


def test_no_credit_no_budget() -> None:
    assert "Credit buys" not in said(planner())
    assert "no credit given." in said(planner())
    assert "no budget is checked." in said(planner())


def test_the_twins_are_small_and_the_page_opens_alone() -> None:
    widget = hfp.BudgetPlanner(SAMPLE, credit=2)
    bundle, _ = widget._repr_mimebundle_()
    assert "more rows are not shown here" in bundle["text/plain"]
    assert bundle["text/plain"].count("has no cost here") == 20
    assert len(bundle["text/html"]) < 40_000
    page = planner().to_html()
    assert page is not None
    assert len(page) < 200_000
    assert "openai/gpt" not in page


def test_filter_gives_the_rows_that_have_a_cost() -> None:
    import pandas as pd

    mine = pd.DataFrame({"model": DEEPSEEK, "provider": ["fireworks-ai", "together", "novita"]})
    assert planner().filter(mine)["provider"].tolist() == ["novita", "together"]


def test_the_catalogue_crosses_as_bytes() -> None:
    assert planner().get_state()["_catalog"] == wire.encode(DOCUMENTED)
