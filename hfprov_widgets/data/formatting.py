"""How values become text, and which number a text shows.

Two prices that look equal are a tie, so sorting and "best" marks use `display_key`. Rounding is half up on
the shortest decimal (what ``repr`` shows), never on the binary value: 2.675 is 2.68. Float noise goes first:
1.0399999999999998 is 1.04. The front-end has the same rules; ``tests/golden`` holds the cases both must meet.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from hfprov_widgets.data.columns import Kind

DASH = "—"

_CLEAN_DIGITS = 12
_POWERS = tuple(float(f"1e{n}") for n in range(23))
# Cleaning moves a number by at most half a unit of its twelfth digit, 5e-12 of it; nearer to a tie than that
# (and a little more for the arithmetic itself) the decimal digits must decide.
_DOUBT = 6e-12
_SHORT = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


def format_value(kind: Kind, value: Any) -> str:
    """The text that stands for a value.

    Parameters
    ----------
    kind : str
        The column's kind; the unit of the value is the column's.
    value : float, bool, str, sequence of str or None
        None is shown as a dash.

    Examples
    --------
    >>> format_value("price", 0.4), format_value("tokens", 131072), format_value("speed", None)
    ('0.40', '131k', '—')
    """
    if value is None:
        return DASH
    if kind == "bool":
        return "yes" if value else "no"
    if isinstance(value, bool) or not isinstance(value, int | float):
        text = text_of(value)
        if text is None or not text.strip(" \t\r\n"):
            return DASH
        return text[:10] if kind == "time" else text
    key = display_key(kind, value)
    if key is None:
        return DASH
    text = _lay_out(kind, abs(key), abs(float(value)))
    return f"-{text}" if key < 0 else text


def display_key(kind: Kind, value: Any) -> float | None:
    """The number that `format_value` shows, 1 or 0 for a bool; None for what is unknown or no number.

    Parameters
    ----------
    kind : str
        The column's kind.
    value : float, bool or None
        In the column's unit.

    Examples
    --------
    >>> display_key("blended", 2.1125), display_key("tokens", 131072), display_key("price", None)
    (2.11, 131000.0, None)
    """
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:  # an int beyond all floats
        return None
    if number == 0:
        return 0.0
    if not math.isfinite(number):
        return None
    key = -_round_for(kind, -number) if number < 0 else _round_for(kind, number)
    return key if math.isfinite(key) else None  # the greatest numbers round up to infinity


def suspect_price(price: float | None) -> bool:
    """Whether a price is so far from any usual one that its unit is in doubt.

    Parameters
    ----------
    price : float or None
        USD per 1M tokens. Zero is a price like any other; unknown is not suspect.

    Examples
    --------
    >>> suspect_price(0.0000004), suspect_price(0), suspect_price(0.4)
    (True, False, False)
    """
    return price is not None and price > 0 and not 0.0001 <= price <= 1000


def clean_number(value: float) -> float:
    """A positive number without float noise: its shortest decimal, rounded half up to 12 significant digits.

    Parameters
    ----------
    value : float
        Positive and finite.

    Examples
    --------
    >>> clean_number(1.0399999999999998)
    1.04
    """
    places = _CLEAN_DIGITS - 1 - math.floor(math.log10(value))
    if 0 <= places < len(_POWERS):
        scaled = value * _POWERS[places]
        whole = math.floor(scaled)
        over = scaled - whole - 0.5
        if abs(over) > 0.01:
            return (whole if over < 0 else whole + 1) / _POWERS[places]
    units, exponent = _decimal(value)
    return float(f"{units}e{exponent}")


def exact_number(value: float, places: int = 0) -> str:
    """All digits of a number's shortest decimal, with "," between thousands.

    Parameters
    ----------
    value : float
        Finite.
    places : int
        How many decimal places to show at least.

    Examples
    --------
    >>> exact_number(65536), exact_number(0.5, 2), exact_number(2e-7, 2)
    ('65,536', '0.50', '0.0000002')
    """
    text = _plain(abs(float(value)), places)
    return f"-{text}" if value < 0 else text


def text_of(value: Any) -> str | None:
    """The text a value is ordered and filtered by; None for an unknown one.

    Parameters
    ----------
    value : str, bool, sequence of str or None
        A sequence without entries says nothing: it is unknown.

    Examples
    --------
    >>> text_of(("image", "text")), text_of(False), text_of(())
    ('text+image', 'false', None)
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Iterable):
        return "+".join(sorted(value, key=lambda part: (part != "text", text_key(part)))) or None
    return str(value)


