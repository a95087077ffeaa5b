"""What a person does with the lesson's picker and table, the same in every host.

Each function takes the part of the page where a widget is: a page, a frame, or an element of either. What has to be on
screen afterwards is computed by the same widget in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

from hfprov_widgets import Catalog, ModelPicker, ProviderTable, load_catalog
from tests.hosts.lesson import BUTTON, MODEL, PYTHONS_ROUTE, SAYS

Root = Page | Frame | FrameLocator | Locator

LLAMA = "meta-llama/Llama-3.3-70B-Instruct"
SMALL = "openai/gpt-oss-20b"


def expect_drawn(picker: Root, table: Root) -> None:
    """Both widgets stand on the page, with their rows and the source of these.

    The first thing after a page was opened: a kernel may have to start.
    """
    expect(picker.locator(".hfp-picker .hfp-count")).to_have_text("126 models", timeout=90_000)
    expect(table.locator(".hfp-table .hfp-title")).to_contain_text("gpt-oss-120b", timeout=90_000)
    expect(table.locator(".hfp-table .hfp-pick")).to_have_text(providers(MODEL))
    for root, widget in ((picker, ".hfp-picker"), (table, ".hfp-table")):
        expect(root.locator(f"{widget} .hfp-source")).to_contain_text("sample catalogue of 2026-10-10")


def search_sort_filter_choose(picker: Root, table: Root, *, kernel: bool) -> None:
    """Everything that works in the page itself, in both widgets.

    Parameters
    ----------
    picker, table
        The part of the page that each widget is in; the same one twice is fine.
    kernel : bool
        Whether a kernel links the two: the table then compares what the picker has chosen.
    """
    use_picker(picker)
    use_table(table, LLAMA if kernel else MODEL)


def use_picker(root: Root) -> None:
    """Sort, filter, search, and choose what was found, by mouse; the choice is `LLAMA`."""
    picker = root.locator(".hfp-picker")
    count, options = picker.locator(".hfp-count"), picker.get_by_role("option")

    picker.get_by_role("button", name="Sort").click()
    picker.get_by_role("menuitemradio", name="longest context").click()
    by_context = (("context_length", "desc"),)
    expect_first(options, models(sort=by_context))

    chip = picker.get_by_role("button", name="novita")
    chip.click()
    found = models(sort=by_context, filters={"provider": ["novita"]})
    expect(count).to_have_text(f"{len(found)} of 126 models")
    expect_first(options, found)
    chip.click()
    expect(count).to_have_text("126 models")

    picker.get_by_role("combobox").fill("llama 70 instr")
    expect(count).to_have_text("1 of 126 models")
    options.first.click()
    expect(picker.get_by_role("option", selected=True)).to_have_attribute("data-key", LLAMA)
    expect(picker.locator(".hfp-chosen")).to_contain_text(LLAMA)
    picker.get_by_role("button", name="Clear the search").click()
    expect(count).to_have_text("126 models")


def use_table(root: Root, model: str) -> None:
    """Sort, filter and choose among the routes of this model, by mouse."""
    table = root.locator(".hfp-table")
    picks = table.locator(".hfp-pick")
    expect(table.locator(".hfp-title")).to_contain_text(model)

    table.get_by_role("button", name="Context").click()
    expect(table.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    by_context = (("context_length", "desc"),)
    expect(picks).to_have_text(providers(model, sort=by_context))

    table.get_by_role("button", name="Filter").click()
    table.get_by_role("menuitemcheckbox", name="structured output").click()
    found = providers(model, sort=by_context, filters={"supports_structured_output": True})
    expect(picks).to_have_text(found)
    expect(table.locator(".hfp-hidden")).to_contain_text("hidden by filters")
    table.get_by_role("button", name="Show all").click()
    expect(picks).to_have_text(providers(model, sort=by_context))

    choose_route(table, f"{model}:{found[1]}")


def choose_route(table: Root, route: str) -> None:
    """Click into a row, beside the provider's name."""
    table.locator(f"tr[data-key='{route}'] td").nth(2).click()
    expect(table.locator(".hfp-pick[aria-pressed=true]")).to_have_text(route.rpartition(":")[2])
    expect(table.locator(".hfp-chosen")).to_contain_text(route)


