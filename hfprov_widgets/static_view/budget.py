"""What a class costs as a grid: one row for each route that has a cost, and below it the others with their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from hfprov_widgets.data.budget import Plan, RouteCost
from hfprov_widgets.data.explain_plan import explain_plan
from hfprov_widgets.data.formatting import clean_number, display_key, exact_number, format_value
from hfprov_widgets.data.reasons import amount, exact_amount
from hfprov_widgets.static_view.grid import Grid, Head
from hfprov_widgets.static_view.routes import choice_note, speed_days
from hfprov_widgets.static_view.words import filter_words, labelled, part_of, plural

NAMED = 20  # routes without a cost that are named, each with its reasons; the others are counted

_COSTS = (Head("Call", "$", True), Head("Student", "$", True), Head("Class", "$", True))
_CREDIT = (Head("Credit buys", "calls", True), Head("Budget", ""))
_ANSWER = Head("Answer", "s, estimate", True)


def plan_grid(
    plan: Plan,
    single: str | None,
    *,
    limit: int | None = None,
    chosen: str | None = None,
    notes: Sequence[str] = (),
    empty: Sequence[str] = (),
) -> Grid:
    """A plan as a grid of words.

    Parameters
    ----------
    plan : Plan
    single : str or None
        The one model that is asked for; otherwise each row says which one it is of.
    limit : int, optional
        Rows at most; the others are counted.
    chosen : str, optional
        A route's id.
    notes, empty : sequence of str
        Sentences of the widget's own.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> plan = load_catalog("documented").plan(credit=0.1)
    >>> plan_grid(plan, "deepseek-ai/DeepSeek-V4-Pro").rows[0]
    ('novita', '0.00203', '0.0487', '1.46', '49', 'fits', '14')
    """
    names = (Head("Provider"),) if single else (Head("Model"), Head("Provider"))
    credit = () if plan.credit is None else _CREDIT
    shown = plan.rows[:limit]
    total = len(plan.rows) + len(plan.dropped)
    return Grid(
        f"Cost of a class{f' with {single}' if single else ''}: {part_of(len(plan.rows), total, 'route')}",
        (*names, *_COSTS, *credit, _ANSWER),
        tuple(_cells(row, plan, single is not None) for row in shown),
        plan.source,
        plan.retrieved_at,
        plan.dated_rows,
        len(plan.rows) - len(shown),
        frozenset(at for at, row in enumerate(shown) if row.route.id == chosen),
        notes=(*plan_notes(plan), *notes),
        empty=tuple(empty),
    )


def plan_notes(plan: Plan) -> list[str]:
    """What was asked, what comes of it, and the routes that have no cost, each with all its reasons.

    >>> from hfprov_widgets import load_catalog
    >>> notes = plan_notes(load_catalog("documented").plan(credit=0.1))
    >>> print(notes[0])
    600 input and 300 output tokens a call, 20 calls a student, 30 students, 20 % to spare, $0.10 of credit per student.
    >>> print(notes[-2])
    deepseek-ai/DeepSeek-V4-Pro:fireworks-ai has no cost here: no price published.
    """
    notes = [_asked(plan), *([explain_plan(plan)] if plan.rows or plan.dropped else [])]
    if plan.require:
        notes.append(filter_words(plan.require))
    notes += [f"{one.route.id} has no cost here: {'; '.join(one.reasons)}." for one in plan.dropped[:NAMED]]
    more = len(plan.dropped) - NAMED
    if more > 0:
        notes.append(f"{plural(more, 'more route')} {'has' if more == 1 else 'have'} no cost here.")
    routes = [*(row.route for row in plan.rows), *(one.route for one in plan.dropped)]
    return [*notes, *speed_days(routes)]


def plan_choice_note(plan: Plan, chosen: str, in_data: bool) -> str:
    """The choice in words; a chosen route can be one without a cost."""
    if in_data and not any(row.route.id == chosen for row in plan.rows):
        return f"Chosen: {chosen} (no cost here)."
    return choice_note(chosen, in_data, False)


def budget_words(row: RouteCost) -> str:
    """Whether a route stays within the credit.

    >>> from hfprov_widgets import load_catalog
    >>> [budget_words(row) for row in load_catalog("documented").plan(credit=0.05).rows]
    ['fits', 'over by $0.000112', 'over by $0.0119']
    """
    if not row.breaks_budget:
        return "fits"
    return f"over by {amount('blended', format_value('blended', row.over))}"


def calls_words(row: RouteCost) -> str:
    """How many calls the credit buys; a price of zero sets no limit."""
    return "no limit by price" if row.calls_in_credit is None else f"{row.calls_in_credit:,}"


def seconds_words(seconds: float | None) -> str:
    """An estimate in seconds; what rounding would make nothing is said as such.

    >>> seconds_words(1.94), seconds_words(0.01), seconds_words(None)
    ('1.9', '< 0.1', '—')
    """
    if seconds and display_key("speed", seconds) == 0:
        return "< 0.1"
    return format_value("speed", seconds)


def _cells(row: RouteCost, plan: Plan, single: bool) -> tuple[str, ...]:
    route = row.route
    provider = labelled(format_value("text", route.provider), route)
    costs = (format_value("blended", usd) for usd in (row.cost_per_call, row.cost_per_student, row.cost_class))
    credit = () if plan.credit is None else (calls_words(row), budget_words(row))
    return (*(() if single else (route.model,)), provider, *costs, *credit, seconds_words(row.seconds_per_answer))


def _asked(plan: Plan) -> str:
    given, answered = plan.tokens
    spare = exact_number(clean_number(100 * plan.margin)) if plan.margin else "0"
    whose = "per student" if plan.credit_for == "student" else "for the class"
    credit = "no credit given" if plan.credit is None else f"{exact_amount('price', plan.credit)} of credit {whose}"
    return (
        f"{given:,} input and {answered:,} output tokens a call, {plural(plan.calls, 'call')} a student, "
        f"{plural(plan.students, 'student')}, {spare} % to spare, {credit}."
    )
