"""The local service on the web: what every answer carries, the quota, and our own clients through it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
import requests

from hfprov_widgets import HubClient, RouterClient, load_catalog
from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.errors import ModelNotFound, RateLimited
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.serve import create_app
from tests.lesson import LESSON
from tests.running import running


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with running(create_app(LESSON, renamed={"gpt2": "google/gemma"}, page=2)) as address:
        yield address


def get(url: str, **headers: str) -> requests.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(url, headers=named, timeout=10, allow_redirects=False)


# --- what every answer carries ---

EVERY_KIND = [
    (200, "GET", "/api/models"),
    (200, "HEAD", "/v1/models"),
    (200, "GET", "/"),
    (204, "OPTIONS", "/v1/models"),
    (307, "GET", "/api/models/gpt2"),
    (400, "GET", "/api/models?limit=x"),
    (401, "GET", "/api/models/a/b"),
    (404, "GET", "/v1/models/a/b"),
    (404, "GET", "/api/datasets"),
    (404, "GET", "/v1/modelsets"),
    (405, "POST", "/v1/models"),
    (405, "DELETE", "/api/models/google/gemma"),
]


@pytest.mark.parametrize(("status", "method", "path"), EVERY_KIND)
def test_headers_of_every_answer(base: str, status: int, method: str, path: str) -> None:
    answer = requests.request(method, base + path, headers={"Origin": "https://x.example"}, allow_redirects=False)
    assert answer.status_code == status
    assert re.fullmatch(r'"api";r=\d+;t=\d+', answer.headers["RateLimit"])
    assert answer.headers["RateLimit-Policy"] == '"fixed window";"api";q=100000;w=300'
    assert answer.headers["X-Request-Id"]
    assert answer.headers["Access-Control-Allow-Origin"] == "https://x.example"
    exposed = answer.headers["Access-Control-Expose-Headers"]
    assert {"Link", "ETag", "X-Error-Code", "X-Error-Message", "X-Request-Id"} <= set(exposed.split(", "))
    assert "RateLimit" not in exposed


def test_every_answer_from_a_snapshot_says_which(base: str) -> None:
    for path in ("/api/models", "/api/models/google/gemma", "/api/models/a/b", "/v1/models", "/v1/models/a/b"):
        assert get(base + path).headers["X-Hfprov-Source"] == "a lesson"


def test_a_name_that_a_header_cannot_hold_costs_only_some_letters() -> None:
    catalog = Catalog.from_models([Model("a/b")], source="样本\nof 2026", retrieved_at=None)
    with running(create_app(catalog)) as base:
        assert get(f"{base}/api/models").headers["X-Hfprov-Source"] == "?? of 2026"


def test_what_is_known_is_not_sent_again(base: str) -> None:
    for path in ("/api/models", "/v1/models"):
        first = get(base + path)
        etag = first.headers["ETag"]
        for known in (etag, f'W/{etag}, "other"', "*"):
            again = get(base + path, If_None_Match=known)
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
        assert get(base + path, If_None_Match='"other"').content == first.content
    assert get(f"{base}/api/models?limit=1").headers["ETag"] != get(f"{base}/api/models").headers["ETag"]


def test_a_page_may_ask_before_it_asks(base: str) -> None:
    asks = {"Origin": "null", "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    answer = requests.options(f"{base}/api/models", headers=asks, timeout=10)
    assert answer.headers["Access-Control-Allow-Headers"] == "authorization"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Access-Control-Allow-Origin"] == "null"
    assert "Origin" in answer.headers["Vary"]


def test_head_and_other_methods(base: str) -> None:
    head, full = requests.head(f"{base}/v1/models", timeout=10), get(f"{base}/v1/models")
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(full.content)))
    assert head.headers["ETag"] == full.headers["ETag"]
    other = requests.post(f"{base}/v1/embeddings", json={}, timeout=10)
    assert (other.status_code, other.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "lists models and runs none" in other.json()["error"]["message"]


def test_the_front_page_has_the_lines_for_a_student(base: str) -> None:
    answer = get(base)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "a lesson of 2026-10-10: 3 models, 3 routes" in answer.text
    assert "Since 20" in answer.text
    lines = answer.text.splitlines()
    assert lines[-3:] == [
        f"HF_ENDPOINT={base}",
        f"HFPROV_ROUTER_URL={base}/v1",
        "HF_HUB_DISABLE_IMPLICIT_TOKEN=1",
    ]


def test_the_quota_is_kept() -> None:
    now = [1000.0]
    with running(create_app(LESSON, quota=2, clock=lambda: now[0])) as base:
        assert get(base).headers["RateLimit"] == '"api";r=1;t=300'
        now[0] += 100
        assert get(f"{base}/nowhere").headers["RateLimit"] == '"api";r=0;t=200'
        refused = get(f"{base}/v1/models")
        assert (refused.status_code, refused.headers["RateLimit"]) == (429, '"api";r=0;t=200')
        assert refused.headers["Retry-After"] == "200"
        assert "Too many requests" in refused.json()["error"]
        with pytest.raises(RateLimited) as caught:
            RouterClient(f"{base}/v1", cache=False, pace=Pace(retries=0)).list_models()
        assert caught.value.retry_after == 200
        now[0] += 200
        assert get(f"{base}/v1/models").headers["RateLimit"] == '"api";r=1;t=300'


def test_a_service_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a catalogue or an upstream"):
        create_app()


# --- our own clients, through the service ---


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Serves a catalogue as the live services of this process."""
    stack = []

    def serve(catalog: Catalog) -> str:
        server = running(create_app(catalog))
        stack.append(server)
        address = server.__enter__()
        monkeypatch.setenv("HF_ENDPOINT", address)
        monkeypatch.setenv("HFPROV_ROUTER_URL", f"{address}/v1")
        return address

    yield serve
    for server in stack:
        server.__exit__(None, None, None)


COLUMNS = [field.name for field in fields(Route) if field.compare]


def rows(catalog: Catalog) -> list[dict[str, Any]]:
    return [{name: getattr(route, name) for name in COLUMNS} for route in catalog.all_routes]


@pytest.mark.parametrize("name", ["sample", "documented"])
def test_through_the_service_a_snapshot_is_what_it_was(live: Any, name: str) -> None:
    """In every column of the contract: also when and where each number was read."""
    live(load_catalog(name))
    through = load_catalog("live")
    assert rows(through) == rows(load_catalog(name))
    assert through.warnings == ()
    assert (through.source, through.retrieved_at) == (load_catalog(name).source, load_catalog(name).retrieved_at)


def test_through_the_service_other_tasks_are_what_they_were(live: Any) -> None:
    live(load_catalog("tasks"))
    through = load_catalog("live", scope="all")
    assert rows(through) == rows(load_catalog("tasks"))
    assert through.route(through.all_routes[0].id).extra == load_catalog("tasks").all_routes[0].extra


def test_our_clients_find_what_is_there_and_say_what_is_not(base: str) -> None:
    hub, router = HubClient(base, token=False, cache=False), RouterClient(f"{base}/v1", cache=False)
    assert [model.id for model in hub.list_models(None, limit=None)] == [model.id for model in LESSON.records]
    assert list(hub.model_providers("gpt2")) == ["novita", "groq"]
    assert (hub.model_status("google/gemma"), hub.model_status("nobody/serves-this")) == ("warm", None)
    for ask in (hub.model_status, router.get_model):
        with pytest.raises(ModelNotFound):
            ask("a/b")
