"""Why a route takes no part: one reason for each thing asked of it that it does not meet, in plain words.

A filter asks two things: that the figure is published, and that it is good enough. So a route without a figure has
one reason for that, however many filters and comparisons need it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from hfprov_widgets.data.arguments import check_texts
from hfprov_widgets.data.columns import MODEL_COLUMNS, ROUTE_COLUMNS, Column, Kind, Mix, other_unit
from hfprov_widgets.data.figures import PRICES, counted
from hfprov_widgets.data.filters import FilterKey, filter_key, model_test, route_test
from hfprov_widgets.data.formatting import display_key, exact_number, format_value, suspect_price, text_of
from hfprov_widgets.data.ranking import blended
from hfprov_widgets.data.records import Route

if TYPE_CHECKING:
    from hfprov_widgets.data.catalog import Catalog

_NUMBERS = {"price", "blended", "milliseconds", "speed", "tokens", "count"}
_UNITS = {"milliseconds": " ms", "speed": " tokens/s"}


class Reason(NamedTuple):
    """Why one route is out: in words, in words that fit other routes too, and by how much (1 is wholly)."""

    words: str
    group: str
    shortfall: float = 1.0


Demand: TypeAlias = Callable[[Route], "Reason | None"]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A route that takes no part, and why.

    Parameters
    ----------
    route : Route
    reasons : tuple of str
        All of them: ``"context 65,536 < 128,000"``, ``"no price published"``.
    groups : tuple of str
        The same without the route's own figure, to count by: ``"context under 128,000"``.
    shortfall : float
        How far the route is from what was asked: for each reason from 0 (just missed) to 1 (wholly, or unknown).

    Examples
    --------
    >>> Dropped(Route("org/name", "groq"), ("status not published",)).reasons
    ('status not published',)
    """

    route: Route
    reasons: tuple[str, ...]
    groups: tuple[str, ...] = field(default=(), repr=False)
    shortfall: float = field(default=0.0, repr=False)


def model_ids(model: str | Iterable[str] | None) -> tuple[str, ...] | None:
    """The ids of the models asked for; None is all.

    Raises
    ------
    TypeError, ValueError
        Neither an id, nor several, nor None.

    Examples
    --------
    >>> model_ids("org/name"), model_ids(None)
    (('org/name',), None)
    """
    return None if model is None else tuple(dict.fromkeys(check_texts(model, "model")))


def candidates(catalog: Catalog, ids: Iterable[str] | None) -> tuple[Route, ...]:
    """The routes of these models, or of all, in the catalogue's order.

    Raises
    ------
    KeyError
        The catalogue does not hold a model; the message has near names.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> len(candidates(load_catalog("documented"), ["deepseek-ai/DeepSeek-V4-Pro"]))
    5
    """
    if ids is None:
        return catalog.all_routes
    wanted = {id: catalog.model(id) for id in ids}
    return tuple(route for id in catalog.ids if id in wanted for route in wanted[id].routes)


def sift(routes: Iterable[Route], demands: Sequence[Demand]) -> tuple[list[Route], list[Dropped]]:
    """The routes that meet everything, and the others with all their reasons; both in the order given."""
    kept, dropped = [], []
    for route in routes:
        unmet = [reason for demand in demands if (reason := demand(route)) is not None]
        if not unmet:
            kept.append(route)
            continue
        words, groups, shortfalls = zip(*unmet, strict=True)
        shortfall = 0.0
        for one in shortfalls:  # one by one, as on the page: `sum` rounds otherwise from Python 3.12 on
            shortfall += one
        dropped.append(Dropped(route, words, groups, shortfall))
    return kept, dropped


def demands_of(catalog: Catalog, require: Mapping[str, Any], figures: Iterable[str], mix: Mix) -> list[Demand]:
    """What a route must meet: be live, meet the filters, and publish the figures, prices for tokens and in no doubt.

    Parameters
    ----------
    catalog : Catalog
        Holds the models that filters on models ask for.
    require : mapping
        Filters in canonical form.
    figures : iterable of str
        Columns of routes that are to be compared.
    mix : (float, float)
        Parts of input and of output tokens, for ``price_blended``.
    """
    compared = [name for figure in figures for name in counted(figure, mix)]
    asked = {name: _needs(name, wanted, mix) for name, wanted in require.items()}
    named = {*compared, *(column for columns in asked.values() for column in columns)}
    prices = [price for price in PRICES if price in named]
    demands: dict[str, Demand] = {"status": _live(catalog.dated_rows)}

    def publish(column: str) -> None:
        if column in PRICES:
            demands.setdefault("price", _prices_published(prices))
        else:
            demands.setdefault(column, _published(column, _reader(catalog, column, mix)))

    for name, wanted in require.items():
        for column in asked[name]:
            publish(column)
        demands[f"require {name}"] = _meets(catalog, name, wanted, mix)
    for column in compared:
        publish(column)
    demands["doubt"] = _in_no_doubt([price for price in PRICES if price in compared])
    return list(demands.values())


def as_last_seen(route: Route) -> str:
    """How a row of a past day is spoken of.

    >>> as_last_seen(Route("org/name", "groq", retrieved_at="2026-08-21"))
    'as last seen 2026-08-21'
    """
    return f"as last seen {route.retrieved_at[:10] if route.retrieved_at else 'on an unknown day'}"


def amount(kind: str, text: str) -> str:
    """A figure's text with its unit, as in a sentence.

    >>> amount("price", "0.40"), amount("speed", "80")
    ('$0.40', '80 tokens/s')
    """
    return f"${text}" if kind in ("price", "blended") else f"{text}{_UNITS.get(kind, '')}"


