"""Every snippet, run as a person would: the real client in a process of its own, against the local service."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.data.snippets import CLIENTS, VARIANTS, snippet
from hfprov_widgets.serve import create_app
from tests.running import running

HERE = Path(__file__).parent
JS = HERE.parents[1] / "js"
ROUTER = "https://router.huggingface.co/v1"
TOKEN = "hf_LocalLocalLocalLocalLocal"
MODEL = "openai/gpt-oss-20b"
HOSTILE = """o/it's "$(id)" `id` \\ \n\u202e😀</script>"""
SYNTHETIC = "This is a synthetic answer of the local service; no model has run."


def _route(provider: str, **facts: float) -> Route:
    # Providers that the official client has helpers for; each asks at an address of its own.
    own = {"provider_id": f"{provider}/own", "status": "live", "task": "conversational"}
    return Route(MODEL, provider, **own, **facts)  # type: ignore[arg-type]


CATALOG = Catalog.from_models(
    [
        Model(
            MODEL,
            routes=(
                _route("together", price_output=3, throughput=10),
                _route("novita", price_output=1, throughput=20),
                _route("groq", price_output=2, throughput=90),
            ),
        ),
        Model(HOSTILE, routes=(Route(HOSTILE, "it's", status="live"),)),
    ],
    source="a lesson",
    retrieved_at="2026-10-10",
)


class Asked(NamedTuple):
    """A chat that came to the service, and which provider answered."""

    path: str
    model: str
    stream: bool
    with_usage: bool
    token: str
    provider: str


class Watch:
    """The service, with a note of each chat."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.asked: list[Asked] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        body = b""

        async def hear() -> Message:
            nonlocal body
            message = await receive()
            body += message.get("body", b"")
            return message

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
                sent = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
                said = json.loads(body)
                asked = Asked(
                    scope["path"],
                    said["model"],
                    bool(said.get("stream")),
                    bool((said.get("stream_options") or {}).get("include_usage")),
                    sent.get("authorization", ""),
                    headers.get("x-inference-provider", ""),
                )
                self.asked.append(asked)
            await send(message)

        await self._app(scope, hear, tell)


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch(create_app(CATALOG))


@pytest.fixture(scope="module")
def service(watch: Watch) -> Iterator[str]:
    with running(watch) as address:
        yield address


def run(code: str, client: str, service: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run it; only the address is another one."""
    local = code.replace(ROUTER, f"{service}/v1")
    assert (local != code) is (client != "huggingface_hub"), "the address stands in the code, except for that client"
    file = folder / "snippet"
    file.write_text(local)
    commands = {
        "openai": [sys.executable, str(file)],
        "huggingface_hub": [sys.executable, str(HERE / "run_with_hub.py"), service, str(file)],
        "curl": ["sh", str(file)],
        # A module looks for packages from where it lies; given on standard input, from where it runs.
        "javascript": ["node", "--input-type=module", "-"],
    }
    own = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "HF_HOME": str(folder / "hf"),
        "HF_ENDPOINT": service,
        "HF_HUB_DISABLE_TELEMETRY": "1",
        **environment,
    }
    given = local if client == "javascript" else None
    cwd = JS if client == "javascript" else folder
    return subprocess.run(commands[client], input=given, env=own, cwd=cwd, capture_output=True, text=True, timeout=60)


def answer_of(client: str, variant: str, stream: bool, out: str) -> object:
    """What came out, in one form: the text, name and arguments of the call, or the JSON; and usage was told."""
    if client == "curl":
        return answer_of_curl(variant, stream, out)
    assert "prompt_tokens" in out
    if variant == "chat":
        return out[: out.index("prompt_tokens")].split("\n")[0]
    if variant == "tools":
        name, _, arguments = out.split("\n")[0].partition(" ")
        return name, json.loads(arguments)
    lines = out.strip().split("\n")
    if stream:
        json.loads(lines[0])  # the pieces, as they came
    return [line for line in lines if "synthetic" in line and "population" in line][-1].replace('"', "'")


