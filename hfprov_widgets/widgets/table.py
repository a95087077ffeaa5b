"""ProviderTable: the providers of a model side by side; the choice is `table.value`, ``org/name:provider``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import COMPARISON, ROUTE_COLUMNS
from hfprov_widgets.data.from_frame import CatalogLike
from hfprov_widgets.data.marks import best_marks
from hfprov_widgets.data.ranking import DEFAULT_ROUTE_SORT, sort_routes
from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.routes import choice_note, routes_grid, table_notes, table_title, why_no_route
from hfprov_widgets.widgets.base import STATIC, rebuild_line
from hfprov_widgets.widgets.routes import ComparisonWidget, model_and_catalog
from hfprov_widgets.widgets.traits import Columns, Sort

if TYPE_CHECKING:
    import pandas as pd


def default_columns(catalog: Catalog | None) -> tuple[str, ...]:
    """The comparison's columns; where no route is priced, those that say something, the task among them.

    >>> from hfprov_widgets.data.load import load_catalog
    >>> default_columns(load_catalog("tasks"))
    ('provider', 'status', 'task', 'provider_id', 'source')
    """
    routes = () if catalog is None else catalog.all_routes
    if not routes or any(route.price_output is not None for route in routes):
        return COMPARISON
    order = ("provider", "status", "task", "provider_id", *COMPARISON[2:], "source")
    return tuple(n for n in order if n != "price_blended" and any(getattr(r, n) is not None for r in routes))


def default_sort(columns: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """By the cost for the mix where it is shown, else by model."""
    return DEFAULT_ROUTE_SORT if "price_blended" in columns else (("model", "asc"),)


class ProviderTable(ComparisonWidget):
    """The providers of one model side by side, or the routes of several models as a list.

    Parameters
    ----------
    model_or_catalog : str, sequence of str, Catalog or DataFrame, optional
        The id of one model, the ids of several, or a catalogue, of which every route is shown.
    catalog : Catalog or DataFrame, optional
        Without one the best data at hand is shown at once and newer data is read in the background.
    value : str, optional
        The chosen route's id, ``org/name:provider``.
    columns : sequence of str, optional
        Names of the columns shown. By default the comparison's, without those of which a catalogue of other tasks
        than chat knows nothing.
    filters : dict
        As in `Catalog.select`: ``{"supports_tools": True, "min_context_length": 128_000}``.
    sort : pairs of column and direction, optional
        By default the cost for the mix, low first; by model where no price is shown. Live routes come first unless
        it names ``status``; what is not published comes last in both directions.
    mix : pair of float
        Input to output tokens, for the column ``price_blended``.

    Raises
    ------
    traitlets.TraitError
        A value that is not allowed, or an id that the data does not hold; the message names what is.
    TypeError
        An unknown keyword.

    Examples
    --------
    >>> from hfprov_widgets import ProviderTable, load_catalog
    >>> table = ProviderTable("deepseek-ai/DeepSeek-V4-Pro", catalog=load_catalog("documented"))
    >>> table.to_frame()["provider"].tolist()
    ['novita', 'deepinfra', 'together', 'fireworks-ai', 'featherless-ai']
    """

    _esm = STATIC / "table.js"
    _css = STATIC / "table.css"

    columns = Columns(default_value=COMPARISON).tag(sync=True)  # both
    sort = Sort(tuple(ROUTE_COLUMNS), default_value=DEFAULT_ROUTE_SORT).tag(sync=True)  # both

    def __init__(
        self,
        model_or_catalog: str | Sequence[str] | CatalogLike | None = None,
        *,
        catalog: CatalogLike | None = None,
        value: str | None = None,
        columns: Sequence[str] | None = None,
        filters: Mapping[str, Any] | None = None,
        sort: Sequence[tuple[str, str]] | None = None,
        mix: tuple[float, float] = (3, 1),
        **kwargs: Any,
    ) -> None:
        model, catalog = model_and_catalog(model_or_catalog, catalog)
        columns = default_columns(catalog) if columns is None else columns
        traits = {
            "model": model,
            "value": value,
            "columns": columns,
            "filters": filters or {},
            "sort": default_sort(columns) if sort is None else sort,
            "mix": mix,
        }
        super().__init__(catalog, traits, **kwargs)

    def to_frame(self) -> pd.DataFrame:
        """The rows on screen in their order: the model and the columns shown, exact values.

        Prices are USD per 1M tokens, latency is ms, speed is output tokens/s, context is tokens.
        """
        from hfprov_widgets.data.frames import routes_frame

        catalog = self.catalog  # once: another may arrive meanwhile
        # A status without its day would read as one of today.
        day = ("retrieved_at",) if catalog.dated_rows else ()
        names = dict.fromkeys(("model", *self.columns, *day))
        return routes_frame(sort_routes(self._kept(catalog), self.sort, self.mix), names, self.mix)

    def code(self) -> str:
        """The line of Python that rebuilds this view.

        >>> from hfprov_widgets import ProviderTable, load_catalog
        >>> ProviderTable("openai/gpt-oss-20b", catalog=load_catalog("sample"), mix=(1, 1)).code()
        "hfp.ProviderTable('openai/gpt-oss-20b', catalog=hfp.load_catalog('sample'), mix=(1, 1))"
        """
        columns = default_columns(None if self._automatic else self.catalog)
        names = ("value", "columns", "filters", "sort", "mix")
        return rebuild_line(self, self.model, names, columns=columns, sort=default_sort(self.columns))

    def _grid(self, limit: int | None) -> Grid:
        asked, single = self._asked, self._single
        catalog = self.catalog
        records, kept = self._records(catalog), self._kept(catalog)
        routes = [route for model in records for route in model.routes] if self.filters else kept
        n_routes = len(routes)
        # "best" is said among all rows of one model, so these are all put in order.
        rows = sort_routes(kept, self.sort, self.mix, None if single else limit)
        notes = table_notes(
            self.sort, self.filters, n_routes - len(kept), records[0].routes if single and records else None
        )
        if self.value is not None:
            route = catalog.route(self.value) if self.value in catalog else None
            notes.append(choice_note(self.value, route is not None, not any(one is route for one in kept)))
        columns = self.columns if single or "model" in self.columns else ("model", *self.columns)
        return routes_grid(
            catalog,
            rows[:limit],
            columns,
            self.mix,
            title=table_title(single, len(records) if asked is None else len(asked), len(kept), n_routes),
            more=len(kept) - len(rows[:limit]),
            chosen=self.value,
            best=best_marks(rows, self.mix) if single else {},
            of=routes,
            notes=notes,
            empty=() if kept else why_no_route(catalog, asked, n_routes),
        )
