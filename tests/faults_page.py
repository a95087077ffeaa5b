"""Writes the table in ``docs/faults.md``: every fault as the real clients meet it, in the words that a user sees.

    python -m tests.faults_page

A unit test inflicts the faults again and compares, so that the page is never out of date.
"""

from __future__ import annotations

import re
import tempfile
from contextlib import closing
from pathlib import Path

from hfprov_widgets.data.errors import HubError
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.router import RouterClient
from tests.clock import Clock
from tests.faults import CASES, Case
from tests.service import Service, offer, router_model

PAGE = Path(__file__).parents[1] / "docs" / "faults.md"
STATED = 0.4  # seconds, in place of the default, for the faults that take real time

BEGIN, END = "<!-- made by python -m tests.faults_page -->\n", "<!-- made until here -->\n"
HEAD = "| fault | error | what it says | tries | waits |\n|---|---|---|---|---|\n"


def page() -> str:
    """The page as it is, its table made anew."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return before + BEGIN + HEAD + "".join(row(case) for case in CASES) + END + after


def row(case: Case) -> str:
    """A fault, and what the client says and does about it."""
    with Service() as service, tempfile.TemporaryDirectory() as folder:
        service.router = [router_model("org/name", offer("groq"))]
        clock = Clock()
        pace = Pace(retries=0, patience=STATED) if case.real_time else clock.pace()
        file = Path(folder) / "replies.sqlite"
        with closing(RouterClient(service.router_url, cache=file, timeout=STATED / 2, pace=pace)) as client:
            case.inflict(service)
            error = _error(client)
        tries, waits = len(service.seen), f"{sum(clock.slept):g} s" if clock.slept else "–"
        if case.real_time:
            tries, waits = 1, "to the end of the time"
        if not service.seen:
            tries = 1 + len(clock.slept)
    return f"| {case.name} | `{type(error).__name__}` | {_plain(error.problem)} | {tries} | {waits} |\n"


def _error(client: RouterClient) -> HubError:
    try:
        client.list_models()
    except HubError as error:
        return error
    raise AssertionError("the fault did no harm")


def _plain(words: str) -> str:
    """The words without what differs from run to run."""
    words = words.replace("127.0.0.1", "router.example")
    return re.sub(r"\b0\.\d+ s", "10 s", words).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
