"""Snapshot files: what is saved comes back, and what is damaged is refused with the reason."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfprov_widgets import Catalog, Model, Route, SnapshotError, load_catalog
from hfprov_widgets.data import snapshot

texts = st.text(max_size=8)
numbers = st.none() | st.floats(0, 1e15)
flags = st.none() | st.booleans()
routes = st.builds(
    Route, st.just("o/m"), texts, status=st.none() | texts, task=st.none() | texts,
    price_input=numbers, throughput=numbers, context_length=st.none() | st.integers(0, 2**50),
    is_free=flags, supports_tools=flags,
    extra=st.dictionaries(texts, st.none() | texts | st.integers()),
)  # fmt: skip
models = st.builds(
    Model, st.just("o/m"), likes=st.none() | st.integers(), gated=st.none() | st.booleans() | texts,
    input_modalities=st.none() | st.lists(texts).map(tuple),
    # An empty task is none: such routes have one id, and a catalogue takes the first.
    routes=st.lists(routes, max_size=4, unique_by=lambda route: (route.provider, route.task or None)).map(tuple),
)  # fmt: skip


@given(model=models, packed=st.booleans())
def test_what_is_saved_comes_back(model: Model, packed: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("snapshot") / ("a.json.gz" if packed else "a.json")
    catalog = Catalog.from_models([model], source="mine", retrieved_at="2026-11-23").with_warnings("doubtful")
    catalog.save(path)
    again = Catalog.open(path)
    assert again.records == catalog.records
    assert [route.extra for route in again.all_routes] == [route.extra for route in catalog.all_routes]
    assert (again.source, again.retrieved_at, again.warnings) == ("mine", "2026-11-23", ("doubtful",))
    assert again.digest == catalog.digest


def test_the_same_catalogue_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.json.gz", "b.json.gz"):
        load_catalog("sample").save(tmp_path / name)
    assert (tmp_path / "a.json.gz").read_bytes() == (tmp_path / "b.json.gz").read_bytes()


@pytest.mark.parametrize("suffix", ["json", "json.gz"])
def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    load_catalog("documented").save(path)
    whole = path.read_bytes()
    for length in range(0, len(whole) - 1, 97):
        path.write_bytes(whole[:length])
        with pytest.raises(SnapshotError, match=r"cut off|damaged"):
            load_catalog(path)
    assert path.read_bytes() == whole[:length], "a refused file is not touched"


def edited(path: Path, **changes: object) -> Path:
    document = json.loads(gzip.decompress((path).read_bytes())) | changes
    target = path.with_suffix("").with_suffix(".edited.json")
    target.write_text(json.dumps(document))
    return target


def test_an_altered_a_newer_and_a_foreign_file_are_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.json.gz"
    load_catalog("documented").save(path)
    content = json.loads(gzip.decompress(path.read_bytes()))["catalog"]
    content["models"][0]["routes"][0]["price_output"] = 0.01
    with pytest.raises(SnapshotError, match="altered"):
        Catalog.open(edited(path, catalog=content))
    with pytest.raises(SnapshotError, match=r"schema 2.*Upgrade"):
        Catalog.open(edited(path, schema=2))
    with pytest.raises(SnapshotError, match="not a catalogue snapshot"):
        Catalog.open(edited(path, format="something else"))
    with pytest.raises(SnapshotError, match="whole number"):
        Catalog.open(edited(path, schema="1"))
    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(SnapshotError, match="not a catalogue snapshot"):
        Catalog.open(tmp_path / "list.json")
    with pytest.raises(FileNotFoundError):
        load_catalog(tmp_path / "none.json")


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    load_catalog("documented").save(path)
    before = path.read_bytes()

    def full_disk(descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="no space"):
        load_catalog("sample").save(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize(
    "change",
    [{"models": {"a": 1}}, {"models": [{"id": "o/m", "routes": [{"provider": "p", "price_input": "1"}]}]},
     {"retrieved_at": 5}, {"retrieved_at": "<b>"}, {"source": 5}],
)  # fmt: skip
def test_content_of_the_wrong_kind_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    content = {"source": "mine", "retrieved_at": None, "dated_rows": False, "warnings": [], "models": []} | change
    snapshot.write(tmp_path / "a.json", content)
    with pytest.raises(SnapshotError, match="does not hold a catalogue"):
        Catalog.open(tmp_path / "a.json")


def test_a_file_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[" * 200_000)
    with pytest.raises(SnapshotError, match="not complete JSON"):
        Catalog.open(tmp_path / "a.json")
