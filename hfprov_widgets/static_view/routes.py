"""The provider table as a grid: the routes of one model, or those of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import ROUTE_COLUMNS, Column
from hfprov_widgets.data.marks import PolicyChoice, policies
from hfprov_widgets.data.records import Route
from hfprov_widgets.data.search import near_names
from hfprov_widgets.static_view.grid import Grid, Head
from hfprov_widgets.static_view.words import NUMBERS, cell_words, filter_words, part_of, plural, sort_words


def routes_grid(
    catalog: Catalog,
    routes: Sequence[Route],
    columns: Sequence[str],
    mix: tuple[float, float] = (3, 1),
    *,
    title: str = "Routes",
    more: int = 0,
    chosen: str | None = None,
    best: Mapping[str, Sequence[int]] | None = None,
    of: Sequence[Route] = (),
    notes: Sequence[str] = (),
    empty: Sequence[str] = (),
) -> Grid:
    """Routes as a grid of words.

    Parameters
    ----------
    catalog : Catalog
        Where the rows come from.
    routes : sequence of Route
        The rows, in their order; `more` follow that are not given.
    columns : sequence of str
        Names of route columns.
    mix : pair of float
        Input to output tokens, for ``price_blended``.
    chosen : str, optional
        A route's id.
    best : mapping, optional
        As `best_marks` gives it for these routes and those that follow.
    of : sequence of Route, optional
        All routes, with those that are not given: of these it is said when the speed figures were read.

    Examples
    --------
    >>> from hfprov_widgets.data.load import load_catalog
    >>> documented = load_catalog("documented")
    >>> routes_grid(documented, documented.all_routes[:1], ["provider", "price_output"]).rows
    (('deepinfra', '3.48'),)
    """
    specs = [ROUTE_COLUMNS[name] for name in columns]
    at = {name: column for column, name in enumerate(columns)}
    marked = ((row, at[name]) for name, rows in (best or {}).items() if name in at for row in rows)
    return Grid(
        title,
        tuple(_head(column, mix) for column in specs),
        tuple(tuple(cell_words(route, column, mix, catalog.dated_rows) for column in specs) for route in routes),
        catalog.source,
        catalog.retrieved_at,
        catalog.dated_rows,
        more,
        frozenset(row for row, route in enumerate(routes) if route.id == chosen),
        frozenset(marked),
        (*notes, *(speed_days(of or routes) if {"throughput", "first_token_latency_ms"} & set(columns) else ())),
        tuple(empty),
    )


def table_title(single: str | None, n_models: int, shown: int, all: int) -> str:
    """What the rows are.

    >>> table_title("org/name", 1, 3, 5), table_title(None, 126, 287, 287)
    ('Providers of org/name: 3 of 5 routes', 'Routes: 126 models, 287 routes')
    """
    count = part_of(shown, all, "route")
    return f"Providers of {single}: {count}" if single else f"Routes: {plural(n_models, 'model')}, {count}"


def table_notes(
    sort: Sequence[Sequence[str]], filters: Mapping[str, Any], hidden: int, of_one_model: Sequence[Route] | None
) -> list[str]:
    """The order, what the filters hide, and what the router's own policies would choose among the routes of one model.

    >>> table_notes([("price_output", "asc")], {"supports_tools": True}, 2, None)
    ['Sorted by output (ascending).', 'Filters: supports_tools true. 2 routes hidden by them.']
    """
    notes = [sort_words(sort)]
    if filters:
        notes.append(f"{filter_words(filters)} {plural(hidden, 'route')} hidden by them.")
    if of_one_model:
        choice = policies(of_one_model)
        cheapest, fastest = (_policy_words(choice[name]) for name in ("cheapest", "fastest"))
        notes.append(f"What the router's own policies choose: :cheapest {cheapest}, :fastest {fastest}.")
    return notes


def choice_note(chosen: str, in_data: bool, hidden: bool) -> str:
    """The choice in words, with what is doubtful about it.

    >>> choice_note("org/name:novita", True, True)
    'Chosen: org/name:novita (hidden by filters).'
    """
    doubt = "" if in_data and not hidden else " (hidden by filters)" if in_data else " (not in this data)"
    return f"Chosen: {chosen}{doubt}."


def why_no_route(catalog: Catalog, asked: Sequence[str] | None, all: int) -> list[str]:
    """Why there is no row, in the words of the widget.

    Parameters
    ----------
    asked : sequence of str or None
        Ids of models; None for all.
    all : int
        How many routes there are without the filters.

    Examples
    --------
    >>> why_no_route(Catalog((), source="mine", retrieved_at="2026-11-23"), ["org/name"], 0)
    ['org/name is not in this data (mine, 2026-11-23).']
    """
    data = f"{catalog.source}, {(catalog.retrieved_at or 'an unknown time')[:10]}"
    single = asked[0] if asked is not None and len(asked) == 1 else None
    if all:
        return ["No route meets the filters."]
    if single is not None and single not in catalog.ids:
        near = near_names(single, catalog.ids)
        return [f"{single} is not in this data ({data}).", *([f"Near names: {', '.join(near)}."] if near else [])]
    if single is not None:
        return [
            f"No provider serves this model in this data ({data}).",
            "The router's list holds chat models only; a model for another task can be served and not be in it.",
        ]
    why = "This catalogue is empty." if asked is None else "No model is chosen, or none of them is served."
    return [f"There is no route to show. {why}"]


def speed_days(routes: Sequence[Route]) -> list[str]:
    """When the speed figures were read; the services do not say when they were measured.

    >>> old = Route("org/name", "groq", throughput=400, retrieved_at="2026-10-10", metrics_retrieved_at="2026-04-26")
    >>> speed_days([old])
    ['Speed figures read 2026-04-26, before the rest.']
    """
    measured = [(route.metrics_retrieved_at[:10], route) for route in routes if route.metrics_retrieved_at]
    if not measured:
        return []
    own = [(day, (route.retrieved_at or day)[:10]) for day, route in measured]
    if all(day == read for day, read in own):
        return ["Speed: newest probe, its time is not published."]
    days = sorted({day for day, _ in own})
    span = f"{days[0]} … {days[-1]}" if len(days) > 1 else days[0]
    return [f"Speed figures read {span}{', before the rest' if any(day < read for day, read in own) else ''}."]


def _policy_words(choice: PolicyChoice) -> str:
    if not choice.providers:
        return "unknown here"
    few = f" ({choice.published} of {choice.of} publish it)" if choice.published < choice.of else ""
    return f"→ {' or '.join(choice.providers)}{few}"


def _head(column: Column, mix: tuple[float, float]) -> Head:
    unit = column.unit
    if column.kind == "blended":
        unit += f", {' : '.join(f'{part:.15g}' for part in mix)}"
    return Head(column.label, unit, column.kind in NUMBERS)
