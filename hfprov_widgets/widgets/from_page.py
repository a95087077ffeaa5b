"""What the page is told when it asks whether Python is there, and when its change has gone wrong in Python."""

from __future__ import annotations

import traceback
from typing import Any

from hfprov_widgets.data.errors import hide_secrets
from hfprov_widgets.static_view.words import cut

_LONGEST = 300  # characters


def answer(widget: Any, message: Any, buffers: object) -> None:
    """Tell the page that somebody is here; a saved copy of it, or one of an earlier kernel, gets no answer."""
    if isinstance(message, dict) and message.get("kind") == "ask":
        widget.send({"kind": "answer", "number": message.get("number")})


def refusal(error: Exception) -> str:
    """What the page says of a change that a trait does not take.

    >>> refusal(ValueError("mix: not both zero"))
    'Python did not take this change: mix: not both zero'
    """
    return f"Python did not take this change: {_one_line(str(error))}"


def is_a_watchers(error: Exception) -> bool:
    """Whether it comes from code that was told of a change, and not from the check of a new value."""
    return any(frame.f_code.co_name == "notify_change" for frame, _ in traceback.walk_tb(error.__traceback__))


def failed_watcher(error: Exception, changed: int = 0) -> str:
    """What the page says of an exception of code that observes a trait.

    Parameters
    ----------
    changed : int
        How many traits have another value than before. The error has kept their other observers from being told.

    Examples
    --------
    >>> failed_watcher(KeyError("price"), 1)
    "Python code that watches this widget failed: KeyError: 'price'. The change stands."
    """
    said = _one_line("".join(traceback.format_exception_only(type(error), error)))
    stands = "" if changed == 0 else " The change stands." if changed == 1 else " The changes stand."
    others = " Other code that watches it may not have run." if changed > 1 else ""
    return f"Python code that watches this widget failed: {said.rstrip('.')}.{stands}{others}"


def failed_count(error: Exception) -> str:
    """What the page says when a text could not be counted in Python.

    >>> failed_count(TypeError("no list of tokens"))
    'Python could not count it: TypeError: no list of tokens'
    """
    said = "".join(traceback.format_exception_only(type(error), error))
    return f"Python could not count it: {_one_line(said)}"


def _one_line(text: str) -> str:
    """No secret, no line break, nothing invisible, and no more than fits under a widget."""
    return cut(hide_secrets(text), _LONGEST)
