"""Synthetic answers to ``POST /v1/chat/completions``: the router's forms and errors, with no model behind them.

A lesson's code and the snippets run against it without an account and without spending. Every answer says that it is
synthetic. Tokens of usage are characters / 4.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.marks import policies
from hfprov_widgets.data.records import Route
from hfprov_widgets.data.shapes import CHAT
from hfprov_widgets.data.snippets import POLICIES
from hfprov_widgets.serve.answers import Answer, one_line, to_json
from hfprov_widgets.serve.made_up import made_up

END = "/chat/completions"
PATH = f"/v1{END}"
PROVIDER = "x-inference-provider"
MOST_BYTES = 2**20

_CHARACTERS = 4  # of a token
_PIECE = 12  # characters of an event


@dataclass(frozen=True)
class ChatAsked:
    """One question. Of the token only its kind is told on: "hf" for one spelled as the Hub spells them.

    Examples
    --------
    >>> ChatAsked("/v1/chat/completions", b"{}", "none").path
    '/v1/chat/completions'
    """

    path: str
    body: bytes
    token: Literal["none", "hf", "other"]


class _Refused(Exception):
    """The question has no answer."""

    def __init__(self, text: str, code: str | None = None, param: str | None = None, status: int = 400) -> None:
        super().__init__(text)
        self.answer = error(status, text, code, param)


def is_chat(path: str) -> bool:
    """Whether chats are posted there: at the router's address, or at a provider's own address behind the router.

    >>> is_chat("/v1/chat/completions"), is_chat("/groq/openai/v1/chat/completions"), is_chat("/v1/models")
    (True, True, False)
    """
    return path.startswith("/") and path.endswith(END)


def error(status: int, text: str, code: str | None = None, param: str | None = None) -> Answer:
    """An error as the router and OpenAI's clients word it.

    >>> error(400, "messages is missing", param="messages").status
    400
    """
    content = {"error": {"message": text, "type": "invalid_request_error", "param": param, "code": code}}
    return Answer(status, to_json(content))


def not_forwarded() -> Answer:
    """In front of the real services a chat would spend somebody's money and carry a token."""
    return error(
        501, "This service passes listings on and no chats: they spend money and need a token.", "not_forwarded"
    )


class ChatAnswers:
    """The router's chats over the routes of a catalogue.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> chat = ChatAnswers(load_catalog("sample"))
    >>> body = b'{"model": "openai/gpt-oss-20b:groq", "messages": [{"role": "user", "content": "Hi"}]}'
    >>> answer = chat.answer(ChatAsked("/v1/chat/completions", body, "hf"))
    >>> answer.status, answer.headers["x-inference-provider"]
    (200, 'groq')
    """

    def __init__(self, catalog: Catalog) -> None:
        self._routes: dict[str, list[Route]] = {}
        for route in catalog.all_routes:
            if route.status == "live" and route.task in (None, CHAT):
                self._routes.setdefault(route.model, []).append(route)

    def answer(self, asked: ChatAsked) -> Answer:
        """The answer; the token is looked at first, as the router does."""
        if asked.token == "none":
            return Answer(401, b"<!doctype html><title>401</title><h1>401</h1>", kind="text/html; charset=utf-8")
        if asked.token == "other":
            return Answer(401, to_json({"error": "Invalid username or password."}))
        try:
            question = _read(asked.body)
            route = self._route(asked.path, question["model"])
            message, finish = _message(question, route)
            usage = _usage(question["messages"], message)
        except _Refused as refused:
            return refused.answer
        except RecursionError:
            return error(400, "The body is nested too deep.")
        head = {"id": "chatcmpl-synthetic", "created": int(time.time()), "model": route.model}
        headers = {PROVIDER: one_line(route.provider)}
        if question.get("stream"):
            with_usage = (question.get("stream_options") or {}).get("include_usage") is True
            events = tuple(_events(head, message, finish, usage if with_usage else None))
            return Answer(200, headers=headers, kind="text/event-stream; charset=utf-8", events=events)
        choice = {"index": 0, "message": message, "finish_reason": finish}
        content = {**head, "object": "chat.completion", "choices": [choice], "usage": usage}
        return Answer(200, to_json(content), headers)

    def _route(self, path: str, name: str) -> Route:
        """The route that the router would take."""
        if path != PATH:
            return self._own(path.split("/")[1], name)
        model, _, word = name.partition(":")
        routes = self._routes.get(model, [])
        if word and word not in POLICIES:
            routes = [route for route in routes if route.provider == word]
        if not routes:
            raise _unsupported(name)
        return _by_policy(word or "fastest", routes) if not word or word in POLICIES else routes[0]

    def _own(self, provider: str, name: str) -> Route:
        """At a provider's own address the model has the provider's own name, where that is known."""
        for routes in self._routes.values():
            for route in routes:
                if route.provider == provider and name in (route.provider_id, route.model):
                    return route
        raise _unsupported(name)


def _unsupported(name: str) -> _Refused:
    text = f"The requested model '{name}' is not supported by any provider here."
    return _Refused(text, "model_not_supported", "model")


def _by_policy(policy: str, routes: Sequence[Route]) -> Route:
    """The first where nobody publishes the figure, or where the account's own order would decide."""
    known = policies(routes).get(policy)
    return next(route for route in routes if known is None or not known.providers or route.provider in known.providers)


# --- the question ---------------------------------------------------------------------------------------------------


