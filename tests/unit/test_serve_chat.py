"""The chats of the local service: the router's forms, choices and errors, and nothing pretends to be real."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import threading
import time
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.serve import create_app
from hfprov_widgets.serve.chat import MOST_BYTES, ChatAnswers, ChatAsked
from hfprov_widgets.serve.made_up import made_up
from hfprov_widgets.serve.upstream import Upstream
from tests.running import running

SYNTHETIC = "This is a synthetic answer of the local service; no model has run."
HELLO = [{"role": "user", "content": "hello you"}]


def route(model: str, provider: str, **facts: Any) -> Route:
    return Route(model, provider, **{"status": "live", "task": "conversational", **facts})


CATALOG = Catalog.from_models(
    [
        Model(
            "org/chat",
            routes=(
                route("org/chat", "first", price_output=2, throughput=10),
                route("org/chat", "cheap", price_output=1, throughput=20, provider_id="own-name"),
                route("org/chat", "quick", price_output=3, throughput=90, task=None),
                route("org/chat", "down", price_output=0.1, throughput=900, status="error"),
            ),
        ),
        Model("org/silent", routes=(route("org/silent", "a"), route("org/silent", "b"))),
        Model("org/draw", routes=(route("org/draw", "first", task="text-to-image"),)),
    ],
    source="a lesson",
    retrieved_at="2026-10-10",
)


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with running(create_app(CATALOG)) as address:
        yield address


def ask(model: object = "org/chat", path: str = "/v1/chat/completions", **more: Any) -> Any:
    """The answer itself, without the web."""
    body = json.dumps({"model": model, "messages": HELLO, **more}).encode()
    return ChatAnswers(CATALOG).answer(ChatAsked(path, body, "hf"))


def content(**more: Any) -> dict[str, Any]:
    answer = ask(**more)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)  # type: ignore[no-any-return]


def message(**more: Any) -> dict[str, Any]:
    return content(**more)["choices"][0]["message"]  # type: ignore[no-any-return]


def refused(**more: Any) -> tuple[int, str, str | None]:
    answer = ask(**more)
    said = json.loads(answer.body)["error"]
    return answer.status, said["message"], said["code"]


# --- which route ---


@pytest.mark.parametrize(
    ("model", "provider"),
    [
        ("org/chat:cheap", "cheap"),
        ("org/chat:cheapest", "cheap"),
        ("org/chat:fastest", "quick"),
        ("org/chat", "quick"),
        ("org/chat:preferred", "first"),
        ("org/silent", "a"),
        ("org/silent:cheapest", "a"),
    ],
)
def test_the_route_is_the_one_the_router_would_take(model: str, provider: str) -> None:
    answer = ask(model)
    assert answer.headers["x-inference-provider"] == provider
    said = json.loads(answer.body)
    assert said["model"] == model.partition(":")[0]
    assert said["choices"][0]["message"]["content"] == f"{SYNTHETIC} It stands for {said['model']} at {provider}."


@pytest.mark.parametrize("model", ["org/chat:nobody", "org/chat:down", "org/gone", "org/draw", "org/draw:first"])
def test_what_is_not_routed_is_refused_with_the_routers_code(model: str) -> None:
    status, text, code = refused(model=model)
    assert (status, code) == (400, "model_not_supported")
    assert model in text


@pytest.mark.parametrize("name", ["own-name", "org/chat"])
def test_a_providers_own_address(name: str) -> None:
    """``huggingface_hub`` asks there, for the model by the provider's own name."""
    assert ask(name, "/cheap/v3/openai/chat/completions").headers["x-inference-provider"] == "cheap"
    assert ask(name, "/down/v1/chat/completions").status == 400
    assert ask("other", "/cheap/v1/chat/completions").status == 400


# --- the token ---


