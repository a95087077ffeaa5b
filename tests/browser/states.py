"""Every state of both widgets, drawn on a page without a notebook: for the tests that look at each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

import pytest
from playwright.sync_api import Browser, Locator, expect

import hfprov_widgets as hfp
from hfprov_widgets.widgets.base import CatalogWidget

from .catalogs import MODEL, small
from .plain import Plain, Theme, plain_page

SAMPLE = hfp.load_catalog("sample")
LLAMA = "meta-llama/Llama-3.3-70B-Instruct"
EMPTY = hfp.Catalog.from_models([], source="mine", retrieved_at=None)
IDLE = hfp.Catalog.from_models([hfp.Model("org/idle")], source="mine", retrieved_at=None)
NARROW, WIDE = 320, 1000


class State(NamedTuple):
    """A widget in a state: how it is made, what Python then says, and what the user then does."""

    make: Callable[[], CatalogWidget]
    traits: dict[str, object] = {}  # noqa: RUF012  # never changed
    act: Callable[[Locator], object] = lambda root: None
    says: str = ""  # what shows that the state is reached


def picker(**options: Any) -> Callable[[], CatalogWidget]:
    """A picker over the sample, made when it is needed."""
    return lambda: hfp.ModelPicker(**{"catalog": SAMPLE, **options})


def table(model: str | None = MODEL, **options: Any) -> Callable[[], CatalogWidget]:
    """A table, made when it is needed."""
    return lambda: hfp.ProviderTable(model, **{"catalog": small(), **options})


def planner(model: str | None = MODEL, **options: Any) -> Callable[[], CatalogWidget]:
    """A planner, made when it is needed."""
    return lambda: hfp.BudgetPlanner(model, **{"catalog": small(), "credit": 0.01, **options})


def type_nonsense(root: Locator) -> None:
    """Two numbers that make no sense."""
    root.get_by_role("textbox", name="Students").fill("0")
    root.get_by_role("textbox", name="Credit").fill("-1")


def take_preset(root: Locator) -> None:
    """The first that is offered."""
    press("Credit presets")(root)
    root.get_by_role("menuitemradio").first.click()


def paste(root: Locator) -> None:
    """A text whose tokens are estimated."""
    press("From a text")(root)
    root.get_by_role("textbox", name="Text").fill("Which provider is it?")


def snippet(model: str | None = None, **options: Any) -> Callable[[], CatalogWidget]:
    """The code of a route, made when it is needed."""
    return lambda: hfp.RouteSnippet(model, **{"catalog": small(), "value": f"{MODEL}:quick", **options})


def chart(model: Any = "deepseek-ai/DeepSeek-V4-Pro", **options: Any) -> Callable[[], CatalogWidget]:
    """A chart over the documented example, made when it is needed."""
    return lambda: hfp.ProviderChart(model, **{"catalog": hfp.load_catalog("documented"), **options})


def reach_point(root: Locator) -> None:
    """By keys."""
    root.get_by_role("button", name="Export").focus()
    root.page.keyboard.press("Tab")


def explorer(model: str | None = MODEL, **options: Any) -> Callable[[], CatalogWidget]:
    """An explorer, made when it is needed."""
    return lambda: hfp.Explorer(model, **{"catalog": small(), **options})


def every_route() -> CatalogWidget:
    """The sample as one list."""
    return hfp.ProviderTable(SAMPLE)


def press(name: str) -> Callable[[Locator], None]:
    """Press a button of the widget."""
    return lambda root: root.get_by_role("button", name=name).first.click()


def open_filters(name: str) -> Callable[[Locator], None]:
    """Press a button among the filters, which a narrow picker folds away."""

    def act(root: Locator) -> None:
        fold = root.get_by_role("button", name="Filters")
        if fold.count():
            fold.click()
        press(name)(root)

    return act


def copy_where_it_is_forbidden(root: Locator) -> None:
    """The text is offered instead."""
    root.evaluate("() => { document.execCommand = () => false; }")
    press("Copy")(root)
    root.get_by_role("menuitem", name="as CSV").click()


def scroll_far(root: Locator) -> None:
    """To the middle of a long table."""
    root.locator(".hfp-scroll").evaluate("e => { e.scrollTop = 3000 }")


def phase(name: str, message: str = "") -> dict[str, object]:
    """What Python says of the freshness."""
    return {"_freshness": {"phase": name, "message": message, "can_refresh": name != "offline"}}


def stale() -> hfp.Catalog:
    """The router's list, days old."""
    return hfp.Catalog.from_models(small().records, source="router", retrieved_at="2026-10-01T08:00:00Z")


