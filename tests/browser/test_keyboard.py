"""The paths of docs/keyboard.md, walked in JupyterLab by keys alone: no click, and no focus set by a script."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from playwright.sync_api import expect

from .conftest import OpenNotebook
from .lab import Notebook
from .test_picker import LLAMA, MAKE

ALL = "table = hfp.ProviderTable(sample); table"
COMPARE = f"table = hfp.ProviderTable({LLAMA!r}, catalog=sample); table"
IMPORT = 'import hfprov_widgets as hfp; sample = hfp.load_catalog("sample")'

# Where the keyboard is, in words, and whether the eye can see it.
STOP = """() => {
  const element = document.activeElement;
  const root = element?.closest(".hfp");
  if (!root) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const text = element.ariaLabel ?? (element.querySelector(".hfp-label") ?? element).innerText;
  const words = text.split("\\n")[0].replace(/[▾▴▲▼]\\d?/g, "").trim();
  const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return { words, ring, seen: box.width > 0 && box.bottom > 0 };
}"""


class Keys:
    """A person who has only keys."""

    def __init__(self, notebook: Notebook, cell: int) -> None:
        self.notebook = notebook
        self.page = notebook.page
        self.output = notebook.output(cell)
        notebook.activate(cell)  # command mode, as it is after Esc

    def __call__(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Letters one by one."""
        self.page.keyboard.type(text)

    @property
    def at(self) -> str | None:
        """Where the focus is; None: outside of the widget. What has it shows it."""
        stop = self.page.evaluate(STOP)
        if stop is None:
            return None
        assert stop["ring"], f"nothing shows that the focus is on {stop['words']!r}"
        assert stop["seen"], f"{stop['words']!r} has the focus and no size"
        words: str = stop["words"]
        return words

    def tab_in(self) -> None:
        """To the first stop of the widget."""
        for _ in range(30):
            self("Tab")
            if self.at is not None:
                return
        raise AssertionError("Tab does not reach the widget")

    def tab_to(self, words: str) -> None:
        """To a stop further on."""
        for _ in range(60):
            if (self.at or "").startswith(words):
                return
            self("Tab")
        raise AssertionError(f"Tab does not reach {words!r}")

    def stops(self, key: str = "Tab") -> list[str]:
        """From here to the end of the widget, every stop in order."""
        found: list[str] = []
        while (words := self.at) is not None:
            found.append(words)
            assert len(found) < 60, "Tab does not lead out"
            self(key)
        return found


def begins(stops: Iterable[str], words: Iterable[str]) -> bool:
    """Whether the stops are these, by their first words."""
    return all(stop.startswith(word) for stop, word in zip(stops, words, strict=True))


def test_picker_in_chosen_and_out(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE)
    notebook.run(0)
    keys = Keys(notebook, 0)
    keys.tab_in()
    assert keys.at == "Search models"
    keys.type("gpt-oss 20")
    keys("Enter")
    notebook.expect_python("picker.value", "openai/gpt-oss-20b")
    keys("Escape")
    notebook.expect_python("(picker.query, picker.value)", ("", "openai/gpt-oss-20b"))
    stops = keys.stops()
    order = ["Search models", "Sort: ", "deepinfra", "featherless-ai", "novita", "nscale", "all 14"]
    order += ["tools", "structured output", "priced", "image input", "context", "Clear the choice"]
    assert begins(stops, order), stops
    for _ in range(10):  # and back in from the other side
        keys("Shift+Tab")
        if keys.at:
            break
    assert keys.stops("Shift+Tab") == stops[::-1]


