"""The golden cases in Python. js/test/golden.test.js runs the same files."""

from __future__ import annotations

from typing import Any

import pytest

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import blended_price
from hfprov_widgets.data.facets import facets
from hfprov_widgets.data.filters import normal_filters, select_models
from hfprov_widgets.data.formatting import display_key, format_value, suspect_price, text_key
from hfprov_widgets.data.marks import best_marks, policies
from hfprov_widgets.data.ranking import pick_models, sort_routes
from hfprov_widgets.data.search import marks, near_names, search_rank, terms
from tests.unit.decisions import PLAN_NEEDS, choice_answer, front_answer, plan_answer
from tests.unit.golden_cases import models_from, read

CATALOGS = {name: models_from(rows) for name, rows in read("catalogs").items()}
DEFAULT_MIX = (3, 1)


def cases(file: str, section: str) -> Any:
    found = read(file)[section]
    assert found
    return pytest.mark.parametrize("case", found, ids=[case["name"] for case in found])


def routes_of(case: dict[str, Any]) -> list[Any]:
    return [route for model in CATALOGS[case["catalog"]] for route in model.routes]


def mix_of(case: dict[str, Any]) -> Any:
    return case.get("mix", DEFAULT_MIX)


@cases("format", "format")
def test_format(case: dict[str, Any]) -> None:
    assert format_value(case["kind"], case["value"]) == case["text"]
    assert display_key(case["kind"], case["value"]) == case["key"]


@cases("format", "suspect")
def test_suspect(case: dict[str, Any]) -> None:
    assert suspect_price(case["price"]) is case["suspect"]


@cases("format", "blended")
def test_blended(case: dict[str, Any]) -> None:
    assert blended_price(case["input"], case["output"], case["mix"]) == case["price"]


@cases("text_order", "text_order")
def test_text_order(case: dict[str, Any]) -> None:
    backwards = case["order"][::-1]
    assert sorted(backwards, key=text_key) == case["order"]


@cases("search", "terms")
def test_terms(case: dict[str, Any]) -> None:
    assert terms(case["query"]) == case["terms"]


@cases("search", "search")
def test_search(case: dict[str, Any]) -> None:
    assert [search_rank(id, terms(case["query"])) for id in case["ids"]] == case["ranks"]


@cases("search", "marks")
def test_marks(case: dict[str, Any]) -> None:
    assert [list(part) for part in marks(case["id"], terms(case["query"]))] == case["marks"]


@cases("near", "near")
def test_near(case: dict[str, Any]) -> None:
    assert near_names(case["query"], case["ids"], case.get("limit", 5)) == case["near"]


@cases("filters", "normal")
def test_normal_filters(case: dict[str, Any]) -> None:
    normal = normal_filters(case["filters"])
    assert normal == case["normal"]
    assert [type(value) for value in normal.values()] == [type(value) for value in case["normal"].values()]
    assert normal_filters(normal) == normal


@cases("filters", "refused")
def test_refused_filters(case: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        normal_filters(case["filters"])
    for words in case["says"]:
        assert words in str(error.value)


@cases("filters", "routes")
def test_filter_routes(case: dict[str, Any]) -> None:
    kept = select_models(CATALOGS[case["catalog"]], case["filters"], mix_of(case))
    # A pair keeps the name it has in the whole catalogue, also where the filter leaves one of its tasks.
    names = {(r.model, r.provider, r.task): r.id for r in routes_of(case)}
    assert [names[r.model, r.provider, r.task] for model in kept for r in model.routes] == case["kept"]


@cases("filters", "models")
def test_filter_models(case: dict[str, Any]) -> None:
    picked = pick_models(CATALOGS[case["catalog"]], filters=case["filters"], mix=mix_of(case))
    assert {model.id: route and route.id for model, route in picked} == case["stand"]


@cases("sort_routes", "sort_routes")
def test_sort_routes(case: dict[str, Any]) -> None:
    for rows in (routes_of(case), routes_of(case)[::-1]):
        assert [route.id for route in sort_routes(rows, case["sort"], mix_of(case))] == case["order"]


@cases("sort_models", "sort_models")
def test_sort_models(case: dict[str, Any]) -> None:
    query, filters = case.get("query", ""), case.get("filters", {})
    for rows in (CATALOGS[case["catalog"]], CATALOGS[case["catalog"]][::-1]):
        picked = pick_models(rows, query, filters, case["sort"], mix_of(case))
        assert [model.id for model, _ in picked] == case["order"]


@cases("facets", "facets")
def test_facets(case: dict[str, Any]) -> None:
    found = facets(CATALOGS[case["catalog"]], case.get("query", ""), case["filters"], mix_of(case))
    as_json = {
        key: {("true" if value is True else str(value)): n for value, n in counts.items()}
        for key, counts in found.items()
    }
    assert {key: as_json[key] for key in case["counts"]} == case["counts"]
    assert all(list(counts) == sorted(counts, key=_value_order) for counts in found.values())


def _value_order(value: Any) -> Any:
    return text_key(value) if isinstance(value, str) else value


@cases("best", "best")
def test_best(case: dict[str, Any]) -> None:
    routes = routes_of(case)
    found = best_marks(routes, mix_of(case))
    assert {name: [routes[at].id for at in rows] for name, rows in found.items()} == case["best"]


@cases("policy", "policy")
def test_policy(case: dict[str, Any]) -> None:
    for name, choice in policies(routes_of(case)).items():
        assert [list(choice.providers), choice.published, choice.of] == list(case[name].values())


@cases("choose", "choose")
def test_choose(case: dict[str, Any]) -> None:
    assert choice_answer(CATALOGS[case["catalog"]], case) == case["answer"]


@cases("pareto", "pareto")
def test_pareto(case: dict[str, Any]) -> None:
    assert front_answer(CATALOGS[case["catalog"]], case) == case["answer"]


@cases("budget", "plan")
def test_plan(case: dict[str, Any]) -> None:
    assert plan_answer(CATALOGS[case["catalog"]], case) == case["answer"]


@cases("budget", "refused")
def test_refused_plans(case: dict[str, Any]) -> None:
    needs = {name: case[name] for name in PLAN_NEEDS if name in case}
    with pytest.raises(ValueError, match=r".") as error:
        Catalog((), source="test", retrieved_at=None).plan(**needs)
    assert str(error.value).startswith(case["says"])
