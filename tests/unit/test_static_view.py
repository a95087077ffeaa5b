"""What stands beside a widget for readers that run none: the rows of the screen, in their words, whoever wrote them."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest

import hfprov_widgets as hfp
from hfprov_widgets.data.columns import ROUTE_COLUMNS
from hfprov_widgets.static_view.grid import Grid, Head
from hfprov_widgets.static_view.html import as_html
from hfprov_widgets.static_view.latex import escape
from hfprov_widgets.static_view.markdown import as_markdown, markdown_twin
from hfprov_widgets.static_view.routes import routes_grid
from hfprov_widgets.static_view.text import as_text
from hfprov_widgets.widgets.base import CatalogWidget

FOUR = "deepseek-ai/DeepSeek-V4-Pro"
EVIL = "<script>alert(1)</script>|`[x](y)\\&$a$_b_^~%#{}\u202e\x1b[31m\n😀中é\"'--,,"


def catalog_of(*routes: hfp.Route, model: str = "o/m", source: str = "mine") -> hfp.Catalog:
    return hfp.Catalog.from_models([hfp.Model(model, routes=routes)], source=source, retrieved_at="2026-11-23")


def bundle(widget: CatalogWidget, **asked: object) -> dict[str, str]:
    data, _ = widget._repr_mimebundle_(**asked)
    return data  # type: ignore[no-any-return]


class Table(HTMLParser):
    """The cells of the first table of a page, and which elements and attributes there are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self._in_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._in_cell = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_cell:
            self.rows[-1][-1] += data


# --- Markdown: the same as the page's Copy menu ----------------------------------------------------------------


def test_what_a_service_says_stays_text_and_dollars_are_no_formula() -> None:
    """The same in js/test/table-lib.test.js."""
    evil = "<b>|`[x](y)\\(z\\)&$a$~~b~~ https://e.org wWw.e.org a@e.org \x1b[31m\u202e\n#"
    tame = (
        r"&lt;b>\|\`\[x\](y)<span>&#92;</span>(z<span>&#92;</span>)&amp;<span>&#36;</span>a<span>&#36;</span>"
        r"\~\~b\~\~ https:&#47;/e.org wWw&#46;e.org a&#64;e.org <span>&#92;</span>x1b\[31m<span>&#92;</span>u202e #"
    )
    route = hfp.Route("o/m", evil, price_input=1, price_output=2)
    catalog = hfp.Catalog.from_models([hfp.Model("o/m", routes=(route,))], source="mine", retrieved_at=None)
    grid = routes_grid(catalog, catalog.all_routes, ["provider", "price_input"])
    head, _, line, *_ = as_markdown(grid).split("\n")
    assert head == "| Provider | Input (\\$ / 1M tokens) |"
    assert line == f"| {tame} | 1.00 |"


def test_a_sentence_that_begins_with_a_name_is_no_heading_and_no_list() -> None:
    for name in ("# x", "> x", "- x", "+ x", "1. x", "2) x"):
        grid = Grid("nothing", (), (), "mine", None, empty=(name,))
        assert re.search(r"^\d*\\[-+#>.)] x$", markdown_twin(grid), re.MULTILINE), name


def test_words_beside_the_figures_are_kept() -> None:
    def route(provider: str, price: float, free: bool = False) -> hfp.Route:
        return hfp.Route("o/m", provider, status="live", price_input=price, price_output=price, is_free=free)

    catalog = catalog_of(route("zero", 0), route("promo", 0, True), route("slip", 2e-7))
    text = hfp.ProviderTable("o/m", catalog=catalog).to_markdown()
    assert "| zero (listed at zero) |" in text
    assert "| promo (promo) |" in text
    assert "| slip (suspect price) |" in text


