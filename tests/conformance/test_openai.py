"""``openai`` against the local service, as a router of chat models: the same models and errors as our client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import openai
import pytest

from hfprov_widgets import RouterClient
from hfprov_widgets.data.errors import ModelNotFound


@pytest.fixture
def client(base: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{base}/v1", api_key="any", max_retries=0) as made:
        yield made


def offers(model: Any) -> list[tuple[str, str, float | None]]:
    return [(offer["provider"], offer["status"], offer.get("pricing", {}).get("output")) for offer in model.providers]


def test_both_list_the_same_models(client: openai.OpenAI, router: RouterClient) -> None:
    theirs, ours = list(client.models.list()), router.list_models()
    assert [model.id for model in theirs] == [model.id for model in ours] == ["google/gemma", "meta/llama"]
    assert [offers(model) for model in theirs] == [
        [(route.provider, route.status, route.price_output) for route in model.routes] for model in ours
    ]
    gemma, llama = theirs
    assert (gemma.object, gemma.created, gemma.owned_by) == ("model", 1748779200, "google")
    assert [llama.created, llama.owned_by] == [None, None], "not known, and still there to be read"


def test_both_find_one_model(client: openai.OpenAI, router: RouterClient) -> None:
    theirs, ours = client.models.retrieve("google/gemma"), router.get_model("google/gemma")
    assert theirs.id == ours.id
    assert offers(theirs) == [(route.provider, route.status, route.price_output) for route in ours.routes]


@pytest.mark.parametrize("name", ["a/b", "bfl/flux"])
def test_both_say_that_a_model_is_missing(client: openai.OpenAI, router: RouterClient, name: str) -> None:
    with pytest.raises(openai.NotFoundError) as theirs:
        client.models.retrieve(name)
    with pytest.raises(ModelNotFound) as ours:
        router.get_model(name)
    assert (theirs.value.status_code, ours.value.status) == (404, 404)
    assert (theirs.value.code, theirs.value.request_id is None) == ("model_not_found", False)


def test_what_else_it_offers_is_refused_in_words(client: openai.OpenAI) -> None:
    with pytest.raises(openai.APIStatusError, match="lists models and runs none") as caught:
        client.embeddings.create(model="google/gemma", input="hello")
    assert caught.value.status_code == 405