def text_key(text: str) -> tuple[str, str]:
    """A key for text order: lower-cased by UTF-16 code units, then raw. The front-end orders text so.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> sorted(["b", "a", "B"], key=text_key)
    ['a', 'B', 'b']
    """
    if text.isascii():
        return text.lower(), text
    return _utf16(text.lower()), _utf16(text)


def _utf16(text: str) -> str:
    # Characters beyond the first plane become their two halves, so comparing text compares code units.
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(chr(units[i] << 8 | units[i + 1]) for i in range(0, len(units), 2))


def _round_for(kind: Kind, value: float) -> float:
    if kind == "price":
        return _round_to_three(value) if value < 0.1 else clean_number(value)
    if kind == "blended":
        return _round_to_three(value) if value < 0.1 else _round_to(value, 2)
    if kind == "milliseconds":
        return _round_to(value, 0)
    if kind == "speed":
        return _round_to(value, 1 if value < 10 else 0)
    return _round_to_three(value) if kind in ("tokens", "count") else value


def _round_to_three(value: float) -> float:
    return _round_to(value, 2 - math.floor(math.log10(value)))


def _round_to(value: float, places: int) -> float:
    """A positive number rounded half up to decimal places; negative places round to tens, hundreds, ..."""
    if -len(_POWERS) < places < len(_POWERS):
        scaled = value / _POWERS[-places] if places < 0 else value * _POWERS[places]
        whole = math.floor(scaled)
        over = scaled - whole - 0.5
        if abs(over) > scaled * _DOUBT:
            rounded = whole if over < 0 else whole + 1
            return rounded * _POWERS[-places] if places < 0 else rounded / _POWERS[places]
    return _round_decimal(value, places)


def _round_decimal(value: float, places: int) -> float:
    """The same as `_round_to`, by decimal digits: slower, and right at every tie."""
    units, exponent = _decimal(value)
    drop = -(exponent + places)
    if drop <= 0:
        return float(f"{units}e{exponent}")
    kept, rest = divmod(units, 10**drop)
    return float(f"{kept + (rest * 2 >= 10**drop)}e{-places}")


def _digits(value: float) -> tuple[str, int]:
    """The significant digits of a number's shortest decimal, and how many of them stand before the point."""
    if value == 0:
        return "0", 1
    mantissa, _, power = repr(float(value)).partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).lstrip("0")
    point = len(whole) if whole.strip("0") else len(digits) - len(part)
    return digits.rstrip("0"), point + int(power or 0)


def _decimal(value: float) -> tuple[int, int]:
    """A positive number as an integer of at most 12 digits and a power of ten, rounded half up."""
    digits, point = _digits(value)
    kept = digits[:_CLEAN_DIGITS]
    return int(kept) + (digits[_CLEAN_DIGITS:] >= "5"), point - len(kept)


def _lay_out(kind: Kind, key: float, value: float) -> str:
    if kind in ("price", "blended"):
        # Three significant digits below 0.10, also where rounding has just reached it: 0.0999996 is 0.100.
        return _plain(key, 3 - _digits(key)[1] if value > 0 and clean_number(value) < 0.1 else 2)
    if kind == "speed":
        return _plain(key, 1 if key < 10 else 0)
    if kind in ("tokens", "count"):
        for step, letter in _SHORT:
            if key >= step:
                return _plain(key / step, 0) + letter
    return _plain(key, 0)


def _plain(key: float, least: int) -> str:
    """All digits of a number, never an exponent, with "," between thousands and at least so many places."""
    digits, point = _digits(key)
    whole = digits[:point].ljust(point, "0") if point > 0 else "0"
    part = (digits[point:] if point > 0 else "0" * -point + digits).ljust(least, "0")
    return f"{int(whole):,}" + (f".{part}" if part else "")
