"""What a class costs on each route: tokens, calls and students, and whether it stays within a credit.

The arithmetic is that of the decimals one sees, not of floats, so that what just fits does fit. Costs are in USD; a
route without a published price, or with one in doubt, has no cost, and it stands apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact, localcontext
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from hfprov_widgets.data.arguments import check_amount, check_whole
from hfprov_widgets.data.choose import normal_tokens
from hfprov_widgets.data.explained import Explained
from hfprov_widgets.data.figures import PRICES, figure_of
from hfprov_widgets.data.filters import Filters, normal_filters
from hfprov_widgets.data.formatting import clean_number, display_key, text_key
from hfprov_widgets.data.reasons import Dropped, candidates, demands_of, model_ids, sift
from hfprov_widgets.data.records import Route

if TYPE_CHECKING:
    import pandas as pd

    from hfprov_widgets.data.catalog import Catalog

CreditFor: TypeAlias = Literal["student", "class"]

MOST = 10**12
# So that a number of calls fits a frame's column of whole numbers: the least price buys 10**10 calls a dollar.
MOST_CREDIT = 10**8
MOST_MARGIN = 100
# More digits than the longest float has, twice: no result is ever rounded before it becomes a float again.
_EXACT = Context(prec=2000, traps=[Inexact])


@dataclass(frozen=True, slots=True)
class RouteCost:
    """What one route costs, in USD.

    Parameters
    ----------
    route : Route
    cost_per_call : float
        The input and output tokens of one call; without the margin.
    cost_per_student, cost_class : float
        All calls of one student, and of the class; with the margin.
    calls_in_credit : int or None
        How many whole calls the credit buys, without the margin. None where no credit is given, and where the price
        is zero: then `no_limit_by_price` is true.
    breaks_budget : bool or None
        Whether the student, or the class, costs more than the credit; None where no credit is given.
    over : float or None
        By how much, per student or for the class as the credit is; zero within it.
    seconds_per_answer : float or None
        Time to the first token and output tokens by speed, from the service's newest probe; None unless both are
        known.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> row = load_catalog("documented").plan(credit=0.1).rows[0]
    >>> row.calls_in_credit, row.breaks_budget
    (49, False)
    """

    route: Route
    cost_per_call: float
    cost_per_student: float
    cost_class: float
    calls_in_credit: int | None
    breaks_budget: bool | None
    over: float | None
    seconds_per_answer: float | None

    @property
    def no_limit_by_price(self) -> bool:
        """The price is zero, so no credit limits the calls. The service's own limits remain."""
        return self.cost_per_call == 0


