"""Stands in for the script servers that a page without a kernel asks: the same packages, from ``js/node_modules``.

The test browser reaches loopback only. What a host's own page is known to ask for is answered here; every other
address is refused and noted down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, Route

NODE_MODULES = Path(__file__).parents[2] / "js" / "node_modules"

# Who asks for it, and what answers. None of these addresses is asked for by this package.
SCRIPTS: Mapping[str, str] = {
    # nbconvert and myst-nb load ipywidgets' manager with require.js.
    r"https://cdnjs\.cloudflare\.com/ajax/libs/require\.js/[\d.]+/require\.min\.js": "requirejs/require.js",
    r"https://(unpkg\.com|cdn\.jsdelivr\.net/npm)/@jupyter-widgets/html-manager@[^/]+/dist/embed-amd\.js": (
        "@jupyter-widgets/html-manager/dist/embed-amd.js"
    ),
    # The manager loads the module that a widget names: anywidget's.
    r"https://cdn\.jsdelivr\.net/npm/anywidget@[^/]+/dist/index\.js": "anywidget/dist/index.js",
}
# What these pages ask for as well, and do without: fonts for formulas.
NOT_NEEDED = (
    r"https://cdnjs\.cloudflare\.com/ajax/libs/mathjax/.*",
    r"https://cdn\.jsdelivr\.net/npm/mathjax@.*",
)


@dataclass
class Outside:
    """What one page asked of other machines."""

    scripts: list[str] = field(default_factory=list)  # addresses of `SCRIPTS`
    unknown: list[str] = field(default_factory=list)  # nobody knows why; a test fails on any


def answer(page: Page, *, scripts: bool = True) -> Outside:
    """Answer the known addresses, refuse the rest, and say what was asked.

    Parameters
    ----------
    page : Page
    scripts : bool
        False refuses the known ones too: a reader without a network.
    """
    outside = Outside()

    def handle(route: Route) -> None:
        url = route.request.url
        file = next((file for pattern, file in SCRIPTS.items() if re.fullmatch(pattern, url)), None)
        if file is not None:
            outside.scripts.append(url)
        elif not any(re.fullmatch(pattern, url) for pattern in NOT_NEEDED):
            outside.unknown.append(url)
        if file is None or not scripts:
            route.abort()
        else:  # the pages ask with crossorigin="anonymous"
            headers = {"access-control-allow-origin": "*"}
            route.fulfill(path=NODE_MODULES / file, content_type="text/javascript", headers=headers)

    page.route(re.compile(r"^https?://(?!127\.0\.0\.1|localhost)"), handle)
    return outside
