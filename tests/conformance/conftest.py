"""One service for clients that nobody here wrote, and what our own clients find there, to compare with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from hfprov_widgets import HubClient, RouterClient
from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.records import Model, Route
from hfprov_widgets.serve import create_app
from tests.running import running

# provider -> (status, task, the provider's own id)
Mapping: TypeAlias = "dict[str, tuple[str | None, str | None, str | None]]"


def _model(name: str, *routes: tuple[str, str, str, str | None], **facts: object) -> Model:
    made = (
        Route(name, provider, status=status, task=task, provider_id=own_id, price_output=0.4)
        for provider, status, task, own_id in routes
    )
    return Model(name, routes=tuple(made), **facts)  # type: ignore[arg-type]


CATALOG = Catalog.from_models(
    [
        _model(
            "google/gemma",
            ("novita", "live", "conversational", "gemma-n"),
            ("groq", "error", "conversational", None),  # as in the bundled sample: the provider's id is not known
            pipeline_tag="image-text-to-text",
            gated="manual",
            likes=5,
            downloads=70,
            created="2025-06-01T12:00:00Z",
            owned_by="google",
        ),
        _model("meta/llama", ("together", "live", "conversational", "l"), gated="auto", likes=3),
        _model(
            "bfl/flux", ("fal-ai", "staging", "text-to-image", "fal/flux"), pipeline_tag="text-to-image", gated=False
        ),
        _model("qwen/embed", ("a-new-one", "live", "a-new-task", "q"), likes=9),
        _model("nobody/serves-this", likes=20),
    ],
    source="a lesson",
    retrieved_at="2026-10-10",
)
RENAMED = {"gpt2": "google/gemma"}


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    """The service's address. Its pages hold two models, so that every list needs several."""
    with running(create_app(CATALOG, renamed=RENAMED, page=2)) as address:
        yield address


@pytest.fixture
def hub(base: str) -> HubClient:
    return HubClient(base, token=False, cache=False)


@pytest.fixture
def router(base: str) -> RouterClient:
    return RouterClient(f"{base}/v1", cache=False)


@pytest.fixture
def hub_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The official client looks for nothing in the user's folders, and reports nothing."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HOME", str(tmp_path))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", True)


def mapping_of(model: Model) -> Mapping:
    """What our records say of the providers of a model."""
    return {route.provider: (route.status, route.task, route.provider_id) for route in model.routes}
