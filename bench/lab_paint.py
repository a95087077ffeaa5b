"""From running a cell to the first row on screen, in real JupyterLab with a warm kernel.

The clock starts in the page, at the key press that runs the cell, and stops two animation frames after the
first row came into the document: by then it has been painted. Both sides take turns, and either goes first.
"""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from bench.lab import CLEAN_CELL, PATH_CELL, clear_outputs, open_lab
from bench.report import Figure
from tests.browser.lab import Lab, Notebook

WARM_UP = 2  # pairs that do not count

# The wait is armed first; the promise is kept on the window until the run is over.
ARM = """(selector) => {
  window.benchPainted = new Promise((resolve, reject) => {
    let start;
    const onKey = (event) => {
      if (event.key !== "Enter") return;
      start = performance.now();
      removeEventListener("keydown", onKey, true);
      setTimeout(() => reject(new Error(`no ${selector} after two minutes`)), 120_000);
    };
    addEventListener("keydown", onKey, true);
    const observer = new MutationObserver(() => {
      if (!document.querySelector(selector)) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
}"""

PREPARE = """
import hfprov_widgets as hfp
from bench import synthetic
from bench.bare_widget import BarePicker, BareTable, model_columns, route_columns
catalog = {catalog}
route_lists, model_lists = route_columns(catalog), model_columns(catalog)
"""

# A catalogue that no widget has seen: what it may have worked out for an earlier one does not help.
FRESH = """
catalog = hfp.Catalog.from_models(
    catalog.records, source=catalog.source, retrieved_at=catalog.retrieved_at
)
"""


class Side(NamedTuple):
    """A cell, and what is in the document when its first row is."""

    source: str
    selector: str


class Case(NamedTuple):
    """What is drawn by both sides, and which limit holds: milliseconds of difference, or a ratio."""

    name: str
    catalog: str
    ours: Side
    bare: Side
    max_difference: float | None = None
    max_ratio: float | None = None


OUR_TABLE = Side("hfp.ProviderTable(catalog)", ".hfp-table tbody tr[data-key]")
BARE_TABLE = Side("BareTable(route_lists)", ".bare-table tbody tr")
OUR_PICKER = Side("hfp.ModelPicker(catalog)", ".hfp-list [role=option]")
BARE_PICKER = Side("BarePicker(model_lists, route_lists)", ".bare-list li")

SAMPLE = 'hfp.load_catalog("sample")'
BIG = "synthetic.catalog(43_000, 100_000)"

CASES = [
    Case("table, sample", SAMPLE, OUR_TABLE, BARE_TABLE, max_difference=30),
    Case("picker, sample", SAMPLE, OUR_PICKER, BARE_PICKER, max_difference=30),
    Case("table, 100,000 routes", BIG, OUR_TABLE, BARE_TABLE, max_ratio=1.5),
    Case("picker, 100,000 routes", BIG, OUR_PICKER, BARE_PICKER, max_ratio=1.5),
]


def measure(pairs: int) -> list[Figure]:
    """Each case: medians of both sides, and the median of the paired differences or ratios."""
    with open_lab() as lab:
        return [_figure(case, _pairs(lab, case, pairs)) for case in CASES]


def _figure(case: Case, pairs: list[tuple[float, float]]) -> Figure:
    ours, bare = median(a for a, _ in pairs), median(b for _, b in pairs)
    name = f"first row: {case.name}"
    difference, ratio = median(a - b for a, b in pairs), median(a / b for a, b in pairs)
    if case.max_ratio is not None:
        note = f"median difference {difference:+,.0f} ms"
        return Figure(name, ours, bare, "ms", ratio, "×", case.max_ratio, note)
    return Figure(name, ours, bare, "ms", difference, "ms", case.max_difference, f"ratio {ratio:.2f}")


def _pairs(lab: Lab, case: Case, count: int) -> list[tuple[float, float]]:
    prepare = PREPARE.format(catalog=case.catalog)
    cells = [PATH_CELL, prepare, CLEAN_CELL, FRESH, case.ours.source, case.bare.source]
    notebook = lab.open(cells, height=1000)
    for cell in (0, 1):
        notebook.run(cell, timeout=300)
    found = []
    for pair in range(count + WARM_UP):
        times = {}
        for side in ("ours", "bare") if pair % 2 else ("bare", "ours"):
            cell, selector = (4, case.ours.selector) if side == "ours" else (5, case.bare.selector)
            times[side] = _paint(notebook, cell, selector)
        if pair >= WARM_UP:
            found.append((times["ours"], times["bare"]))
    notebook.close()
    return found


def _paint(notebook: Notebook, cell: int, selector: str) -> float:
    notebook.run(2, timeout=120)
    notebook.run(3, timeout=120)
    clear_outputs(notebook)
    notebook.activate(cell)
    notebook.page.evaluate(ARM, selector)
    notebook.page.keyboard.press("Shift+Enter")
    time: float = notebook.page.evaluate("window.benchPainted")
    notebook.wait_idle(timeout=120)
    return time