def exact_amount(kind: str, value: float) -> str:
    """All digits of a figure, with its unit.

    >>> exact_amount("tokens", 65536), exact_amount("price", 0.5)
    ('65,536', '$0.50')
    """
    return amount(kind, exact_number(value, 2 if kind in ("price", "blended") else 0))


def _needs(name: str, wanted: Any, mix: Mix) -> tuple[str, ...]:
    """The columns that must be published for a route to meet a filter."""
    if name == "priced":
        return PRICES if wanted is True else ()
    column = filter_key(name).column.name
    # Every route has a model and a provider, and of its status speaks the demand that it be live.
    return () if column in ("model", "provider", "status") else counted(column, mix)


def _reader(catalog: Catalog, column: str, mix: Mix) -> Callable[[Route], Any]:
    """How to read a column off a route, or off its model; None is unknown, or is another demand's affair."""
    if column == "status":
        return lambda route: route.status if route.status == "live" else None
    if column == "priced":
        return lambda route: None if route.price_input is None or route.price_output is None else True
    if column == "price_blended":
        return lambda route: blended(route, mix)
    if column in ROUTE_COLUMNS:
        return attrgetter(column)
    return lambda route: getattr(catalog.model(route.model), column)


def _live(dated: bool) -> Demand:
    def demand(route: Route) -> Reason | None:
        if route.status == "live":
            return None
        words = "status not published" if route.status is None else f"status {route.status}"
        return Reason(f"{words}, {as_last_seen(route)}" if dated else words, words)

    return demand


def _prices_published(names: Sequence[str]) -> Demand:
    def demand(route: Route) -> Reason | None:
        has_none = route.price_input is None and route.price_output is None
        if other_unit(route.task) and not has_none:
            words = f"priced by another unit ({route.task})"
            return Reason(words, words)
        missing = [name for name in names if getattr(route, name) is None]
        if not missing:
            return None
        words = f"no {'price' if has_none else ROUTE_COLUMNS[missing[0]].said} published"
        return Reason(words, words)

    return demand


def _published(name: str, value_of: Callable[[Route], Any]) -> Demand:
    column = ROUTE_COLUMNS.get(name) or MODEL_COLUMNS[name]
    words = f"no {column.said} published" if column.kind in _NUMBERS else f"{column.said} not published"
    reason = Reason(words, words)
    return lambda route: reason if _is_unknown(value_of(route)) else None


def _is_unknown(value: Any) -> bool:
    return value is None or value == ()  # a list without entries says nothing


def _in_no_doubt(names: Sequence[str]) -> Demand:
    def demand(route: Route) -> Reason | None:
        doubtful = [price for name in names if suspect_price(price := getattr(route, name))]
        if not doubtful or other_unit(route.task):
            return None
        prices = " and ".join(dict.fromkeys(exact_amount("price", price) for price in doubtful))
        return Reason(f"price in doubt: {prices} per 1M tokens", "price in doubt")

    return demand


def _meets(catalog: Catalog, name: str, wanted: Any, mix: Mix) -> Demand:
    key = filter_key(name)
    value_of = _reader(catalog, key.column.name, mix)
    meets = route_test({name: wanted}, mix) if key.of_route else _by_model(catalog, {name: wanted})
    of_price = key.column.kind in ("price", "blended")

    def demand(route: Route) -> Reason | None:
        value = value_of(route)
        if _is_unknown(value) or meets(route) or (of_price and other_unit(route.task)):
            return None
        return _unmet(key, wanted, value)

    return demand


def _by_model(catalog: Catalog, filters: Mapping[str, Any]) -> Callable[[Route], bool]:
    meets = model_test(filters)
    return lambda route: meets(catalog.model(route.model))


def _unmet(key: FilterKey, wanted: Any, value: Any) -> Reason:
    column, bound, _ = key
    said = column.said
    if column.kind == "bool":
        words = _yes_or_no(column, value)
        return Reason(words, words)
    if column.kind == "list":
        words = f"no {' or '.join(wanted)} {said}"
        return Reason(words, words)
    if bound is None:
        text = exact_amount(column.kind, value) if column.kind in _NUMBERS else text_of(value)
        return Reason(f"{said} {text} not asked for", f"{said} not asked for")
    sign = "<" if bound == "min" else ">"
    if column.kind == "time":
        day = value[: max(10, len(wanted))]
        return Reason(f"{said} {day} {sign} {wanted}", f"{said} {'before' if bound == 'min' else 'after'} {wanted}")
    limit = exact_amount(column.kind, wanted)
    words = f"{said} {_beside(column.kind, value, wanted)} {sign} {limit}"
    return Reason(words, f"{said} {'under' if bound == 'min' else 'over'} {limit}", _shortfall(value, wanted))


def _yes_or_no(column: Column, value: bool) -> str:
    if column.name == "priced":
        return "price published"
    if column.name.startswith("supports_"):
        return f"{column.said} {'supported' if value else 'not supported'}"
    return f"{column.said}: {'yes' if value else 'no'}"


def _beside(kind: Kind, value: float, limit: float) -> str:
    """A figure beside a limit that it misses: as displayed, unless rounding would hide that; tokens always exactly."""
    key = display_key(kind, value)
    if kind in ("tokens", "count") or key is None or (key < limit) != (value < limit) or key == limit:
        return exact_amount(kind, value)
    return amount(kind, format_value(kind, value))


def _shortfall(value: float, limit: float) -> float:
    larger = float(max(abs(value), abs(limit)))
    return min(1.0, abs(value - limit) / larger)
