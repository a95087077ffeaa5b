"""What the page is told when it asks whether Python is there, and when its change has gone wrong in Python."""

from __future__ import annotations

import traceback
from typing import Any

from hfprov_widgets.data.errors import hide_secrets

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


def failed_watcher(error: Exception) -> str:
    """What the page says of an exception of code that observes a trait.

    >>> failed_watcher(KeyError("price"))
    "Python code that watches this widget failed: KeyError: 'price'. The change stands."
    """
    said = _one_line("".join(traceback.format_exception_only(type(error), error)))
    return f"Python code that watches this widget failed: {said.rstrip('.')}. The change stands."


def _one_line(text: str) -> str:
    """No secret, no line break, and no more than fits under a widget."""
    line = " ".join(hide_secrets(text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