def test_the_token_is_looked_at_first_and_in_the_two_forms_of_the_router(base: str) -> None:
    def post(**headers: str) -> requests.Response:
        return requests.post(f"{base}/v1/chat/completions", data=b"no JSON", headers=headers, timeout=10)

    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Basic hf_x"}):
        answer = post(**headers)
        assert (answer.status_code, answer.headers["Content-Type"]) == (401, "text/html; charset=utf-8")
    bogus = post(Authorization="Bearer bogus")
    assert (bogus.status_code, bogus.json()) == (401, {"error": "Invalid username or password."})
    assert post(Authorization="Bearer hf_any").status_code == 400


def test_the_token_is_neither_logged_nor_sent_back(base: str, caplog: pytest.LogCaptureFixture) -> None:
    secret = "hf_PlantedPlantedPlanted"
    with caplog.at_level(logging.DEBUG):
        for model in ("org/chat", "org/gone"):
            answer = requests.post(
                f"{base}/v1/chat/completions",
                json={"model": model, "messages": HELLO},
                headers={"Authorization": f"Bearer {secret}"},
                timeout=10,
            )
            assert secret not in answer.text + str(answer.headers)
    assert secret not in caplog.text


# --- the forms ---


def test_usage_is_characters_by_four() -> None:
    said = content()
    answer = -(-len(said["choices"][0]["message"]["content"]) // 4)
    assert said["usage"] == {"prompt_tokens": 3, "completion_tokens": answer, "total_tokens": 3 + answer}
    assert (said["object"], said["choices"][0]["finish_reason"]) == ("chat.completion", "stop")


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_a_limit_of_tokens_cuts_the_answer_and_says_so(name: str) -> None:
    said = content(**{name: 5})
    choice = said["choices"][0]
    assert (choice["message"]["content"], choice["finish_reason"]) == (SYNTHETIC[:20], "length")
    assert said["usage"]["completion_tokens"] == 5
    assert content(**{name: 500})["choices"][0]["finish_reason"] == "stop"


def sent(base: str, **more: Any) -> list[Any]:
    """The events of a streamed answer."""
    answer = requests.post(
        f"{base}/v1/chat/completions",
        json={"model": "org/chat:cheap", "messages": HELLO, "stream": True, **more},
        headers={"Authorization": "Bearer hf_x", "Origin": "null"},
        timeout=10,
        stream=True,
    )
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["x-inference-provider"] == "cheap"
    assert "x-inference-provider" in answer.headers["Access-Control-Expose-Headers"]
    lines = [line for line in answer.iter_lines(decode_unicode=True) if line]
    assert lines[-1] == "data: [DONE]"
    return [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]


def test_a_streamed_answer_has_role_pieces_end_and_usage(base: str) -> None:
    *pieces, end, last = sent(base, stream_options={"include_usage": True})
    deltas = [piece["choices"][0]["delta"] for piece in pieces]
    assert deltas[0] == {"role": "assistant", "content": ""}
    assert len(deltas) > 5
    assert "".join(delta["content"] for delta in deltas) == message(model="org/chat:cheap")["content"]
    assert (end["choices"][0]["delta"], end["choices"][0]["finish_reason"]) == ({}, "stop")
    assert (last["choices"], last["usage"]) == ([], content(model="org/chat:cheap")["usage"])
    assert all(piece["object"] == "chat.completion.chunk" for piece in (*pieces, end, last))


def test_usage_comes_only_where_it_was_asked_for(base: str) -> None:
    assert not any("usage" in event for event in sent(base))


def tool(name: str, **parameters: Any) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "parameters": parameters}}


CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def test_the_first_tool_is_called_with_arguments_that_fit(base: str) -> None:
    said = content(tools=[tool("weather", **CITY), tool("other")])["choices"][0]
    [call] = said["message"]["tool_calls"]
    assert (said["finish_reason"], call["function"]["name"]) == ("tool_calls", "weather")
    jsonschema.validate(json.loads(call["function"]["arguments"]), CITY)
    deltas = [event["choices"][0]["delta"] for event in sent(base, tools=[tool("weather", **CITY)])]
    calls = [delta["tool_calls"][0]["function"] for delta in deltas if "tool_calls" in delta]
    assert calls[0]["name"] == "weather"
    assert len(calls) > 2
    assert "".join(call["arguments"] for call in calls) == call["function"]["arguments"]


