"""The words of cells and of the lines around a table, the same as on screen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hfprov_widgets.data.columns import MODEL_COLUMNS, ROUTE_COLUMNS, Column
from hfprov_widgets.data.formatting import format_value, suspect_price
from hfprov_widgets.data.ranking import blended
from hfprov_widgets.data.records import Route

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and a pattern that leave no trace, though "printable"
NUMBERS = {"price", "blended", "milliseconds", "speed", "tokens", "count"}


def cell_words(route: Route, column: Column, mix: tuple[float, float], dated: bool) -> str:
    """A cell as it is read: with what the table says beside the figure.

    >>> cell_words(Route("org/name", "novita", price_input=0, price_output=0), ROUTE_COLUMNS["provider"], (3, 1), False)
    'novita (listed at zero)'
    """
    if column.kind == "status" and route.status is not None and dated:
        day = route.retrieved_at[:10] if route.retrieved_at else "on an unknown day"
        return f"{'seen' if route.status == 'live' else route.status} {day}"
    if column.name == "provider":
        return labelled(format_value("text", route.provider), route)
    return format_value(column.kind, blended(route, mix) if column.kind == "blended" else getattr(route, column.name))


def labelled(name: str, route: Route) -> str:
    """A name with what has to be said of the route's price.

    >>> labelled("org/name", Route("org/name", "novita", is_free=True))
    'org/name (promo)'
    """
    return " ".join([name, *(f"({label})" for label in price_labels(route))])


def price_labels(route: Route) -> list[str]:
    """Free, zero and doubtful are three things."""
    labels = ["promo"] if route.is_free else []
    if not labels and route.price_input == 0 == route.price_output:
        labels.append("listed at zero")
    if suspect_price(route.price_input) or suspect_price(route.price_output):
        labels.append("suspect price")
    return labels


def visible(text: str) -> str:
    r"""The text with control characters shown instead of obeyed: names come from the network.

    >>> print(visible("red \x1b[31m and \u202e turned round"))
    red \x1b[31m and \u202e turned round
    """
    if text.isprintable() and _BLANK.isdisjoint(text):
        return text
    return "".join(c if c.isprintable() and c not in _BLANK else c.encode("unicode_escape").decode() for c in text)


def cut(text: str, most: int) -> str:
    """A text in one line and of at most so many characters, all of them visible.

    >>> cut("a name without an end", 10)
    'a name wi…'
    """
    text = visible(" ".join(text.split())[: most + 1])
    return text if len(text) <= most else f"{text[: most - 1]}…"


def plural(number: int, word: str) -> str:
    """A number and its noun.

    >>> plural(1, "route"), plural(1200, "route")
    ('1 route', '1,200 routes')
    """
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def part_of(shown: int, all: int, word: str) -> str:
    """How many of how many.

    >>> part_of(3, 3, "route"), part_of(1, 3, "route")
    ('3 routes', '1 of 3 routes')
    """
    return plural(all, word) if shown == all else f"{shown:,} of {plural(all, word)}"


def sort_words(sort: Iterable[Sequence[str]]) -> str:
    """The order of the rows.

    >>> sort_words([("price_blended", "asc"), ("provider", "desc")])
    'Sorted by my mix (ascending), provider (descending).'
    """
    known = {**MODEL_COLUMNS, **ROUTE_COLUMNS}
    keys = [f"{known[name].label.lower()} ({direction}ending)" for name, direction in sort]
    return f"Sorted by {', '.join(keys)}."


def filter_words(filters: Mapping[str, Any]) -> str:
    """The filters by the names that `Catalog.select` takes.

    >>> filter_words({"provider": ["novita", "groq"], "supports_tools": True})
    'Filters: provider novita or groq; supports_tools true.'
    """
    said = [f"{name} {' or '.join(map(_plain, _listed(wanted)))}" for name, wanted in filters.items()]
    return f"Filters: {'; '.join(said)}."


def _listed(wanted: Any) -> Sequence[Any]:
    return wanted if isinstance(wanted, (list, tuple)) else [wanted]


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
