"""``--upstream``: one request to the real services for a whole class, and what a class gets when they fail."""

from __future__ import annotations

import asyncio
import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import requests

from hfprov_widgets import HubClient, RouterClient, load_catalog
from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.serve import create_app
from hfprov_widgets.serve import upstream as module
from hfprov_widgets.serve.answers import Asked
from hfprov_widgets.serve.upstream import MOST_FETCHES, Upstream
from tests.clock import Clock
from tests.running import running
from tests.service import Fault, Service, hub_model, limited, mapping, offer, router_model

SECRET = "hf_" + "NeverShownAnywhere0123456789"


@pytest.fixture
def upstream(service: Service, clock: Clock, tmp_path: Path) -> Iterator[Upstream]:
    service.models = [hub_model(f"org/m{n}", mapping("groq")) for n in range(5)]
    service.router = [router_model("org/m0", offer("groq"))]
    made = Upstream(service.url, service.router_url, pace=clock.pace(), cache=tmp_path / "replies.sqlite")
    yield made
    made.close()


@pytest.fixture
def base(upstream: Upstream) -> Iterator[str]:
    with running(create_app(upstream=upstream)) as address:
        yield address


def get(url: str, **headers: str) -> requests.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(url, headers=named, timeout=20, allow_redirects=False)


def left(base: str) -> int:
    return int(get(base).headers["RateLimit"].partition("r=")[2].partition(";")[0])


# --- one request for all ---


def test_a_class_that_asks_at_once_costs_one_request(service: Service) -> None:
    """Also where there is no cache on disk to be shared."""
    service.models = [hub_model("org/m")]
    service.gate.clear()
    with running(create_app(upstream=Upstream(service.url, service.router_url, cache=False))) as base:
        before, polls = left(base), 0
        with ThreadPoolExecutor(20) as students:
            asking = [students.submit(get, f"{base}/api/models") for _ in range(20)]
            while left(base) > before - 20 - (polls := polls + 1):
                pass  # until all 20 have come, and wait
            service.gate.set()
            answers = [student.result() for student in asking]
    assert {(answer.status_code, answer.json()[0]["id"]) for answer in answers} == {(200, "org/m")}
    assert len(service.seen) == 1


def test_one_who_leaves_takes_nothing_from_the_others(service: Service) -> None:
    """Some web servers end the work for a client that has gone."""
    service.router = [router_model("org/m", offer("groq"))]
    service.gate.clear()
    upstream = Upstream(service.url, service.router_url, cache=False)
    asked = Asked("/v1/models", "http://127.0.0.1:8717")

    async def lesson() -> int:
        leaves, stays = (asyncio.create_task(upstream.answer(asked)) for _ in range(2))
        await asyncio.to_thread(service.wait_for_requests, 1)
        leaves.cancel()
        await asyncio.wait([leaves])
        service.gate.set()
        return (await stays).status

    assert asyncio.run(lesson()) == 200
    assert len(service.seen) == 1


def test_a_kept_answer_is_as_old_as_it_says_and_then_asked_for_by_condition(
    base: str, service: Service, clock: Clock
) -> None:
    first = get(f"{base}/api/models")
    assert (first.headers["Age"], first.status_code) == ("0", 200)
    clock.passed += 899
    second = get(f"{base}/api/models")
    assert (second.headers["Age"], second.content, len(service.seen)) == ("899", first.content, 1)
    clock.passed += 2
    third = get(f"{base}/api/models")
    assert (third.headers["Age"], third.content) == ("0", first.content)
    assert service.seen[1].headers["if-none-match"] == service.etags[0]
    get(f"{base}/v1/models")
    clock.passed += 301
    get(f"{base}/v1/models")
    assert len(service.seen) == 4, "the router's list is fresh for 5 minutes"


def test_only_the_address_goes_on(base: str, service: Service) -> None:
    get(f"{base}/api/models?x=%2F+%2B&expand%5B%5D=likes", Authorization=f"Bearer {SECRET}", Cookie="a=b")
    get(f"{base}/v1/models", Authorization=f"Bearer {SECRET}")
    assert [seen.target for seen in service.seen] == ["/api/models?x=%2F+%2B&expand%5B%5D=likes", "/v1/models"]
    assert SECRET not in str(service.seen)
    assert "a=b" not in str(service.seen)
    assert {seen.headers["user-agent"].partition("/")[0] for seen in service.seen} == {"hfprov_widgets"}


def test_pages_come_through_us_and_their_addresses_are_not_touched(base: str, service: Service) -> None:
    service.page = 2
    first = get(f"{base}/api/models?limit=1000")
    assert first.links["next"]["url"] == base + service.links[0]
    hub = HubClient(base, token=False, cache=False)
    assert [model.id for model in hub.list_models(limit=None)] == [model["id"] for model in service.models]
    assert [seen.target for seen in service.seen[2:]] == service.links[1:3]


