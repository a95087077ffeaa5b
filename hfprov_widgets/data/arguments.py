"""Checks of what callers pass in: wrong values are refused at once, and the message says what is allowed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from numbers import Integral
from urllib.parse import urlsplit

from hfprov_widgets.data.errors import public_url

MAX_LIMIT = 1_000_000
_MODEL_ID = re.compile(r"[\w.-]{1,96}(?:/[\w.-]{1,96})?", re.ASCII)


def check_endpoint(value: object, name: str) -> str:
    """The address of a service, without a trailing slash.

    Raises
    ------
    TypeError, ValueError
        Not a text; not ``http(s)://host[:port][/path]``. A user or password in it is refused.

    Examples
    --------
    >>> check_endpoint("https://huggingface.co/", "endpoint")
    'https://huggingface.co'
    """
    if not isinstance(value, str):
        raise TypeError(f"{name} is a text such as 'https://huggingface.co' or None, not {type(value).__name__}")
    address = value.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a broken IPv6 address
        good = False
    if not good or re.search(r"[\s\x00-\x1f\\]", address):
        raise ValueError(f"{name} must look like https://host or http://host:port/path, not {public_url(address)!r}")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError(f"{name} must hold no user, password, query or fragment: {public_url(address)!r}")
    return address


def check_model_id(value: object) -> str:
    """A model's id, ``org/name`` or one of the old single names; what passes is safe inside a path.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> check_model_id("google/gemma-3-27b-it")
    'google/gemma-3-27b-it'
    """
    if not isinstance(value, str):
        raise TypeError(f"a model id is a text such as 'org/name', not {type(value).__name__}")
    named = _MODEL_ID.fullmatch(value)
    if named is None or any(set(part) <= {"."} for part in value.split("/")):
        raise ValueError(
            f"{value[:200]!r} is no model id: org/name, of letters, digits, '-', '_' and '.', no ':provider'"
        )
    return value


def check_limit(value: object) -> int | None:
    """How many models at most in all; ``None`` is no bound.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> check_limit(1000)
    1000
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"limit is a whole number from 1 to {MAX_LIMIT:,}, or None for all, not {value!r}")
    if not 1 <= value <= MAX_LIMIT:
        raise ValueError(f"limit goes from 1 to {MAX_LIMIT:,}, or None for all, not {value!r}")
    return value


def check_timeout(value: object) -> float:
    """Seconds to wait for a connection, and for each part of an answer.

    Raises
    ------
    TypeError, ValueError
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"timeout is a number of seconds, not {value!r}")
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"timeout is a number of seconds above 0, not {value!r}")
    return float(value)


def check_text(value: object, name: str) -> str | None:
    """One text, or ``None`` for "do not ask for it".

    Raises
    ------
    TypeError, ValueError
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name} is a text or None, not {type(value).__name__}")
    if not value.strip():
        raise ValueError(f"{name} must not be empty; None leaves it out")
    return value.strip()


def check_texts(value: object, name: str) -> list[str]:
    """One text or several of any iterable; ``None`` is none.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> check_texts(("sambanova", "novita"), "inference_provider")
    ['sambanova', 'novita']
    """
    if value is None:
        return []
    if isinstance(value, str):
        value = [value]
    if isinstance(value, (bytes, Mapping)) or not isinstance(value, Iterable):
        raise TypeError(f"{name} is one text, several of them, or None, not {type(value).__name__}")
    texts = [check_text(item, name) for item in value]
    if not texts or None in texts:
        raise ValueError(f"{name} must hold at least one text, and no None; None alone leaves it out")
    return [text for text in texts if text is not None]


def check_whole(value: object, name: str, most: int) -> int:
    """A whole number from 1 on.

    Raises
    ------
    ValueError

    Examples
    --------
    >>> check_whole(20, "calls", 1000)
    20
    """
    if isinstance(value, Integral) and not isinstance(value, bool) and 1 <= int(value) <= most:
        return int(value)
    raise ValueError(f"{name} is a whole number from 1 to {most:,}, not {value!r}")


def check_amount(value: object, most: int, name: str, words: str) -> float:
    """A number from 0 on; ``words`` say what it is.

    Raises
    ------
    ValueError

    Examples
    --------
    >>> check_amount(0.2, 100, "margin", "a number from 0 to 100")
    0.2
    """
    if isinstance(value, (int, float, Integral)) and not isinstance(value, bool):
        number = value if isinstance(value, float) else int(value)
        if 0 <= number <= most:  # compared before it is converted; NaN is in no range
            return float(number)
    raise ValueError(f"{name} is {words}, not {value!r}")
