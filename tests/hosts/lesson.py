"""The one notebook that is shown in every host: a picker, the table it is linked to, and what Python has of them.

Hosts without a kernel take the first two cells. The third lets a test see Python's side on the page, in hosts too
where nobody can run a cell (Voilà), and lets Python change the page.
"""

from __future__ import annotations

from pathlib import Path

import nbformat

MODEL = "openai/gpt-oss-120b"

PICKER = f"""
import hfprov_widgets as hfp
from traitlets import link
sample = hfp.load_catalog("sample")
picker = hfp.ModelPicker(sample, value={MODEL!r})
picker
"""
TABLE = f"""
table = hfp.ProviderTable({MODEL!r}, catalog=sample)
link((picker, "value"), (table, "model"))
table
"""

# The same words and the same button in every host with a kernel; marimo's own app has them too.
SAYS = "Python has {model} and {route}."
BUTTON = "Python chooses"
PYTHONS_ROUTE = f"{MODEL}:groq"

PYTHON = f"""
import ipywidgets
said = ipywidgets.Label()
def say(_=None):
    said.value = {SAYS!r}.format(model=picker.value, route=table.value)
def choose(_):
    picker.value = {MODEL!r}
    table.value = {PYTHONS_ROUTE!r}
say()
picker.observe(say, "value")
table.observe(say, "value")
button = ipywidgets.Button(description={BUTTON!r})
button.on_click(choose)
ipywidgets.VBox([button, said])
"""

SHOWN = (PICKER.strip(), TABLE.strip())
CELLS = (*SHOWN, PYTHON.strip())


def write_notebook(path: Path, cells: tuple[str, ...] = CELLS) -> Path:
    """A notebook file of these code cells, not yet run."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in cells]
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)
    return path