def test_picker_several_by_keys(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE.replace("(sample)", "(sample, multiple=True)"))
    notebook.run(0)
    keys = Keys(notebook, 0)
    keys.tab_in()
    order = notebook.python("picker.to_frame()['model'].tolist()")
    keys("ArrowDown", "Enter", "ArrowDown", "ArrowDown", "Enter")
    notebook.expect_python("picker.value", (order[0], order[2]))
    keys("ArrowUp", "ArrowUp", "Enter")
    notebook.expect_python("picker.value", (order[2],))
    keys("PageDown", "Enter", "End", "Enter", "Home", "Enter", "PageUp", "Escape", "ArrowUp", "Enter")
    notebook.expect_python("picker.value", (order[2], order[8], order[0]))
    keys.tab_to("Clear the choice")
    keys("Enter")
    notebook.expect_python("picker.value", ())
    assert keys.at == "Search models"


def test_picker_filters_and_menus_by_keys(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE)
    notebook.run(0)
    keys = Keys(notebook, 0)
    menu = keys.output.get_by_role("menu")
    keys.tab_in()
    keys.tab_to("Sort: ")
    keys("Enter")
    assert keys.at == "most providers"
    keys("ArrowDown", "ArrowUp", "ArrowUp")
    assert keys.at == "name"
    keys("c")
    assert keys.at == "cheapest, 3 : 1 mix"
    keys(" ")
    notebook.expect_python("picker.sort", (("price_blended", "asc"),))
    expect(menu).to_have_count(0)
    assert keys.at == "Sort: cheapest, 3 : 1 mix"
    keys.tab_to("novita")
    keys(" ")
    notebook.expect_python("picker.filters", {"provider": ["novita"]})
    keys.tab_to("all 14")
    keys("Enter", "z")
    assert keys.at == "zai-org"
    keys("Enter", "Home")
    notebook.expect_python("picker.filters", {"provider": ["novita", "zai-org"]})
    assert keys.at == "deepinfra"
    keys("Escape")
    expect(menu).to_have_count(0)
    assert keys.at == "all 14"
    keys("Enter")
    expect(menu).to_be_visible()
    keys("Tab")
    expect(menu).to_have_count(0)
    keys.tab_to("context")
    keys("Enter", "End", "Enter")
    notebook.expect_python("picker.filters.get('min_context_length')", 1_000_000)
    keys.tab_to("clear filters")
    keys("Enter")
    notebook.expect_python("picker.filters", {})
    assert keys.at == "Search models"
    keys("Tab", "/")
    assert keys.at == "Search models"


def test_picker_near_names_by_keys(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE)
    notebook.run(0)
    keys = Keys(notebook, 0)
    keys.tab_in()
    keys.type("lama 3.3 70b instrct")
    keys.tab_to(LLAMA)
    keys("Enter")
    assert keys.at == "Search models"
    keys("ArrowDown", "Enter")
    notebook.expect_python("picker.value", LLAMA)


