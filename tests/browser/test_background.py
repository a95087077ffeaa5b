"""Newer data and quick changes while the kernel is idle or busy, with each way in which kernels hear of a click."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.service import Service, hub_model, mapping, offer, router_model

from .conftest import OpenNotebook
from .lab import Notebook
from .test_restored import BUSY, folder, fresh, hear_clicks_on_a_subshell, silent

KERNEL_6 = Path(sys.prefix) / "kernel6" / "bin" / "python"
LIVE = """
from pathlib import Path
from hfprov_widgets.data import router
router.EXPIRE_AFTER = 0.0  # every refresh asks
import hfprov_widgets as hfp
table = hfp.ProviderTable("org/name")
table
"""
WORKERS = "[thread.name for thread in __import__('threading').enumerate() if thread.name == 'hfprov-refresh']"

OpenLive = Callable[..., Notebook]


def serve(service: Service, *providers: str) -> None:
    """These providers serve the one model from now on."""
    service.router = [router_model("org/name", *(offer(name, throughput=50) for name in providers))]
    service.models = [hub_model("org/name", mapping("groq"), likes=7)]


@pytest.fixture(params=["subshells", "no subshells", "ipykernel 6"])
def open_live(request: pytest.FixtureRequest, service: Service) -> OpenLive:
    """Opens a notebook that reads from the service; each parameter is one way in which a kernel hears of a click."""
    fixture = "open_in_other_lab" if request.param == "no subshells" else "open_notebook"
    open_notebook: OpenNotebook = request.getfixturevalue(fixture)
    environment = {"HF_HUB_OFFLINE": "0", "HFPROV_ROUTER_URL": service.router_url, "HF_ENDPOINT": service.url}
    serve(service, "groq", "novita")

    def open_(*cells: str) -> Notebook:
        python = None
        if request.param == "ipykernel 6":
            assert KERNEL_6.exists(), "make .venv/kernel6-ready"
            python = str(KERNEL_6)
        notebook = open_notebook(*cells, environment=environment, python=python)
        fresh(notebook)
        return notebook

    return open_


def providers(output: Locator) -> Locator:
    return output.locator(".hfp-pick")


def let_go(notebook: Notebook) -> None:
    """End the busy cell."""
    (folder(notebook) / "go.txt").touch()
    notebook.wait_idle()


def test_newer_data_with_an_idle_kernel(open_live: OpenLive, service: Service) -> None:
    notebook = open_live(LIVE)
    output = notebook.run(0)
    expect(providers(output)).to_have_text(["groq", "novita"])
    serve(service, "groq", "novita", "nscale")
    output.get_by_role("button", name="Refresh").click()
    expect(providers(output)).to_have_text(["groq", "novita", "nscale"])
    notebook.expect_python("len(table.catalog.all_routes)", 3)


def test_an_answer_that_comes_while_a_cell_runs(open_live: OpenLive, service: Service) -> None:
    notebook = open_live(LIVE, BUSY)
    service.gate.clear()
    output = notebook.run(0)
    expect(output.locator(".hfp-source")).to_contain_text("looking for newer data")
    notebook.start(1)
    service.wait_for_requests(1)
    service.gate.set()
    expect(providers(output)).to_have_text(["groq", "novita"])
    expect(output.locator(".hfp-source")).to_contain_text("router")
    assert not (folder(notebook) / "go.txt").exists()
    let_go(notebook)


def test_newer_data_asked_for_while_a_cell_runs(
    open_live: OpenLive, service: Service, request: pytest.FixtureRequest
) -> None:
    notebook = open_live(LIVE, BUSY)
    output = notebook.run(0)
    expect(providers(output)).to_have_text(["groq", "novita"])
    if "[subshells" in request.node.name:
        hear_clicks_on_a_subshell(notebook, output)
    serve(service, "groq", "novita", "nscale")
    notebook.start(1)
    asked = len(service.seen)
    output.get_by_role("button", name="Refresh").click()
    if "[subshells" in request.node.name:
        expect(providers(output)).to_have_text(["groq", "novita", "nscale"])
        expect(silent(output)).to_have_count(0)
    else:
        expect(silent(output)).to_have_count(1)
        assert len(service.seen) == asked
    assert not (folder(notebook) / "go.txt").exists()
    let_go(notebook)
    expect(providers(output)).to_have_text(["groq", "novita", "nscale"])
    expect(silent(output)).to_have_count(0)


def test_an_answer_that_comes_too_late_changes_nothing(open_live: OpenLive, service: Service) -> None:
    notebook = open_live(LIVE, "table.catalog = hfp.load_catalog('documented'); table.model = None")
    service.gate.clear()
    output = notebook.run(0)
    service.wait_for_requests(1)
    notebook.run(1)
    expect(output.locator(".hfp-source")).to_contain_text("documented")
    service.gate.set()
    notebook.expect_python(WORKERS, [])
    assert len(service.seen) > 1
    expect(output.locator(".hfp-source")).to_contain_text("documented")
    expect(providers(output)).to_have_count(5)


# With thousands of messages at once the way from kernel to page can stop for good, under a bare IntText too (1 of 150
# runs of 2,000 changes; Jupyter limits messages to 1,000 a second). So here are as many as a person's loop makes.
LOOP = """
for i in range(300):
    table.mix = (i % 7 + 1, 1)
table.mix = (50, 1)
"""
THREAD = """
import threading
def turn():
    for i in range(150):
        table.sort = (("provider", "asc" if i % 2 else "desc"),)
turning = threading.Thread(target=turn)
turning.start()
for i in range(150):
    table.mix = (1, i % 5 + 1)
turning.join()
table.mix = (1, 50)
"""


def test_tight_loops_leave_the_widget_usable(open_live: OpenLive) -> None:
    make = """
import hfprov_widgets as hfp
table = hfp.ProviderTable("openai/gpt-oss-120b", catalog=hfp.load_catalog("sample"))
table
"""
    notebook = open_live(make, LOOP, THREAD)
    output = notebook.run(0)
    rows = output.locator("tbody tr[data-key]")
    expect(rows).to_have_count(11)
    mix = output.locator("[data-popup=mix]")
    before = output.locator("*").count()
    notebook.run(1)
    expect(mix).to_contain_text("50 : 1")
    notebook.run(2)
    notebook.expect_python("table.mix", (1.0, 50.0))
    expect(mix).to_contain_text("1 : 50")
    expect(output.locator("thead th[aria-sort=ascending]")).to_contain_text("Provider")
    expect(rows.first).to_have_attribute("data-key", "openai/gpt-oss-120b:baseten")
    rows.filter(has_text="novita").click()
    notebook.expect_python("table.value", "openai/gpt-oss-120b:novita")
    assert output.locator("*").count() < before + 50
    expect(silent(output)).to_have_count(0)