def test_the_wish_for_a_tool_is_honoured() -> None:
    tools = [tool("weather", **CITY), tool("other")]
    named = message(tools=tools, tool_choice={"type": "function", "function": {"name": "other"}})
    assert named["tool_calls"][0]["function"] == {"name": "other", "arguments": "{}"}
    assert "tool_calls" not in message(tools=tools, tool_choice="none")
    answered = [*HELLO, {"role": "assistant", "tool_calls": []}, {"role": "tool", "content": "sunny"}]
    assert SYNTHETIC in message(tools=tools, messages=answered)["content"]


SCHEMAS: list[Any] = [
    {},
    True,
    CITY,
    {"type": "object", "required": ["x"]},
    {"type": "array", "items": {"type": "integer"}, "minItems": 3},
    {"type": "array", "maxItems": 0},
    {"enum": ["b", "a"]},
    {"const": {"x": 1}},
    {"type": ["null", "string"], "minLength": 20},
    {"type": "string", "maxLength": 3},
    {"type": "null"},
    {"type": "boolean"},
    {"type": "integer", "minimum": 3},
    {"type": "integer", "exclusiveMinimum": 3},
    {"type": "integer", "exclusiveMaximum": -3},
    {"type": "integer", "exclusiveMinimum": 3, "multipleOf": 5},
    {"type": "integer", "minimum": 0.1, "multipleOf": 0.5},
    {"type": "integer", "minimum": 2**53 + 1},
    {"type": "integer", "maximum": -3},
    {"type": "number", "exclusiveMaximum": -2},
    {"type": "number", "minimum": 0.2, "maximum": 0.4},
    {"minimum": 7},
    {"anyOf": [{"type": "null"}, {"type": "integer"}]},
    {"oneOf": [{"type": "null"}]},
    {"allOf": [CITY, {"properties": {"days": {"type": "integer"}}, "required": ["days"]}]},
    {"allOf": [{"$ref": "#/$defs/c"}], "$defs": {"c": CITY}},
    {"$ref": "#/$defs/a~1b", "$defs": {"a/b": {"type": "integer"}}},
    {
        "$ref": "#/$defs/tree",
        "$defs": {
            "tree": {
                "type": "object",
                "properties": {
                    "leaf": {"type": "string"},
                    "next": {"anyOf": [{"$ref": "#/$defs/tree"}, {"type": "null"}]},
                },
                "required": ["leaf", "next"],
                "additionalProperties": False,
            }
        },
    },
]


@pytest.mark.parametrize("schema", SCHEMAS, ids=json.dumps)
def test_what_is_made_up_fits_its_schema(schema: Any) -> None:
    jsonschema.validate(made_up(schema), schema)


@pytest.mark.parametrize(
    "schema",
    [
        "x",
        False,
        {"type": "object", "properties": {"me": {"$ref": "#"}}, "required": ["me"]},
        {"$ref": "#/$defs/none"},
        {"$ref": "https://example.org/schema"},
        {"type": "array", "minItems": 10**9},
        {"type": "array", "minItems": 5000, "items": {"type": "array", "minItems": 5000}},
        {"anyOf": 3},
        {"properties": 3},
        {"type": "integer", "minimum": "3"},
        {"allOf": [3]},
        {"anyOf": {"a": 1}},
        {"oneOf": {"a": 1}},
        {"enum": {"a": 1}},
        {"type": "object", "required": {"a": 1}},
        {"type": "object", "required": [1]},
        {"properties": [["a", {}]]},
        {"allOf": [{"properties": 3}]},
        {"type": [{}]},
        {"type": "integer", "minimum": 1, "multipleOf": 0},
        {"type": "integer", "minimum": 1, "multipleOf": -1},
        {"type": "integer", "minimum": 0.5, "maximum": 0.7},
        {"type": "integer", "exclusiveMinimum": -1, "exclusiveMaximum": 0},
        {"type": "number", "minimum": 1, "maximum": 2, "multipleOf": 5},
        {"type": "number", "minimum": 2, "maximum": 1},
        {"type": "string", "minLength": 10**12},
    ],
    ids=json.dumps,
)
def test_a_schema_that_cannot_be_met_is_refused(schema: Any) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    assert refused(response_format=form)[0] == 400
    with pytest.raises(ValueError, match="schema"):
        made_up(schema)


