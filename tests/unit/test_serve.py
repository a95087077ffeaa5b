"""The local service over a snapshot, as a client sees it: the Hub's and the router's answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import requests

from hfprov_widgets.serve import create_app
from tests.lesson import LESSON
from tests.running import running


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with running(create_app(LESSON, renamed={"gpt2": "google/gemma"}, page=2)) as address:
        yield address


def get(url: str, **headers: str) -> requests.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(url, headers=named, timeout=10, allow_redirects=False)


def ids(base: str, query: str) -> list[str]:
    return [item["id"].split("/")[1] for item in get(f"{base}/api/models?{query}").json()]


# --- the Hub's list ---


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["gemma", "flux"]),
        ("skip=1", ["flux", "serves-this"]),
        ("inference_provider=all", ["gemma", "flux"]),
        ("inference_provider=groq", ["gemma"]),
        ("inference_provider=groq,fal-ai", ["gemma", "flux"]),
        ("inference_provider=groq&inference_provider=fal-ai", ["gemma", "flux"]),
        ("inference_provider=nobody", []),
        ("inference=warm", ["gemma"]),
        ("pipeline_tag=text-to-image", ["flux"]),
        ("filter=conversational", ["gemma"]),
        ("filter=text-to-image", ["flux"]),
        ("filter=conversational&filter=text-to-image", []),
        ("search=GEM", ["gemma"]),
        ("search=o&search=gem", ["gemma"]),
        ("author=google", ["gemma"]),
        ("author=goog", []),
        ("gated=true", ["gemma"]),
        ("gated=false", ["flux"]),
        ("sort=likes", ["serves-this", "flux"]),
        ("sort=likes&direction=1", ["gemma", "flux"]),
        ("sort=downloads", ["gemma", "flux"]),
        ("sort=createdAt&limit=1", ["gemma"]),
    ],
)
def test_filters_and_order(base: str, query: str, found: list[str]) -> None:
    assert ids(base, query) == found


def test_an_item_has_what_was_asked_and_no_more(base: str) -> None:
    [item] = get(f"{base}/api/models?author=google&expand=likes&expand[]=gated&expand=sha").json()
    assert item == {"_id": item["_id"], "id": "google/gemma", "likes": 5, "gated": "manual"}
    assert re.fullmatch("[0-9a-f]{24}", item["_id"])
    [plain] = get(f"{base}/api/models?author=google").json()
    assert set(plain) == {
        *("_id", "id", "modelId", "likes", "trendingScore", "private", "downloads", "tags", "pipeline_tag"),
        "createdAt",
    }
    [full] = get(f"{base}/api/models?author=google&full=true").json()
    assert set(full) - set(plain) == {"author", "gated"}


def test_what_is_known_is_spelled_as_the_hub_spells_it_and_the_rest_is_not_there(base: str) -> None:
    expand = "&".join(
        f"expand={name}" for name in ("inferenceProviderMapping", "inference", "createdAt", "private", "tags", "likes")
    )
    gemma, flux = get(f"{base}/api/models?{expand}").json()
    assert (gemma["createdAt"], gemma["inference"], gemma["private"]) == ("2025-06-01T12:00:00.000Z", "warm", False)
    assert gemma["inferenceProviderMapping"] == [
        {
            "provider": "novita",
            "providerId": "n-1",
            "status": "live",
            "task": "conversational",
            "isModelAuthor": False,
            "features": {"toolCalling": False, "structuredOutput": True},
            "performance": {"firstTokenLatencyMs": 250.5, "tokensPerSecond": 40.25, "requestLatencyMs": 9},
            "providerDetails": {"context_length": 1000, "pricing": {"input": 0.1, "output": 0.0}},
            "retrieved_at": "2026-10-10",
            "metrics_retrieved_at": "2026-09-01",
            "source": "a page",
            "metrics_source": "a probe",
            "type": "single-model",
        },
        # null, not missing: the official Python client reads all four of every entry.
        {"provider": "groq", "providerId": None, "status": "error", "task": "conversational"},
    ]
    assert set(flux) == {"_id", "id", "inferenceProviderMapping", "private", "tags", "likes"}, "not warm: only staging"
    assert (gemma["tags"], flux["tags"]) == (["conversational"], [])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("expand=nonsense", "expand: nonsense is none of author, baseModels"),
        ("expand=_id", "expand: _id is none of"),
        ("expand=likes&full=true", "expand cannot be used together with full"),
        ("limit=0", "limit: 0 is no whole number from 1"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("skip=-1", "skip"),
        ("cursor=nonsense", "Invalid cursor"),
        ("cursor=", "Invalid cursor"),
        ("sort=popularity", "sort: popularity is none of createdAt"),
        ("num_parameters=min:6B", "num_parameters: this service does not know it"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_words(base: str, query: str, words: str) -> None:
    answer = get(f"{base}/api/models?{query}")
    assert answer.status_code == 400
    assert words in answer.json()["error"]
    assert answer.headers["X-Error-Message"] == answer.json()["error"]


def test_pages_follow_the_link_to_the_end(base: str) -> None:
    first = get(f"{base}/api/models?sort=likes&limit=5000&expand[]=likes")
    following = first.links["next"]["url"]
    assert following.startswith(f"{base}/api/models?")
    assert "cursor=" in following
    second = get(following)
    assert "Link" not in second.headers
    assert [item["likes"] for item in first.json() + second.json()] == [20, 9, 5]
    assert set(second.json()[0]) == {"_id", "id", "likes"}
    assert "Link" not in get(f"{base}/api/models?author=google&limit=1").headers, "a page that is just full is the last"


def test_the_link_leads_to_where_the_asker_found_us(base: str) -> None:
    answer = get(f"{base}/api/models", Host="room.example:8717")
    assert answer.links["next"]["url"].startswith("http://room.example:8717/api/models?")


# --- the Hub's single model ---


def test_one_model_gives_its_mapping_as_an_object_without_prices(base: str) -> None:
    item = get(f"{base}/api/models/google/gemma?expand[]=inferenceProviderMapping").json()
    assert set(item) == {"_id", "id", "inferenceProviderMapping"}
    assert item["inferenceProviderMapping"] == {
        "novita": {
            "status": "live",
            "providerId": "n-1",
            "task": "conversational",
            "isModelAuthor": False,
            "retrieved_at": "2026-10-10",
            "source": "a page",
        },
        "groq": {"status": "error", "providerId": None, "task": "conversational"},
    }
    assert get(f"{base}/api/models/google/gemma").json()["gated"] == "manual"
    assert get(f"{base}/api/models/google/gemma?expand=nonsense").status_code == 400


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("gpt2?expand%5B%5D=likes", "/api/models/google/gemma?expand%5B%5D=likes"),
        ("Google/GEMMA", "/api/models/google/gemma"),
        ("gpt2/revision/main?x=%2F", "/api/models/google/gemma/revision/main?x=%2F"),
    ],
)
def test_another_name_leads_to_the_model(base: str, path: str, location: str) -> None:
    answer = get(f"{base}/api/models/{path}")
    assert (answer.status_code, answer.headers["Location"]) == (307, location)


def test_a_missing_model(base: str) -> None:
    anonymous = get(f"{base}/api/models/a/b")
    assert (anonymous.status_code, anonymous.json()) == (401, {"error": "Invalid username or password."})
    assert anonymous.headers["X-Error-Message"] == "Invalid username or password."
    assert anonymous.headers["WWW-Authenticate"].startswith("Bearer")
    assert anonymous.headers["X-Error-Code"] == "RepoNotFound", "the Hub leaves it out, at its https address"
    known = get(f"{base}/api/models/a/b", Authorization="Bearer anything")
    assert (known.status_code, known.headers["X-Error-Code"]) == (404, "RepoNotFound")


def test_revisions(base: str) -> None:
    for newest in ("main", "HEAD"):
        assert get(f"{base}/api/models/google/gemma/revision/{newest}").json()["id"] == "google/gemma"
    other = get(f"{base}/api/models/google/gemma/revision/refs%2Fpr%2F1")
    assert (other.status_code, other.headers["X-Error-Code"]) == (404, "RevisionNotFound")
    assert get(f"{base}/api/models/a/b/revision/main").status_code == 401


# --- the router ---


def test_the_router_lists_chat_routes_only_and_reads_no_query(base: str) -> None:
    listing = get(f"{base}/v1/models?search=nothing").json()
    assert listing["object"] == "list"
    [model] = listing["data"]
    novita, groq = model.pop("providers")
    assert model == {
        "id": "google/gemma",
        "object": "model",
        "created": 1748779200,
        "owned_by": "google",
        "architecture": {"input_modalities": ["text", "image"]},
    }
    assert novita == {
        "provider": "novita",
        "status": "live",
        "pricing": {"input": 0.1, "output": 0.0},
        "context_length": 1000,
        "is_free": True,
        "supports_tools": False,
        "supports_structured_output": True,
        "first_token_latency_ms": 250.5,
        "throughput": 40.25,
        "is_model_author": False,
        "retrieved_at": "2026-10-10",
        "metrics_retrieved_at": "2026-09-01",
        "source": "a page",
        "metrics_source": "a probe",
        "performance": {"requestLatencyMs": 9},
        "type": "single-model",
    }
    assert groq == {"provider": "groq", "status": "error"}


def test_one_model_of_the_router(base: str) -> None:
    assert get(f"{base}/v1/models/google/gemma").json() == get(f"{base}/v1/models").json()["data"][0]
    for name in ("black-forest/flux", "a/b", "google/gemma:novita"):
        assert get(f"{base}/v1/models/{name}").status_code == 404
