"""What must hold of a choice and of a front for any catalogue, and what is refused."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hfprov_widgets as hfp
from hfprov_widgets.data.columns import blended_price
from hfprov_widgets.data.formatting import clean_number, suspect_price
from hfprov_widgets.data.pareto import AXES
from hfprov_widgets.data.records import Model, Route

GOALS = ["cost", "speed", "latency", "balanced"]
LOW = {"price_input", "price_output", "price_blended", "first_token_latency_ms"}
MIXES = [(3, 1), (1, 3), (1, 0), (0, 1), (0.7, 0.3)]

# Few values, so that rows tie and beat one another; and few that are unknown or doubtful, so that many are left.
prices = st.sampled_from([0.3, 0.30000000000000004, 0, 0.1, 0.104, 0.5, 0.7, 1, 1.001, 1.5, 2, None, 4e-7, 2000])
speeds = st.sampled_from([10.2, 0, 9.95, 10.1, 20, 40, 40.1, 80, 200, None]) | st.floats(0, 500)


@st.composite
def catalogs(draw: st.DrawFn) -> hfp.Catalog:
    rows = st.builds(
        lambda **fields: fields,
        provider=st.sampled_from(["groq", "novita", "Novita", "Ünï", "7"]),
        task=st.sampled_from([None, "conversational", "text-to-image"]),
        status=st.sampled_from([*["live"] * 9, "error", None]),
        price_input=prices,
        price_output=prices,
        throughput=speeds,
        first_token_latency_ms=speeds,
        context_length=st.sampled_from([8192, 0, 32000, 131000, 131072, None]),
        supports_tools=st.none() | st.booleans(),
    )
    models = []
    for id in draw(st.sampled_from([["a/x", "a/y", "B/z"], ["a/x", "B/z"], ["a/x"], []])):
        drawn = draw(
            st.lists(
                rows,
                min_size=draw(st.sampled_from([4, 6, 0])),
                max_size=8,
                unique_by=lambda row: (row["provider"], row["task"]),
            )
        )
        models.append(Model(id, likes=draw(st.none() | st.just(10)), routes=tuple(Route(id, **row) for row in drawn)))
    return hfp.Catalog.from_models(models, source="test", retrieved_at=None)


filters = st.fixed_dictionaries(
    {},
    optional={
        "provider": st.sampled_from(["groq", ["novita", "7"]]),
        "task": st.just("conversational"),
        "supports_tools": st.sampled_from([True, False, [True, False]]),
        "min_context_length": st.sampled_from([0, 131072]),
        "max_price_output": st.sampled_from([0, 0.3, 1]),
        "max_price_blended": st.sampled_from([0.1, 1]),
        "min_throughput": st.just(10),
        "priced": st.sampled_from([True, False]),
        "min_likes": st.just(5),
        "status": st.sampled_from(["live", ["error", "live"]]),
    },
)
needs = st.fixed_dictionaries(
    {"require": st.just({}) | filters, "optimize": st.sampled_from(GOALS), "mix": st.sampled_from(MIXES)},
)
axes = st.lists(st.sampled_from(AXES), min_size=2, max_size=4, unique=True)


def meets(catalog: hfp.Catalog, require: dict[str, Any], mix: Any) -> set[str]:
    """The ids of the routes that `Catalog.select` keeps; a bound on the mix's price by hand, for it has its own mix."""
    others = {name: wanted for name, wanted in require.items() if name != "max_price_blended"}
    kept = catalog.select(**others).all_routes
    if "max_price_blended" not in require:
        return {route.id for route in kept}
    price = {route.id: blended_price(route.price_input, route.price_output, mix) for route in kept}
    return {id for id, cost in price.items() if cost is not None and cost <= require["max_price_blended"]}


def figure(route: Route, name: str, mix: Any) -> float | None:
    """By hand: what is known and in no doubt, cleaned of noise; the price of an image is none for tokens."""
    counted = [(route.price_input, mix[0]), (route.price_output, mix[1])]
    known: list[Any] = [getattr(route, name, None)]
    if name == "price_blended":
        known = [price for price, part in counted if part > 0]
    if None in known or (
        name.startswith("price") and (route.task == "text-to-image" or any(map(suspect_price, known)))
    ):
        return None
    value = blended_price(route.price_input, route.price_output, mix) if name == "price_blended" else known[0]
    return clean_number(value) if value else value


