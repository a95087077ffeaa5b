"""A snapshot as both services: what the Hub and the router would answer if they held just this catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.hub import PAGE
from hfprov_widgets.serve import hub, router
from hfprov_widgets.serve.answers import Answer, Asked, one_line, page_not_found
from hfprov_widgets.serve.render import hub_items, router_models

SOURCE = "X-Hfprov-Source"


class SnapshotAnswers:
    """Answers to both listings, from one catalogue.

    Parameters
    ----------
    catalog : Catalog
    renamed : mapping of str to str
        Old id to new id, for the Hub's redirects.
    page : int
        The greatest number of models in one answer of the Hub.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> answer = SnapshotAnswers(load_catalog("documented")).answer(Asked("/v1/models", "http://127.0.0.1:8717"))
    >>> answer.status, answer.headers["X-Hfprov-Source"]
    (200, 'documented')
    """

    def __init__(self, catalog: Catalog, renamed: Mapping[str, str] = MappingProxyType({}), page: int = PAGE) -> None:
        self.catalog = catalog
        self._hub = hub.HubAnswers(hub_items(catalog), renamed, page)
        self._router = router.RouterAnswers(router_models(catalog))

    def answer(self, asked: Asked) -> Answer:
        """The answer of the service that the path belongs to; it says which data it is from."""
        if is_under(hub.PATH, asked.path):
            answer = self._hub.answer(asked)
        elif is_under(router.PATH, asked.path):
            answer = self._router.answer(asked)
        else:
            return page_not_found()
        return replace(answer, headers={**answer.headers, SOURCE: one_line(self.catalog.source)})


def is_under(place: str, path: str) -> bool:
    """Whether the path is this place or one below it.

    >>> is_under("/v1/models", "/v1/models/org/name"), is_under("/v1/models", "/v1/modelsets")
    (True, False)
    """
    return path == place or path.startswith(f"{place}/")
