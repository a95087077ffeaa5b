"""The switches that a user or an administrator sets in the environment; read each time, never kept."""

from __future__ import annotations

import os


def is_on(name: str) -> bool:
    """Whether a variable says yes, as ``huggingface_hub`` reads it: 1, ON, YES or TRUE.

    Examples
    --------
    >>> is_on("A_VARIABLE_NOBODY_SET")
    False
    """
    return os.environ.get(name, "").upper() in ("1", "ON", "YES", "TRUE")


def offline() -> bool:
    """Whether calls are forbidden: ``HF_HUB_OFFLINE``, or ``TRANSFORMERS_OFFLINE``, which means the same."""
    return is_on("HF_HUB_OFFLINE") or is_on("TRANSFORMERS_OFFLINE")
