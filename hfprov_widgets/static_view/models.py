"""The picker as a grid: models, each with the price and context of the route that stands for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import ROUTE_COLUMNS
from hfprov_widgets.data.formatting import DASH, format_value
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.data.search import near_names
from hfprov_widgets.static_view.grid import Grid, Head
from hfprov_widgets.static_view.words import filter_words, labelled, part_of, plural, sort_words

_FIGURES = [ROUTE_COLUMNS[name] for name in ("context_length", "price_input", "price_output")]


def models_grid(
    catalog: Catalog,
    rows: Sequence[tuple[Model, Route | None]],
    *,
    title: str = "Models",
    more: int = 0,
    chosen: Collection[str] = (),
    notes: Sequence[str] = (),
    empty: Sequence[str] = (),
) -> Grid:
    """Models as a grid of words.

    Parameters
    ----------
    catalog : Catalog
        Where the rows come from.
    rows : sequence of (Model, Route or None)
        Each model with the route that stands for it, in order; `more` follow that are not given.
    chosen : collection of str
        Ids of models.

    Examples
    --------
    >>> mine = Catalog((), source="mine", retrieved_at="2026-11-23")
    >>> models_grid(mine, [(Model("org/name"), None)]).rows
    (('org/name', '—', '—', '—', 'not served', '—'),)
    """
    heads = [Head("Model"), *(Head(column.label, column.unit, True) for column in _FIGURES)]
    served = "Seen at" if catalog.dated_rows else "Providers"
    return Grid(
        title,
        (*heads, Head(served, "", True), Head("Takes → gives")),
        tuple(map(_cells, rows)),
        catalog.source,
        catalog.retrieved_at,
        catalog.dated_rows,
        more,
        frozenset(row for row, (model, _) in enumerate(rows) if model.id in chosen),
        notes=tuple(notes),
        empty=tuple(empty),
    )


def picker_title(query: str, shown: int, all: int) -> str:
    """What the rows are.

    >>> picker_title("", 2, 2), picker_title("llama", 1, 2)
    ('Models: 2 models', 'Models matching “llama”: 1 of 2 models')
    """
    which = f"Models matching “{query.strip()}”" if query.strip() else "Models"
    return f"{which}: {part_of(shown, all, 'model')}"


def picker_notes(
    catalog: Catalog, sort: Sequence[Sequence[str]], filters: Mapping[str, Any], chosen: Iterable[str]
) -> list[str]:
    """The order, the filters and the choice.

    >>> picker_notes(Catalog((), source="mine", retrieved_at=None), [("likes", "desc")], {}, ["org/name"])
    ['Sorted by likes (descending).', 'Chosen: org/name (not in this data).']
    """
    notes = [sort_words(sort)]
    if filters:
        notes.append(filter_words(filters))
    said = [id if id in catalog.ids else f"{id} (not in this data)" for id in chosen]
    return [*notes, f"Chosen: {', '.join(said)}."] if said else notes


def why_no_model(catalog: Catalog, query: str, filtered: bool, by_query: int) -> list[str]:
    """Why there is no row, in the words of the widget.

    Parameters
    ----------
    by_query : int
        How many models the query finds without the filters.

    Examples
    --------
    >>> why_no_model(Catalog((Model("org/name"),), source="mine", retrieved_at=None), "org/nam", False, 0)
    ['No model matches “org/nam”.', 'Near names: org/name.']
    """
    if not catalog.records:
        return ["This catalogue holds no model."]
    too = " and the filters" if filtered and by_query else ""
    lines = [f"No model matches “{query.strip()}”{too}." if query.strip() else "No model meets the filters."]
    if filtered and by_query:
        lines.append(f"{plural(by_query, 'model')} without the filters.")
    near = [] if by_query else near_names(query, catalog.ids)
    return [*lines, f"Near names: {', '.join(near)}."] if near else lines


def _cells(row: tuple[Model, Route | None]) -> tuple[str, ...]:
    model, route = row
    figures = [format_value(column.kind, getattr(route, column.name, None)) for column in _FIGURES]
    return labelled(model.id, route) if route else model.id, *figures, _providers(model), _does(model, route)


def _providers(model: Model) -> str:
    """How many providers serve a model; those that fail do not serve."""
    if not model.routes:
        return "not served"
    live = {route.provider for route in model.routes if route.status == "live"}
    return f"{len(live):,}" if live else "none live"


def _does(model: Model, route: Route | None) -> str:
    if model.input_modalities is None and model.output_modalities is None:
        return (route.task if route else None) or model.pipeline_tag or DASH
    return f"{format_value('list', model.input_modalities)} → {format_value('list', model.output_modalities)}"
