"""``huggingface_hub`` against the local service: the same models, mappings and errors as our client."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from huggingface_hub import HfApi, set_client_factory
from huggingface_hub.errors import BadRequestError, RepositoryNotFoundError, RevisionNotFoundError
from huggingface_hub.utils._http import default_client_factory

from hfprov_widgets import HubClient, load_catalog
from hfprov_widgets.data.errors import ModelNotFound
from hfprov_widgets.data.records import Model
from hfprov_widgets.serve import create_app
from tests.conformance.conftest import CATALOG, Mapping, mapping_of
from tests.running import running
from tests.service import Service, hub_model, mapping

pytestmark = pytest.mark.usefixtures("hub_home")
EXPAND: list[Any] = [
    "inferenceProviderMapping",
    "inference",
    "gated",
    "likes",
    "downloads",
    "pipeline_tag",
    "createdAt",
]


@pytest.fixture
def api(base: str) -> HfApi:
    return HfApi(endpoint=base, token=False)


@pytest.fixture
def encrypted(base: str) -> Iterator[HfApi]:
    """The same service as a client sees it that reaches it by https, as the real one."""

    class Tunnel(httpx2.HTTPTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            inner = httpx2.URL(base).copy_with(raw_path=request.url.raw_path)
            return super().handle_request(httpx2.Request(request.method, inner, headers=request.headers))

    set_client_factory(lambda: httpx2.Client(transport=Tunnel(), follow_redirects=True))
    yield HfApi(endpoint="https://hub.example", token=False)
    set_client_factory(default_client_factory)


def theirs(info: Any) -> Mapping:
    return {
        entry.provider: (entry.status, entry.task, entry.provider_id) for entry in info.inference_provider_mapping or ()
    }


@pytest.mark.filterwarnings("ignore:provider 'nobody'")
@pytest.mark.parametrize(
    "question",
    [
        {"inference_provider": "all"},
        {"inference_provider": "groq"},
        {"inference_provider": ["fal-ai", "together"]},
        {"inference_provider": "all", "pipeline_tag": "text-to-image"},
        {"inference_provider": "all", "search": "LLA"},
        {"inference_provider": "all", "author": "qwen"},
        {"inference_provider": "all", "filter": "conversational"},
        {"inference_provider": "all", "sort": "likes"},
        {"inference_provider": None, "sort": "likes", "limit": 3},
        {"inference_provider": None},
        {"inference_provider": "nobody"},
    ],
)
def test_both_find_the_same_models_and_providers(api: HfApi, hub: HubClient, question: dict[str, Any]) -> None:
    infos = list(api.list_models(expand=EXPAND, **question))
    models = hub.list_models(**{"limit": None, **question})
    assert [info.id for info in infos] == [model.id for model in models]
    assert [theirs(info) for info in infos] == [mapping_of(model) for model in models]
    assert [facts(info) for info in infos] == [
        (model.inference, model.gated, model.likes, model.downloads, model.pipeline_tag) for model in models
    ]


def facts(info: Any) -> tuple[Any, ...]:
    return (info.inference, info.gated, info.likes, info.downloads, info.pipeline_tag)


def test_pages_are_followed_to_the_end(api: HfApi) -> None:
    assert [info.id for info in api.list_models()] == [model.id for model in CATALOG.records]


def test_filters_that_only_they_have(api: HfApi) -> None:
    assert [info.id for info in api.list_models(gated=True)] == ["google/gemma", "meta/llama"]
    assert [info.id for info in api.list_models(gated=False)] == ["bfl/flux"]
    warm = [info.id for info in api.list_models(inference="warm")]
    assert warm == ["google/gemma", "meta/llama", "qwen/embed"]
    with pytest.raises(BadRequestError, match="num_parameters"):
        list(api.list_models(num_parameters="min:6B"))


@pytest.mark.parametrize("model", CATALOG.records, ids=lambda model: model.id)
def test_both_know_the_same_of_one_model(api: HfApi, hub: HubClient, model: Model) -> None:
    info = api.model_info(model.id, expand=["inferenceProviderMapping", "inference", "gated"])
    routes = hub.model_providers(model.id)
    assert theirs(info) == mapping_of(Model(model.id, routes=tuple(routes.values())))
    assert (info.inference, info.gated) == (hub.model_status(model.id), model.gated)


def test_one_model_unasked(api: HfApi) -> None:
    info: Any = api.model_info("google/gemma")
    assert (info.author, info.likes, info.tags, info.private) == ("google", 5, ["conversational"], False)
    assert info.created_at.isoformat() == "2025-06-01T12:00:00+00:00"
    assert api.model_info("google/gemma", revision="main").id == "google/gemma"


@pytest.mark.parametrize("name", ["gpt2", "Google/Gemma"])
def test_both_follow_to_the_models_own_name(api: HfApi, hub: HubClient, name: str) -> None:
    info = api.model_info(name, expand=["inferenceProviderMapping"])
    assert (info.id, list(theirs(info))) == ("google/gemma", list(hub.model_providers(name)))


def test_both_say_that_a_model_is_missing(encrypted: HfApi, hub: HubClient) -> None:
    with pytest.raises(RepositoryNotFoundError) as theirs:
        encrypted.model_info("google/gema")
    with pytest.raises(ModelNotFound) as ours:
        hub.model_status("google/gema")
    assert theirs.value.response.status_code == ours.value.status == 401
    assert theirs.value.request_id
    assert ours.value.request_id
    assert not encrypted.repo_exists("a/b")
    assert encrypted.repo_exists("google/gemma")


def test_both_say_so_too_with_a_token(base: str) -> None:
    with pytest.raises(RepositoryNotFoundError) as theirs:
        HfApi(endpoint=base, token="hf_any").model_info("google/gema")
    with pytest.raises(ModelNotFound) as ours:
        HubClient(base, token="hf_any", cache=False).model_status("google/gema")
    assert theirs.value.response.status_code == ours.value.status == 404


def test_both_say_so_in_a_room_without_encryption(api: HfApi, hub: HubClient) -> None:
    """Without the code it knows the Hub's 401 for "not found" at https addresses only."""
    with pytest.raises(RepositoryNotFoundError) as theirs:
        api.model_info("google/gema")
    with pytest.raises(ModelNotFound) as ours:
        hub.model_status("google/gema")
    assert theirs.value.response.status_code == ours.value.status == 401


