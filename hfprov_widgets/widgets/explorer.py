"""Explorer: the list of models, and beside it four views of their routes, as one widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import traitlets

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.frame_rows import Key
from hfprov_widgets.data.from_frame import CatalogLike
from hfprov_widgets.data.ranking import DEFAULT_MODEL_SORT, MODEL_SORT_COLUMNS
from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.widgets.base import STATIC, rebuild_line
from hfprov_widgets.widgets.chart import ProviderChart
from hfprov_widgets.widgets.planner import BudgetPlanner
from hfprov_widgets.widgets.routes import RouteWidget, model_and_catalog
from hfprov_widgets.widgets.snippet import RouteSnippet
from hfprov_widgets.widgets.table import ProviderTable, default_columns, default_sort
from hfprov_widgets.widgets.traits import Sort

if TYPE_CHECKING:
    import pandas as pd

# What the class of each view says of its own rows is what the explorer says while that view is open.
_VIEWS: dict[str, type[RouteWidget]] = {
    "compare": ProviderTable,
    "chart": ProviderChart,
    "plan": BudgetPlanner,
    "code": RouteSnippet,
}
# Of the comparison's columns those that fit beside the list of models.
_BESIDE = ("provider", "price_blended", "price_input", "price_output", "throughput", "context_length")

_STATE = (
    "value", "view", "query", "filters", "model_sort", "columns", "sort", "mix", "x", "y",
    "tokens", "calls", "students", "margin", "credit", "credit_for", "client", "variant", "policy", "stream",
)  # fmt: skip


class Explorer(ProviderTable, ProviderChart, BudgetPlanner, RouteSnippet):
    """Find a model, compare its routes, see the trade-off, plan a class and take the code: in one widget.

    It has the traits of `ProviderTable`, `ProviderChart`, `BudgetPlanner` and `RouteSnippet`, and each may be given as
    a keyword. `model` is what is chosen in the list, `value` the route that is chosen in any view.

    Parameters
    ----------
    model_or_catalog : str, sequence of str, Catalog or DataFrame, optional
        The id of one model, the ids of several, or a catalogue.
    catalog : Catalog or DataFrame, optional
        Without one the best data at hand is shown at once and newer data is read in the background.
    view : {"compare", "chart", "plan", "code"}
        Which view is open. `to_frame`, `to_markdown` and the plain tables beside the widget are of that view.
    query : str
        What is typed in the search field of the list.
    filters : dict
        As in `Catalog.select`; for the list and for all views.
    model_sort : pairs of column and direction
        The order of the list, as `ModelPicker.sort`.
    tokenizer : optional
        As in `BudgetPlanner`.
    **state
        Any other trait of the four views: ``value``, ``columns``, ``sort``, ``mix``, ``x``, ``y``, ``tokens``,
        ``calls``, ``students``, ``margin``, ``credit``, ``credit_for``, ``client``, ``variant``, ``policy``,
        ``stream``.

    Raises
    ------
    traitlets.TraitError
        A value that is not allowed, or an id that the data does not hold; the message names what is.
    TypeError
        An unknown keyword.

    Examples
    --------
    >>> from hfprov_widgets import Explorer, load_catalog
    >>> explorer = Explorer("openai/gpt-oss-20b", catalog=load_catalog("sample"), view="plan", credit=0.1)
    >>> explorer.plan.rows[0].calls_in_credit
    1666
    >>> explorer.code()
    "hfp.Explorer('openai/gpt-oss-20b', catalog=hfp.load_catalog('sample'), view='plan', credit=0.1)"
    """

    _esm = STATIC / "explorer.js"
    _css = STATIC / "explorer.css"

    view = traitlets.Enum(tuple(_VIEWS), default_value="compare").tag(sync=True)  # both
    query = traitlets.Unicode("").tag(sync=True)  # both
    model_sort = Sort(MODEL_SORT_COLUMNS, default_value=DEFAULT_MODEL_SORT).tag(sync=True)  # both

    def __init__(
        self,
        model_or_catalog: str | Sequence[str] | CatalogLike | None = None,
        *,
        catalog: CatalogLike | None = None,
        view: str = "compare",
        query: str = "",
        filters: Mapping[str, Any] | None = None,
        model_sort: Sequence[tuple[str, str]] = DEFAULT_MODEL_SORT,
        tokenizer: object = None,
        **state: Any,
    ) -> None:
        model, catalog = model_and_catalog(model_or_catalog, catalog)
        defaults = {name: trait.default_value for name, trait in self.class_traits().items() if name in _STATE}
        given = {"model": model, "view": view, "query": query, "filters": filters or {}, "model_sort": model_sort}
        traits = defaults | _column_defaults(catalog, state.get("columns")) | given
        traits |= {name: state.pop(name) for name in _STATE if name in state}
        RouteWidget.__init__(self, catalog, traits, **state)
        self._take_tokenizer(tokenizer)

    def to_frame(self) -> pd.DataFrame:
        """The rows of the open view, as that view's own class gives them."""
        return _VIEWS[self.view].to_frame(self)

    def code(self) -> str:
        """The line of Python that rebuilds this explorer as it is, the views that are not open included."""
        own = _column_defaults(None if self._automatic else self.catalog, self.columns)
        return self._with_tokenizer(rebuild_line(self, self.model, _STATE, **own))

    def _on_screen(self) -> Iterable[Key]:
        return _VIEWS[self.view]._on_screen(self)

    def _grid(self, limit: int | None) -> Grid:
        return _VIEWS[self.view]._grid(self, limit)


def _column_defaults(catalog: Catalog | None, columns: Sequence[str] | None) -> dict[str, Any]:
    """The columns that fit beside the list, as far as the catalogue knows them, and the order of the columns shown."""
    known = default_columns(catalog)
    fitting = tuple(name for name in _BESIDE if name in known) if "price_blended" in known else known
    return {"columns": fitting, "sort": default_sort(columns or fitting)}
