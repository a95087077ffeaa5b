"""The code of a route: the golden cases, which js/test/snippets.test.js runs too; and no name leaves its literal."""

from __future__ import annotations

import ast
import json
import shlex
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import hfprov_widgets as hfp
from hfprov_widgets.data.snippet_notes import call_words, notes_of, why_no_code
from hfprov_widgets.data.snippets import CLIENTS, POLICIES, VARIANTS, Target, literal, snippet, target_of, write
from hfprov_widgets.static_view.grid import Grid
from hfprov_widgets.static_view.html import as_html
from hfprov_widgets.static_view.latex import as_latex
from hfprov_widgets.static_view.markdown import as_markdown, markdown_twin
from hfprov_widgets.static_view.text import as_text
from tests.unit.golden_cases import models_from, read

GOLDEN = read("snippets")
MODELS = {model.id: model for model in models_from(GOLDEN["catalog"])}
HOSTILE = [
    'o/"+__import__("os").system("id")+"',
    "o/';id;'",
    "o/\\",
    "o/\n\r\t\0\u2028",
    "o/$(id)`id`$HOME",
    "o/</script><!--",
    "o/<model><provider>",
    "é中😀\u202e\ud800",
]
names = st.text(min_size=1) | st.sampled_from(HOSTILE)


def cases(section: str) -> Any:
    assert GOLDEN[section]
    return pytest.mark.parametrize("case", GOLDEN[section], ids=[case["name"] for case in GOLDEN[section]])


@cases("text")
def test_text(case: dict[str, Any]) -> None:
    written = write(Target(**case["target"]), case["client"], case["variant"], case["stream"])
    assert written.split("\n") == case["text"]


@cases("notes")
def test_notes(case: dict[str, Any]) -> None:
    target = Target(**case["target"])
    routes = MODELS[target.model].routes if target.model in MODELS else ()
    asked = [route for route in routes if target.provider in (None, route.provider)]
    assert why_no_code(target, asked) == case["why"]
    assert [list(note) for note in notes_of(target, asked, case.get("client", "openai"), case["variant"])] == case[
        "notes"
    ]
    assert call_words(target, asked) == case["call"]


@cases("target")
def test_target(case: dict[str, Any]) -> None:
    assert target_of(case["id"]) == Target(**case["target"])


def test_every_form_has_a_golden_case() -> None:
    forms = {(case["client"], case["variant"], case["stream"]) for case in GOLDEN["text"]}
    assert len(forms) == len(CLIENTS) * len(VARIANTS) * 2


# --- no name leaves its literal ---


@given(names)
def test_a_literal_gives_the_name_back_and_is_ascii(name: str) -> None:
    for language in ("python", "javascript", "sh"):
        assert literal(name, language).isascii()
        assert literal(name, language).isprintable()
    assert ast.literal_eval(literal(name, "python")) == name
    in_shell = shlex.split(f"x '{literal(name, 'sh')}'")
    assert in_shell == ["x", literal(name, "sh")]
    for language in ("javascript", "sh"):
        assert as_text_of(json.loads(literal(name, language))) == as_text_of(name)


def as_text_of(name: str) -> bytes:
    """Two halves of a pair, written apart, are the pair in JSON."""
    return name.encode("utf-16-le", "surrogatepass")


@given(names, names, st.sampled_from(VARIANTS), st.booleans())
@example('o/"', "'\n", "chat", False)
def test_the_code_is_the_same_but_for_the_names(model: str, provider: str, variant: str, stream: bool) -> None:
    """The tree of the Python code with hostile names is that with plain ones, the names aside."""
    hostile, plain = Target(model, provider), Target("org/name", "groq")
    for client in ("openai", "huggingface_hub"):
        found, expected = (strings_of(write(target, client, variant, stream)) for target in (hostile, plain))
        swapped = {plain.name: hostile.name, plain.model: hostile.model, plain.provider: hostile.provider}
        assert found == [swapped.get(text, text) for text in expected]
    command = shlex.split(write(hostile, "curl", variant, stream).replace("\\\n", ""))
    body = json.loads(command[-1])
    assert as_text_of(body["model"]) == as_text_of(hostile.name)
    assert body["stream"] is stream
    assert command[:2] == ["curl", "https://router.huggingface.co/v1/chat/completions"]


