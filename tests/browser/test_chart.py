"""ProviderChart: what is drawn and said, what pointer and keys do, what is saved, and what Python gets."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

import hfprov_widgets as hfp

from .catalogs import MODEL, small
from .conftest import OpenNotebook
from .plain import Plain, plain_page
from .test_axe import faults

DEEPSEEK = "deepseek-ai/DeepSeek-V4-Pro"
DOCUMENTED = hfp.load_catalog("documented")
SAMPLE = hfp.load_catalog("sample")
SVG = "{http://www.w3.org/2000/svg}"
DRAW = f"""
import hfprov_widgets as hfp
from traitlets import link
documented = hfp.load_catalog("documented")
chart = hfp.ProviderChart({DEEPSEEK!r}, catalog=documented)
table = hfp.ProviderTable({DEEPSEEK!r}, catalog=documented)
link((chart, "value"), (table, "value"))
chart
"""


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Plain]:
    """A page without a notebook."""
    with plain_page(chromium) as page:
        yield page


def points(root: Locator) -> list[str]:
    """What each point says of itself."""
    return [point.get_attribute("aria-label") or "" for point in root.locator(".hfp-point").all()]


def names(root: Locator) -> list[str]:
    """The names beside the points."""
    return root.locator(".hfp-point-name").all_text_contents()


def centre(root: Locator, name: str) -> tuple[float, float]:
    """Where a point is on the page."""
    box = root.get_by_role("button", name=re.compile(f"^{re.escape(name)},")).locator("path").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def priced(rows: Sequence[tuple[str, float | None, float | None]], model: str = "org/m") -> hfp.Catalog:
    """Providers with a price and a speed."""
    routes = tuple(
        hfp.Route(model, name, status="live", price_input=price, price_output=price, throughput=speed)
        for name, price, speed in rows
    )
    return hfp.Catalog.from_models([hfp.Model(model, routes=routes)], source="mine", retrieved_at="2026-11-23")


# --- what is drawn ------------------------------------------------------------------------------------------


def test_the_documented_example_reads_as_it_should(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    assert sorted(points(root)) == [
        "deepinfra, $2.18 per 1M tokens, 35 tokens/s, on the front",
        "novita, $2.11 per 1M tokens, 25 tokens/s, on the front",
        "together, $2.68 per 1M tokens, 40 tokens/s, on the front",
    ]
    assert sorted(names(root)) == ["deepinfra", "novita", "together"]
    expect(root.locator(".hfp-title")).to_contain_text("3 comparable · 2 not (no price published)")
    expect(root.locator(".hfp-details")).to_have_text(
        "All 3 are on the front: each is cheaper or faster than the others."
    )
    expect(root.locator(".hfp-notes")).to_contain_text("2 not comparable: 2 no price published, 1 no speed published")
    titles = root.locator(".hfp-axis-title").all_text_contents()
    assert titles == ["cheaper → $ / 1M tokens, 3 : 1 mix", "faster → tokens / s"]
    cheap, fast = centre(root, "novita"), centre(root, "together")
    assert cheap[0] > fast[0], "cheaper is to the right"
    assert cheap[1] > fast[1], "faster is up"


def test_the_staircase_leaves_what_is_beaten_below_it(plain: Plain) -> None:
    rows = [("a", 1.0, 10.0), ("b", 2.0, 20.0), ("c", 3.0, 25.0), ("low", 2.5, 15.0)]
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced(rows)))
    path = root.locator(".hfp-stairs").get_attribute("d") or ""
    turns = re.findall(r"[MVH][\d.,]+", path)
    assert [turn[0] for turn in turns] == list("MVHVH"), "down to the height of the next, then across to it"
    stairs = root.locator(".hfp-stairs")
    inside = stairs.evaluate(
        """(path, [x, y]) => {
          const point = new DOMPoint(x, y).matrixTransform(path.getScreenCTM().inverse());
          const steps = path.getAttribute("d").match(/[VH][\\d.]+/g).map((s) => Number(s.slice(1)));
          return [point.x, point.y, ...steps];
        }""",
        list(centre(root, "low")),
    )
    x, y, *steps = inside
    corners = [(steps[0], steps[1]), (steps[2], steps[3])]  # height, then how far to the right
    assert any(y > height and x < right for height, right in corners)


def test_a_wide_spread_is_drawn_on_a_log_scale_and_zero_has_its_own_place(plain: Plain) -> None:
    rows = [("free", 0.0, 10.0), ("a", 0.1, 30.0), ("b", 5.0, 60.0)]
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced(rows)))
    expect(root.locator(".hfp-axis-title").first).to_have_text("cheaper → $ / 1M tokens, 3 : 1 mix, log scale")
    expect(root.locator(".hfp-axis-title").last).to_have_text("faster → tokens / s")
    assert "0.00" in root.locator(".hfp-tick").all_text_contents()
    line = root.locator(".hfp-break")
    expect(line).to_have_count(1)
    box = line.bounding_box()
    assert box
    assert centre(root, "a")[0] < box["x"] < centre(root, "free")[0]
    expect(root.locator(".hfp-details")).to_contain_text("All 3 are on the front")


def test_routes_with_the_same_figures_are_one_point_and_both_can_be_chosen(plain: Plain) -> None:
    rows = [("a", 1.0, 10.0), ("twin", 1.0, 10.0), ("b", 2.0, 5.0)]
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced(rows)))
    assert len(points(root)) == 2
    assert "a + 1" in names(root)
    both = root.get_by_role("button", name=re.compile("^a, twin,"))
    both.click()
    expect(root.locator(".hfp-chosen")).to_contain_text("org/m:a")
    expect(root.locator(".hfp-details")).to_contain_text("2 routes here, also twin")
    both.click()
    expect(root.locator(".hfp-chosen")).to_contain_text("org/m:twin")


def test_no_name_stands_on_another_or_outside(plain: Plain) -> None:
    for width in (1000, 320):
        plain.clear()
        plain.page.set_viewport_size({"width": width, "height": 900})
        root = plain.show(hfp.ProviderChart(SAMPLE, x="price_output", y="context_length"))
        frame = root.locator(".hfp-plot").bounding_box()
        boxes = [label.bounding_box() for label in root.locator(".hfp-point-name, .hfp-tick").all()]
        assert frame
        assert len(boxes) > 6
        for at, box in enumerate(boxes):
            assert box
            assert box["x"] >= frame["x"], width
            assert box["x"] + box["width"] <= frame["x"] + frame["width"], width
            for other in boxes[:at]:
                assert other
                apart = (
                    box["x"] + box["width"] <= other["x"] + 1
                    or other["x"] + other["width"] <= box["x"] + 1
                    or box["y"] + box["height"] <= other["y"] + 4
                    or other["y"] + other["height"] <= box["y"] + 4
                )
                assert apart, (width, box, other)


def test_of_very_many_points_a_part_is_drawn_and_said(plain: Plain) -> None:
    chance = 12345
    rows = []
    for n in range(6000):
        chance = chance * 48271 % 2147483647
        rows.append((f"p{n}", 0.5 + chance % 997 / 100, 10.0 + chance % 1009))
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced(rows)))
    note = root.locator(".hfp-notes")
    expect(note).to_contain_text("of 6,000 points drawn, all of the front")
    drawn = root.locator(".hfp-point").count()
    assert 300 < drawn <= 2000
    on_front = len(hfp.ProviderChart("org/m", catalog=priced(rows)).front)
    expect(root.locator(".hfp-plot")).to_have_attribute("aria-label", re.compile(f"{on_front} on the front"))


def test_where_nothing_can_be_compared_other_axes_are_offered(plain: Plain) -> None:
    llama = "meta-llama/Llama-3.3-70B-Instruct"
    root = plain.show(hfp.ProviderChart(llama, catalog=SAMPLE))
    expect(root.locator(".hfp-none")).to_contain_text("No route can be compared by price for the mix and speed")
    expect(root.locator(".hfp-none")).to_contain_text("5 no speed published")
    root.get_by_role("button", name="price for the mix and context").click()
    expect(root.locator(".hfp-point")).not_to_have_count(0)
    expect(root.get_by_role("button", name="y: context")).to_be_visible()


# --- pointer and keys ---------------------------------------------------------------------------------------


def test_the_pointer_finds_the_nearest_point_and_chooses_it(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    x, y = centre(root, "deepinfra")
    plain.page.mouse.move(x + 15, y + 12)
    expect(root.locator(".hfp-details")).to_have_text(
        "deepinfra · $2.175 per 1M tokens · 34.62 tokens/s · on the front"
    )
    expect(root.locator(".hfp-ring")).to_have_count(1)
    plain.page.mouse.move(x - 200, y - 60)
    expect(root.locator(".hfp-details")).to_contain_text("All 3 are on the front")
    plain.page.mouse.click(x - 200, y - 60)
    expect(root.locator(".hfp-chosen")).to_have_count(0)
    for _ in range(2):  # once more keeps it
        plain.page.mouse.click(x + 9, y - 9)
        expect(root.get_by_role("button", pressed=True)).to_have_attribute("aria-label", re.compile("^deepinfra"))
        expect(root.locator(".hfp-chosen")).to_contain_text(f"{DEEPSEEK}:deepinfra")
    root.get_by_role("button", name="Clear the choice").click()
    expect(root.get_by_role("button", pressed=True)).to_have_count(0)


@pytest.mark.parametrize("width", [1000, 700, 320])
def test_nothing_moves_under_the_pointer(plain: Plain, width: int) -> None:
    plain.page.set_viewport_size({"width": width, "height": 900})
    for model, catalog in ((DEEPSEEK, DOCUMENTED), (None, SAMPLE)):
        plain.clear()
        root = plain.show(hfp.ProviderChart(model, catalog=catalog))
        height = root.evaluate("e => e.offsetHeight")
        assert len(points(root)) > 2
        for point in root.locator(".hfp-point path").all():
            box = point.bounding_box()
            assert box
            plain.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            expect(root.locator(".hfp-details b")).to_be_visible()
            assert root.evaluate("e => e.offsetHeight") == height, root.locator(".hfp-details").inner_text()


def test_a_beaten_point_says_by_whom(plain: Plain) -> None:
    rows = [("a", 1.0, 50.0), ("b", 2.0, 50.0), ("c", 3.0, 20.0)]
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced(rows)))
    root.get_by_role("button", name=re.compile("^b,")).hover()
    expect(root.locator(".hfp-details")).to_contain_text("beaten by a (cheaper, as fast)")
    root.get_by_role("button", name=re.compile("^c,")).hover()
    expect(root.locator(".hfp-details")).to_contain_text("beaten by a (cheaper, faster)")
    expect(root.locator(".hfp-on-front")).to_have_count(1)


def test_keys_go_from_point_to_point_and_choose(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    press = plain.page.keyboard.press
    root.get_by_role("button", name="Export").focus()
    press("Tab")
    focused = root.locator(".hfp-point:focus")

    def at(name: str) -> None:
        expect(focused).to_have_attribute("aria-label", re.compile(f"^{name},"))
        expect(root.locator(".hfp-details")).to_contain_text(name)

    at("novita")  # the cheapest of the front
    press("ArrowRight")
    at("novita")
    press("ArrowLeft")
    at("deepinfra")
    press("ArrowUp")
    at("together")
    press("ArrowDown")
    at("deepinfra")
    press("Home")
    at("together")
    press("End")
    at("novita")
    press("Enter")
    expect(root.locator(".hfp-chosen")).to_contain_text(":novita")
    press("ArrowLeft")
    press(" ")
    expect(root.locator(".hfp-chosen")).to_contain_text(":deepinfra")
    assert root.locator(".hfp-point[tabindex='0']").count() == 1
    press("Escape")
    expect(root.locator(".hfp-chosen")).to_have_count(0)
    expect(root.locator(".hfp-details")).to_have_attribute("aria-live", "off")
    press("Tab")
    expect(root.locator(".hfp-point:focus")).to_have_count(0)
    expect(root.locator(".hfp-details")).to_have_attribute("aria-live", "polite")


def test_the_focus_goes_along_with_its_route(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    root.get_by_role("button", name=re.compile("^deepinfra")).focus()
    plain.page.keyboard.press("ArrowLeft")
    expect(root.locator(".hfp-point:focus")).to_have_attribute("aria-label", re.compile("^together"))
    plain.page.keyboard.press("ArrowRight")
    for change in (("mix", [1, 3]), ("y", "context_length"), ("filters", {"min_context_length": 60_000})):
        plain.set(*change)
        expect(root.locator(".hfp-point:focus")).to_have_attribute("aria-label", re.compile("^deepinfra"))


def test_an_axis_cannot_be_both(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    root.get_by_role("button", name="x: price for the mix").click()
    speed = root.get_by_role("menuitemradio", name="speed")
    expect(speed).to_have_attribute("aria-disabled", "true")
    expect(speed).to_contain_text("is the y axis")
    root.get_by_role("menuitemradio", name="output price").click()
    expect(root.locator(".hfp-axis-title").first).to_have_text("cheaper → $ / 1M output tokens")
    expect(root.get_by_role("button", name="My mix")).to_have_count(0)
    expect(root.locator(".hfp-details")).to_contain_text("each is cheaper in output or faster")


def test_the_width_of_the_page_is_used(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    svg = root.locator(".hfp-plot")
    expect(svg).to_have_attribute("viewBox", "0 0 982 300")
    plain.page.set_viewport_size({"width": 320, "height": 900})
    expect(svg).to_have_attribute("viewBox", "0 0 302 240")
    assert "deepinfra" in names(root)


# --- what is taken along ------------------------------------------------------------------------------------


def save(plain: Plain, root: Locator, name: str) -> tuple[str, bytes]:
    """What the menu saves: the file's name and its content."""
    root.get_by_role("button", name="Export").click()
    with plain.page.expect_download() as started:
        root.get_by_role("menuitem", name=name).click()
    expect(root.locator(".hfp-copied")).to_contain_text(f"Saved: {started.value.suggested_filename}")
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_saved_svg_stands_alone(chromium: Browser, theme: str) -> None:
    with plain_page(chromium, theme=theme) as plain:  # type: ignore[arg-type]
        root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED, value=f"{DEEPSEEK}:novita"))
        name, content = save(plain, root, "Save SVG")
        assert name == "DeepSeek-V4-Pro-price_blended-throughput.svg"
        tree = ET.fromstring(content)
        assert tree.tag == f"{SVG}svg"
        texts = [text.text for text in tree.iter(f"{SVG}text")]
        assert f"{DEEPSEEK}: 3 comparable · 2 not (no price published)" in texts
        assert "Source: documented, 2026-05-12" in texts
        assert {"novita", "deepinfra", "together", "faster → tokens / s"} <= set(texts)
        paper = tree.find(f"{SVG}rect")
        assert paper is not None
        shade = sum(map(int, re.findall(r"\d+", paper.get("fill", ""))[:3]))
        assert (shade < 384) == (theme == "dark")
        for element in tree.iter():
            assert not {"class", "tabindex", "style", "href"} & set(element.keys())
            assert "var(" not in "".join(element.attrib.values())
        assert b"http" not in content.replace(b"http://www.w3.org/2000/svg", b"")
        # A picture of the file is what is on screen: drawn by itself, it has the same marks.
        plain.page.set_content(content.decode())
        assert plain.page.locator("svg path").count() >= 5
        drawn = plain.page.locator("svg > g > path, svg g path").first.evaluate("e => getComputedStyle(e).fill")
        assert drawn != "rgb(0, 0, 0)"


