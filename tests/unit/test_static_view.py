"""Markdown of what is on screen: it renders as a table, and what comes from a service stays text."""

from __future__ import annotations

import hfprov_widgets as hfp
from hfprov_widgets.static_view import markdown_table


def test_what_a_service_says_stays_text_and_dollars_are_no_formula() -> None:
    evil = "<b>|`[x](y)\\&$a$_b_"
    route = hfp.Route("o/m", evil, price_input=1, price_output=2)
    catalog = hfp.Catalog.from_models([hfp.Model("o/m", routes=(route,))], source="mine", retrieved_at=None)
    head, _, line, *_ = markdown_table(catalog.all_routes, ["provider", "price_input"], (3, 1), catalog).split("\n")
    assert head == "| Provider | Input (\\$ / 1M tokens) |"
    assert line == "| &lt;b>\\|\\`\\[x\\](y)\\\\&amp;\\$a\\$\\_b\\_ | 1.00 |"


def test_words_beside_the_figures_are_kept() -> None:
    def route(provider: str, price: float, free: bool = False) -> hfp.Route:
        return hfp.Route("o/m", provider, status="live", price_input=price, price_output=price, is_free=free)

    routes = (route("zero", 0), route("promo", 0, True), route("slip", 2e-7))
    catalog = hfp.Catalog.from_models([hfp.Model("o/m", routes=routes)], source="mine", retrieved_at="2026-11-23")
    text = hfp.ProviderTable("o/m", catalog=catalog).to_markdown()
    assert "| zero (listed at zero) |" in text
    assert "| promo (promo) |" in text
    assert "| slip (suspect price) |" in text


def test_the_picker_has_markdown_too() -> None:
    picker = hfp.ModelPicker(hfp.load_catalog("sample"), query="gpt-oss-20b")
    lines = picker.to_markdown().splitlines()
    assert lines[2].startswith("| openai/gpt-oss-20b | 131k | 0.0300 | 0.14 |")
    assert lines[-1] == "Source: sample, 2026-10-10. — means not published."
