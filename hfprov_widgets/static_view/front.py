"""The chart as a grid: the front first, then who is beaten and by whom, then who cannot be compared and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.explain import explain_front
from hfprov_widgets.data.pareto import ParetoFront
from hfprov_widgets.data.records import Route
from hfprov_widgets.static_view.grid import Grid, Head
from hfprov_widgets.static_view.routes import routes_grid
from hfprov_widgets.static_view.words import filter_words, plural

_BEATEN_BY = 3  # names said of those that beat a route; the others are counted


def front_grid(
    catalog: Catalog,
    front: ParetoFront,
    single: str | None,
    *,
    limit: int | None = None,
    title: str = "Routes",
    chosen: str | None = None,
    notes: Sequence[str] = (),
    empty: Sequence[str] = (),
) -> Grid:
    """Routes with their two figures and their place.

    Parameters
    ----------
    catalog : Catalog
        Where the rows come from.
    front : ParetoFront
    single : str or None
        The one model that is asked for; rows of several name theirs.
    limit : int, optional
        How many rows; the others are counted.

    Examples
    --------
    >>> from hfprov_widgets.data.load import load_catalog
    >>> documented = load_catalog("documented")
    >>> front_grid(documented, documented.pareto(), "deepseek-ai/DeepSeek-V4-Pro").rows[0]
    ('novita', '2.11', '25', 'on the front')
    """
    rows = list(islice(_placed(front, single), limit))
    total = len(front.front) + len(front.dominated) + len(front.not_comparable)
    columns = ["provider", *front.axes] if single else ["model", "provider", *front.axes]
    grid = routes_grid(
        catalog,
        [route for route, _ in rows],
        columns,
        (front.mix[0], front.mix[1]),
        title=title,
        more=total - len(rows),
        chosen=chosen,
        of=[*front.front, *(one.route for one in front.dominated)],
        notes=notes,
        empty=empty,
    )
    cells = tuple((*row, place) for row, (_, place) in zip(grid.rows, rows, strict=True))
    return replace(grid, columns=(*grid.columns, Head("Place")), rows=cells)


def front_title(single: str | None, n_models: int, front: ParetoFront) -> str:
    """What the rows are, and how many of them can be compared.

    >>> from hfprov_widgets.data.load import load_catalog
    >>> front_title("org/name", 1, load_catalog("documented").pareto())
    'Providers of org/name: 3 comparable, 2 not'
    """
    n_not = len(front.not_comparable)
    count = f"{len(front.front) + len(front.dominated):,} comparable"
    count = f"{count}, {n_not:,} not" if n_not else count
    return f"Providers of {single}: {count}" if single else f"Routes: {plural(n_models, 'model')}, {count}"


def front_notes(front: ParetoFront, hidden: int) -> list[str]:
    """The front in sentences, and what the filters hide.

    >>> from hfprov_widgets.data.load import load_catalog
    >>> front_notes(load_catalog("documented").pareto(require={"provider": ["novita"]}), 4)[1]
    'Filters: provider novita. 4 routes hidden by them.'
    """
    notes = [explain_front(front)]
    if front.require:
        notes.append(f"{filter_words(front.require)} {plural(hidden, 'route')} hidden by them.")
    return notes


def _placed(front: ParetoFront, single: str | None) -> Iterator[tuple[Route, str]]:
    yield from ((route, "on the front") for route in front.front)
    yield from ((one.route, f"beaten by {_names(one.by, single)}") for one in front.dominated)
    yield from ((one.route, f"not comparable: {'; '.join(one.reasons)}") for one in front.not_comparable)


def _names(ids: Sequence[str], single: str | None) -> str:
    """Those that beat a route: providers where the model is clear, ids elsewhere."""
    names = [id.removeprefix(f"{single}:") for id in ids[:_BEATEN_BY]]
    more = len(ids) - len(names)
    return ", ".join(names) + (f" and {more:,} more" if more else "")
