"""What a catalogue takes in: routes of their own model, once each, with numbers that can be ordered and sent."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from types import NoneType
from typing import Any

from hfprov_widgets.data.records import Model, Route

# What must be a number from 0 up, so that it can be ordered, and sent as JSON.
_LARGEST = 2**53  # beyond, neither a browser nor a frame holds every whole number
_NUMBERS = ("context_length", "price_input", "price_output", "first_token_latency_ms", "throughput")
_numbers = attrgetter(*_NUMBERS)


def sound(model: Model, warnings: list[str]) -> Model:
    """The model without what cannot be shown: routes of another model or given twice, and numbers that are none.

    Parameters
    ----------
    model : Model
    warnings : list of str
        A line is added for each thing left out.

    Examples
    --------
    >>> lines: list[str] = []
    >>> sound(Model("org/name", routes=(Route("org/other", "groq"),)), lines).routes, lines
    ((), ['org/other:groq: listed under org/name, so it was left out'])
    """
    return model if _is_sound(model) else _mended(model, warnings)


def _is_sound(model: Model) -> bool:
    """Whether there is plainly nothing to mend: so it is for nearly all, and there are many."""
    routes = model.routes
    if len(routes) > 1 and len({route.id for route in routes}) < len(routes):
        return False
    for route in routes:
        if route.model != model.id or type(route.context_length) not in (int, NoneType):
            return False
        for number in _numbers(route):
            if number is not None and not (type(number) in (int, float) and 0 <= number < _LARGEST):
                return False
    return True


def _mended(model: Model, warnings: list[str]) -> Model:
    routes: dict[str, Route] = {}
    for route in model.routes:
        unusable = [name for name in _NUMBERS if not _is_usable(name, getattr(route, name))]
        for name in unusable:
            number = getattr(route, name)
            warnings.append(f"{route.id}: {name} {number!r} is not a number of its kind, so it is unknown")
        if route.model != model.id:
            warnings.append(f"{route.id}: listed under {model.id}, so it was left out")
        elif route.id in routes:
            warnings.append(f"{route.id}: given twice, the second one was left out")
        else:
            unknown: dict[str, Any] = dict.fromkeys(unusable)
            routes[route.id] = replace(route, **unknown) if unusable else route
    kept = tuple(routes.values())
    return model if kept == model.routes else replace(model, routes=kept)


def _is_usable(name: str, number: object) -> bool:
    if number is None:
        return True
    kinds = (int,) if name == "context_length" else (int, float)
    return isinstance(number, kinds) and not isinstance(number, bool) and 0 <= number < _LARGEST
