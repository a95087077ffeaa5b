"""The snippet in a browser: the code on screen is Python's, whatever is chosen; its menus, its copy, its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

import hfprov_widgets as hfp
from hfprov_widgets.data.snippets import CLIENTS, POLICIES, VARIANTS, snippet

from .conftest import OpenNotebook
from .plain import Plain, plain_page
from .states import SAMPLE

MODEL = "openai/gpt-oss-20b"
GROQ = f"{MODEL}:groq"
HOSTILE = """o/<b>"'$\\\n\u202e😀</script>"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Plain]:
    with plain_page(chromium) as plain:
        yield plain


@pytest.fixture
def plain(page: Plain) -> Plain:
    page.clear()
    page.page.set_viewport_size({"width": 1000, "height": 900})
    return page


def code(root: Locator) -> str:
    """The code as the page holds it."""
    return str(root.locator(".hfp-code").evaluate("e => e.textContent"))


def trait(plain: Plain, name: str) -> Any:
    """What Python would be told."""
    return plain.page.evaluate("name => window.shown[0].model.get(name)", name)


def choose(root: Locator, menu: str, item: str) -> None:
    root.get_by_role("button", name=menu, exact=True).click()
    root.get_by_role("menuitemradio", name=item).click()


def test_the_page_writes_what_python_writes(plain: Plain) -> None:
    root = plain.show(hfp.RouteSnippet(GROQ, catalog=SAMPLE))
    for client in CLIENTS:
        for variant in VARIANTS:
            for stream in (False, True):
                for policy in (None, *POLICIES):
                    form: dict[str, Any] = {"client": client, "variant": variant, "stream": stream, "policy": policy}
                    for name, value in form.items():
                        plain.set(name, value)
                    assert code(root) == snippet(GROQ, **form), form


def test_what_names_the_route_is_bold_and_nothing_is_html(plain: Plain) -> None:
    route = hfp.Route(HOSTILE, "it's", status="live")
    catalog = hfp.Catalog.from_models([hfp.Model(HOSTILE, routes=(route,))], source="mine", retrieved_at=None)
    widget = hfp.RouteSnippet(catalog, value=route.id)
    root = plain.show(widget)
    assert code(root) == widget.text
    expect(root.locator(".hfp-code b")).to_have_text(":it's")
    assert root.locator(".hfp-code *").evaluate_all("all => all.map(e => e.localName)") == ["code", "b"]


def test_menus_set_the_traits(plain: Plain) -> None:
    root = plain.show(hfp.RouteSnippet(GROQ, catalog=SAMPLE))
    choose(root, "OpenAI client", "curl")
    choose(root, "Chat", "Tools")
    stream = root.get_by_role("button", name="Stream")
    expect(stream).to_have_attribute("aria-pressed", "false")
    stream.click()
    expect(stream).to_have_attribute("aria-pressed", "true")
    choose(root, "groq", ":cheapest")
    assert [trait(plain, name) for name in ("client", "variant", "stream", "policy")] == [
        "curl", "tools", True, "cheapest",
    ]  # fmt: skip
    assert trait(plain, "value") == GROQ
    assert code(root) == snippet(MODEL, client="curl", variant="tools", stream=True, policy="cheapest")
    choose(root, ":cheapest", "deepinfra")
    assert (trait(plain, "value"), trait(plain, "policy")) == (f"{MODEL}:deepinfra", None)
    assert ":deepinfra" in code(root)


def test_a_model_alone_offers_its_routes_and_says_who_would_answer(plain: Plain) -> None:
    root = plain.show(hfp.RouteSnippet(MODEL, catalog=SAMPLE))
    assert f'model="{MODEL}",' in code(root)
    expect(root.locator(".hfp-says")).to_contain_text("the router takes its default, :fastest")
    root.get_by_role("button", name="router's default").click()
    expect(root.get_by_role("menuitemradio", checked=True)).to_contain_text("no provider named")
    providers = [route.provider for route in SAMPLE.model(MODEL).routes]
    expect(root.get_by_role("menuitemradio").locator(".hfp-label")).to_have_text(
        [*(f":{policy}" for policy in POLICIES), "no provider named", *providers]
    )
    root.get_by_role("menuitemradio", name="groq").click()
    assert trait(plain, "value") == GROQ


