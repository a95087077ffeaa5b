"""The exact figure of a route that choices and fronts compare: what is published, without float noise.

What looks equal on the screen is a tie elsewhere; here two figures are equal only when they are.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from hfprov_widgets.data.columns import DEFAULT_MIX, Mix, other_unit
from hfprov_widgets.data.formatting import clean_number, display_key, suspect_price
from hfprov_widgets.data.ranking import blended
from hfprov_widgets.data.records import Route

PRICES = ("price_input", "price_output")
# No column, for no table shows it: USD per 1M tokens of the mix, divided by tokens/s.
PRICE_PER_SPEED = "price_per_speed"


def counted(name: str, mix: Mix = DEFAULT_MIX) -> tuple[str, ...]:
    """The published columns that a figure is made of.

    Parameters
    ----------
    name : str
        A column of routes, or `PRICE_PER_SPEED`.
    mix : (float, float)
        Parts of input and of output tokens: a price with no part in it does not count.

    Examples
    --------
    >>> counted("price_blended"), counted("price_blended", (0, 1)), counted("throughput")
    (('price_input', 'price_output'), ('price_output',), ('throughput',))
    """
    if name == PRICE_PER_SPEED:
        return *counted("price_blended", mix), "throughput"
    if name != "price_blended":
        return (name,)
    return tuple(price for price, part in zip(PRICES, mix, strict=True) if part > 0)


def figure_of(name: str, mix: Mix = DEFAULT_MIX) -> Callable[[Route], float | None]:
    """How to read a figure off a route, in the column's unit; None where it is unknown.

    A price whose unit is in doubt, or that is for something else than tokens, is as good as unknown.

    Parameters
    ----------
    name : str
        A column of routes that holds numbers, or `PRICE_PER_SPEED`.
    mix : (float, float)
        Parts of input and of output tokens, for ``price_blended``.

    Examples
    --------
    >>> figure_of("price_blended")(Route("org/name", "groq", price_input=0.1, price_output=0.3))
    0.15
    """
    if name == PRICE_PER_SPEED:
        return _price_per_speed(mix)
    read: Callable[[Route], float | None]
    read = (lambda route: blended(route, mix)) if name == "price_blended" else attrgetter(name)
    prices = [attrgetter(price) for price in counted(name, mix) if price in PRICES]

    def figure(route: Route) -> float | None:
        if prices and other_unit(route.task):
            return None
        for price in prices:
            if suspect_price(price(route)):
                return None
        value = read(route)
        return clean_number(value) if value and value > 0 else value

    return figure


def cost_per_call(route: Route, tokens: tuple[int, int]) -> float | None:
    """USD for the input and output tokens of one call; None where a price that counts is unknown or in doubt.

    Examples
    --------
    >>> cost_per_call(Route("org/name", "groq", price_input=0.05, price_output=0.1), (600, 300))
    6e-05
    """
    price = figure_of("price_blended", tokens)(route)
    return clean_number(price * sum(tokens) / 1e6) if price else price


def _price_per_speed(mix: Mix) -> Callable[[Route], float | None]:
    price, speed = figure_of("price_blended", mix), figure_of("throughput")

    def figure(route: Route) -> float | None:
        cost, rate = price(route), speed(route)
        if cost is None or rate is None or display_key("speed", rate) == 0:  # what shows as no speed buys nothing
            return None
        return clean_number(cost / rate) if cost else 0.0

    return figure
