"""What the tests of the notebook hosts share: a Chromium, pictures, and the matrix printed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import chromium, lab
from tests.hosts.matrix import Cell, as_markdown, cells_of
from tests.hosts.saved import saved

__all__ = ["chromium", "lab", "saved"]  # fixtures; pytest finds them by their names here

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "build" / "hosts"

OUTCOMES = pytest.StashKey[dict[Cell, bool]]()


@pytest.fixture(scope="session")
def pictures() -> Path:
    """The folder for one picture per host, made anew by every run."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "host(name, *checks): the cells of the host matrix that a test stands for")
    config.stash[OUTCOMES] = {}


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    outcomes = item.config.stash[OUTCOMES]
    for mark in item.iter_markers("host"):
        for cell in cells_of(mark.args):
            # A test that breaks in its set-up has not passed either.
            if report.when == "call" or report.failed:
                outcomes[cell] = outcomes.get(cell, True) and report.passed


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    outcomes = terminalreporter.config.stash[OUTCOMES]
    if outcomes:
        terminalreporter.section("hosts")
        terminalreporter.write_line(as_markdown(outcomes))
