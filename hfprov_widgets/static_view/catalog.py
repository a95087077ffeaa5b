"""What a notebook shows of data by itself: of a catalogue its first routes, of a result its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import MODEL_COLUMNS
from hfprov_widgets.data.formatting import format_value
from hfprov_widgets.data.ranking import DEFAULT_ROUTE_SORT, sort_routes
from hfprov_widgets.data.records import Route
from hfprov_widgets.static_view import html, markdown
from hfprov_widgets.static_view.grid import Grid, Head
from hfprov_widgets.static_view.latex import as_latex
from hfprov_widgets.static_view.routes import routes_grid
from hfprov_widgets.static_view.words import NUMBERS, plural, sort_words

ROWS = 20
_SENTENCES = 4_000  # characters
_NAMES = ("model", "provider")
# Of these, the columns that say something.
_FACTS = (
    "status", "task", "price_input", "price_output", "price_blended", "first_token_latency_ms", "throughput",
    "context_length", "supports_tools",
)  # fmt: skip
_MODEL_FACTS = ("pipeline_tag", "input_modalities", "output_modalities", "likes", "downloads")


def catalog_bundle(catalog: Catalog) -> dict[str, str]:
    """What a notebook shows of a catalogue; a terminal gets the one line.

    >>> from hfprov_widgets import load_catalog
    >>> bundle = catalog_bundle(load_catalog("documented"))
    >>> bundle["text/plain"]
    "Catalog(1 model, 5 routes, source='documented', retrieved_at='2026-05-12')"
    """
    grid = catalog_grid(catalog)
    return {
        "text/plain": repr(catalog),
        "text/html": html.as_html(grid),
        "text/markdown": markdown.markdown_twin(grid),
        "text/latex": as_latex(grid),
    }


def said_bundle(line: str, text: str) -> dict[str, str]:
    """What a notebook shows of a choice, a plan or a front: its sentences; a terminal gets the one line.

    >>> said_bundle("Choice(…)", "groq serves it at $0.40.")["text/html"]
    '<p>groq serves it at <span>$</span>0.40.</p>'
    """
    lines = text.splitlines()
    return {
        "text/plain": line,
        "text/html": "<p>" + "<br>\n".join(html.escape(one, _SENTENCES) for one in lines) + "</p>",
        "text/markdown": "\n\n".join(map(_paragraph, lines)) + "\n",
    }


def _paragraph(text: str) -> str:
    """Sentences may begin with somebody's name: with "#", they would be a heading."""
    return re.sub(r"^(\d*)([-+#>.)])", r"\1\\\2", markdown.escape(text))


def catalog_grid(catalog: Catalog) -> Grid:
    """The first routes in the default order; the first models, where there is no route.

    >>> from hfprov_widgets import load_catalog
    >>> catalog_grid(load_catalog("sample")).title
    'Catalogue: 126 models, 287 routes'
    """
    models, routes = catalog.records, catalog.all_routes
    title = f"Catalogue: {plural(len(models), 'model')}, {plural(len(routes), 'route')}"
    about = _about(catalog)
    if not routes:
        return _models_alone(catalog, title, about)
    facts = [name for name in _FACTS if _says_something(name, routes)]
    sort = DEFAULT_ROUTE_SORT if "price_blended" in facts else (("model", "asc"),)
    first = sort_routes(routes, sort, limit=ROWS)
    notes = [sort_words(sort), *about]
    more = len(routes) - len(first)
    return routes_grid(catalog, first, [*_NAMES, *facts], title=title, more=more, of=routes, notes=notes)


def _says_something(name: str, routes: Sequence[Route]) -> bool:
    """Whether anything is known of a column, and of the task, whether there are several."""
    if name == "task":
        return len({route.task for route in routes}) > 1
    # The computed column needs a price.
    return any(getattr(route, "price_input" if name == "price_blended" else name) is not None for route in routes)


def _models_alone(catalog: Catalog, title: str, notes: list[str]) -> Grid:
    """Models of which no route is known: what is known of them, and nothing about who serves them."""
    first = catalog.records[:ROWS]
    names = [name for name in _MODEL_FACTS if any(getattr(model, name) is not None for model in catalog.records)]
    columns = [MODEL_COLUMNS[name] for name in names]
    return Grid(
        title,
        (Head("Model"), *(Head(column.label, column.unit, column.kind in NUMBERS) for column in columns)),
        tuple((m.id, *(format_value(column.kind, getattr(m, column.name)) for column in columns)) for m in first),
        catalog.source,
        catalog.retrieved_at,
        more=len(catalog.records) - len(first),
        notes=tuple(notes),
        empty=("This catalogue holds no model.",),
    )


def _about(catalog: Catalog) -> list[str]:
    """How much was doubtful, and the content's digest, by which two people see that they have the same data."""
    lines = [f"{plural(len(catalog.warnings), 'warning')}: see catalog.warnings."] if catalog.warnings else []
    return [*lines, f"Digest {catalog.digest[:15]}."]
