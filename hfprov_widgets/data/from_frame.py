"""A frame of one's own as a catalogue: rows that others have written, so nothing in them is trusted.

A cell is read as a field of the services' JSON is: of its kind, or unknown with a warning. Every missing value that
pandas knows (None, NaN, NA, NaT) and an empty text is unknown.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timezone
from decimal import Decimal
from difflib import get_close_matches
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import MODEL_COLUMNS, ROUTE_COLUMNS
from hfprov_widgets.data.fields import (
    AMOUNT,
    COUNT,
    DAY_OR_TIME,
    FLAG,
    ISO_TIME,
    TEXT,
    TEXTS,
    WORD,
    Kind,
    Notes,
    as_gate,
    as_text,
    utc_text,
)
from hfprov_widgets.data.formatting import suspect_price
from hfprov_widgets.data.records import Model, ModelList, Route
from hfprov_widgets.data.tables import Fields, fields_of, read_fields

if TYPE_CHECKING:
    import pandas as pd


class ToPandas(Protocol):
    """A table of another library: polars, pyarrow and others."""

    def to_pandas(self) -> Any: ...


CatalogLike: TypeAlias = "Catalog | pd.DataFrame | ToPandas"

YOUR_DATA = "your data"
_DOUBTS = "doubts about the columns"
_SKIPPED = "rows that were skipped"
_UNUSABLE = "cells that could not be used"
_SUSPECT = "suspect prices"
# A column of False and "auto" comes out of a CSV file as texts.
_GATE = Kind(lambda value: {"False": False, "True": True}.get(str(value), as_gate(value)), "false or a text")

_ROUTE_KINDS = {
    "status": WORD, "task": WORD, "provider_id": TEXT, "context_length": COUNT, "price_input": AMOUNT,
    "price_output": AMOUNT, "is_free": FLAG, "supports_tools": FLAG, "supports_structured_output": FLAG,
    "first_token_latency_ms": AMOUNT, "throughput": AMOUNT, "is_model_author": FLAG, "retrieved_at": DAY_OR_TIME,
    "metrics_retrieved_at": DAY_OR_TIME, "source": WORD, "metrics_source": WORD,
}  # fmt: skip
_MODEL_KINDS = {
    "pipeline_tag": TEXT, "owned_by": TEXT, "created": ISO_TIME, "input_modalities": TEXTS, "output_modalities": TEXTS,
    "likes": COUNT, "downloads": COUNT, "trending_score": AMOUNT, "gated": _GATE, "inference": TEXT,
}  # fmt: skip
_KNOWN = {*ROUTE_COLUMNS, *MODEL_COLUMNS}


def _table(kinds: Mapping[str, Kind]) -> Fields:
    """The columns of one record; those of the other, and those that are computed, are known and of no use here."""
    return fields_of({**dict.fromkeys(_KNOWN), **{name: (name, kind) for name, kind in kinds.items()}})


_ROUTE, _MODEL = _table(_ROUTE_KINDS), _table(_MODEL_KINDS)


def catalog_of(thing: CatalogLike) -> Catalog:
    """What a widget takes as its catalogue, as one; a frame is copied.

    Raises
    ------
    TypeError
        It is neither a catalogue nor a frame; its content is not repeated in the message.
    ValueError
        A frame without the columns that are needed; the message names them.

    Examples
    --------
    >>> import pandas as pd
    >>> catalog_of(pd.DataFrame({"model": ["org/name"], "provider": ["groq"], "price_output": [0.4]}))
    Catalog(1 model, 1 route, source='your data', retrieved_at=None)
    """
    if isinstance(thing, Catalog):
        return thing
    if is_frame(thing):
        return Catalog.from_frame(thing)
    given = repr(thing) if isinstance(thing, str) else f"a {type(thing).__name__}"
    raise TypeError(
        f"catalog must be a Catalog, for example hfprov_widgets.load_catalog('sample'), or a DataFrame, not {given}. "
        "Catalog.from_models makes one of your own records."
    )


def is_frame(thing: object) -> bool:
    """Whether it is a DataFrame or can be made one; asked without importing pandas."""
    pandas = sys.modules.get("pandas")
    return (pandas is not None and isinstance(thing, pandas.DataFrame)) or callable(getattr(thing, "to_pandas", None))


def as_pandas(frame: Any) -> pd.DataFrame:
    """The frame itself, or what its ``to_pandas()`` gives.

    Raises
    ------
    TypeError
        It is no frame.
    """
    import pandas as pd

    made = frame if isinstance(frame, pd.DataFrame) else frame.to_pandas() if is_frame(frame) else None
    if not isinstance(made, pd.DataFrame):
        raise TypeError(f"a DataFrame is needed, or what has to_pandas() and gives one, not a {type(frame).__name__}")
    return made


def read_frame(frame: pd.DataFrame) -> tuple[ModelList, str | None]:
    """The models of a frame, with warnings, and the day or time as of which all its rows are.

    Raises
    ------
    ValueError
        Columns that are needed are missing or there twice.
    """
    names = [str(name) for name in frame.columns]
    notes = Notes()
    has_routes = _check_columns(names, notes)
    columns = [[_plain(cell) for cell in frame.iloc[:, at].tolist()] for at in range(len(names))]
    rows = (dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True))
    reading = _Reading(notes, has_routes, "status" not in names)
    models = reading.models(rows)
    times = [route.retrieved_at for model in models for route in model.routes]
    when = None if None in times else max((time for time in times if time), default=None)
    return ModelList(models, warnings=reading.notes.lines()), when


class _Draft(NamedTuple):
    """A model while its rows are read: what the first row says of it, and its routes by provider and task."""

    facts: dict[str, Any]
    routes: dict[tuple[str, str | None], Route]


class _Reading:
    """The reading of one frame: what it holds, and what was wrong in it."""

    def __init__(self, notes: Notes, has_routes: bool, taken_as_live: bool) -> None:
        self.notes = notes
        self._has_routes = has_routes
        self._taken_as_live = taken_as_live

    def models(self, rows: Iterable[dict[str, Any]]) -> list[Model]:
        """The models in the order of their first rows, each with its routes in theirs."""
        drafts: dict[str, _Draft] = {}
        for number, row in enumerate(rows, 1):
            if (model := as_text(row["model"])) is None:
                self.notes.add(_SKIPPED, f"row {number} names no model: skipped")
                continue
            if model not in drafts:
                drafts[model] = _Draft(self._model(row, model), {})
            if self._has_routes:
                self._add_route(row, number, model, drafts[model].routes)
        models = [Model(id, routes=tuple(draft.routes.values()), **draft.facts) for id, draft in drafts.items()]
        self._say_of_all(models)
        return models

    def _model(self, row: dict[str, Any], model: str) -> dict[str, Any]:
        # What is not known is kept with the route, where there is one.
        own = {name: cell for name, cell in row.items() if name in _MODEL_KINDS} if self._has_routes else row
        return self._read(own, _MODEL, f"model {model}")

    def _add_route(
        self, row: dict[str, Any], number: int, model: str, routes: dict[tuple[str, str | None], Route]
    ) -> None:
        if (provider := as_text(row["provider"])) is None:
            self.notes.add(_SKIPPED, f"row {number}, model {model}: it names no provider, so it is no route")
            return
        facts = self._read(row, _ROUTE, f"model {model}, provider {provider}")
        if self._taken_as_live:
            facts["status"] = "live"
        route = Route(model, provider, **facts)
        if routes.setdefault((provider, route.task), route) is not route:
            what = f"provider {provider} is listed more than once for {route.task or 'no task'}"
            self.notes.add(_SKIPPED, f"row {number}, model {model}: {what}: the later row was skipped")
            return
        for name in ("price_input", "price_output"):
            if suspect_price(price := getattr(route, name)):
                what = f"{name} of {price:g} USD per 1M tokens is suspect; it is kept as given"
                self.notes.add(_SUSPECT, f"model {model}, provider {provider}: {what}")

    def _read(self, row: dict[str, Any], fields: Fields, who: str) -> dict[str, Any]:
        facts, faults = SimpleNamespace(), list[str]()
        said = {name: cell for name, cell in row.items() if cell is not None}
        extra = read_fields(said, fields, facts, faults)
        for fault in faults:
            self.notes.add(_UNUSABLE, f"{who}: {fault}")
        return {**vars(facts), "extra": extra}

    def _say_of_all(self, models: Iterable[Model]) -> None:
        """What is not one row's fault."""
        routes = [route for model in models for route in model.routes]
        prices = [price for route in routes for price in (route.price_input, route.price_output) if price]
        if prices and all(suspect_price(price) and price < 1 for price in prices):
            self.notes.add(_DOUBTS, "all prices look like USD per token; here they are USD per 1M tokens")
        if routes and self._taken_as_live:
            self.notes.add(_DOUBTS, "there is no column status: every route is taken as live")
        if not self._has_routes:
            self.notes.add(_DOUBTS, "there is no column provider: these are models without routes")


