"""RouteSnippet's Python side without a page: what it calls, what it says, links, and that no token is in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from traitlets import TraitError, link

import hfprov_widgets as hfp
from hfprov_widgets.data.snippets import CLIENTS, VARIANTS

SAMPLE = hfp.load_catalog("sample")
DOCUMENTED = hfp.load_catalog("documented")
TASKS = hfp.load_catalog("tasks")
FOUR = "deepseek-ai/DeepSeek-V4-Pro"
GROQ = "openai/gpt-oss-20b:groq"


def bundle(widget: hfp.RouteSnippet) -> dict[str, str]:
    data, _ = widget._repr_mimebundle_()
    return data  # type: ignore[no-any-return]


def test_the_first_argument_is_a_route_a_model_or_a_catalogue() -> None:
    route, model, catalog = (
        hfp.RouteSnippet(GROQ, catalog=SAMPLE),
        hfp.RouteSnippet("openai/gpt-oss-20b", catalog=SAMPLE),
        hfp.RouteSnippet(SAMPLE, value=GROQ),
    )
    assert (route.value, route.model) == (GROQ, None)
    assert (model.value, model.model) == (None, "openai/gpt-oss-20b")
    assert route.text == catalog.text == hfp.snippet(GROQ)
    assert model.text == hfp.snippet("openai/gpt-oss-20b")
    with pytest.raises(TypeError, match="give the route once"):
        hfp.RouteSnippet(GROQ, catalog=SAMPLE, value=GROQ)
    with pytest.raises(TypeError, match="give the catalogue once"):
        hfp.RouteSnippet(SAMPLE, catalog=SAMPLE)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("policy", [None, "cheapest"])
def test_the_widget_shows_what_the_function_writes(client: str, variant: str, stream: bool, policy: str | None) -> None:
    form: dict[str, Any] = {"client": client, "variant": variant, "stream": stream, "policy": policy}
    assert hfp.RouteSnippet(GROQ, catalog=SAMPLE, **form).text == hfp.snippet(GROQ, **form)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"client": "opnai"}, "client is one of .* Did you mean 'openai'?"),
        ({"variant": "json"}, "variant is one of 'chat', 'tools', 'structured'"),
        ({"policy": "fast"}, "policy is one of .* Did you mean 'fastest'?"),
        ({"value": "openai/gpt-oss-20b:grok"}, "Near names: .*:groq"),
        ({"stream": "yes"}, "stream"),
    ],
)
def test_a_wrong_value_raises_and_changes_nothing(change: dict[str, Any], words: str) -> None:
    snippet = hfp.RouteSnippet(SAMPLE, value=GROQ)
    before = snippet.get_state()
    with pytest.raises(TraitError, match=words):
        snippet.set_trait(*next(iter(change.items())))
    assert snippet.get_state() == before
    with pytest.raises(TraitError, match=words):
        hfp.RouteSnippet(SAMPLE, **change)


def test_a_choice_in_a_table_is_the_route_of_the_code() -> None:
    table, snippet = hfp.ProviderTable(SAMPLE), hfp.RouteSnippet(SAMPLE)
    link((table, "value"), (snippet, "value"))
    assert snippet.text == ""
    table.value = GROQ
    assert snippet.text == hfp.snippet(GROQ)
    table.value = None
    assert snippet.text == ""


def test_another_model_forgets_the_route_of_the_old_one() -> None:
    snippet = hfp.RouteSnippet("openai/gpt-oss-20b", catalog=SAMPLE, value=GROQ)
    snippet.model = "openai/gpt-oss-120b"
    assert (snippet.value, snippet.text) == (None, hfp.snippet("openai/gpt-oss-120b"))


def test_to_frame_has_the_routes_that_may_answer() -> None:
    assert hfp.RouteSnippet(GROQ, catalog=SAMPLE).to_frame()["provider"].tolist() == ["groq"]
    by_policy = hfp.RouteSnippet(f"{FOUR}:novita", catalog=DOCUMENTED, policy="cheapest")
    assert sorted(by_policy.to_frame()["provider"]) == sorted(r.provider for r in DOCUMENTED.model(FOUR).routes)
    assert hfp.RouteSnippet(SAMPLE).to_frame().empty
    routes = (
        hfp.Route("o/m", "up", status="live"),
        hfp.Route("o/m", "down", status="error"),
        hfp.Route("o/m", "draws", status="live", task="text-to-image"),
    )
    mixed = hfp.Catalog.from_models([hfp.Model("o/m", routes=routes)], source="mine", retrieved_at=None)
    assert hfp.RouteSnippet("o/m", catalog=mixed).to_frame()["provider"].tolist() == ["up"]
    assert hfp.RouteSnippet("o/m:down", catalog=mixed).to_frame()["provider"].tolist() == ["down"]


def test_code_rebuilds_the_view() -> None:
    for snippet in (
        hfp.RouteSnippet(GROQ, catalog=SAMPLE, client="curl", stream=True),
        hfp.RouteSnippet("openai/gpt-oss-20b", catalog=SAMPLE, value=GROQ, variant="tools"),
        hfp.RouteSnippet("openai/gpt-oss-20b", catalog=SAMPLE, policy="cheapest"),
        hfp.RouteSnippet(SAMPLE),
    ):
        again = eval(snippet.code(), {"hfp": hfp})
        names = ("model", "value", "client", "variant", "stream", "policy", "text")
        assert [getattr(again, name) for name in names] == [getattr(snippet, name) for name in names]


def test_the_twins_have_the_code_and_what_is_to_be_said() -> None:
    snippet = hfp.RouteSnippet(f"{FOUR}:novita", catalog=DOCUMENTED, variant="structured")
    said = bundle(snippet)
    assert snippet.text in said["text/plain"]
    assert f"```python\n{snippet.text}\n```" in said["text/markdown"]
    assert f"```python\n{snippet.text}\n```" in snippet.to_markdown()
    assert "&quot;deepseek-ai/DeepSeek-V4-Pro:novita&quot;" in said["text/html"]
    assert "deepseek-ai/DeepSeek-V4-Pro:novita" in said["text/latex"]
    for kind in ("text/plain", "text/html", "text/markdown", "text/latex"):
        flat = " ".join(said[kind].split())
        assert "novita says: no structured output for this model." in flat
        assert "0.00203 a call" in flat
        assert "documented, catalogue of 2026-05-12" in flat
    assert "running this does" in " ".join(said["text/plain"].split())


def test_where_there_is_no_code_the_twins_say_why() -> None:
    nothing, drawing = hfp.RouteSnippet(SAMPLE), hfp.RouteSnippet(TASKS.all_routes[0].id, catalog=TASKS)
    assert "No route is chosen." in bundle(nothing)["text/plain"]
    assert "No route is chosen." in nothing.to_markdown()
    assert drawing.text == ""
    assert "chat routes only; the task of this one is text-to-video" in bundle(drawing)["text/plain"]


def test_a_route_that_the_data_does_not_hold_keeps_its_code() -> None:
    snippet = hfp.RouteSnippet(GROQ, catalog=SAMPLE)
    snippet.catalog = DOCUMENTED
    assert snippet.text == hfp.snippet(GROQ)
    assert "is not in this data" in bundle(snippet)["text/plain"]
    assert snippet.to_frame().empty


def test_the_page_of_its_own_has_the_code_without_javascript() -> None:
    page = hfp.RouteSnippet(GROQ, catalog=SAMPLE).to_html()
    assert page is not None
    assert "<pre><code>import os" in page
    assert "text-to-video" not in page


@pytest.mark.parametrize("token", ["hf_" + "PlantedPlantedPlanted0123456789", "opaque-Planted-0123456789"])
def test_no_token_enters_state_text_or_twins(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", token)
    for client in CLIENTS:
        snippet = hfp.RouteSnippet(GROQ, catalog=SAMPLE, client=client, variant="tools")
        state = {name: str(value) for name, value in snippet.get_state().items() if name not in ("_esm", "_css")}
        shown = [
            snippet.text,
            json.dumps(state),
            snippet.code(),
            repr(snippet),
            snippet.to_markdown(),
            snippet.to_html(),
        ]
        assert token not in "".join(map(str, [*shown, *bundle(snippet).values()]))
        assert token.encode() not in snippet._catalog
