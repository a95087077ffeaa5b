"""The router's answers to ``GET /v1/models`` and ``/v1/models/{id}``, from a list of its models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from hfprov_widgets.serve.answers import Answer, Asked, to_json

PATH = "/v1/models"
ALLOWED = "GET, HEAD, OPTIONS"


class RouterAnswers:
    """The router, holding these models.

    Parameters
    ----------
    models : sequence of mappings
        Each as the router lists it.
    envelope : bool
        Whether one model comes inside ``{"data": ...}``; both were seen of the real router.

    Examples
    --------
    >>> router = RouterAnswers([{"id": "org/name", "object": "model", "providers": []}])
    >>> router.answer(Asked("/v1/models/org/name", "http://127.0.0.1:8717")).body
    b'{"id":"org/name","object":"model","providers":[]}'
    """

    def __init__(self, models: Sequence[Mapping[str, Any]], *, envelope: bool = False) -> None:
        self._models = models
        self._envelope = envelope
        self._by_id = {model.get("id"): model for model in reversed(models)}

    def answer(self, asked: Asked) -> Answer:
        """The router's answer to a question under ``/v1/models``; like the router, it reads no query."""
        name = asked.path.removeprefix(PATH).strip("/")
        if not name:
            return Answer(200, self._listing)
        model = self._by_id.get(name)
        if model is None:
            return missing(name)
        return Answer(200, to_json({"data": model} if self._envelope else model))

    @cached_property
    def _listing(self) -> bytes:
        return to_json({"object": "list", "data": self._models})


def missing(name: str) -> Answer:
    """The router does not serve the model. How the real one words it is not known; this is as OpenAI does."""
    return _error(404, f"The model {name} does not exist", "model_not_found")


def lists_only() -> Answer:
    """Somebody wants to change something; the client of OpenAI shows the message of an error in this shape only."""
    text = "This service lists models and runs none: GET and HEAD only, and POST for synthetic chats."
    return _error(405, text, "method_not_allowed", Allow=ALLOWED)


def _error(status: int, text: str, code: str, **headers: str) -> Answer:
    content = {"error": {"message": text, "type": "invalid_request_error", "code": code}}
    return Answer(status, to_json(content), headers)
