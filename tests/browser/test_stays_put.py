"""The widgets leave the user where the user is: letters, focus, scroll, active row, and the notebook's own keys."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .conftest import OpenNotebook
from .test_picker import MAKE


def test_slow_typing_loses_no_letter(open_notebook: OpenNotebook) -> None:
    """The kernel's echo of the first letters comes while the next ones wait to be saved."""
    notebook = open_notebook(MAKE)
    output = notebook.run(0)
    output.get_by_role("combobox").click()
    notebook.page.keyboard.type("meta llama instruct", delay=195)
    expect(output.get_by_role("combobox")).to_have_value("meta llama instruct")
    notebook.expect_python("picker.query", "meta llama instruct")


def test_choosing_far_down_leaves_the_list_where_it_is(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE.replace("(sample)", "(sample, multiple=True)"))
    output = notebook.run(0)
    listing = output.locator(".hfp-list")
    output.get_by_role("option").first.click()
    listing.evaluate("e => { e.scrollTop = 1500 }")
    expect(output.get_by_role("option").nth(8)).to_have_attribute("aria-posinset", "53")
    output.get_by_role("option").nth(8).click()
    notebook.expect_python("len(picker.value)", 2)
    assert listing.evaluate("e => e.scrollTop") == 1500


def test_newer_data_leaves_choice_active_row_and_scroll(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "picker.catalog = sample.select(provider=['novita', 'deepinfra'])")
    output = notebook.run(0)
    output.get_by_role("combobox").focus()
    for _ in range(6):
        notebook.page.keyboard.press("ArrowDown")
    active = output.locator(".hfp-active").get_attribute("data-key")
    output.locator(".hfp-list").evaluate("e => { e.scrollTop = 60 }")
    notebook.run(1)
    expect(output.locator(".hfp-source")).not_to_contain_text("126 models")
    expect(output.locator(".hfp-active")).to_have_attribute("data-key", active or "")
    assert output.locator(".hfp-list").evaluate("e => e.scrollTop") == 60


def test_the_focus_is_never_lost(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE)
    output = notebook.run(0)
    keyboard = notebook.page.keyboard
    field = output.get_by_role("combobox")
    field.fill("gpt-oss-20b")
    keyboard.press("Enter")
    for name in ("Clear the choice", "Clear the search"):
        output.get_by_role("button", name=name).focus()
        keyboard.press("Enter")
        expect(field).to_be_focused()
    chip = output.get_by_role("button", name=re.compile(r"^novita"))
    chip.focus()
    keyboard.press(" ")
    expect(chip).to_be_focused()
    output.get_by_role("button", name="clear filters").focus()
    keyboard.press("Enter")
    expect(field).to_be_focused()
    output.get_by_role("button", name="Sort").focus()
    keyboard.press("Enter")
    keyboard.press("End")
    keyboard.press("Enter")
    expect(output.get_by_role("button", name="Sort")).to_be_focused()


def test_letters_pressed_on_our_controls_are_not_the_notebooks_commands(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "table = hfp.ProviderTable(sample); table", "1")
    picker, table = notebook.run(0), notebook.run(1)
    keyboard = notebook.page.keyboard
    picker.get_by_role("button", name="all 14").click()
    for key in ("d", "d", "x", "a", "b"):
        keyboard.press(key)
    expect(picker.locator(".hfp-item:focus")).to_have_count(1)
    for control in (
        picker.get_by_role("button", name=re.compile(r"^novita")),
        picker.get_by_role("button", name="Sort"),
        table.locator(".hfp-sort").first,
        table.locator(".hfp-pick").first,
        table.get_by_role("button", name="Copy"),
    ):
        control.focus()
        for key in ("d", "d", "x", "a", "b"):
            keyboard.press(key)
        expect(control).to_be_focused()
    count = "window.jupyterapp.shell.currentWidget.content.widgets.length"
    assert notebook.page.evaluate(count) == 3, "no cell was cut, deleted or added"


