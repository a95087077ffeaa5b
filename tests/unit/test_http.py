"""The wire: what is sent, where it may go, how often it is tried, and what the caller gets."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hfprov_widgets.data import replies, session
from hfprov_widgets.data.errors import (
    AuthenticationError,
    BadResponse,
    HubError,
    ModelNotFound,
    RateLimited,
    ServiceUnavailable,
)
from hfprov_widgets.data.hub import HubClient
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.replies import Answer, seconds_to_wait
from tests.clock import START, Clock
from tests.service import Fault, Service, hub_model, limited, mapping

SECRET = "hf_" + "NeverShownAnywhere0123456789"


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


@pytest.mark.parametrize(
    "spelling", ["http://{there}\\@{home}/api/models", "http://{there}\\/@{home}/x", "http://a@{there}/x"]
)
def test_an_address_that_two_readers_understand_differently_is_not_asked(service: Service, spelling: str) -> None:
    service.token = SECRET
    with Service() as other:
        places = {"there": other.url.removeprefix("http://"), "home": service.url.removeprefix("http://")}
        address = spelling.format(**places)
        service.faults.append(Fault(status=307, headers={"Location": address}))
        service.faults.append(Fault(headers={"Link": f'<{address}>; rel="next"'}))
        client = HubClient(service.url, token=SECRET, cache=False)
        for _ in range(2):
            with pytest.raises(BadResponse):
                client.list_models(limit=None)
        assert other.seen == []


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
        ("Sat, 10 Oct 2026 09:00:01 +9999999999999999999", None),
        ("Sat, 10 Oct 2026 99999999999999999999:00:01 GMT", None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after(said: str, seconds: float | None) -> None:
    assert seconds_to_wait(Answer(503, "", {"retry-after": said}, b"", START)) == seconds


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


def test_a_program_ends_though_an_answer_is_still_waited_for(service: Service) -> None:
    service.gate.clear()
    code = f"""
import threading, hfprov_widgets as hfp
hub = hfp.HubClient({service.url!r}, token=False, cache=False)
threading.Thread(target=hub.list_models, daemon=True).start()
input()
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    try:
        service.wait_for_requests(1)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(8)  # the answer would be waited for 30 seconds
    finally:
        process.kill()


def test_headers_without_end_take_no_time(hub: HubClient, service: Service) -> None:
    began = time.monotonic()
    service.faults.append(Fault(headers={"Link": "<" * 60_000, "X-HF-Warning": "stale; " + "-eyJ" * 15_000}))
    assert len(hub.list_models()) == 1
    service.faults.append(Fault(status=307, headers={"Location": "x:" + "-eyJ" * 15_000}))
    with pytest.raises(BadResponse, match="an address without end"):
        hub.list_models()
    assert time.monotonic() - began < 3


def test_a_forked_process_has_connections_of_its_own(service: Service) -> None:
    """In a process of its own, since this one has threads."""
    service.models = [hub_model("a/parent", mapping("groq")), hub_model("a/child", mapping("groq"))]
    code = f"""
import os, hfprov_widgets as hfp
from hfprov_widgets.data.pace import Pace
hub = hfp.HubClient({service.url!r}, token=False, cache=False, timeout=3, pace=Pace(retries=0))
hub.list_models(search="parent")
child = os.fork()
name = "parent" if child else "child"
for _ in range(50):
    [model] = hub.list_models(search=name)
    assert model.id == "a/" + name, (name, model.id)
if child:
    assert os.waitpid(child, 0)[1] == 0
else:
    os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
