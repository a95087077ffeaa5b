"""What HubClient sends, and what the caller gets, on a service that answers as the Hub does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hfprov_widgets.data.errors import AuthenticationError, BadResponse, HubError, ModelNotFound
from hfprov_widgets.data.hub import EXPAND, HubClient, Progress
from hfprov_widgets.data.pace import Pace
from tests.service import Fault, Service, hub_model, mapping


@pytest.fixture
def hub(service: Service) -> HubClient:
    service.models = [
        hub_model("meta-llama/Llama-70B", mapping("sambanova"), mapping("novita", status="error"), likes=9),
        hub_model("google/gemma", mapping("novita"), gated="manual", likes=5, createdAt="bad"),
        hub_model("black-forest/flux", mapping("fal-ai", "text-to-image"), pipeline_tag="text-to-image", tags=[]),
        hub_model("nobody/serves-this", likes=20),
    ]
    return HubClient(service.url, cache=False, pace=Pace(retries=0))


def ids(models: Any) -> list[str]:
    return [model.id for model in models]


@pytest.mark.parametrize(
    ("call", "query", "found"),
    [
        ({"inference_provider": "fal-ai"}, {"inference_provider": ["fal-ai"]}, ["flux"]),
        (
            {"inference_provider": ["sambanova", "novita"]},
            {"inference_provider": ["sambanova,novita"]},
            ["Llama-70B", "gemma"],
        ),
        ({"inference_provider": iter(("fal-ai",))}, {"inference_provider": ["fal-ai"]}, ["flux"]),
        ({}, {"inference_provider": ["all"]}, ["Llama-70B", "gemma", "flux"]),
        ({"inference_provider": None}, {}, ["Llama-70B", "gemma", "flux", "serves-this"]),
        ({"pipeline_tag": "text-to-image"}, {"pipeline_tag": ["text-to-image"]}, ["flux"]),
        ({"search": "LLAMA"}, {"search": ["LLAMA"]}, ["Llama-70B"]),
        ({"author": "google"}, {"author": ["google"]}, ["gemma"]),
        (
            {"filter": ["conversational", "nl"]},
            {"filter": ["conversational", "nl"]},
            [],
        ),
        (
            {"inference_provider": None, "sort": "likes", "limit": 2},
            {"sort": ["likes"], "limit": ["2"]},
            ["serves-this", "Llama-70B"],
        ),
    ],
)
def test_filters_go_over_the_wire(
    hub: HubClient, service: Service, call: dict[str, Any], query: dict[str, list[str]], found: list[str]
) -> None:
    models = hub.list_models(**call)
    assert [name.split("/")[1] for name in ids(models)] == found
    [seen] = service.seen
    assert seen.path == "/api/models"
    always = {"limit": ["1000"], "expand[]": list(EXPAND)}
    assert seen.query == {
        **always,
        **({} if "inference_provider" in call else {"inference_provider": ["all"]}),
        **query,
    }


def test_a_status_is_shown_and_never_filtered_by(hub: HubClient) -> None:
    [llama, _] = hub.list_models("novita")
    assert {route.provider: route.status for route in llama.routes} == {
        "sambanova": "live",
        "novita": "error",
    }


def test_warnings_of_the_rows_reach_the_caller(hub: HubClient) -> None:
    models = hub.list_models("novita")
    assert models.warnings == ("model google/gemma: createdAt is 'bad', not a time in ISO 8601: unknown",)
    assert (models[1].gated, models[1].created) == ("manual", None)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        ({"limit": 0}, ValueError, "1 to 1,000,000"),
        ({"limit": -1}, ValueError, "1 to 1,000,000"),
        ({"limit": 1_000_001}, ValueError, "1 to 1,000,000"),
        ({"limit": "5"}, TypeError, "1 to 1,000,000"),
        ({"limit": True}, TypeError, "1 to 1,000,000"),
        ({"sort": "popularity"}, ValueError, "trendingScore"),
        ({"inference_provider": []}, ValueError, "inference_provider"),
        ({"inference_provider": ["x", None]}, ValueError, "inference_provider"),
        ({"inference_provider": 7}, TypeError, "inference_provider"),
        ({"inference_provider": b"x"}, TypeError, "inference_provider"),
        ({"pipeline_tag": ["a"]}, TypeError, "pipeline_tag"),
        ({"search": " "}, ValueError, "search"),
        ({"filter": {"a": 1}}, TypeError, "filter"),
    ],
)
def test_wrong_arguments_raise_before_anything_is_sent(
    hub: HubClient, service: Service, call: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        hub.list_models(**call)
    with pytest.raises(error, match=message):
        hub.iter_models(**call)  # at once, not at the first model
    assert service.seen == []


# --- pages ---


def test_pages_with_nothing_in_them_end(hub: HubClient, service: Service) -> None:
    pages = [
        Fault(status=200, body=b"[]", headers={"Link": f'<{service.url}/api/models?cursor={n}>; rel="next"'})
        for n in range(99)
    ]
    service.faults.extend(pages)
    with pytest.raises(BadResponse, match="page after page has nothing in it"):
        hub.list_models(limit=5)
    assert len(service.seen) < 10


@pytest.fixture
def many(hub: HubClient, service: Service) -> HubClient:
    service.models = [hub_model(f"org/m{n:04}", mapping("groq")) for n in range(2500)]
    return hub


def test_all_pages_are_read_and_links_followed_verbatim(many: HubClient, service: Service) -> None:
    models = many.list_models("all", limit=None)
    assert ids(models) == [model["id"] for model in service.models]
    assert [seen.target for seen in service.seen[1:]] == service.links
    assert "%2B%2F%25%3D%3D" in service.links[0]


@pytest.mark.parametrize(("limit", "pages", "size"), [(1, 1, 1), (1000, 1, 1000), (1500, 2, 1000), (2000, 2, 1000)])
def test_limit_is_a_total(many: HubClient, service: Service, limit: int, pages: int, size: int) -> None:
    assert len(many.list_models("groq", limit=limit)) == limit
    assert (len(service.seen), service.seen[0].query["limit"]) == (pages, [str(size)])


def test_a_service_with_smaller_pages(many: HubClient, service: Service) -> None:
    service.page = 400
    assert len(many.list_models("groq", limit=1000)) == 1000
    assert len(service.seen) == 3


def test_iter_models_reads_a_page_when_it_is_needed(many: HubClient, service: Service) -> None:
    told: list[Progress] = []
    models = many.iter_models("groq", progress=told.append)
    assert service.seen == []
    first = [next(models).id for _ in range(1000)]
    assert (first[-1], len(service.seen)) == ("org/m0999", 1)
    next(models)
    assert len(service.seen) == 2
    models.close()  # type: ignore[attr-defined]
    assert told == [Progress(1000, 1, ()), Progress(2000, 2, ())]


def test_warnings_of_iter_models_are_logged(hub: HubClient, caplog: pytest.LogCaptureFixture) -> None:
    assert ids(hub.iter_models("novita", limit=2)) == ["meta-llama/Llama-70B", "google/gemma"]
    assert "createdAt is 'bad'" in caplog.text


def test_a_next_page_elsewhere_is_not_asked(many: HubClient, service: Service) -> None:
    """Neither another host nor another port, with or without a token."""
    with Service() as other:
        service.faults.append(Fault(headers={"Link": f'<{other.url}/api/models?cursor=x>; rel="next"'}))
        with pytest.raises(BadResponse, match="not complete") as caught:
            many.list_models(limit=None)
        assert other.seen == []
        assert caught.value.url == f"{other.url}/api/models?cursor=x"


def test_pages_in_a_circle_end(many: HubClient, service: Service) -> None:
    link = f'<{service.url}/api/models?cursor=x>; rel="next"'
    same = Fault(status=200, headers={"Link": link}, body=b'[{"id": "a/b"}]')
    service.faults.extend([same, same, same])
    with pytest.raises(BadResponse, match="circle"):
        many.list_models(limit=None)
    assert len(service.seen) == 2


def test_a_model_on_two_pages_is_given_once(hub: HubClient, service: Service) -> None:
    service.page = 1
    service.models = [hub_model("a/b", mapping("groq")), hub_model("a/b", mapping("groq"), likes=7)]
    models = hub.list_models()
    assert (ids(models), models[0].likes) == (["a/b"], 3)
    assert "a/b is listed more than once" in models.warnings[0]


def test_skipped_rows_cost_no_page_more(many: HubClient, service: Service) -> None:
    service.models[3] = {**service.models[3], "id": None}
    models = many.list_models(limit=1000)
    assert (len(models), len(service.seen)) == (999, 1)
    assert models.warnings == ("entry 4 of the reply has no id: skipped",)


# --- one model ---


def test_model_status(hub: HubClient, service: Service) -> None:
    assert hub.model_status("google/gemma") == "warm"
    assert hub.model_status("nobody/serves-this") is None
    assert service.seen[0].target == "/api/models/google/gemma?expand%5B%5D=inference"


def test_model_providers(hub: HubClient, service: Service) -> None:
    routes = hub.model_providers("meta-llama/Llama-70B")
    assert {name: (route.status, route.task, route.provider_id) for name, route in routes.items()} == {
        "sambanova": ("live", "conversational", "sambanova/id"),
        "novita": ("error", "conversational", "novita/id"),
    }
    assert service.seen[0].query == {"expand[]": ["inferenceProviderMapping"]}
    assert hub.model_providers("nobody/serves-this") == {}


def test_several_tasks_of_a_provider_stay_reachable(hub: HubClient, service: Service) -> None:
    model = hub_model("a/b", mapping("x", "one"), mapping("x", "two"))  # only an array can hold both
    service.faults.append(Fault(status=200, body=json.dumps(model).encode()))
    routes = hub.model_providers("a/b")
    assert {key: route.id for key, route in routes.items()} == {"x": "a/b:x#one", "x#two": "a/b:x#two"}


def test_a_renamed_model_is_followed(hub: HubClient, service: Service) -> None:
    service.renamed = {"gpt2": "google/gemma"}
    [route] = hub.model_providers("gpt2").values()
    assert route.id == "google/gemma:novita"
    assert service.seen[1].target == "/api/models/google/gemma?expand%5B%5D=inferenceProviderMapping"


def test_missing_without_a_token(hub: HubClient) -> None:
    """The Hub says 401 then, of missing and of private models alike."""
    with pytest.raises(ModelNotFound, match="There is no model a/b") as caught:
        hub.model_status("a/b")
    assert (caught.value.status, caught.value.request_id) == (401, "Root=1-1")
    assert "private" in caught.value.hint


def test_missing_with_a_token(hub: HubClient, service: Service) -> None:
    service.token = "right"
    with pytest.raises(ModelNotFound) as caught:
        HubClient(service.url, token="right").model_status("a/b")
    assert caught.value.status == 404


def test_a_wrong_token_is_told_apart(hub: HubClient, service: Service) -> None:
    service.token = "right"
    with pytest.raises(AuthenticationError, match="Invalid credentials") as caught:
        HubClient(service.url, token="wrong-one").model_status("google/gemma")
    assert "wrong-one" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "a/b/c", "../etc", "a/..", "a/b?x=1", "a b", "a/b:together", "org/", "a/%2e"])
def test_what_is_no_model_id_is_not_sent(hub: HubClient, service: Service, name: str) -> None:
    for ask in (hub.model_status, hub.model_providers):
        with pytest.raises(ValueError, match="org/name"):
            ask(name)
    assert service.seen == []


def test_doubtful_fields_of_one_model_warn(hub: HubClient, service: Service) -> None:
    service.faults.append(Fault(status=200, body=b'{"id": "a/b", "inference": 1}'))
    with pytest.warns(UserWarning, match="model a/b: inference is 1"):
        assert hub.model_status("a/b") is None


def test_a_refused_request_says_what_the_service_says(
    hub: HubClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hfprov_widgets.data.hub.EXPAND", ("nonsense",))
    with pytest.raises(HubError, match="expand: nonsense is none of author") as caught:
        hub.list_models()
    assert caught.value.status == 400


# --- the endpoint ---


def test_where_the_endpoint_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    assert HubClient().endpoint == "https://huggingface.co"
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:8000/hub/")
    assert HubClient().endpoint == "http://127.0.0.1:8000/hub"
    assert repr(HubClient("https://example.org/", token="a-secret")) == "HubClient('https://example.org')"
    monkeypatch.setenv("HF_ENDPOINT", "huggingface.co")
    with pytest.raises(ValueError, match="HF_ENDPOINT must look like"):
        HubClient()


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "huggingface.co",
        "ftp://x",
        "https://",
        "https://x:99999",
        "https://x/?a=1",
        "https://me:pw@x",
        "http://a b",
    ],
)
def test_a_bad_endpoint_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="endpoint must") as caught:
        HubClient(bad)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize("bad", [0, -1, float("nan"), float("inf")])
def test_a_bad_timeout_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="timeout"):
        HubClient(timeout=bad)
    with pytest.raises(TypeError, match="timeout"):
        HubClient(timeout="10")  # type: ignore[arg-type]


def test_a_missing_model_is_told_from_a_bad_token(hub: HubClient, service: Service) -> None:
    """The Hub answers 401 without a code to anonymous callers, also for private models."""
    service.faults.append(Fault(status=401, headers={"X-Error-Code": None}))
    with pytest.raises(ModelNotFound, match="a private model needs a token"):
        hub.model_status("a/b")
    service.token = "good"
    known = HubClient(service.url, token="bad", cache=False)
    with pytest.raises(AuthenticationError, match="wants a valid token"):
        known.model_status("google/gemma")
    with pytest.raises(ModelNotFound):
        HubClient(service.url, token="good", cache=False).model_status("a/b")


def test_an_unknown_provider_warns_and_is_asked_for(hub: HubClient, service: Service) -> None:
    service.models.append(hub_model("org/m", mapping("brand-new")))
    with pytest.warns(UserWarning, match=r"'brand-new' is not among the 24 known on .* asked for all the same"):
        assert ids(hub.list_models("brand-new")) == ["org/m"]
    with pytest.warns(UserWarning, match=r"Near names: groq"):
        list(hub.iter_models(["grok", "novita"]))
    assert service.seen[-1].query["inference_provider"] == ["grok,novita"]
