"""ProviderChart: what is taken along, as a picture, as text, as a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import hfprov_widgets as hfp

from .catalogs import MODEL, small
from .charts import DEEPSEEK, DOCUMENTED, SAMPLE, SVG, priced, save
from .plain import Plain, plain_page
from .test_axe import faults


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


def test_a_saved_picture_is_xml_whatever_the_names(plain: Plain, tmp_path: Path) -> None:
    root = plain.show(hfp.ProviderChart("org/m", catalog=priced([("a\x0bb\ufffe", 1.0, 10.0), ("c", 2.0, 20.0)])))
    root.get_by_role("button", name="Export").click()
    with plain.page.expect_download() as download:
        root.get_by_role("menuitem", name="Save SVG").click()
    download.value.save_as(tmp_path / "chart.svg")
    assert ET.parse(tmp_path / "chart.svg").getroot().tag == f"{SVG}svg"


def test_what_only_fingers_need_is_not_in_the_picture(plain: Plain) -> None:
    root = plain.show(hfp.ProviderChart(DEEPSEEK, catalog=DOCUMENTED))
    assert root.locator(".hfp-finger").count() > 0
    _, content = save(plain, root, "Save SVG")
    assert b"<circle" not in content
