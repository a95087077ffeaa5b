"""What a choice, a front and a plan say, as plain values: the form in which both languages' answers are compared.

``js/test/decisions.js`` says the same of the front-end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.explain import explain_choice, explain_front
from hfprov_widgets.data.explain_plan import explain_plan
from hfprov_widgets.data.records import Model, Route


def choice_answer(models: Sequence[Model], case: dict[str, Any]) -> dict[str, Any]:
    choice = catalog_of(models, case).choose(
        case.get("model"),
        require=case.get("require"),
        optimize=case.get("optimize", "cost"),
        mix=case.get("mix"),
        tokens=case.get("tokens"),
    )
    return {
        "route": _id(choice.route),
        "runner_up": _id(choice.runner_up),
        "figure": choice.figure,
        "margin": choice.margin,
        "margin_percent": choice.margin_percent,
        "cost_per_call": choice.cost_per_call,
        "kept": sorted(route.id for route in choice.kept),
        "dropped": _reasons(choice.dropped),
        "nearest": choice.nearest and choice.nearest.route.id,
        "cheapest": list(choice.policies["cheapest"].providers),
        "fastest": list(choice.policies["fastest"].providers),
        "explain": explain_choice(choice),
    }


def front_answer(models: Sequence[Model], case: dict[str, Any]) -> dict[str, Any]:
    front = catalog_of(models, case).pareto(
        case.get("model"),
        axes=case.get("axes", ("price_blended", "throughput")),
        require=case.get("require"),
        mix=case.get("mix", (3, 1)),
    )
    return {
        "front": [route.id for route in front.front],
        "dominated": [[one.route.id, list(one.by)] for one in front.dominated],
        "not_comparable": _reasons(front.not_comparable),
        "explain": explain_front(front),
    }


PLAN_NEEDS = ("tokens", "calls", "students", "margin", "credit", "credit_for", "require")
COSTS = (
    "cost_per_call", "cost_per_student", "cost_class", "no_limit_by_price", "breaks_budget", "over",
    "seconds_per_answer",
)  # fmt: skip


def plan_answer(models: Sequence[Model], case: dict[str, Any]) -> dict[str, Any]:
    needs = {name: case[name] for name in PLAN_NEEDS if name in case}
    plan = catalog_of(models, case).plan(case.get("model"), **needs)
    return {
        "rows": [
            {
                "route": row.route.id,
                # As text, for it can be more than a number holds in JavaScript.
                "calls_in_credit": None if row.calls_in_credit is None else str(row.calls_in_credit),
                **{name: getattr(row, name) for name in COSTS},
            }
            for row in plan.rows
        ],
        "dropped": _reasons(plan.dropped),
        "explain": explain_plan(plan),
    }


def catalog_of(models: Sequence[Model], case: dict[str, Any]) -> Catalog:
    """As it is: nothing is left out, so that both languages see the same."""
    return Catalog(tuple(models), source="test", retrieved_at=None, dated_rows=case.get("dated", False))


def _id(route: Route | None) -> str | None:
    return route and route.id


def _reasons(dropped: Iterable[Any]) -> list[Any]:
    return [[one.route.id, list(one.reasons)] for one in dropped]