def _read(body: bytes) -> dict[str, Any]:
    if len(body) > MOST_BYTES:
        raise _Refused(f"The body is larger than {MOST_BYTES:,} bytes.", status=413)
    try:
        question = json.loads(body, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError):
        raise _Refused("The body is no JSON.") from None
    if not isinstance(question, dict):
        raise _Refused("The body is no JSON object.")
    if not isinstance(question.get("model"), str) or not question["model"]:
        raise _Refused("model must be the id of a model.", param="model")
    messages = question.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(one, dict) for one in messages):
        raise _Refused("messages must be a list of messages, and not empty.", param="messages")
    for name, kind, words in (
        ("stream", bool, "true or false"),
        ("stream_options", dict, "an object"),
        ("tools", list, "a list of tools"),
        ("response_format", dict, "an object"),
    ):
        if question.get(name) is not None and not isinstance(question[name], kind):
            raise _Refused(f"{name} must be {words}.", param=name)
    return question


def _finite(number: str) -> float:
    """Python reads NaN and 1e999 too, and would write them, which no other reader of JSON takes."""
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number} is no number of JSON")
    return value


def _most_tokens(question: dict[str, Any]) -> int | None:
    for name in ("max_completion_tokens", "max_tokens"):
        most = question.get(name)
        if most is None:
            continue
        if isinstance(most, bool) or not isinstance(most, int) or most < 1:
            raise _Refused(f"{name} must be a whole number above 0.", param=name)
        return most
    return None


# --- the answer -----------------------------------------------------------------------------------------------------


def _message(question: dict[str, Any], route: Route) -> tuple[dict[str, Any], str]:
    """The message and why it ends."""
    most = _most_tokens(question)
    if function := _function(question):
        arguments = _made_up(function.get("parameters") or {"type": "object"}, "tools")
        call = {
            "id": "call_synthetic",
            "type": "function",
            "function": {"name": function["name"], "arguments": arguments},
        }
        return {"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls"
    text = _text(question.get("response_format") or {}, route)
    cut = text if most is None else text[: most * _CHARACTERS]
    return {"role": "assistant", "content": cut}, "stop" if cut == text else "length"


def _function(question: dict[str, Any]) -> dict[str, Any] | None:
    """The function to call; none where none is wished, and after the answer of one."""
    tools, wish = question.get("tools"), question.get("tool_choice")
    if not tools or wish == "none" or question["messages"][-1].get("role") == "tool":
        return None
    functions: dict[str, dict[str, Any]] = {}
    for tool in tools:
        function = tool.get("function") if isinstance(tool, dict) else None
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            raise _Refused("Each tool must be a function with a name.", param="tools")
        functions.setdefault(function["name"], function)
    if not isinstance(wish, dict):
        return next(iter(functions.values()))
    wished = wish.get("function")
    name = wished.get("name") if isinstance(wished, dict) else None
    if not isinstance(name, str) or name not in functions:
        raise _Refused("tool_choice names no tool.", param="tool_choice")
    return functions[name]


def _text(form: dict[str, Any], route: Route) -> str:
    words = "This is a synthetic answer of the local service; no model has run."
    kind = form.get("type", "text")
    if kind == "text":
        return f"{words} It stands for {route.model} at {route.provider}."
    if kind not in ("json_object", "json_schema"):
        raise _Refused("response_format must be text, json_object or json_schema.", param="response_format")
    wished = form.get("json_schema")
    # At some providers' own addresses the official client writes the schema one level higher.
    schema = wished.get("schema") if isinstance(wished, dict) else form.get("schema")
    if schema is None and kind == "json_object":
        return json.dumps({"answer": words})
    return _made_up(schema if schema is not None else {}, "response_format")


def _made_up(schema: Any, param: str) -> str:
    try:
        return json.dumps(made_up(schema))
    except ValueError as fault:
        raise _Refused(str(fault), param=param) from None


def _usage(messages: list[dict[str, Any]], message: dict[str, Any]) -> dict[str, int]:
    prompt = sum(_tokens(one.get("content")) for one in messages)
    answer = _tokens(message["content"] or json.dumps(message.get("tool_calls")))
    return {"prompt_tokens": prompt, "completion_tokens": answer, "total_tokens": prompt + answer}


def _tokens(content: Any) -> int:
    text = content if isinstance(content, str) else json.dumps(content) if content else ""
    return -(-len(text) // _CHARACTERS)


def _events(
    head: dict[str, Any], message: dict[str, Any], finish: str, usage: dict[str, int] | None
) -> Iterator[bytes]:
    """The answer as server-sent events: the role, the text or the call in pieces, the end, the usage."""

    def event(choices: list[dict[str, Any]], **more: Any) -> bytes:
        return b"data: " + to_json({**head, "object": "chat.completion.chunk", "choices": choices, **more}) + b"\n\n"

    def delta(content: dict[str, Any], finish: str | None = None) -> bytes:
        return event([{"index": 0, "delta": content, "finish_reason": finish}])

    yield delta({"role": "assistant", "content": ""})
    text = message["content"] or ""
    for at in range(0, len(text), _PIECE):
        yield delta({"content": text[at : at + _PIECE]})
    for call in message.get("tool_calls", ()):
        function = call["function"]
        first = {**call, "index": 0, "function": {"name": function["name"], "arguments": ""}}
        yield delta({"tool_calls": [first]})
        for at in range(0, len(function["arguments"]), _PIECE):
            piece = {"arguments": function["arguments"][at : at + _PIECE]}
            yield delta({"tool_calls": [{"index": 0, "function": piece}]})
    yield delta({}, finish)
    if usage is not None:
        yield event([], usage=usage)
    yield b"data: [DONE]\n\n"
