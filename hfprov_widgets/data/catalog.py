"""A catalogue: all models and routes known at one moment, with source and time. It never changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, KeysView, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hfprov_widgets.data import snapshot
from hfprov_widgets.data.columns import DEFAULT_MIX, Mix
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.data.sound import sound
from hfprov_widgets.data.times import iso_time, spans_days

if TYPE_CHECKING:
    import pandas as pd

    from hfprov_widgets.data.budget import CreditFor, Plan
    from hfprov_widgets.data.choose import Choice, Optimize
    from hfprov_widgets.data.filters import Filters
    from hfprov_widgets.data.from_frame import ToPandas
    from hfprov_widgets.data.pareto import ParetoFront


class Catalog:
    """All models and routes known at one moment. Make one with `load_catalog`, `from_frame`, `from_models` or `open`.

    Attributes
    ----------
    source : str
        What the data is: ``router``, ``sample``, ``documented``, …
    retrieved_at : str or None
        ISO 8601 date or UTC time at which it was read.
    records : tuple of Model
        The models with their routes, as records. `models` and `routes` give the same as frames.
    dated_rows : bool
        The rows were read on different days: a record of what was seen, not a state at one moment.
    warnings : tuple of str
        What was skipped or doubtful when the data was read.

    Examples
    --------
    >>> catalog = Catalog.from_models([Model("org/name", routes=(Route("org/name", "groq", price_output=0.4),))],
    ...                               source="mine", retrieved_at="2026-11-23")
    >>> catalog
    Catalog(1 model, 1 route, source='mine', retrieved_at='2026-11-23')
    >>> catalog.route("org/name:groq").price_output
    0.4
    """

    def __init__(
        self,
        records: tuple[Model, ...],
        *,
        source: str,
        retrieved_at: str | None,
        dated_rows: bool = False,
        warnings: tuple[str, ...] = (),
    ) -> None:
        self.records = records
        self.source = source
        self.retrieved_at = retrieved_at
        self.dated_rows = dated_rows
        self.warnings = warnings

    @classmethod
    def from_models(
        cls, models: Iterable[Model], *, source: str, retrieved_at: str | date | datetime | None
    ) -> Catalog:
        """A catalogue of these models.

        Parameters
        ----------
        models : iterable of Model
            A `ModelList`'s warnings are kept. A model given twice is taken once, the first time, with a warning.
        source : str
            What the data is, in a word or two; it stands under every widget.
        retrieved_at : str, date or datetime, optional
            When the data was read.
        """
        warnings = list(getattr(models, "warnings", ()))
        unique: dict[str, Model] = {}
        for model in models:
            if not isinstance(model, Model):
                raise TypeError(f"models must be Model records, not {type(model).__name__}")
            if unique.setdefault(model.id, model) is not model:
                warnings.append(f"{model.id}: given twice, the second one was left out")
        records = tuple(sound(model, warnings) for model in unique.values())
        return cls(
            records,
            source=source,
            retrieved_at=iso_time(retrieved_at),
            dated_rows=spans_days(records),
            warnings=tuple(warnings),
        )

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame | ToPandas,
        *,
        source: str = "your data",
        retrieved_at: str | date | datetime | None = None,
    ) -> Catalog:
        """A catalogue of a frame of your own, one row per route, in the columns of `routes` and `models`.

        The frame is copied. Only ``model`` and ``provider`` are needed; without ``provider`` it is a frame of models.
        A missing cell is unknown, and so is one of a wrong kind, with a warning; columns of other names are kept in
        ``extra``. A frame without a column ``status`` is taken to hold live routes.

        Parameters
        ----------
        frame : DataFrame, or what has ``to_pandas()``
            Prices in USD per 1M tokens, context in tokens, latency in ms, speed in output tokens/s.
        source : str
            What the data is, in a word or two; it stands under every widget.
        retrieved_at : str, date or datetime, optional
            When the data was read; by default the latest ``retrieved_at`` of the rows, if each of them has one.

        Raises
        ------
        TypeError
            It is no frame.
        ValueError
            Columns that are needed are missing; the message names them, and names that are near.

        Examples
        --------
        >>> import pandas as pd
        >>> mine = pd.DataFrame({"model": ["org/name"], "provider": ["groq"], "price_output": [0.4]})
        >>> catalog = Catalog.from_frame(mine, source="my notes", retrieved_at="2026-11-24")
        >>> catalog.route("org/name:groq").price_output, catalog.route("org/name:groq").price_input
        (0.4, None)
        """
        from hfprov_widgets.data.from_frame import as_pandas, read_frame

        models, latest = read_frame(as_pandas(frame))
        return cls.from_models(models, source=source, retrieved_at=latest if retrieved_at is None else retrieved_at)

    @cached_property
    def models(self) -> pd.DataFrame:
        """One row per model, nullable dtypes."""
        from hfprov_widgets.data.frames import models_frame

        return models_frame(self.records)

    @cached_property
    def routes(self) -> pd.DataFrame:
        """One row per route, nullable dtypes; prices in USD per 1M tokens, context in tokens, speed in tokens/s.

        >>> from hfprov_widgets import load_catalog
        >>> load_catalog("sample").routes["price_output"].dtype
        Float64Dtype()
        """
        from hfprov_widgets.data.frames import routes_frame

        return routes_frame(self.all_routes)

    def to_frame(self) -> pd.DataFrame:
        """The routes, each with what is known of its model."""
        joined: pd.DataFrame = self.routes.merge(self.models, on="model", how="left", sort=False)
        return joined

    @cached_property
    def all_routes(self) -> tuple[Route, ...]:
        """The routes of all models, in the order of the models."""
        return tuple(route for model in self.records for route in model.routes)

    def model(self, id: str) -> Model:
        """The model with this id.

        Raises
        ------
        KeyError
            There is none; the message has near names.
        """
        try:
            return self._models[id]
        except KeyError:
            raise KeyError(self._unknown("model", id, self._models)) from None

    def route(self, id: str) -> Route:
        """The route with this id: ``org/name:provider``, with ``#task`` where the pair has several tasks.

        Raises
        ------
        KeyError
            There is none; the message has near names.
        """
        try:
            return self._routes[id]
        except KeyError:
            raise KeyError(self._unknown("route", id, self._routes)) from None

    @property
    def ids(self) -> KeysView[str]:
        """The ids of all models, in order."""
        return self._models.keys()

    @property
    def route_ids(self) -> KeysView[str]:
        """The ids of all routes, in order."""
        return self._routes.keys()

    def __contains__(self, id: object) -> bool:
        """Whether a model or a route has this id."""
        return id in self._models or id in self._routes

    def __len__(self) -> int:
        """How many models."""
        return len(self.records)

    def select(self, **filters: Any) -> Catalog:
        """The part that meets all filters; unknown never satisfies one.

        Parameters
        ----------
        **filters
            ``<column>=`` a value or a list of values, ``min_<column>=``, ``max_<column>=``, ``priced=``.
            A model stays when it meets the filters on models and, if routes are filtered, has one that meets them.

        Raises
        ------
        ValueError
            A name or value that is not allowed; the message says which are.

        Examples
        --------
        >>> from hfprov_widgets import load_catalog
        >>> load_catalog("sample").select(provider="groq", max_price_output=0.5)
        Catalog(1 model, 1 route, source='sample', retrieved_at='2026-10-10')
        """
        from hfprov_widgets.data.filters import select_models

        return self._replaced(records=select_models(self.records, filters))

    def choose(
        self,
        model: str | Iterable[str] | None = None,
        *,
        require: Filters | None = None,
        optimize: Optimize = "cost",
        mix: Mix | None = None,
        tokens: tuple[int, int] | None = None,
    ) -> Choice:
        """The best route of one model, of several or of all, and why not another: `choose.choose` tells it in full.

        Parameters
        ----------
        model : str, iterable of str, optional
        require : mapping, optional
            Filters as `select` takes them.
        optimize : {"cost", "speed", "latency", "balanced"}
        mix : (float, float), optional
            Parts of input and of output tokens, (3, 1) unless given.
        tokens : (int, int), optional
            Input and output tokens of one call, instead of a mix.

        Examples
        --------
        >>> from hfprov_widgets import load_catalog
        >>> load_catalog("sample").choose("openai/gpt-oss-20b", require={"supports_tools": True}).route.provider
        'deepinfra'
        """
        from hfprov_widgets.data.choose import choose

        return choose(self, model, require=require, optimize=optimize, mix=mix, tokens=tokens)

    def pareto(
        self,
        model: str | Iterable[str] | None = None,
        *,
        axes: Iterable[str] = ("price_blended", "throughput"),
        require: Filters | None = None,
        mix: Mix = DEFAULT_MIX,
    ) -> ParetoFront:
        """The routes that no other beats on all axes, and who beats the rest: `pareto.pareto_front` tells it in full.

        Parameters
        ----------
        model : str, iterable of str, optional
        axes : iterable of str
            Two or more columns that have a better end.
        require : mapping, optional
            Filters as `select` takes them.
        mix : (float, float)
            Parts of input and of output tokens, for ``price_blended``.

        Examples
        --------
        >>> from hfprov_widgets import load_catalog
        >>> [route.provider for route in load_catalog("documented").pareto().front]
        ['novita', 'deepinfra', 'together']
        """
        from hfprov_widgets.data.pareto import pareto_front

        return pareto_front(self, model, axes=axes, require=require, mix=mix)

    def plan(
        self,
        model: str | Iterable[str] | None = None,
        *,
        tokens: tuple[int, int] = (600, 300),
        calls: int = 20,
        students: int = 30,
        margin: float = 0.2,
        credit: float | None = None,
        credit_for: CreditFor = "student",
        require: Filters | None = None,
    ) -> Plan:
        """What a class costs on each route, in USD, and what goes over a credit: `budget.plan` tells it in full.

        Examples
        --------
        >>> from hfprov_widgets import load_catalog
        >>> load_catalog("sample").plan("openai/gpt-oss-20b", credit=0.1).rows[0].calls_in_credit
        1666
        """
        from hfprov_widgets.data.budget import plan

        return plan(
            self, model, tokens=tokens, calls=calls, students=students, margin=margin,
            credit=credit, credit_for=credit_for, require=require,
        )  # fmt: skip

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write a snapshot file (compressed if the name ends in ``.gz``), all or nothing."""
        snapshot.write(path, self._content)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Catalog:
        """The catalogue of a snapshot file.

        Raises
        ------
        SnapshotError
            The file is cut off, altered or of a newer schema.
        """
        content = snapshot.read(path)
        try:
            warnings: list[str] = []
            records = tuple(sound(model, warnings) for model in snapshot.load_models(content["models"]))
            if warnings or not isinstance(content["source"], str):
                raise TypeError("; ".join(warnings) or "source is not a text")
            return cls(
                records,
                source=content["source"],
                retrieved_at=iso_time(content.get("retrieved_at")),
                dated_rows=bool(content.get("dated_rows", False)),
                warnings=tuple(map(str, content.get("warnings", ()))),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise snapshot.SnapshotError(f"{os.fspath(path)} does not hold a catalogue: {error}.") from error

    @cached_property
    def digest(self) -> str:
        """``sha256:…`` of the content: the same for the same data, whatever the file."""
        return snapshot.digest(self._content)

    def __repr__(self) -> str:
        def count(n: int, word: str) -> str:
            return f"{n} {word}" if n == 1 else f"{n} {word}s"

        size = f"{count(len(self.records), 'model')}, {count(len(self.all_routes), 'route')}"
        return f"Catalog({size}, source={self.source!r}, retrieved_at={self.retrieved_at!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        """The first routes as a table, for a notebook; a terminal shows the one line of `repr`."""
        # Only who displays a catalogue needs the writers, which lie above the data: a script loads none of them.
        from hfprov_widgets.static_view.catalog import catalog_bundle

        return catalog_bundle(self)

    @property
    def _content(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "retrieved_at": self.retrieved_at,
            "dated_rows": self.dated_rows,
            "warnings": list(self.warnings),
            "models": snapshot.dump_models(self.records),
        }

    def with_warnings(self, *lines: str) -> Catalog:
        """The same catalogue with more warnings."""
        return self._replaced(warnings=(*self.warnings, *lines))

    def _replaced(self, **changes: Any) -> Catalog:
        names = ("records", "source", "retrieved_at", "dated_rows", "warnings")
        return Catalog(**{name: changes.get(name, getattr(self, name)) for name in names})

    @cached_property
    def _models(self) -> dict[str, Model]:
        return {model.id: model for model in self.records}

    @cached_property
    def _routes(self) -> dict[str, Route]:
        return {route.id: route for route in self.all_routes}

    def _unknown(self, what: str, id: str, known: Mapping[str, object]) -> str:
        from hfprov_widgets.data.search import near_names

        near = near_names(id, list(known)) if isinstance(id, str) else []
        hint = f" Near names: {', '.join(near)}." if near else ""
        return f"no {what} {id!r} in this catalogue ({self.source}, {self.retrieved_at}).{hint}"