@dataclass(frozen=True, slots=True)
class Plan(Explained):
    """What a class costs, route by route. `Catalog.plan` makes it; `explain` puts it into sentences.

    Parameters
    ----------
    rows : tuple of RouteCost
        All routes that have a cost, cheapest first; then the faster, then the one with the earlier first token.
    dropped : tuple of Dropped
        All others with all their reasons, in the catalogue's order.
    model : tuple of str or None
        The models asked for; None is all.
    tokens, calls, students, margin, credit, credit_for, require
        What was asked.
    source, retrieved_at, dated_rows
        Which data this is; see `Catalog`.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> load_catalog("documented").plan(credit=0.1)
    Plan(calls=20, students=30, credit=0.1, rows=3, over=0, dropped=2)
    """

    rows: tuple[RouteCost, ...]
    dropped: tuple[Dropped, ...]
    model: tuple[str, ...] | None
    tokens: tuple[int, int]
    calls: int
    students: int
    margin: float
    credit: float | None
    credit_for: CreditFor
    require: Mapping[str, Any] = field(hash=False)
    source: str
    retrieved_at: str | None
    dated_rows: bool

    def explain(self) -> str:
        """Two or three plain sentences: what the class costs, whether the credit lasts, who was left out.

        Examples
        --------
        >>> from hfprov_widgets import load_catalog
        >>> print(load_catalog("documented").plan(credit=0.1).explain())
        For 30 students with 20 calls of 600 + 300 tokens each, and 20 % to spare, the cheapest is ...
        """
        from hfprov_widgets.data.explain_plan import explain_plan

        return self._with_origin(explain_plan(self))

    def to_frame(self) -> pd.DataFrame:
        """All routes: those with a cost, cheapest first, then the others, without a cost and with a ``reason``.

        Examples
        --------
        >>> from hfprov_widgets import load_catalog
        >>> load_catalog("documented").plan(credit=0.1).to_frame()["calls_in_credit"].tolist()
        [49, 47, 38, <NA>, <NA>]
        """
        from hfprov_widgets.data.frames import add_column, routes_frame

        frame = routes_frame([*(row.route for row in self.rows), *(one.route for one in self.dropped)])
        gaps = [None] * len(self.dropped)
        for name, dtype in _DTYPES.items():
            add_column(frame, name, [*(getattr(row, name) for row in self.rows), *gaps], dtype)
        reasons = ["; ".join(one.reasons) for one in self.dropped]
        add_column(frame, "reason", [""] * len(self.rows) + reasons, "string")
        return frame

    def __repr__(self) -> str:
        over = "" if self.credit is None else f", over={sum(bool(row.breaks_budget) for row in self.rows)}"
        asked = f"calls={self.calls}, students={self.students}, credit={self.credit}"
        return f"Plan({asked}, rows={len(self.rows)}{over}, dropped={len(self.dropped)})"


_DTYPES = {
    "cost_per_call": "Float64", "cost_per_student": "Float64", "cost_class": "Float64", "calls_in_credit": "Int64",
    "no_limit_by_price": "boolean", "breaks_budget": "boolean", "over": "Float64", "seconds_per_answer": "Float64",
}  # fmt: skip


def plan(
    catalog: Catalog,
    model: str | Iterable[str] | None = None,
    *,
    tokens: tuple[int, int] = (600, 300),
    calls: int = 20,
    students: int = 30,
    margin: float = 0.2,
    credit: float | None = None,
    credit_for: CreditFor = "student",
    require: Filters | None = None,
) -> Plan:
    """What a class costs on each route, and which routes go over a credit.

    A route must be live and publish the prices that count; a price whose unit is in doubt gives no cost.

    Parameters
    ----------
    catalog : Catalog
    model : str, iterable of str, optional
        One model, several, or all.
    tokens : (int, int)
        Input and output tokens of one call; `count_tokens` counts those of a text.
    calls : int
        Calls of each student.
    students : int
    margin : float
        The part to spare, for answers longer than thought and calls made twice: 0.2 is 20 %.
    credit : float, optional
        USD that may be spent; `credit_presets` has what services are said to grant. None: no budget is checked.
    credit_for : {"student", "class"}
        Whether each student has that credit, or the class as a whole.
    require : mapping, optional
        Filters as `Catalog.select` takes them. A bound on ``price_blended`` is one on the price for these tokens.

    Returns
    -------
    Plan

    Raises
    ------
    KeyError
        The catalogue does not hold a model; the message has near names.
    TypeError, ValueError
        What is asked makes no sense; the message says what would.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> row = plan(load_catalog("sample"), "openai/gpt-oss-20b", credit=2, credit_for="class").rows[0]
    >>> row.route.provider, row.cost_per_call, row.cost_class, row.breaks_budget
    ('deepinfra', 6e-05, 0.0432, False)
    """
    call = check_tokens(tokens)
    n_calls, n_students = check_calls(calls), check_students(students)
    spare, budget = check_margin(margin), check_credit(credit)
    whose = check_credit_for(credit_for)
    filters, ids = normal_filters(require), model_ids(model)
    kept, dropped = sift(candidates(catalog, ids), demands_of(catalog, filters, ["price_blended"], call))
    with localcontext(_EXACT):
        each = n_calls * (1 + _decimal(spare))
        costs = sorted(((_cost_per_call(route, call), route) for route in kept), key=_order)
        rows = tuple(_row(route, cost, each, n_students, budget, whose, call[1]) for cost, route in costs)
    return Plan(
        rows=rows,
        dropped=tuple(dropped),
        model=ids,
        tokens=call,
        calls=n_calls,
        students=n_students,
        margin=spare,
        credit=budget,
        credit_for=whose,
        require=filters,
        source=catalog.source,
        retrieved_at=catalog.retrieved_at,
        dated_rows=catalog.dated_rows,
    )


