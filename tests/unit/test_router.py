"""What RouterClient sends, and what the caller gets, on a service that answers as the router does."""

from __future__ import annotations

import pytest

from hfprov_widgets.data.errors import BadResponse, ModelNotFound
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.router import RouterClient
from tests.service import Fault, Service, offer, router_model


@pytest.fixture
def router(service: Service) -> RouterClient:
    service.router = [
        router_model(
            "deepseek-ai/DeepSeek-V4-Pro",
            offer("together", pricing={"input": 1.25, "output": 3}, throughput=40.5),
            offer("cohere"),
        ),
        router_model("google/gemma", offer("novita", context_length="long")),
    ]
    return RouterClient(service.router_url, cache=False, pace=Pace(retries=0))


def test_list_models(router: RouterClient, service: Service) -> None:
    models = router.list_models()
    assert [(model.id, model.n_routes) for model in models] == [
        ("deepseek-ai/DeepSeek-V4-Pro", 2),
        ("google/gemma", 1),
    ]
    priced, sparse = models[0].routes
    assert (priced.price_input, priced.price_output, priced.throughput, priced.task) == (
        1.25,
        3.0,
        40.5,
        "conversational",
    )
    assert (sparse.price_output, sparse.supports_tools, sparse.metrics_retrieved_at) == (None, None, None)
    assert priced.retrieved_at == priced.metrics_retrieved_at
    assert models.warnings == (
        "model google/gemma, provider novita: context_length is 'long', not a whole number from 0: unknown",
    )
    assert [seen.target for seen in service.seen] == ["/v1/models"]


@pytest.mark.parametrize("envelope", [False, True])
@pytest.mark.parametrize("suffix", ["", ":together", ":cheapest", "#conversational", ":together#conversational"])
def test_get_model(router: RouterClient, service: Service, envelope: bool, suffix: str) -> None:
    service.router_envelope = envelope
    model = router.get_model(f"deepseek-ai/DeepSeek-V4-Pro{suffix}")
    assert (model.id, model.n_routes) == ("deepseek-ai/DeepSeek-V4-Pro", 2)
    assert service.seen[0].target == "/v1/models/deepseek-ai/DeepSeek-V4-Pro"


def test_a_model_that_is_not_there(router: RouterClient, service: Service) -> None:
    with pytest.raises(ModelNotFound, match="There is no model a/b") as caught:
        router.get_model("a/b:together")
    assert (caught.value.status, caught.value.url) == (404, f"{service.router_url}/models/a/b")
    service.faults.append(Fault(status=200, body=b'{"data": null}'))
    with pytest.raises(ModelNotFound):
        router.get_model("a/b")
    service.faults.append(Fault(status=200, body=b'{"ok": true}'))
    with pytest.raises(BadResponse, match="no model with an id"):
        router.get_model("a/b")


@pytest.mark.parametrize("name", [":together", "", "a/../b", "a/b/c"])
def test_what_is_no_model_id_is_not_sent(router: RouterClient, service: Service, name: str) -> None:
    with pytest.raises(ValueError, match="org/name"):
        router.get_model(name)
    with pytest.raises(TypeError, match="org/name"):
        router.get_model(None)  # type: ignore[arg-type]
    assert service.seen == []


def test_only_a_given_token_is_sent(router: RouterClient, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "found-one")
    router.list_models()
    RouterClient(service.router_url, token="given-one").list_models()
    assert [seen.headers.get("authorization") for seen in service.seen] == [None, "Bearer given-one"]


def test_doubtful_fields_of_one_model_warn(router: RouterClient) -> None:
    with pytest.warns(UserWarning, match="provider novita: context_length"):
        router.get_model("google/gemma")


def test_where_the_address_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    assert RouterClient().base_url == "https://router.huggingface.co/v1"
    monkeypatch.setenv("HFPROV_ROUTER_URL", "http://127.0.0.1:8000/v1/")
    assert repr(RouterClient(token="a-secret")) == "RouterClient('http://127.0.0.1:8000/v1')"
    with pytest.raises(ValueError, match="base_url must look like"):
        RouterClient("router.huggingface.co")
