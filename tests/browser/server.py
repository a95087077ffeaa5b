"""Starts servers for the tests, JupyterLab above all: on loopback, with nothing of the user's configuration."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WATCHDOG = Path(__file__).with_name("watchdog.py")

# No news, no update checks: nothing the tests did not ask for.
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}

# Whoever runs the tests may have these set; in the tests they decide what is tested.
NOT_INHERITED = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_ENDPOINT", "HFPROV_ROUTER_URL", "HF_HUB_OFFLINE")


@dataclass(frozen=True)
class Server:
    """A running JupyterLab: its address, the folder it serves, and the folder its state is in."""

    base: str
    root: Path
    home: Path

    def add_kernel(self, name: str, environment: Mapping[str, str], python: str = sys.executable) -> None:
        """A Python kernel with other environment variables than the tests' usual ones, or of another environment."""
        folder = self.home / "data" / "kernels" / name
        folder.mkdir(parents=True, exist_ok=True)
        # In all else it is that Python's own kernel: its spec also decides how the server speaks to it.
        usual = Path(python).parents[1] / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"
        spec = json.loads(usual.read_text())
        spec["argv"] = [python, *spec["argv"][1:]]
        spec |= {"display_name": name, "env": dict(environment)}
        (folder / "kernel.json").write_text(json.dumps(spec))


@contextmanager
def serve_lab(
    home: Path, *, settings: Mapping[str, Mapping[str, Any]] | None = None, app: str = "lab"
) -> Iterator[Server]:
    """Run JupyterLab until the block is left, or until this process is gone.

    Parameters
    ----------
    home : Path
        An empty folder for everything the server writes; its log is ``server.log`` there.
    settings : mapping, optional
        JupyterLab settings by plugin, ``{"@scope/extension:plugin": {...}}``.
    app : str
        ``"notebook"`` runs Notebook 7, which is made of the same parts.
    """
    settings_of = {"lab": "LabApp", "notebook": "JupyterNotebookApp"}[app]
    root = home / "notebooks"
    root.mkdir(parents=True)
    _write_settings(home / "settings", {**SETTINGS, **(settings or {})})
    port = free_port()
    server = Server(f"http://127.0.0.1:{port}", root, home)
    options = [
        *("--no-browser", "--allow-root", "--expose-app-in-browser"),
        *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        *("--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"),
        *(f"--{settings_of}.news_url=None", f"--{settings_of}.extension_manager=readonly"),
        *(f"--{settings_of}.check_for_updates_class=jupyterlab.NeverCheckForUpdate", f"--ServerApp.root_dir={root}"),
    ]
    with serve([sys.executable, "-m", "jupyter", app, *options], home, f"{server.base}/api"):
        yield server


@contextmanager
def serve(command: Sequence[str], home: Path, ready: str) -> Iterator[None]:
    """Run a server until the block is left, or until this process is gone.

    Parameters
    ----------
    command : sequence of str
        A program and its arguments.
    home : Path
        The folder for everything the server writes, and its working directory; its log is ``server.log`` there.
    ready : str
        An address that it answers when it is up.
    """
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(WATCHDOG), *command],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment(home),
            cwd=home,
        )
        try:
            _wait_until_up(process, home, ready)
            yield
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)


def free_port() -> int:
    """A port on loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(home: Path) -> dict[str, str]:
    """Variables that keep the programs of a test away from the user's own configuration, token and cache."""
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    own = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
        "HF_HOME": home / "hf",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_STATE_HOME": home / "state",
    }
    return {
        **inherited,
        **{name: str(path) for name, path in own.items()},
        "HF_HUB_OFFLINE": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _write_settings(folder: Path, settings: Mapping[str, Mapping[str, Any]]) -> None:
    for key, value in settings.items():
        extension, plugin = key.split(":")
        file = folder / extension / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value))


def _wait_until_up(process: subprocess.Popen[bytes], home: Path, ready: str, timeout: float = 90) -> None:
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(ready, timeout=2):
                return
        except urllib.error.HTTPError:  # an answer too
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    log = (home / "server.log").read_text(errors="replace")
    raise RuntimeError(f"the server did not start; the end of its log:\n{log[-3000:]}")