def test_their_other_errors(api: HfApi) -> None:
    with pytest.raises(RevisionNotFoundError):
        api.model_info("google/gemma", revision="refs/pr/1")
    with pytest.raises(BadRequestError, match="expand: nonsense is none of author"):
        api.model_info("google/gemma", expand=["nonsense"])  # type: ignore[list-item]


def test_the_bundled_sample_is_readable() -> None:
    """It knows no provider's own ids; the official client reads one of every entry."""
    sample = load_catalog("sample")
    with running(create_app(sample)) as base:
        infos = list(HfApi(endpoint=base, token=False).list_models(expand=["inferenceProviderMapping"]))
    assert [theirs(info) for info in infos] == [mapping_of(model) for model in sample.records]


def test_with_the_printed_lines_no_token_is_sent(service: Service) -> None:
    """The third line keeps a token that lies about from going out over plain http, of their client and of ours."""
    service.models = [hub_model("a/b", mapping("groq"))]
    code = """
import hfprov_widgets, huggingface_hub
print([info.id for info in huggingface_hub.HfApi().list_models()])
print([model.id for model in hfprov_widgets.HubClient(cache=False).list_models()])
"""
    lines = {
        "HF_ENDPOINT": service.url,
        "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
        "HF_TOKEN": "hf_not_for_here",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HOME": os.environ["XDG_CACHE_HOME"],
    }
    process = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **lines}, capture_output=True, text=True, check=True
    )
    assert process.stdout.splitlines() == ["['a/b']", "['a/b']"]
    assert len(service.seen) == 2
    assert not [seen for seen in service.seen if "authorization" in seen.headers]