def _check_columns(names: list[str], notes: Notes) -> bool:
    """Whether the frame is one of routes, and not of models alone; a name that may be misspelt is noted."""
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"the frame has more than one column {', '.join(map(repr, twice))}")
    missing = [name for name in ROUTE_COLUMNS if name not in names] + [n for n in MODEL_COLUMNS if n not in names]
    near = {name: close[0] for name in names if name not in _KNOWN and (close := _close(name, missing))}
    # Without a provider it is a frame of models, unless a column says that it was meant as one of routes.
    of_routes = "provider" in names or any(name in _ROUTE_KINDS for name in names) or "provider" in near.values()
    needed = ["model", "provider"] if of_routes else ["model"]
    if absent := [name for name in needed if name not in names]:
        hints = [f" Is {name!r} meant as {meant!r}?" for name, meant in near.items() if meant in absent]
        columns = f"column{'s' * (len(absent) > 1)} {' and '.join(map(repr, absent))}"
        raise ValueError(f"the frame needs the {columns}; it has {_listed(names)}.{''.join(hints)}")
    for name, meant in near.items():
        notes.add(_DOUBTS, f"the column {name!r} is not known here: is it meant as {meant!r}?")
    return of_routes


def _close(name: str, missing: list[str]) -> list[str]:
    return get_close_matches(name.lower(), missing, n=1, cutoff=0.76)


