"""Fixtures of the browser tests: one JupyterLab and one Chromium for all, a fresh notebook for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from .chromium import FLAGS, find_chromium
from .lab import Lab, Notebook
from .plain import Plain, plain_page
from .server import serve_lab

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "build" / "browser-failures"

expect.set_options(timeout=10_000)


class OpenNotebook(Protocol):
    """Opens a notebook of these cells; see `Lab.open` for the keywords."""

    def __call__(self, *cells: str, **options: object) -> Notebook: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The browser's driver keeps an event loop running; tests that start one of their own go first.
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Lab]:
    """A JupyterLab in that Chromium."""
    with serve_lab(tmp_path_factory.mktemp("lab")) as server:
        lab = Lab(server, chromium)
        yield lab
        lab.close()


# Comms wait for the running cell, as in Colab and with ipykernel 6; and a saved notebook holds its widgets.
OTHER_SETTINGS: dict[str, dict[str, object]] = {
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}


@pytest.fixture(scope="session")
def other_lab(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Lab]:
    """A JupyterLab that a user has set up in another way."""
    with serve_lab(tmp_path_factory.mktemp("other-lab"), settings=OTHER_SETTINGS) as server:
        lab = Lab(server, chromium)
        yield lab
        lab.close()


@pytest.fixture
def open_notebook(lab: Lab, request: pytest.FixtureRequest) -> Iterator[OpenNotebook]:
    """Opens notebooks, closes them after the test, and checks that nothing left this machine."""
    yield from opening(lab, request)


@pytest.fixture
def open_in_other_lab(other_lab: Lab, request: pytest.FixtureRequest) -> Iterator[OpenNotebook]:
    """The same in the other JupyterLab."""
    yield from opening(other_lab, request)


def opening(lab: Lab, request: pytest.FixtureRequest) -> Iterator[OpenNotebook]:
    opened: list[Notebook] = []

    def open_(*cells: str, **options: object) -> Notebook:
        notebook = lab.open(cells, **options)  # type: ignore[arg-type]
        opened.append(notebook)
        return notebook

    yield open_
    if request.node.stash.get(FAILED, False):
        PICTURES.mkdir(parents=True, exist_ok=True)
        name = "".join(c if c.isalnum() or c in "-_" else "-" for c in request.node.name)
        lab.page.screenshot(path=PICTURES / f"{name}.png")
        print("console errors:", *lab.errors, sep="\n  ")
    outside, uncaught = list(lab.outside), [e for e in lab.errors if e.startswith("uncaught:")]
    for notebook in opened:
        notebook.close()
    assert not outside, "the page asked for addresses on other machines"
    assert not uncaught, "exceptions that nothing caught, in the page"


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.when == "call":
        item.stash[FAILED] = report.failed


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Plain]:
    """A page without a notebook."""
    with plain_page(chromium) as page:
        yield page
