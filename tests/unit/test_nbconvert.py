"""A notebook that was run, as its readers get it: HTML with and without trust, Markdown, LaTeX; hostile names."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert.exporters import HTMLExporter, LatexExporter, MarkdownExporter
from nbconvert.filters import markdown2html
from nbformat.v4 import new_code_cell, new_notebook

import hfprov_widgets as hfp
from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.markdown import markdown_twin

CELLS = [
    "import hfprov_widgets as hfp; sample = hfp.load_catalog('sample'); hfp.ProviderTable(sample)",
    "hfp.ModelPicker(sample, query='llama')",
]
SAID = [
    *("Routes: 126 models, 287 routes", "267 more rows are not shown here."),
    *("Models matching “llama”: 7 of 126 models", "Source: sample, catalogue of 2026-10-10."),
]


@pytest.fixture(scope="module")
def notebook() -> Any:
    """The cells, run, without saved state."""
    made = new_notebook(cells=[new_code_cell(cell) for cell in CELLS])
    NotebookClient(made, timeout=120, store_widget_state=False).execute()
    nbformat.validate(made)
    return made


class Sanitised(HTMLParser):
    """As a repository page cleans what people upload: few elements, few attributes, no scripts, styles or classes."""

    ELEMENTS = frozenset(
        [*("table", "caption", "thead", "tbody", "tr", "th", "td"), *("p", "b", "br", "div", "pre", "code")]
    )
    ATTRIBUTES = frozenset(["align", "scope", "colspan", "rowspan"])
    GONE = frozenset(["script", "style", "head"])

    def __init__(self, text: str) -> None:
        super().__init__()
        self.out: list[str] = []
        self._gone = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._gone += tag in self.GONE
        if tag in self.ELEMENTS and not self._gone:
            kept = "".join(
                f' {name}="{escape(value or "")}"' for name, value in sorted(attrs) if name in self.ATTRIBUTES
            )
            self.out.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        self._gone -= tag in self.GONE
        if tag in self.ELEMENTS and not self._gone:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._gone:
            self.out.append(escape(data, quote=False))


def test_html_shows_the_tables_also_when_sanitised(notebook: Any) -> None:
    page, _ = HTMLExporter().from_notebook_node(notebook)
    clean = "".join(Sanitised(page).out)
    assert clean.count('<caption align="left">') == 2
    assert '<th align="left" scope="row">meta-llama/Llama-3.3-70B-Instruct</th>' in clean
    assert '<td align="right">0.0100</td>' in clean
    assert '<th align="right" scope="col">Input ($ / 1M tokens)</th>' in clean
    for said in SAID:
        assert said in clean


def test_markdown_shows_the_tables(notebook: Any) -> None:
    text, _ = MarkdownExporter().from_notebook_node(notebook)
    for said in SAID:
        assert said in text
    assert "widget-view" not in text


def test_latex_shows_the_tables(notebook: Any) -> None:
    text, _ = LatexExporter().from_notebook_node(notebook)
    assert text.count(r"\begin{tabular}") == 2
    assert r"\usepackage{booktabs}" in text
    assert r"\usepackage{graphicx}" in text
    for said in SAID:
        assert said.replace("“", r"\textquotedblleft{}").replace("”", r"\textquotedblright{}") in text


HOSTILE = [
    *(r"\(x\)", r"\\(x\\)", r"\[x\]", r"\begin{equation}x\end{equation}", "$x$", "$$x$$", r"\$x\$"),
    *("~~x~~", "*x*", "__x__", "`x`", "``x``", "[x](https://evil.example)", "![x](https://evil.example)"),
    *("https://evil.example", "WWW.evil.example", "a@evil.example", "<https://evil.example>", "<b>x</b>", "&lt;b>"),
    *("# x", "> x", "- x", "+ x", "* x", "1. x", "1) x", "---", "===", "~~~", "```", "| x |", "[x]: y"),
]


@pytest.mark.parametrize("name", HOSTILE)
def test_markdown_of_a_hostile_name_is_the_name(name: str) -> None:
    route = hfp.Route("o/m", name, status="live", source=name)
    catalog = hfp.Catalog.from_models([hfp.Model("o/m", routes=(route,))], source=f"{name} {name}", retrieved_at=None)
    table = hfp.ProviderTable("o/m", catalog=catalog, columns=("provider", "source"))
    empty = markdown_twin(Grid(name, (), (), name, None, empty=(name,)))
    for text in (table.to_markdown(), markdown_twin(table._grid(None)), empty):
        page = markdown2html(text)
        assert set(re.findall(r"<(\w+)", page)) <= {"table", "thead", "tbody", "tr", "th", "td", "p", "span", "strong"}
        assert page.count("<strong>") == text.startswith("**")  # the title
        # Formulas are looked for in the text of an element, not across elements.
        words = [unescape(part) for part in re.split(r"<[^>]*>", page)]
        assert not [part for part in words if part.count("$") > 1 or ("\\" in part and len(part) > 1)]
        assert unescape(re.sub(r"<[^>]*>", "", page)).count(name) >= 2


def test_plain_names_and_prices_stay_as_they_are_in_markdown() -> None:
    text = hfp.ProviderTable("openai/gpt-oss-20b", catalog=hfp.load_catalog("sample")).to_markdown()
    assert not set("&<") & set(text)
    assert text.count("\\") == text.splitlines()[0].count(r"\$") > 0
