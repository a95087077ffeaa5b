"""The Pareto front: the routes of which none is beaten, by whom the others are, and which cannot be compared.

A route beats another when it is no worse on every axis and strictly better on one, by exact figures. Routes with the
same figures stand or fall together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import le
from typing import TYPE_CHECKING, Any, TypeAlias

from hfprov_widgets.data.collector import collector_paused
from hfprov_widgets.data.columns import DEFAULT_MIX, ROUTE_COLUMNS, ROUTE_NAMES, Mix, normal_mix
from hfprov_widgets.data.explained import Explained
from hfprov_widgets.data.figures import figure_of
from hfprov_widgets.data.filters import Filters, model_test, normal_filters, route_test
from hfprov_widgets.data.formatting import text_key
from hfprov_widgets.data.reasons import Dropped, candidates, demands_of, model_ids, sift
from hfprov_widgets.data.records import Route

if TYPE_CHECKING:
    import pandas as pd

    from hfprov_widgets.data.catalog import Catalog

# The figures of a route, turned so that less is better on every axis.
_Point: TypeAlias = "tuple[float, ...]"

AXES = tuple(name for name, column in ROUTE_COLUMNS.items() if column.better is not None)


@dataclass(frozen=True, slots=True)
class Dominated:
    """A route that others beat.

    Parameters
    ----------
    route : Route
    by : tuple of str
        The ids of the routes on the front that beat it, in the front's order.

    Examples
    --------
    >>> Dominated(Route("org/name", "novita"), ("org/name:groq",)).by
    ('org/name:groq',)
    """

    route: Route
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParetoFront(Explained):
    """The trade-off between two or more figures. `Catalog.pareto` makes it; `explain` puts it into sentences.

    Parameters
    ----------
    front : tuple of Route
        The routes that no other beats, best on the first axis first; routes with the same figures all stand here.
    dominated : tuple of Dominated
        Those that another beats, in the catalogue's order.
    not_comparable : tuple of Dropped
        Those that are not live, do not publish a figure or whose price is in doubt, in the catalogue's order.
    axes : tuple of str
        Columns of routes.
    model, mix, require
        What was asked.
    source, retrieved_at, dated_rows
        Which data this is; see `Catalog`.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> front = load_catalog("documented").pareto()
    >>> front
    ParetoFront(axes=('price_blended', 'throughput'), front=3, dominated=0, not_comparable=2)
    >>> front.not_comparable[1].reasons
    ('no price published',)
    """

    front: tuple[Route, ...]
    dominated: tuple[Dominated, ...]
    not_comparable: tuple[Dropped, ...]
    axes: tuple[str, ...]
    model: tuple[str, ...] | None
    mix: Mix
    require: Mapping[str, Any] = field(hash=False)
    source: str
    retrieved_at: str | None
    dated_rows: bool

    def explain(self) -> str:
        """Plain sentences: who stands on the front, how many are dominated, and why others cannot be compared.

        Examples
        --------
        >>> from hfprov_widgets import load_catalog
        >>> print(load_catalog("documented").pareto("deepseek-ai/DeepSeek-V4-Pro").explain())
        On the front of price for a mix of 3 : 1 and speed stand 3 of 5 routes: novita, deepinfra and together.
        2 cannot be compared: 2 no price published, 1 no speed published (some for several reasons). Data: ...
        """
        from hfprov_widgets.data.explain import explain_front

        return self._with_origin(explain_front(self))

    def to_frame(self) -> pd.DataFrame:
        """All routes with the mix's price and two more columns: ``place``, and ``reason`` for not being on the front.

        Examples
        --------
        >>> from hfprov_widgets import load_catalog
        >>> load_catalog("documented").pareto().to_frame()["place"].tolist()
        ['front', 'front', 'front', 'not comparable', 'not comparable']
        """
        from hfprov_widgets.data.frames import add_column, routes_frame

        routes = [*self.front, *(one.route for one in self.dominated), *(one.route for one in self.not_comparable)]
        frame = routes_frame(routes, [*ROUTE_NAMES, "price_blended"], self.mix)
        sizes = {"front": self.front, "dominated": self.dominated, "not comparable": self.not_comparable}
        add_column(frame, "place", [place for place, rows in sizes.items() for _ in rows], "string")
        reasons = [""] * len(self.front) + [f"dominated by {', '.join(one.by)}" for one in self.dominated]
        reasons += ["; ".join(one.reasons) for one in self.not_comparable]
        add_column(frame, "reason", reasons, "string")
        return frame

    def __repr__(self) -> str:
        sizes = {name: len(getattr(self, name)) for name in ("front", "dominated", "not_comparable")}
        return f"ParetoFront(axes={self.axes!r}, {', '.join(f'{name}={size}' for name, size in sizes.items())})"


def pareto_front(
    catalog: Catalog,
    model: str | Iterable[str] | None = None,
    *,
    axes: Iterable[str] = ("price_blended", "throughput"),
    require: Filters | None = None,
    mix: Mix = DEFAULT_MIX,
) -> ParetoFront:
    """The routes that no other beats on all axes at once.

    Parameters
    ----------
    catalog : Catalog
    model : str, iterable of str, optional
        One model, several, or all.
    axes : iterable of str
        Two or more different columns that have a better end: prices and ``first_token_latency_ms`` are better low,
        ``throughput`` and ``context_length`` high.
    require : mapping, optional
        Filters as `Catalog.select` takes them; routes that do not meet them are not looked at.
    mix : (float, float)
        Parts of input and of output tokens, for ``price_blended``.

    Raises
    ------
    KeyError
        The catalogue does not hold a model; the message has near names.
    TypeError, ValueError
        What is asked makes no sense; the message says what would.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> front = pareto_front(load_catalog("sample"), "openai/gpt-oss-20b", axes=["price_output", "context_length"])
    >>> len(front.front), len(front.dominated)
    (1, 3)
    """
    names, ratio, filters, ids = _normal_axes(axes), normal_mix(mix), normal_filters(require), model_ids(model)
    with collector_paused():
        routes = _selected(catalog, candidates(catalog, ids), filters, ratio)
        front, dominated, others = _parted(routes, names, ratio)
        _, not_comparable = sift(others, demands_of(catalog, {}, names, ratio))
    return ParetoFront(
        front=tuple(front),
        dominated=tuple(dominated),
        not_comparable=tuple(not_comparable),
        axes=names,
        model=ids,
        mix=ratio,
        require=filters,
        source=catalog.source,
        retrieved_at=catalog.retrieved_at,
        dated_rows=catalog.dated_rows,
    )


def _parted(
    routes: Iterable[Route], names: Sequence[str], mix: Mix
) -> tuple[list[Route], list[Dominated], list[Route]]:
    """The routes on the front, those that another beats, and those that miss a figure."""
    point_of = _point_reader(names, mix)
    compared, others = [], []
    for route in routes:
        point = point_of(route)
        if point is None:
            others.append(route)
        else:
            compared.append((point, route))
    best, places_beating = _split({point for point, _ in compared}, len(names))
    at = {point: place for place, point in enumerate(best)}
    on_front = sorted(((at[point], route) for point, route in compared if point in at), key=_in_order)
    ids_at: list[list[str]] = [[] for _ in best]
    for place, route in on_front:
        ids_at[place].append(route.id)
    by = _Joined(ids_at)
    dominated = [Dominated(route, by[places_beating(point)]) for point, route in compared if point not in at]
    return [route for _, route in on_front], dominated, others


def _in_order(placed: tuple[int, Route]) -> tuple[Any, ...]:
    place, route = placed
    return place, text_key(route.provider), text_key(route.model), route.task is None, text_key(route.task or "")


def _split(points: Iterable[_Point], n_axes: int) -> tuple[list[_Point], Callable[[_Point], Sequence[int]]]:
    """The points that none beats, in order, and how to tell at which places of them those stand that beat another."""
    ordered = sorted(points)  # so none is beaten by a later one
    best: list[_Point] = []
    if n_axes > 2:
        for point in ordered:
            if not _is_beaten(point, best):
                best.append(point)
        best.sort()
        return best, _places_by_masks(best, n_axes)
    for point in ordered:
        if not best or point[1] < best[-1][1]:
            best.append(point)
    # Along the front one axis gets worse and the other better: those that beat a point stand side by side.
    firsts, seconds = [point[0] for point in best], [-point[1] for point in best]
    return best, lambda point: range(bisect_left(seconds, -point[1]), bisect_right(firsts, point[0]))


def _is_beaten(point: _Point, best: list[_Point]) -> bool:
    """Whether one of these beats a point. The one that does goes to the front: likely it beats the next one too."""
    for at, other in enumerate(best):
        if all(map(le, other, point)):
            best[0], best[at] = best[at], best[0]
            return True
    return False


def _places_by_masks(best: Sequence[_Point], n_axes: int) -> Callable[[_Point], Sequence[int]]:
    """For each axis and value there is a number with one bit for each point that is no worse: those set in all beat."""
    axes = []
    for axis in range(n_axes):
        values, masks = [], [0]
        for at in sorted(range(len(best)), key=lambda at: best[at][axis]):
            values.append(best[at][axis])
            masks.append(masks[-1] | 1 << at)
        axes.append((values, masks))
    known: dict[int, Sequence[int]] = {}

    def places(point: _Point) -> Sequence[int]:
        mask = -1
        for value, (values, masks) in zip(point, axes, strict=True):
            mask &= masks[bisect_right(values, value)]
        if mask not in known:
            known[mask] = tuple(at for at in range(len(best)) if mask >> at & 1)
        return known[mask]

    return places


class _Joined(dict["Sequence[int]", "tuple[str, ...]"]):
    """The ids of the routes at several places of the front, put together once for all that these places beat."""

    def __init__(self, ids_at: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self.ids_at = ids_at

    def __missing__(self, places: Sequence[int]) -> tuple[str, ...]:
        self[places] = joined = tuple(id for at in places for id in self.ids_at[at])
        return joined


def _point_reader(names: Sequence[str], mix: Mix) -> Callable[[Route], _Point | None]:
    axes = [(figure_of(name, mix), 1 if ROUTE_COLUMNS[name].better == "low" else -1) for name in names]

    def point(route: Route) -> _Point | None:
        if route.status != "live":
            return None
        turned = []
        for figure, sign in axes:
            value = figure(route)
            if value is None:
                return None
            turned.append(sign * value)
        return tuple(turned)

    return point


def _selected(catalog: Catalog, routes: Iterable[Route], filters: Mapping[str, Any], mix: Mix) -> list[Route]:
    if not filters:
        return list(routes)
    of_route, of_model = route_test(filters, mix), model_test(filters)
    fits = {model.id for model in catalog.records if of_model(model)}
    return [route for route in routes if route.model in fits and of_route(route)]


def _normal_axes(axes: object) -> tuple[str, ...]:
    names = tuple(axes) if isinstance(axes, Iterable) and not isinstance(axes, str) else ()
    if len(names) < 2 or not all(name in AXES for name in names) or len(set(names)) < len(names):
        raise ValueError(f"axes are two or more different columns of {', '.join(AXES)}, not {axes!r}")
    return names
