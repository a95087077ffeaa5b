"""One HTML file with a whole working widget: module, styles, data, and the plain table for a reader without JavaScript.

Nothing is requested, whoever opens it and from wherever: a policy in the page forbids it. The module is the one that
notebooks load; ``js/src/page/page.js`` stands in for the notebook.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.html import as_html
from hfprov_widgets.static_view.words import cut

_STATIC = Path(__file__).parents[1] / "static"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{styles}
</style>
</head>
<body>
<main>
<div id="hfp-live"></div>
<div id="hfp-static">
{twin}
<p>This is the plain form of the page; where JavaScript runs, it can be searched, sorted and filtered.</p>
</div>
</main>
<script type="application/json" id="hfp-content">{content}</script>
<script type="module">{host}</script>
</body>
</html>
"""


def as_page(grid: Grid, traits: Mapping[str, Any], esm: str, css: str) -> str:
    """The page.

    Parameters
    ----------
    grid : Grid
        What is there without JavaScript.
    traits : mapping
        The widget's state: values of JSON, or bytes.
    esm, css : str
        The widget's module and its style sheet.

    Examples
    --------
    >>> page = as_page(Grid("</title><b>", (), (), "mine", None), {"_catalog": b"..."}, "export default {}", "")
    >>> "<title>&lt;/title&gt;&lt;b&gt; (mine, at an unknown time)</title>" in page
    True
    """
    host = (_STATIC / "page.js").read_text(encoding="utf-8")
    content = {
        "esm": esm,
        "traits": {name: value for name, value in traits.items() if not isinstance(value, bytes)},
        "bytes": {name: base64.b64encode(v).decode() for name, v in traits.items() if isinstance(v, bytes)},
    }
    # Only this script runs, and the module that it makes of a blob; the widget's own elements have style attributes.
    checksum = base64.b64encode(hashlib.sha256(host.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{checksum}' blob:; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )
    return _PAGE.format(
        policy=policy,
        title=html.escape(cut(f"{grid.title} ({grid.origin})", 300)),
        styles=(_STATIC / "page.css").read_text(encoding="utf-8") + css.replace("</", "<\\/"),
        twin=as_html(grid),
        # In JSON only strings hold "<", and there this is the same: no "</script", no "<!--". All the rest is ASCII
        # too: half of a surrogate pair, which a search field can hold, could not be written to a file.
        content=json.dumps(content, separators=(",", ":")).replace("<", "\\u003c"),
        host=host,
    )
