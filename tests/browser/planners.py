"""What the tests of the planner have in common: its fields, its rows, and what its model has."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

import hfprov_widgets as hfp

from .plain import Plain

DOCUMENTED = hfp.load_catalog("documented")
DEEPSEEK = "deepseek-ai/DeepSeek-V4-Pro"


def documented(plain: Plain, **options: object) -> Locator:
    """The documented example."""
    return plain.show(hfp.BudgetPlanner(DEEPSEEK, **{"catalog": DOCUMENTED, **options}))  # type: ignore[arg-type]


def field(root: Locator, name: str) -> Locator:
    """A field of the form, by its label."""
    return root.get_by_role("textbox", name=re.compile(f"^{name}"))


def trait(plain: Plain, name: str) -> object:
    """What the model has."""
    return plain.page.evaluate("(name) => window.shown[0].model.get(name)", name)


def rows(root: Locator) -> list[list[str]]:
    """The rows of the table, cell by cell."""
    return [row.locator("th, td").all_inner_texts() for row in root.locator("tbody tr[data-key]").all()]