LONG = "x" * 10_000
GREEDY: list[dict[str, Any]] = [  # each asks for far more than it says, by one loop or one text
    {"x": {"required": ["a"] * 3000}, "allOf": [{"$ref": "#/x"}] * 9000},
    {"x": {"required": [str(i) for i in range(3000)]}, "allOf": [{"$ref": "#/x"}] * 9000},
    {"x": {"properties": {str(i): True for i in range(9000)}}, "allOf": [{"$ref": "#/x"}] * 9000},
    {"x": {str(i): 1 for i in range(9000)}, "allOf": [{"$ref": "#/x"}] * 9000},
    {"type": "string", "minLength": 400_000_000},
    {"minItems": 9000, "items": {"minLength": 90_000}},
    {"minItems": 9000, "items": {"const": LONG}},
    {"minItems": 9000, "items": {"enum": [[LONG]]}},
    {"minItems": 9000, "items": {"properties": {LONG: {"type": "null"}}}},
    {"minItems": 9000, "items": {"properties": {}, "required": [LONG]}},
    {"minItems": 9000, "items": {"type": "integer", "minimum": 10**300}},
    {"minItems": 9000, "items": {"anyOf": [{"type": "null"}] * 30_000}},
    {"minItems": 9000, "items": {"type": ["null"] * 90_000}},
    {"minItems": 9000, "items": {"$ref": "#" + "/" * 900_000}},
]


def asked(schema: Any, **more: Any) -> bytes:
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    return json.dumps({"model": "org/chat:cheap", "messages": HELLO, "response_format": form, **more}).encode()


@pytest.mark.parametrize("schema", GREEDY, ids=range(len(GREEDY)))
def test_a_schema_that_asks_for_much_is_refused_at_once(schema: dict[str, Any]) -> None:
    body = asked({"type": "array", **schema} if "minItems" in schema else schema)
    assert len(body) < MOST_BYTES
    began = time.process_time()
    answer = ChatAnswers(CATALOG).answer(ChatAsked("/v1/chat/completions", body, "hf"))
    assert time.process_time() - began < 1
    assert (answer.status, json.loads(answer.body)["error"]["message"]) == (400, "The schema asks for too much.")


