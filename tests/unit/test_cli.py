"""The commands in a shell: what they write where, and the exit code that a script sees."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from hfprov_widgets import Catalog, __version__
from hfprov_widgets.cli import exits
from hfprov_widgets.cli.exits import Exit
from hfprov_widgets.cli.main import main
from hfprov_widgets.data.frames import MODEL_NAMES, ROUTE_NAMES
from hfprov_widgets.data.pace import Pace
from tests.service import Fault, Service, hub_model, limited, mapping, offer, router_model

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


# --- the real command ---


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


# --- models ---


def test_models_as_json(shell: Shell, live: Service) -> None:
    code, document = shell.json("models")
    assert code == 0
    chat, shy = document["models"]
    assert list(chat) == [*MODEL_NAMES, "routes"]
    assert list(chat["routes"][0]) == list(ROUTE_NAMES)
    assert (chat["model"], chat["likes"], chat["n_providers"]) == ("org/chat", 12345, 2)
    assert (shy["likes"], shy["downloads"], shy["pipeline_tag"]) == (None, None, None)
    assert shy["routes"][0]["price_output"] is None
    assert document["warnings"] == []


def test_unknown_shows_as_a_dash_and_never_as_zero(shell: Shell, live: Service) -> None:
    live.models.append(hub_model("org/warm", mapping("groq"), inferenceProviderMapping=None))
    live.faults.append(Fault(status=200, body=json.dumps(live.models).encode()))
    _, out, _ = shell("models")
    found = {row[0]: row[1:] for row in rows(out) if row}
    assert found["org/shy"] == ["—", "1", "—", "—"]
    assert found["org/warm"][1] == "—", "served by we know not whom"
    assert found["org/alone"][1] == "0"


def test_filters_of_models(shell: Shell, live: Service) -> None:
    shell("models", "--provider", "groq", "--provider", "novita", "--task", "text-generation", "--author", "org")
    query = live.seen[0].query
    assert (query["inference_provider"], query["pipeline_tag"], query["author"], query["limit"]) == (
        ["groq,novita"],
        ["text-generation"],
        ["org"],
        ["20"],
    )


def test_no_model_is_an_answer(shell: Shell, live: Service) -> None:
    assert shell("models", "nothing-like-it") == (1, "", "No model matches.\n")
    assert shell.json("models", "nothing-like-it") == (1, {"models": [], "warnings": []})


def test_numbers_stand_right_and_units_once(shell: Shell, live: Service) -> None:
    live.models[1]["downloads"] = 1_500_000
    _, out, _ = shell("models")
    lines = out.splitlines()
    assert "Downloads: 30 days." in lines[0]
    chat, shy = lines[-2:]
    assert len(chat) == len(shy)
    assert chat.endswith("    100")
    assert shy.endswith("1.5M")


def test_warnings_go_to_stderr_or_into_the_document(shell: Shell, live: Service) -> None:
    live.models[0]["createdAt"] = "bad"
    line = "model org/chat: createdAt is 'bad', not a time in ISO 8601: unknown"
    assert shell("models")[2] == f"warning: {line}\n"
    assert shell.json("models")[1]["warnings"] == [line]


# --- providers ---


def test_providers_of_a_model(shell: Shell) -> None:
    code, out, err = shell("providers", "deepseek-ai/DeepSeek-V4-Pro", "--source", "documented")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    assert out.count("$ / 1M tokens") == 1
    assert "My mix is 3 : 1" in out
    order = ["novita", "deepinfra", "together", "fireworks-ai", "featherless-ai"]
    table = rows(out)
    assert [row[0] for row in table[-7:-2]] == order
    assert table[-7] == ["novita", "live", "1.69", "3.38", "2.11", "1,490", "25", "1.05M", "yes", "no", "no"]
    assert table[-3] == ["featherless-ai", "live", "—", "—", "—", "—", "—", "—", "—", "—", "no"]
    assert lines[-1].startswith("Source: documented, 2026-05-12, ")
    assert lines[-1].endswith(" ago. — means not published.")


def test_a_mix_is_a_ratio_or_the_tokens_of_a_call(shell: Shell) -> None:
    model = ("providers", "deepseek-ai/DeepSeek-V4-Pro", "--source", "documented")
    for given, said in ((("--mix", "0:1"), "0 : 1"), (("--tokens", "600,300"), "600 : 300")):
        assert f"My mix is {said}, input to output" in shell(*model, *given)[1].replace("\n", " ")
    _, document = shell.json(*model, "--mix", "0:1")
    assert document["mix"] == [0, 1]
    assert document["routes"][0]["price_blended"] == document["routes"][0]["price_output"] == 3.38


def test_providers_as_json(shell: Shell) -> None:
    code, document = shell.json("providers", "deepseek-ai/DeepSeek-V4-Pro", "--source", "documented")
    assert (code, document["source"], document["retrieved_at"]) == (0, "documented", "2026-05-12")
    assert list(document["routes"][0]) == [*ROUTE_NAMES, "price_blended"]
    last = document["routes"][-1]
    assert (last["price_input"], last["price_blended"], last["supports_tools"], last["throughput"]) == (None,) * 4


def test_auto_says_what_it_shows(shell: Shell, live: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = shell("providers", "org/chat")
    assert (code, err) == (0, "")
    assert [row[0] for row in rows(out)[-4:-2]] == ["novita", "groq"]
    assert "Source: router, 20" in out
    monkeypatch.setenv("HFPROV_ROUTER_URL", f"{NOBODY}/v1")
    code, out, err = shell("providers", LLAMA)
    assert code == 0
    assert "Source: sample, 2026-10-10" in out
    assert err.startswith("warning: the live services could not be read: ")
    assert err.count("\n") == 1


def test_a_model_that_the_catalogue_lacks(shell: Shell) -> None:
    code, out, err = shell("providers", "meta-lama/Llama-3.3-70B-Instuct", "--source", "sample")
    assert (code, out) == (3, "")
    assert f"Near names: {LLAMA}" in err
    code, document = shell.json("providers", "meta-lama/Llama-3.3-70B-Instuct", "--source", "sample")
    assert (code, document["error"]["type"], document["error"]["near"][0]) == (3, "ModelNotFound", LLAMA)


def test_a_model_without_routes(shell: Shell, live: Service) -> None:
    live.router, live.models = [router_model("org/chat"), router_model("org/other", offer("groq"))], []
    code, out, err = shell("providers", "org/chat", "--source", "live")
    assert (code, out) == (1, "")
    assert err.startswith("No provider serves org/chat (router, 20")
    assert shell.json("providers", "org/chat", "--source", "live")[1]["routes"] == []


def test_what_has_to_be_said_of_a_price_and_of_a_day(shell: Shell, live: Service) -> None:
    live.router = [router_model("org/chat", offer("novita", pricing={"input": 0, "output": 0}), offer("groq"))]
    _, out, _ = shell("providers", "org/chat", "--source", "live")
    [novita] = [line for line in out.splitlines() if line.startswith("novita")]
    assert "0.00" in novita
    assert novita.endswith("listed at zero")
    _, out, _ = shell("providers", "black-forest-labs/FLUX.1-dev", "--source", "tasks")
    assert " seen 202" in out
    assert "text-to-image" in out
    assert "$" not in out, "no price is known, so no unit stands there"


# --- status ---


def test_status_of_a_model(shell: Shell, live: Service) -> None:
    code, out, _ = shell("status", "org/chat")
    assert code == 0
    assert out.splitlines()[0] == "org/chat: warm"
    assert rows(out)[-2:] == [["novita", "live", "conversational"], ["groq", "error", "conversational"]]
    code, document = shell.json("status", "org/chat")
    assert (document["model"], document["inference"]) == ("org/chat", "warm")
    assert list(document["routes"][0]) == list(ROUTE_NAMES)
    assert shell("status", "org/alone")[:2] == (1, "org/alone: not served\n")
    assert shell.json("status", "org/alone") == (
        1,
        {"model": "org/alone", "inference": None, "routes": [], "warnings": []},
    )


def test_status_of_the_services(shell: Shell, live: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", SECRET)
    live.token = SECRET
    code, out, err = shell("status")
    assert (code, err) == (0, "")
    assert f"{live.url}: answers" in out
    assert f"{live.router_url}: answers" in out
    assert "of 500 calls left" in out
    assert "sample, 2026-10-10" in out
    assert "environment variable HF_TOKEN" in out
    code, document = shell.json("status")
    assert [service["reached"] for service in document["services"].values()] == [True, True]
    assert set(document["services"]["hub"]["rate_limit"]) == {"left", "quota", "resets_at"}
    assert document["copy"]["source"] == "sample"
    assert len(live.seen) == 4, "each time both are asked, whatever is kept"


def test_status_when_one_service_is_away(shell: Shell, live: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", NOBODY)
    code, document = shell.json("status")
    assert code == 4
    hub, router = document["services"]["hub"], document["services"]["router"]
    assert (hub["reached"], hub["error"]["type"], router["reached"]) == (False, "ServiceUnavailable", True)
    live.faults.append(Fault(status=503))
    asked = len(live.seen)
    monkeypatch.setattr("hfprov_widgets.data.client.Pace", lambda: Pace(first_wait=0.01))
    code, out, _ = shell("status")
    assert (code, len(live.seen) - asked) == (4, 1), "once, for it is a question of now"
    assert f"{live.router_url}: The service" in out or "503" in out


def test_status_asks_nobody_where_that_is_forbidden(
    shell: Shell, live: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    code, out, _ = shell("status")
    assert (code, live.seen) == (4, [])
    assert "not asked" in out


# --- snapshot ---


def test_a_snapshot_of_what_is_live(shell: Shell, live: Service, tmp_path: Path) -> None:
    out_file = tmp_path / "course.json.gz"
    code, out, err = shell("snapshot", str(out_file))
    assert (code, err) == (0, "")
    saved = Catalog.open(out_file)
    assert saved.source == "router"
    assert "1 model, 2 routes" in out
    assert "router, 20" in out
    assert saved.digest in out


def test_a_snapshot_of_a_part(shell: Shell, tmp_path: Path) -> None:
    out_file = tmp_path / "part.json"
    select = ("--select", "provider=groq,novita", "max_price_output=0.5", "supports_tools=true", "--source", "sample")
    code, document = shell.json("snapshot", str(out_file), *select)
    saved = Catalog.open(out_file)
    assert code == 0
    assert {route.provider for route in saved.all_routes} == {"groq", "novita"}
    assert all(r.supports_tools and r.price_output is not None and r.price_output <= 0.5 for r in saved.all_routes)
    assert document == {
        "path": str(out_file),
        "digest": saved.digest,
        "n_models": len(saved.records),
        "n_routes": len(saved.all_routes),
        "source": "sample",
        "retrieved_at": "2026-10-10",
        "warnings": [],
    }


def test_live_is_never_silently_something_else(shell: Shell, live: Service, tmp_path: Path) -> None:
    out_file = tmp_path / "course.json"
    live.faults.extend([Fault(status=503)] * 4)
    code, _, err = shell("snapshot", str(out_file))
    assert (code, out_file.exists()) == (4, False)
    assert "503" in err
    live.faults.extend([Fault(status=503)] * 4)
    code, out, err = shell("snapshot", str(out_file), "--source", "auto")
    assert code == 0
    assert "Source   sample, 2026-10-10" in out
    assert "could not be read" in err


def test_nothing_is_written_where_nothing_is_left(shell: Shell, tmp_path: Path) -> None:
    out_file = tmp_path / "none.json"
    code, _, err = shell("snapshot", str(out_file), "--source", "sample", "--select", "provider=nobody")
    assert code == 1
    assert "nothing was written" in err
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(
    shell: Shell, live: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = shell("snapshot", str(tmp_path / "no" / "course.json"))
    assert (code, err) == (6, f"{tmp_path / 'no'}: there is no such folder\n")
    assert shell("snapshot", str(tmp_path))[0] == 6
    with monkeypatch.context() as patched:
        patched.setattr("hfprov_widgets.cli.snapshot.os.access", lambda *_: False)
        assert "you may not write in this folder" in shell("snapshot", str(tmp_path / "course.json"))[2]
    assert live.seen == [], "the place is looked at before anybody is asked"

    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied", "a temporary name")

    monkeypatch.setattr("hfprov_widgets.data.snapshot.os.replace", refuse)
    code, document = shell.json("snapshot", str(tmp_path / "course.json"), "--source", "sample")
    assert code == 6
    assert document["error"]["problem"] == f"{tmp_path / 'course.json'}: cannot be written: Permission denied"
    assert not list(tmp_path.glob("*course*"))


# --- faults, alike for all commands ---


@pytest.mark.parametrize(
    ("fault", "code", "kind"),
    [
        (Fault(status=503), 4, "ServiceUnavailable"),
        (limited(0, 250), 4, "RateLimited"),
        (Fault(status=200, body=b"<html>log in</html>"), 5, "BadResponse"),
        (Fault(status=401, body=b'{"error": "no"}'), 5, "AuthenticationError"),
        (Fault(status=400, body=b'{"error": "what?"}'), 5, "HubError"),
    ],
)
def test_a_fault_of_the_service(shell: Shell, live: Service, fault: Fault, code: int, kind: str) -> None:
    live.faults.append(fault)
    ended, out, err = shell("models", "--json")
    document = json.loads(out)
    error = document["error"]
    assert (ended, error["type"]) == (code, kind)
    assert set(error) >= {"type", "problem", "status", "url", "hint", "retry_after", "resets_at"}
    assert error["problem"] in err
    assert err.count("\n") == 1, "the sentence stands on stderr too"
    assert (error["resets_at"] is not None) is (kind == "RateLimited")


def test_a_file_that_is_none(shell: Shell, tmp_path: Path) -> None:
    missing, damaged = tmp_path / "missing.json", tmp_path / "damaged.json"
    damaged.write_text('{"format": ')
    for path, words in ((missing, "No such file"), (damaged, "not complete JSON")):
        code, out, err = shell("providers", LLAMA, "--source", str(path))
        assert (code, out) == (6, "")
        assert words in err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ((), "required"),
        (("fetch",), "invalid choice"),
        (("models", "--limit", "0"), "1 to 1,000,000"),
        (("models", "--limit", "many"), "1 to 1,000,000"),
        (("models", " "), "must not be empty"),
        (("models", "--sort", "popularity"), "trendingScore"),
        (("models", "--token", SECRET), "unrecognized"),
        (("status", "org/name:groq"), "no ':provider'"),
        (("providers", LLAMA, "--mix", "0:0"), "not both zero"),
        (("providers", LLAMA, "--mix", "3"), "3:1"),
        (("providers", LLAMA, "--tokens", "a,b"), "3,1"),
        (("providers", LLAMA, "--mix", "3:1", "--tokens", "1,1"), "not allowed with"),
        (("providers", LLAMA, "--source", "smaple"), "'sample'"),
        (("snapshot", "x.json", "--source", "sample", "--select", "prvider=groq"), "did you mean 'provider'"),
        (("snapshot", "x.json", "--source", "sample", "--select", "max_price_output=cheap"), "finite number"),
        (("snapshot", "x.json", "--source", "sample", "--select", "supports_tools=perhaps"), "True or False"),
        (("snapshot", "x.json", "--source", "sample", "--select", "min_likes=1", "min_likes=2"), "one value"),
        (("snapshot", "x.json", "--source", "sample", "--select", "groq"), "NAME=VALUE"),
    ],
)
def test_wrong_usage(
    shell: Shell, argv: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = shell(*argv)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


@pytest.mark.parametrize("variable", ["HF_ENDPOINT", "HFPROV_ROUTER_URL"])
def test_a_wrong_address_in_the_environment(
    shell: Shell, live: Service, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "https://me:password@example.org")
    code, document = shell.json("status")
    assert (code, document["error"]["type"]) == (2, "UsageError")
    code, out, err = shell("providers", LLAMA, "--source", "live")
    assert (code, out) == (2, "")
    assert err.startswith(f"{variable} must hold no user")
    assert "password@" not in err
    assert shell("providers", LLAMA, "--source", "sample")[0] == 0, "nothing is asked, so nothing is wrong"


def test_the_version(shell: Shell) -> None:
    assert shell("--version") == (0, f"hfprov_widgets {__version__}\n", "")


# --- what must never reach the terminal ---


def test_text_of_the_network_is_shown_and_not_obeyed(shell: Shell, live: Service) -> None:
    live.models = [hub_model("org/\x1b[31mred\x07", mapping("gr\x1b]0;oq"), pipeline_tag="a\u202eb\r\n")]
    live.router = [router_model("org/chat", offer("no\x1b[2Jvita"))]
    live.faults.append(Fault(status=400, body=json.dumps({"error": "\x1b[2J\nsecond line"}).encode()))
    told = [shell("models"), shell("models"), shell("models", "--json")]
    told += [shell("providers", "org/chat", "--source", "live"), shell("providers", "org/\x1b[31mred")]
    for _, out, err in told:
        assert all(character.isprintable() or character == "\n" for character in out + err)
    assert r"\x1b[31mred" in told[1][1]
    assert json.loads(told[2][1])["models"][0]["model"] == "org/\x1b[31mred\x07", "the document has it as it came"
    assert r"no\x1b[2Jvita" in told[3][1]


def test_the_lists_are_read_without_a_token(
    shell: Shell, live: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is read with one cannot be kept for others, and costs the quota of an account."""
    monkeypatch.setenv("HF_TOKEN", SECRET)
    shell("providers", "org/chat")
    shell("snapshot", str(tmp_path / "s.json"))
    assert live.seen
    assert not [seen for seen in live.seen if "authorization" in seen.headers]


def test_a_token_never_shows(shell: Shell, live: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_TOKEN", SECRET)
    echo = Fault(status=400, body=json.dumps({"error": f"the token {SECRET} is odd"}).encode())
    commands = (
        ("models",),
        ("status",),
        ("status", "org/chat"),
        ("providers", "org/chat"),
        ("snapshot", str(tmp_path / "s.json")),
    )
    for token in (SECRET, "hf_another"):  # accepted, and refused
        live.token = token
        for argv in commands:
            for fault in ((), (echo,) * 4):
                live.faults.extend(fault)
                for more in ((), ("--json",)):
                    _, out, err = shell(*argv, *more)
                    assert SECRET not in out + err, argv
                live.faults.clear()
    assert any(seen.headers.get("authorization") == f"Bearer {SECRET}" for seen in live.seen), "it was at stake"
