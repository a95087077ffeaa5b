"""The router's listing of chat models with prices and speed: ``GET /v1/models`` and ``/v1/models/{id}``."""

from __future__ import annotations

import os
from urllib.parse import quote

from hfprov_widgets.data.arguments import check_endpoint, check_model_id
from hfprov_widgets.data.cache import Cache
from hfprov_widgets.data.client import Client, warn_of
from hfprov_widgets.data.envelopes import router_entry, router_rows
from hfprov_widgets.data.fields import Notes
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.parse import parse_router_model, parse_router_models
from hfprov_widgets.data.records import Model, ModelList
from hfprov_widgets.data.token import wrapped

ROUTER = "https://router.huggingface.co/v1"
EXPIRE_AFTER = 300.0  # seconds


def router_base_url(given: str | None = None) -> str:
    """The router's address: the given one, else ``HFPROV_ROUTER_URL``, else the real service's.

    >>> router_base_url("http://127.0.0.1:8000/v1/")
    'http://127.0.0.1:8000/v1'
    """
    if given is not None:
        return check_endpoint(given, "base_url")
    return check_endpoint(os.environ.get("HFPROV_ROUTER_URL") or ROUTER, "HFPROV_ROUTER_URL")


class RouterClient(Client):
    """The router, or a service that answers as it does.

    Parameters
    ----------
    base_url : str, optional
        By default ``HFPROV_ROUTER_URL``, else https://router.huggingface.co/v1.
    token : str, optional
        The listing needs none, so none is looked for; only one that is given is sent.
    cache : bool, path or backend
        As in ``HubClient``; replies are fresh for 5 minutes.
    timeout : float
        Seconds to wait for a connection, and for each part of an answer.
    pace : Pace, optional
        As in ``HubClient``.

    Raises
    ------
    TypeError, ValueError
        For a wrong argument, at once.

    Examples
    --------
    >>> RouterClient("https://router.huggingface.co/v1/")
    RouterClient('https://router.huggingface.co/v1')
    """

    def __init__(
        self,
        base_url: str | None = None,
        token: str | bool | None = None,
        cache: Cache = True,
        timeout: float = 10.0,
        *,
        pace: Pace | None = None,
    ) -> None:
        secret, token = wrapped(token), None  # a traceback that prints what variables hold shall not show it
        self.base_url = router_base_url(base_url)
        super().__init__(
            self.base_url,
            token=False if secret is None else secret,
            cache=cache,
            timeout=timeout,
            expire_after=EXPIRE_AFTER,
            pace=pace,
        )

    def list_models(self) -> ModelList:
        """All models the router serves, each with its routes. Source: ``GET /v1/models``; it has no filters.

        Raises
        ------
        HubError
        """
        reply = self._transport.get(f"{self.base_url}/models", router_rows)
        notes = Notes()
        if reply.note:
            notes.add("stale pages", reply.note)
        models = parse_router_models(reply.value, reply.retrieved_at, notes)
        return ModelList(models, warnings=models.warnings, source=reply.source)

    def get_model(self, model: str) -> Model:
        """One model with its routes. Source: ``GET /v1/models/{id}``.

        Parameters
        ----------
        model : str
            ``org/name``. What may stand after it is cut off: ``:provider``, ``:fastest``, ``#task``.

        Raises
        ------
        TypeError, ValueError
            What was given is no model id.
        ModelNotFound
            The router does not serve the model. That says nothing of tasks other than chat.
        HubError
        """
        bare = model.partition("#")[0].partition(":")[0] if isinstance(model, str) else model
        name = check_model_id(bare)
        reply = self._transport.get(f"{self.base_url}/models/{quote(name)}", router_entry, model=name)
        notes = Notes()
        parsed = parse_router_model(reply.value, reply.retrieved_at, notes)
        warn_of(reply, notes, depth=1)
        return parsed