def check_tokens(tokens: object) -> tuple[int, int]:
    """Input and output tokens of one call.

    Raises
    ------
    ValueError

    Examples
    --------
    >>> check_tokens([600, 300])
    (600, 300)
    """
    call = normal_tokens(tokens)
    if max(call) > MOST:
        raise ValueError(f"tokens goes up to {MOST:,}, not {max(call):,}")
    return call


def check_calls(calls: object) -> int:
    """Calls of each student, from 1 on; ValueError for anything else."""
    return check_whole(calls, "calls", MOST)


def check_students(students: object) -> int:
    """Students, from 1 on; ValueError for anything else."""
    return check_whole(students, "students", MOST)


def check_margin(margin: object) -> float:
    """The part to spare: 0.2 is 20 %; ValueError for what is none."""
    return check_amount(margin, MOST_MARGIN, "margin", f"the part to spare, a number from 0 to {MOST_MARGIN}")


def check_credit(credit: object) -> float | None:
    """USD, or None for no budget; ValueError for anything else."""
    words = f"USD, a number from 0 to {MOST_CREDIT:,}, or None for no budget"
    return None if credit is None else check_amount(credit, MOST_CREDIT, "credit", words)


def check_credit_for(credit_for: object) -> CreditFor:
    """Whose the credit is; ValueError for anything but these two.

    >>> check_credit_for("class")
    'class'
    """
    if credit_for == "student" or credit_for == "class":
        return "student" if credit_for == "student" else "class"
    raise ValueError(f"credit_for is 'student' or 'class', not {credit_for!r}")


def _row(
    route: Route, cost: Decimal, each: Decimal, students: int, credit: float | None, credit_for: str, tokens_out: int
) -> RouteCost:
    """``each`` is how many calls, with the margin, one student is planned with."""
    student = cost * each
    group = student * students
    calls = breaks = over = None
    if credit is not None:
        may = _decimal(credit)
        excess = (group if credit_for == "class" else student) - may
        breaks, over = excess > 0, float(max(excess, Decimal(0)))
        calls = int(may // cost) if cost else None
    return RouteCost(
        route=route,
        cost_per_call=float(cost),
        cost_per_student=float(student),
        cost_class=float(group),
        calls_in_credit=calls,
        breaks_budget=breaks,
        over=over,
        seconds_per_answer=_seconds(route, tokens_out),
    )


def _cost_per_call(route: Route, tokens: tuple[int, int]) -> Decimal:
    total = Decimal(0)
    for name, count in zip(PRICES, tokens, strict=True):
        if count:
            total += count * _decimal(figure_of(name)(route) or 0)
    return total.scaleb(-6)


def _seconds(route: Route, tokens_out: int) -> float | None:
    first, speed = route.first_token_latency_ms, route.throughput
    if first is None or speed is None or display_key("speed", speed) == 0:  # what shows as no speed never ends
        return None
    seconds = first / 1000 + tokens_out / speed
    return clean_number(seconds) if seconds > 0 else 0.0


def _order(costed: tuple[Decimal, Route]) -> tuple[Any, ...]:
    cost, route = costed
    speed, first = route.throughput, route.first_token_latency_ms
    return (
        cost,
        (speed is None, -(speed or 0)),
        (first is None, first or 0),
        text_key(route.provider),
        text_key(route.model),
        (route.task is None, text_key(route.task or "")),
    )


def _decimal(value: float) -> Decimal:
    """The decimal that one sees: the shortest that stands for the float."""
    return Decimal(repr(float(value)))
