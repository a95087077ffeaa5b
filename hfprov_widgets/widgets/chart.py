"""ProviderChart: the routes by two figures, and which of them no other beats; the choice is `chart.value`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import traitlets

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.from_frame import CatalogLike
from hfprov_widgets.data.pareto import AXES, ParetoFront
from hfprov_widgets.data.records import Route
from hfprov_widgets.static_view.front import front_grid, front_notes, front_title
from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.routes import choice_note, why_no_route
from hfprov_widgets.widgets.base import STATIC, rebuild_line
from hfprov_widgets.widgets.routes import ComparisonWidget, model_and_catalog
from hfprov_widgets.widgets.traits import Trait

if TYPE_CHECKING:
    import pandas as pd


class Axis(Trait):
    """The name of a column of routes that has a better end."""

    info_text = "a column that can be an axis"

    def validate(self, obj: traitlets.HasTraits, value: Any) -> str:
        if isinstance(value, str) and value in AXES:
            return value
        near = get_close_matches(str(value), AXES, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise traitlets.TraitError(f"{self.name}: no axis {value!r}.{hint} Allowed: {', '.join(AXES)}")


class ProviderChart(ComparisonWidget):
    """The routes of one model, of several or of all as points of two figures, with the Pareto front as a staircase.

    Better is towards the top right on every pair of axes. A route that is not live or does not publish one of the two
    figures is not drawn; it is counted, with the reason.

    Parameters
    ----------
    model_or_catalog : str, sequence of str, Catalog or DataFrame, optional
        The id of one model, the ids of several, or a catalogue, of which every route is drawn.
    catalog : Catalog or DataFrame, optional
        Without one the best data at hand is shown at once and newer data is read in the background.
    value : str, optional
        The chosen route's id, ``org/name:provider``.
    x, y : str
        Two different columns: ``price_input``, ``price_output``, ``price_blended`` (USD per 1M tokens),
        ``first_token_latency_ms`` (ms), ``throughput`` (output tokens/s), ``context_length`` (tokens).
    filters : dict
        As in `Catalog.select`; routes that do not meet them take no part.
    mix : pair of float
        Input to output tokens, for ``price_blended``.

    Raises
    ------
    traitlets.TraitError
        A value that is not allowed, or an id that the data does not hold; the message names what is.
    TypeError
        An unknown keyword.

    Examples
    --------
    >>> from hfprov_widgets import ProviderChart, load_catalog
    >>> chart = ProviderChart("deepseek-ai/DeepSeek-V4-Pro", catalog=load_catalog("documented"))
    >>> [route.provider for route in chart.front]
    ['novita', 'deepinfra', 'together']
    """

    _esm = STATIC / "chart.js"
    _css = STATIC / "chart.css"

    x = Axis("price_blended").tag(sync=True)  # both
    y = Axis("throughput").tag(sync=True)  # both

    def __init__(
        self,
        model_or_catalog: str | Sequence[str] | CatalogLike | None = None,
        *,
        catalog: CatalogLike | None = None,
        value: str | None = None,
        x: str = "price_blended",
        y: str = "throughput",
        filters: Mapping[str, Any] | None = None,
        mix: tuple[float, float] = (3, 1),
        **kwargs: Any,
    ) -> None:
        model, catalog = model_and_catalog(model_or_catalog, catalog)
        traits = {"model": model, "value": value, "x": x, "y": y, "filters": filters or {}, "mix": mix}
        super().__init__(catalog, traits, **kwargs)

    @property
    def front(self) -> tuple[Route, ...]:
        """The routes that no other beats, best on x first; routes with the same figures all stand here."""
        return self._pareto(self.catalog).front

    def to_frame(self) -> pd.DataFrame:
        """All routes that meet the filters, with their ``place`` and the ``reason`` for not being on the front.

        Prices are USD per 1M tokens, latency is ms, speed is output tokens/s, context is tokens.

        Examples
        --------
        >>> from hfprov_widgets import ProviderChart, load_catalog
        >>> ProviderChart(load_catalog("documented")).to_frame()["place"].value_counts().to_dict()
        {'front': 3, 'not comparable': 2}
        """
        return self._pareto(self.catalog).to_frame()

    def code(self) -> str:
        """The line of Python that rebuilds this view.

        >>> from hfprov_widgets import ProviderChart, load_catalog
        >>> ProviderChart("openai/gpt-oss-20b", catalog=load_catalog("sample"), x="price_output").code()
        "hfp.ProviderChart('openai/gpt-oss-20b', catalog=hfp.load_catalog('sample'), x='price_output')"
        """
        return rebuild_line(self, self.model, ("value", "x", "y", "filters", "mix"))

    def _pareto(self, catalog: Catalog) -> ParetoFront:
        """The front among the models asked for, as far as the data holds them."""
        catalog, known = self._known(catalog)
        return catalog.pareto(known, axes=(self.x, self.y), require=self.filters, mix=self.mix)

    def _grid(self, limit: int | None) -> Grid:
        asked, single = self._asked, self._single
        catalog = self.catalog
        front = self._pareto(catalog)
        records = self._records(catalog)
        n_routes = sum(len(model.routes) for model in records)
        n_kept = len(front.front) + len(front.dominated) + len(front.not_comparable)
        notes = front_notes(front, n_routes - n_kept)
        if self.value is not None:
            route = catalog.route(self.value) if self.value in catalog else None
            hidden = not any(one is route for one in self._kept(catalog))
            notes.append(choice_note(self.value, route is not None, hidden))
        return front_grid(
            catalog,
            front,
            single,
            limit=limit,
            title=front_title(single, len(records) if asked is None else len(asked), front),
            chosen=self.value,
            notes=notes,
            empty=() if n_kept else why_no_route(catalog, asked, n_routes),
        )

    @traitlets.validate("x", "y")
    def _check_axes(self, proposal: Any) -> str:
        name, value = proposal["trait"].name, proposal["value"]
        other = "y" if name == "x" else "x"
        if value == getattr(self, other):
            near = ", ".join(axis for axis in AXES if axis != value)
            raise traitlets.TraitError(f"{name}: {value!r} is {other} already; two different axes. Others: {near}")
        return value  # type: ignore[no-any-return]
