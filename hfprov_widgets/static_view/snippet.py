"""A snippet as a grid: the code, and below it what has to be said of the route."""

from __future__ import annotations

from collections.abc import Sequence

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.records import Route
from hfprov_widgets.data.snippet_notes import NEEDS, call_words, notes_of, why_no_code
from hfprov_widgets.data.snippets import Target, form_words, language_of, write
from hfprov_widgets.static_view.grid import Grid

NOTHING_CHOSEN = ("No route is chosen.", "Set value to the id of a route, or link it with the value of a table.")


def snippet_grid(
    catalog: Catalog, target: Target | None, routes: Sequence[Route], client: str, variant: str, stream: bool
) -> Grid:
    """What a snippet shows.

    Parameters
    ----------
    target : Target, optional
        What the code calls; None where nothing is chosen.
    routes : sequence of Route
        The route where a provider is named, else all routes of the model; none where the data does not hold it.

    Examples
    --------
    >>> from hfprov_widgets.data.load import load_catalog
    >>> sample = load_catalog("sample")
    >>> route = sample.route("openai/gpt-oss-20b:groq")
    >>> grid = snippet_grid(sample, Target(route.model, route.provider), [route], "curl", "chat", False)
    >>> grid.title, grid.notes[0]
    ('Code for openai/gpt-oss-20b:groq: curl, chat', '600 in + 300 out ≈ $0.000210 a call')
    """
    where = (catalog.source, catalog.retrieved_at, catalog.dated_rows)
    if target is None:
        return Grid("Code for a route", (), (), *where, empty=NOTHING_CHOSEN)
    why = why_no_code(target, routes)
    if why:
        return Grid(f"Code for {target.name}", (), (), *where, empty=(why,))
    notes = [note.words for note in notes_of(target, routes, client, variant)]
    return Grid(
        f"Code for {target.name}: {form_words(client, variant, stream)}",
        (),
        (),
        *where,
        notes=(*notes, call_words(target, routes), NEEDS),
        code=write(target, client, variant, stream),
        language=language_of(client),
    )
