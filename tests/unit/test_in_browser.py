"""Python in a browser, as in JupyterLite: no pandas, no threads, no sockets; played on an ordinary Python.

The host tests run the real thing. These find in a second what would break there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from hfprov_widgets import ModelPicker, ProviderTable, load_catalog

MODEL = "openai/gpt-oss-120b"

# What the widgets stand on has been imported before all is taken away: only our own code is looked at.
BARE = """
import json, socket, sys, threading
import anywidget, ipywidgets

def gone(*args, **kwargs):
    raise RuntimeError("there is no such thing in a browser")

sys.modules["pandas"] = None
threading.Thread.start = gone
socket.socket.connect = socket.create_connection = socket.getaddrinfo = gone
before = set(sys.modules)
sys.platform = "emscripten"
"""


def run_bare(code: str) -> Any:
    """What this code prints as JSON, in a fresh Python from which those things were taken away."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", BARE + code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_both_widgets_draw_themselves_and_all_their_twins() -> None:
    found = run_bare(f"""
import hfprov_widgets as hfp
picker, table = hfp.ModelPicker(), hfp.ProviderTable({MODEL!r})
picker.value = {MODEL!r}
table.value = "{MODEL}:groq"
table._refresh += 1
shown = {{}}
for widget in (picker, table):
    data, _ = widget._repr_mimebundle_()
    shown[type(widget).__name__] = [sorted(data), widget.to_markdown(), widget.to_html(), widget._freshness]
costly = {{"requests", "requests_cache", "urllib3", "filelock", "huggingface_hub"}}
print(json.dumps([shown, sorted(costly & (set(sys.modules) - before)), table.value]))
""")
    shown, costly, value = found
    assert costly == [], "a widget that asks nobody loads no client"
    assert value == f"{MODEL}:groq"
    for kinds, markdown, page, freshness in shown.values():
        assert {"application/vnd.jupyter.widget-view+json", "text/html", "text/markdown", "text/plain"} <= set(kinds)
        assert "groq" in markdown or MODEL in markdown
        assert MODEL in page
        assert (freshness["phase"], freshness["can_refresh"]) == ("offline", False)


def test_a_frame_says_that_it_needs_pandas_and_what_does_not() -> None:
    said = run_bare(f"""
import hfprov_widgets as hfp
catalog = hfp.load_catalog("sample")
picker, table = hfp.ModelPicker(catalog), hfp.ProviderTable({MODEL!r}, catalog=catalog)
said = []
for frame in (picker.to_frame, table.to_frame, lambda: catalog.models, lambda: catalog.routes, catalog.to_frame):
    try:
        frame()
    except ImportError as error:
        said.append([error.name, str(error)])
print(json.dumps(said))
""")
    assert len(said) == 5
    for name, text in said:
        assert name == "pandas"
        assert "%pip install pandas" in text
        assert "to_markdown()" in text


def test_a_call_is_refused_in_words_and_the_best_data_at_hand_are_taken() -> None:
    refused, source = run_bare("""
import hfprov_widgets as hfp
refused = []
for call in (lambda: hfp.load_catalog("live"), hfp.RouterClient().list_models, hfp.HubClient().list_models):
    try:
        call()
    except hfp.ServiceUnavailable as error:
        refused.append(str(error))
print(json.dumps([refused, hfp.load_catalog("auto").source]))
""")
    assert len(refused) == 3
    for text in refused:
        assert "no sockets" in text
        assert "load_catalog('sample')" in text
    assert source == "sample"


def test_the_pages_null_is_none_and_no_id(monkeypatch: pytest.MonkeyPatch) -> None:
    # Where JavaScript and Python meet in one process, null arrives as an object of its own.
    null = SimpleNamespace()
    monkeypatch.setitem(sys.modules, "pyodide.ffi", SimpleNamespace(jsnull=null))
    picker = ModelPicker(load_catalog("sample"), value=MODEL)
    table = ProviderTable(MODEL, catalog=load_catalog("sample"), value=f"{MODEL}:groq")
    picker.set_state({"value": null})
    table.set_state({"value": null, "model": null})
    assert (picker.value, table.value, table.model) == (None, None, None)
