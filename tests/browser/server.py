"""Starts a JupyterLab of its own for the tests: on loopback, with nothing of the user's configuration."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
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

    def add_kernel(self, name: str, environment: Mapping[str, str]) -> None:
        """A Python kernel with other environment variables than the tests' usual ones."""
        folder = self.home / "data" / "kernels" / name
        folder.mkdir(parents=True, exist_ok=True)
        spec = {
            "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": name,
            "language": "python",
            "env": dict(environment),
            "metadata": {"debugger": True},
        }
        (folder / "kernel.json").write_text(json.dumps(spec))


@contextmanager
def serve_lab(home: Path, *, settings: Mapping[str, Mapping[str, Any]] | None = None) -> Iterator[Server]:
    """Run JupyterLab until the block is left, or until this process is gone.

    Parameters
    ----------
    home : Path
        An empty folder for everything the server writes; its log is ``lab.log`` there.
    settings : mapping, optional
        JupyterLab settings by plugin, ``{"@scope/extension:plugin": {...}}``.
    """
    root = home / "notebooks"
    root.mkdir(parents=True)
    _write_settings(home / "settings", {**SETTINGS, **(settings or {})})
    port = _free_port()
    server = Server(f"http://127.0.0.1:{port}", root, home)
    lab = [
        *(sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--expose-app-in-browser"),
        *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        *("--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"),
        *("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"),
        *("--LabApp.extension_manager=readonly", f"--ServerApp.root_dir={root}"),
    ]
    with (home / "lab.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(WATCHDOG), *lab],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=_environment(home),
        )
        try:
            _wait_until_up(server, process)
            yield server
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)


def _environment(home: Path) -> dict[str, str]:
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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_up(server: Server, process: subprocess.Popen[bytes], timeout: float = 90) -> None:
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.base}/api", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    log = (server.home / "lab.log").read_text(errors="replace")
    raise RuntimeError(f"JupyterLab did not start; the end of its log:\n{log[-3000:]}")
