"""Which route to take: first what it must meet, then the best of what is left, and why the others are not.

The answer does not depend on the order of the catalogue, nor on rows that another beats on both figures that count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from numbers import Integral
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from hfprov_widgets.data.collector import collector_paused
from hfprov_widgets.data.columns import DEFAULT_MIX, ROUTE_COLUMNS, Mix, normal_mix
from hfprov_widgets.data.explained import Explained
from hfprov_widgets.data.figures import PRICE_PER_SPEED, cost_per_call, figure_of
from hfprov_widgets.data.filters import Filters, normal_filters
from hfprov_widgets.data.formatting import clean_number, display_key, text_key
from hfprov_widgets.data.marks import PolicyChoice, policies
from hfprov_widgets.data.reasons import Dropped, Reason, candidates, demands_of, model_ids, sift
from hfprov_widgets.data.records import Route

if TYPE_CHECKING:
    import pandas as pd

    from hfprov_widgets.data.catalog import Catalog

Optimize: TypeAlias = Literal["cost", "speed", "latency", "balanced"]
_Figure: TypeAlias = Callable[[Route], "float | None"]

# The figures in the order in which they decide. The first must be published, and it and the second decide as they look;
# then all as they are, so that a route that another beats never wins by its name.
GOALS = {
    "cost": ("price_blended", "throughput", "first_token_latency_ms", "context_length"),
    "speed": ("throughput", "price_blended", "first_token_latency_ms", "context_length"),
    "latency": ("first_token_latency_ms", "price_blended", "throughput", "context_length"),
    "balanced": (PRICE_PER_SPEED, "throughput", "first_token_latency_ms", "context_length"),
}


@dataclass(frozen=True, slots=True)
class Choice(Explained):
    """A route chosen for stated needs, and why. `Catalog.choose` makes it; `explain` puts it into sentences.

    Parameters
    ----------
    route, runner_up : Route or None
        The best and the second best; None where there is none.
    figure : float or None
        What was optimised, of the route, in the column's unit: USD per 1M tokens of the mix, tokens/s or ms. For
        ``"balanced"`` the price divided by the speed.
    margin, margin_percent : float or None
        How much worse the runner-up's figure is, in the same unit and in percent of the runner-up's figure. Zero where
        the two look the same; no percent of a figure that shows as zero.
    cost_per_call : float or None
        USD; where the tokens of a call were given and the route's price is published.
    kept : tuple of Route
        All routes that meet everything, best first.
    dropped : tuple of Dropped
        All others with all their reasons, in the catalogue's order.
    nearest : Dropped or None
        Where no route is left: the one that misses least.
    policies : mapping
        What the router's own ``cheapest`` and ``fastest`` would choose for that model.
    model : tuple of str or None
        The models asked for; None is all.
    optimize, mix, tokens, require
        What was asked.
    source, retrieved_at, dated_rows
        Which data this is; see `Catalog`.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> choice = load_catalog("documented").choose("deepseek-ai/DeepSeek-V4-Pro", optimize="speed")
    >>> choice
    Choice('deepseek-ai/DeepSeek-V4-Pro:fireworks-ai', optimize='speed', kept=4, dropped=1)
    >>> choice.dropped[0].reasons
    ('no speed published',)
    """

    route: Route | None
    runner_up: Route | None
    figure: float | None
    margin: float | None
    margin_percent: float | None
    cost_per_call: float | None
    kept: tuple[Route, ...]
    dropped: tuple[Dropped, ...]
    nearest: Dropped | None
    policies: Mapping[str, PolicyChoice] = field(hash=False)
    model: tuple[str, ...] | None
    optimize: Optimize
    mix: Mix
    tokens: tuple[int, int] | None
    require: Mapping[str, Any] = field(hash=False)
    source: str
    retrieved_at: str | None
    dated_rows: bool

    def explain(self) -> str:
        """Two or three plain sentences: the choice and its lead, who was left out, what the router's policies would do.

        Examples
        --------
        >>> from hfprov_widgets import load_catalog
        >>> print(load_catalog("documented").choose(require={"min_context_length": 2_000_000}).explain())
        No route in this catalogue meets all of it. Nearest: ...
        """
        from hfprov_widgets.data.explain import explain_choice

        return self._with_origin(explain_choice(self))

    def to_frame(self) -> pd.DataFrame:
        """All routes: those that meet everything, best first, then the others; with columns ``kept`` and ``reason``.

        Examples
        --------
        >>> from hfprov_widgets import load_catalog
        >>> load_catalog("documented").choose().to_frame()["reason"].tolist()
        ['', '', '', 'no price published', 'no price published']
        """
        from hfprov_widgets.data.frames import add_column, routes_frame

        frame = routes_frame([*self.kept, *(one.route for one in self.dropped)])
        add_column(frame, "kept", [True] * len(self.kept) + [False] * len(self.dropped), "boolean")
        reasons = ["; ".join(one.reasons) for one in self.dropped]
        add_column(frame, "reason", [""] * len(self.kept) + reasons, "string")
        return frame

    def __repr__(self) -> str:
        chosen = None if self.route is None else self.route.id
        return f"Choice({chosen!r}, optimize={self.optimize!r}, kept={len(self.kept)}, dropped={len(self.dropped)})"


def choose(
    catalog: Catalog,
    model: str | Iterable[str] | None = None,
    *,
    require: Filters | None = None,
    optimize: Optimize = "cost",
    mix: Mix | None = None,
    tokens: tuple[int, int] | None = None,
) -> Choice:
    """The best route among those that meet everything asked.

    A route must be live and publish the figure that is optimised; a price whose unit is in doubt cannot win.

    Parameters
    ----------
    catalog : Catalog
    model : str, iterable of str, optional
        One model, several, or all.
    require : mapping, optional
        Filters as `Catalog.select` takes them, of routes and of models: ``{"min_context_length": 128_000}``. Unknown
        satisfies none. A bound on ``price_blended`` is one on the price for this mix.
    optimize : {"cost", "speed", "latency", "balanced"}
        The lowest price for the mix; the highest throughput; the shortest time to the first token; or the lowest price
        divided by throughput, so that twice the price must buy twice the speed.
    mix : (float, float), optional
        Parts of input and of output tokens, (3, 1) unless given.
    tokens : (int, int), optional
        Input and output tokens of one call, instead of a mix.

    Returns
    -------
    Choice
        Routes that look equal on the screen are equal; then the faster (for speed and latency: the cheaper) is taken.
        Where that looks equal too, the exact figures decide, with the time to the first token and the context after
        them; last, the provider, the model and the task by name.

    Raises
    ------
    KeyError
        The catalogue does not hold a model; the message has near names.
    TypeError, ValueError
        What is asked makes no sense; the message says what would.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> choice = choose(load_catalog("sample"), "openai/gpt-oss-20b", tokens=(600, 300))
    >>> choice.route.provider, choice.cost_per_call
    ('deepinfra', 6e-05)
    """
    if optimize not in tuple(GOALS):
        raise ValueError(f"optimize is one of {', '.join(map(repr, GOALS))}, not {optimize!r}")
    if mix is not None and tokens is not None:
        raise ValueError("mix and tokens exclude each other: the tokens of a call are its mix")
    call = None if tokens is None else normal_tokens(tokens)
    ratio = call or normal_mix(DEFAULT_MIX if mix is None else mix)
    filters = normal_filters(require)
    ids = model_ids(model)
    merit = _Merit.of(optimize, ratio)
    demands = demands_of(catalog, filters, GOALS[optimize][:1], ratio)
    demands += [_some_speed] if optimize == "balanced" else []
    with collector_paused():
        kept, dropped = sift(candidates(catalog, ids), demands)
        kept.sort(key=merit.key)
    best, second = (*kept, None, None)[:2]
    nearest = None if kept else min(dropped, key=lambda one: _miss(one, merit), default=None)
    margin, percent = (None, None) if best is None or second is None else merit.margin(best, second)
    return Choice(
        route=best,
        runner_up=second,
        figure=None if best is None else merit.first(best),
        margin=margin,
        margin_percent=percent,
        cost_per_call=None if best is None or call is None else cost_per_call(best, call),
        kept=tuple(kept),
        dropped=tuple(dropped),
        nearest=nearest,
        policies=policies(_all_routes(catalog, nearest.route if nearest else best)),
        model=ids,
        optimize=optimize,
        mix=ratio,
        tokens=call,
        require=filters,
        source=catalog.source,
        retrieved_at=catalog.retrieved_at,
        dated_rows=catalog.dated_rows,
    )


class _Merit(NamedTuple):
    """How routes compare: each figure, which end of it is better, and what the screen shows of the first two."""

    figures: tuple[_Figure, ...]
    low: tuple[bool, ...]
    shown: tuple[Callable[[float], float | None], ...]

    @classmethod
    def of(cls, optimize: str, mix: Mix) -> _Merit:
        names = GOALS[optimize]
        return cls(
            tuple(figure_of(name, mix) for name in names),
            tuple(name not in ("throughput", "context_length") for name in names),
            tuple(_shown(name) for name in names[:2]),
        )

    def key(self, route: Route) -> tuple[Any, ...]:
        figures = [figure(route) for figure in self.figures]
        looks = [None if f is None else show(f) for show, f in zip(self.shown, figures, strict=False)]
        return (
            *(_place(look, low) for look, low in zip(looks, self.low, strict=False)),
            *(_place(figure, low) for figure, low in zip(figures, self.low, strict=True)),
            text_key(route.provider),
            text_key(route.model),
            (route.task is None, text_key(route.task or "")),
        )

    def first(self, route: Route) -> float | None:
        return self.figures[0](route)

    def margin(self, best: Route, second: Route) -> tuple[float, float | None]:
        a, b = self.first(best), self.first(second)
        assert a is not None
        assert b is not None
        if a == b or self.shown[0](a) == self.shown[0](b):
            return 0.0, 0.0
        margin = clean_number(abs(b - a))
        return margin, None if self.shown[0](b) == 0 else clean_number(100 * margin / b)


def _place(figure: float | None, low_is_better: bool) -> tuple[bool, float]:
    """A figure's place in an order: the better first, unknown last."""
    return figure is None, 0.0 if figure is None else figure if low_is_better else -figure


