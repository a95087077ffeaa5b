"""What is told in sentences: a notebook shows them, a terminal the one line of `repr`."""

from __future__ import annotations

from typing import Any


class Explained:
    """A result with `explain`."""

    __slots__ = ()

    def explain(self) -> str:
        """Plain sentences."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        # As in `Catalog`: only who displays it needs the writers, which lie above the data.
        from hfprov_widgets.static_view.catalog import said_bundle

        return said_bundle(repr(self), self.explain())
