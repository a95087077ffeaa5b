"""Sentences about what a class costs: the cheapest route, whether the credit lasts, and who was left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hfprov_widgets.data.explain import left_out, name_of, nothing_to_choose_from, scope, zero_words
from hfprov_widgets.data.formatting import clean_number, display_key, exact_number, format_value
from hfprov_widgets.data.reasons import amount, as_last_seen, exact_amount

if TYPE_CHECKING:
    from hfprov_widgets.data.budget import Plan, RouteCost


def explain_plan(plan: Plan) -> str:
    """See `Plan.explain`."""
    total = len(plan.rows) + len(plan.dropped)
    if total == 0:
        return nothing_to_choose_from(plan.model)
    if not plan.rows:
        why = f": {' and '.join(plan.dropped[0].reasons)}" if total == 1 else ""
        first = [f"No route {scope(plan.model)} has a cost here{why}."]
    else:
        first = [_cost(plan, plan.rows[0]), _budget(plan)]
    return " ".join(filter(None, [*first, left_out(plan.dropped, total)]))


def _cost(plan: Plan, row: RouteCost) -> str:
    route = row.route
    seen = f", {as_last_seen(route)}" if plan.dated_rows else ""
    # A cost of zero is shown for a price of zero only: "$0.00" is never what rounding has left.
    costs = f"{_usd(row.cost_class)} for the class, {_usd(row.cost_per_student)} per student"
    lead = "the cheapest" if len(plan.rows) > 1 else "the only route left" if plan.dropped else "the only route"
    return (
        f"{_need(plan)}, {lead} is {name_of(route, plan.model)}{seen}: "
        f"{costs}{zero_words(route, plan.tokens)}{_beside(plan)}."
    )


def _need(plan: Plan) -> str:
    tokens = f"{plan.tokens[0]:,} + {plan.tokens[1]:,} tokens"
    who, calls = _count(plan.students, "student"), _count(plan.calls, "call")
    each = " each" if plan.students > 1 or plan.calls > 1 else ""
    spare = exact_number(clean_number(100 * plan.margin)) if plan.margin else ""
    return f"For {who} with {calls} of {tokens}{each}{f', and {spare} % to spare' if spare else ''}"


def _beside(plan: Plan) -> str:
    """The routes that cost the same, as it shows, and the dearest."""
    shown = [display_key("blended", row.cost_class) for row in plan.rows]
    same = shown.count(shown[0]) - 1
    last = plan.rows[-1]
    words = ""
    if same:
        others = name_of(plan.rows[1].route, plan.model) if same == 1 else f"{same:,} others"
        words = f", the same as {others}"
    if shown[-1] != shown[0]:
        words += f"; the dearest is {name_of(last.route, plan.model)} at {_usd(last.cost_class)}"
    return words


def _budget(plan: Plan) -> str:
    if plan.credit is None:
        return "No credit is given, so no budget is checked."
    rows = plan.rows
    over = [row for row in rows if row.breaks_budget]
    credit = f"the credit of {exact_amount('price', plan.credit)} {_whose(plan)}, {_buys(plan, rows)}"
    if not over:
        return f"{_all(len(rows), 'It stays', 'stay')} within {credit}."
    by = _usd(over[0].over)
    if len(over) == len(rows):
        return (
            f"{_all(len(rows), 'It is', 'are')} over {credit}{', by' if len(rows) == 1 else '; the cheapest by'} {by}."
        )
    within = len(rows) - len(over)
    stay = "stays" if within == 1 else "stay"
    beyond = f"1 is over it by {by}" if len(over) == 1 else f"{len(over):,} are over it, by {by} or more"
    return f"{within:,} of {len(rows):,} {stay} within {credit}; {beyond}."


def _all(n: int, one: str, verb: str) -> str:
    return one if n == 1 else f"Both {verb}" if n == 2 else f"All {n:,} {verb}"


def _whose(plan: Plan) -> str:
    return "per student" if plan.credit_for == "student" else "for the class"


def _buys(plan: Plan, rows: Sequence[RouteCost]) -> str:
    name = name_of(rows[0].route, plan.model)
    if rows[0].calls_in_credit is None:
        return f"which no call at {name} uses up"
    return f"which buys {_count(rows[0].calls_in_credit, 'call')} at {name}"


def _count(n: int, word: str) -> str:
    return f"{n:,} {word}" if n == 1 else f"{n:,} {word}s"


def _usd(value: float | None) -> str:
    return amount("blended", format_value("blended", value))
