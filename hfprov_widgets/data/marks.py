"""What deserves a mark among a model's routes, and what the router's own policies would choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hfprov_widgets.data.columns import DEFAULT_MIX, ROUTE_COLUMNS, Mix, other_unit
from hfprov_widgets.data.figures import figure_of
from hfprov_widgets.data.formatting import clean_number, display_key, text_key
from hfprov_widgets.data.records import Route


def best_marks(routes: Sequence[Route], mix: Mix = DEFAULT_MIX) -> dict[str, list[int]]:
    """Which rows hold the best value of a column, as displayed, among the live rows shown.

    Parameters
    ----------
    routes : sequence of Route
        The rows shown.
    mix : (float, float)
        Parts of input and of output tokens.

    Returns
    -------
    dict
        Column -> positions in `routes`. A column is left out when more than half of the live rows with a value
        hold the best one: what most share distinguishes none. A price whose unit is in doubt, or not tokens, takes
        no part.

    Examples
    --------
    >>> a, b = (Route("org/name", p, status="live", throughput=t) for p, t in (("groq", 400), ("novita", 40)))
    >>> best_marks([a, b])
    {'throughput': [0]}
    """
    live = [i for i, route in enumerate(routes) if route.status == "live"]
    marks = {}
    for column in ROUTE_COLUMNS.values():
        if column.better is None:
            continue
        figure = figure_of(column.name, mix)
        keys = {i: key for i in live if (key := display_key(column.kind, figure(routes[i]))) is not None}
        if not keys:
            continue
        winner = min(keys.values()) if column.better == "low" else max(keys.values())
        winners = [i for i, key in keys.items() if key == winner]
        if len(winners) * 2 <= len(keys):
            marks[column.name] = winners
    return marks


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """What a routing policy would choose.

    Parameters
    ----------
    providers : tuple of str
        Several when tied; none when nobody publishes the figure.
    published, of : int
        How many live routes publish the figure, and how many there are.

    Examples
    --------
    >>> PolicyChoice((), 0, 3).providers
    ()
    """

    providers: tuple[str, ...]
    published: int
    of: int


def policies(routes: Iterable[Route]) -> dict[str, PolicyChoice]:
    """What the router's policies would choose: ``cheapest`` by output price per token, ``fastest`` by throughput.

    Parameters
    ----------
    routes : iterable of Route
        All routes of one model, shown or not.

    Examples
    --------
    >>> policies([Route("org/name", "groq", status="live", price_output=1.2)])["cheapest"]
    PolicyChoice(providers=('groq',), published=1, of=1)
    """
    live = [route for route in routes if route.status == "live"]
    return {
        "cheapest": _choose(live, [None if other_unit(route.task) else route.price_output for route in live], min),
        "fastest": _choose(live, [route.throughput for route in live], max),
    }


def _choose(live: list[Route], figures: list[float | None], better: Callable[[list[float]], float]) -> PolicyChoice:
    clean = [figure if not figure or figure < 0 else clean_number(figure) for figure in figures]
    known = [figure for figure in clean if figure is not None]
    if not known:
        return PolicyChoice((), 0, len(live))
    winner = better(known)
    providers = {route.provider for route, figure in zip(live, clean, strict=True) if figure == winner}
    return PolicyChoice(tuple(sorted(providers, key=text_key)), len(known), len(live))