def strings_of(code: str) -> list[Any]:
    """Every node's kind, and its value where it is a constant: the tree in a row."""
    tree = ast.parse(code)
    return [node.value if isinstance(node, ast.Constant) else type(node).__name__ for node in ast.walk(tree)]


# --- the public function ---


def test_a_policy_takes_the_place_of_the_provider() -> None:
    for asked in ("org/name:cheapest", "org/name"):
        text = snippet(asked, client="huggingface_hub", policy=None if ":" in asked else "cheapest")
        assert 'model="org/name:cheapest"' in text
        assert "provider=" not in text
    assert 'model="org/name:fastest"' in snippet("org/name:groq", policy="fastest")
    assert 'model="org/name"' in snippet("org/name")
    assert hfp.snippet is snippet


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"client": "opnai"}, "client is one of 'openai', .* not 'opnai'. Did you mean 'openai'?"),
        ({"variant": "tool"}, "variant is one of .* Did you mean 'tools'?"),
        ({"policy": "cheap"}, "policy is one of .* Did you mean 'cheapest'?"),
        ({"client": None}, "client is one of"),
        ({"route_or_model": ""}, "route_or_model is"),
        ({"route_or_model": 3}, "route_or_model is"),
    ],
)
def test_a_wrong_word_names_what_is_allowed(change: dict[str, Any], words: str) -> None:
    asked: dict[str, Any] = {"route_or_model": "org/name:groq", **change}
    with pytest.raises(ValueError, match=words):
        snippet(asked.pop("route_or_model"), **asked)


@pytest.mark.parametrize("token", ["hf_" + "PlantedPlantedPlanted0123456789", "opaque-Planted-0123456789"])
def test_a_token_is_named_and_never_there(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", token)
    for client in CLIENTS:
        for variant in VARIANTS:
            for policy in (None, *POLICIES):
                text = snippet("openai/gpt-oss-20b:groq", client=client, variant=variant, policy=policy)
                assert token not in text
                assert text.count("HF_TOKEN") == 1


# --- beside a widget: as a block of code that nothing in it can end ---


def grid(code: str) -> Grid:
    return Grid("Code", (), (), "mine", "2026-11-23", code=code, language="python")


def test_html_has_the_code_as_text_in_its_lines() -> None:
    text = as_html(grid('x = "</code></pre><script>$1"\ny = 2'))
    assert "<script>" not in text
    assert (
        "<pre><code>x = &quot;&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;<span>$</span>1&quot;\ny = 2</code></pre>" in text
    )
    assert "not published" not in text


def test_a_fence_is_longer_than_any_in_the_code() -> None:
    for write_ in (as_markdown, markdown_twin):
        lines = write_(grid('x = "````"\n```\ny')).split("\n")
        assert lines.count("`````") == 1
        start = lines.index("`````python")
        assert lines[start + 1 : start + 5] == ['x = "````"', "```", "y", "`````"]
        assert "```python" in write_(grid("x"))


def test_latex_has_no_environment_that_code_could_end() -> None:
    text = as_latex(grid("if a:\n    b = {}  # \\end{verbatim} $x$ %"))
    assert r"\mbox{}\hspace*{2em}b = \{\}" in text
    assert r"\textbackslash{}end\{verbatim\} \$x\$ \%" in text


def test_plain_text_obeys_nothing_in_the_code() -> None:
    text = as_text(grid("a" * 200 + "\n\n    \x1b[31mb"))
    assert "a" * 200 + "\n\n    \\x1b[31mb\n" in text