def test_few_answers_are_held(service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ANSWERS", 2)
    upstream = Upstream(service.url, service.router_url, pace=clock.pace(), cache=False)
    with running(create_app(upstream=upstream)) as base:
        for query in ("a", "b", "a", "c", "a", "b"):  # a was used last when c came, so b went
            get(f"{base}/api/models?{query}")
    assert [seen.target[-1] for seen in service.seen] == ["a", "b", "c", "b"]


def test_what_is_large_is_held_for_fewer(service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    service.models = [hub_model("org/m")]
    upstream = Upstream(service.url, service.router_url, pace=clock.pace(), cache=False)
    with running(create_app(upstream=upstream)) as base:
        size = len(get(f"{base}/api/models?a").content)
        monkeypatch.setattr(module, "MOST_BYTES", size + 1)
        for query in ("b", "a"):
            get(f"{base}/api/models?{query}")
    assert [seen.target[-1] for seen in service.seen] == ["a", "b", "a"]


# --- errors ---


def test_a_missing_model_is_asked_for_once_a_minute(base: str, service: Service, clock: Clock) -> None:
    anonymous = get(f"{base}/api/models/a/b")
    assert (anonymous.status_code, anonymous.json()) == (401, {"error": "Invalid username or password."})
    known = get(f"{base}/api/models/a/b", Authorization="Bearer x")
    assert (known.status_code, known.headers["X-Error-Code"]) == (404, "RepoNotFound")
    assert get(f"{base}/v1/models/a/b").status_code == 404
    assert get(f"{base}/v1/models/a/b").json()["error"]["code"] == "model_not_found"
    assert len(service.seen) == 2
    clock.passed += 61
    service.models.append(hub_model("a/b"))
    assert get(f"{base}/api/models/a/b").status_code == 200


def test_a_missing_revision(base: str) -> None:
    answer = get(f"{base}/api/models/org/m1/revision/v2")
    assert (answer.status_code, answer.headers["X-Error-Code"]) == (404, "RevisionNotFound")
    assert get(f"{base}/api/models/org/m1/revision/main").json()["id"] == "org/m1"


def test_a_renamed_model_is_answered(base: str, service: Service) -> None:
    service.renamed = {"old": "org/m1"}
    assert get(f"{base}/api/models/old").json()["id"] == "org/m1"


@pytest.mark.parametrize(
    ("faults", "status", "words"),
    [
        ([Fault(status=503, body=b'{"error": "maintenance"}')] * 4, 503, "maintenance"),
        ([Fault(reset=True)] * 4, 503, "could not be reached"),
        ([limited(0, 200)], 429, "Too many requests"),
        ([Fault(status=200, body=b"<html>log in")], 502, "web page"),
    ],
)
def test_a_failure_is_told_and_the_service_left_alone_for_a_while(
    base: str, service: Service, clock: Clock, faults: list[Fault], status: int, words: str
) -> None:
    service.faults.extend(faults)
    answer = get(f"{base}/v1/models")
    assert answer.status_code == status
    assert words in answer.json()["error"]
    assert answer.headers["X-Error-Message"] == answer.json()["error"]
    if status == 429:
        assert answer.headers["Retry-After"] == "200"
        assert '"api";r=0' not in answer.headers["RateLimit"], "it is not this service's quota that is used up"
    asked = len(service.seen)
    assert get(f"{base}/v1/models").status_code == status
    assert len(service.seen) == asked
    clock.passed += 301
    assert get(f"{base}/v1/models").status_code == 200


def test_what_the_service_refuses_is_refused_in_its_words(base: str) -> None:
    answer = get(f"{base}/api/models?expand=nonsense")
    assert answer.status_code == 400
    assert "expand: nonsense is none of author" in answer.json()["error"]


@pytest.mark.parametrize("path", ["/api/whoami-v2", "/v1/models2", "/x", "/api/models/%2e%2e/%2e%2e/api/datasets"])
def test_other_addresses_do_not_go_on(base: str, service: Service, path: str) -> None:
    host, port = base.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port))  # requests would tidy the dots away
    connection.request("GET", path)
    assert connection.getresponse().status == 404
    connection.close()
    assert service.seen == []


def test_an_old_copy_says_that_it_is_one(base: str, service: Service, clock: Clock) -> None:
    fresh = get(f"{base}/v1/models")
    assert "X-HF-Warning" not in fresh.headers
    clock.passed += 3600
    service.faults.extend([Fault(status=503)] * 4)
    stale = get(f"{base}/v1/models")
    assert (stale.status_code, stale.content, stale.headers["Age"]) == (200, fresh.content, str(3600 + _slept(clock)))
    assert stale.headers["X-HF-Warning"].startswith("stale; a copy of 2026-10-10T08:00:00Z is used: ")
    [line] = RouterClient(f"{base}/v1", cache=False, pace=Pace(retries=0)).list_models().warnings
    assert line.startswith("a copy of 2026-10-10T08:00:00Z is used: ")


