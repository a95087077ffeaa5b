"""Faults and wrong usage: the exit code that a script sees, and what must never reach the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hfprov_widgets import __version__
from tests.cli.conftest import LLAMA, SECRET, Shell
from tests.service import Fault, Service, hub_model, limited, mapping, offer, router_model

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
