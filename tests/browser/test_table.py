"""ProviderTable in JupyterLab: what is compared, sorted, chosen and copied, and what Python gets."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from .conftest import OpenNotebook

LLAMA = "meta-llama/Llama-3.3-70B-Instruct"
DEEPSEEK = "deepseek-ai/DeepSeek-V4-Pro"
COMPARE = f"""
import hfprov_widgets as hfp
sample = hfp.load_catalog("sample")
table = hfp.ProviderTable({LLAMA!r}, catalog=sample)
table
"""
DOCUMENTED = COMPARE.replace(LLAMA, DEEPSEEK).replace('"sample"', '"documented"')
ALL = COMPARE.replace(f"{LLAMA!r}, catalog=sample", "sample")


def providers(output: Locator) -> list[str]:
    """The providers of the rows that are drawn, in order."""
    return output.locator("tbody .hfp-pick").all_inner_texts()


def column(output: Locator, label: str) -> list[str]:
    """What a column shows, hidden words left out."""
    at = [text.split("\n")[0].rstrip("▲▼12") for text in output.locator("thead th").all_inner_texts()].index(label)
    return [row.locator("th, td").nth(at).inner_text().strip() for row in output.locator("tbody tr[data-key]").all()]


def test_the_documented_example_reads_as_it_should(open_notebook: OpenNotebook) -> None:
    output = open_notebook(DOCUMENTED).run(0)
    assert providers(output) == ["novita", "deepinfra", "together", "fireworks-ai", "featherless-ai"]
    dash = "—"
    assert column(output, "Input") == ["best 1.69", "1.74", "2.10", dash, dash]
    assert column(output, "My mix") == ["best 2.11", "2.18", "2.68", dash, dash]
    assert column(output, "First token") == ["1,490", "best 526", "611", "588", dash]
    assert column(output, "Speed") == ["25", "35", "40", "best 45", dash]
    assert column(output, "Context") == ["best 1.05M", "65.5k", "512k", "best 1.05M", dash]
    assert column(output, "JSON") == ["no", "yes", "yes", "yes", dash]
    foot = output.locator(".hfp-policies")
    expect(foot).to_contain_text(":cheapest → novita")
    expect(foot).to_contain_text(":fastest → fireworks-ai")
    expect(foot).to_contain_text("2 of 5 without a price")
    expect(output.locator(".hfp-source")).to_contain_text("documented catalogue of 2026-05-12")


def test_a_click_chooses_a_route_and_python_has_it(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(COMPARE, "table.value, table.route.price_output")
    output = notebook.run(0)
    output.locator("tr", has_text="together").locator("td").nth(2).click()
    notebook.expect_python("table.value", f"{LLAMA}:together")
    expect(output.get_by_role("button", name="together", pressed=True)).to_be_visible()
    notebook.run(1)
    assert notebook.text(1) == f"('{LLAMA}:together', 1.0399999999999998)"
    output.get_by_role("button", name="Clear the choice").click()
    notebook.expect_python("table.value", None)


def test_headers_sort_and_what_is_not_published_stays_last(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(DOCUMENTED)
    output = notebook.run(0)
    speed = output.get_by_role("button", name="Speed")
    speed.click()
    expect(output.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    assert providers(output) == ["fireworks-ai", "together", "deepinfra", "novita", "featherless-ai"]
    speed.click()
    assert providers(output) == ["novita", "deepinfra", "together", "fireworks-ai", "featherless-ai"]
    notebook.expect_python("table.sort", (("throughput", "asc"),))
    assert notebook.python("table.to_frame()['provider'].tolist()") == providers(output)
    expect(output.locator("th[aria-sort]")).to_have_count(1)


def test_shift_adds_a_second_key_also_by_keyboard(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(DOCUMENTED)
    output = notebook.run(0)
    output.get_by_role("button", name="Context").focus()
    notebook.page.keyboard.press("Enter")
    output.get_by_role("button", name="Output").focus()
    notebook.page.keyboard.press("Shift+Enter")
    notebook.expect_python("table.sort", (("context_length", "desc"), ("price_output", "asc")))
    assert providers(output)[:2] == ["novita", "fireworks-ai"]
    assert notebook.python("table.to_frame()['provider'].tolist()") == providers(output)
    output.get_by_role("button", name="Output").click(modifiers=["Shift"])
    notebook.expect_python("table.sort", (("context_length", "desc"), ("price_output", "desc")))


def test_rows_are_chosen_by_keys_alone(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(COMPARE, "1")
    output = notebook.run(0)
    keyboard = notebook.page.keyboard
    output.locator(".hfp-sort").last.focus()
    keyboard.press("Tab")
    expect(output.get_by_role("button", name="novita")).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    expect(output.get_by_role("button", name="scaleway")).to_be_focused()
    keyboard.press("Enter")
    notebook.expect_python("table.value", f"{LLAMA}:scaleway")
    keyboard.press("End")
    keyboard.press(" ")
    notebook.expect_python("table.value", f"{LLAMA}:featherless-ai")
    keyboard.press("Escape")
    notebook.expect_python("table.value", None)
    active = "window.jupyterapp.shell.currentWidget.content.activeCellIndex"
    assert notebook.page.evaluate(active) == 0, "JupyterLab took the keys for itself"


def test_the_mix_is_the_users(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(DOCUMENTED)
    output = notebook.run(0)
    output.get_by_role("button", name="My mix 3").click()
    output.get_by_role("textbox", name="Input").fill("600")
    output.get_by_role("textbox", name="Output").fill("300")
    notebook.page.keyboard.press("Tab")
    notebook.expect_python("table.mix", (600, 300))
    assert column(output, "My mix")[0] == "best 2.25"
    notebook.page.keyboard.press("Escape")
    expect(output.get_by_role("dialog")).to_have_count(0)
    expect(output.get_by_role("button", name="My mix 600 : 300")).to_be_visible()


def test_columns_come_and_go(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(COMPARE)
    output = notebook.run(0)
    output.get_by_role("button", name="Columns").click()
    output.get_by_role("menuitemcheckbox", name="By author").click()
    output.get_by_role("menuitemcheckbox", name="Task").click()
    notebook.page.keyboard.press("Escape")
    heads = [text.split("\n")[0] for text in output.locator("thead th").all_inner_texts()]
    assert heads[:3] == ["Provider", "Status", "Task"]
    assert "By author" not in heads
    assert column(output, "Task") == ["conversational"] * 5
    assert "task" in notebook.python("table.columns")
    assert notebook.python("list(table.to_frame().columns)")[1:4] == ["provider", "status", "task"]


def test_filters_hide_rows_and_say_why(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(COMPARE)
    output = notebook.run(0)
    output.get_by_role("button", name="Filter").click()
    output.get_by_role("menuitemcheckbox", name="context ≥ 128k tokens").click()
    notebook.page.keyboard.press("Escape")
    notebook.expect_python("table.filters", {"min_context_length": 128000})
    assert providers(output) == ["ovhcloud", "together"]
    assert notebook.python("table.to_frame()['provider'].tolist()") == providers(output)
    expect(output.locator(".hfp-hidden")).to_contain_text(
        "3 routes hidden by filters. context ≥ 128k: 3 (2 not published)"
    )
    output.get_by_role("button", name="Show all").click()
    assert len(providers(output)) == 5


def test_copy_gives_markdown_csv_and_the_id(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(COMPARE.replace("sample)\ntable", f"sample, value='{LLAMA}:novita')\ntable"))
    output = notebook.run(0)

    def copy(name: str) -> str:
        output.get_by_role("button", name="Copy").click()
        output.get_by_role("menuitem", name=name).click()
        expect(output.locator(".hfp-copied")).to_contain_text("Copied")
        return notebook.clipboard()

    assert copy("as Markdown") == notebook.python("table.to_markdown()")
    lines = copy("as CSV").splitlines()
    assert lines[0].startswith("provider,status,price_input,price_output,price_blended")
    assert lines[1] == "novita,live,0.135,0.4,0.20125,,,12288,true,false,false"
    assert lines[5] == "featherless-ai,live,,,,,,,,,false"
    assert copy("model:provider") == f"{LLAMA}:novita"


def test_the_whole_catalogue_is_a_list_of_routes(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(ALL, "table.model = ('openai/gpt-oss-20b', 'openai/gpt-oss-120b')")
    output = notebook.run(0)
    expect(output.locator(".hfp-title")).to_have_text(re.compile(r"Routes\s+· 126 models · 287 routes"))
    expect(output.get_by_role("table")).to_have_attribute("aria-rowcount", "288")
    assert output.locator("tbody tr[data-key]").count() < 60
    frame = notebook.python("table.to_frame()[['model', 'provider']].agg(':'.join, axis=1).tolist()")
    drawn = [row.get_attribute("data-key") for row in output.locator("tbody tr[data-key]").all()]
    assert drawn == frame[: len(drawn)]
    output.locator(".hfp-pick").first.focus()
    notebook.page.keyboard.press("End")
    expect(output.locator(".hfp-pick:focus")).to_be_in_viewport()
    notebook.page.keyboard.press("Enter")
    notebook.expect_python("table.value", frame[-1])
    notebook.run(1)
    expect(output.locator(".hfp-title")).to_contain_text("2 models")
    notebook.expect_python("table.value", None)


def test_older_speed_figures_say_so(open_notebook: OpenNotebook) -> None:
    output = open_notebook(COMPARE.replace(LLAMA, "openai/gpt-oss-20b")).run(0)
    speed = output.locator("tr", has_text="groq").locator(".hfp-old").last
    expect(speed).to_have_text("763")
    cell = output.locator("td", has=output.page.locator(".hfp-old", has_text="763"))
    expect(cell).to_have_attribute("title", "763.4 tokens / s, read 2026-08-29")
    expect(cell).to_contain_text("read 2026-08-29")
    expect(output.locator(".hfp-policies")).to_contain_text("speed figures read 2026-08-29, before the rest")


def test_mappings_of_many_days_are_never_shown_as_live_today(open_notebook: OpenNotebook) -> None:
    output = open_notebook(ALL.replace('"sample"', '"tasks"')).run(0)
    assert set(column(output, "Status")[0].split()) >= {"seen"}
    assert all(re.fullmatch(r"seen 20\d\d-\d\d-\d\d", text) for text in column(output, "Status"))
    expect(output.locator(".hfp-live")).to_have_count(0)
    expect(output.locator(".hfp-source")).to_contain_text("as last seen, up to 2026-08-21")


def test_a_model_without_a_route_and_an_error_status(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        """
import hfprov_widgets as hfp
routes = (hfp.Route("org/two", "down", status="error", price_output=0.1, price_input=0.1),
          hfp.Route("org/two", "up", status="live", price_output=9.0, price_input=9.0))
