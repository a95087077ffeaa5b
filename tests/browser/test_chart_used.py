"""ProviderChart: what pointer and keys do, and what Python gets."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import hfprov_widgets as hfp

from .charts import DEEPSEEK, DOCUMENTED, SAMPLE, centre, points
from .conftest import OpenNotebook
from .plain import Plain

DRAW = f"""
import hfprov_widgets as hfp
from traitlets import link
documented = hfp.load_catalog("documented")
chart = hfp.ProviderChart({DEEPSEEK!r}, catalog=documented)
table = hfp.ProviderTable({DEEPSEEK!r}, catalog=documented)
link((chart, "value"), (table, "value"))
chart
"""


def test_the_pointer_finds_the_nearest_point_and_chooses_it(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    x, y = centre(root, "deepinfra")
    plain.page.mouse.move(x + 15, y + 12)
    expect(root.locator(".hfp-details")).to_have_text(
        "deepinfra · $2.175 per 1M tokens · 34.62 tokens/s · on the front"
    )
    expect(root.locator(".hfp-ring")).to_have_count(1)
    plain.page.mouse.move(x - 200, y - 60)
    expect(root.locator(".hfp-details")).to_contain_text("All 3 are on the front")
    plain.page.mouse.click(x - 200, y - 60)
    expect(root.locator(".hfp-chosen")).to_have_count(0)
    for _ in range(2):  # once more keeps it
        plain.page.mouse.click(x + 9, y - 9)
        expect(root.get_by_role("button", pressed=True)).to_have_attribute("aria-label", re.compile("^deepinfra"))
        expect(root.locator(".hfp-chosen")).to_contain_text(f"{DEEPSEEK}:deepinfra")
    root.get_by_role("button", name="Clear the choice").click()
    expect(root.get_by_role("button", pressed=True)).to_have_count(0)


@pytest.mark.parametrize("width", [1000, 700, 320])
def test_nothing_moves_under_the_pointer(plain: Plain, width: int) -> None:
    plain.page.set_viewport_size({"width": width, "height": 900})
    for model, catalog in ((DEEPSEEK, DOCUMENTED), (None, SAMPLE)):
        plain.clear()
        root = plain.show(hfp.ProviderChart(model, catalog=catalog))
        height = root.evaluate("e => e.offsetHeight")
        assert len(points(root)) > 2
        for point in root.locator(".hfp-point path").all():
            box = point.bounding_box()
            assert box
            plain.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            expect(root.locator(".hfp-details b")).to_be_visible()
            assert root.evaluate("e => e.offsetHeight") == height, root.locator(".hfp-details").inner_text()


def test_keys_go_from_point_to_point_and_choose(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    press = plain.page.keyboard.press
    root.get_by_role("button", name="Export").focus()
    press("Tab")
    focused = root.locator(".hfp-point:focus")

    def at(name: str) -> None:
        expect(focused).to_have_attribute("aria-label", re.compile(f"^{name},"))
        expect(root.locator(".hfp-details")).to_contain_text(name)

    at("novita")  # the cheapest of the front
    press("ArrowRight")
    at("novita")
    press("ArrowLeft")
    at("deepinfra")
    press("ArrowUp")
    at("together")
    press("ArrowDown")
    at("deepinfra")
    press("Home")
    at("together")
    press("End")
    at("novita")
    press("Enter")
    expect(root.locator(".hfp-chosen")).to_contain_text(":novita")
    press("ArrowLeft")
    press(" ")
    expect(root.locator(".hfp-chosen")).to_contain_text(":deepinfra")
    assert root.locator(".hfp-point[tabindex='0']").count() == 1
    press("Escape")
    expect(root.locator(".hfp-chosen")).to_have_count(0)
    expect(root.locator(".hfp-details")).to_have_attribute("aria-live", "off")
    press("Tab")
    expect(root.locator(".hfp-point:focus")).to_have_count(0)
    expect(root.locator(".hfp-details")).to_have_attribute("aria-live", "polite")


def test_the_focus_goes_along_with_its_route(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    root.get_by_role("button", name=re.compile("^deepinfra")).focus()
    plain.page.keyboard.press("ArrowLeft")
    expect(root.locator(".hfp-point:focus")).to_have_attribute("aria-label", re.compile("^together"))
    plain.page.keyboard.press("ArrowRight")
    for change in (("mix", [1, 3]), ("y", "context_length"), ("filters", {"min_context_length": 60_000})):
        plain.set(*change)
        expect(root.locator(".hfp-point:focus")).to_have_attribute("aria-label", re.compile("^deepinfra"))


def test_in_jupyterlab_python_and_a_table_follow(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(DRAW, "table", f"chart.value = '{DEEPSEEK}:together'", height=1400)
    chart = notebook.run(0)
    table = notebook.run(1)
    expect(chart.locator(".hfp-point")).to_have_count(3)
    chart.get_by_role("button", name=re.compile("^deepinfra")).click()
    notebook.expect_python("chart.value", f"{DEEPSEEK}:deepinfra")
    expect(table.get_by_role("button", name="deepinfra", pressed=True)).to_be_visible()
    table.locator("tr", has_text="novita").click()
    expect(chart.get_by_role("button", pressed=True)).to_have_attribute("aria-label", re.compile("^novita"))
    notebook.run(2)
    expect(chart.get_by_role("button", pressed=True)).to_have_attribute("aria-label", re.compile("^together"))
    expect(chart.locator(".hfp-details")).to_contain_text("together · $2.675 per 1M tokens")
    chart.get_by_role("button", name="y: speed").click()
    chart.get_by_role("menuitemradio", name="time to first token").click()
    notebook.expect_python("chart.y", "first_token_latency_ms")
    notebook.expect_python("[route.provider for route in chart.front]", ["novita", "deepinfra"])
    on_front = chart.locator(".hfp-on-front")
    expect(on_front).to_have_count(2)


def test_in_jupyterlab_the_keys_are_the_charts(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(DRAW, "1")
    chart = notebook.run(0)
    press = notebook.page.keyboard.press
    chart.get_by_role("button", name="Export").focus()
    press("Tab")
    for key in ("ArrowLeft", "ArrowDown", "ArrowUp", "Home", "d", "d"):
        press(key)
    press("Enter")
    notebook.expect_python("chart.value", f"{DEEPSEEK}:together")
    press("Escape")
    notebook.expect_python("chart.value", None)
    content = "window.jupyterapp.shell.currentWidget.content"
    assert notebook.page.evaluate(f"{content}.activeCellIndex") == 0, "JupyterLab took the arrows for itself"
    assert notebook.page.evaluate(f"{content}.widgets.length") >= 2, "JupyterLab has deleted a cell"
    assert notebook.page.evaluate(f"{content}.mode") == "command"


def test_a_reader_chooses_a_point_by_a_click_that_is_nowhere(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    point = root.get_by_role("button", name=re.compile("^together,"))
    point.evaluate("point => point.dispatchEvent(new MouseEvent('click', { bubbles: true }))")
    expect(root.locator(".hfp-chosen")).to_contain_text(f"{DEEPSEEK}:together")
