"""What the tests of the chart have in common: its points, their names, and a catalogue of a few prices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, expect

import hfprov_widgets as hfp

from .plain import Plain

DEEPSEEK = "deepseek-ai/DeepSeek-V4-Pro"
DOCUMENTED = hfp.load_catalog("documented")
SAMPLE = hfp.load_catalog("sample")
SVG = "{http://www.w3.org/2000/svg}"


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


def save(plain: Plain, root: Locator, name: str) -> tuple[str, bytes]:
    """What the menu saves: the file's name and its content."""
    root.get_by_role("button", name="Export").click()
    with plain.page.expect_download() as started:
        root.get_by_role("menuitem", name=name).click()
    expect(root.locator(".hfp-copied")).to_contain_text(f"Saved: {started.value.suggested_filename}")
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()
