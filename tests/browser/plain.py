"""A page without a notebook: hosts the built front-ends on a model of a few lines; a state costs milliseconds.

What it hosts is what a notebook would: the state of a Python widget, its module from a blob, its style sheet.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from playwright.sync_api import Browser, Locator, Page

from hfprov_widgets.widgets.base import CatalogWidget

Theme = Literal["light", "dark"]

SHELL = """<!doctype html><html lang="en" data-theme="{theme}"><meta charset="utf-8"><title>A page</title>
<style>body {{ margin: 8px; background: {paper}; }}</style><body><main></main></html>"""
PAPER: dict[Theme, str] = {"light": "#ffffff", "dark": "#111111"}

READ = """
const read = (value) => {
  if (!value || typeof value !== "object" || !("base64" in value)) return value;
  return new DataView(Uint8Array.from(atob(value.base64), (c) => c.charCodeAt(0)).buffer);
};
"""
SHOW = f"""async ({{ esm, css, state }}) => {{{READ}
  const style = document.head.appendChild(document.createElement("style"));
  style.textContent = css;
  window.modules ??= new Map(); // a copy of the module for each model would hold its templates for ever
  if (!modules.has(esm)) {{
    const url = URL.createObjectURL(new Blob([esm], {{ type: "text/javascript" }}));
    modules.set(esm, (await import(url)).default);
  }}
  const module = modules.get(esm);
  const traits = Object.fromEntries(Object.entries(state).map(([name, value]) => [name, read(value)]));
  const heard = new EventTarget();
  const model = {{
    get: (name) => traits[name],
    set: (name, value) => {{
      traits[name] = value;
      heard.dispatchEvent(new Event(`change:${{name}}`));
    }},
    on: (event, callback) => heard.addEventListener(event, callback),
    off: (event, callback) => heard.removeEventListener(event, callback),
    save_changes: () => {{}},
  }};
  const el = document.querySelector("main").appendChild(document.createElement("div"));
  const view = new AbortController();
  await module.render({{ model, el, signal: view.signal }});
  window.shown = [...(window.shown ?? []), {{ model, el, view }}];
}}"""
CLEAR = """() => {
  for (const { view, el } of window.shown ?? []) {
    view.abort();
    el.remove();
  }
  document.head.querySelectorAll("style + style").forEach((style) => style.remove());
  window.shown = [];
}"""
SET = f"""({{ at, name, value }}) => {{{READ}
  window.shown[at].model.set(name, read(value));
}}"""


class Plain:
    """The page, and what is shown on it.

    Attributes
    ----------
    errors : list of str
        Exceptions that nothing caught.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def show(self, widget: CatalogWidget, **traits: object) -> Locator:
        """Draw a widget, with some traits as Python would have set them; return its root."""
        state = {name: _plain(value) for name, value in {**widget.get_state(), **traits}.items()}
        parts = {"esm": state.pop("_esm"), "css": state.pop("_css"), "state": state}
        at = self.page.locator("main > *").count()
        self.page.evaluate(SHOW, parts)
        return self.page.locator("main > *").nth(at).locator("> .hfp")  # the explorer has others inside

    def clear(self) -> None:
        """End every view, as a host does, and leave the page empty."""
        self.page.evaluate(CLEAR)

    def set(self, name: str, value: object, *, at: int = 0) -> None:
        """Set a trait of what was shown as number `at`, as Python would."""
        self.page.evaluate(SET, {"at": at, "name": name, "value": _plain(value)})


@contextmanager
def plain_page(browser: Browser, *, theme: Theme = "light", width: int = 1000, height: int = 900) -> Iterator[Plain]:
    """An empty page in the colours of a theme."""
    page = browser.new_page(viewport={"width": width, "height": height})
    plain = Plain(page)
    page.set_content(SHELL.format(theme=theme, paper=PAPER[theme]))
    yield plain
    page.close()
    assert not plain.errors, "exceptions that nothing caught, in the page"


def _plain(value: object) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, (str, int, float, bool, dict, list, type(None))) else str(value)
