"""Where a token is found, in which order, and that nothing but its value gets out."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from hfprov_widgets.data import token as tokens
from hfprov_widgets.data.token import find_token, token_source


@pytest.fixture
def colab(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A Colab that counts how often it is asked."""
    asked: list[str] = []
    userdata = types.ModuleType("google.colab.userdata")
    userdata.get = lambda name: asked.append(name) or "from-colab"  # type: ignore[attr-defined, func-returns-value]
    module = types.ModuleType("google.colab")
    module.userdata = userdata  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "google", types.ModuleType("google"))
    monkeypatch.setitem(sys.modules, "google.colab", module)
    tokens._ask_colab.cache_clear()
    return asked


def test_the_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, colab: list[str]) -> None:
    assert (find_token(), token_source()) == ("from-colab", "the Colab secret HF_TOKEN")
    assert colab == ["HF_TOKEN"]  # asked once, however often it is needed

    home = tmp_path / "cache" / "huggingface"
    home.mkdir(parents=True)
    (home / "token").write_text("from-file\n")
    assert (find_token(), token_source()) == ("from-file", "the token file that a login leaves behind")

    monkeypatch.setenv("HUGGING_FACE_HUB_TOKEN", "from-old-name")
    assert find_token() == "from-old-name"
    monkeypatch.setenv("HF_TOKEN", " from-\nenvironment ")
    assert (find_token(), token_source()) == ("from-environment", "environment variable HF_TOKEN")

    assert (find_token("given"), token_source("given")) == ("given", "given as an argument")
    assert find_token(False) is None
    assert find_token("") is None


@pytest.mark.parametrize(("name", "file"), [("HF_TOKEN_PATH", "mine"), ("HF_HOME", "token")])
def test_where_the_file_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, file: str) -> None:
    (tmp_path / file).write_text("from-file")
    monkeypatch.setenv(name, str(tmp_path / file if name == "HF_TOKEN_PATH" else tmp_path))
    assert find_token() == "from-file"


def test_an_unreadable_file_is_no_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "token", tmp_path):
        monkeypatch.setenv("HF_TOKEN_PATH", str(path))
        assert (find_token(), token_source()) == (None, "none found")


@pytest.mark.parametrize("word", ["1", "on", "YES", "True"])
def test_implicit_tokens_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("HF_TOKEN", "from-environment")
    monkeypatch.setenv("HF_HUB_DISABLE_IMPLICIT_TOKEN", word)
    assert find_token() is None
    assert find_token("given") == "given"


@pytest.mark.parametrize("secret", ["two words", "line\nbreak", "ümlaut"])
def test_a_token_that_cannot_be_sent_is_refused_without_repeating_it(secret: str) -> None:
    with pytest.raises(ValueError, match="characters that no token has") as caught:
        find_token(secret)
    assert secret not in str(caught.value)
    with pytest.raises(TypeError, match="False"):
        find_token(True)


def test_denied_access_in_colab_is_no_token(monkeypatch: pytest.MonkeyPatch, colab: list[str]) -> None:
    def denied(name: str) -> str:
        raise PermissionError(name)

    monkeypatch.setattr(sys.modules["google.colab"].userdata, "get", denied)
    assert find_token() is None
    monkeypatch.setenv("VERTEX_PRODUCT", "COLAB_ENTERPRISE")
    assert find_token() is None


# --- where huggingface_hub is installed: the real one, in a process of its own, since it reads the environment once ---


def in_a_process(environment: dict[str, str], tmp_path: Path) -> list[str]:
    """What is found, and its source in words."""
    code = "from hfprov_widgets.data.token import find_token, token_source; print(find_token()); print(token_source())"
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "HUGGING"))}
    defaults = {"HF_HOME": str(tmp_path), "HF_HUB_DISABLE_TELEMETRY": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**clean, **defaults, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("environment", "found", "words"),
    [
        ({}, "from-file", "the token file that a login leaves behind"),
        ({"HF_TOKEN": "from-environment"}, "from-environment", "environment variable HF_TOKEN"),
        ({"HUGGING_FACE_HUB_TOKEN": "old-name"}, "old-name", "environment variable HUGGING_FACE_HUB_TOKEN"),
        ({"HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"}, "None", "none: switched off by HF_HUB_DISABLE_IMPLICIT_TOKEN"),
        # A trusted publisher's exchange that cannot work: said, and no token is taken in its place.
        ({"HF_OIDC_RESOURCE": "a/b"}, "None", "none: huggingface_hub could not get one (OIDCError)"),
        # The exchange needs a call, and calls are switched off.
        (
            {"HF_OIDC_RESOURCE": "a/b", "HF_HUB_OFFLINE": "1"},
            "from-file",
            "the token file that a login leaves behind",
        ),
    ],
)
def test_huggingface_hub_is_asked(environment: dict[str, str], found: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-file")
    assert in_a_process(environment, tmp_path) == [found, words]


def test_what_only_huggingface_hub_knows_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_hub_get_token", lambda: lambda: "renewed")
    assert (find_token(), token_source()) == ("renewed", "huggingface_hub.get_token")