def test_the_saved_png_is_a_picture_of_twice_the_size(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    name, content = save(plain, root, "Save PNG")
    assert name.endswith(".png")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(content[16:20], "big") == 2 * 982
    assert int.from_bytes(content[20:24], "big") == 2 * 360


FRAME = """(downloads) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  frame.sandbox = `allow-scripts allow-same-origin${downloads ? " allow-downloads" : ""}`;
  frame.srcdoc = "<!doctype html><body><main></main></body>";
  frame.onload = resolve;
  document.body.append(frame);
})"""


def test_where_nothing_may_be_saved_the_svg_is_there_as_text(plain: Plain) -> None:
    plain.page.evaluate(FRAME, False)
    page = hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED).to_html()
    plain.page.evaluate("(page) => { document.querySelector('iframe').srcdoc = page }", page)
    root = plain.page.frame_locator("iframe").locator(".hfp-chart")
    root.get_by_role("button", name="Export").click()
    root.get_by_role("menuitem", name="Save SVG").click()
    expect(root.locator(".hfp-copied")).to_contain_text("may not save a file")
    text = root.get_by_role("textbox").input_value()
    assert ET.fromstring(text).tag == f"{SVG}svg"


@pytest.mark.parametrize(
    "make",
    [
        lambda: hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED),
        lambda: hfp.ProviderChart(MODEL, catalog=small()),
        lambda: hfp.ProviderChart(SAMPLE, x="price_output", y="context_length", filters={"supports_tools": True}),
        lambda: hfp.ProviderChart(SAMPLE, mix=(600, 300), y="first_token_latency_ms"),
        lambda: hfp.ProviderChart(("openai/gpt-oss-20b", "openai/gpt-oss-120b"), catalog=SAMPLE, y="context_length"),
    ],
)
def test_the_copied_table_is_pythons(plain: Plain, make: object) -> None:
    widget = make()  # type: ignore[operator]
    root = plain.show(widget)
    root.evaluate("() => { document.execCommand = () => false; }")
    root.get_by_role("button", name="Export").click()
    root.get_by_role("menuitem", name="Copy as Markdown").click()
    assert root.get_by_role("textbox").input_value() == widget.to_markdown()
    on_front = root.locator(".hfp-on-front").count()
    assert on_front == len({(route.price_output, route.throughput, route.context_length) for route in widget.front})