def answer_of_curl(variant: str, stream: bool, out: str) -> object:
    if not stream:
        said = json.loads(out)
        assert said["usage"]["total_tokens"] > 0
        message = said["choices"][0]["message"]
        text = message["content"] or ""
        calls = message.get("tool_calls", [])
    else:
        lines = [line.removeprefix("data: ") for line in out.split("\n") if line]
        assert lines[-1] == "[DONE]"
        events = [json.loads(line) for line in lines[:-1]]
        assert events[-1]["usage"]["total_tokens"] > 0
        deltas = [choice["delta"] for event in events for choice in event["choices"]]
        text = "".join(delta.get("content") or "" for delta in deltas)
        pieces = [call["function"] for delta in deltas for call in delta.get("tool_calls", [])]
        arguments = "".join(piece.get("arguments", "") for piece in pieces)
        calls = [{"function": {"name": pieces[0]["name"], "arguments": arguments}}] if pieces else []
    if variant == "tools":
        [call] = calls
        return call["function"]["name"], json.loads(call["function"]["arguments"])
    return text if variant == "chat" else str(json.loads(text))


EXPECTED: dict[str, object] = {
    "chat": SYNTHETIC,
    "tools": ("get_weather", {"city": "synthetic"}),
    "structured": "{'name': 'synthetic', 'population': 0}",
}


@pytest.mark.parametrize("policy", [None, "cheapest"])
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("client", CLIENTS)
def test_it_runs_and_calls_the_route(
    watch: Watch, service: str, tmp_path: Path, client: str, variant: str, stream: bool, policy: str | None
) -> None:
    code = snippet(f"{MODEL}:together", client=client, variant=variant, stream=stream, policy=policy)
    watch.asked.clear()
    done = run(code, client, service, tmp_path, HF_TOKEN=TOKEN)
    assert done.returncode == 0, done.stderr
    provider = "novita" if policy else "together"
    expected = EXPECTED[variant]
    found = answer_of(client, variant, stream, done.stdout)
    if variant == "chat":
        expected = f"{expected} It stands for {MODEL} at {provider}."
    if client == "javascript" and variant == "structured":
        found = str(found).replace("{ name", "{'name'").replace(" population", " 'population'").replace(" }", "}")
    assert found == expected
    own = client == "huggingface_hub" and policy is None
    assert watch.asked == [
        Asked(
            "/together/v1/chat/completions" if own else "/v1/chat/completions",
            f"{provider}/own" if own else f"{MODEL}:{policy or provider}",
            stream,
            stream,
            f"Bearer {TOKEN}",
            provider,
        )
    ]
    assert TOKEN not in done.stdout + done.stderr


@pytest.mark.parametrize("provider", ["groq", "novita"])
def test_a_provider_with_an_address_of_its_own(watch: Watch, service: str, tmp_path: Path, provider: str) -> None:
    """The official client asks some providers elsewhere: /groq/openai/v1/…, /novita/v3/openai/…"""
    watch.asked.clear()
    code = snippet(f"{MODEL}:{provider}", client="huggingface_hub")
    done = run(code, "huggingface_hub", service, tmp_path, HF_TOKEN=TOKEN)
    assert done.returncode == 0, done.stderr
    assert f"at {provider}." in done.stdout
    assert [(asked.path.split("/")[1], asked.provider) for asked in watch.asked] == [(provider, provider)]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_model_alone_goes_to_the_routers_default(watch: Watch, service: str, tmp_path: Path, client: str) -> None:
    watch.asked.clear()
    done = run(snippet(MODEL, client=client), client, service, tmp_path, HF_TOKEN=TOKEN)
    assert done.returncode == 0, done.stderr
    assert [(asked.model, asked.provider) for asked in watch.asked] == [(MODEL, "groq")]


@pytest.mark.parametrize("client", CLIENTS)
def test_without_a_token_no_other_services_key_is_sent(watch: Watch, service: str, tmp_path: Path, client: str) -> None:
    """The clients of OpenAI would take OPENAI_API_KEY of their own accord, and send it to Hugging Face."""
    watch.asked.clear()
    done = run(snippet(f"{MODEL}:groq", client=client), client, service, tmp_path, OPENAI_API_KEY="sk-not-for-here")
    assert (done.returncode == 0) is (client == "curl")
    assert all("sk-" not in asked.token and not asked.provider for asked in watch.asked)
    assert SYNTHETIC not in done.stdout


@pytest.mark.parametrize("client", [client for client in CLIENTS if client != "huggingface_hub"])
def test_a_hostile_name_is_asked_for_as_it_is(watch: Watch, service: str, tmp_path: Path, client: str) -> None:
    """``huggingface_hub`` refuses such a name itself where a provider is named."""
    watch.asked.clear()
    done = run(snippet(f"{HOSTILE}:it's", client=client), client, service, tmp_path, HF_TOKEN=TOKEN)
    assert done.returncode == 0, done.stderr
    assert [(asked.model, asked.provider) for asked in watch.asked] == [(f"{HOSTILE}:it's", "it's")]
