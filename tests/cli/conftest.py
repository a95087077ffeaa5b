"""What the tests of the shell commands share: a service that the environment names, and a shell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hfprov_widgets.cli.main import main
from hfprov_widgets.data.pace import Pace
from tests.service import Service, hub_model, mapping, offer, router_model

ROOT = Path(__file__).parents[2]
LLAMA = "meta-llama/Llama-3.3-70B-Instruct"
NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens there
SECRET = "hf_" + "s3cr3t" * 6


@pytest.fixture
def live(service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    """A service that the environment names; it knows a model with two routes, and one that nobody serves."""
    monkeypatch.setenv("HF_ENDPOINT", service.url)
    monkeypatch.setenv("HFPROV_ROUTER_URL", service.router_url)
    priced = offer("novita", pricing={"input": 1, "output": 2}, context_length=131072, throughput=40.5)
    service.router = [router_model("org/chat", offer("groq"), priced)]
    service.models = [
        hub_model("org/chat", mapping("novita"), mapping("groq", status="error"), likes=12345),
        hub_model("org/shy", mapping("groq"), likes=None, downloads=None, pipeline_tag=None),
        hub_model("org/alone"),
    ]
    return service


@pytest.fixture(autouse=True)
def no_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that fails is not asked again, so that the tests need not wait."""
    monkeypatch.setattr("hfprov_widgets.data.client.Pace", lambda: Pace(retries=0))


class Shell:
    """Runs a command in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *argv: str) -> tuple[int, str, str]:
        try:
            code = main(argv)
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *argv: str) -> tuple[int, dict[str, Any]]:
        """The exit code and the one document on stdout."""
        code, out, _ = self(*argv, "--json")
        return code, json.loads(out)


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


def process(*argv: str, stdout: Any = subprocess.PIPE, **more: Any) -> subprocess.Popen[str]:
    """The real command, in a process of its own."""
    command = [sys.executable, "-m", "hfprov_widgets", *argv]
    text = {"text": True, "encoding": "utf-8", "stderr": subprocess.PIPE, "stdout": stdout}
    return subprocess.Popen(command, cwd=ROOT, env=usual_environment(), **text, **more)


def usual_environment() -> dict[str, str]:
    """With a buffer, as in a user's shell: what is left in it can fail once more when the process ends."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]
