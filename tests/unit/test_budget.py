"""What must hold of a plan for any catalogue, what is refused, and how tokens are counted."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hfprov_widgets as hfp
from hfprov_widgets.data.budget import RouteCost
from hfprov_widgets.data.formatting import clean_number, suspect_price
from hfprov_widgets.data.records import Model, Route
from tests.unit.test_decisions import catalogs

few = st.integers(1, 400)
tokens = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).filter(any)
margins = st.sampled_from([0, 0.2, 0.1, 0.07, 100]) | st.floats(0, 2)
credits = st.sampled_from([0, 0.1, 0.3, 2, 10**8]) | st.floats(0, 10)
needs = st.fixed_dictionaries(
    {"tokens": tokens, "calls": few, "students": few, "margin": margins},
    optional={"credit": st.none() | credits, "credit_for": st.sampled_from(["student", "class"])},
)


def seen(number: float) -> Fraction:
    """The decimal that one sees."""
    return Fraction(repr(float(number)))


def exact_cost(route: Route, tokens: tuple[int, int]) -> Fraction | None:
    """By hand: USD of a call, of prices for tokens that are known and in no doubt."""
    counted = [(price, n) for price, n in zip((route.price_input, route.price_output), tokens, strict=True) if n]
    if route.task == "text-to-image" or any(price is None or suspect_price(price) for price, _ in counted):
        return None
    return sum((n * seen(clean_number(price)) for price, n in counted if price), Fraction(0)) / 10**6


@settings(deadline=None, max_examples=200)
@given(catalogs(), needs)
def test_every_figure_is_exact(catalog: hfp.Catalog, needs: Any) -> None:
    plan = catalog.plan(**needs)
    for row in plan.rows:
        cost = exact_cost(row.route, needs["tokens"])
        assert cost is not None
        student = cost * needs["calls"] * (1 + seen(needs["margin"]))
        group = student * needs["students"]
        assert (row.cost_per_call, row.cost_per_student, row.cost_class) == tuple(map(float, (cost, student, group)))
        if plan.credit is None:
            assert row.calls_in_credit is row.breaks_budget is row.over is None
            continue
        credit = seen(plan.credit)
        planned = group if plan.credit_for == "class" else student
        assert row.breaks_budget is (planned > credit)
        assert row.over == float(max(planned - credit, 0))
        assert row.calls_in_credit == (math.floor(credit / cost) if cost else None)


@settings(deadline=None, max_examples=200)
@given(catalogs(), needs)
def test_unknown_never_gets_a_number(catalog: hfp.Catalog, needs: Any) -> None:
    plan = catalog.plan(**needs)
    ids = [*(row.route.id for row in plan.rows), *(one.route.id for one in plan.dropped)]
    assert sorted(ids) == sorted(catalog.route_ids)
    for row in plan.rows:
        assert row.route.status == "live"
        assert exact_cost(row.route, needs["tokens"]) is not None
        assert (row.seconds_per_answer is None) == (
            row.route.first_token_latency_ms is None or row.route.throughput is None or row.route.throughput < 0.05
        )
    for one in plan.dropped:
        assert one.reasons
        assert one.route.status != "live" or exact_cost(one.route, needs["tokens"]) is None
    frame = plan.to_frame()
    unknown = frame[frame["reason"] != ""]
    assert len(unknown) == len(plan.dropped)
    assert unknown[["cost_per_call", "cost_class", "calls_in_credit", "breaks_budget", "over"]].isna().all(axis=None)
    assert plan.explain().endswith(".")


@settings(deadline=None, max_examples=200)
@given(catalogs(), needs, credits)
def test_cheapest_first_and_a_dearer_route_never_buys_more(catalog: hfp.Catalog, needs: Any, credit: float) -> None:
    rows = catalog.plan(**{**needs, "credit": credit}).rows
    for cheap, dear in pairwise(rows):
        assert cheap.cost_per_call <= dear.cost_per_call
        assert calls(cheap) >= calls(dear)
        assert cheap.over is not None
        assert dear.over is not None
        assert cheap.over <= dear.over
        assert dear.breaks_budget or not cheap.breaks_budget
    for row in rows:
        assert row.no_limit_by_price == (row.cost_per_call == 0) == (row.calls_in_credit is None)
        if row.no_limit_by_price:
            assert (row.breaks_budget, row.over, row.cost_class) == (False, 0, 0)


def calls(row: RouteCost) -> float:
    return math.inf if row.calls_in_credit is None else row.calls_in_credit


@settings(deadline=None, max_examples=100)
@given(catalogs(), needs, st.integers(1, 9))
def test_costs_grow_as_the_class_does(catalog: hfp.Catalog, needs: Any, times: int) -> None:
    once = catalog.plan(**needs).rows
    for name in ("calls", "students"):
        more = catalog.plan(**{**needs, name: times * needs[name]}).rows
        assert [row.route for row in more] == [row.route for row in once]
        for a, b in zip(once, more, strict=True):
            assert b.cost_class == pytest.approx(times * a.cost_class, rel=1e-14)
            assert b.cost_per_call == a.cost_per_call


def one_route(**fields: Any) -> hfp.Catalog:
    route = Route("org/name", "groq", status="live", **fields)
    return hfp.Catalog.from_models([Model("org/name", routes=(route,))], source="test", retrieved_at=None)


@pytest.mark.parametrize(("prices", "bought"), [((0.05, 0.1), 1666), ((1.69, 3.38), 49)])
def test_what_ten_cents_buy(prices: tuple[float, float], bought: int) -> None:
    (row,) = one_route(price_input=prices[0], price_output=prices[1]).plan(credit=0.1).rows
    assert row.calls_in_credit == bought


def test_what_just_fits_fits() -> None:
    """0.1 * 3 is more than 0.3 in floats, and 0.7 / 0.1 is less than 7."""
    (row,) = one_route(price_input=0.1).plan(tokens=(10**6, 0), calls=3, margin=0, credit=0.3).rows
    assert (row.breaks_budget, row.over, row.calls_in_credit) == (False, 0, 3)
    (row,) = one_route(price_input=0.1).plan(tokens=(10**6, 0), calls=1, margin=0, credit=0.7).rows
    assert row.calls_in_credit == 7


def test_an_answer_takes_its_first_token_and_the_rest_by_speed() -> None:
    known = {"price_input": 1, "price_output": 1}
    (row,) = one_route(**known, first_token_latency_ms=500, throughput=100).plan(tokens=(600, 300)).rows
    assert row.seconds_per_answer == 3.5


def test_a_frame_holds_the_largest_numbers() -> None:
    frame = one_route(price_input=0.0001).plan(tokens=(1, 0), credit=10**8).to_frame()
    assert frame["calls_in_credit"].tolist() == [10**18]


@pytest.mark.parametrize(
    "wrong",
    [
        {"tokens": (True, 1)}, {"tokens": 600}, {"tokens": (600,)}, {"tokens": (math.nan, 1)}, {"calls": True},
        {"calls": "20"}, {"students": math.inf}, {"margin": math.nan}, {"margin": None}, {"margin": "0.2"},
        {"credit": math.nan}, {"credit": math.inf}, {"credit": True}, {"credit": "0.1"}, {"credit": 10**400},
        {"credit_for": None}, {"credit_for": ["class"]},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(ValueError, match=rf"^{name} (is|goes) .*not "):
        hfp.load_catalog("documented").plan(**wrong)


def test_a_plan_is_a_value() -> None:
    sample = hfp.load_catalog("sample")
    assert len({sample.plan(), sample.plan(), sample.plan(credit=1)}) == 2
    assert isinstance(sample.plan(), hfp.Plan)
    with pytest.raises(KeyError, match="Near names: openai/gpt-oss-120b"):
        sample.plan("openai/gpt-oss-12b")


def test_each_preset_is_dated_and_none_is_a_default() -> None:
    presets = hfp.credit_presets()
    assert {preset.usd for preset in presets} == {0, 0.1, 2}
    assert [preset.dated for preset in presets] == sorted(preset.dated for preset in presets)
    assert all(preset.source and preset.words and preset.per for preset in presets)
    assert hfp.load_catalog("sample").plan().credit is None
    for preset in presets:
        assert hfp.load_catalog("sample").plan(credit=preset.usd).credit == preset.usd


class Encoding:
    ids = (1, 2, 3)


class Encoder:
    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def encode(self, text: str) -> Any:
        return self.answer

    def __call__(self, text: str) -> Any:
        raise AssertionError("encode goes first")


@pytest.mark.parametrize(
    ("tokenizer", "count"),
    [(Encoder([5, 6]), 2), (Encoder(Encoding()), 3), (str.split, 2), (lambda text: 7, 7), (lambda text: Encoding(), 3)],
)
def test_tokens_are_counted_by_what_is_given(tokenizer: Any, count: int) -> None:
    found = hfp.count_tokens("two words", tokenizer)
    assert (found.tokens, found.how) == (count, "counted by the tokenizer given")


def test_tokens_are_estimated_without_a_tokenizer_and_it_says_so() -> None:
    assert [hfp.count_tokens(text).tokens for text in ("", "a", "abcd", "abcde")] == [0, 1, 1, 2]
    assert hfp.count_tokens("a").how == "estimate: characters / 4, English prose, ±30 %"


@pytest.mark.parametrize(
    "answer", [{"input_ids": [1], "mask": [1]}, [[1, 2, 3]], "text", b"bytes", None, True, 1.5, iter([1])]
)
def test_an_answer_that_is_no_list_of_tokens_is_refused(answer: Any) -> None:
    with pytest.raises(TypeError, match="the tokenizer's answer is a list of tokens or their number"):
        hfp.count_tokens("text", Encoder(answer))


def test_what_is_no_tokenizer_and_no_text_is_refused() -> None:
    for wrong in ("gpt2", b"gpt2", 3):
        with pytest.raises(TypeError, match="tokenizer is something with encode"):
            hfp.count_tokens("text", wrong)
    with pytest.raises(TypeError, match="text is a text"):
        hfp.count_tokens(3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="-1"):
        hfp.count_tokens("text", lambda text: -1)


def test_what_behaves_like_a_dict_is_no_list_of_tokens() -> None:
    class Batch:
        def keys(self) -> list[str]:
            return ["input_ids", "attention_mask"]

        def __len__(self) -> int:
            return 2

        def __iter__(self) -> Any:
            return iter(self.keys())

    with pytest.raises(TypeError, match="list of tokens"):
        hfp.count_tokens("A text.", lambda text: Batch())
