"""A widget where no kernel runs: the same rows as plain tables beside it, and as a page of its own."""

from __future__ import annotations

from typing import Any

import anywidget

from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.html import as_html
from hfprov_widgets.static_view.latex import as_latex
from hfprov_widgets.static_view.markdown import markdown_twin
from hfprov_widgets.static_view.page import as_page
from hfprov_widgets.static_view.text import as_text

TWIN_ROWS = 20  # of a plain table beside the widget

# Traits that say how a notebook draws any widget; a page of our own has no use for them.
_HOST_TRAITS = {*anywidget.AnyWidget.class_trait_names(), "_esm", "_css", "_anywidget_id"}
# Nobody reads newer data for a page, and nobody watches it.
_STILL = {"_freshness": {"phase": "still", "message": "", "can_refresh": False}, "_refresh": 0, "_fault": ""}


def widget_view(widget: anywidget.AnyWidget, parent: Any, kwargs: dict[str, Any]) -> Any:
    """The bundle that anywidget makes; its oldest versions leave that to ipywidgets, of which version 7 has none.

    Parameters
    ----------
    parent : object
        ``super()`` of the widget.
    kwargs : dict
        What IPython asks for: ``include`` and ``exclude``, by which it also picks from the answer.
    """
    if hasattr(parent, "_repr_mimebundle_"):
        return parent._repr_mimebundle_(**kwargs)
    from anywidget._util import get_repr_metadata

    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    return {"application/vnd.jupyter.widget-view+json": view}, get_repr_metadata()


def twins(grid: Grid) -> dict[str, str]:
    """The grid in the formats that readers of a notebook know.

    >>> sorted(twins(Grid("", (), (), "mine", None)))
    ['text/html', 'text/latex', 'text/markdown', 'text/plain']
    """
    return {
        "text/plain": as_text(grid),
        "text/html": as_html(grid),
        "text/markdown": markdown_twin(grid),
        "text/latex": as_latex(grid),
    }


def page_of(widget: anywidget.AnyWidget, grid: Grid) -> str:
    """The widget in its present state as a page, with the grid for a reader without JavaScript."""
    state = widget.get_state([name for name in widget.keys if name not in _HOST_TRAITS])
    return as_page(grid, {**state, **_STILL}, str(widget._esm), str(widget._css))
