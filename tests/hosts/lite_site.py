"""A JupyterLite site with our package in it, made from what the package registries have: no network when it is opened.

`fetch` brings what the site is made of into the environment, once; `build` makes the site anew, with a wheel of the
package as it is now. JupyterLite has an environment of its own: in JupyterLab's its kernel would break JupyterLab.
The npm package of Pyodide brings Python and the list of packages built for it, but none of these. So there is no
pandas, as there is none in a class room without a network.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import nbformat
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PYODIDE = ROOT / "js" / "node_modules" / "pyodide"
LITE = Path(sys.prefix) / "lite"
WHEELS = LITE / "wheels"

# What is compiled would have to be compiled for Pyodide, and that no registry has.
FOR_ANY_MACHINE = ("--implementation", "py", "--abi", "none", "--platform", "any", "--only-binary=:all:")

KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "exposeAppInBrowser": True,
        "litePluginSettings": {KERNEL: {"disablePyPIFallback": True}},
    },
}


def fetch() -> None:
    """Bring the wheels of all that our package asks for in Pyodide, and of what these ask for, into the environment."""
    wanted = [Requirement(line) for line in requires("hfprov-widgets") or []]
    pyodide = {"sys_platform": "emscripten", "extra": ""}
    needed = [f"{it.name}{it.specifier}" for it in wanted if it.marker is None or it.marker.evaluate(pyodide)]
    shutil.rmtree(WHEELS, ignore_errors=True)
    download(WHEELS / "packages", needed)
    # The one package that Pyodide takes from its own list before it can install others.
    download(WHEELS / "pyodide", [f"micropip=={pyodide_lock()['packages']['micropip']['version']}"])


def download(folder: Path, requirements: Sequence[str]) -> None:
    """Wheels of these and of all they require."""
    python = ".".join(pyodide_lock()["info"]["python"].split(".")[:2])
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(folder)]
    subprocess.run([*command, "--python-version", python, *FOR_ANY_MACHINE, *requirements], check=True)


def build(folder: Path, cells: Sequence[str]) -> Path:
    """Make the site.

    Parameters
    ----------
    folder : Path
        An empty folder to work in.
    cells : sequence of str
        The code cells of the notebook ``lesson.ipynb``.

    Returns
    -------
    Path
        The folder to be served.
    """
    wheels = folder / "wheels"
    shutil.copytree(WHEELS / "packages", wheels)
    make = f"import hatchling.build as build; build.build_wheel({str(wheels)!r})"
    subprocess.run([sys.executable, "-c", make], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    write_notebook(folder / "content" / "lesson.ipynb", cells)
    (folder / "jupyter-lite.json").write_text(json.dumps(SETTINGS))
    copy_pyodide(folder / "static" / "pyodide")
    command = [str(LITE / "bin" / "python"), "-m", "jupyter", "lite", "build", "--no-sourcemaps"]
    folders = ["--contents", "content", "--piplite-wheels", "wheels", "--output-dir", "site"]
    subprocess.run([*command, *folders], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / "site"


def write_notebook(path: Path, cells: Sequence[str]) -> None:
    """A notebook of code cells for the kernel that such a site has."""
    path.parent.mkdir(parents=True)
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in cells]
    notebook.metadata["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    nbformat.write(notebook, path)


def copy_pyodide(folder: Path) -> None:
    """Pyodide, with a list of packages that names what is there and nothing else."""
    shutil.copytree(PYODIDE, folder, ignore=shutil.ignore_patterns("*.map", "*.ts", "*.html", "*.md"))
    (wheel,) = (WHEELS / "pyodide").glob("micropip-*.whl")
    shutil.copy(wheel, folder)
    lock = pyodide_lock()
    entry = {**lock["packages"]["micropip"], "file_name": wheel.name}
    entry["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "pyodide-lock.json").write_text(json.dumps({**lock, "packages": {"micropip": entry}}))


def pyodide_lock() -> dict[str, Any]:
    """What this Pyodide is, and which packages were built for it."""
    lock: dict[str, Any] = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    return lock


if __name__ == "__main__":
    fetch()