def _slept(clock: Clock) -> int:
    return int(sum(clock.slept))


# --- the snapshot to fall back to ---


@pytest.fixture
def spare() -> Catalog:
    routes = (Route("org/spare", "novita", status="live", task="conversational"),)
    return Catalog.from_models([Model("org/spare", routes=routes)], source="a lesson", retrieved_at="2026-10-10")


def test_a_snapshot_answers_while_nothing_else_can(
    upstream: Upstream, service: Service, clock: Clock, spare: Catalog
) -> None:
    with running(create_app(spare, upstream=upstream)) as base:
        service.faults.extend([Fault(reset=True)] * 4)
        answer = get(f"{base}/v1/models")
        assert [model["id"] for model in answer.json()["data"]] == ["org/spare"]
        assert answer.headers["X-Hfprov-Source"] == "a lesson"
        assert answer.headers["X-HF-Warning"].startswith("stale; a copy of 2026-10-10 is used, a lesson: ")
        clock.passed += 16
        answer = get(f"{base}/v1/models")
        assert [model["id"] for model in answer.json()["data"]] == ["org/m0"]
        assert not {"X-Hfprov-Source", "X-HF-Warning"} & set(answer.headers)
        assert get(f"{base}/api/models/org/spare").status_code == 401, (
            "where the Hub says no, the snapshot says nothing"
        )


# --- the addresses ---


def test_where_the_addresses_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (Upstream().hub, Upstream().router) == ("https://huggingface.co", "https://router.huggingface.co/v1")
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1/hub/")
    monkeypatch.setenv("HFPROV_ROUTER_URL", "http://127.0.0.1:2/v1")
    assert (Upstream().hub, Upstream().router) == ("http://127.0.0.1:1/hub", "http://127.0.0.1:2/v1")
    monkeypatch.setenv("HF_ENDPOINT", "huggingface.co")
    with pytest.raises(ValueError, match="HF_ENDPOINT must look like"):
        Upstream()


def test_through_two_services_a_sample_is_still_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class server in front of another: what it serves is the other's data, and it says so."""
    with running(create_app(load_catalog("sample"))) as first:
        upstream = Upstream(first, f"{first}/v1", cache=False)
        with running(create_app(upstream=upstream)) as second:
            monkeypatch.setenv("HF_ENDPOINT", second)
            monkeypatch.setenv("HFPROV_ROUTER_URL", f"{second}/v1")
            through = load_catalog("live")
    assert (through.source, through.retrieved_at) == ("sample", "2026-10-10")
    assert through.all_routes == load_catalog("sample").all_routes


def test_different_questions_do_not_wait_for_a_service_that_is_down(service: Service, spare: Catalog) -> None:
    """300 students ask for 300 models of a service that does not answer: only the first few find that out."""
    upstream = Upstream(service.url, service.router_url, cache=False, pace=Pace(retries=0, patience=0.5))
    service.gate.clear()
    began = time.monotonic()
    with running(create_app(spare, upstream=upstream)) as base, ThreadPoolExecutor(60) as pool:
        answers = list(pool.map(lambda n: get(f"{base}/api/models/org/spare?expand=likes&n={n}"), range(60)))
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["X-Hfprov-Source"] for answer in answers} == {"a lesson"}
    assert time.monotonic() - began < 3, "16 at a time, half a second each, would take longer"
    assert len(service.seen) <= MOST_FETCHES


def test_a_kept_copy_is_given_at_once_while_the_service_is_down(service: Service, clock: Clock, tmp_path: Path) -> None:
    upstream = Upstream(service.url, service.router_url, cache=tmp_path / "replies.sqlite", pace=clock.pace())
    with running(create_app(upstream=upstream)) as base:
        service.router = [router_model("org/m0", offer("groq"))]
        for path in ("/v1/models", "/v1/models/org/m0"):
            assert get(base + path).status_code == 200
        clock.passed += 3600
        service.leave()
        get(f"{base}/v1/models")
        waited = len(clock.slept)
        answer = get(f"{base}/v1/models/org/m0")
        assert answer.json()["id"] == "org/m0"
        assert answer.headers["X-HF-Warning"].startswith("stale; a copy of 2026-10-10T08:00:00Z is used: ")
        assert len(clock.slept) == waited, "nothing was tried again"
    upstream.close()


def test_a_student_keeps_being_told_that_it_is_a_snapshot(service: Service, spare: Catalog, tmp_path: Path) -> None:
    upstream = Upstream("http://127.0.0.1:9", "http://127.0.0.1:9/v1", cache=False, pace=Pace(retries=0))
    with running(create_app(spare, upstream=upstream)) as base:
        for _ in range(2):  # the second reads it from the student's own cache
            with closing(RouterClient(f"{base}/v1", cache=tmp_path / "student.sqlite")) as student:
                models = student.list_models()
            assert models.source == "a lesson"
            assert models.warnings[0].startswith("a copy of 2026-10-10 is used, a lesson: ")
