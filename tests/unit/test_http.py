"""The wire, when all goes well and when it does not: what is sent, how often, and what the caller gets."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import sqlite3
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from hfprov_widgets.data import replies, session
from hfprov_widgets.data.errors import (
    AuthenticationError,
    BadResponse,
    HubError,
    ModelNotFound,
    RateLimited,
    ServiceUnavailable,
    public_url,
)
from hfprov_widgets.data.http import Pace
from hfprov_widgets.data.hub import HubClient
from hfprov_widgets.data.replies import Answer, error_text, next_link, seconds_to_wait
from hfprov_widgets.data.router import RouterClient
from tests.service import Fault, Service, hub_model, mapping, offer, router_model

START = datetime(2026, 10, 10, 8, tzinfo=timezone.utc)
SECRET = "hf_" + "NeverShownAnywhere0123456789"


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds

    def pace(self, **more: Any) -> Pace:
        return Pace(
            sleep=self.sleep,
            clock=lambda: self.passed,
            now=lambda: START + timedelta(seconds=self.passed),
            chance=lambda: 0.0,
            **more,
        )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hub(service: Service, clock: Clock) -> Iterator[HubClient]:
    service.models = [hub_model("a/b", mapping("groq"))]
    client = HubClient(service.url, cache=False, timeout=5, pace=clock.pace())
    yield client
    client.close()


# --- what is sent ---


def test_headers(hub: HubClient, service: Service) -> None:
    from hfprov_widgets import __version__

    hub.list_models()
    headers = service.seen[0].headers
    assert headers["user-agent"] == f"hfprov_widgets/{__version__}"
    assert headers["accept"] == "application/json"
    assert "authorization" not in headers


def test_a_found_token_is_sent_to_the_hub(hub: HubClient, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "found-one")
    service.token = "found-one"
    hub.list_models()
    assert service.seen[0].headers["authorization"] == "Bearer found-one"
    HubClient(service.url, token=False, cache=False).list_models()
    assert "authorization" not in service.seen[1].headers


def test_netrc_replaces_nothing(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password wrong\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    service.renamed = {"old": "a/b"}
    service.models = [hub_model("a/b")]
    service.token = "given-one"
    HubClient(service.url, cache=False).list_models()
    HubClient(service.url, token="given-one").model_status("old")
    sent = [seen.headers.get("authorization") for seen in service.seen]
    assert sent == [None, "Bearer given-one", "Bearer given-one"]


def test_a_proxy_is_not_asked_for_loopback(hub: HubClient, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert len(hub.list_models()) == 1


def test_a_token_does_not_travel_in_the_clear(clock: Clock) -> None:
    client = HubClient("http://hub.invalid", token=SECRET, cache=False, timeout=1, pace=clock.pace(retries=0))
    with pytest.warns(UserWarning, match="token is not sent"), pytest.raises(ServiceUnavailable):
        client.list_models()


# --- redirects ---


def test_a_token_stays_at_home(service: Service) -> None:
    with Service() as other:
        other.models = [hub_model("a/b", mapping("groq"))]
        service.token = SECRET
        there = f"{other.url}/api/models/a/b?expand=inferenceProviderMapping"
        service.faults.append(Fault(status=307, headers={"Location": there}))
        assert list(HubClient(service.url, token=SECRET).model_providers("a/b")) == ["groq"]
        assert "authorization" in service.seen[0].headers
        assert "authorization" not in other.seen[0].headers


def test_redirects_are_bounded(hub: HubClient, service: Service) -> None:
    service.renamed = {"a": "b", "b": "a"}
    with pytest.raises(BadResponse, match="more than 5 times"):
        hub.model_status("a")
    assert len(service.seen) == session.MAX_REDIRECTS + 1


@pytest.mark.parametrize("target", ["http://hub.invalid/x", "ftp://127.0.0.1/x", "javascript:alert(1)", "http://[x"])
def test_redirects_out_of_bounds(hub: HubClient, service: Service, target: str) -> None:
    service.faults.append(Fault(status=307, headers={"Location": target}))
    with pytest.raises(BadResponse):
        hub.model_status("a/b")
    assert len(service.seen) == 1


# --- retries ---


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_passes_is_tried_again(hub: HubClient, service: Service, clock: Clock, status: int) -> None:
    service.faults.extend([Fault(status=status)] * 2)
    assert len(hub.list_models()) == 1
    assert clock.slept == [0.5, 1.0]


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, HubError), (402, HubError), (403, AuthenticationError), (404, BadResponse), (204, BadResponse)],
)
def test_what_stays_is_not(hub: HubClient, service: Service, clock: Clock, status: int, error: type[HubError]) -> None:
    service.faults.append(Fault(status=status, body=b""))
    with pytest.raises(error) as caught:
        hub.list_models()
    assert (type(caught.value), caught.value.status, clock.slept) == (error, status, [])


def test_a_service_that_stays_down(hub: HubClient, service: Service, clock: Clock) -> None:
    service.faults.extend([Fault(status=503, body=b'{"error": ["first", "second"]}')] * 9)
    with pytest.raises(ServiceUnavailable, match="answered 503 and says: first; second") as caught:
        hub.list_models()
    assert (len(service.seen), clock.slept) == (4, [0.5, 1.0, 2.0])
    assert (caught.value.status, caught.value.request_id) == (503, "Root=1-4")


def test_jitter_shortens_the_wait() -> None:
    assert Pace(chance=lambda: 1.0).wait(1, None) == 0.5
    assert Pace(chance=lambda: 1.0).wait(1, 10.0) == 11.5


def test_connections_that_break(hub: HubClient, service: Service, clock: Clock) -> None:
    service.faults.extend([Fault(reset=True), Fault(cut=20)])
    assert len(hub.list_models()) == 1
    assert len(clock.slept) == 2


def test_nobody_there(clock: Clock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ServiceUnavailable, match="could not be reached") as caught:
            HubClient(url, cache=False, pace=clock.pace()).list_models()
    assert caught.value.status is None
    assert len(clock.slept) == 3


def test_a_service_that_hangs(service: Service, clock: Clock) -> None:
    service.faults.append(Fault(hang=True))
    with pytest.raises(ServiceUnavailable, match=r"did not answer within 0\.2 s"):
        HubClient(service.url, cache=False, timeout=0.2, pace=clock.pace(retries=0)).list_models()


def test_patience_ends_before_the_retries_do(hub: HubClient, service: Service, clock: Clock) -> None:
    service.faults.extend([Fault(status=503, headers={"Retry-After": "20"})] * 3)
    with pytest.raises(ServiceUnavailable):
        hub.list_models()
    assert clock.slept == [20.5]


# --- rate limits ---


def limited(left: int, reset: int, **headers: str) -> Fault:
    return Fault(status=429, headers={"RateLimit": f'"api";r={left};t={reset}', **headers})


def test_a_short_window_is_waited_for(hub: HubClient, service: Service, clock: Clock) -> None:
    service.faults.append(limited(0, 12, **{"Retry-After": "1"}))
    assert len(hub.list_models()) == 1
    assert clock.slept == [12.5]


def test_with_requests_left_retry_after_counts(hub: HubClient, service: Service, clock: Clock) -> None:
    service.faults.append(limited(17, 250, **{"Retry-After": "3"}))
    assert len(hub.list_models()) == 1
    assert clock.slept == [3.5]


def test_a_long_window_is_not(hub: HubClient, service: Service, clock: Clock) -> None:
    service.faults.append(limited(0, 212))
    with pytest.raises(RateLimited, match=r"2026-10-10T08:03:32Z \(in 212 s\)") as caught:
        hub.list_models()
    assert (clock.slept, len(service.seen)) == ([], 1)
    assert (caught.value.retry_after, caught.value.resets_at) == (212.0, "2026-10-10T08:03:32Z")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("Sat, 10 Oct 2026 08:00:09 GMT", 9.0),
        ("Sat, 10 Oct 2026 07:00:00 GMT", 0.0),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after(said: str, seconds: float | None) -> None:
    assert seconds_to_wait(Answer(503, "", {"retry-after": said}, b"", START)) == seconds


# --- what is not the API's ---


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (Fault(body=b"<!doctype html><p>Sign in", headers={"Content-Type": "text/html"}), "web page"),
        (Fault(body=b"", headers={"Content-Type": "application/json"}), "not the service's JSON"),
        (Fault(body=b'[{"id": "a/'), "cut off"),
        (Fault(body=b"[" * 100_000), "cut off"),
        (Fault(body=b"\xff\xfe\xfd"), "not the service's JSON"),
        (Fault(body=b'{"models": []}'), "object with the fields models"),
        (Fault(body=b"[]", headers={"Content-Encoding": "gzip"}), "cannot be read"),
        (Fault(status=304, body=b""), "304"),
    ],
)
def test_what_is_not_the_api(hub: HubClient, service: Service, clock: Clock, fault: Fault, message: str) -> None:
    service.faults.append(fault)
    with pytest.raises(BadResponse, match=message) as caught:
        hub.list_models()
    assert clock.slept == []
    assert caught.value.url is not None
    assert caught.value.url.startswith(service.url)


def test_a_body_that_is_always_cut(hub: HubClient, service: Service) -> None:
    service.faults.extend([Fault(cut=20)] * 4)
    with pytest.raises(BadResponse, match="broke off"):
        hub.list_models()


def test_bodies_are_bounded(hub: HubClient, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "MAX_BODY", 2**20)
    service.faults.append(Fault(body=b"[" + b" " * 2**21 + b"]"))
    with pytest.raises(BadResponse, match="larger than 1 MB"):
        hub.list_models()
    service.faults.append(Fault(status=400, body=b" " * 2**21))
    with pytest.raises(HubError, match="refused"):
        hub.list_models()


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ({"x-error-message": "from the header"}, b'{"error": "no"}', "from the header"),
        ({}, b'{"error": "plain"}', "plain"),
        ({}, b'{"error": ["one", "two\\nlines"]}', "one; two lines"),
        ({}, b'{"error": {"message": "inner"}}', "inner"),
        ({}, b'{"error_description": "described"}', "described"),
        ({}, b'{"errors": [{"message": "a"}, {"message": "b"}]}', "a; b"),
        ({}, b"<html>", ""),
        ({}, b"[1]", ""),
        ({}, b'{"error": 7}', ""),
    ],
)
def test_what_the_service_says(headers: dict[str, str], body: bytes, text: str) -> None:
    assert error_text(Answer(400, "", headers, body, START)) == text


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ('<https://h/a?x=1&cursor=%3D%2B>; rel="next"', "https://h/a?x=1&cursor=%3D%2B"),
        ('<https://h/1>; rel="first", <https://h/2>; title="a, b"; rel=next', "https://h/2"),
        ('</api/models?cursor=b>; rel="prev next"', "https://h/api/models?cursor=b"),
        ('<https://h/1>; rel="last"', None),
        ('<http://[x>; rel="next"', "http://[x"),
        ("rubbish", None),
    ],
)
def test_next_link(link: str, target: str | None) -> None:
    assert next_link(Answer(200, "https://h/api/models", {"link": link}, b"", START)) == target


# --- secrets ---


def test_addresses_are_shown_without_secrets() -> None:
    shown = public_url(f"https://me:pw@h/p?limit=5&token=abc&q={SECRET}&X-Amz-Signature=f0#frag")
    assert shown == "https://h/p?limit=5&token=***&q=***&X-Amz-Signature=***"


@pytest.mark.parametrize(
    "fault", [Fault(status=401), Fault(status=503), Fault(reset=True), Fault(hang=True), Fault(body=b"{")]
)
def test_no_token_in_errors_reprs_and_logs(
    service: Service, clock: Clock, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    caplog.set_level(logging.DEBUG)
    body = f'{{"error": "not you, Bearer {SECRET}"}}'.encode()
    echo = Fault(**{**vars(fault), "body": body if fault.body is None else fault.body})
    service.faults.append(echo)
    service.token = SECRET
    client = HubClient(service.url, token=SECRET, timeout=0.3, pace=clock.pace(retries=0))
    with pytest.raises(HubError) as caught:
        client.list_models()
    error: BaseException | None = caught.value
    while error is not None:  # nor in what led to it, which holds the request and its headers
        assert SECRET not in f"{error!r} {error} {vars(error)} {getattr(error, 'request', None)}"
        error = error.__cause__ or error.__context__
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + caplog.text + repr(client)


# --- the cache ---


@pytest.fixture
def cached(service: Service, clock: Clock, tmp_path: Path) -> Iterator[RouterClient]:
    service.router = [router_model("a/b", offer("groq"))]
    client = RouterClient(service.router_url, cache=tmp_path / "replies.sqlite", pace=clock.pace())
    yield client
    client.close()


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
        limited(0, 250),
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


def test_with_a_token_nothing_is_cached(service: Service, tmp_path: Path) -> None:
    service.token = SECRET
    client = HubClient(service.url, token=SECRET, cache=tmp_path / "replies.sqlite")
    client.list_models()
    client.list_models()
    assert (len(service.seen), (tmp_path / "replies.sqlite").exists()) == (2, False)


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


def test_a_cache_that_cannot_be_opened_or_read(service: Service, tmp_path: Path) -> None:
    (tmp_path / "bad.sqlite").write_text("this is no database " * 100)
    client = HubClient(service.url, cache=tmp_path / "bad.sqlite")
    with pytest.warns(UserWarning, match="the cache cannot be used"):
        client.list_models()
    client.list_models()  # and then in silence
    assert len(service.seen) == 2


# --- the rest ---


def test_two_threads(hub: HubClient, service: Service) -> None:
    results: list[int] = []
    threads = [threading.Thread(target=lambda: results.append(len(hub.list_models()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert results == [1] * 4


def test_clients_cost_nothing_until_they_are_used() -> None:
    code = """
import sys, hfprov_widgets.data.hub, hfprov_widgets.data.router
hfprov_widgets.data.hub.HubClient(), hfprov_widgets.data.router.RouterClient()
heavy = {"requests", "requests_cache", "urllib3", "pandas", "ipywidgets", "platformdirs"}
print(sorted(heavy & set(sys.modules)))
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_loopback_is_recognised() -> None:
    assert all(map(replies.is_loopback, ("http://localhost:1", "http://127.3.2.1/", "http://[::1]:8000/")))
    others = ("http://127.0.0.1.example.org", "http://localhost.example.org", "http://10.0.0.1", "http://[x")
    assert not any(map(replies.is_loopback, others))


def test_errors_can_be_sent_to_another_process() -> None:
    import pickle

    error = ModelNotFound("There is no model.", near=["a/b"], status=404, url="https://h/x", request_id="r")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), vars(again)) == (str(error), vars(error))
    assert json.dumps(str(error))
