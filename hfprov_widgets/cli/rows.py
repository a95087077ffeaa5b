"""Records as JSON objects: the column names of the frames, and null for what is not known."""

from __future__ import annotations

from typing import Any

from hfprov_widgets.data.columns import MODEL_COLUMNS, ROUTE_NAMES, Mix
from hfprov_widgets.data.ranking import blended
from hfprov_widgets.data.records import Model, Route


def route_row(route: Route, mix: Mix | None = None) -> dict[str, Any]:
    """All columns of a route; with a mix also what that costs, ``price_blended``.

    >>> row = route_row(Route("org/name", "groq", price_input=0.5, price_output=1.5), (3, 1))
    >>> row["price_blended"], row["throughput"]
    (0.75, None)
    """
    row = {name: getattr(route, name) for name in ROUTE_NAMES}
    return row if mix is None else {**row, "price_blended": blended(route, mix)}


def model_row(model: Model) -> dict[str, Any]:
    """All columns of a model, and its routes.

    >>> row = model_row(Model("org/name"))
    >>> row["model"], row["likes"], row["routes"]
    ('org/name', None, [])
    """
    facts = {name: getattr(model, "id" if name == "model" else name) for name in MODEL_COLUMNS}
    return {**facts, "routes": [route_row(route) for route in model.routes]}
