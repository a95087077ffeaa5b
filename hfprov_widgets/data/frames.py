"""Records as pandas DataFrames with nullable dtypes; imported when a frame is asked for, and pandas with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from hfprov_widgets.data.columns import MODEL_COLUMNS, MODEL_NAMES, ROUTE_COLUMNS, ROUTE_NAMES, Column
from hfprov_widgets.data.ranking import blended
from hfprov_widgets.data.records import Model, Route

try:
    import pandas as pd
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "A DataFrame needs pandas, and it is not installed here. Install it: pip install pandas; in JupyterLite, where "
        "the site has it or a network is there, %pip install pandas. What needs none: catalog.records, "
        "to_markdown() and to_html().",
        name="pandas",
    ) from error

# A time known only to the day becomes midnight UTC in a frame; the record keeps the day as it was given.
_DTYPES = {
    "text": "string", "status": "string", "list": "object", "bool": "boolean", "price": "Float64", "blended": "Float64",
    "milliseconds": "Float64", "speed": "Float64", "tokens": "Int64", "count": "Int64", "time": "time",
}  # fmt: skip
_EXCEPTIONS = {"trending_score": "Float64", "gated": "object"}


def routes_frame(
    routes: Sequence[Route], names: Iterable[str] = ROUTE_NAMES, mix: Sequence[float] = (3, 1)
) -> pd.DataFrame:
    """One row per route, in the order given."""

    def getter(name: str) -> Callable[[Route], Any]:
        return (lambda route: blended(route, mix)) if name == "price_blended" else attrgetter(name)

    return _frame(routes, {name: (ROUTE_COLUMNS[name], getter(name)) for name in names})


def models_frame(models: Sequence[Model], names: Iterable[str] = MODEL_NAMES) -> pd.DataFrame:
    """One row per model, in the order given."""
    return _frame(models, {n: (MODEL_COLUMNS[n], attrgetter("id" if n == "model" else n)) for n in names})


def add_column(frame: pd.DataFrame, name: str, cells: Sequence[Any], dtype: str) -> None:
    """One more column, of a nullable dtype; whole numbers with gaps never pass through floats."""
    frame[name] = pd.Series(cells, dtype="object").astype(dtype)  # type: ignore[call-overload,unused-ignore]


def _frame(rows: Sequence[Any], columns: dict[str, tuple[Column, Callable[[Any], Any]]]) -> pd.DataFrame:
    cells = {name: _series(column, [get(row) for row in rows]) for name, (column, get) in columns.items()}
    frame: pd.DataFrame = pd.DataFrame(cells)
    return frame


def _series(column: Column, cells: list[Any]) -> pd.Series[Any]:
    series: pd.Series[Any] = pd.Series(cells, dtype="object")
    dtype = _EXCEPTIONS.get(column.name) or _DTYPES[column.kind]
    if dtype == "time":
        return pd.to_datetime(series, utc=True, format="ISO8601").dt.as_unit("us")  # type: ignore[no-any-return,unused-ignore]
    return series.astype(dtype)  # type: ignore[call-overload,no-any-return,unused-ignore]
