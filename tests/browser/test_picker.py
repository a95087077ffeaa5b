"""ModelPicker in JupyterLab: what a person types, sees and chooses, and what Python gets."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from .conftest import OpenNotebook

MAKE = """
import hfprov_widgets as hfp
sample = hfp.load_catalog("sample")
picker = hfp.ModelPicker(sample)
picker
"""
LLAMA = "meta-llama/Llama-3.3-70B-Instruct"


def shown(output: Locator) -> list[str]:
    """The ids of the rows that are drawn, in order."""
    return [row.get_attribute("data-key") or "" for row in output.get_by_role("option").all()]


def test_type_and_choose_with_enter(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE)
    output = notebook.run(0)
    field = output.get_by_role("combobox")
    expect(output.locator(".hfp-count")).to_have_text("126 models")
    field.click()
    notebook.page.keyboard.type("llama 70 instr")
    expect(output.locator(".hfp-count")).to_have_text("1 of 126 models")
    expect(output.get_by_role("option").first.locator("mark")).to_have_text(["Llama", "70", "Instr"])
    notebook.page.keyboard.press("Enter")
    notebook.expect_python("picker.value", LLAMA)
    notebook.expect_python("picker.query", "llama 70 instr")
    expect(output.get_by_role("option", selected=True)).to_have_attribute("data-key", LLAMA)


def test_words_match_in_any_order_and_the_page_shows_what_python_computes(
    open_notebook: OpenNotebook,
) -> None:
    notebook = open_notebook(MAKE)
    output = notebook.run(0)
    output.get_by_role("combobox").fill("instr qwen")
    notebook.expect_python("picker.query", "instr qwen")
    rows = notebook.python("picker.to_frame()['model'].tolist()")
    assert len(rows) > 3
    assert shown(output)[: len(rows)] == rows[: len(shown(output))]


def test_the_list_is_walked_by_keys_alone(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE)
    output = notebook.run(0)
    order = notebook.python("picker.to_frame()['model'].tolist()")
    keyboard = notebook.page.keyboard
    field = output.get_by_role("combobox")
    field.focus()

    def active() -> str | None:
        identity = field.get_attribute("aria-activedescendant")
        return output.locator(f"[id='{identity}']").get_attribute("data-key") if identity else None

    assert active() is None
    for keys, position in (
        (["ArrowDown"], 0),
        (["ArrowDown", "ArrowDown"], 2),
        (["ArrowUp"], 1),
        (["End"], 125),
        (["Home"], 0),
    ):
        for key in keys:
            keyboard.press(key)
        assert active() == order[position]
        expect(output.locator(".hfp-active")).to_be_in_viewport()
    keyboard.press("PageDown")
    assert active() == order[8]
    keyboard.press("Enter")
    notebook.expect_python("picker.value", order[8])
    keyboard.type("xyzzy")
    expect(output.locator(".hfp-count")).to_have_text("0 of 126 models")
    keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(output.locator(".hfp-count")).to_have_text("126 models")
    expect(field).to_be_focused()


def test_nothing_found_offers_near_names(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE)
    output = notebook.run(0)
    output.get_by_role("combobox").fill("lama 3.3 70b instrct")
    expect(output.get_by_text("No model matches")).to_be_visible()
    suggestion = output.get_by_role("button", name=LLAMA)
    suggestion.focus()
    notebook.page.keyboard.press("Enter")
    expect(output.get_by_role("combobox")).to_have_value(LLAMA)
    assert shown(output) == [LLAMA]


def test_filters_narrow_the_list_and_tell_the_counts(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE)
    output = notebook.run(0)
    output.get_by_role("button", name=re.compile(r"^novita")).click()
    output.get_by_role("button", name=re.compile(r"^image input")).click()
    notebook.expect_python("picker.filters", {"provider": ["novita"], "input_modalities": ["image"]})
    expected = notebook.python("picker.to_frame()['model'].tolist()")
    assert 0 < len(expected) < 50
    expect(output.locator(".hfp-count")).to_have_text(f"{len(expected)} of 126 models")
    counts = notebook.python(
        "__import__('hfprov_widgets.data.facets').data.facets.facets(sample.records, '', picker.filters)['provider']"
    )
    expect(output.get_by_role("button", name=re.compile(r"^deepinfra"))).to_have_text(
        f"deepinfra {counts['deepinfra']}"
    )
    output.get_by_role("button", name="clear filters").click()
    notebook.expect_python("picker.filters", {})
    expect(output.locator(".hfp-count")).to_have_text("126 models")


def test_menus_work_by_keys(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE)
    output = notebook.run(0)
    keyboard = notebook.page.keyboard
    output.get_by_role("button", name="Sort").focus()
    keyboard.press("Enter")
    expect(output.get_by_role("menuitemradio", name="most providers")).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    notebook.expect_python("picker.sort", (("price_blended", "asc"),))
    assert shown(output)[:5] == notebook.python("picker.to_frame()['model'].tolist()")[:5]
    output.get_by_role("button", name="context").focus()
    keyboard.press("Enter")
    keyboard.press("End")
    keyboard.press(" ")
    notebook.expect_python("picker.filters", {"min_context_length": 1000000})
    output.get_by_role("button", name="Sort").focus()
    keyboard.press("Enter")
    keyboard.press("Escape")
    expect(output.get_by_role("menu")).to_have_count(0)
    expect(output.get_by_role("button", name="Sort")).to_be_focused()


def test_set_from_python_before_and_after_display(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        MAKE.replace("(sample)", f"(sample, value={LLAMA!r}, query='llama')"),
        "picker.value = 'openai/gpt-oss-20b'; picker.query = 'gpt'; picker.sort = (('model', 'desc'),)",
        "picker.filters = {'provider': 'groq'}",
    )
    output = notebook.run(0)
    expect(output.get_by_role("combobox")).to_have_value("llama")
    expect(output.get_by_role("option", selected=True)).to_have_attribute("data-key", LLAMA)
    notebook.run(1)
    expect(output.get_by_role("combobox")).to_have_value("gpt")
    expect(output.get_by_role("option", selected=True)).to_have_attribute("data-key", "openai/gpt-oss-20b")
    assert shown(output) == notebook.python("picker.to_frame()['model'].tolist()")
    notebook.run(2)
    expect(output.locator(".hfp-count")).to_have_text("3 of 126 models")


def test_a_choice_from_python_is_scrolled_into_view(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "last = picker.to_frame()['model'].tolist()[-1]; picker.value = last")
    output = notebook.run(0)
    notebook.run(1)
    expect(output.get_by_role("option", selected=True)).to_have_attribute("data-key", notebook.python("last"))
    expect(output.get_by_role("option", selected=True)).to_be_in_viewport()


def test_several_models_can_be_chosen(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE.replace("(sample)", "(sample, multiple=True, query='gpt-oss')"))
    output = notebook.run(0)
    output.get_by_role("combobox").focus()
    notebook.page.keyboard.press("Enter")
    notebook.page.keyboard.press("ArrowDown")
    notebook.page.keyboard.press("Enter")
    first, second = shown(output)[:2]
    notebook.expect_python("picker.value", (first, second))
    output.locator(f"[data-key='{first}']").click()
    notebook.expect_python("picker.value", (second,))
    output.get_by_role("button", name="Clear the choice").click()
    notebook.expect_python("picker.value", ())


def test_two_views_stay_in_step(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "picker")
    first, second = notebook.run(0), notebook.run(1)
    second.get_by_role("combobox").fill("gpt-oss-20b")
    expect(first.get_by_role("combobox")).to_have_value("gpt-oss-20b")
    second.get_by_role("option").first.click()
    expect(first.get_by_role("option", selected=True)).to_have_attribute("data-key", "openai/gpt-oss-20b")
    notebook.expect_python("picker.value", "openai/gpt-oss-20b")


def test_a_model_id_that_is_html_shows_as_text(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        """
import hfprov_widgets as hfp
evil = "evil/<img src=x onerror=document.title='owned'>"
route = hfp.Route(evil, "<b>p</b>", status="<i>live</i>", task="<u>t</u>")
catalog = hfp.Catalog.from_models([hfp.Model(evil, routes=(route,))], source="<s>mine</s>", retrieved_at="2026-11-23")
hfp.ModelPicker(catalog, value=evil)
""",
        "hfp.ProviderTable(evil, catalog=catalog)",
    )
    picker, table = notebook.run(0), notebook.run(1)
    expect(picker.get_by_role("option")).to_contain_text("<img src=x")
    expect(table.get_by_role("rowheader")).to_have_text("<b>p</b>")
    expect(picker.locator("img, s")).to_have_count(0)
    expect(table.locator(".hfp-table").locator("b b, i, u, s, img")).to_have_count(0)
    assert "owned" not in notebook.page.title()


def test_a_long_list_draws_only_what_is_in_view(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        """
import hfprov_widgets as hfp
models = [hfp.Model(f"synthetic/model-{n:05}") for n in range(20_000)]
picker = hfp.ModelPicker(hfp.Catalog.from_models(models, source="synthetic", retrieved_at="2026-01-01"))
picker
"""
    )
    output = notebook.run(0)
    expect(output.locator(".hfp-count")).to_have_text("20,000 models")
    assert output.get_by_role("option").count() < 40
    output.get_by_role("combobox").focus()
    notebook.page.keyboard.press("End")
    last = output.locator(".hfp-active")
    expect(last).to_have_attribute("data-key", "synthetic/model-19999")
    expect(last).to_have_attribute("aria-posinset", "20000")
    expect(last).to_have_attribute("aria-setsize", "20000")
    assert output.get_by_role("option").count() < 40
