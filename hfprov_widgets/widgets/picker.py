"""ModelPicker: find a model by name and needs; the choice is `picker.value`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import traitlets

from hfprov_widgets.data.columns import MODEL_COLUMNS
from hfprov_widgets.data.from_frame import CatalogLike
from hfprov_widgets.data.ranking import DEFAULT_MODEL_SORT, MODEL_SORT_COLUMNS, match_models, order_models, pick_models
from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.models import models_grid, picker_notes, picker_title, why_no_model
from hfprov_widgets.widgets.base import STATIC, CatalogWidget, rebuild_line
from hfprov_widgets.widgets.traits import Filters, Sort

if TYPE_CHECKING:
    import pandas as pd


class ModelPicker(CatalogWidget):
    """Find a model: search in any word order, filter by what it must do, choose with Enter or a click.

    Parameters
    ----------
    catalog : Catalog or DataFrame, optional
        Without one the best data at hand is shown at once and newer data is read in the background.
    value : str, optional
        The chosen model's id; with ``multiple=True`` a tuple of ids.
    multiple : bool
        Whether several models can be chosen.
    query : str
        What is typed in the search field; every word must be in the id.
    filters : dict
        As in `Catalog.select`: ``{"provider": ["novita"], "supports_tools": True}``. A model matches when one live
        route meets all filters on routes.
    sort : pairs of column and direction
        ``(("price_blended", "asc"),)``; prices are those of the cheapest matching route for three input tokens to one
        output token.

    Raises
    ------
    traitlets.TraitError
        A value that is not allowed, or an id that the data does not hold; the message names what is.
    TypeError
        An unknown keyword.

    Examples
    --------
    >>> from hfprov_widgets import ModelPicker, load_catalog
    >>> picker = ModelPicker(load_catalog("sample"), query="llama 70 instr", filters={"provider": ["novita"]})
    >>> picker.to_frame()["model"].tolist()
    ['meta-llama/Llama-3.3-70B-Instruct']
    """

    _esm = STATIC / "picker.js"
    _css = STATIC / "picker.css"

    query = traitlets.Unicode("").tag(sync=True)  # both
    filters = Filters(default_value={}).tag(sync=True)  # both
    sort = Sort(MODEL_SORT_COLUMNS, default_value=DEFAULT_MODEL_SORT).tag(sync=True)  # both
    multiple = traitlets.Bool(False).tag(sync=True)  # Python -> JS

    def __init__(
        self,
        catalog: CatalogLike | None = None,
        *,
        value: str | Sequence[str] | None = None,
        multiple: bool = False,
        query: str = "",
        filters: Mapping[str, Any] | None = None,
        sort: Sequence[tuple[str, str]] = DEFAULT_MODEL_SORT,
        **kwargs: Any,
    ) -> None:
        traits = {
            "value": value,
            "multiple": multiple,
            "query": query,
            "filters": filters or {},
            "sort": sort,
        }
        super().__init__(catalog, traits, **kwargs)

    def to_frame(self) -> pd.DataFrame:
        """The models on screen in their order, with the price, context and provider of the route that stands for each.

        Prices are USD per 1M tokens, context is tokens.
        """
        from hfprov_widgets.data.frames import models_frame, routes_frame
        from hfprov_widgets.data.records import Route

        rows = pick_models(self.catalog.records, self.query, self.filters, self.sort)
        models = models_frame([model for model, _ in rows], MODEL_COLUMNS)
        names = ("provider", "status", "price_input", "price_output", "price_blended", "context_length")
        routes = routes_frame([route or Route(model.id, "") for model, route in rows], names)
        routes["provider"] = routes["provider"].mask(routes["provider"] == "")
        joined: pd.DataFrame = models.join(routes)
        return joined

    def _grid(self, limit: int | None) -> Grid:
        catalog = self.catalog
        found = match_models(catalog.records, self.query, self.filters)
        rows = order_models(found, self.sort, limit=limit)
        chosen = self.value if isinstance(self.value, tuple) else () if self.value is None else (self.value,)
        by_query = 0 if found else len(match_models(catalog.records, self.query))
        return models_grid(
            catalog,
            rows,
            title=picker_title(self.query, len(found), len(catalog.records)),
            more=len(found) - len(rows),
            chosen=chosen,
            notes=picker_notes(catalog, self.sort, self.filters, chosen),
            empty=() if found else why_no_model(catalog, self.query, bool(self.filters), by_query),
        )

    def code(self) -> str:
        """The line of Python that rebuilds this view.

        >>> from hfprov_widgets import ModelPicker, load_catalog
        >>> ModelPicker(load_catalog("sample"), query="llama").code()
        "hfp.ModelPicker(catalog=hfp.load_catalog('sample'), query='llama')"
        """
        names = ("value", "multiple", "query", "filters", "sort")
        return rebuild_line(self, None, names, value=() if self.multiple else None)

    @traitlets.validate("value")
    def _check_value(self, proposal: Any) -> str | tuple[str, ...] | None:
        value = proposal["value"]
        if self.multiple:
            if value is None:
                return ()
            if not isinstance(value, (list, tuple)):
                raise traitlets.TraitError(f"value must be a tuple of model ids in a picker of several, not {value!r}")
            for id in value:
                self._check_known("value", "model", id, self.catalog.ids)
            return tuple(dict.fromkeys(value))
        if value is not None:
            self._check_known("value", "model", value, self.catalog.ids)
        return value  # type: ignore[no-any-return]

    @traitlets.observe("multiple")
    def _keep_choice(self, change: Any) -> None:
        if self.multiple and not isinstance(self.value, tuple):
            self.value = () if self.value is None else (self.value,)
        elif not self.multiple and isinstance(self.value, tuple):
            self.value = self.value[0] if self.value else None