def test_others_are_answered_while_a_chat_is_made(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The chat waits for the other question; were it made on the loop, neither would come."""
    begun, other = threading.Event(), threading.Event()
    answers = ChatAnswers.answer

    def slowly(self: ChatAnswers, asked: ChatAsked) -> Any:
        begun.set()
        assert other.wait(10)
        return answers(self, asked)

    monkeypatch.setattr(ChatAnswers, "answer", slowly)
    statuses: list[int] = []
    headers = {"Authorization": "Bearer hf_x"}
    url = f"{base}/v1/chat/completions"
    chat = threading.Thread(
        target=lambda: statuses.append(requests.post(url, data=asked({}), headers=headers, timeout=20).status_code)
    )
    chat.start()
    assert begun.wait(10)
    try:
        assert requests.get(base, timeout=5).status_code == 200
    finally:
        other.set()
        chat.join(20)
    assert statuses == [200]


BOUNDS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
SIZES = ["minItems", "maxItems", "minLength", "maxLength"]
NAMES = ["items", "properties", "required", "type", "enum", "const", "anyOf", "oneOf", "allOf", "$ref", *SIZES, *BOUNDS]
plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, 0.5, -1, 10**12, 10**400, 1e308, 5e-324, math.nan, math.inf])
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["#", "#/properties/a", "#/items", "object", "array", "string", "integer", "number", "null"])
)
schemas = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*NAMES, "a"]), inner, max_size=5)
    | st.fixed_dictionaries({"type": st.sampled_from(["object", "array", "integer", "number", "string"])}, optional={
        "properties": st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
        "required": st.lists(st.sampled_from("abc"), max_size=3),
        **dict.fromkeys(["items", "allOf", *SIZES, *BOUNDS], inner),
    }),
    max_leaves=25,
)  # fmt: skip
bodies = st.one_of(
    schemas.map(lambda schema: {"response_format": {"type": "json_schema", "json_schema": {"schema": schema}}}),
    schemas.map(lambda schema: {"tools": [tool("x") | {"function": {"name": "x", "parameters": schema}}]}),
    st.builds(lambda wish: {"tools": [tool("x")], "tool_choice": wish}, schemas),
    st.builds(lambda wish: {"tools": [tool("x")], "tool_choice": {"function": {"name": wish}}}, schemas),
    st.builds(lambda name, value: {name: value}, st.sampled_from(
        ["model", "messages", "stream_options", "tools", "response_format", "max_tokens", "max_completion_tokens"]
    ), schemas),
    st.builds(lambda value: {"messages": [{"role": "user", "content": value}]}, schemas),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(bodies, st.booleans())
def test_any_body_gets_json_or_events_and_soon(change: dict[str, Any], stream: bool) -> None:
    body = json.dumps({"model": "org/chat", "messages": HELLO, "stream": stream, **change}).encode()
    began = time.process_time()
    answer = ChatAnswers(CATALOG).answer(ChatAsked("/v1/chat/completions", body, "hf"))
    assert time.process_time() - began < 1
    texts = [event.removeprefix(b"data: ") for event in answer.events[:-1]] or [answer.body]
    for text in texts:
        json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert answer.status in (200, 400)
    assert bool(answer.events) == (answer.status == 200 and stream)


bounds = st.integers(-6, 6) | st.sampled_from([-2.5, -0.5, 0.1, 0.5, 0.7, 2.5])


@given(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={
            **dict.fromkeys(BOUNDS[:4], bounds),
            "multipleOf": st.sampled_from([1, 2, 5, 0.5, 1.5]),
        },
    )
)
def test_a_number_fits_and_is_refused_only_where_none_fits(schema: dict[str, Any]) -> None:
    try:
        jsonschema.validate(made_up(schema), schema)
    except ValueError:
        for value in range(-120, 121):  # quarters
            assert not jsonschema.Draft202012Validator(schema).is_valid(value / 4)


def test_structured_output_is_json_that_fits() -> None:
    form = {"type": "json_schema", "json_schema": {"name": "city", "schema": CITY}}
    jsonschema.validate(json.loads(message(response_format=form)["content"]), CITY)
    for kind in ("json_object", "json_schema"):
        flat = message(response_format={"type": kind, "schema": CITY})
        assert json.loads(flat["content"]) == {"city": "synthetic"}
    assert json.loads(message(response_format={"type": "json_object"})["content"]) == {"answer": SYNTHETIC}
    assert message(response_format={"type": "text"})["content"].startswith(SYNTHETIC)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"model": 3}, "model must be"),
        ({"messages": []}, "messages must be"),
        ({"messages": ["hello"]}, "messages must be"),
        ({"stream": "yes"}, "stream must be"),
        ({"stream_options": True}, "stream_options must be"),
        ({"max_tokens": 0}, "max_tokens must be"),
        ({"max_tokens": True}, "max_tokens must be"),
        ({"tools": "x"}, "tools must be"),
        ({"tools": [{}]}, "Each tool must be"),
        ({"tools": [tool("x")], "tool_choice": {"function": {"name": "y"}}}, "tool_choice names no tool"),
        ({"tools": [tool("x")], "tool_choice": {"function": {"name": []}}}, "tool_choice names no tool"),
        ({"response_format": {"type": "xml"}}, "response_format must be"),
    ],
)
def test_a_bad_question_is_told_what_is_wrong(change: dict[str, Any], words: str) -> None:
    status, text, _ = refused(**change)
    assert status == 400
    assert text.startswith(words)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"\xff",
        b"[" * 10**5,
        asked({"const": math.nan}),
        asked({}, temperature=math.nan),
        asked({}, temperature=1).replace(b'"temperature": 1', b'"temperature": 1e999'),
        asked({"enum": {"a": 1}}),
        asked({"type": "integer", "minimum": 1, "multipleOf": 0}),
    ],
    ids=range(9),
)
def test_a_body_that_is_no_question_is_told_so_with_the_usual_headers(base: str, body: bytes) -> None:
    headers = {"Authorization": "Bearer hf_x", "Origin": "null"}
    answer = requests.post(f"{base}/v1/chat/completions", data=body, headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "invalid_request_error")
    assert {"ratelimit", "x-request-id", "access-control-allow-origin"} <= {name.lower() for name in answer.headers}


@pytest.mark.parametrize("key", [b"[", b'{"a":'])
def test_a_body_that_is_nested_too_deep_is_refused_wherever_python_stops(key: bytes) -> None:
    """Reading goes a little deeper than writing, so each depth around the end of both is tried."""
    statuses = set()
    for depth in range(300, 1100):
        content = key * depth + b"1" + (b"]" if key == b"[" else b"}") * depth
        body = b'{"model": "org/chat", "messages": [{"content": %s}]}' % content
        statuses.add(ChatAnswers(CATALOG).answer(ChatAsked("/v1/chat/completions", body, "hf")).status)
        form = b'"response_format": {"type": "json_schema", "schema": {"items": {"const": %s}}}' % content
        body = b'{"model": "org/chat", "messages": [{}], %s}' % form
        statuses.add(ChatAnswers(CATALOG).answer(ChatAsked("/v1/chat/completions", body, "hf")).status)
    assert statuses == {200, 400}


def test_an_answer_that_python_cannot_write_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """From Python 3.12 on reading and writing count apart, and what is made up holds what was read."""

    def deep(schema: Any) -> list[Any]:
        value: list[Any] = []
        for _ in range(100_000):
            value = [value]
        return value

    monkeypatch.setattr("hfprov_widgets.serve.chat.made_up", deep)
    assert refused(response_format={"type": "json_schema", "schema": {}})[:2] == (400, "The body is nested too deep.")


def test_a_body_without_end_is_not_read_to_its_end() -> None:
    heard, sent = [], []

    async def receive() -> dict[str, Any]:
        heard.append(2**16)
        assert sum(heard) < 2 * MOST_BYTES, "it goes on reading"
        return {"type": "http.request", "body": b" " * heard[-1], "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "query_string": b"",
        "http_version": "1.1",
        "path": "/v1/chat/completions",
        "raw_path": b"/v1/chat/completions",
        "root_path": "",
        "headers": [(b"authorization", b"Bearer hf_x"), (b"host", b"x")],
        "client": ("x", 1),
        "server": ("x", 80),
    }
    asyncio.run(create_app(CATALOG)(scope, receive, send))
    assert sent[0]["status"] == 413


def test_a_page_may_ask_before_it_asks(base: str) -> None:
    allowed = requests.options(f"{base}/v1/chat/completions", timeout=10).headers["Access-Control-Allow-Methods"]
    assert "POST" in allowed
    assert "POST" not in requests.options(f"{base}/v1/models", timeout=10).headers["Access-Control-Allow-Methods"]


def test_in_front_of_the_real_services_no_chat_is_passed_on() -> None:
    """Nobody listens at the upstream's address, so a request that went on would take long and fail otherwise."""
    upstream = Upstream("http://127.0.0.1:9", "http://127.0.0.1:9/v1", cache=False)
    for catalog in (None, CATALOG):
        with running(create_app(catalog, upstream=upstream)) as base:
            answer = requests.post(
                f"{base}/v1/chat/completions",
                json={"model": "org/chat", "messages": HELLO},
                headers={"Authorization": "Bearer hf_x"},
                timeout=10,
            )
            assert (answer.status_code, answer.json()["error"]["code"]) == (501, "not_forwarded")
    upstream.close()
