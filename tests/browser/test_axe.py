"""What axe-core says of every state of both widgets, and what it does not look at: the borders of controls."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenNotebook
from .plain import PAPER, Theme
from .states import NARROW, STATES, WIDE, Show, plains, show

__all__ = ["plains", "show"]  # fixtures; pytest finds them by their names here

AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"

FIND_FAULTS = """async () => {
  const roots = [...document.querySelectorAll(".hfp")];
  const options = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
  const { violations } = await axe.run({ include: roots }, options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target}: ${failureSummary}`));
}"""


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong in our widgets; the page around them is not ours."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_source())
    found: list[str] = page.evaluate(FIND_FAULTS)
    return found


@cache
def axe_source() -> str:
    """The library as text."""
    return AXE.read_text()


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(show: Show, name: str) -> None:
    found = []
    for theme in PAPER:
        for width in (WIDE, NARROW):
            plain, _ = show(STATES[name], theme=theme, width=width)
            found += [f"{theme}, {width} px: {fault}" for fault in faults(plain.page)]
    assert found == []


def test_axe_finds_nothing_in_jupyterlab(open_notebook: OpenNotebook) -> None:
    """Its colours and its type are the widgets' own there."""
    notebook = open_notebook(
        "import hfprov_widgets as hfp; sample = hfp.load_catalog('sample')",
        "hfp.ModelPicker(sample, multiple=True, value=['openai/gpt-oss-20b'], query='gpt')",
        "hfp.ProviderTable('openai/gpt-oss-120b', catalog=sample, value='openai/gpt-oss-120b:groq')",
    )
    for cell in range(3):
        notebook.run(cell)
    for theme in PAPER:
        notebook.set_theme(theme)
        expect(notebook.page.locator(f".hfp[data-theme={theme}]")).to_have_count(2)
        assert faults(notebook.page) == [], theme


def test_a_planted_fault_is_found(show: Show) -> None:
    plain, root = show(STATES["table"])
    root.locator(".hfp-pick").first.evaluate("e => { e.replaceChildren(); e.title = '' }")
    root.locator(".hfp-quiet").evaluate("e => { e.style.color = '#bbb' }")
    found = " ".join(faults(plain.page))
    assert "button-name" in found
    assert "color-contrast" in found


# --- what is not text ------------------------------------------------------------------------------------

# The border of everything that is recognised as a control by it, against the paper it lies on.
EDGES = """() => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const paper = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return /, 0\\)$/.test(color) ? paper(element.parentElement) : color;
  };
  const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
  return [...document.querySelectorAll(".hfp :is(input, textarea, .hfp-button, .hfp-chip, .hfp-box)")]
    .filter(shown)
    .map((element) => {
      const { borderTopColor, borderTopWidth } = getComputedStyle(element);
      const ratio = contrast(borderTopColor, paper(element.parentElement));
      return { what: element.outerHTML.slice(0, 90), ratio: borderTopWidth === "0px" ? 0 : ratio };
    });
}"""
FOCUS_RING = """() => {
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(document.activeElement);
  return outlineStyle === "none" ? "none" : `${outlineWidth} ${outlineColor}`;
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "name",
    ["picker, several", "picker, filtered", "picker, provider menu", "table, mix form", "table, copying forbidden"],
)
def test_controls_are_seen_by_their_border(show: Show, name: str, theme: Theme) -> None:
    plain, _ = show(STATES[name], theme=theme)
    edges = plain.page.evaluate(EDGES)
    assert len(edges) >= 5
    assert [edge for edge in edges if edge["ratio"] < 3] == []
