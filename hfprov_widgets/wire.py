"""A catalogue as the bytes that cross to the browser.

Every column is its distinct values and one small integer per row (0 is unknown), so a model's id, a provider or a date
crosses once. The bytes are: the header's length (uint32, little-endian), the header (JSON: schema, source, time, and
for each column its values, and where and how wide its integers are), then the integers, each column starting at a
multiple of 4.
`js/src/lib/wire.js` reads them.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any
from weakref import WeakKeyDictionary

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import MODEL_COLUMNS, ROUTE_COLUMNS

SCHEMA = 1

# Both counts are derived from the routes, the blended price from the mix; the page computes them itself.
_MODEL_NAMES = [name for name in MODEL_COLUMNS if name not in ("model", "n_routes", "n_providers")]
_ROUTE_NAMES = [name for name in ROUTE_COLUMNS if name not in ("model", "price_blended")]

_encoded: WeakKeyDictionary[Catalog, bytes] = WeakKeyDictionary()


def encode(catalog: Catalog) -> bytes:
    """The bytes of a catalogue; made once per catalogue.

    >>> from hfprov_widgets.data.load import load_catalog
    >>> len(encode(load_catalog("sample"))) < 20_000
    True
    """
    if catalog not in _encoded:
        _encoded[catalog] = _encode(catalog)
    return _encoded[catalog]


def _encode(catalog: Catalog) -> bytes:
    models, routes = catalog.records, catalog.all_routes
    body = bytearray()
    ids = [model.id for model in models]
    position = {id: row + 1 for row, id in enumerate(ids)}
    model_columns = {"model": {"values": [None, *ids]}} | _columns(models, _MODEL_NAMES, body)
    owner = _codes((position[route.model] for route in routes), len(ids), body)
    names = [*_ROUTE_NAMES, "shares_pair"] if any(route.shares_pair for route in routes) else _ROUTE_NAMES
    route_columns = {"model": owner} | _columns(routes, names, body)
    header = {
        "schema": SCHEMA,
        "source": catalog.source,
        "retrieved_at": catalog.retrieved_at,
        "dated_rows": catalog.dated_rows,
        "models": {"length": len(models), "columns": model_columns},
        "routes": {"length": len(routes), "columns": route_columns},
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    return len(text).to_bytes(4, "little") + text + bytes(body)


def _columns(rows: Sequence[Any], names: Iterable[str], body: bytearray) -> dict[str, Any]:
    """The columns of which anything is known."""
    columns = {}
    for name in names:
        cells = list(map(attrgetter(name), rows))
        distinct = dict.fromkeys(cells)
        codes = {None: 0}
        for cell in distinct:
            codes.setdefault(cell, len(codes))
        if len(codes) > 1:
            numbers = [1] * len(cells) if len(distinct) == 1 else map(codes.__getitem__, cells)
            columns[name] = {"values": list(codes), **_codes(numbers, len(codes) - 1, body)}
    return columns


def _codes(codes: Iterable[int], largest: int, body: bytearray) -> dict[str, int]:
    """Append the integers to the body in the narrowest type that holds them; where they are and how wide."""
    width, kind = (1, "B") if largest < 0x100 else (2, "H") if largest < 0x10000 else (4, "I")
    numbers = array(kind, codes)
    if sys.byteorder == "big":
        numbers.byteswap()
    offset = len(body)
    body += numbers.tobytes()
    body += bytes(-len(body) % 4)
    return {"offset": offset, "width": width}
