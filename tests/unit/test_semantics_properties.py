"""What must hold for any data: of formatting against a slow reference, of sorting, search and facets."""

from __future__ import annotations

import math
import time
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hfprov_widgets.data.columns import ROUTE_COLUMNS, Kind, normal_mix
from hfprov_widgets.data.facets import facets
from hfprov_widgets.data.filters import normal_filters
from hfprov_widgets.data.formatting import DASH, display_key, format_value, text_key
from hfprov_widgets.data.ranking import (
    MODEL_SORT_COLUMNS,
    blended,
    match_models,
    normal_sort,
    order_models,
    pick_models,
    sort_routes,
)
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.data.search import marks, search_rank, terms

NUMBERS: tuple[Kind, ...] = ("price", "blended", "milliseconds", "speed", "tokens", "count")
UNITS = {"k": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}


def reference(kind: Kind, value: float) -> Decimal:
    """The number to show, slowly and by decimal digits only."""
    clean = to_digits(Decimal(repr(float(value))), 12)
    if clean == 0:
        return clean
    if kind in ("tokens", "count") or (kind in ("price", "blended") and clean < Decimal("0.1")):
        return to_digits(clean, 3)
    if kind == "price":
        return clean
    places = {"blended": 2, "milliseconds": 0, "speed": 1 if clean < 10 else 0}[kind]
    return clean.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def to_digits(number: Decimal, digits: int) -> Decimal:
    step = Decimal(1).scaleb(number.adjusted() - digits + 1)
    return number.quantize(step, ROUND_HALF_UP) if number else number


def parse(text: str) -> Decimal:
    plain = text.replace(",", "")
    return Decimal(plain[:-1]) * UNITS[plain[-1]] if plain[-1] in UNITS else Decimal(plain)


def near_ties() -> st.SearchStrategy[float]:
    """Numbers that end in 5 where rounding looks, and the floats beside them."""
    tie = st.builds(lambda n, p: (n * 10 + 5) / 10**p, st.integers(0, 10**10), st.integers(0, 14))
    return st.builds(math.nextafter, tie, st.sampled_from([0.0, math.inf])) | tie


usual = st.floats(0, 1e13, allow_subnormal=False).filter(lambda v: v == 0 or v > 1e-12)


@settings(max_examples=2000, deadline=None)
@given(st.sampled_from(NUMBERS), usual | near_ties())
@example("price", 0.09999999999999999)
@example("blended", 2.675)
@example("tokens", 999999.5)
@example("speed", 9.95)
@example("blended", 215208722.31469256)  # 12 digits first: 215208722.315
def test_format_is_the_decimal_reference(kind: Kind, value: float) -> None:
    expected = reference(kind, value)
    assert parse(format_value(kind, value)) == expected
    assert display_key(kind, value) == float(expected)


@given(st.sampled_from(NUMBERS), st.floats(0, 1e300))
def test_key_is_settled(kind: Kind, value: float) -> None:
    key = display_key(kind, value)
    assert key is not None
    assert display_key(kind, key) == key