def test_the_picker_has_markdown_too() -> None:
    picker = hfp.ModelPicker(hfp.load_catalog("sample"), query="gpt-oss-20b")
    lines = picker.to_markdown().splitlines()
    assert lines[2].startswith("| openai/gpt-oss-20b | 131k | 0.0300 | 0.14 |")
    assert lines[-1] == "Source: sample, 2026-10-10. — means not published."


def test_markdown_on_request_has_all_rows() -> None:
    table = hfp.ProviderTable(hfp.load_catalog("sample"))
    assert table.to_markdown().count("\n| ") == 287 + 1


# --- the bundle -------------------------------------------------------------------------------------------------


def test_the_rows_are_those_on_screen_in_their_order() -> None:
    table = hfp.ProviderTable(FOUR, catalog=hfp.load_catalog("documented"), sort=(("throughput", "desc"),))
    on_screen = table.to_frame()["provider"].tolist()
    shown = Table(bundle(table)["text/html"])
    assert [row[0] for row in shown.rows[1:]] == on_screen
    for kind in ("text/markdown", "text/latex", "text/plain"):
        text = bundle(table)[kind]
        places = [text.index(name) for name in on_screen]
        assert places == sorted(places), kind


@pytest.mark.parametrize("kind", ["text/html", "text/markdown", "text/latex", "text/plain"])
def test_a_reader_on_paper_is_told_all(kind: str) -> None:
    table = hfp.ProviderTable(hfp.load_catalog("sample"))
    text = bundle(table)[kind]
    for said in ("267 more rows", "126 models, 287 routes", "sample, catalogue of 2026-10-10", "means not published"):
        assert said in text
    assert re.search(r"1M\s+tokens", text) or kind == "text/plain"


def test_units_stand_in_the_header_and_numbers_to_the_right() -> None:
    page = bundle(hfp.ProviderTable(FOUR, catalog=hfp.load_catalog("documented")))["text/html"]
    head = Table(page).rows[0]
    assert head[2:5] == ["Input ($ / 1M tokens)", "Output ($ / 1M tokens)", "My mix ($ / 1M tokens, 3 : 1)"]
    assert '<td align="right" style="text-align:right">1.74</td>' in page


def test_the_chosen_row_and_the_best_cells_are_marked_by_words() -> None:
    table = hfp.ProviderTable(FOUR, catalog=hfp.load_catalog("documented"), value=f"{FOUR}:together")
    rows = Table(bundle(table)["text/html"]).rows
    assert [row[0] for row in rows if "(chosen)" in row[0]] == ["together (chosen)"]
    assert rows[1][2] == "best 1.69"
    assert f"Chosen: {FOUR}:together." in bundle(table)["text/plain"]


def test_a_mark_is_given_among_all_rows_not_among_those_written() -> None:
    routes = [
        hfp.Route("o/m", f"p{n:02}", status="live", throughput=n, price_input=n, price_output=n) for n in range(1, 31)
    ]
    table = hfp.ProviderTable("o/m", catalog=catalog_of(*routes))
    rows = Table(bundle(table)["text/html"]).rows
    assert len(rows) == 1 + 20
    assert [row[0] for row in rows if any(cell.startswith("best") for cell in row)] == ["p01"]  # the cheapest alone


def test_a_list_of_many_models_has_no_best() -> None:
    assert "best" not in Table(bundle(hfp.ProviderTable(hfp.load_catalog("sample")))["text/html"]).text


def test_a_row_of_a_past_day_was_seen_then() -> None:
    text = bundle(hfp.ProviderTable(hfp.load_catalog("tasks")))["text/plain"]
    assert re.search(r"seen 202[56]-\d\d-\d\d", text)
    assert "tasks, as last seen, up to 2026-08-21" in text


def test_speed_figures_of_another_day_say_so() -> None:
    route = hfp.Route(
        "o/m", "p", status="live", throughput=4, retrieved_at="2026-11-23", metrics_retrieved_at="2026-04-26"
    )
    assert (
        "Speed figures read 2026-04-26, before the rest."
        in bundle(hfp.ProviderTable("o/m", catalog=catalog_of(route)))["text/plain"]
    )


