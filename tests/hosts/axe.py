"""Whether the text of the widgets can be read in a host's theme: axe-core's contrast rule, run inside the page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from playwright.sync_api import expect

from tests.hosts.steps import Root

AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"

HAS_AXE = "() => 'axe' in window"

# The host's page has faults of its own: only the widget is looked at. It may be inside a shadow root.
# JupyterLab's body has no height and hides what overflows it; axe-core would take all that is in it for hidden.
# Arrows and carets are shapes, not text ("nonBmp"): axe-core leaves them to the eye, and so does this.
RUN = """async (widget) => {
  document.body.style.overflow = "visible";
  const found = await axe.run(widget, { runOnly: ["color-contrast"] });
  document.body.style.overflow = "";
  const words = (results) => results.flatMap(({ nodes }) => nodes)
    .map(({ html, any: [{ data, message }] }) => ({ what: data?.messageKey, words: `${html}: ${message}` }))
    .filter(({ what }) => what !== "nonBmp")
    .map(({ words }) => words);
  return { bad: words([...found.violations, ...found.incomplete]), good: words(found.passes) };
}"""

# How light the widget's own paper is, 0 to 255.
PAPER = """(widget) => {
  const [red, green, blue] = getComputedStyle(widget).backgroundColor.match(/[\\d.]+/g).map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}"""


def expect_readable(root: Root, theme: Literal["light", "dark"]) -> None:
    """Every widget under `root` follows the host's theme, and every text in it stands out by 4.5 to 1.

    `root` may be a page or a frame, with one widget or several. axe-core is put in as a debugger does it, which no
    content security policy forbids.
    """
    expect(root.locator(".hfp").first).to_be_visible()
    for widget in root.locator(".hfp").all():
        expect(widget).to_have_attribute("data-theme", theme)
        paper = widget.evaluate(PAPER)
        assert paper > 200 if theme == "light" else paper < 60, f"the widget's paper is {paper:.0f} of 255 in {theme}"
        if not widget.evaluate(HAS_AXE):
            widget.evaluate(f"() => {{ {axe_source()} }}")
        found = widget.evaluate(RUN)
        assert not found["bad"], "\n".join(["hard to read, or not to be told:", *found["bad"]])
        assert len(found["good"]) > 30, "axe-core has seen hardly any text"


@cache
def axe_source() -> str:
    """The library as text."""
    return AXE.read_text(encoding="utf-8")
