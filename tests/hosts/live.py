"""A browser window on a host that serves pages itself, and what that page asked of other machines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Request

from tests.browser.lab import is_outside


@dataclass(frozen=True)
class Window:
    """A page, and the addresses on other machines that it has asked for."""

    page: Page
    outside: list[str] = field(default_factory=list)


@contextmanager
def open_window(chromium: Browser, *, height: int) -> Iterator[Window]:
    """A fresh window, 1200 px wide and that many px high."""
    with chromium.new_context(viewport={"width": 1200, "height": height}) as context:
        window = Window(context.new_page())

        def note(request: Request) -> None:
            if is_outside(request.url):
                window.outside.append(request.url)

        window.page.on("request", note)
        yield window