def test_narrow_picker_unfolds_its_filters_by_keys(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(MAKE, width=480)
    notebook.run(0)
    keys = Keys(notebook, 0)
    keys.tab_in()
    keys.tab_to("Filters")
    keys("Enter")
    keys.tab_to("novita")
    keys("Enter")
    notebook.expect_python("picker.filters", {"provider": ["novita"]})


def test_table_in_chosen_and_out(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(IMPORT, COMPARE)
    notebook.run(0)
    notebook.run(1)
    keys = Keys(notebook, 1)
    keys.tab_in()
    order = ["Filter", "My mix 3 : 1", "Columns", "Copy", "Provider", "Status", "Input", "Output", "My mix"]
    order += ["First token", "Speed", "Context", "Tools", "JSON", "By author", "novita"]
    stops = keys.stops()
    assert begins(stops, order), stops
    keys = Keys(notebook, 1)
    keys.tab_in()
    keys.tab_to("novita")
    keys("ArrowDown", "ArrowDown", "Enter")
    notebook.expect_python("table.value", f"{LLAMA}:scaleway")
    assert keys.stops() == ["scaleway", "Clear the choice"]
    keys("Shift+Tab")
    while keys.at and not keys.at.startswith("scaleway"):
        keys("Shift+Tab")
    keys("Escape")
    notebook.expect_python("table.value", None)
    keys("End", " ", "Home")
    notebook.expect_python("table.value", f"{LLAMA}:featherless-ai")
    assert keys.at == "novita"


def test_table_sorts_by_keys(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(IMPORT, COMPARE)
    notebook.run(0)
    notebook.run(1)
    keys = Keys(notebook, 1)
    keys.tab_in()
    keys.tab_to("Context")
    keys("Enter")
    notebook.expect_python("table.sort", (("context_length", "desc"),))
    keys(" ")
    notebook.expect_python("table.sort", (("context_length", "asc"),))
    keys("Tab", "Shift+Enter")
    notebook.expect_python("table.sort", (("context_length", "asc"), ("supports_tools", "desc")))
    keys("Shift+Enter")
    notebook.expect_python("table.sort", (("context_length", "asc"), ("supports_tools", "asc")))
    assert keys.at == "Tools"


def test_table_mix_columns_and_copy_by_keys(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(IMPORT, COMPARE)
    notebook.run(0)
    notebook.run(1)
    keys = Keys(notebook, 1)
    keys.tab_in()
    keys.tab_to("My mix 3 : 1")
    keys("Enter")
    expect(keys.output.get_by_role("textbox", name="Input")).to_be_focused()
    keys("Control+a")
    keys.type("600")
    keys("Tab", "Control+a")
    keys.type("300")
    keys("Tab")
    notebook.expect_python("table.mix", (600, 300))
    keys.tab_to("1 : 1")
    keys(" ")
    notebook.expect_python("table.mix", (1, 1))
    keys("Escape")
    expect(keys.output.get_by_role("dialog")).to_have_count(0)
    assert keys.at == "My mix 1 : 1"
    keys("Tab", "Enter", "t", "Enter", "Escape")
    notebook.expect_python("'task' in table.columns", True)
    assert keys.at == "Columns"
    keys("Tab", "Enter", "ArrowDown", "Enter")
    expect(keys.output.locator(".hfp-copied")).to_have_text("Copied: CSV")
    assert notebook.clipboard().startswith("provider,status,task,")
    assert keys.at == "Copy"


def test_table_filters_by_keys(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(IMPORT, COMPARE)
    notebook.run(0)
    notebook.run(1)
    keys = Keys(notebook, 1)
    keys.tab_in()
    keys("Enter")
    keys.type("p")
    keys("Enter", "Escape")
    notebook.expect_python("table.filters", {"priced": True})
    keys.tab_to("Show all")
    keys("Enter")
    notebook.expect_python("table.filters", {})
    assert keys.at is not None


def test_a_long_table_is_one_stop_and_walked_by_arrows(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(IMPORT, ALL)
    notebook.run(0)
    notebook.run(1)
    order = notebook.python("(table.to_frame()['model'] + ':' + table.to_frame()['provider']).tolist()")
    keys = Keys(notebook, 1)
    keys.tab_in()
    keys.tab_to("By author")
    keys("Tab")
    for presses, at in ((["ArrowDown"], 1), (["PageDown"], 15), (["PageUp", "ArrowUp"], 0), (["End"], 286)):
        keys(*presses)
        keys("Enter")
        notebook.expect_python("table.value", order[at])
        expect(keys.output.locator(".hfp-pick:focus")).to_be_in_viewport()
    stops = keys.stops()
    assert stops[1:] == ["Clear the choice"]


@pytest.mark.parametrize("make", [MAKE, f"{IMPORT}\n{COMPARE}"])
def test_no_key_of_ours_moves_the_notebook(open_notebook: OpenNotebook, make: str) -> None:
    notebook = open_notebook(make, "1", "2")
    notebook.run(0)
    keys = Keys(notebook, 0)
    keys.tab_in()
    for _ in range(4):
        keys("ArrowDown", "ArrowUp", "Home", "End", "PageDown", "Escape", "Tab")
    active = "window.jupyterapp.shell.currentWidget.content.activeCellIndex"
    assert notebook.page.evaluate(active) == 0
    assert notebook.page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length") == 3
