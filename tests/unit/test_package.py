"""What is in the packages: the built front-end, the samples, the types, and nothing over its size."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WIDGETS = ("picker", "table", "chart", "planner", "snippet", "explorer")
NEEDED = {
    *(f"hfprov_widgets/static/{name}.{kind}" for name in (*WIDGETS, "page") for kind in ("js", "css")),
    *(f"hfprov_widgets/samples/{name}.json.gz" for name in ("sample", "documented", "tasks")),
    "hfprov_widgets/data/columns.json",
    "hfprov_widgets/data/snippets.json",
    "hfprov_widgets/data/credit.json",
    "hfprov_widgets/py.typed",
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for kind in ("wheel", "sdist"):
        build = f"import hatchling.build as b; b.build_{kind}({str(folder)!r})"
        subprocess.run([sys.executable, "-c", build], cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_wheel_has_all_that_is_needed_and_no_more(packages: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names >= NEEDED
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"hfprov_widgets"}


def test_the_sdist_has_the_built_front_end_and_its_sources(packages: Path) -> None:
    (sdist,) = packages.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= NEEDED | {"js/src/widgets/picker.js", "js/package-lock.json", "LICENSE", "README.md"}
    assert not [name for name in names if "node_modules" in name]


@pytest.mark.parametrize("name", [f"{widget}.js" for widget in WIDGETS])
def test_a_bundle_is_small_and_asks_for_nothing(name: str) -> None:
    bundle = (ROOT / "hfprov_widgets" / "static" / name).read_text()
    assert len(bundle.encode()) <= (160_000 if name == "explorer.js" else 100_000)
    for forbidden in ("import(", "eval(", "new Function", "fetch(", "XMLHttpRequest"):
        assert forbidden not in bundle, forbidden


def test_the_lock_file_holds_no_download_addresses() -> None:
    assert '"resolved"' not in (ROOT / "js" / "package-lock.json").read_text()