models = [hfp.Model("org/none"), hfp.Model("org/two", routes=routes)]
catalog = hfp.Catalog.from_models(models, source="mine", retrieved_at="2026-11-23")
table = hfp.ProviderTable("org/none", catalog=catalog)
table
""",
        "table.model = 'org/two'",
    )
    output = notebook.run(0)
    expect(output.get_by_text("No provider serves this model")).to_be_visible()
    notebook.run(1)
    assert providers(output) == ["up", "down"]
    assert column(output, "Status") == ["live", "error"]
    expect(output.locator(".hfp-best")).to_have_count(0)


def test_zero_promo_and_suspect_are_said_in_words(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        """
import hfprov_widgets as hfp
def make(provider, price, free):
    return hfp.Route("org/m", provider, status="live", price_input=price, price_output=price, is_free=free)
routes = (make("zero", 0.0, False), make("promo", 0.0, True), make("slip", 2e-7, False), make("plain", 0.5, False))
catalog = hfp.Catalog.from_models([hfp.Model("org/m", routes=routes)], source="mine", retrieved_at="2026-11-23")
hfp.ProviderTable("org/m", catalog=catalog)
"""
    )
    output = notebook.run(0)
    assert providers(output) == ["promo", "zero", "slip", "plain"]
    expect(output.locator("tr", has_text="zero").locator(".hfp-tag")).to_have_text("listed at zero")
    expect(output.locator("tr", has_text="promo").locator(".hfp-tag")).to_have_text("promo")
    expect(output.locator("tr", has_text="slip").locator(".hfp-tag")).to_have_text("suspect price")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_and_ink_follow_the_theme(open_notebook: OpenNotebook, theme: str) -> None:
    notebook = open_notebook(COMPARE, theme=theme)
    root = notebook.run(0).locator(".hfp-table")
    paper = root.evaluate("e => getComputedStyle(e).backgroundColor")
    ink = root.evaluate("e => getComputedStyle(e).color")
    dark = [sum(map(int, re.findall(r"\d+", colour)[:3])) < 384 for colour in (paper, ink)]
    assert dark == ([False, True] if theme == "light" else [True, False])
    notebook.set_theme("dark" if theme == "light" else "light")
    expect(root).to_have_attribute("data-theme", "dark" if theme == "light" else "light")


def test_a_row_is_chosen_although_text_is_marked_elsewhere(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(COMPARE)
    output = notebook.run(0)
    output.locator(".hfp-title").evaluate("e => getSelection().selectAllChildren(e)")
    output.get_by_role("button", name="novita").focus()
    notebook.page.keyboard.press("Enter")
    notebook.expect_python("table.value", f"{LLAMA}:novita")


def test_copies_of_past_mappings_carry_their_day(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(ALL.replace('"sample"', '"tasks"'))
    output = notebook.run(0)
    for name, words in (("as Markdown", "| seen 2026-08-16 |"), ("as CSV", ",2026-08-16")):
        output.get_by_role("button", name="Copy").click()
        output.get_by_role("menuitem", name=name).click()
        expect(output.locator(".hfp-copied")).to_contain_text(name.split()[-1])
        assert words in notebook.clipboard()
        assert "| live |" not in notebook.clipboard()
    assert "retrieved_at" in notebook.python("list(table.to_frame().columns)")


def test_two_views_of_a_table_stay_in_step(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(DOCUMENTED, "table")
    first, second = notebook.run(0), notebook.run(1)
    second.get_by_role("button", name="Speed").click()
    assert providers(first)[0] == "fireworks-ai"
    second.locator(".hfp-pick").nth(1).click()
    expect(first.get_by_role("button", name="together", pressed=True)).to_be_visible()


def test_markdown_renders_as_a_table(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(COMPARE, "from IPython.display import Markdown; Markdown(table.to_markdown())")
    notebook.run(0)
    rendered = notebook.run(1)
    expect(rendered.get_by_role("row")).to_have_count(6)
    expect(rendered.get_by_role("columnheader").nth(2)).to_have_text("Input ($ / 1M tokens)")


def test_the_focus_goes_along_with_its_row(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(COMPARE, "table.sort = (('price_output', 'desc'),)")
    output = notebook.run(0)
    output.get_by_role("button", name="novita").focus()
    notebook.page.keyboard.press("ArrowDown")
    expect(output.get_by_role("button", name="ovhcloud")).to_be_focused()
    output.get_by_role("button", name="ovhcloud").evaluate(
        "() => setTimeout(() => document.querySelector('.hfp-sort[data-column=price_output]').click())"
    )
    expect(output.locator("th[aria-sort]")).to_contain_text("Output")
    output.locator(".hfp-sort[data-column=price_output]").evaluate("e => e.click()")
    expect(output.get_by_role("button", name="ovhcloud")).to_be_focused()


def test_tab_reaches_a_row_in_view_wherever_the_table_is_scrolled(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(ALL)
    output = notebook.run(0)
    output.locator(".hfp-scroll").evaluate("e => { e.scrollTop = 4000 }")
    expect(output.locator("tbody tr[data-key]").nth(7)).to_be_in_viewport()
    output.locator(".hfp-sort").last.focus()
    notebook.page.keyboard.press("Tab")
    expect(output.locator(".hfp-pick:focus")).to_be_in_viewport()


def test_what_is_no_mix_goes_back(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(COMPARE)
    output = notebook.run(0)
    output.get_by_role("button", name="My mix 3").click()
    field = output.get_by_role("textbox", name="Input")
    field.fill("-5")
    notebook.page.keyboard.press("Tab")
    expect(field).to_have_value("3")
    field.fill("7")
    notebook.page.keyboard.press("Escape")
    expect(output.get_by_role("dialog")).to_have_count(0)
    assert notebook.python("table.mix") == (3, 1)


def test_a_bound_is_written_as_the_column_is_and_only_figures_can_be_unpublished(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        ALL, "table.filters = {'max_price_output': 0.1234}", "table.filters = {'n_providers': [11]}"
    )
    output = notebook.run(0)
    notebook.run(1)
    expect(output.locator(".hfp-hidden")).to_contain_text("output ≤ 0.1234: ")
    notebook.run(2)
    expect(output.locator(".hfp-hidden")).to_contain_text("276 routes hidden")
    expect(output.locator(".hfp-hidden")).not_to_contain_text("not published")


def test_python_sets_a_model_and_a_route_of_it_in_one_go(open_notebook: OpenNotebook) -> None:
    to = "table.model = {!r}; table.value = {!r}".format
    back_and_forth = "\n".join([to(DEEPSEEK, f"{DEEPSEEK}:novita"), to(LLAMA, f"{LLAMA}:scaleway")] * 5)
    notebook = open_notebook(COMPARE, back_and_forth)
    output = notebook.run(0)
    output.locator("tr", has_text="together").click()
    notebook.expect_python("table.value", f"{LLAMA}:together")
    notebook.run(1)
    expect(output.locator(".hfp-pick[aria-pressed=true]")).to_have_text("scaleway")
    # What the page may have said in answer to the first half has arrived once this has.
    output.get_by_role("button", name="Context").click()
    notebook.expect_python("table.sort", (("context_length", "desc"),))
    assert notebook.python("table.value") == f"{LLAMA}:scaleway"
    expect(output.locator(".hfp-pick[aria-pressed=true]")).to_have_text("scaleway")


def test_a_choice_among_another_models_routes_is_none(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(COMPARE, f"table.model = {DEEPSEEK!r}")
    output = notebook.run(0)
    output.locator("tr", has_text="together").click()
    expect(output.locator(".hfp-chosen")).to_contain_text(f"{LLAMA}:together")
    notebook.run(1)
    expect(output.locator(".hfp-title")).to_contain_text("DeepSeek")
    expect(output.locator(".hfp-chosen, [aria-pressed=true]")).to_have_count(0)
    notebook.expect_python("table.value", None)
