"""Where this Python runs, and what its user or administrator has switched on or off; read each time, never kept."""

from __future__ import annotations

import os
import sys


def is_on(name: str) -> bool:
    """Whether a variable says yes, as ``huggingface_hub`` reads it: 1, ON, YES or TRUE.

    Examples
    --------
    >>> is_on("A_VARIABLE_NOBODY_SET")
    False
    """
    return os.environ.get(name, "").upper() in ("1", "ON", "YES", "TRUE")


def offline() -> bool:
    """Whether no call can be made: in a browser, or forbidden by ``HF_HUB_OFFLINE`` or ``TRANSFORMERS_OFFLINE``, which
    means the same."""
    return in_browser() or is_on("HF_HUB_OFFLINE") or is_on("TRANSFORMERS_OFFLINE")


def in_browser() -> bool:
    """Whether this Python runs in a browser (JupyterLite), where there are neither sockets nor threads."""
    return sys.platform == "emscripten"
