"""What all tests share: none sees the user's environment, token or cache, and none leaves anything there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hfprov_widgets.data import token
from hfprov_widgets.data.hub import HubClient
from hfprov_widgets.data.router import RouterClient
from tests.clock import Clock
from tests.service import Service, hub_model, mapping, offer, router_model


@pytest.fixture(autouse=True)
def own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("HF_", "HFPROV_", "HUGGING_FACE_", "TRANSFORMERS_OFFLINE")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    # It reads the environment when it is imported, so in this process it would look into the user's own folder.
    monkeypatch.setattr(token, "_hub_get_token", lambda: None)


@pytest.fixture
def service() -> Iterator[Service]:
    """A service on this machine that answers as the Hub and the router do."""
    with Service() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hub(service: Service, clock: Clock) -> Iterator[HubClient]:
    """A client of that service, which holds the model a/b; its waits take no time."""
    service.models = [hub_model("a/b", mapping("groq"))]
    client = HubClient(service.url, cache=False, timeout=5, pace=clock.pace())
    yield client
    client.close()


@pytest.fixture
def cached(service: Service, clock: Clock, tmp_path: Path) -> Iterator[RouterClient]:
    """A client of the router with one model, whose cache is the file ``replies.sqlite``."""
    service.router = [router_model("a/b", offer("groq"))]
    client = RouterClient(service.router_url, cache=tmp_path / "replies.sqlite", pace=clock.pace())
    yield client
    client.close()
