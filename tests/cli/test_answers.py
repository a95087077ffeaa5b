"""What models, providers, status and snapshot write, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hfprov_widgets import Catalog
from hfprov_widgets.data.columns import MODEL_NAMES, ROUTE_NAMES
from hfprov_widgets.data.pace import Pace
from tests.cli.conftest import LLAMA, NOBODY, SECRET, Shell, rows
from tests.service import Fault, Service, hub_model, mapping, offer, router_model

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
