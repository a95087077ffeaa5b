"""A local service that answers as the Hub's and the router's listings do: ``python -m hfprov_widgets serve``.

Over a snapshot it also answers chats, with synthetic text that says so.

A teacher runs it for a room without network, from any snapshot, or with ``--upstream`` as the one cache in front
of the real services; a test runs it as the service. Which bytes answer which question is decided in modules that
know no web framework (``hub``, ``router``, ``chat``, ``snapshot``); ``app`` puts them on the web, and alone needs the
extra ``[serve]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hfprov_widgets.serve.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    if name != "create_app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from hfprov_widgets.serve.app import create_app

    return create_app
