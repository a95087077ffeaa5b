"""Each fault of the table, on the real clients: what the caller sees, how soon, and what stays usable."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import hfprov_widgets as hfp
from hfprov_widgets.data.errors import BadResponse, HubError
from hfprov_widgets.data.hub import HubClient
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.router import RouterClient
from tests import faults_page
from tests.clock import Clock
from tests.faults import CASES, Case
from tests.service import Fault, Service, hub_model, mapping, offer, router_model

STATED = 0.6  # seconds, for the faults that take real time; the default is 30, or 10 with a copy
GRACE = 1.5  # seconds a busy machine may take on top

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@pytest.fixture
def client(service: Service, clock: Clock, tmp_path: Path) -> Iterator[Callable[[Case], RouterClient]]:
    """Makes a client with a cache whose waits take no time, or whose calls end within `STATED`."""
    service.router = [router_model("org/name", offer("groq", pricing={"input": 1, "output": 2}))]
    made: list[RouterClient] = []

    def make(case: Case) -> RouterClient:
        pace = clock.pace()
        if case.real_time:
            pace = Pace(retries=0, patience=STATED, patience_with_copy=STATED, now=clock.pace().now)
        file = tmp_path / "replies.sqlite"
        made.append(RouterClient(service.router_url, cache=file, timeout=STATED / 2, pace=pace))
        return made[-1]

    yield make
    for one in made:
        one.close()


def timed(job: Callable[[], Any]) -> tuple[Any, float]:
    began = time.monotonic()
    try:
        outcome = job()
    except HubError as error:
        outcome = error
    return outcome, time.monotonic() - began


@each_case
def test_without_a_copy(case: Case, service: Service, clock: Clock, client: Callable[[Case], RouterClient]) -> None:
    case.inflict(service)
    error, took = timed(client(case).list_models)
    assert type(error) is case.error
    assert case.says in error.problem
    assert error.hint
    assert error.url is None or "127.0.0.1" in error.url or "invalid" in error.url or "file" in error.url
    assert took < STATED + GRACE if case.real_time else sum(clock.slept) <= Pace().patience


@each_case
def test_with_a_copy(case: Case, service: Service, clock: Clock, client: Callable[[Case], RouterClient]) -> None:
    good = client(case)
    fresh = good.list_models()
    good.close()
    clock.passed += 3600
    case.inflict(service)
    models, took = timed(client(case).list_models)
    assert models == fresh
    [line] = models.warnings
    assert line.startswith("a copy of 2026-10-10T08:00:00Z is used: ")
    assert case.says in line
    assert took < STATED + GRACE if case.real_time else sum(clock.slept) <= Pace().patience_with_copy


@each_case
def test_the_last_good_catalogue_stays(
    case: Case, service: Service, client: Callable[[Case], RouterClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    service.models = [hub_model("org/name", mapping("groq"))]
    hub = HubClient(service.url, token=False, cache=False)
    with closing(RouterClient(service.router_url, cache=False)) as router:
        good = hfp.load_catalog("auto", router=router, hub=hub)
    case.inflict(service)
    router = client(case)
    catalog = hfp.load_catalog("auto", router=router, hub=hub)
    assert (catalog.source, catalog.digest) == (good.source, good.with_warnings(catalog.warnings[-1]).digest)
    assert catalog.warnings[-1].startswith("the live services could not be read: ")
    assert case.says in catalog.warnings[-1]
    assert catalog.select(max_price_output=2).route("org/name:groq").price_output == 2


# --- faults of lists in pages ---


@pytest.fixture
def pages(service: Service, clock: Clock, tmp_path: Path) -> Iterator[HubClient]:
    service.models = [hub_model(f"org/m{n}", mapping("groq")) for n in range(5)]
    service.page = 2
    client = HubClient(service.url, cache=tmp_path / "replies.sqlite", pace=clock.pace())
    yield client
    client.close()


def test_a_next_page_at_another_host(pages: HubClient, service: Service) -> None:
    with Service() as other:
        service.faults.append(Fault(headers={"Link": f'<{other.url}/api/models?cursor=x>; rel="next"'}))
        with pytest.raises(BadResponse, match="at another address, which was not asked"):
            pages.list_models(limit=None)
        assert other.seen == []


def test_an_expired_cursor_starts_the_list_again_once(pages: HubClient, service: Service) -> None:
    service.faults.extend([Fault(), Fault(status=400, body=b'{"error": "Invalid cursor"}')])
    models = pages.list_models(limit=None)
    assert [model.id for model in models] == [f"org/m{n}" for n in range(5)]
    assert [("cursor" in seen.query) for seen in service.seen] == [False, True, False, True, True]


def test_a_cursor_that_stays_expired_is_said(pages: HubClient, service: Service) -> None:
    expired = Fault(status=400, body=b'{"error": "Invalid cursor"}')
    service.faults.extend([Fault(), expired, Fault(), expired])
    with pytest.raises(BadResponse, match=r"does not know its next page any more.*Invalid cursor.*Start again"):
        pages.list_models(limit=None)
    assert len(service.seen) == 4


def test_iteration_gives_what_came_before_the_fault(pages: HubClient, service: Service) -> None:
    service.faults.extend([Fault(), Fault(status=400, body=b'{"error": "Invalid cursor"}')])
    models = pages.iter_models()
    assert [next(models).id for _ in range(2)] == ["org/m0", "org/m1"]
    with pytest.raises(BadResponse, match="Start again"):
        next(models)


def test_old_pages_stand_in_for_new_ones(pages: HubClient, service: Service, clock: Clock) -> None:
    fresh = pages.list_models(limit=None)
    clock.passed += 3600
    service.faults.extend([Fault(), *[Fault(status=503)] * 9])
    models = pages.list_models(limit=None)
    assert [model.id for model in models] == [model.id for model in fresh]
    assert "a copy of 2026-10-10T08:00:00Z is used" in models.warnings[0]


# --- names and encryption ---


def test_https_where_plain_http_is_spoken(service: Service, clock: Clock) -> None:
    address = service.url.replace("http://", "https://")
    with pytest.raises(HubError, match=r"does not speak https.*plain http"):
        HubClient(address, token=False, cache=False, pace=clock.pace()).list_models()
    assert clock.slept == []


def test_a_web_page_at_a_wrong_address_explains_itself(service: Service, clock: Clock) -> None:
    wrong = RouterClient(f"{service.url}/some/page", cache=False, pace=clock.pace())
    with pytest.raises(BadResponse, match=r"no such list at this address.*Check the endpoint"):
        wrong.list_models()
    service.faults.append(Fault(body=b"<html>"))
    with pytest.raises(BadResponse, match=r"a web page, not the service's JSON.*Check the endpoint"):
        RouterClient(service.router_url, cache=False, pace=clock.pace()).list_models()


def test_the_page_in_the_documentation_says_what_happens() -> None:
    assert faults_page.PAGE.read_text(encoding="utf-8") == faults_page.page(), "run: python -m tests.faults_page"
