"""``@huggingface/hub`` from npm against the local service: the same models, mappings and errors as our client."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hfprov_widgets import HubClient
from hfprov_widgets.data.errors import ModelNotFound
from tests.conformance.conftest import Mapping, mapping_of

JS = Path(__file__).parents[2] / "js"


def ask(base: str, **question: Any) -> dict[str, Any]:
    command = ["node", str(JS / "test-conformance" / "list-models.mjs"), base, json.dumps(question)]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    answer: dict[str, Any] = json.loads(out)
    return answer


def theirs(entry: dict[str, Any]) -> Mapping:
    return {
        one["provider"]: (one["status"], one["task"], one["providerId"])
        for one in entry.get("inferenceProviderMapping", ())
    }


@pytest.mark.parametrize(
    ("question", "ours"),
    [
        ({}, {"inference_provider": None}),
        ({"search": {"inferenceProviders": ["all"]}}, {"inference_provider": "all"}),
        ({"search": {"inferenceProviders": ["groq", "fal-ai"]}}, {"inference_provider": ["groq", "fal-ai"]}),
        (
            {"search": {"query": "a", "tags": ["conversational"]}, "sort": "likes", "limit": 2},
            {"inference_provider": None, "search": "a", "filter": "conversational", "sort": "likes", "limit": 2},
        ),
        (
            {"search": {"owner": "bfl", "task": "text-to-image"}},
            {"inference_provider": None, "author": "bfl", "pipeline_tag": "text-to-image"},
        ),
    ],
)
def test_both_find_the_same_models_and_providers(
    base: str, hub: HubClient, question: dict[str, Any], ours: dict[str, Any]
) -> None:
    found = ask(base, **question)["found"]
    models = hub.list_models(**{"limit": None, **ours})
    assert [entry["name"] for entry in found] == [model.id for model in models]
    assert [theirs(entry) for entry in found] == [mapping_of(model) for model in models]
    assert [(entry.get("gated"), entry.get("likes"), entry.get("task")) for entry in found] == [
        (model.gated, model.likes, model.pipeline_tag) for model in models
    ]
    assert {(len(entry["id"]), entry["private"]) for entry in found} == {(24, False)}


def test_both_follow_to_the_models_own_name(base: str, hub: HubClient) -> None:
    [entry] = ask(base, name="gpt2")["found"]
    assert entry["name"] == "google/gemma"
    assert set(theirs(entry)) == set(hub.model_providers("gpt2"))


def test_both_say_that_a_model_is_missing(base: str, hub: HubClient) -> None:
    answer = ask(base, name="a/b")
    with pytest.raises(ModelNotFound) as caught:
        hub.model_status("a/b")
    assert answer["status"] == caught.value.status == 401
    assert "Invalid username or password." in answer["message"]
