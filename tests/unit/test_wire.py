"""The bytes that cross to the browser: the page's own reader finds in them what the records hold."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hfprov_widgets import Catalog, Model, Route, load_catalog, wire

READER = Path(__file__).parents[2] / "js" / "test" / "read-wire.mjs"
COLUMNS = (
    "provider",
    "status",
    "task",
    "context_length",
    "price_input",
    "price_output",
    "supports_tools",
    "throughput",
    "source",
)


def read(data: bytes) -> dict[str, object]:
    """What js/src/lib/wire.js makes of the bytes, row by row."""
    reply = subprocess.run(["node", READER], input=data, capture_output=True, check=True)
    return json.loads(reply.stdout)  # type: ignore[no-any-return]


def rows(catalog: Catalog) -> dict[str, object]:
    def models(model: Model) -> list[object]:
        return [
            model.id,
            model.created,
            None if model.input_modalities is None else list(model.input_modalities),
            model.likes,
            model.gated,
        ]

    return {
        "source": catalog.source,
        "retrieved_at": catalog.retrieved_at,
        "dated_rows": catalog.dated_rows,
        "models": [models(model) for model in catalog.records],
        "routes": [[route.model, *(getattr(route, name) for name in COLUMNS)] for route in catalog.all_routes],
    }


def test_the_page_reads_every_bundled_catalogue() -> None:
    for name in ("sample", "documented", "tasks"):
        assert read(wire.encode(load_catalog(name))) == rows(load_catalog(name))


text = st.text(max_size=6)
route = st.fixed_dictionaries(
    {
        "provider": text,
        "status": st.none() | text,
        "price_input": st.none() | st.floats(0, 1e9),
        "context_length": st.none() | st.integers(0, 2**50),
        "supports_tools": st.none() | st.booleans(),
    }
)


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    models = draw(st.dictionaries(text, st.lists(route, max_size=3), max_size=5))
    records = [Model(id, routes=tuple(Route(id, **row) for row in rows)) for id, rows in models.items()]
    return Catalog.from_models(records, source="mine", retrieved_at=None)


@settings(max_examples=25, deadline=None)
@given(catalogs())
def test_any_catalogue_arrives_whole(catalog: Catalog) -> None:
    assert read(wire.encode(catalog)) == rows(catalog)


def test_columns_of_many_values_arrive_whole() -> None:
    """More than 255 and more than 65,535 distinct values: the wider integers."""
    for count in (300, 70_000):
        models = [Model(f"o/{n}", routes=(Route(f"o/{n}", "p", price_input=n / 7),)) for n in range(count)]
        catalog = Catalog.from_models(models, source="mine", retrieved_at=None)
        assert read(wire.encode(catalog)) == rows(catalog)


def test_a_catalogue_is_encoded_once() -> None:
    assert wire.encode(load_catalog("sample")) is wire.encode(load_catalog("sample"))
