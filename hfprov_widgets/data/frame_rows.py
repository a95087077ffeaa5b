"""The rows of a frame of one's own that belong to given models or routes, whatever else the frame holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

# A model alone, or a route: its model, its provider, and its task where that is known.
Key: TypeAlias = "tuple[str] | tuple[str, str, str | None]"


def rows_among(frame: pd.DataFrame, keys: Iterable[Key]) -> pd.DataFrame:
    """The rows of a frame that belong to these keys, in the order of the keys; index and dtypes stay.

    A frame of models keeps the rows of the keys' models. Where one side does not know the task, any fits.

    Parameters
    ----------
    frame : DataFrame
        With a column ``model``, beside it ``provider`` and ``task`` where it has them; or with a column ``route`` or
        ``id`` of ``org/name:provider``.
    keys : iterable of tuple
        ``(model,)`` or ``(model, provider, task)``.

    Raises
    ------
    ValueError
        The frame has no such column.

    Examples
    --------
    >>> import pandas as pd
    >>> mine = pd.DataFrame({"id": ["org/b:groq", "org/a:novita"], "grade": [2, 1]})
    >>> rows_among(mine, [("org/a", "novita", None), ("org/b", "novita", None)])["grade"].tolist()
    [1]
    """
    keys = list(keys)
    by_model = any(len(key) == 1 for key in keys)
    ranks: dict[tuple[Any, ...], int] = {}
    for rank, key in enumerate(keys):
        for part in range(1, len(key) + 1):
            ranks.setdefault(key[:part], rank)
    places = [_rank(ranks, parts[:1] if by_model else parts) for parts in _parts(frame)]
    kept = [at for at, place in enumerate(places) if place is not None]
    rows: pd.DataFrame = frame.iloc[sorted(kept, key=lambda at: places[at] or 0)]
    return rows


def _rank(ranks: dict[tuple[Any, ...], int], parts: tuple[Any, ...]) -> int | None:
    exact = ranks.get(parts)
    return ranks.get((*parts[:2], None)) if exact is None and len(parts) == 3 else exact


def _parts(frame: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    """What each row names: (model,), (model, provider) or (model, provider, task)."""
    names = [name for name in ("model", "provider", "task") if name in frame.columns]
    if names[:2] == ["model", "provider"]:
        cells = zip(*(_texts(frame[name]) for name in names), strict=True)
        return (parts if None not in parts[2:] else parts[:2] for parts in cells)
    ids = [_texts(frame[name]) for name in ("route", "id") if name in frame.columns]
    of_routes = [texts for texts in ids if any(":" in text for text in texts if text)]
    if names[:1] == ["model"] and not of_routes:
        return ((text,) for text in _texts(frame["model"]))
    if not ids:
        raise ValueError(
            "the frame needs a column 'model' (and 'provider', for routes), or 'route' or 'id' with org/name:provider; "
            f"it has {', '.join(map(repr, frame.columns)) or 'no column'}"
        )
    return (_split(text) for text in [*of_routes, *ids][0])


def _texts(column: pd.Series[Any]) -> list[str | None]:
    return [cell if isinstance(cell, str) else None for cell in column.tolist()]


def _split(id: str | None) -> tuple[Any, ...]:
    """The parts of ``org/name:provider#task``; a model's id holds no colon.

    >>> _split("org/name:groq#text-to-image"), _split("org/name:groq"), _split("org/name")
    (('org/name', 'groq', 'text-to-image'), ('org/name', 'groq'), ('org/name',))
    """
    model, _, route = (id or "").partition(":")
    provider, _, task = route.partition("#")
    return tuple(part for part in (model, provider, task) if part)