def test_shown_again_after_being_collapsed_the_rows_are_there(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "table = hfp.ProviderTable(sample); table")
    picker, table = notebook.run(0), notebook.run(1)
    picker.locator(".hfp-list").evaluate("e => { e.scrollTop = 1500 }")
    table.locator(".hfp-scroll").evaluate("e => { e.scrollTop = 3000 }")
    for output in (picker, table):
        root = output.locator(".hfp")
        root.evaluate("e => { e.parentElement.style.display = 'none' }")
        root.evaluate("e => new Promise(requestAnimationFrame)")
        root.evaluate("e => { e.parentElement.style.display = '' }")
    expect(picker.get_by_role("option").nth(8)).to_be_in_viewport()
    expect(table.locator("tbody tr[data-key]").nth(8)).to_be_in_viewport()


def test_a_slash_comes_back_to_the_search_and_a_new_search_starts_at_the_top(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE)
    output = notebook.run(0)
    output.locator(".hfp-list").evaluate("e => { e.scrollTop = 1500 }")
    output.get_by_role("button", name="Sort").focus()
    notebook.page.keyboard.press("/")
    expect(output.get_by_role("combobox")).to_be_focused()
    notebook.page.keyboard.type("a")
    expect(output.get_by_role("option").first).to_have_attribute("aria-posinset", "1")
    assert output.locator(".hfp-list").evaluate("e => e.scrollTop") == 0


def test_what_cannot_be_chosen_is_not(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE.replace("(sample)", "(sample, query='Llama-3.3-70B')"))
    output = notebook.run(0)
    output.get_by_role("button", name="Sort").click()
    output.get_by_role("menuitemradio", name="most likes").dispatch_event("click")
    expect(output.get_by_role("menu")).to_be_visible()
    output.get_by_role("combobox").click()
    expect(output.get_by_role("menu")).to_have_count(0)
    output.get_by_role("button", name=re.compile(r"^deepinfra 0")).dispatch_event("click")
    assert notebook.python("(picker.sort, picker.filters)") == ((("n_providers", "desc"),), {})


def test_after_a_click_letters_go_to_the_search_and_saving_still_works(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "table = hfp.ProviderTable(sample); table")
    picker, table = notebook.run(0), notebook.run(1)
    keyboard = notebook.page.keyboard
    picker.get_by_role("option").nth(2).click()
    keyboard.press("x")
    expect(picker.get_by_role("combobox")).to_have_value("x")
    table.locator("tbody tr[data-key]").nth(3).locator("td").nth(2).click()
    keyboard.press("x")
    count = "window.jupyterapp.shell.currentWidget.content.widgets.length"
    assert notebook.page.evaluate(count) == 3, "these two cells and the one that running the last adds"
    assert notebook.page.evaluate("window.jupyterapp.shell.currentWidget.context.model.dirty")
    keyboard.press("Control+s")
    notebook.page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")


def test_side_by_side_both_have_room(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        MAKE + "\nfrom ipywidgets import HBox\ntable = hfp.ProviderTable('openai/gpt-oss-120b', catalog=sample)\n"
        "HBox([picker, table])"
    )
    output = notebook.run(0)
    boxes = [output.locator(f".hfp-{name}").bounding_box() for name in ("picker", "table")]
    assert all(box and box["width"] >= 340 for box in boxes)
    edge = output.bounding_box()
    assert edge
    assert all(box and box["x"] + box["width"] <= edge["x"] + edge["width"] + 1 for box in boxes)


def test_a_table_in_another_order_is_read_from_its_top(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "table = hfp.ProviderTable(sample); table")
    notebook.run(0)
    table = notebook.run(1)
    scroller = table.locator(".hfp-scroll")
    scroller.evaluate("e => { e.scrollTop = 3000 }")
    table.locator(".hfp-sort[data-column=price_output]").click()
    expect(table.locator("tbody tr[data-key]").first).to_be_in_viewport()
    assert scroller.evaluate("e => e.scrollTop") == 0