STATES = {
    "picker": State(picker()),
    "picker, chosen": State(picker(value=LLAMA), says="Chosen: "),
    "picker, searched": State(picker(query="llama instr"), says="of 126 models"),
    "picker, a row reached": State(picker(), act=lambda root: root.get_by_role("combobox").press("ArrowDown")),
    "picker, several": State(picker(multiple=True, value=(LLAMA, "openai/gpt-oss-20b")), says="2 models"),
    "picker, no match": State(picker(query="lama 3.3 70b instrct"), says="Near names"),
    "picker, filters leave nothing": State(picker(query="gpt-oss", filters={"provider": "zai-org"}), says="Clear"),
    "picker, filtered": State(picker(filters={"min_context_length": 128_000, "provider": "novita"}), says="clear"),
    "picker, empty": State(picker(catalog=EMPTY), says="holds no model"),
    "picker, no bytes yet": State(picker(), {"_catalog": b""}, says="Loading"),
    "picker, refreshing": State(picker(), {**phase("refreshing"), "value": "org/later"}, says="not in this data yet"),
    "picker, failed": State(picker(), phase("failed", "503 Service Unavailable"), says="503 Service"),
    "picker, offline": State(picker(), phase("offline"), says="offline"),
    "picker, stale": State(picker(catalog=stale()), phase("still"), says="stale"),
    "picker, unknown": State(picker(), {"value": "org/gone"}, says="not in this data"),
    "picker, unreadable": State(picker(), {"_catalog": b"\x02\x00\x00\x00{}"}, says="cannot be drawn"),
    "picker, order menu": State(picker(), act=press("Sort"), says="most likes"),
    "picker, provider menu": State(picker(), act=open_filters("all 14"), says="zai-org"),
    "picker, context menu": State(picker(), act=open_filters("context"), says="any length"),
    "picker, labels": State(picker(catalog=small()), says="promo"),
    "table": State(table()),
    "table, chosen": State(table(value=f"{MODEL}:quick"), says="Chosen: "),
    "table, documented": State(table("deepseek-ai/DeepSeek-V4-Pro", catalog=hfp.load_catalog("documented"))),
    "table, two sort keys": State(table(sort=(("context_length", "desc"), ("price_output", "asc")))),
    "table, filters hide rows": State(
        table(filters={"min_context_length": 64_000}, value=f"{MODEL}:silent"), says="hidden by filters"
    ),
    "table, filters hide all": State(table(filters={"min_context_length": 10**7}), says="No route meets"),
    "table, empty": State(lambda: hfp.ProviderTable(EMPTY), says="catalogue is empty"),
    "table, not served": State(table("org/idle", catalog=IDLE), says="No provider serves"),
    "table, unknown": State(table(), {"model": "org/smal"}, says="Near names"),
    "table, no bytes yet": State(table(), {"_catalog": b""}, says="Loading"),
    "table, refreshing": State(table(), {**phase("refreshing"), "model": "org/later"}, says="Newer data is on its way"),
    "table, failed": State(table(), phase("failed", "503 Service Unavailable"), says="503 Service"),
    "table, offline": State(table(), phase("offline"), says="offline"),
    "table, stale": State(table(catalog=stale()), phase("still"), says="stale"),
    "table, unreadable": State(table(), {"_catalog": b"\x02\x00\x00\x00{}"}, says="cannot be drawn"),
    "table, provider menu": State(table(), act=press("Provider"), says="nought"),
    "table, filter menu": State(table(), act=press("Filter"), says="live only"),
    "table, mix form": State(table(), act=press("My mix 3"), says="How many input tokens"),
    "table, column menu": State(table(), act=press("Columns"), says="Speed source"),
    "table, copy menu": State(table(), act=press("Copy"), says="as Markdown"),
    "table, copying forbidden": State(table(), act=copy_where_it_is_forbidden, says="take it from here"),
    "snippet": State(snippet(), says="a call"),
    "snippet, doubtful": State(snippet(value=f"{MODEL}:dated", variant="tools", stream=True), says="no tools"),
    "snippet, by policy": State(snippet(MODEL, value=None, policy="cheapest", client="curl"), says="in this data"),
    "snippet, nothing chosen": State(snippet(value=None), says="No route is chosen"),
    "snippet, no chat route": State(
        lambda: hfp.RouteSnippet(hfp.load_catalog("tasks"), value=hfp.load_catalog("tasks").all_routes[0].id),
        says="chat routes only",
    ),
    "snippet, unknown": State(snippet(), {"value": "org/small:gone"}, says="is not in this data"),
    "snippet, no bytes yet": State(snippet(), {"_catalog": b""}, says="Loading"),
    "snippet, failed": State(snippet(), phase("failed", "503 Service Unavailable"), says="503 Service"),
    "snippet, unreadable": State(snippet(), {"_catalog": b"\x02\x00\x00\x00{}"}, says="cannot be drawn"),
    "snippet, route menu": State(snippet(), act=press("quick"), says="the lowest output price"),
    "snippet, copied": State(snippet(), act=press("Copy"), says="OpenAI client, chat"),
    "routes": State(every_route, says="287 routes"),
    "routes, chosen": State(every_route, act=lambda root: root.locator(".hfp-pick").nth(2).click(), says="Chosen: "),
    "routes, scrolled": State(every_route, act=scroll_far),
    "routes of days": State(lambda: hfp.ProviderTable(hfp.load_catalog("tasks")), says="as last seen"),
    "planner": State(planner(), says="over by"),
    "planner, chosen": State(planner(value=f"{MODEL}:dated"), says="Chosen: "),
    "planner, chosen without a cost": State(planner(value=f"{MODEL}:silent"), says="without a cost"),
    "planner, no credit": State(planner(credit=None), says="no budget is checked"),
    "planner, wrong": State(planner(), act=type_nonsense, says="the last that made sense"),
    "planner, preset menu": State(planner(), act=press("Credit presets"), says="pricing page"),
    "planner, preset": State(planner(), act=take_preset, says="of credit a month"),
    "planner, text": State(planner(), act=paste, says="≈ 6 tokens"),
    "planner, copy menu": State(planner(), act=press("Copy"), says="as Markdown"),
    "planner, reasons": State(planner(), act=lambda root: root.locator("summary").click(), says="no price published"),
    "planner, all left out": State(planner(filters={"min_context_length": 10**9}), says="Clear filters"),
    "planner, nothing priced": State(lambda: hfp.BudgetPlanner(hfp.load_catalog("tasks")), says="No route"),
    "planner, many": State(lambda: hfp.BudgetPlanner(SAMPLE, credit=2, credit_for="class"), says="126 models"),
    "planner, empty": State(lambda: hfp.BudgetPlanner(EMPTY), says="catalogue is empty"),
    "planner, not served": State(planner("org/idle", catalog=IDLE), says="No provider serves"),
    "planner, unknown": State(planner(), {"model": "org/smal"}, says="Near names"),
    "planner, no bytes yet": State(planner(), {"_catalog": b""}, says="Loading"),
    "planner, refreshing": State(planner(), {**phase("refreshing"), "model": "org/later"}, says="on its way"),
    "planner, failed": State(planner(), phase("failed", "503 Service Unavailable"), says="503 Service"),
    "planner, offline": State(planner(), phase("offline"), says="offline"),
    "planner, unreadable": State(planner(), {"_catalog": b"\x02\x00\x00\x00{}"}, says="cannot be drawn"),
    "chart": State(chart(), says="3 comparable · 2 not"),
    "chart, chosen": State(chart(value="deepseek-ai/DeepSeek-V4-Pro:deepinfra"), says="Chosen: "),
    "chart, a point reached": State(chart(), act=reach_point, says="novita ·"),
    "chart, a point under the pointer": State(chart(), act=lambda root: root.locator(".hfp-point").first.hover()),
    "chart, two points": State(chart(MODEL, catalog=small(), value=f"{MODEL}:gift"), says="not comparable: "),
    "chart, zeros": State(chart(SAMPLE, catalog=None, x="price_output", y="context_length"), says="of 176 are on"),
    "chart, filters hide routes": State(chart(filters={"min_context_length": 100_000}), says="hidden by filters"),
    "chart, filters hide all": State(chart(filters={"min_context_length": 10**7}), says="No route meets"),
    "chart, none comparable": State(chart(LLAMA, catalog=SAMPLE), says="These axes can be compared"),
    "chart, empty": State(chart(EMPTY, catalog=None), says="catalogue is empty"),
    "chart, not served": State(chart("org/idle", catalog=IDLE), says="No provider serves"),
    "chart, unknown": State(chart(MODEL, catalog=small()), {"model": "org/smal"}, says="Near names"),
    "chart, no bytes yet": State(chart(), {"_catalog": b""}, says="Loading"),
    "chart, refreshing": State(chart(), {**phase("refreshing"), "model": "org/later"}, says="Newer data is on its way"),
    "chart, failed": State(chart(), phase("failed", "503 Service Unavailable"), says="503 Service"),
    "chart, offline": State(chart(), phase("offline"), says="offline"),
    "chart, unreadable": State(chart(), {"_catalog": b"\x02\x00\x00\x00{}"}, says="cannot be drawn"),
    "chart, axis menu": State(chart(), act=press("x: price"), says="is the y axis"),
    "chart, mix form": State(chart(), act=press("My mix 3"), says="How many input tokens"),
    "chart, export menu": State(chart(), act=press("Export"), says="Save PNG"),
    "explorer": State(explorer()),
    "explorer, all models": State(explorer(None, catalog=SAMPLE), says="287 routes"),
    "explorer, chosen": State(explorer(value=f"{MODEL}:quick"), says="Chosen: "),
    "explorer, searched": State(explorer(query="small"), says="of "),
    "explorer, filters hide all": State(explorer(filters={"min_context_length": 10**7}), says="No route meets"),
    "explorer, chart": State(explorer(view="chart"), says="on the front"),
    "explorer, plan": State(explorer(view="plan", credit=0.1), says="Students"),
    "explorer, code": State(explorer(view="code", value=f"{MODEL}:quick"), says="Use it"),
    "explorer, empty": State(explorer(None, catalog=EMPTY), says="holds no model"),
    "explorer, unknown": State(explorer(), {"model": "org/smal"}, says="Near names"),
    "explorer, no bytes yet": State(explorer(), {"_catalog": b""}, says="Loading"),
    "explorer, refreshing": State(explorer(), phase("refreshing"), says="looking for newer"),
    "explorer, failed": State(explorer(), phase("failed", "503 Service Unavailable"), says="503 Service"),
    "explorer, stale": State(explorer(catalog=stale()), phase("still"), says="stale"),
    "explorer, unreadable": State(explorer(), {"_catalog": b"\x02\x00\x00\x00{}"}, says="cannot be drawn"),
}  # fmt: skip


@pytest.fixture(scope="module")
def plains(chromium: Browser) -> Iterator[dict[Theme, Plain]]:
    """A page of each theme."""
    with plain_page(chromium) as light, plain_page(chromium, theme="dark") as dark:
        yield {"light": light, "dark": dark}


@pytest.fixture
def show(plains: dict[Theme, Plain]) -> Iterator[Show]:
    """Draw a state, alone on its page."""

    def show_(state: State, *, theme: Theme = "light", width: int = WIDE) -> tuple[Plain, Locator]:
        plain = plains[theme]
        plain.clear()
        plain.page.set_viewport_size({"width": width, "height": 900})
        root = plain.show(state.make(), **state.traits)
        expect(root).to_be_visible()
        state.act(root)
        if state.says:
            expect(root).to_contain_text(state.says)
        return plain, root

    yield show_
    for plain in plains.values():
        plain.page.emulate_media(forced_colors="null", reduced_motion="null", media="null")


class Show(Protocol):
    """Draws a state; see the fixture."""

    def __call__(self, state: State, *, theme: Theme = "light", width: int = WIDE) -> tuple[Plain, Locator]: ...
