"""What every widget over a catalogue does: take one, send it to the page, keep it fresh, and say how fresh it is."""

from __future__ import annotations

import os
import threading
from abc import abstractmethod
from collections.abc import Collection, Iterable
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import anywidget
import traitlets
from ipywidgets import ValueWidget

from hfprov_widgets import wire
from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.environment import offline
from hfprov_widgets.data.files import write_whole
from hfprov_widgets.data.frame_rows import Key, rows_among
from hfprov_widgets.data.from_frame import CatalogLike, ToPandas, as_pandas, catalog_of
from hfprov_widgets.data.load import BUNDLED, at_hand, bundled, load_live, stale_line
from hfprov_widgets.data.search import near_names
from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.markdown import as_markdown
from hfprov_widgets.widgets import from_page
from hfprov_widgets.widgets.still import TWIN_ROWS, page_of, twins, widget_view
from hfprov_widgets.widgets.traits import Choice

if TYPE_CHECKING:
    import pandas as pd

STATIC = Path(__file__).parents[1] / "static"


class CatalogWidget(anywidget.AnyWidget, ValueWidget):  # type: ignore[misc]  # ipywidgets is untyped
    """A widget over one catalogue, which is replaced as a whole when newer data arrives.

    As a `ValueWidget` it can be an argument of ``ipywidgets.interact``.
    """

    value = Choice(None).tag(sync=True)  # both

    _catalog = traitlets.Bytes().tag(sync=True)  # Python -> JS: the catalogue, by `wire.encode`
    _freshness = traitlets.Dict().tag(sync=True)  # Python -> JS: phase, message, can_refresh
    _refresh = traitlets.Int(0).tag(sync=True)  # JS -> Python: counts the wishes for newer data
    _fault = traitlets.Unicode("").tag(sync=True)  # Python -> JS: what went wrong when the page's last change came in

    def __init__(self, catalog: CatalogLike | None, traits: dict[str, Any], **kwargs: Any) -> None:
        self._reject_unknown(kwargs, traits)
        self._automatic = catalog is None
        self._accepted: set[str] = set()  # ids checked before: they stay allowed when newer data lacks them
        self._generation = 0
        self._lock = threading.Lock()  # held for a few assignments, never while observers run
        self._shown = at_hand("chat") if catalog is None else catalog_of(catalog)
        self._before: Catalog | None = None  # a click on it may arrive after it was replaced
        refreshing = self._can_refresh()
        self._latest = self._phase("refreshing" if refreshing else "offline" if self._automatic else "still")
        super().__init__(_catalog=wire.encode(self._shown), _freshness=self._latest, **traits, **kwargs)
        self.on_msg(from_page.answer)
        if refreshing:
            self._fetch(self._generation, background=True)

    @property
    def catalog(self) -> Catalog:
        """The catalogue on screen. Setting another, or a frame, keeps the choice and marks it where it is not in it."""
        return self._shown

    @catalog.setter
    def catalog(self, catalog: CatalogLike) -> None:
        given = catalog_of(catalog)
        with self._lock:
            self._automatic = False
            self._generation += 1
            self._swap(given, self._phase("still"))
        self._tell()

    @abstractmethod
    def to_frame(self) -> pd.DataFrame:
        """The rows on screen in their order, computed from the traits."""

    def filter(self, frame: pd.DataFrame | ToPandas) -> pd.DataFrame:
        """The rows of a frame of your own that belong to what is on screen, in the order of the screen.

        Index and dtypes stay. Over models a row belongs by its model; over routes by its model and provider too, and
        by its task where both sides know it, or by its model alone in a frame that names no provider.

        Parameters
        ----------
        frame : DataFrame, or what has ``to_pandas()``
            With a column ``model``, for routes ``provider`` too; or ``route`` or ``id`` of ``org/name:provider``.

        Raises
        ------
        ValueError
            The frame has no such column.
        TypeError
            It is no frame.

        Examples
        --------
        >>> import pandas as pd
        >>> from hfprov_widgets import ProviderTable, load_catalog
        >>> mine = pd.DataFrame({"model": "openai/gpt-oss-20b", "provider": ["nowhere", "groq"], "grade": [2, 1]})
        >>> ProviderTable("openai/gpt-oss-20b", catalog=load_catalog("sample")).filter(mine)["grade"].tolist()
        [1]
        """
        return rows_among(as_pandas(frame), self._on_screen())

    def _on_screen(self) -> Iterable[Key]:
        """What the rows on screen stand for, in their order."""
        return [(model,) for model in self.to_frame()["model"]]

    @abstractmethod
    def code(self) -> str:
        """The line of Python that rebuilds this view."""

    @abstractmethod
    def _grid(self, limit: int | None) -> Grid:
        """What is on screen as words; of its rows the first so many."""

    def to_markdown(self) -> str:
        """All rows on screen as a Markdown table, with units, source and date."""
        return as_markdown(self._grid(None))

    def to_html(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """What is on screen as one HTML file that needs no Python and no network: it searches, sorts, filters, chooses.

        Without JavaScript the page shows the first rows as a plain table.

        Parameters
        ----------
        path : str or path, optional
            The file to write; a reader of it sees the old one or the whole new one.

        Returns
        -------
        str or None
            The page; None when it was written to a file.

        Raises
        ------
        OSError
            The file cannot be written.

        Examples
        --------
        >>> from hfprov_widgets import ProviderTable, load_catalog
        >>> page = ProviderTable("openai/gpt-oss-20b", catalog=load_catalog("sample")).to_html()
        >>> page.startswith("<!doctype html>"), len(page) < 200_000
        (True, True)
        """
        page = page_of(self, self._grid(TWIN_ROWS))
        if path is None:
            return page
        write_whole(path, page.encode())
        return None

    def __repr__(self) -> str:
        return self.code()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, and beside it the same rows for readers that run none; metadata as anywidget gives it."""
        bundle = widget_view(self, super(), kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        return {**data, **twins(self._grid(TWIN_ROWS))}, metadata

    # ipywidgets 7 shows a widget by this method, and then nobody asks for the bundle.
    _ipython_display_ = None

    # --- what comes from the page ---------------------------------------------------------------------

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take a change from the page; what goes wrong is said there: whoever has clicked sees no traceback."""
        before = {name: getattr(self, name) for name in sync_data if name in self.keys}
        try:
            super().set_state(sync_data)
        except Exception as error:
            changed = {name for name, old in before.items() if getattr(self, name) != old}
            if unchanged := before.keys() - changed:
                self.send_state(unchanged)  # else the page would go on showing what Python does not have
            by_watcher = bool(changed) or from_page.is_a_watchers(error)
            self._say(from_page.failed_watcher(error, len(changed)) if by_watcher else from_page.refusal(error))
            raise
        self._fault = ""

    def _say(self, fault: str) -> None:
        with suppress(Exception):  # of code that watches this too: the first error is the one to be told
            self._fault = fault

    # --- newer data, read by one daemon thread at a time -----------------------------------------------

    @traitlets.observe("_refresh")
    def _refresh_wanted(self, change: object) -> None:
        with self._lock:
            wanted = self._can_refresh() and self._latest["phase"] != "refreshing"
            if wanted:
                self._latest = self._phase("refreshing")
                self._generation += 1
            elif not self._can_refresh():
                self._latest = self._phase("offline" if self._automatic else "still")
            generation = self._generation
        try:
            self._tell()
        finally:
            if wanted:
                self._fetch(generation, background=False)  # somebody has clicked, and waits

    def _fetch(self, generation: int, *, background: bool) -> None:
        job = (generation, background)
        threading.Thread(target=self._work, args=job, name="hfprov-refresh", daemon=True).start()

    def _work(self, generation: int, background: bool) -> None:
        try:
            catalog = load_live("chat", background=background)
            wire.encode(catalog)  # kept; a catalogue that cannot be sent could not be read either
            kept = stale_line(catalog.warnings)
            freshness = self._phase("failed", kept) if kept else self._phase("still")
        except Exception as error:  # whatever it is, the widget keeps its data and says so
            catalog = None
            freshness = self._phase("failed", f"Newer data could not be read: {error}")
        with self._lock:
            if generation != self._generation:
                return  # another catalogue was set, or another refresh asked for
            self._swap(catalog or self._shown, freshness)
        try:
            self._tell()
        except Exception as error:
            self._say(from_page.failed_watcher(error))
            raise

    def _swap(self, catalog: Catalog, freshness: dict[str, Any]) -> None:
        """Make it what Python has; with the lock held."""
        if catalog is not self._shown:
            self._before, self._shown = self._shown, catalog
        self._latest = freshness

    def _tell(self) -> None:
        """Give the traits what Python has now, and with that the page and whoever watches.

        No lock is held: an observer may do anything, such as ask another widget whose observer asks this one. So two
        threads may be here at once, and the one with older data may be the last to assign. Each therefore looks again
        after it has assigned; whichever is last leaves what is newest. An observer that fails keeps nothing from that:
        its error, the first of them, is raised at the end.
        """
        told, failed = None, None
        while told is not self._latest:  # each `_swap` has a dict of its own
            with self._lock:
                catalog, told = self._shown, self._latest
            with self.hold_sync():
                for name, value in (("_catalog", wire.encode(catalog)), ("_freshness", told)):
                    try:
                        setattr(self, name, value)
                    except Exception as error:
                        failed = failed or error
        if failed is not None:
            raise failed

    def _phase(self, phase: str, message: str = "") -> dict[str, Any]:
        return {"phase": phase, "message": message, "can_refresh": self._can_refresh()}

    def _can_refresh(self) -> bool:
        return self._automatic and not offline()

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


def rebuild_line(widget: CatalogWidget, first: object, names: Iterable[str], **defaults: Any) -> str:
    """The line of Python that makes this widget anew: only what differs from its default is named.

    A catalogue that does not come with the package is called ``catalog`` there.

    Parameters
    ----------
    first : object
        The first argument; None: it is left out.
    names : iterable of str
        The traits that are keywords too.
    **defaults
        Of the traits whose default is not that of their class.
    """
    arguments = [] if first is None else [repr(first)]
    source = next((name for name in BUNDLED if widget.catalog is bundled(name)), None)
    if not widget._automatic:
        arguments.append(f"catalog=hfp.load_catalog({source!r})" if source else "catalog=catalog")
    traits = widget.traits()
    for name in names:
        value = cast(Any, getattr(widget, name))
        if value != defaults.get(name, traits[name].default_value):
            arguments.append(f"{name}={value!r}")
    return f"hfp.{type(widget).__name__}({', '.join(arguments)})"
