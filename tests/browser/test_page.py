"""The page of `to_html()`, from a file: it works without Python, requests nothing, and no name becomes markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import hfprov_widgets as hfp
from hfprov_widgets.widgets.base import CatalogWidget

LLAMA = "meta-llama/Llama-3.3-70B-Instruct"
DEEPSEEK = "deepseek-ai/DeepSeek-V4-Pro"
EVIL = "</script><img src=x onerror=window.evil=1><!--<script>${evil}</title></style>"

Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Writes a widget's page and opens it; afterwards nothing was requested and no exception was left uncaught."""
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    faults: list[str] = []

    def open_(widget: CatalogWidget, *, change: Callable[[str], str] = str, inside: str = "", **how: Any) -> Page:
        file = tmp_path / "page.html"
        assert widget.to_html(file) is None
        file.write_text(change(file.read_text("utf-8")), "utf-8")
        if inside:
            (tmp_path / "outer.html").write_text(inside)
        context = chromium.new_context(**how)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto((tmp_path / ("outer.html" if inside else "page.html")).as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    files = {(tmp_path / name).as_uri() for name in ("page.html", "outer.html")}
    assert not [url for url in asked if url not in files and not url.startswith("blob:")]
    assert not faults


def sample() -> hfp.Catalog:
    return hfp.load_catalog("sample")


def documented(**more: Any) -> hfp.ProviderTable:
    return hfp.ProviderTable(DEEPSEEK, catalog=hfp.load_catalog("documented"), **more)


def providers(page: Page) -> list[str]:
    return page.locator("#hfp-live tbody .hfp-pick").all_inner_texts()


def test_a_table_sorts_filters_and_chooses(open_page: Open) -> None:
    page = open_page(documented())
    expect(page.locator("#hfp-live tbody tr[data-key]")).to_have_count(5)
    expect(page.locator("#hfp-static")).to_be_hidden()
    page.get_by_role("button", name="Speed").click()
    assert providers(page) == ["fireworks-ai", "together", "deepinfra", "novita", "featherless-ai"]
    page.get_by_role("button", name="together").click()
    expect(page.get_by_role("button", name="together", pressed=True)).to_be_visible()
    expect(page.locator(".hfp-chosen")).to_contain_text(f"{DEEPSEEK}:together")
    page.get_by_role("button", name="together").press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".hfp-chosen")).to_contain_text(f"{DEEPSEEK}:deepinfra")
    page.keyboard.press("Escape")
    expect(page.locator(".hfp-chosen")).to_have_count(0)


def test_a_picker_searches_filters_and_chooses_by_keys_alone(open_page: Open) -> None:
    page = open_page(hfp.ModelPicker(sample()))
    expect(page.get_by_role("combobox")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("llama 70 instr")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".hfp-chosen")).to_contain_text(LLAMA)
    page.keyboard.press("Escape")
    page.locator(".hfp-chip", has_text="tools").first.click()
    expect(page.locator(".hfp-count")).to_contain_text("of 126 models")
    page.get_by_role("option").nth(2).click()
    expect(page.get_by_role("option", selected=True)).to_have_count(1)


def test_the_page_is_in_the_state_that_python_had(open_page: Open) -> None:
    table = documented(
        value=f"{DEEPSEEK}:novita", filters={"priced": True}, sort=(("price_output", "desc"),), mix=(1, 1)
    )
    page = open_page(table)
    expect(page.locator(".hfp-chosen")).to_contain_text(f"{DEEPSEEK}:novita")
    assert providers(page) == ["together", "deepinfra", "novita"]
    expect(page.locator("#hfp-live thead")).to_contain_text("1 : 1")
    table.value = None
    page = open_page(hfp.ModelPicker(sample(), query="qwen coder", multiple=True, value=("openai/gpt-oss-20b",)))
    expect(page.get_by_role("combobox")).to_have_value("qwen coder")
    expect(page.locator(".hfp-chosen")).to_contain_text("openai/gpt-oss-20b")


def test_nobody_is_asked_for_newer_data_and_nobody_is_missed(open_page: Open) -> None:
    page = open_page(hfp.ModelPicker())  # in a notebook it would refresh
    source = page.locator("#hfp-live .hfp-source")
    expect(source).to_contain_text("sample catalogue of 2026-10-10 · 126 models · 287 routes")
    expect(page.get_by_role("button", name="Refresh")).to_have_count(0)
    page.clock.install()
    page.clock.fast_forward(10_000)
    expect(page.get_by_text("Python is not answering")).to_have_count(0)


