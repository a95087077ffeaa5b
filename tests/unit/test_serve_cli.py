"""The command ``serve``: what it prints, that what it prints works, and how it ends."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from hfprov_widgets import load_catalog
from hfprov_widgets.serve import cli

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nothing_runs_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """It only says that it would: else a test that is to fail would serve for ever."""
    monkeypatch.setattr(cli, "_run", lambda app, listener, announce: announce())


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    return cli.run(parser.parse_args(arguments))


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "hfprov_widgets", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env={**os.environ, **environment},
    )


def printed_lines(process: subprocess.Popen[str]) -> list[str]:
    """All that it prints when it starts; the last line says how it ends."""
    assert process.stdout is not None
    timer = threading.Timer(30, process.kill)  # one that prints nothing is not waited for
    timer.start()
    lines: list[str] = []
    while not lines or not lines[-1].startswith("Ctrl-C"):
        line = process.stdout.readline()
        assert line, f"it ended: {process.communicate()}"
        lines.append(line.rstrip("\n"))
    timer.cancel()
    return lines


def test_what_it_prints_works_in_a_notebook_and_ctrl_c_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with start() as process:
        lines = printed_lines(process)
        assert lines[0] == "hfprov_widgets serves sample of 2026-10-10: 126 models, 287 routes."
        variables = dict(line.split("=", 1) for line in lines if line.startswith("HF"))
        assert list(variables) == ["HF_ENDPOINT", "HFPROV_ROUTER_URL", "HF_HUB_DISABLE_IMPLICIT_TOKEN"]
        assert variables["HF_ENDPOINT"].startswith("http://127.0.0.1:")
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert len(load_catalog("live").all_routes) == 287
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=20) == ("", "")
        assert process.returncode == 0


def test_it_serves_the_snapshot_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_catalog("sample").select(provider="groq").save(tmp_path / "lesson.json.gz")
    with start(str(tmp_path / "lesson.json.gz")) as process:
        try:
            lines = printed_lines(process)
            monkeypatch.setenv("HFPROV_ROUTER_URL", lines[5].partition("=")[2])
            monkeypatch.setenv("HF_ENDPOINT", lines[4].partition("=")[2])
            assert {route.provider for route in load_catalog("live").all_routes} == {"groq"}
        finally:
            process.terminate()


def test_in_front_of_the_services_it_says_which(service: Any) -> None:
    lines_of = {"HF_ENDPOINT": service.url, "HFPROV_ROUTER_URL": service.router_url}
    with start("documented", "--upstream", **lines_of) as process:
        try:
            [first, *_] = printed_lines(process)
            assert first.startswith(f"hfprov_widgets serves the answers of {service.url} and {service.router_url}")
            assert "while they cannot be reached, documented of 2026-05-12" in first
        finally:
            process.terminate()


# --- where it cannot start ---


def test_a_port_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run("--port", str(port)) == 2
    out, err = capsys.readouterr()
    assert (out, err) == (
        "",
        f"hfprov_widgets serve: port {port} is in use; give another with --port, or --port 0 for any.\n",
    )


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host"])
def test_an_address_that_is_not_ours(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--host", host, "--port", "0") == 2
    assert f"cannot listen on {host}" in capsys.readouterr().err


def test_snapshots_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sampel") == 2
    assert (
        "there is no file 'sampel'; give a snapshot file or one of sample, documented, tasks" in capsys.readouterr().err
    )
    load_catalog("documented").save(tmp_path / "cut.json")
    (tmp_path / "cut.json").write_bytes((tmp_path / "cut.json").read_bytes()[:90])
    assert run(str(tmp_path / "cut.json")) == 2
    assert "not complete JSON" in capsys.readouterr().err
    assert run(str(tmp_path)) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert run("live") == 2, "what is served is what is in the file, not what some other place says at the start"


@pytest.mark.parametrize("port", ["-1", "65536", "http", "1e3"])
def test_what_is_no_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(f"--port={port}")
    assert caught.value.code == 2
    assert "is no port: 0 to 65535" in capsys.readouterr().err


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert run() == 2
    assert "pip install starlette uvicorn" in capsys.readouterr().err


def test_the_arguments_need_no_extra_and_little_time() -> None:
    code = "import sys, hfprov_widgets.serve.cli; print(sorted({'starlette', 'uvicorn', 'pandas'} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize("name", ["HF_ENDPOINT", "HFPROV_ROUTER_URL"])
def test_it_does_not_ask_itself(
    host: str, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv(name, f"http://{host}:{port}")
    assert run("--upstream", "--port", str(port)) == 2
    assert f"would ask this service itself, at http://{host}:{port}; unset {name}" in capsys.readouterr().err
    monkeypatch.setenv(name, "not an address")
    assert run("--upstream", "--port", "0") == 2
    assert f"{name} must look like" in capsys.readouterr().err


# --- beyond this machine ---


def test_for_a_room_it_prints_the_machines_address_and_says_who_can_use_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listening = cli._listening
    monkeypatch.setattr(cli, "_listening", lambda host, port: listening("127.0.0.1", port))
    monkeypatch.setattr(cli, "_own_address", lambda: "192.0.2.55")
    assert run("--host", "0.0.0.0", "--port", "0") == 0
    out, err = capsys.readouterr()
    assert "\nHF_ENDPOINT=http://192.0.2.55:" in out
    assert "everybody in this network" in err
    assert run("--port", "0") == 0
    assert capsys.readouterr().err == ""


def test_in_front_of_itself_in_a_room(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    listening = cli._listening
    monkeypatch.setattr(cli, "_listening", lambda host, port: listening("127.0.0.1", port))
    monkeypatch.setattr(cli, "_own_address", lambda: "192.0.2.55")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("HF_ENDPOINT", f"http://192.0.2.55:{port}")
    assert run("--upstream", "--host", "0.0.0.0", "--port", str(port)) == 2
    assert "would ask this service itself" in capsys.readouterr().err


def test_an_answer_is_not_held_back() -> None:
    """Head and body go out one after the other; without this the second waits 40 ms for the first's receipt."""
    with cli._listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_an_upstream_that_cannot_be_reached_is_said_at_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("HFPROV_ROUTER_URL", "http://127.0.0.1:9/v1")
    assert run("--upstream", "--port", "0") == 0
    assert "Warning: the router cannot be read now" in capsys.readouterr().err
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert run("--upstream", "--port", "0") == 2
    assert "HF_HUB_OFFLINE forbids" in capsys.readouterr().err