def test_a_page_of_its_own_draws_and_chooses(plain: Plain, tmp_path: Path) -> None:
    file = tmp_path / "chart.html"
    hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED).to_html(file)
    plain.page.goto(file.as_uri())
    root = plain.page.locator(".hfp-chart")
    root.get_by_role("button", name=re.compile("^together")).click()
    expect(root.locator(".hfp-chosen")).to_contain_text(f"{DEEPSEEK}:together")
    assert faults(plain.page) == []


# --- in JupyterLab ------------------------------------------------------------------------------------------


def test_in_jupyterlab_python_and_a_table_follow(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(DRAW, "table", f"chart.value = '{DEEPSEEK}:together'", height=1400)
    chart = notebook.run(0)
    table = notebook.run(1)
    expect(chart.locator(".hfp-point")).to_have_count(3)
    chart.get_by_role("button", name=re.compile("^deepinfra")).click()
    notebook.expect_python("chart.value", f"{DEEPSEEK}:deepinfra")
    expect(table.get_by_role("button", name="deepinfra", pressed=True)).to_be_visible()
    table.locator("tr", has_text="novita").click()
    expect(chart.get_by_role("button", pressed=True)).to_have_attribute("aria-label", re.compile("^novita"))
    notebook.run(2)
    expect(chart.get_by_role("button", pressed=True)).to_have_attribute("aria-label", re.compile("^together"))
    expect(chart.locator(".hfp-details")).to_contain_text("together · $2.675 per 1M tokens")
    chart.get_by_role("button", name="y: speed").click()
    chart.get_by_role("menuitemradio", name="time to first token").click()
    notebook.expect_python("chart.y", "first_token_latency_ms")
    notebook.expect_python("[route.provider for route in chart.front]", ["novita", "deepinfra"])
    on_front = chart.locator(".hfp-on-front")
    expect(on_front).to_have_count(2)


def test_in_jupyterlab_the_keys_are_the_charts(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(DRAW, "1")
    chart = notebook.run(0)
    press = notebook.page.keyboard.press
    chart.get_by_role("button", name="Export").focus()
    press("Tab")
    for key in ("ArrowLeft", "ArrowDown", "ArrowUp", "Home", "d", "d"):
        press(key)
    press("Enter")
    notebook.expect_python("chart.value", f"{DEEPSEEK}:together")
    press("Escape")
    notebook.expect_python("chart.value", None)
    content = "window.jupyterapp.shell.currentWidget.content"
    assert notebook.page.evaluate(f"{content}.activeCellIndex") == 0, "JupyterLab took the arrows for itself"
    assert notebook.page.evaluate(f"{content}.widgets.length") >= 2, "JupyterLab has deleted a cell"
    assert notebook.page.evaluate(f"{content}.mode") == "command"


def test_a_zero_says_what_kind_it_is(plain: Plain) -> None:
    routes = tuple(
        hfp.Route("org/m", name, status="live", price_input=0.0, price_output=price, throughput=speed, is_free=free)
        for name, price, speed, free in (
            ("promo", 0.0, 9.0, True),
            ("listed", 0.0, 8.0, False),
            ("paid", 1.0, 20.0, None),
        )
    )
    catalog = hfp.Catalog.from_models([hfp.Model("org/m", routes=routes)], source="mine", retrieved_at="2026-11-23")
    root = plain.show(hfp.ProviderChart("org/m", catalog=catalog, x="price_output", value="org/m:listed"))
    said = {label.partition(",")[0]: label for label in points(root)}
    assert "(promo)" in said["promo"]
    assert "(listed at zero)" in said["listed"]
    assert "(" not in said["paid"]
    expect(root.locator(".hfp-details")).to_contain_text("(listed at zero)")


def test_a_saved_picture_is_xml_whatever_the_names(plain: Plain, tmp_path: Path) -> None:
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced([("a\x0bb\ufffe", 1.0, 10.0), ("c", 2.0, 20.0)])))
    root.get_by_role("button", name="Export").click()
    with plain.page.expect_download() as download:
        root.get_by_role("menuitem", name="Save SVG").click()
    download.value.save_as(tmp_path / "chart.svg")
    assert ET.parse(tmp_path / "chart.svg").getroot().tag == f"{SVG}svg"


def test_each_provider_has_a_shape_of_its_own(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    shapes = root.locator(".hfp-point > path").evaluate_all("paths => paths.map((path) => path.getAttribute('d'))")
    assert len(shapes) == 3
    assert len({re.sub(r"[-.0-9]+", "", shape) + str(len(shape)) for shape in shapes}) == 3, shapes


def test_a_reader_chooses_a_point_by_a_click_that_is_nowhere(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    point = root.get_by_role("button", name=re.compile("^together,"))
    point.evaluate("point => point.dispatchEvent(new MouseEvent('click', { bubbles: true }))")
    expect(root.locator(".hfp-chosen")).to_contain_text(f"{DEEPSEEK}:together")


def test_what_only_fingers_need_is_not_in_the_picture(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    assert root.locator(".hfp-finger").count() > 0
    _, content = save(plain, root, "Save SVG")
    assert b"<circle" not in content