def test_the_filters_and_what_they_hide_are_said() -> None:
    table = hfp.ProviderTable(
        FOUR, catalog=hfp.load_catalog("documented"), filters={"priced": True}, value=f"{FOUR}:fireworks-ai"
    )
    text = bundle(table)["text/plain"]
    assert "3 of 5 routes" in text
    assert "Filters: priced true. 2 routes hidden by them." in text
    assert f"Chosen: {FOUR}:fireworks-ai (hidden by filters)." in text


@pytest.mark.parametrize(
    ("widget", "words"),
    [
        (lambda c: hfp.ProviderTable("o/m", catalog=c, filters={"provider": "nobody"}), "No route meets the filters."),
        (lambda c: hfp.ProviderTable((), catalog=c), "No model is chosen, or none of them is served."),
        (lambda c: hfp.ProviderTable("o/alone", catalog=c), "No provider serves this model in this data"),
        (lambda c: hfp.ProviderTable(hfp.Catalog.from_models([], source="e", retrieved_at=None)), "catalogue is empty"),
        (lambda c: hfp.ModelPicker(c, query="zzz"), "No model matches “zzz”."),
        (lambda c: hfp.ModelPicker(c, query="o/m", filters={"provider": "nobody"}), "1 model without the filters."),
        (lambda c: hfp.ModelPicker(hfp.Catalog.from_models([], source="e", retrieved_at=None)), "holds no model"),
    ],
)
def test_an_empty_grid_says_why(widget: object, words: str) -> None:
    models = [hfp.Model("o/m", routes=(hfp.Route("o/m", "p", status="live"),)), hfp.Model("o/alone")]
    catalog = hfp.Catalog.from_models(models, source="mine", retrieved_at="2026-11-23")
    shown = bundle(widget(catalog))  # type: ignore[operator]
    assert words in Table(shown["text/html"]).text
    assert words in shown["text/plain"]
    assert words in shown["text/markdown"]
    assert "table" not in Table(shown["text/html"]).elements


def test_a_model_that_newer_data_lacks_is_named() -> None:
    table = hfp.ProviderTable("o/m", catalog=catalog_of(hfp.Route("o/m", "p")))
    table.catalog = catalog_of(hfp.Route("o/m2", "p"), model="o/m2")
    assert "o/m is not in this data (mine, 2026-11-23). Near names: o/m2." in bundle(table)["text/plain"].replace(
        "\n", " "
    )


def test_the_picker_says_what_it_shows() -> None:
    picker = hfp.ModelPicker(hfp.load_catalog("sample"), query="llama 70", value="openai/gpt-oss-20b")
    text = bundle(picker)["text/plain"]
    assert "Models matching “llama 70”: 2 of 126 models" in text
    assert "Chosen: openai/gpt-oss-20b." in text


# --- whoever wrote the words ---------------------------------------------------------------------------------------


def hostile(name: str = EVIL, rows: int = 40) -> hfp.ProviderTable:
    routes = [hfp.Route("o/m", f"{n}{name}", provider_id=name, status=name, source=name) for n in range(rows)]
    columns = ("provider", "status", "provider_id", "source", "price_input")
    return hfp.ProviderTable("o/m", catalog=catalog_of(*routes, source=name[:200]), columns=columns)


def test_html_of_hostile_names_is_text_and_loses_no_meaning_in_a_sanitiser() -> None:
    page = Table(bundle(hostile())["text/html"])
    assert page.elements <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p", "b", "br", "span"}
    assert page.attributes <= {"align", "scope", "style"}
    assert page.rows[1][0].startswith("0<script>alert(1)</script>|`[x](y)\\&$a$_b_^~%#{}\\u202e\\x1b[31m 😀中é\"'--")