def test_it_works_in_a_frame_that_may_do_nothing_but_run(open_page: Open) -> None:
    """As in a preview or a learning platform: an origin of its own, no storage, no pop-ups."""
    page = open_page(documented(), inside='<iframe sandbox="allow-scripts" src="page.html" width="900" height="600">')
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Speed").click()
    expect(frame.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    frame.get_by_role("button", name="together").click()
    expect(frame.locator(".hfp-chosen")).to_contain_text("together")


def test_without_javascript_the_plain_table_is_there(open_page: Open) -> None:
    page = open_page(hfp.ProviderTable(sample()), java_script_enabled=False)
    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(1 + 20)
    expect(table).to_contain_text("Routes: 126 models, 287 routes")
    expect(page.get_by_text("267 more rows are not shown here.")).to_be_visible()
    expect(page.get_by_text("Source: sample, catalogue of 2026-10-10.")).to_be_visible()
    expect(page.get_by_text("This is the plain form of the page")).to_be_visible()


def hostile() -> hfp.Catalog:
    routes = tuple(hfp.Route(f"o/{EVIL}", f"{n}{EVIL}", status="live", price_input=n) for n in range(3))
    model = hfp.Model(f"o/{EVIL}", routes=routes)
    return hfp.Catalog.from_models([model], source=EVIL, retrieved_at="2026-11-23")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("kind", [hfp.ProviderTable, hfp.ModelPicker])
def test_names_stay_text(open_page: Open, kind: Any, scripts: bool) -> None:
    page = open_page(kind(hostile()), java_script_enabled=scripts)
    assert page.title().count(EVIL) == 1
    shown = page.locator("#hfp-live" if scripts else "#hfp-static")
    expect(shown).to_contain_text(EVIL)
    assert page.locator("img").count() == 0
    if scripts:
        assert page.evaluate("window.evil") is None


def test_light_and_dark_paper(open_page: Open) -> None:
    def colours(page: Page) -> list[str]:
        of = "(s) => getComputedStyle(document.querySelector(s)).backgroundColor"
        return [page.evaluate(of, "body"), page.evaluate(of, "#hfp-live .hfp")]

    assert colours(open_page(documented(), color_scheme="light")) == ["rgb(255, 255, 255)"] * 2
    assert colours(open_page(documented(), color_scheme="dark")) == ["rgb(17, 20, 23)"] * 2


def test_a_module_that_fails_leaves_the_plain_table_and_says_why(open_page: Open) -> None:
    def broken(page: str) -> str:
        start = page.index('{"esm":"')
        return page[:start] + '{"esm":"throw new Error(\'no luck\');' + page[start + len('{"esm":"') :]

    page = open_page(documented(), change=broken)
    expect(page.get_by_role("alert")).to_contain_text("It cannot be searched or sorted here. Error: no luck")
    expect(page.locator("#hfp-static table")).to_be_visible()


def test_data_that_cannot_be_read_leaves_the_plain_table(open_page: Open) -> None:
    page = open_page(documented(), change=lambda page: page.replace('"_catalog":"', '"_catalog":"AAAA'))
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.locator("#hfp-static table")).to_be_visible()


def test_the_policy_of_the_page_forbids_requests(open_page: Open) -> None:
    page = open_page(documented())
    answer = page.evaluate("fetch('data:text/plain,hello').then(() => 'answered', () => 'refused')")
    assert answer == "refused"


def test_a_narrow_page_does_not_scroll_sideways(open_page: Open) -> None:
    page = open_page(hfp.ProviderTable(sample()), viewport={"width": 320, "height": 600})
    expect(page.locator("#hfp-live tbody tr[data-key]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_explorer_is_a_page_too(open_page: Open) -> None:
    page = open_page(hfp.Explorer("openai/gpt-oss-120b", catalog=sample()))
    root = page.locator("#hfp-live .hfp-explorer")
    root.locator("tr", has_text="groq").click()
    for name, words in (("Chart", "comparable"), ("Plan", "For 30 students"), ("Code", "gpt-oss-120b:groq")):
        root.get_by_role("tab", name=name).click()
        expect(root.get_by_role("tabpanel")).to_contain_text(words)
    root.get_by_role("combobox").fill("llama 3.3 70")
    root.get_by_role("combobox").press("Enter")
    expect(root.get_by_role("tabpanel").locator(".hfp-title")).to_contain_text("Llama-3.3-70B")
    expect(page.get_by_text("Python is not answering")).to_have_count(0)


def test_the_planner_is_a_page_too(open_page: Open) -> None:
    page = open_page(hfp.BudgetPlanner("openai/gpt-oss-120b", catalog=sample(), tokenizer=str.split))
    page.get_by_label("Students").fill("1")
    expect(page.locator(".hfp-plan-sentence")).to_contain_text("For 1 student")
    page.get_by_role("button", name="From a text").click()
    expect(page.get_by_role("button", name="Count exactly")).to_have_count(0)


def test_no_name_becomes_markup_in_any_widget(open_page: Open) -> None:
    route = hfp.Route(f"{EVIL}/{EVIL}", EVIL, status="live", price_input=1.0, price_output=2.0, throughput=9.0)
    evil = hfp.Catalog.from_models([hfp.Model(route.model, routes=(route,))], source=EVIL, retrieved_at="2026-11-23")
    for widget in (
        hfp.ProviderChart(route.model, catalog=evil, value=route.id),
        hfp.BudgetPlanner(route.model, catalog=evil, value=route.id),
        hfp.RouteSnippet(route.model, catalog=evil, value=route.id),
        *(
            hfp.Explorer(route.model, catalog=evil, value=route.id, view=v)
            for v in ("compare", "chart", "plan", "code")
        ),
    ):
        page = open_page(widget)
        expect(page.locator("#hfp-live .hfp-chosen").last).to_contain_text("onerror=window.evil=1")
        assert page.evaluate("() => window.evil ?? null") is None
        assert page.locator("img").count() == 0
