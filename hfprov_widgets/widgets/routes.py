"""What every widget over routes does: the models asked for, the filters, one chosen route, ``org/name:provider``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import traitlets

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.filters import select_models
from hfprov_widgets.data.frame_rows import Key
from hfprov_widgets.data.from_frame import CatalogLike, catalog_of, is_frame
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.widgets.base import CatalogWidget
from hfprov_widgets.widgets.traits import Choice, Filters, Mix


class RouteWidget(CatalogWidget):
    """A widget over the routes of one model, of several or of all; its `value` is the id of one of them."""

    model = Choice(None).tag(sync=True)  # both

    @property
    def route(self) -> Route | None:
        """The chosen route, with all that is known of it; None when none is chosen or the data does not hold it."""
        if self.value is None or self.value not in self.catalog:
            return None
        return self.catalog.route(self.value)

    @property
    def _asked(self) -> Sequence[str] | None:
        """The ids of the models asked for; None for all."""
        return (self.model,) if isinstance(self.model, str) else self.model

    @property
    def _single(self) -> str | None:
        """The one model that is asked for."""
        return self._asked[0] if self._asked is not None and len(self._asked) == 1 else None

    def _records(self, catalog: Catalog) -> Sequence[Model]:
        return (
            catalog.records if self._asked is None else [catalog.model(id) for id in self._asked if id in catalog.ids]
        )

    def _known(self, catalog: Catalog) -> tuple[Catalog, list[str] | None]:
        """Where to look, and for which models: one that newer data may hold has no routes yet, and that is no error."""
        known = None if self._asked is None else [id for id in self._asked if id in catalog.ids]
        if known == []:
            return Catalog((), source=catalog.source, retrieved_at=catalog.retrieved_at), None
        return catalog, known

    @traitlets.validate("model")
    def _check_model(self, proposal: Any) -> str | tuple[str, ...] | None:
        model = proposal["value"]
        if model is None:
            return None
        if isinstance(model, (list, tuple)):
            for id in model:
                self._check_known("model", "model", id, self.catalog.ids)
            return tuple(dict.fromkeys(model))
        self._check_known("model", "model", model, self.catalog.ids)
        return model  # type: ignore[no-any-return]

    @traitlets.validate("value")
    def _check_value(self, proposal: Any) -> str | None:
        value = proposal["value"]
        if value is None:
            return None
        self._check_known("value", "route", value, self.catalog.route_ids)
        if not self._is_asked(value):
            raise traitlets.TraitError(f"value: {value!r} is not a route of {self.model!r}, the model of this widget")
        return value  # type: ignore[no-any-return]

    @traitlets.observe("model")
    def _forget_foreign_choice(self, change: object) -> None:
        if self.value is not None and not self._is_asked(self.value):
            self.value = None

    def _is_asked(self, route: str) -> bool:
        asked = self._asked
        return asked is None or route.startswith(tuple(f"{model}:" for model in asked))  # a provider may hold a colon


class ComparisonWidget(RouteWidget):
    """A widget over the routes that meet filters, with prices for a mix of input and output tokens."""

    filters = Filters(default_value={}).tag(sync=True)  # both
    mix = Mix(default_value=(3, 1)).tag(sync=True)  # both

    def _kept(self, catalog: Catalog) -> Sequence[Route]:
        if self.model is None and not self.filters:
            return catalog.all_routes
        models = select_models(self._records(catalog), self.filters, self.mix)
        return [route for model in models for route in model.routes]

    def _on_screen(self) -> Iterable[Key]:
        tasks: dict[tuple[str, str], list[str | None]] = {}
        for route in self._kept(self.catalog):
            tasks.setdefault((route.model, route.provider), []).append(route.task)
        rows = self.to_frame()
        pairs = dict.fromkeys(zip(rows["model"], rows["provider"], strict=True))
        return [(*pair, task) for pair in pairs for task in tasks.get(pair, (None,))]


def model_and_catalog(model_or_catalog: object, catalog: CatalogLike | None) -> tuple[object, Catalog | None]:
    """The first argument is the model, several of them, or the catalogue itself; a frame is made a catalogue.

    Raises
    ------
    TypeError
        The catalogue is given twice, or is none.
    """
    if not (isinstance(model_or_catalog, Catalog) or is_frame(model_or_catalog)):
        return model_or_catalog, None if catalog is None else catalog_of(catalog)
    if catalog is not None:
        raise TypeError("give the catalogue once: as the first argument or as catalog=")
    return None, catalog_of(model_or_catalog)  # type: ignore[arg-type]
