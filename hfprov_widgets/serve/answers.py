"""What is asked and what is answered, as plain values: the rest of the service passes these on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """One question.

    Parameters
    ----------
    target : str
        Path and query, as they came.
    base : str
        The address under which the asker reached us, without a slash at the end.
    has_token : bool
        Whether a token came along. Which one does not matter, and it goes nowhere.

    Examples
    --------
    >>> asked = Asked("/api/models/org/name?expand%5B%5D=likes", "http://127.0.0.1:8717")
    >>> asked.path, asked.query
    ('/api/models/org/name', [('expand[]', 'likes')])
    """

    target: str
    base: str
    has_token: bool = False

    @cached_property
    def path(self) -> str:
        """The path, decoded."""
        return unquote(self.target.partition("?")[0])

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """The parameters in their order, decoded."""
        return parse_qsl(self.target.partition("?")[2], keep_blank_values=True)


@dataclass(frozen=True)
class Answer:
    """Status, headers and body; what every answer carries on top is added where it is sent."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = JSON
    events: tuple[bytes, ...] = ()  # sent one after the other, in place of a body


def to_json(content: Any) -> bytes:
    """Compact JSON in UTF-8.

    >>> to_json({"name": "é", "likes": [1]}).decode()
    '{"name":"é","likes":[1]}'
    """
    try:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can hold it, but only written out as an escape
        return json.dumps(content, separators=(",", ":")).encode()


def problem(status: int, text: str, **headers: str) -> Answer:
    """An error as the Hub words it: the same sentence in a header and in the body.

    >>> problem(404, "Repository not found", X_Error_Code="RepoNotFound").headers["X-Error-Code"]
    'RepoNotFound'
    """
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, to_json({"error": text}), {"X-Error-Message": one_line(text), **named})


def page_not_found() -> Answer:
    """The web page that the services show for any other address."""
    return Answer(404, b"<!doctype html><title>404</title><h1>404</h1>", kind="text/html; charset=utf-8")


def one_line(text: str) -> str:
    """A text as it may stand in a header: one line, and nothing that is not Latin-1.

    >>> one_line("stale —\\n since noon")
    'stale ? since noon'
    """
    return " ".join(text.split()).encode("latin-1", "replace").decode("latin-1")
