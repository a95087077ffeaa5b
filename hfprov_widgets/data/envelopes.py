"""What is around the entries of each reply: opened here, or refused as not being the API's."""

from __future__ import annotations

from typing import Any

from hfprov_widgets.data.errors import BadResponse, ModelNotFound
from hfprov_widgets.data.fields import as_text, show


def router_rows(reply: Any) -> list[Any]:
    """The entries of the router's listing, ``{"object": "list", "data": [...]}``.

    Raises
    ------
    BadResponse
    """
    rows = reply.get("data") if isinstance(reply, dict) else reply
    if not isinstance(rows, list):
        raise BadResponse(f"The reply is no list of models but {_shape(reply)}.")
    return rows


def router_entry(reply: Any) -> dict[str, Any]:
    """The entry of one model, which the router sends bare or inside ``{"data": ...}``.

    Raises
    ------
    BadResponse
    ModelNotFound
        The envelope is there, and empty.
    """
    if isinstance(reply, dict) and "data" in reply and "id" not in reply:
        if not reply["data"]:
            raise ModelNotFound("The router's answer for this model is empty.")
        reply = reply["data"]
    return hub_entry(reply)


def hub_rows(reply: Any) -> list[Any]:
    """The entries of the Hub's listing, a bare array.

    Raises
    ------
    BadResponse
    """
    if not isinstance(reply, list):
        raise BadResponse(f"The reply is no array of models but {_shape(reply)}.")
    return reply


def hub_entry(reply: Any) -> dict[str, Any]:
    """The entry of one model, an object with an id.

    Raises
    ------
    BadResponse
    """
    if not isinstance(reply, dict) or identity(reply) is None:
        raise BadResponse(f"The reply is no model with an id but {_shape(reply)}.")
    return reply


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return f"an object with the fields {', '.join(map(str, list(value)[:6])) or 'none'}"
    return "an array" if isinstance(value, list) else show(value)


def identity(row: dict[str, Any]) -> str | None:
    """The id in a model's entry, if it is one."""
    return as_text(row.get("id")) or as_text(row.get("modelId"))
