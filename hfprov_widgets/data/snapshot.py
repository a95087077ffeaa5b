"""A catalogue in a file: JSON that a person can read, checked by its own digest, written all or nothing.

The file is one object: `format`, `schema`, `digest`, and the `catalog` that the digest covers (`source`,
`retrieved_at`, `dated_rows`, `warnings`, `models`, each with its `routes`). A field that is not known is left out. A
name that ends in ``.gz`` is compressed.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hfprov_widgets.data.files import write_whole
from hfprov_widgets.data.records import Model, Route

FORMAT = "hfprov-catalog"
SCHEMA = 1

_ROUTE_FIELDS = tuple(f.name for f in dataclasses.fields(Route) if f.name not in ("model", "extra", "shares_pair"))
_MODEL_FIELDS = tuple(f.name for f in dataclasses.fields(Model) if f.name not in ("routes", "extra"))


class SnapshotError(ValueError):
    """A snapshot file cannot be used: it is cut off, altered, or newer than this version understands."""


def dump_models(models: tuple[Model, ...]) -> list[dict[str, Any]]:
    """Models as plain JSON values; unknown fields are left out.

    >>> dump_models((Model("org/name", routes=(Route("org/name", "groq"),)),))
    [{'id': 'org/name', 'routes': [{'provider': 'groq'}]}]
    """
    return [
        {**_known(model, _MODEL_FIELDS), "routes": [_known(route, _ROUTE_FIELDS) for route in model.routes]}
        for model in models
    ]


def load_models(rows: list[dict[str, Any]]) -> tuple[Model, ...]:
    """The models of `dump_models`, as records again."""
    return tuple(_model(row) for row in rows)


def digest(catalog: Mapping[str, Any]) -> str:
    """``sha256:…`` over the canonical JSON of a catalogue's content."""
    text = json.dumps(catalog, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def write(path: str | os.PathLike[str], catalog: Mapping[str, Any]) -> None:
    """Write a snapshot; a reader sees the old file or the whole new one, never a part.

    Raises
    ------
    OSError
        The file cannot be written; what was there before is untouched.
    """
    document = {"format": FORMAT, "schema": SCHEMA, "digest": digest(catalog), "catalog": catalog}
    body = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    if Path(path).suffix == ".gz":
        body = gzip.compress(body, mtime=0)  # no time stamp: the same catalogue gives the same bytes
    write_whole(path, body)


def read(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The `catalog` object of a snapshot, after every check.

    Raises
    ------
    SnapshotError
        With the reason: not a snapshot, cut off, altered, or of a newer schema.
    FileNotFoundError
    """
    name = os.fspath(path)
    document = _document(name, Path(path).read_bytes())
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise SnapshotError(f"{name} is not a catalogue snapshot: its format is not {FORMAT!r}.")
    schema = document.get("schema")
    if type(schema) is not int or schema < 1:
        raise SnapshotError(f"{name} does not say its schema version as a whole number.")
    if schema > SCHEMA:
        raise SnapshotError(
            f"{name} has schema {schema}; this version reads up to {SCHEMA}. Upgrade hfprov_widgets to open it."
        )
    catalog = document.get("catalog")
    if not isinstance(catalog, dict) or document.get("digest") != digest(catalog):
        raise SnapshotError(f"{name} was altered after it was saved: its content does not match its digest.")
    return catalog


def _document(name: str, body: bytes) -> Any:
    try:
        if body[:2] == b"\x1f\x8b":
            body = gzip.decompress(body)
        return json.loads(body)
    except (EOFError, OSError, zlib.error) as error:
        raise SnapshotError(f"{name} is cut off or damaged: {error}.") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise SnapshotError(f"{name} is not complete JSON; it may be cut off ({error}).") from error


def _known(record: Model | Route, names: tuple[str, ...]) -> dict[str, Any]:
    row = {name: value for name in names if (value := getattr(record, name)) is not None}
    if record.extra:
        row["extra"] = dict(record.extra)
    if isinstance(record, Route) and record.shares_pair:
        row["shares_pair"] = True
    return row


def _model(row: dict[str, Any]) -> Model:
    values = dict(row)
    name = values["id"]
    routes = tuple(Route(model=name, **_only(route, _ROUTE_FIELDS)) for route in values.pop("routes", ()))
    values = _only(values, _MODEL_FIELDS)
    for key in ("input_modalities", "output_modalities"):
        if key in values:
            values[key] = tuple(values[key])
    return Model(routes=routes, **values)


def _only(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key in names or key in ("extra", "shares_pair")}