def test_what_the_route_lacks_is_said_before_the_code_is_run(plain: Plain) -> None:
    documented = hfp.load_catalog("documented")
    route = documented.model("deepseek-ai/DeepSeek-V4-Pro").routes
    novita = next(one for one in route if one.provider == "novita")
    root = plain.show(hfp.RouteSnippet(documented, value=novita.id))
    expect(root.locator(".hfp-doubts")).to_have_count(0)
    expect(root.locator(".hfp-says")).to_contain_text("600 in + 300 out ≈ $0.00203 a call")
    expect(root.locator(".hfp-says")).to_contain_text("Looking and comparing never spend; running this does.")
    choose(root, "Chat", "Structured output")
    expect(root.locator(".hfp-doubts")).to_have_text("novita says: no structured output for this model.")


def test_no_route_and_no_chat_route_have_no_code(plain: Plain) -> None:
    root = plain.show(hfp.RouteSnippet(SAMPLE))
    expect(root.locator(".hfp-none")).to_contain_text("No route is chosen.")
    expect(root.locator(".hfp-code")).to_have_count(0)
    expect(root.get_by_role("button", name="Copy")).to_have_count(0)
    plain.set("value", GROQ)
    expect(root.locator(".hfp-code")).to_be_visible()
    root.get_by_role("button", name="Clear the choice").click()
    assert trait(plain, "value") is None
    plain.clear()
    tasks = hfp.load_catalog("tasks")
    root = plain.show(hfp.RouteSnippet(tasks, value=tasks.all_routes[0].id))
    expect(root.locator(".hfp-none")).to_have_text(
        "This kit writes code for chat routes only; the task of this one is text-to-video."
    )
    expect(root.locator(".hfp-code")).to_have_count(0)


def test_the_code_scrolls_inside_itself(plain: Plain) -> None:
    plain.page.set_viewport_size({"width": 320, "height": 700})
    root = plain.show(hfp.RouteSnippet(GROQ, catalog=SAMPLE, variant="tools", stream=True))
    assert plain.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = root.locator(".hfp-code")
    box.focus()
    plain.page.keyboard.press("End")
    assert box.evaluate("e => e.scrollWidth > e.clientWidth && e.clientHeight < 600")
    expect(box).to_have_css("white-space", "pre")


def test_bytes_that_cannot_be_read_are_told(plain: Plain) -> None:
    root = plain.show(hfp.RouteSnippet(GROQ, catalog=SAMPLE))
    plain.set("_catalog", b"\x02\x00\x00\x00{}")
    expect(root.get_by_role("alert")).to_contain_text("This snippet cannot be drawn")


# --- in JupyterLab ---

MAKE = """
import hfprov_widgets as hfp
from traitlets import link
sample = hfp.load_catalog("sample")
table, snippet = hfp.ProviderTable("openai/gpt-oss-20b", catalog=sample), hfp.RouteSnippet(sample)
link((table, "value"), (snippet, "value"))
table
"""


def test_a_click_in_the_table_writes_the_code_and_it_is_copied(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, "snippet", height=1400)
    table, root = notebook.run(0), notebook.run(1)
    expect(root.locator(".hfp-none")).to_contain_text("No route is chosen")
    table.locator("tr", has_text="groq").click()
    expect(root.locator(".hfp-code")).to_contain_text("openai/gpt-oss-20b:groq")
    notebook.expect_python("snippet.value", GROQ)
    choose(root, "OpenAI client", "JavaScript")
    notebook.expect_python("snippet.client", "javascript")
    root.get_by_role("button", name="Copy").click()
    expect(root.locator(".hfp-copied")).to_have_text("Copied: JavaScript, chat")
    assert notebook.clipboard() == snippet(GROQ, client="javascript") == notebook.python("snippet.text")


def test_by_keys_alone(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE + "\nsnippet.value = 'openai/gpt-oss-20b:groq'\nsnippet")
    root = notebook.run(0)
    keys = notebook.page.keyboard
    root.get_by_role("button", name="groq").focus()
    for key in ("Enter", "Home", "ArrowDown", "Enter"):
        keys.press(key)
    notebook.expect_python("snippet.policy", "cheapest")
    for key in ("Tab", "Enter", "End", "Enter", "Tab", "Enter", "s", "Enter", "Tab", "Space"):
        keys.press(key)
    notebook.expect_python("(snippet.client, snippet.variant, snippet.stream)", ("javascript", "structured", True))
    keys.press("Tab")
    expect(root.get_by_role("button", name="Copy")).to_be_focused()
    keys.press("Enter")
    expect(root.locator(".hfp-copied")).to_have_text("Copied: JavaScript, structured output, streamed")
    keys.press("Tab")
    expect(root.locator(".hfp-code")).to_be_focused()
    keys.press("Tab")
    expect(root.get_by_role("button", name="Clear the choice")).to_be_focused()
    keys.press("Enter")
    notebook.expect_python("(snippet.value, snippet.text, table.value)", (None, "", None))
