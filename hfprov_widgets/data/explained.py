"""What is told in sentences: a notebook shows them, a terminal the one line of `repr`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from hfprov_widgets.data.origin import origin


class Explained(ABC):
    """A result with `explain`."""

    __slots__ = ()

    source: str
    retrieved_at: str | None
    dated_rows: bool

    @abstractmethod
    def explain(self) -> str:
        """Plain sentences, with the data they are about."""

    def _with_origin(self, sentences: str) -> str:
        return f"{sentences} Data: {origin(self.source, self.retrieved_at, self.dated_rows)}."

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        # As in `Catalog`: only who displays it needs the writers, which lie above the data.
        from hfprov_widgets.static_view.catalog import said_bundle

        return said_bundle(repr(self), self.explain())
