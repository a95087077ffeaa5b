"""RouteSnippet: the code that uses the chosen route, ready to copy; it never holds a token."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import traitlets

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.frame_rows import Key
from hfprov_widgets.data.from_frame import CatalogLike
from hfprov_widgets.data.records import Route
from hfprov_widgets.data.snippet_notes import is_chat
from hfprov_widgets.data.snippets import Target, check_client, check_policy, check_variant, target_of
from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.snippet import snippet_grid
from hfprov_widgets.widgets.base import STATIC, rebuild_line
from hfprov_widgets.widgets.routes import RouteWidget, model_and_catalog
from hfprov_widgets.widgets.traits import Checked

if TYPE_CHECKING:
    import pandas as pd


class RouteSnippet(RouteWidget):
    """The code that uses a route: by the client of OpenAI, ``huggingface_hub``, curl or JavaScript.

    The code reads its token from ``HF_TOKEN`` when it runs; none is ever in it.

    Parameters
    ----------
    model_or_catalog : str or Catalog, optional
        A route, ``org/name:provider``; a model, ``org/name``, of which the router chooses the provider; or a catalogue.
    catalog : Catalog or DataFrame, optional
        Without one the best data at hand is shown at once and newer data is read in the background.
    value : str, optional
        The chosen route's id, ``org/name:provider``.
    policy : {"fastest", "cheapest", "preferred"}, optional
        How the router chooses, whatever route is chosen. None: that route; of a model alone the router's default.
    client : {"openai", "huggingface_hub", "curl", "javascript"}
    variant : {"chat", "tools", "structured"}
    stream : bool
        Whether the answer is printed while it comes.

    Raises
    ------
    traitlets.TraitError
        A value that is not allowed, or an id that the data does not hold; the message names what is.
    TypeError
        An unknown keyword, or a route or a catalogue given twice.

    Examples
    --------
    >>> from hfprov_widgets import RouteSnippet, load_catalog
    >>> snippet = RouteSnippet("openai/gpt-oss-20b:groq", catalog=load_catalog("sample"), client="curl")
    >>> print(snippet.text.splitlines()[0])
    curl https://router.huggingface.co/v1/chat/completions \\
    """

    _esm = STATIC / "snippet.js"
    _css = STATIC / "snippet.css"

    client = Checked(check_client, default_value="openai").tag(sync=True)  # both
    variant = Checked(check_variant, default_value="chat").tag(sync=True)  # both
    stream = traitlets.Bool(False).tag(sync=True)  # both
    policy = Checked(check_policy, default_value=None).tag(sync=True)  # both

    def __init__(
        self,
        model_or_catalog: str | CatalogLike | None = None,
        *,
        catalog: CatalogLike | None = None,
        value: str | None = None,
        policy: str | None = None,
        client: str = "openai",
        variant: str = "chat",
        stream: bool = False,
        **kwargs: Any,
    ) -> None:
        model, catalog = model_and_catalog(model_or_catalog, catalog)
        if isinstance(model, str) and ":" in model:  # no model's id holds a colon
            if value is not None:
                raise TypeError("give the route once: as the first argument or as value=")
            model, value = None, model
        traits = {
            "model": model,
            "value": value,
            "policy": policy,
            "client": client,
            "variant": variant,
            "stream": stream,
        }
        super().__init__(catalog, traits, **kwargs)

    @property
    def text(self) -> str:
        """The code as it is shown; empty where no route is chosen, or one that takes no chats."""
        return self._snippet().code

    def to_frame(self) -> pd.DataFrame:
        """The route that the code calls; where the router chooses, the live chat routes that it chooses from.

        Prices are USD per 1M tokens, latency is ms, speed is output tokens/s, context is tokens.

        >>> from hfprov_widgets import RouteSnippet, load_catalog
        >>> snippet = RouteSnippet("openai/gpt-oss-20b", catalog=load_catalog("sample"), policy="cheapest")
        >>> len(snippet.to_frame())
        5
        """
        from hfprov_widgets.data.frames import routes_frame

        return routes_frame(self._called())

    def _on_screen(self) -> Iterable[Key]:
        return [(route.model, route.provider, route.task) for route in self._called()]

    def _called(self) -> Sequence[Route]:
        """The route that is named, or those that the router chooses from."""
        catalog = self.catalog  # once: another may arrive meanwhile
        target = self._target(catalog)
        routes = self._routes(catalog, target)
        if target is None or target.provider is not None:
            return routes
        return [route for route in routes if route.status == "live" and is_chat(route)]

    def code(self) -> str:
        """The line of Python that rebuilds this view.

        >>> from hfprov_widgets import RouteSnippet, load_catalog
        >>> RouteSnippet("openai/gpt-oss-20b:groq", catalog=load_catalog("sample"), stream=True).code()
        "hfp.RouteSnippet('openai/gpt-oss-20b:groq', catalog=hfp.load_catalog('sample'), stream=True)"
        """
        names = ("policy", "client", "variant", "stream")
        if self.model is None:
            return rebuild_line(self, self.value, names)
        return rebuild_line(self, self.model, ("value", *names))

    def _target(self, catalog: Catalog) -> Target | None:
        """What the code calls; None where nothing is chosen."""
        if self.value is not None:
            route = catalog.route(self.value) if self.value in catalog else None
            pinned = target_of(self.value) if route is None else Target(route.model, route.provider)
            return pinned if self.policy is None else Target(pinned.model, policy=self.policy)
        return None if self._single is None else Target(self._single, policy=self.policy)

    def _routes(self, catalog: Catalog, target: Target | None) -> Sequence[Route]:
        """The route where a provider is named, else all routes of the model."""
        if target is None:
            return ()
        if target.provider is not None:
            return (catalog.route(self.value),) if self.value in catalog else ()
        return catalog.model(target.model).routes if target.model in catalog.ids else ()

    def _grid(self, limit: int | None) -> Grid:
        return self._snippet()

    def _snippet(self) -> Grid:
        catalog = self.catalog  # once: another may arrive meanwhile
        target = self._target(catalog)
        return snippet_grid(catalog, target, self._routes(catalog, target), self.client, self.variant, self.stream)