def _shown(name: str) -> Callable[[float], float | None]:
    """The number that the screen shows for a figure; price per speed is nowhere shown, so it counts as it is."""
    if name == PRICE_PER_SPEED:
        return lambda figure: figure
    kind = ROUTE_COLUMNS[name].kind
    return lambda figure: display_key(kind, figure)


def _some_speed(route: Route) -> Reason | None:
    words = "speed 0.0 tokens/s"
    return Reason(words, words) if display_key("speed", route.throughput) == 0 else None


def _miss(dropped: Dropped, merit: _Merit) -> tuple[Any, ...]:
    return len(dropped.reasons), dropped.shortfall, merit.key(dropped.route)


def _all_routes(catalog: Catalog, route: Route | None) -> tuple[Route, ...]:
    return () if route is None else catalog.model(route.model).routes


def normal_tokens(tokens: object) -> tuple[int, int]:
    """The input and output tokens of one call, checked.

    Raises
    ------
    ValueError
        Anything but two whole numbers, not negative, not both zero and at most 2**53.

    Examples
    --------
    >>> normal_tokens([600, 300])
    (600, 300)
    """
    if isinstance(tokens, (tuple, list)) and len(tokens) == 2:
        counts = [int(n) for n in tokens if isinstance(n, Integral) and not isinstance(n, bool)]
        if len(counts) == 2 and all(0 <= n <= 2**53 for n in counts) and any(counts):
            return counts[0], counts[1]
    raise ValueError(
        "tokens is two whole numbers, input and output tokens of one call, not negative and not both zero: "
        f"(600, 300), not {tokens!r}"
    )
