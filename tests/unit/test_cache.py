"""The cache of replies: when it is asked, what it holds, and what it never holds."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest

from hfprov_widgets.data.errors import ModelNotFound, ServiceUnavailable
from hfprov_widgets.data.hub import HubClient
from hfprov_widgets.data.router import RouterClient
from tests.clock import Clock
from tests.service import Fault, Service, hub_model, limited, mapping

SECRET = "hf_" + "NeverShownAnywhere0123456789"


# --- the cache ---


def test_a_fresh_copy_is_not_asked_for(cached: RouterClient, service: Service, clock: Clock, tmp_path: Path) -> None:
    first = cached.list_models()
    clock.passed += 299
    assert cached.list_models() == first
    other = RouterClient(service.router_url, cache=tmp_path / "replies.sqlite", pace=clock.pace())
    assert other.list_models() == first
    other.close()
    assert len(service.seen) == 1


def test_an_old_copy_is_asked_for_by_condition(cached: RouterClient, service: Service, clock: Clock) -> None:
    cached.list_models()
    clock.passed += 301
    models = cached.list_models()
    assert service.seen[1].headers["if-none-match"] == service.etags[0]
    assert models[0].routes[0].retrieved_at == "2026-10-10T08:05:01Z"  # confirmed, so of now
    cached.list_models()
    assert len(service.seen) == 2


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=503),
        limited(3, 250),
        Fault(body=b"<html>"),
        Fault(body=b'{"error": "x"}'),
        Fault(reset=True),
    ],
)
def test_a_stale_copy_when_the_service_fails(
    cached: RouterClient, service: Service, clock: Clock, fault: Fault
) -> None:
    fresh = cached.list_models()
    clock.passed += 3600
    service.faults.extend([fault] * 4)
    models = cached.list_models()
    assert models == fresh
    assert models[0].routes[0].retrieved_at == "2026-10-10T08:00:00Z"
    assert models.warnings[0].startswith("a copy of 2026-10-10T08:00:00Z is used: ")
    service.faults.clear()
    assert cached.list_models().warnings == ()


def test_a_stale_copy_hides_no_plain_answer(cached: RouterClient, service: Service, clock: Clock) -> None:
    cached.get_model("a/b")
    clock.passed += 3600
    service.router = []
    with pytest.raises(ModelNotFound):
        cached.get_model("a/b")


def test_a_stale_model_warns(cached: RouterClient, service: Service, clock: Clock) -> None:
    cached.get_model("a/b")
    clock.passed += 3600
    service.faults.extend([Fault(status=500)] * 4)
    with pytest.warns(UserWarning, match="a copy of 2026-10-10T08:00:00Z is used"):
        assert cached.get_model("a/b").n_routes == 1


def test_pages_are_kept_with_their_links(service: Service, clock: Clock, tmp_path: Path) -> None:
    service.models = [hub_model(f"org/m{n}", mapping("groq")) for n in range(5)]
    service.page = 2
    client = HubClient(service.url, cache=tmp_path / "replies.sqlite", pace=clock.pace())
    first = client.list_models(limit=None)
    assert (client.list_models(limit=None), len(first), len(service.seen)) == (first, 5, 3)
    client.close()


def test_the_default_cache_is_in_the_users_folder(service: Service, tmp_path: Path) -> None:
    client = HubClient(service.url)
    client.list_models()
    client.list_models()
    client.close()
    assert len(service.seen) == 1
    assert (tmp_path / "cache" / "hfprov_widgets" / "replies.sqlite").exists()


def test_what_a_token_may_see_is_kept_for_that_token_only(service: Service, tmp_path: Path) -> None:
    def asked(token: str | bool) -> int:
        before = len(service.seen)
        service.token = token if isinstance(token, str) else None
        with contextlib.closing(HubClient(service.url, token=token)) as client:
            client.list_models()
        return len(service.seen) - before

    assert [asked(token) for token in (SECRET, SECRET, False, SECRET + "B", SECRET + "B", False)] == [1, 0, 1, 1, 0, 0]
    file = tmp_path / "cache" / "hfprov_widgets" / "replies.sqlite"
    assert file.stat().st_mode & 0o077 == 0, "only its user can read it"
    assert SECRET.encode() not in file.read_bytes()


def test_with_a_token_no_cache_is_used_that_others_may_read(service: Service, tmp_path: Path) -> None:
    from requests_cache.backends.base import BaseCache

    service.token = SECRET
    shared = BaseCache()
    for cache in (tmp_path / "replies.sqlite", shared):
        client = HubClient(service.url, token=SECRET, cache=cache)
        client.list_models()
        client.list_models()
    assert (len(service.seen), (tmp_path / "replies.sqlite").exists()) == (4, False)
    assert not list(shared.responses)


def test_what_is_stored_is_plain(cached: RouterClient, service: Service, tmp_path: Path) -> None:
    service.faults.append(Fault(headers={"Set-Cookie": "session=private"}))
    cached.list_models()
    with contextlib.closing(sqlite3.connect(tmp_path / "replies.sqlite")) as database:
        [[stored]] = database.execute("SELECT value FROM responses")
    entry = json.loads(stored)  # never a pickle: reading one runs whatever is in it
    assert set(entry["headers"]) == {"etag"}
    assert "private" not in str(stored)


def test_a_backend_can_be_given(service: Service, clock: Clock) -> None:
    from requests_cache.backends.base import BaseCache
    from requests_cache.backends.sqlite import SQLiteCache

    backend = BaseCache()  # the one that keeps all in memory
    for _ in range(2):
        client = RouterClient(service.router_url, cache=backend, pace=clock.pace())
        client.list_models()
        client.close()
    assert len(service.seen) == 1
    with pytest.raises(ValueError, match="serializer='json'"):
        RouterClient(cache=SQLiteCache(use_memory=True))
    with pytest.raises(TypeError, match="cache is True, False"):
        RouterClient(cache=7)  # type: ignore[arg-type]


# --- clocks and switches ---


def test_a_copy_from_the_future_is_asked_for_again(cached: RouterClient, service: Service, clock: Clock) -> None:
    clock.passed = 86_400
    cached.list_models()
    clock.passed = 0  # the clock was set right
    cached.list_models()
    assert len(service.seen) == 2
    assert service.seen[1].headers["if-none-match"]


@pytest.mark.parametrize("switch", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_offline_nothing_is_asked(
    cached: RouterClient, service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch, switch: str
) -> None:
    fresh = cached.list_models()
    clock.passed += 3600
    monkeypatch.setenv(switch, "1")
    models = cached.list_models()
    assert (models, len(service.seen)) == (fresh, 1)
    assert models.warnings[0].startswith("a copy of 2026-10-10T08:00:00Z is used: Calls are switched off")
    with pytest.raises(ServiceUnavailable, match="HF_HUB_OFFLINE"):
        HubClient(service.url, cache=False).list_models()
    assert len(service.seen) == 1


def test_a_copy_that_a_cache_on_the_way_has_had_for_long_is_as_old_as_that(
    cached: RouterClient, service: Service
) -> None:
    service.faults.append(Fault(headers={"Age": "120", "X-HF-Warning": "stale; the services are away"}))
    models = cached.list_models()
    assert models[0].routes[0].retrieved_at == "2026-10-10T07:58:00Z"
    assert models.warnings == ("the services are away",)


def test_after_a_rename_a_model_is_kept_under_both_names(service: Service, clock: Clock, tmp_path: Path) -> None:
    service.models = [hub_model("org/new", mapping("groq"))]
    service.renamed = {"org/old": "org/new"}
    client = HubClient(service.url, cache=tmp_path / "replies.sqlite", pace=clock.pace())
    assert [client.model_status(name) for name in ("org/old", "org/new", "org/old")] == ["warm"] * 3
    assert [seen.path for seen in service.seen] == ["/api/models/org/old", "/api/models/org/new"]
    client.close()


def test_what_another_service_answered_is_not_kept_as_its_own(service: Service, clock: Clock, tmp_path: Path) -> None:
    with Service() as other:
        other.models = [hub_model("org/m", mapping("groq"))]
        service.faults.append(Fault(status=307, headers={"Location": f"{other.url}/api/models/org/m?expand=inference"}))
        client = HubClient(service.url, cache=tmp_path / "replies.sqlite", pace=clock.pace())
        assert client.model_status("org/m") == "warm"
        with contextlib.closing(sqlite3.connect(tmp_path / "replies.sqlite")) as database:
            assert database.execute("SELECT count(*) FROM responses").fetchone() == (1,)
        client.close()


def test_with_a_copy_a_call_ends_sooner(cached: RouterClient, service: Service, clock: Clock) -> None:
    cached.list_models()
    clock.passed += 3600
    slow = Fault(status=503, headers={"Retry-After": "7"})  # one such wait fits into 10 seconds, three into 30
    service.faults.extend([slow] * 9)
    cached.list_models()
    assert clock.slept == [7.5]
