"""Where a catalogue comes from: live, the last good copy, the sample, a file; and what is said when one fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from hfprov_widgets import HubClient, RouterClient, ServiceUnavailable, load_catalog
from hfprov_widgets.data import hub as hub_module
from hfprov_widgets.data import router as router_module
from hfprov_widgets.data.pace import Pace
from tests.clock import START, Clock
from tests.service import Service, hub_model, mapping, offer, router_model

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens there
ONCE = Pace(retries=0)


@pytest.fixture
def live(service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    """A service with one model that both sides know and one that only the Hub knows."""
    monkeypatch.setenv("HF_ENDPOINT", service.url)
    monkeypatch.setenv("HFPROV_ROUTER_URL", f"{service.url}/v1")
    priced = offer("novita", pricing={"input": 1, "output": 2}, context_length=1000)
    service.router = [router_model("org/chat", priced)]
    service.models = [
        hub_model("org/chat", mapping("novita"), likes=7),
        hub_model("org/image", mapping("fal-ai", "text-to-image")),
    ]
    return service


def test_live_is_the_routers_list_with_what_the_hub_knows_of_it(live: Service) -> None:
    catalog = load_catalog("live")
    assert [model.id for model in catalog.records] == ["org/chat"]
    route = catalog.route("org/chat:novita")
    assert (route.price_output, route.provider_id, route.task) == (2, "novita/id", "conversational")
    assert catalog.model("org/chat").likes == 7
    assert catalog.source == "router"
    assert catalog.retrieved_at is not None
    assert catalog.retrieved_at.endswith("Z")


def test_scope_all_has_every_model_that_a_provider_serves(live: Service) -> None:
    catalog = load_catalog("live", scope="all")
    assert [model.id for model in catalog.records] == ["org/chat", "org/image"]


def test_when_the_hub_fails_the_routers_list_stands_and_a_warning_says_what_is_missing(live: Service) -> None:
    dead = HubClient(endpoint=NOBODY, cache=False, pace=ONCE)
    catalog = load_catalog("live", hub=dead, router=RouterClient(cache=False))
    assert catalog.route("org/chat:novita").price_output == 2
    assert any("likes, downloads and trending are missing" in line for line in catalog.warnings)


def test_auto_falls_back_to_the_last_good_copy_and_then_to_the_sample(
    live: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_catalog("auto").source == "router"
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    asked = len(live.seen)
    kept = load_catalog("auto")
    assert kept.route("org/chat:novita").price_output == 2
    assert len(live.seen) == asked, "offline means that nothing is asked"
    monkeypatch.setenv("HFPROV_ROUTER_URL", f"{NOBODY}/v1")
    assert load_catalog("auto").source == "sample", "the copy of one service is not another's"


def test_auto_says_why_it_is_not_live() -> None:
    dead = RouterClient(base_url=f"{NOBODY}/v1", cache=False, pace=ONCE)
    catalog = load_catalog("auto", router=dead)
    assert catalog.source == "sample"
    assert "the live services could not be read" in catalog.warnings[-1]
    with pytest.raises(ServiceUnavailable):
        load_catalog("live", router=dead)


def test_a_damaged_last_good_copy_is_no_obstacle(
    live: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    load_catalog("live")
    (copy,) = (tmp_path / "cache" / "hfprov_widgets").glob("last-good-*.json.gz")
    copy.write_bytes(copy.read_bytes()[:40])
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    catalog = load_catalog("auto")
    assert catalog.source == "sample"
    assert "the last good copy could not be read" in catalog.warnings[-1]


def test_a_wrong_source_or_scope_is_named() -> None:
    with pytest.raises(ValueError, match="'auto', 'live', 'sample', 'documented', 'tasks' or the path"):
        load_catalog("sampel")
    with pytest.raises(ValueError, match="'chat', 'all'"):
        load_catalog("sample", scope="everything")


def test_a_kept_reply_is_as_old_as_it_is(live: Service, clock: Clock, tmp_path: Path) -> None:
    def load() -> str | None:
        router = RouterClient(cache=tmp_path / "replies.sqlite", pace=clock.pace())
        return load_catalog("live", router=router, hub=HubClient(cache=False)).retrieved_at

    first = load()
    assert first == START.strftime("%Y-%m-%dT%H:%M:%SZ")
    clock.passed += 100
    assert load() == first


def test_the_last_good_copy_is_found_where_no_variable_names_the_router(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.router = [router_model("org/chat", offer("novita"))]
    monkeypatch.setattr(router_module, "ROUTER", service.router_url)
    monkeypatch.setattr(hub_module, "HUB", service.url)
    assert load_catalog("live").source == "router"
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert load_catalog("auto").source == "router"


def test_the_listing_is_read_without_a_token_that_lies_about(live: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_not_needed")
    load_catalog("live")
    assert live.seen
    assert not [seen for seen in live.seen if "authorization" in {name.lower() for name in seen.headers}]


def test_what_a_token_may_see_is_no_last_good_copy(live: Service, tmp_path: Path) -> None:
    live.token = "a-token-of-its-own"
    load_catalog("live", hub=HubClient(token="a-token-of-its-own", cache=False), router=RouterClient(cache=False))
    assert not list((tmp_path / "cache").rglob("last-good-*"))


def test_a_last_good_copy_is_whole_and_new(live: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_catalog("live")
    (copy,) = (tmp_path / "cache").rglob("last-good-*")
    good = copy.read_bytes()
    live.router[0]["providers"][0]["context_length"] = 2000
    dead = HubClient(endpoint=NOBODY, cache=False, pace=ONCE)
    assert (
        load_catalog("live", hub=dead, router=RouterClient(cache=False)).route("org/chat:novita").context_length == 2000
    )
    assert copy.read_bytes() == good, "likes and trending are not lost because the Hub was away for once"


def test_a_scope_has_a_last_good_copy_of_its_own(live: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    load_catalog("live", scope="all")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert load_catalog("auto", scope="all").source == "router"
    assert load_catalog("auto", scope="chat").source == "sample"
