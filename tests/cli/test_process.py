"""The real command in a process of its own: pipes, Ctrl-C, help."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hfprov_widgets.cli import exits
from hfprov_widgets.cli.exits import Exit
from tests.cli.conftest import LLAMA, ROOT, process, rows
from tests.service import Fault, Service


def test_models_in_a_process(live: Service) -> None:
    ended = process("models", "chat", "--sort", "likes", "--limit", "5")
    out, err = ended.communicate(timeout=60)
    assert (ended.returncode, err) == (0, "")
    assert rows(out)[-1] == ["org/chat", "text-generation", "2", "12.3k", "100"]
    assert {name: live.seen[0].query[name] for name in ("search", "sort", "limit", "inference_provider")} == {
        "search": ["chat"],
        "sort": ["likes"],
        "limit": ["5"],
        "inference_provider": ["all"],
    }


def test_a_script_branches_on_the_status_of_a_model(live: Service) -> None:
    codes = {}
    for name in ("org/chat", "org/alone", "org/nowhere"):
        ended = process("status", name)
        _, err = ended.communicate(timeout=60)
        codes[name] = ended.returncode
        assert "Traceback" not in err
    assert codes == {"org/chat": 0, "org/alone": 1, "org/nowhere": 3}


def test_a_reader_that_leaves_is_no_fault() -> None:
    ended = process("providers", LLAMA, "--source", "sample")
    assert ended.stdout
    assert ended.stderr
    ended.stdout.close()  # long before the first byte
    assert ended.stderr.read() == ""
    assert ended.wait(60) == 0
    ended.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_quietly(live: Service) -> None:
    live.faults.append(Fault(hang=True))
    ended = process("models", preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    until = time.monotonic() + 60
    while not live.seen and time.monotonic() < until:
        time.sleep(0.02)
    ended.send_signal(signal.SIGINT)
    assert ended.communicate(timeout=60) == ("", "")
    assert ended.returncode == 130


def test_an_output_that_lacks_the_dash_gets_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    out, err = process("providers", LLAMA, "--source", "sample").communicate(timeout=60)
    assert r"\u2014 means not published" in out
    assert err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_answer_that_cannot_be_written() -> None:
    with open("/dev/full", "w") as full:
        ended = process("providers", LLAMA, "--source", "sample", stdout=full)
        _, err = ended.communicate(timeout=60)
    assert (ended.returncode, err) == (6, "the answer cannot be written: No space left on device\n")


def test_help_needs_no_client_and_tells_the_exit_codes() -> None:
    code = "import sys; from hfprov_widgets.cli.main import main\ntry: main(['--help'])\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"requests", "pandas", "anywidget", "starlette", "uvicorn"} & set(done.stdout.split())
    for command in ("models", "providers", "status", "snapshot", "serve"):
        assert f"    {command}" in done.stdout
    for code_number in Exit:
        assert f"\n{code_number.value} " in done.stdout
        assert f"\n{code_number.value} " in (exits.__doc__ or "")