def test_no_formula_is_made_of_dollars_in_html() -> None:
    """A notebook page looks for formulas in the text of an element, not across elements."""
    texts = re.split(r"<[^>]*>", bundle(hostile())["text/html"])
    assert not [text for text in texts if text.count("$") > 1 or ("\\" in text and len(text) > 1)]


@pytest.mark.parametrize("name", ["x" * 10_000, "&" * 10_000, "😀" * 10_000, "$\\" * 5_000, " \n" * 10_000])
def test_html_is_small_whatever_the_names(name: str) -> None:
    page = bundle(hostile(name))["text/html"]
    assert len(page.encode()) <= 40_000
    rows = len(Table(page).rows) - 1
    assert rows >= 3
    assert f"{40 - rows} more rows are not shown here." in page


def test_the_other_twins_are_small_too() -> None:
    shown = bundle(hostile("&_😀" * 4_000))
    assert all(len(shown[kind].encode()) < 100_000 for kind in ("text/markdown", "text/latex", "text/plain"))


def test_text_obeys_nothing_and_keeps_its_columns() -> None:
    lines = bundle(hostile())["text/plain"].splitlines()
    assert all(line.isprintable() for line in lines)
    widths = {
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in lines if line.endswith("—")
    }
    assert len(widths) == 1


def test_text_fits_a_terminal_where_it_can() -> None:
    for widget in (hfp.ProviderTable(hfp.load_catalog("sample")), hfp.ProviderTable(hfp.load_catalog("tasks"))):
        assert max(map(len, bundle(widget)["text/plain"].splitlines())) <= 120


def test_a_long_name_keeps_its_end() -> None:
    text = bundle(hfp.ProviderTable(hfp.load_catalog("sample")))["text/plain"]
    assert re.search(r"^meta-llama/\S*…\S*-Instruct ", text, re.M)


def test_latex_escapes_every_special_character() -> None:
    line = escape(EVIL, 200)
    known = (
        r"\\hfpchar\{[0-9A-F]+\}\{[^\x00-\x7f]\}|\\text[a-z]+\{\}|\{\\ttfamily\\char34\}|\\[{}$&#%_]|\{[][*]\}"
        r"|([-,])\{\}(?=\1)"
    )
    assert not re.findall(r"[\\{}$&#%_^~]", re.sub(known, "", line))
    assert "\\hfpchar{1F600}{😀}\\hfpchar{4E2D}{中}\\hfpchar{E9}{é}" in line
    assert line.endswith("-{}-,{},")


def test_a_markdown_twin_of_hostile_names_keeps_its_columns() -> None:
    lines = [line for line in markdown_twin(hostile()._grid(20)).splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines} == {6}
    assert "<script" not in "".join(lines)


def test_one_row_more_is_one() -> None:
    assert "1 more row is not shown here." in as_html(Grid("t", (Head("A"),), (("a",),), "s", None, more=1))
    assert as_text(Grid("t", (Head("A"),), (("a",),), "s", None)).count("more") == 0


def test_every_column_has_a_cell() -> None:
    table = hfp.ProviderTable(FOUR, catalog=hfp.load_catalog("documented"), columns=tuple(ROUTE_COLUMNS))
    assert {len(row) for row in Table(bundle(table)["text/html"]).rows} == {len(ROUTE_COLUMNS)}


def test_the_first_rows_are_those_of_the_whole_order() -> None:
    """They are found without putting all in order; the property tests of the order know the rest."""
    catalog = hfp.load_catalog("sample")
    for sort in [(("price_blended", "asc"),), (("status", "desc"), ("throughput", "desc")), (("model", "desc"),)]:
        table = hfp.ProviderTable(catalog, sort=sort)
        assert table._grid(20).rows == table._grid(None).rows[:20]
    for key in ["n_providers", "price_blended", "created", "throughput"]:
        picker = hfp.ModelPicker(catalog, sort=((key, "desc"),), query="i")
        assert picker._grid(20).rows == picker._grid(None).rows[:20]
