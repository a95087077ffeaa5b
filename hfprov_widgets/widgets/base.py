"""What every widget over a catalogue does: take one, send it to the page, keep it fresh, and say how fresh it is."""

from __future__ import annotations

import sys
import threading
from abc import abstractmethod
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import anywidget
import traitlets
from ipywidgets import ValueWidget

from hfprov_widgets import wire
from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.environment import offline
from hfprov_widgets.data.load import BUNDLED, at_hand, bundled, load_live, stale_line
from hfprov_widgets.data.search import near_names
from hfprov_widgets.widgets.traits import Choice

if TYPE_CHECKING:
    import pandas as pd

STATIC = Path(__file__).parents[1] / "static"

# A browser's Python has neither threads nor sockets.
_CAN_REFRESH = sys.platform != "emscripten"


class CatalogWidget(anywidget.AnyWidget, ValueWidget):  # type: ignore[misc]  # ipywidgets is untyped
    """A widget over one catalogue, which is replaced as a whole when newer data arrives.

    As a `ValueWidget` it can be an argument of ``ipywidgets.interact``.
    """

    value = Choice(None).tag(sync=True)  # both

    _catalog = traitlets.Bytes().tag(sync=True)  # Python -> JS: the catalogue, by `wire.encode`
    _freshness = traitlets.Dict().tag(sync=True)  # Python -> JS: phase, message, can_refresh
    _refresh = traitlets.Int(0).tag(sync=True)  # JS -> Python: counts the wishes for newer data

    def __init__(self, catalog: Catalog | None, traits: dict[str, Any], **kwargs: Any) -> None:
        self._reject_unknown(kwargs, traits)
        check_catalog(catalog)
        self._automatic = catalog is None
        self._accepted: set[str] = set()  # ids checked before: they stay allowed when newer data lacks them
        self._generation = 0
        self._lock = threading.RLock()
        self._shown = at_hand("chat") if catalog is None else catalog
        self._before: Catalog | None = None  # a click on it may arrive after it was replaced
        refreshing = self._can_refresh()
        super().__init__(
            _catalog=wire.encode(self._shown),
            _freshness=self._phase("refreshing" if refreshing else "offline" if self._automatic else "still"),
            **traits,
            **kwargs,
        )
        if refreshing:
            self._fetch(background=True)

    @property
    def catalog(self) -> Catalog:
        """The catalogue on screen. Setting another one keeps the choice, and marks it where it is not in it."""
        return self._shown

    @catalog.setter
    def catalog(self, catalog: Catalog) -> None:
        check_catalog(catalog, or_none=False)
        with self._lock:
            self._automatic = False
            self._generation += 1
            self._show(catalog, self._phase("still"))

    @abstractmethod
    def to_frame(self) -> pd.DataFrame:
        """The rows on screen in their order, computed from the traits."""

    @abstractmethod
    def code(self) -> str:
        """The line of Python that rebuilds this view."""

    def __repr__(self) -> str:
        return self.code()

    # --- newer data, read by one daemon thread at a time -----------------------------------------------

    @traitlets.observe("_refresh")
    def _refresh_wanted(self, change: object) -> None:
        with self._lock:
            if not self._can_refresh():
                self._freshness = self._phase("offline" if self._automatic else "still")
            elif self._freshness["phase"] != "refreshing":
                self._freshness = self._phase("refreshing")
                self._fetch(background=False)  # somebody has clicked, and waits

    def _fetch(self, *, background: bool) -> None:
        with self._lock:
            self._generation += 1
            job = (self._generation, background)
        threading.Thread(target=self._work, args=job, name="hfprov-refresh", daemon=True).start()

    def _work(self, generation: int, background: bool) -> None:
        try:
            catalog = load_live("chat", background=background)
            kept = stale_line(catalog.warnings)
            freshness = self._phase("failed", kept) if kept else self._phase("still")
        except Exception as error:  # whatever it is, the widget keeps its data and says so
            catalog = None
            freshness = self._phase("failed", f"Newer data could not be read: {error}")
        with self._lock:
            if generation == self._generation:  # else another catalogue was set, or another refresh asked for
                self._show(catalog or self._shown, freshness)

    def _show(self, catalog: Catalog, freshness: dict[str, Any]) -> None:
        if catalog is not self._shown:
            self._before, self._shown = self._shown, catalog
        with self.hold_sync():
            self._catalog = wire.encode(catalog)
            self._freshness = freshness

    def _phase(self, phase: str, message: str = "") -> dict[str, Any]:
        return {"phase": phase, "message": message, "can_refresh": self._can_refresh()}

    def _can_refresh(self) -> bool:
        return self._automatic and _CAN_REFRESH and not offline()

    # --- checks ----------------------------------------------------------------------------------------

    def _check_known(self, trait: str, what: str, id: Any, known: Collection[str]) -> None:
        """An id that the data does not hold is an error, unless newer data may hold it."""
        if not isinstance(id, str):
            raise traitlets.TraitError(f"{trait} must be the id of a {what} or None, not {id!r}")
        # The data at hand is known to be behind while newer is being read, and after that has failed.
        behind = self._freshness.get("phase") in ("refreshing", "failed")
        if id in known or id in self._accepted or behind or (self._before is not None and id in self._before):
            self._accepted.add(id)
            return
        near = near_names(id, known)
        hint = f" Near names: {', '.join(near)}." if near else ""
        raise traitlets.TraitError(
            f"{trait}: no {what} {id!r} in this catalogue ({self._shown.source}, {self._shown.retrieved_at}).{hint}"
        )

    def _reject_unknown(self, kwargs: Iterable[str], traits: Iterable[str]) -> None:
        allowed = ("catalog", *traits, "layout")
        for name in kwargs:
            if name == "layout":
                continue
            near = get_close_matches(name, allowed, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise TypeError(f"{type(self).__name__}() has no keyword {name!r}.{hint} Allowed: {', '.join(allowed)}.")


def check_catalog(catalog: object, *, or_none: bool = True) -> None:
    """Refuse at once what is no catalogue; its content is not repeated in the message.

    Raises
    ------
    TypeError
    """
    if isinstance(catalog, Catalog) or (or_none and catalog is None):
        return
    given = repr(catalog) if isinstance(catalog, str) else f"a {type(catalog).__name__}"
    raise TypeError(
        f"catalog must be a Catalog, for example hfprov_widgets.load_catalog('sample'), not {given}. "
        "Catalog.from_models makes one of your own records."
    )


def rebuild_line(widget: CatalogWidget, first: str | None, defaults: dict[str, Any]) -> str:
    """The line of Python that makes this widget anew: only what differs from the defaults is named.

    A catalogue that does not come with the package is called ``catalog`` there.
    """
    arguments = [] if first is None else [first]
    source = next((name for name in BUNDLED if widget.catalog is bundled(name)), None)
    if not widget._automatic:
        arguments.append(f"catalog=hfp.load_catalog({source!r})" if source else "catalog=catalog")
    for name, default in defaults.items():
        value = cast(Any, getattr(widget, name))
        if value != default:
            arguments.append(f"{name}={value!r}")
    return f"hfp.{type(widget).__name__}({', '.join(arguments)})"