def _listed(names: list[str]) -> str:
    few = ", ".join(map(repr, names[:12])) or "no column"
    return f"{few} and {len(names) - 12} more" if len(names) > 12 else few


def _plain(cell: Any) -> Any:
    """A cell as a value of JSON, None where it is missing; lists and objects are copied.

    >>> import pandas as pd
    >>> _plain(pd.NA), _plain(float("nan")), _plain(" "), _plain(Decimal("0.4"))
    (None, None, None, 0.4)
    >>> _plain(pd.Timestamp("2026-10-10T10:00+02:00")), _plain(date(2026, 10, 10))
    ('2026-10-10T08:00:00Z', '2026-10-10')
    """
    if cell is None or type(cell) in (bool, int):
        return cell
    if isinstance(cell, str):
        return str(cell) if cell.strip() else None
    if isinstance(cell, Mapping):
        return {str(key): _plain(value) for key, value in cell.items()}
    if hasattr(cell, "tolist"):  # of numpy: an array, or a number of its own
        cell = cell.tolist()
    if isinstance(cell, (list, tuple)):
        return [_plain(value) for value in cell]
    return _plain_scalar(cell)


def _plain_scalar(cell: Any) -> Any:
    import pandas as pd

    if isinstance(cell, Decimal):  # before pandas, which stumbles over one sort of NaN
        return None if cell.is_nan() else float(cell)
    if pd.api.types.is_scalar(cell) and pd.isna(cell):
        return None
    if isinstance(cell, datetime):
        when = cell.astimezone(timezone.utc) if cell.tzinfo else cell.replace(tzinfo=timezone.utc)
        # A frame writes a day as its midnight; no time of ours is that exact by chance.
        return when.date().isoformat() if when.time() == time(0) else utc_text(when)
    return cell.isoformat() if isinstance(cell, date) else cell
