"""The cases that both languages must agree on, and records made from plain rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hfprov_widgets.data.records import Model, Route

FOLDER = Path(__file__).parents[1] / "golden"


def read(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def models_from(rows: list[dict[str, Any]]) -> list[Model]:
    """Models from rows as in catalogs.json: the fields of a model, and its routes inside."""
    return [_model(row) for row in rows]


def _model(row: dict[str, Any]) -> Model:
    fields = {name: tuple(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
    routes = tuple(Route(model=row["id"], **route) for route in fields.pop("routes", ()))
    return Model(routes=routes, **fields)