def point(route: Route, names: Any, mix: Any) -> tuple[float, ...] | None:
    values = [figure(route, name, mix) for name in names]
    if route.status != "live" or None in values:
        return None
    return tuple(v if name in LOW else -v for name, v in zip(names, values, strict=True) if v is not None)


def beats(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a != b and all(x <= y for x, y in zip(a, b, strict=True))


@settings(deadline=None, max_examples=150)
@given(catalogs(), axes, st.just({}) | filters, st.sampled_from(MIXES))
def test_the_front_is_exactly_what_nothing_beats(catalog: hfp.Catalog, axes: Any, require: Any, mix: Any) -> None:
    found = catalog.pareto(axes=axes, require=require, mix=mix)
    looked_at = [route for route in catalog.all_routes if route.id in meets(catalog, require, mix)]
    points = {route.id: point(route, axes, mix) for route in looked_at}
    known = {id: p for id, p in points.items() if p is not None}
    front = {id for id, p in known.items() if not any(beats(other, p) for other in known.values())}
    assert {route.id for route in found.front} == front
    assert {one.route.id: set(one.by) for one in found.dominated} == {
        id: {other for other in front if beats(known[other], p)} for id, p in known.items() if id not in front
    }
    assert {one.route.id for one in found.not_comparable} == {id for id, p in points.items() if p is None}
    ids = [*(r.id for r in found.front), *(o.route.id for o in (*found.dominated, *found.not_comparable))]
    assert sorted(ids) == sorted(points)
    assert all(one.reasons for one in found.not_comparable)
    assert all(one.by for one in found.dominated)
    firsts = [known[route.id][0] for route in found.front]
    assert firsts == sorted(firsts)


@settings(deadline=None, max_examples=150)
@given(catalogs(), needs)
def test_each_route_is_kept_or_dropped_with_reasons(catalog: hfp.Catalog, needs: Any) -> None:
    choice = catalog.choose(**needs)
    ids = [*(route.id for route in choice.kept), *(one.route.id for one in choice.dropped)]
    assert sorted(ids) == sorted(catalog.route_ids)
    assert (choice.route, choice.runner_up) == (*choice.kept, None, None)[:2]
    fitting = meets(catalog, needs["require"], needs["mix"])
    wanted = {"cost": ["price_blended"], "speed": ["throughput"], "latency": ["first_token_latency_ms"]}
    bound = needs["require"].get("priced") is True or any("price_" in name for name in needs["require"])
    for route in catalog.all_routes:
        names = wanted.get(needs["optimize"], ["price_blended", "throughput"])
        values = [figure(route, name, needs["mix"]) for name in names]
        fits = route.status == "live" and route.id in fitting and None not in values
        fits = fits and not (bound and route.task == "text-to-image")
        crawls = route.throughput is not None and route.throughput < 0.05
        assert (route in choice.kept) == (fits and not (needs["optimize"] == "balanced" and crawls))
    for one in choice.dropped:
        assert one.reasons
        assert len(set(one.reasons)) == len(one.reasons) == len(one.groups)
    assert (choice.nearest is not None) == (not choice.kept and bool(choice.dropped))
    if choice.nearest:
        assert len(choice.nearest.reasons) == min(len(one.reasons) for one in choice.dropped)
    assert choice.explain().endswith(".")


@settings(deadline=None, max_examples=150)
@given(catalogs(), needs)
def test_unknown_and_doubtful_never_win(catalog: hfp.Catalog, needs: Any) -> None:
    choice = catalog.choose(**needs)
    if choice.route is None:
        assert choice.figure is choice.margin is choice.margin_percent is None
        return
    assert choice.route.status == "live"
    assert choice.figure is not None
    assert math.isfinite(choice.figure)
    assert (choice.margin is None) == (choice.runner_up is None)
    assert choice.margin is None or choice.margin >= 0
    if needs["optimize"] in ("cost", "balanced"):
        prices = zip((choice.route.price_input, choice.route.price_output), needs["mix"], strict=True)
        counted = [price for price, part in prices if part]
        assert None not in counted
        assert not any(map(suspect_price, counted))
        assert choice.route.task != "text-to-image"


def with_route(catalog: hfp.Catalog, route: Route) -> hfp.Catalog:
    """The same catalogue with one more model, of one route."""
    more = Model(route.model, routes=(route,))
    return hfp.Catalog.from_models([*catalog.records, more], source="test", retrieved_at=None)


@settings(deadline=None, max_examples=150)
@given(catalogs(), needs, st.floats(0, 1), st.floats(0, 1), st.floats(0, 300), st.integers(1, 2))
def test_a_dominated_row_changes_no_choice(
    catalog: hfp.Catalog, needs: Any, dearer: float, slower: float, later: float, shorter: int
) -> None:
    needs = {**needs, "require": {}}
    before = catalog.choose(**needs).route
    if before is None:
        return
    worse = replace(
        before,
        model="!/first",  # a name that would win every tie
        provider="!",
        price_input=None if before.price_input is None else before.price_input + dearer,
        price_output=None if before.price_output is None else before.price_output + dearer,
        throughput=None if before.throughput is None else before.throughput * (1 - slower),
        first_token_latency_ms=None if before.first_token_latency_ms is None else before.first_token_latency_ms + later,
    )
    names = ("price_blended", "throughput", "first_token_latency_ms", "context_length")
    a, b = ([figure(route, name, needs["mix"]) for name in names] for route in (before, worse))
    # Not worse in the end, so that its name may decide; or no longer comparable, for a dearer price is in less doubt.
    if a == b or any((x is None) != (y is None) for x, y in zip(a, b, strict=True)):
        return
    assert with_route(catalog, worse).choose(**needs).route == before


@settings(deadline=None, max_examples=150)
@given(catalogs(), needs)
def test_a_row_that_does_not_fit_changes_no_choice(catalog: hfp.Catalog, needs: Any) -> None:
    needs = {**needs, "require": {**needs["require"], "provider": ["groq", "novita", "7"]}}
    free = Route("!/first", "!", status="live", price_input=0, price_output=0, throughput=1e6, first_token_latency_ms=0)
    before, after = catalog.choose(**needs), with_route(catalog, free).choose(**needs)
    assert (before.route, before.runner_up, before.margin) == (after.route, after.runner_up, after.margin)


def shuffled(catalog: hfp.Catalog, rng: random.Random) -> hfp.Catalog:
    models = [replace(m, routes=tuple(rng.sample(m.routes, len(m.routes)))) for m in catalog.records]
    return hfp.Catalog.from_models(rng.sample(models, len(models)), source="test", retrieved_at=None)


@settings(deadline=None, max_examples=150)
@given(catalogs(), needs, axes, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(catalog: hfp.Catalog, needs: Any, axes: Any, rng: random.Random) -> None:
    other = shuffled(catalog, rng)
    a, b = catalog.choose(**needs), other.choose(**needs)
    assert (a.kept, a.figure, a.margin, a.margin_percent) == (b.kept, b.figure, b.margin, b.margin_percent)
    assert a.nearest == b.nearest
    assert a.explain() == b.explain()
    fronts = [each.pareto(axes=axes, require=needs["require"], mix=needs["mix"]) for each in (catalog, other)]
    assert fronts[0].front == fronts[1].front
    assert set(fronts[0].dominated) == set(fronts[1].dominated)
    assert fronts[0].explain() == fronts[1].explain()


@settings(deadline=None, max_examples=100)
@given(catalogs(), needs, st.sampled_from([0.25, 0.5, 2, 4]), st.sampled_from(["speed", "latency"]))
def test_prices_are_compared_with_prices_only(catalog: hfp.Catalog, needs: Any, factor: float, goal: str) -> None:
    """In another currency the same route is fastest, and the front of price and speed is the same."""

    def priced_by(change: Callable[[float], float]) -> hfp.Catalog:
        def changed(route: Route) -> Route:
            prices = {name: getattr(route, name) for name in ("price_input", "price_output")}
            usual = {name: p for name, p in prices.items() if p is not None and not suspect_price(p)}
            return replace(route, **{**dict.fromkeys(prices), **{name: change(p + 0.01) for name, p in usual.items()}})

        models = [replace(model, routes=tuple(map(changed, model.routes))) for model in catalog.records]
        return hfp.Catalog.from_models(models, source="test", retrieved_at=None)

    one, two = priced_by(lambda price: price), priced_by(lambda price: price * factor)
    ids = [[route.id for route in each.pareto(mix=needs["mix"]).front] for each in (one, two)]
    assert ids[0] == ids[1]
    a, b = (each.choose(optimize=goal, mix=needs["mix"]) for each in (one, two))
    assert (a.figure, len(a.kept), a.margin) == (b.figure, len(b.kept), b.margin)


def test_exact_figures_decide_after_the_looks() -> None:
    """Else a row that another beats could win by its name: both look like $0.28 and 80 tokens/s."""
    routes = (
        Route("org/name", "a", status="live", price_input=0.2008, price_output=0.5, throughput=80),
        Route("org/name", "b", status="live", price_input=0.2008, price_output=0.5, throughput=80.4),
        Route("org/name", "c", status="live", price_input=0.2007, price_output=0.5, throughput=80.4),
    )
    catalog = hfp.Catalog.from_models([Model("org/name", routes=routes)], source="test", retrieved_at=None)
    assert [route.provider for route in catalog.choose().kept] == ["c", "b", "a"]
    assert catalog.choose().margin == 0


def test_no_percent_of_what_shows_as_zero() -> None:
    routes = tuple(Route("org/name", p, status="live", throughput=t) for p, t in (("a", 40), ("b", 5e-324)))
    catalog = hfp.Catalog.from_models([Model("org/name", routes=routes)], source="test", retrieved_at=None)
    choice = catalog.choose(optimize="speed")
    assert (choice.margin, choice.margin_percent) == (40, None)
    assert "at 40 tokens/s, more than the next, b (0.0 tokens/s)" in choice.explain()


def test_a_call_costs_what_its_tokens_cost() -> None:
    choice = hfp.load_catalog("documented").choose(tokens=(600, 300))
    assert choice.route is not None
    assert choice.route.provider == "novita"
    assert choice.cost_per_call == pytest.approx((600 * 1.69 + 300 * 3.38) / 1e6, rel=1e-11)
    assert choice.mix == (600, 300)
    assert hfp.load_catalog("documented").choose().cost_per_call is None


def test_the_policies_are_those_of_all_live_routes_of_the_chosen_model() -> None:
    choice = hfp.load_catalog("documented").choose(require={"provider": "together"})
    assert choice.route is not None
    assert choice.route.provider == "together"
    assert choice.policies["cheapest"].providers == ("novita",)
    assert choice.policies["fastest"].providers == ("fireworks-ai",)
    assert ":preferred depends on your account" in choice.explain()


def test_frames_hold_every_route_once() -> None:
    sample = hfp.load_catalog("sample")
    choice = sample.choose(require={"supports_tools": True}).to_frame()
    front = sample.pareto(axes=("price_output", "context_length")).to_frame()
    assert len(choice) == len(front) == len(sample.all_routes)
    assert choice["kept"].sum() == (choice["reason"] == "").sum()
    assert set(front["place"]) == {"front", "dominated", "not comparable"}
    assert (front["reason"] == "").sum() == (front["place"] == "front").sum()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"optimize": "price"}, "optimize is one of 'cost', 'speed', 'latency', 'balanced', not 'price'"),
        ({"optimize": ["cost"]}, "optimize is one of"),
        ({"mix": (3, 1), "tokens": (600, 300)}, "mix and tokens exclude each other"),
        ({"mix": (0, 0)}, "mix is two numbers"),
        ({"mix": (math.nan, 1)}, "mix is two numbers"),
        *(
            ({"tokens": tokens}, "tokens is two whole numbers")
            for tokens in [(0, 0), (-1, 5), (True, 1), (1.5, 1), (600,), 600, "600", (math.nan, 1), (2**60, 1)]
        ),
        ({"require": {"contxt_length": 5}}, "unknown filter 'contxt_length'"),
        ({"require": ["priced"]}, "filters is a mapping"),
        ({"model": []}, "at least one text"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        hfp.load_catalog("documented").choose(**wrong)


@pytest.mark.parametrize(
    "axes",
    [("price_input",), ("price_input", "price_input"), ("price_input", "provider"), "price_input", 3, ("x", [1]), ()],
)
def test_wrong_axes_are_refused_in_words(axes: Any) -> None:
    with pytest.raises(ValueError, match=r"axes are two or more different columns of price_input, .*, not "):
        hfp.load_catalog("documented").pareto(axes=axes)


def test_an_unknown_model_is_named_with_near_ones() -> None:
    for ask in (hfp.load_catalog("sample").choose, hfp.load_catalog("sample").pareto):
        with pytest.raises(KeyError, match=r"openai/gpt-oss-12b.*Near names: openai/gpt-oss-120b"):
            ask("openai/gpt-oss-12b")
        with pytest.raises(TypeError, match="model"):
            ask(3)  # type: ignore[arg-type]


def test_several_models_may_come_from_anything() -> None:
    sample = hfp.load_catalog("sample")
    ids = ["openai/gpt-oss-120b", "openai/gpt-oss-20b"]
    assert sample.choose(iter(ids)) == sample.choose(ids)
    assert sample.choose(iter(ids)).model == tuple(ids)


def test_choices_and_fronts_are_values() -> None:
    sample = hfp.load_catalog("sample")
    assert len({sample.choose(), sample.choose(), sample.choose(optimize="speed")}) == 2
    assert len({sample.pareto(), sample.pareto()}) == 1
    assert isinstance(sample.choose(), hfp.Choice)
    assert isinstance(sample.pareto(), hfp.ParetoFront)


def test_a_large_catalogue_is_compared_quickly() -> None:
    rng = random.Random(1)

    def route(model: str, provider: int) -> Route:
        figures = {name: rng.random() * 9 for name in ("price_input", "price_output", "throughput")}
        return Route(model, f"p{provider}", status="live", **figures)

    models = [Model(id, routes=tuple(route(id, p) for p in range(5))) for id in (f"org/{n}" for n in range(20_000))]
    catalog = hfp.Catalog.from_models(models, source="test", retrieved_at=None)
    start = time.process_time()
    front = catalog.pareto()
    assert time.process_time() - start < 3  # about 0.4 s; the rest is for busy machines
    assert len(front.front) + len(front.dominated) + len(front.not_comparable) == 100_000
    start = time.process_time()
    assert len(catalog.choose().kept) > 99_000
    assert time.process_time() - start < 6


def test_of_two_tasks_that_tie_the_named_one_comes_first() -> None:
    routes = [
        hfp.Route("o/m", "p", status="live", task=task, price_input=1.0, price_output=1.0)
        for task in (None, "text-generation")
    ]
    for order in (routes, routes[::-1]):
        choice = of_routes(order).choose()
        assert choice.route is not None
        assert choice.route.task == "text-generation"


def test_a_list_without_entries_is_not_published() -> None:
    route = hfp.Route("o/m", "p", status="live", price_input=1.0, price_output=1.0)
    model = hfp.Model("o/m", input_modalities=(), routes=(route,))
    catalog = hfp.Catalog.from_models([model], source="test", retrieved_at=None)
    (dropped,) = catalog.choose(require={"input_modalities": ["image"]}).dropped
    assert dropped.reasons == ("input not published",)


def of_routes(routes: Any) -> hfp.Catalog:
    return hfp.Catalog.from_models([hfp.Model("o/m", routes=tuple(routes))], source="test", retrieved_at=None)
