"""Picker and table together, as the first example has them: from a few letters to `table.value`."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.service import Service, offer, router_model

from .conftest import OpenNotebook

EXAMPLE = Path(__file__).parents[2] / "examples" / "01_first_choice.ipynb"
TOGETHER = "meta-llama/Llama-3.3-70B-Instruct:together"


def test_the_first_example_as_a_person_does_it(open_notebook: OpenNotebook) -> None:
    cells = [c for c in json.loads(EXAMPLE.read_text())["cells"] if c["cell_type"] == "code"]
    notebook = open_notebook(*("".join(cell["source"]) for cell in cells), height=1400)
    notebook.run(0)
    picker = notebook.run(1)
    table = notebook.run(2)
    picker.get_by_role("combobox").click()
    notebook.page.keyboard.type("llama 70 instr")
    notebook.page.keyboard.press("Enter")
    expect(table.locator(".hfp-title")).to_contain_text("Llama-3.3-70B-Instruct")
    expect(table.locator(".hfp-pick")).to_have_text(["novita", "ovhcloud", "scaleway", "together", "featherless-ai"])
    table.locator("tr", has_text="together").click()
    notebook.expect_python("table.value", TOGETHER)
    notebook.run(3)
    assert TOGETHER in notebook.text(3)


def test_a_link_carries_several_models_and_none(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        """
import hfprov_widgets as hfp
from traitlets import link
sample = hfp.load_catalog("sample")
picker = hfp.ModelPicker(sample, multiple=True)
table = hfp.ProviderTable(catalog=sample)
link((picker, "value"), (table, "model"))
table
""",
        "picker.value = ('openai/gpt-oss-20b', 'openai/gpt-oss-120b')",
    )
    table = notebook.run(0)
    expect(table.get_by_text("There is no route to show")).to_be_visible()
    notebook.run(1)
    expect(table.locator(".hfp-title")).to_contain_text("2 models")


def test_the_line_below_says_which_data_and_a_refresh_that_fails_keeps_it(
    open_notebook: OpenNotebook,
) -> None:
    notebook = open_notebook(
        "import hfprov_widgets as hfp\npicker = hfp.ModelPicker()\npicker",
        "picker.query = 'gpt'",
        environment={
            "HF_HUB_OFFLINE": "0",
            "HFPROV_ROUTER_URL": "http://127.0.0.1:9/v1",
            "HF_ENDPOINT": "http://127.0.0.1:9",
        },
    )
    output = notebook.run(0)
    expect(output.get_by_role("alert")).to_contain_text("Newer data could not be read", timeout=60_000)
    expect(output.locator(".hfp-source")).to_contain_text("sample catalogue of 2026-10-10")
    expect(output.get_by_role("button", name="Try again")).to_be_enabled()
    notebook.run(1)
    expect(output.locator(".hfp-count")).to_contain_text("of 126 models")


def test_without_a_network_the_line_says_offline(open_notebook: OpenNotebook) -> None:
    output = open_notebook("import hfprov_widgets as hfp\nhfp.ProviderTable('openai/gpt-oss-20b')").run(0)
    expect(output.locator(".hfp-source")).to_contain_text("· offline")
    expect(output.locator(".hfp-pick").first).to_be_visible()


def test_interact_takes_a_picker(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        """
import hfprov_widgets as hfp
from ipywidgets import interact
picker = hfp.ModelPicker(hfp.load_catalog("sample"), query="gpt-oss-20b")
heard = []
interact(lambda model: heard.append(model), model=picker);
"""
    )
    output = notebook.run(0)
    output.get_by_role("option").first.click()
    notebook.expect_python("heard", [None, "openai/gpt-oss-20b"])


def test_live_data_arrives_by_itself_and_again_on_refresh(open_notebook: OpenNotebook, service: Service) -> None:
    service.router = [router_model("org/one", offer("novita", pricing={"input": 1, "output": 2}))]
    notebook = open_notebook(
        "import hfprov_widgets as hfp\npicker = hfp.ModelPicker(value='org/one')\npicker",
        environment={"HF_HUB_OFFLINE": "0", "HFPROV_ROUTER_URL": service.router_url, "HF_ENDPOINT": service.url},
    )
    output = notebook.run(0)
    expect(output.locator(".hfp-source")).to_contain_text("router just now · 1 model · 1 route")
    expect(output.get_by_role("option", selected=True)).to_have_attribute("data-key", "org/one")
    asked = len(service.seen)
    output.get_by_role("button", name="Refresh").click()
    expect(output.get_by_role("button", name="Refresh")).to_be_enabled()
    notebook.expect_python("picker._freshness['phase']", "still")
    assert len(service.seen) >= asked, "a copy that is fresh need not be asked for again"
    expect(output.get_by_role("option")).to_have_count(1)
