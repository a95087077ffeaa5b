"""What a client knows of the quota, and what it makes of it: no request that must fail, no crowding out."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import hfprov_widgets as hfp
from hfprov_widgets.data import load
from hfprov_widgets.data.errors import RateLimited
from hfprov_widgets.data.hub import HubClient
from hfprov_widgets.data.limits import RateLimit
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.router import RouterClient
from tests.clock import Clock
from tests.service import Fault, Service, hub_model, limited, mapping, offer, router_model


def left(requests: int, reset: int = 200) -> Fault:
    """A good answer that says so much is left."""
    return Fault(headers={"RateLimit": f'"api";r={requests};t={reset}'})


def test_what_is_left_is_known_from_the_headers(hub: HubClient, service: Service, clock: Clock) -> None:
    assert hub.rate_limit is None
    hub.list_models()
    assert hub.rate_limit == RateLimit(left=499, quota=500, resets_at="2026-10-10T08:04:55Z")
    clock.passed += 296
    assert hub.rate_limit is None, "that window is over, and of the new one nothing is known"


def test_a_service_that_says_nothing_is_not_limited(hub: HubClient, service: Service) -> None:
    service.faults.append(Fault(headers={"RateLimit": None, "RateLimit-Policy": None}))
    hub.list_models()
    assert hub.rate_limit is None


def test_clients_of_one_service_know_it_together(service: Service) -> None:
    service.models = [hub_model("a/b", mapping("groq"))]
    HubClient(service.url, cache=False).list_models()
    other = HubClient(service.url, cache=False)
    other.list_models()
    assert other.rate_limit is not None
    assert other.rate_limit.left == 498
    service.token = "another-caller"
    known = HubClient(service.url, token="another-caller", cache=False)
    assert known.rate_limit is None, "an account has a quota of its own"
    third = HubClient(service.url, token=False, cache=False)
    assert third.rate_limit == other.rate_limit, "known before it has asked itself"


def test_a_used_up_quota_is_not_knocked_at(hub: HubClient, service: Service, clock: Clock) -> None:
    service.faults.append(left(0))
    hub.list_models()
    with pytest.raises(RateLimited, match=r"used up; it was not asked.*08:03:20Z \(in 200 s\)") as caught:
        hub.list_models()
    assert (len(service.seen), caught.value.resets_at) == (1, "2026-10-10T08:03:20Z")
    clock.passed += 201
    assert len(hub.list_models()) == 1


def test_another_services_quota_is_not_ours(hub: HubClient, service: Service) -> None:
    with Service() as other:
        other.models = service.models
        other.faults.append(left(0, 300))
        service.faults.append(Fault(status=307, headers={"Location": f"{other.url}/api/models", "RateLimit": None}))
        hub.list_models()
        assert hub.rate_limit is None


def test_a_connection_that_breaks_costs_no_quota(hub: HubClient, service: Service) -> None:
    service.faults.extend([left(2), Fault(reset=True), Fault(reset=True), Fault(reset=True)])
    hub.list_models()
    assert len(hub.list_models()) == 1


def test_of_two_windows_the_tighter_one_counts(hub: HubClient, service: Service, clock: Clock) -> None:
    service.faults.append(Fault(headers={"RateLimit": '"api";r=0;t=2, "all";t=200;r=0'}))
    hub.list_models()
    with pytest.raises(RateLimited, match=r"in 200 s"):
        hub.list_models()


def test_no_window_is_believed_to_last_for_hours(hub: HubClient, service: Service, clock: Clock) -> None:
    service.faults.append(left(0, 99_999))
    hub.list_models()
    clock.passed += 601
    assert len(hub.list_models()) == 1


def test_the_end_of_a_window_is_waited_for_when_it_is_near(hub: HubClient, service: Service, clock: Clock) -> None:
    service.faults.append(left(0, reset=5))
    hub.list_models()
    assert len(hub.list_models()) == 1
    assert clock.slept == [5.0]


@pytest.mark.parametrize(
    ("requests", "slept"),
    [
        (400, []),  # more than half is left: at once
        (150, [2.0]),  # 200 s for the 100 above the reserve
        (60, [20.0]),
    ],
)
def test_background_work_is_spread(service: Service, clock: Clock, requests: int, slept: list[float]) -> None:
    service.models = [hub_model("a/b", mapping("groq"))]
    client = HubClient(service.url, cache=False, pace=clock.pace(background=True))
    service.faults.append(left(requests))
    client.list_models()
    client.list_models()
    assert clock.slept == slept


def test_background_work_leaves_the_last_tenth_to_others(service: Service, clock: Clock) -> None:
    service.models = [hub_model("a/b", mapping("groq"))]
    service.faults.append(left(50))
    background = HubClient(service.url, cache=False, pace=clock.pace(background=True))
    background.list_models()
    with pytest.raises(RateLimited, match=r"what is left is for those who wait.*08:03:20Z \(in 200 s\)"):
        background.list_models()
    assert len(service.seen) == 1


def test_background_work_starts_at_a_random_moment_of_the_first_second(service: Service, clock: Clock) -> None:
    service.models = [hub_model("a/b", mapping("groq"))]
    from dataclasses import replace

    pace = replace(clock.pace(background=True), chance=lambda: 0.75)
    HubClient(service.url, cache=False, pace=pace).list_models()
    assert clock.slept == [0.75]


def test_a_stale_copy_is_shown_at_once_when_the_window_is_long(service: Service, clock: Clock, tmp_path: Any) -> None:
    service.router = [router_model("a/b", offer("groq"))]
    client = RouterClient(service.router_url, cache=tmp_path / "replies.sqlite", pace=clock.pace())
    client.list_models()
    clock.passed += 3600
    service.faults.append(limited(0, 120))
    models = client.list_models()
    assert clock.slept == []
    assert "The next window begins at 2026-10-10T09:02:00Z (in 120 s)" in models.warnings[0]
    client.close()


def test_a_widget_asks_in_the_background_until_somebody_clicks(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    paces: list[Pace] = []
    done = threading.Event()

    def list_models(self: RouterClient) -> Any:
        paces.append(self._transport._pace)
        raise RateLimited("Too many requests. The next window begins at 2026-10-10T08:04:00Z (in 212 s).")

    monkeypatch.setattr(RouterClient, "list_models", list_models)
    table = hfp.ProviderTable()
    table.observe(lambda _: done.set(), "_freshness")
    assert table._freshness["phase"] == "failed" or done.wait(10)
    assert [pace.background for pace in paces] == [True]
    done.clear()
    table._refresh += 1
    assert table._freshness["phase"] == "failed" or done.wait(10)
    for thread in threading.enumerate():
        if thread.name == "hfprov-refresh":
            thread.join(10)
    assert [pace.background for pace in paces] == [True, False]
    assert "The next window begins at" in table._freshness["message"]
    assert table.catalog.source == "sample"
    assert load.at_hand("chat").source == "sample"
