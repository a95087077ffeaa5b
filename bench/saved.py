"""How big a table of the sample's routes is where it stays: as a page of its own, and in a saved notebook.

Beside it the same rows, as a DataFrame, in two tables that people use for this: itables and ipydatagrid.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from bench.report import Figure

PAGE_LIMIT = 200.0  # kB

ROWS = "import hfprov_widgets as hfp\ntable = hfp.ProviderTable(hfp.load_catalog('sample'))\nframe = table.to_frame()"
OURS = "table"
ITABLES = (
    "import itables\nitables.init_notebook_mode(all_interactive=False, connected={})\nitables.show(frame, maxBytes=0)"
)
IPYDATAGRID = "import ipydatagrid\nipydatagrid.DataGrid(frame)"


def measure(pairs: int) -> list[Figure]:
    """Bytes of pages and of notebook files, in kB. Nothing is timed, so `pairs` is not used."""
    ours, itables, ipydatagrid = _pages()
    nothing = _saved("None", state=False)
    notebooks = {
        (name, state): _saved(cell, state=state) - nothing
        for name, cell in {"ours": OURS, "itables": ITABLES, "ipydatagrid": IPYDATAGRID}.items()
        for state in (False, True)
    }
    return [
        Figure("page without network", ours, None, "kB", ours, "kB", PAGE_LIMIT, "the sample, 287 routes"),
        _ratio("page without network / itables", ours, itables, "its whole library inside"),
        _ratio("page / ipydatagrid", ours, ipydatagrid, "ipydatagrid's page asks a CDN for 4 MB more"),
        *(
            _ratio(f"notebook grows{' with' if state else ', no'} widget state / {other}", *sizes, note)
            for state in (False, True)
            for other, note in (("itables", "its library included"), ("ipydatagrid", "" if state else "saves no row"))
            for sizes in [(notebooks["ours", state], notebooks[other, state])]
        ),
    ]


def _ratio(name: str, ours: float, bare: float, note: str) -> Figure:
    return Figure(name, ours, bare, "kB", ours / bare, "×", None, note)


def _pages() -> tuple[float, float, float]:
    """Pages of the same rows: ours, itables' with its library inside, ipydatagrid's as ipywidgets embeds it."""
    import ipydatagrid
    import itables
    from ipywidgets.embed import dependency_state, embed_minimal_html

    import hfprov_widgets as hfp

    table = hfp.ProviderTable(hfp.load_catalog("sample"))
    page = table.to_html() or ""
    frame = table.to_frame()
    grid = ipydatagrid.DataGrid(frame)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        embedded = Path(folder) / "grid.html"
        embed_minimal_html(str(embedded), views=[grid], state=dependency_state([grid]))
        grid_page = embedded.read_text(encoding="utf-8")
    other = itables.to_html_datatable(frame, connected=False, maxBytes=0)
    return _kilobytes(page), _kilobytes(other), _kilobytes(grid_page)


def _saved(cell: str, *, state: bool) -> float:
    """The size of a notebook file that shows the rows by this cell, in kB."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in (ROWS, cell)])
    NotebookClient(notebook, kernel_name="python3", timeout=120, store_widget_state=state).execute()
    return _kilobytes(nbformat.writes(notebook))


def _kilobytes(text: str) -> float:
    return len(text.encode()) / 1e3