def python_hears(picker: Root, table: Root, python: Root) -> None:
    """A click in the picker and one in the table change the Python values; the link between the two is Python's."""
    view = picker.locator(".hfp-picker")
    view.get_by_role("combobox").fill("gpt-oss-20b")
    view.get_by_role("option").first.click()
    expect(python.get_by_text(SAYS.format(model=SMALL, route=None))).to_be_visible()
    expect(table.locator(".hfp-table .hfp-title")).to_contain_text("gpt-oss-20b")
    route = f"{SMALL}:{providers(SMALL)[1]}"
    choose_route(table.locator(".hfp-table"), route)
    expect(python.get_by_text(SAYS.format(model=SMALL, route=route))).to_be_visible()
    view.get_by_role("button", name="Clear the search").click()


def python_speaks(picker: Root, table: Root, python: Root) -> None:
    """Python sets `picker.value` and `table.value`, and the page shows it."""
    python.get_by_role("button", name=BUTTON).click()
    expect(table.locator(".hfp-table .hfp-title")).to_contain_text(MODEL)
    expect(table.locator(".hfp-table .hfp-pick[aria-pressed=true]")).to_have_text(PYTHONS_ROUTE.rpartition(":")[2])
    expect(picker.locator(".hfp-picker").get_by_role("option", selected=True)).to_have_attribute("data-key", MODEL)
    expect(python.get_by_text(SAYS.format(model=MODEL, route=PYTHONS_ROUTE))).to_be_visible()


def expect_answered(page: Page, picker: Root, table: Root, python: Root) -> None:
    """The widgets ask Python whether it hears them, and are answered: they never say that it is silent.

    The page's clock has to be the test's (``page.clock.install()`` before it was opened).
    """
    expect_drawn(picker, table)
    python_speaks(picker, table, python)
    page.clock.fast_forward(10_000)
    for root in (picker, table):
        expect(root.locator(".hfp").first).to_be_visible()
        expect(root.get_by_text("Python is not answering")).to_have_count(0)


# What a host with a kernel has to do, by the matrix's names, in this order.
LIVE: Mapping[str, Callable[[Root, Root, Root], None]] = {
    "drawn": lambda picker, table, _: expect_drawn(picker, table),
    "click → Python": python_hears,
    "Python → page": python_speaks,
    "search, sort, filter, choose": lambda picker, table, _: search_sort_filter_choose(picker, table, kernel=True),
}


def live_steps(host: str) -> list[Any]:
    """The steps of `LIVE` as parameters of a test, each marked with the cell that it stands for."""
    return [pytest.param(step, id=check, marks=pytest.mark.host(host, check)) for check, step in LIVE.items()]


def themes(host: str) -> list[Any]:
    """Light and dark as parameters of a test, each marked with the cell that it stands for."""
    return [pytest.param(t, id=t, marks=pytest.mark.host(host, f"contrast, {t}")) for t in ("light", "dark")]


def models(**view: Any) -> list[str]:
    """The picker's rows for these traits, as Python computes them."""
    ids: list[str] = ModelPicker(sample(), **view).to_frame()["model"].tolist()
    return ids


def providers(model: str, **view: Any) -> list[str]:
    """The table's rows for these traits, as Python computes them."""
    names: list[str] = ProviderTable(model, catalog=sample(), **view).to_frame()["provider"].tolist()
    return names


def sample() -> Catalog:
    """The catalogue of the lesson."""
    return load_catalog("sample")


def expect_first(options: Locator, ids: list[str]) -> None:
    """The first rows on screen are these; the rest of the list is not drawn."""
    for at, model in enumerate(ids[:5]):
        expect(options.nth(at)).to_have_attribute("data-key", model)