@given(st.sampled_from(NUMBERS), usual, usual)
def test_rounding_keeps_the_order(kind: Kind, a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert (display_key(kind, low) or 0) <= (display_key(kind, high) or 0)


@given(st.sampled_from([*NUMBERS, "bool", "text", "time", "status", "list"]), st.floats() | st.integers())
@example("price", 10**400)
@example("tokens", 1.7976931348623157e308)
def test_no_number_crashes(kind: Kind, value: float) -> None:
    assert format_value(kind, value) != ""
    if isinstance(value, float) and not math.isfinite(value) and kind in NUMBERS:
        assert format_value(kind, value) == DASH


text = st.text(st.sampled_from("aAbBzZ09-_./äÉσΣ\uff5e😀<"), max_size=6)
price = st.none() | st.sampled_from([0, 0.1, 0.104, 1.001, 1.002, 0.5]) | st.floats(0, 10)


def routes() -> st.SearchStrategy[list[Route]]:
    return st.lists(
        st.builds(
            Route,
            model=text,
            provider=text,
            status=st.sampled_from([None, "live", "live", "error", "staging", "odd"]),
            task=st.none() | text,
            price_input=price,
            price_output=price,
            throughput=st.none() | st.sampled_from([0, 9.95, 10.1, 10.2]),
            context_length=st.none() | st.integers(0, 200000),
            supports_tools=st.none() | st.booleans(),
            metrics_retrieved_at=st.none() | st.sampled_from(["2026-10-10", "2026-10-10T08:00:00Z"]),
        ),
        max_size=12,
    )


sort_keys = st.tuples(st.sampled_from(list(ROUTE_COLUMNS)), st.sampled_from(["asc", "desc"]))


@settings(deadline=None)
@given(routes(), st.lists(sort_keys, max_size=3), st.randoms(use_true_random=False))
def test_sorting_is_a_permutation_and_does_not_depend_on_the_start(
    rows: list[Route], sort: list[Any], random: Any
) -> None:
    ordered = sort_routes(rows, sort)
    assert sorted(map(id, ordered)) == sorted(map(id, rows))
    assert sort_routes(ordered, sort) == ordered
    shuffled = random.sample(rows, len(rows))
    assert [visible(r) for r in sort_routes(shuffled, sort)] == [visible(r) for r in ordered] or has_twins(rows)


def visible(route: Route) -> tuple[Any, ...]:
    return route.provider, route.model, route.task, route.status


def has_twins(rows: list[Route]) -> bool:
    return len({(r.provider, r.model, r.task) for r in rows}) < len(rows)


@settings(deadline=None)
@given(routes(), st.lists(sort_keys, max_size=2), st.integers(0, 5))
def test_the_first_routes_are_those_of_the_whole_order(rows: list[Route], sort: list[Any], limit: int) -> None:
    first = sort_routes(rows, sort, limit=limit)
    assert [id(row) for row in first] == [id(row) for row in sort_routes(rows, sort)[:limit]]


@settings(deadline=None)
@given(routes(), sort_keys)
def test_unknown_is_last_in_both_directions(rows: list[Route], key: tuple[str, str]) -> None:
    name, direction = key
    ordered = sort_routes(rows, [key])
    value = blended if name == "price_blended" else lambda route: getattr(route, name)
    groups = (
        [ordered] if name == "status" else [[r for r in ordered if (r.status == "live") is s] for s in (True, False)]
    )
    for group in groups:
        unknown = [value(route) is None for route in group]
        assert unknown == sorted(unknown)
        known = [value(route) for route in group if value(route) is not None]
        kind = ROUTE_COLUMNS[name].kind
        if kind in NUMBERS or kind == "bool":
            keys = [display_key(kind, v) for v in known]
            assert keys == sorted(keys, reverse=direction == "desc")
        elif name != "status":
            assert known == sorted(known, key=text_key, reverse=direction == "desc")


@settings(deadline=None)
@given(routes())
def test_live_comes_first(rows: list[Route]) -> None:
    live = [route.status == "live" for route in sort_routes(rows)]
    assert live == sorted(live, reverse=True)


@settings(deadline=None)
@given(st.lists(st.tuples(text, routes()), max_size=5), text, st.sampled_from(MODEL_SORT_COLUMNS), st.booleans())
def test_facets_say_what_a_filter_leaves(
    made: list[tuple[str, list[Route]]], query: str, column: str, tools: bool
) -> None:
    models = [Model(id, routes=tuple(rows)) for id, rows in made]
    filters = {"supports_tools": True} if tools else {}
    for provider, count in facets(models, query, filters)["provider"].items():
        left = pick_models(models, query, {**filters, "provider": provider}, [(column, "asc")])
        assert len(left) == count
        assert all(route is not None and route.status == "live" for _, route in left)


@settings(deadline=None)
@given(st.lists(st.tuples(text, routes()), max_size=8), text, st.sampled_from(MODEL_SORT_COLUMNS), st.integers(0, 4))
def test_the_first_models_are_those_of_the_whole_order(
    made: list[tuple[str, list[Route]]], query: str, column: str, limit: int
) -> None:
    found = match_models([Model(id, routes=tuple(rows)) for id, rows in made], query)
    sort = [(column, "desc")]
    assert order_models(found, sort, limit=limit) == order_models(found, sort)[:limit]


@given(text, text)
def test_marks_lie_in_the_id(id: str, query: str) -> None:
    words = terms(query)
    parts = marks(id, words)
    assert all(0 <= start < end <= len(id) for start, end in parts)
    assert all(before[1] < after[0] for before, after in pairwise(parts))
    if search_rank(id, words) is not None and len(id) == len(id.lower()):
        marked = [id.lower()[start:end] for start, end in parts]
        assert all(any(word in part for part in marked) for word in words)


@pytest.mark.parametrize("sort", ["price", [["price"]], [["prise_input", "asc"]], [["provider", "up"]], [3], None])
def test_wrong_sort_is_refused_in_words(sort: Any) -> None:
    with pytest.raises(ValueError, match=r"sort|asc"):
        normal_sort(sort)


@pytest.mark.parametrize("mix", [None, "31", [1], [0, 0], [-1, 2], [True, 1], [math.nan, 1], [math.inf, 1], ["3", 1]])
def test_wrong_mix_is_refused_in_words(mix: Any) -> None:
    with pytest.raises(ValueError, match="mix is two numbers"):
        normal_mix(mix)


@pytest.mark.parametrize("number", [10**400, -(10**400), math.inf, math.nan])
def test_a_number_beyond_all_floats_is_refused_in_words(number: float) -> None:
    with pytest.raises(ValueError, match="mix is two numbers"):
        normal_mix((1, number))
    with pytest.raises(ValueError, match="min_likes takes a finite number"):
        normal_filters({"min_likes": number})


def test_near_column_is_named() -> None:
    with pytest.raises(ValueError, match="did you mean 'price_input'"):
        normal_sort([["prise_input", "asc"]])
    with pytest.raises(ValueError, match="did you mean 'min_context_length'"):
        normal_filters({"min_context_lenght": 1})


def test_large_tables_sort_quickly() -> None:
    rows = [
        Route(
            f"org/model-{i % 20011}",
            f"provider-{i % 17}",
            "live",
            price_input=i * 0.37 % 9,
            price_output=i * 0.73 % 9,
        )
        for i in range(100_000)
    ]
    start = time.perf_counter()
    assert len(sort_routes(rows)) == len(rows)
    assert time.perf_counter() - start < 5  # about one second; the rest is for busy machines
