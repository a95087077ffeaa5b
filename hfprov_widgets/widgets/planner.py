"""BudgetPlanner: what a class costs on each route, and which routes go over the credit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import traitlets

from hfprov_widgets.data import budget
from hfprov_widgets.data.budget import CreditFor, Plan
from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.frame_rows import Key
from hfprov_widgets.data.from_frame import CatalogLike
from hfprov_widgets.data.tokens import TokenCount, check_tokenizer, count_tokens
from hfprov_widgets.static_view.budget import plan_choice_note, plan_grid
from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.routes import why_no_route
from hfprov_widgets.widgets import from_page
from hfprov_widgets.widgets.base import STATIC, rebuild_line
from hfprov_widgets.widgets.routes import RouteWidget, model_and_catalog
from hfprov_widgets.widgets.traits import Checked, Filters

if TYPE_CHECKING:
    import pandas as pd


class BudgetPlanner(RouteWidget):
    """What calls of a certain length cost a class, route by route, and whether a credit lasts.

    Parameters
    ----------
    model_or_catalog : str, sequence of str, Catalog or DataFrame, optional
        The id of one model, the ids of several, or a catalogue, of which every route is shown.
    catalog : Catalog or DataFrame, optional
        Without one the best data at hand is shown at once and newer data is read in the background.
    value : str, optional
        The chosen route's id, ``org/name:provider``.
    tokens : (int, int)
        Input and output tokens of one call; `count` counts those of a text.
    calls : int
        Calls of each student.
    students : int
    margin : float
        The part to spare: 0.2 is 20 %.
    credit : float, optional
        USD that may be spent; None: no budget is checked. No sum is assumed: `credit_presets` has what is said to be
        granted, and the form offers the same.
    credit_for : {"student", "class"}
        Whether each student has that credit, or the class as a whole.
    filters : dict
        As in `Catalog.select`. What does not meet them stands apart, with the reason; a bound on ``price_blended`` is
        one on the price for these tokens.
    tokenizer : optional
        As in `count_tokens`. With one the page can have a text counted by it: the text is then sent to Python when
        *count exactly* is pressed, and kept nowhere. Without one the page estimates, and the text stays in the page.

    Raises
    ------
    traitlets.TraitError
        A value that makes no sense, or an id that the data does not hold; the message says what would.
    TypeError
        An unknown keyword, or no tokenizer.

    Examples
    --------
    >>> from hfprov_widgets import BudgetPlanner, load_catalog
    >>> documented = load_catalog("documented")
    >>> planner = BudgetPlanner("deepseek-ai/DeepSeek-V4-Pro", catalog=documented, credit=0.1)
    >>> planner.plan
    Plan(calls=20, students=30, credit=0.1, rows=3, over=0, dropped=2)
    """

    _esm = STATIC / "planner.js"
    _css = STATIC / "planner.css"

    filters = Filters(default_value={}).tag(sync=True)  # both
    tokens = Checked(budget.check_tokens, default_value=(600, 300)).tag(sync=True)  # both
    calls = Checked(budget.check_calls, default_value=20).tag(sync=True)  # both
    students = Checked(budget.check_students, default_value=30).tag(sync=True)  # both
    margin = Checked(budget.check_margin, default_value=0.2).tag(sync=True)  # both
    credit = Checked(budget.check_credit, default_value=None).tag(sync=True)  # both
    credit_for = Checked(budget.check_credit_for, default_value="student").tag(sync=True)  # both

    _counts = traitlets.Bool(False).tag(sync=True)  # Python -> JS: whether there is a tokenizer

    def __init__(
        self,
        model_or_catalog: str | Sequence[str] | CatalogLike | None = None,
        *,
        catalog: CatalogLike | None = None,
        value: str | None = None,
        tokens: tuple[int, int] = (600, 300),
        calls: int = 20,
        students: int = 30,
        margin: float = 0.2,
        credit: float | None = None,
        credit_for: CreditFor = "student",
        filters: Mapping[str, Any] | None = None,
        tokenizer: object = None,
        **kwargs: Any,
    ) -> None:
        model, catalog = model_and_catalog(model_or_catalog, catalog)
        traits = {
            "model": model,
            "value": value,
            "tokens": tokens,
            "calls": calls,
            "students": students,
            "margin": margin,
            "credit": credit,
            "credit_for": credit_for,
            "filters": filters or {},
        }
        super().__init__(catalog, traits, **kwargs)
        self._take_tokenizer(tokenizer)

    def _take_tokenizer(self, tokenizer: object) -> None:
        if tokenizer is not None:
            check_tokenizer(tokenizer)
        self._tokenizer = tokenizer
        self._counts = tokenizer is not None
        self.on_msg(self._count_for_page)

    @property
    def plan(self) -> Plan:
        """The plan on screen, computed now from the traits."""
        return self._plan(self.catalog)

    def _plan(self, catalog: Catalog) -> Plan:
        catalog, known = self._known(catalog)
        plan = budget.plan(
            catalog,
            known,
            tokens=self.tokens,
            calls=self.calls,
            students=self.students,
            margin=self.margin,
            credit=self.credit,
            credit_for=self.credit_for,
            require=self.filters,
        )
        return plan if self._asked is None else replace(plan, model=tuple(self._asked))

    def count(self, text: str) -> TokenCount:
        """Take the tokens of a text as the input tokens: counted by the tokenizer given, or estimated.

        Raises
        ------
        TypeError, ValueError
            Not a text, or the tokenizer gives no list of tokens.
        traitlets.TraitError
            An empty text and no output tokens: that is no call.

        Examples
        --------
        >>> from hfprov_widgets import BudgetPlanner, load_catalog
        >>> planner = BudgetPlanner(load_catalog("documented"), tokenizer=str.split)
        >>> planner.count("Which provider is it?"), planner.tokens
        (TokenCount(tokens=4, how='counted by the tokenizer given'), (4, 300))
        """
        counted = count_tokens(text, self._tokenizer)
        self.tokens = (counted.tokens, self.tokens[1])
        return counted

    def to_frame(self) -> pd.DataFrame:
        """All routes: those with a cost, cheapest first, then the others with a ``reason``; see `Plan.to_frame`."""
        return self.plan.to_frame()

    def _on_screen(self) -> Iterable[Key]:
        return [(row.route.model, row.route.provider, row.route.task) for row in self.plan.rows]

    def code(self) -> str:
        """The line of Python that rebuilds this view.

        A tokenizer has no line of its own: it is called ``tokenizer`` there.

        >>> from hfprov_widgets import BudgetPlanner, load_catalog
        >>> BudgetPlanner("openai/gpt-oss-20b", catalog=load_catalog("sample"), students=12).code()
        "hfp.BudgetPlanner('openai/gpt-oss-20b', catalog=hfp.load_catalog('sample'), students=12)"
        """
        names = ("value", "tokens", "calls", "students", "margin", "credit", "credit_for", "filters")
        return self._with_tokenizer(rebuild_line(self, self.model, names))

    def _with_tokenizer(self, line: str) -> str:
        if self._tokenizer is None:
            return line
        return f"{line[:-1]}{'' if line.endswith('()') else ', '}tokenizer=tokenizer)"

    def _grid(self, limit: int | None) -> Grid:
        catalog = self.catalog  # once: another may arrive meanwhile
        plan = self._plan(catalog)
        total = len(plan.rows) + len(plan.dropped)
        notes = []
        if self.value is not None:
            notes.append(plan_choice_note(plan, self.value, self.value in catalog))
        return plan_grid(
            plan,
            self._single,
            limit=limit,
            chosen=self.value,
            notes=notes,
            empty=() if total else why_no_route(catalog, self._asked, 0),
        )

    def _count_for_page(self, widget: object, message: Any, buffers: object) -> None:
        """Count a text that the page sends because the user asked for it; it is kept nowhere."""
        if not isinstance(message, dict) or message.get("kind") != "count":
            return
        answer: dict[str, Any] = {"kind": "counted", "number": message.get("number")}
        try:
            if self._tokenizer is None:
                raise ValueError("this planner was given no tokenizer")
            counted = count_tokens(message.get("text"), self._tokenizer)  # type: ignore[arg-type]  # it checks
            answer |= {"tokens": counted.tokens, "how": counted.how}
        except Exception as error:  # of a tokenizer that is not ours: whatever it is, the page waits for an answer
            answer |= {"error": from_page.failed_count(error)}
        self.send(answer)
