"""The records of the catalogue: a model, a route by which a provider serves it, a list of models.

A route is one (model, provider, task). Every field that the services may leave out is ``None`` when they do:
unknown is not zero, not false and not free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, make_dataclass, replace
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

Modalities: TypeAlias = "tuple[str, ...] | None"


@dataclass(frozen=True, slots=True)
class Route:
    """One way to have a model served: (model, provider, task).

    Parameters
    ----------
    model, provider : str
        The model's id on the Hub (``org/name``) and the provider's id (``together``).
    status : str, optional
        As the service says: ``live``, ``staging``, ``error``, or a word not known yet.
    task : str, optional
        The mapping's task; chat is ``conversational``.
    provider_id : str, optional
        The provider's own name for the model.
    context_length : int, optional
        Tokens.
    price_input, price_output : float, optional
        USD per 1M tokens, as published.
    is_free : bool, optional
        A temporary promotion at that provider. Not the same as a price of zero.
    supports_tools, supports_structured_output : bool, optional
    first_token_latency_ms : float, optional
        Milliseconds to the first token, from the newest probe of the service.
    throughput : float, optional
        Output tokens per second, from the newest probe of the service.
    is_model_author : bool, optional
        Whether the provider is the model's author.
    retrieved_at, metrics_retrieved_at : str, optional
        ISO 8601 date or UTC time at which the row, and its speed figures, were read.
    source, metrics_source : str, optional
        Where the row, and its speed figures, were read.
    extra : mapping
        What the service sent and this version does not know.

    Examples
    --------
    >>> Route("openai/gpt-oss-20b", "groq", task="conversational").id
    'openai/gpt-oss-20b:groq'
    """

    model: str
    provider: str
    status: str | None = None
    task: str | None = None
    provider_id: str | None = None
    context_length: int | None = None
    price_input: float | None = None
    price_output: float | None = None
    is_free: bool | None = None
    supports_tools: bool | None = None
    supports_structured_output: bool | None = None
    first_token_latency_ms: float | None = None
    throughput: float | None = None
    is_model_author: bool | None = None
    retrieved_at: str | None = None
    metrics_retrieved_at: str | None = None
    source: str | None = None
    metrics_source: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    # True when the same model and provider serve several tasks: only then does the id need the task.
    shares_pair: bool = field(default=False, compare=False, repr=False)

    @property
    def id(self) -> str:
        """``org/name:provider``, and ``#task`` after it where the pair has several tasks."""
        pair = f"{self.model}:{self.provider}"
        return f"{pair}#{self.task}" if self.shares_pair and self.task else pair


@dataclass(frozen=True, slots=True)
class Model:
    """A model repository on the Hub and the routes by which providers serve it.

    Parameters
    ----------
    id : str
        ``org/name``; the column is called ``model``.
    pipeline_tag : str, optional
        The Hub's task tag; chat models carry ``text-generation`` or ``image-text-to-text`` here.
    owned_by : str, optional
    created : str, optional
        ISO 8601 UTC time of the repository's creation.
    input_modalities, output_modalities : tuple of str, optional
    likes, downloads : int, optional
        Downloads are those of the last 30 days.
    trending_score : float, optional
    gated : bool or str, optional
        ``False``, ``"auto"`` or ``"manual"``.
    inference : str, optional
        ``"warm"`` when at least one provider serves the model.
    routes : tuple of Route
    extra : mapping
        What the service sent and this version does not know.

    Examples
    --------
    >>> Model("org/name", routes=(Route("org/name", "groq"),)).n_routes
    1
    """

    id: str
    pipeline_tag: str | None = None
    owned_by: str | None = None
    created: str | None = None
    input_modalities: Modalities = None
    output_modalities: Modalities = None
    likes: int | None = None
    downloads: int | None = None
    trending_score: float | None = None
    gated: bool | str | None = None
    inference: str | None = None
    routes: tuple[Route, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("input_modalities", "output_modalities"):
            if isinstance(getattr(self, name), list):
                object.__setattr__(self, name, tuple(getattr(self, name)))
        if (marked := told_apart(self.routes)) is not self.routes:
            object.__setattr__(self, "routes", marked)

    @property
    def n_routes(self) -> int:
        """How many routes are known."""
        return len(self.routes)

    @property
    def n_providers(self) -> int:
        """How many different providers these routes belong to."""
        return len({route.provider for route in self.routes})


def told_apart(routes: tuple[Route, ...]) -> tuple[Route, ...]:
    """The routes of one model, those marked that share their provider: only they need the task in their id."""
    if len(routes) < 2:
        return routes
    pairs = Counter(route.provider for route in routes)
    # Once marked, a route keeps its id, also where a selection leaves it alone with its provider.
    if all(pairs[route.provider] == 1 or route.shares_pair for route in routes):
        return routes
    return tuple(replace(route, shares_pair=route.shares_pair or pairs[route.provider] > 1) for route in routes)


class ModelList(list[Model]):
    """A list of models, with what had to be left out or was doubtful in ``warnings``.

    ``source`` is what a class server says it serves instead of the live services, a snapshot's name say.

    Examples
    --------
    >>> ModelList([Model("org/name")], warnings=["1 entry without an id was skipped"]).warnings
    ('1 entry without an id was skipped',)
    """

    def __init__(
        self, models: Iterable[Model] = (), *, warnings: Iterable[str] = (), source: str | None = None
    ) -> None:
        super().__init__(models)
        self.warnings: tuple[str, ...] = tuple(warnings)
        self.source = source


def draft_of(record: type) -> Callable[..., Any]:
    """A class with the fields of a frozen record that can be filled in bit by bit; `finished` makes it the record.

    A frozen dataclass sets its fields one by one through ``object.__setattr__``, which takes long for tens of thousands
    of records. A twin with the same slots, not frozen, sets them as any object does.

    Examples
    --------
    >>> route = draft_of(Route)("org/name", "groq")
    >>> route.price_output = 0.4
    >>> finished(route, Route)
    Route(model='org/name', provider='groq', ..., price_output=0.4, ...)
    """
    defaults = {f.name: f.default if f.default is not MISSING else None for f in fields(record)}
    twins = [(name, Any, field(default=default)) for name, default in defaults.items()]
    return make_dataclass(f"{record.__name__}Draft", twins, slots=True, eq=False, repr=False)


def finished(draft: Any, record: type[T]) -> T:
    """The draft as the record that it is a draft of; it never changes again. Nothing in it is checked."""
    draft.__class__ = record
    return draft  # type: ignore[no-any-return]
