"""What comes from the page: a change, and the question whether Python is there at all."""

from __future__ import annotations

import time
from typing import Any

import pytest
from traitlets import TraitError, link

import hfprov_widgets as hfp
from hfprov_widgets.widgets import from_page

SAMPLE = hfp.load_catalog("sample")
LLAMA = "meta-llama/Llama-3.3-70B-Instruct"


@pytest.fixture
def table() -> hfp.ProviderTable:
    return hfp.ProviderTable("openai/gpt-oss-20b", catalog=SAMPLE)


def fail(change: object) -> None:
    raise ValueError("no\nsuch    thing")


def test_a_failing_observer_is_told_to_the_page_and_still_raises(table: hfp.ProviderTable) -> None:
    table.observe(fail, "value")
    with pytest.raises(ValueError, match="no\nsuch"):
        table.set_state({"value": "openai/gpt-oss-20b:groq"})
    assert table.value == "openai/gpt-oss-20b:groq"
    expected = "Python code that watches this widget failed: ValueError: no such thing. The change stands."
    assert table._fault == expected
    assert table.get_state()["_fault"] == expected


def test_a_change_that_goes_well_clears_it(table: hfp.ProviderTable) -> None:
    table.observe(fail, "value")
    with pytest.raises(ValueError, match="no"):
        table.set_state({"value": "openai/gpt-oss-20b:groq"})
    table.set_state({"mix": [1, 1]})
    assert table._fault == ""


def test_a_change_that_is_not_allowed_says_why_and_the_page_is_set_right(
    table: hfp.ProviderTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(table, "send_state", lambda key=None: sent.append(key))
    with pytest.raises(TraitError):
        table.set_state({"value": "openai/gpt-oss-20b:nobody"})
    assert table.value is None
    assert table._fault.startswith("Python did not take this change: value: no route 'openai/gpt-oss-20b:nobody'")
    assert {"value"} in sent


def test_an_observer_of_the_fault_that_fails_keeps_the_page_from_nothing(
    table: hfp.ProviderTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(table, "send_state", lambda key=None: sent.append(key))
    table.observe(fail, "_fault")
    with pytest.raises(TraitError, match="nobody"):
        table.set_state({"value": "openai/gpt-oss-20b:nobody"})
    assert {"value"} in sent


def test_what_the_observer_has_taken_back_is_not_said_to_stand(table: hfp.ProviderTable) -> None:
    def take_back(change: Any) -> None:
        if change["new"] != (3, 1):
            table.mix = (3, 1)
            raise TraitError("only 3 : 1 here")

    table.observe(take_back, "mix")
    with pytest.raises(TraitError, match="only"):
        table.set_state({"mix": [1, 1]})
    assert table._fault.startswith("Python code that watches this widget failed")
    assert table._fault.endswith("TraitError: only 3 : 1 here.")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("GET https://me:pw123@proxy.example:3128/?access_token=abc failed", "pw123"),
        ("GET https://me:pw123@proxy.example:3128/?access_token=abc failed", "abc"),
        ("bearer x9y8z7", "x9y8z7"),
        ("key sk-proj-0123456789abcdef0123", "0123456789abcdef"),
        ("x_hf_abcdefghijklmnopqrst", "abcdefghijklmnopqrst"),
        ("the odd one is oddly-shaped-token", "oddly-shaped-token"),
    ],
)
def test_no_secret_reaches_the_page(
    table: hfp.ProviderTable, monkeypatch: pytest.MonkeyPatch, text: str, secret: str
) -> None:
    monkeypatch.setenv("HF_TOKEN", "oddly-shaped-token")

    def leak(change: object) -> None:
        raise RuntimeError(text)

    table.observe(leak, "mix")
    with pytest.raises(RuntimeError):
        table.set_state({"mix": [1, 1]})
    assert "failed: RuntimeError" in table._fault
    assert secret not in table._fault


def test_a_provider_whose_name_holds_a_colon_can_be_chosen() -> None:
    route = hfp.Route("o/m", "a:b", status="live")
    catalog = hfp.Catalog.from_models([hfp.Model("o/m", routes=(route,))], source="mine", retrieved_at=None)
    assert hfp.ProviderTable("o/m", catalog=catalog, value="o/m:a:b").route == route


def test_a_linked_widget_that_refuses_is_a_failing_observer(table: hfp.ProviderTable) -> None:
    other = hfp.ProviderTable(LLAMA, catalog=SAMPLE)
    link((table, "value"), (other, "value"))
    with pytest.raises(TraitError):
        table.set_state({"value": "openai/gpt-oss-20b:groq"})
    assert table.value == "openai/gpt-oss-20b:groq"
    assert "watches this widget failed" in table._fault
    assert "not a route of" in table._fault


def test_an_error_in_a_cell_is_the_cells(table: hfp.ProviderTable) -> None:
    table.observe(fail, "value")
    with pytest.raises(ValueError, match="no"):
        table.value = "openai/gpt-oss-20b:groq"
    assert table._fault == ""


def test_the_line_is_short_holds_no_token_and_stands_any_exception(table: hfp.ProviderTable) -> None:
    class OddError(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    def told(error: Exception) -> str:
        def watch(change: object) -> None:
            raise error

        table.observe(watch, "mix")
        with pytest.raises(type(error)):
            table.set_state({"mix": [table.mix[0] + 1, 1]})
        table.unobserve(watch, "mix")
        return table._fault

    assert len(told(ValueError("long " * 200))) < 400
    assert "hf_" not in told(ValueError("Bearer hf_" + "a" * 34))
    assert "OddError" in told(OddError())


def test_whoever_asks_is_answered_with_the_number_of_the_question(
    table: hfp.ProviderTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(table, "send", lambda content, buffers=None: sent.append(content))
    for content in ({"kind": "ask", "number": 7}, {"kind": "else"}, "ask", None, {}):
        table._handle_custom_msg(content, [])
    assert sent == [{"kind": "answer", "number": 7}]


def test_a_watcher_of_everything_that_fails_does_not_stop_the_correction(
    table: hfp.ProviderTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(table, "send_state", lambda key=None: sent.append(key))
    for watch in (fail, lambda change: fail(change) if change.name == "_fault" else None):
        sent.clear()
        table.observe(watch)
        with pytest.raises((TraitError, ValueError)) as raised:
            table.set_state({"value": "openai/gpt-oss-20b:nobody"})
        table.unobserve(watch)
        assert {"value"} in sent
        assert table._fault
    assert raised.type is TraitError, "the first error is the one that is raised"
    assert table._fault.startswith("Python did not take")


def test_a_watcher_that_takes_the_change_back_and_fails_is_no_refusal_and_nothing_stands(
    table: hfp.ProviderTable,
) -> None:
    def take_back(change: Any) -> None:
        if change.new is not None:
            table.value = None
            raise TraitError("not this one")

    table.observe(take_back, "value")
    with pytest.raises(TraitError):
        table.set_state({"value": "openai/gpt-oss-20b:groq"})
    assert table._fault == "Python code that watches this widget failed: traitlets.traitlets.TraitError: not this one."


def test_of_two_changes_it_is_said_that_others_may_not_have_heard(table: hfp.ProviderTable) -> None:
    table.observe(fail, "value")
    with pytest.raises(ValueError, match="no"):
        table.set_state({"value": "openai/gpt-oss-20b:groq", "mix": [1, 1]})
    assert table._fault.endswith("The changes stand. Other code that watches it may not have run.")


@pytest.mark.parametrize(
    "said",
    [
        "https://me:Planted-1@proxy.example/?limit=5",
        "https://proxy.example/?access_token=Planted-1",
        '{"api_key": "Planted-1"}',
        "password: Planted",
        "Authorization: Basic Planted",
        "Basic UGxhbnRlZA==",
        "bearer Planted",
        "x_hf_" + "Planted" * 4,
        "sk-" + "Planted" * 4,
        "own-token-of-Planted-shape",
    ],
)
def test_no_secret_is_told(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUGGING_FACE_HUB_TOKEN", "own-token-of-Planted-shape")
    told = from_page.refusal(ValueError(said))
    assert "***" in told
    assert "Planted" not in told
    assert "UGxhbnRlZA" not in told


@pytest.mark.parametrize(
    "said",
    ["KeyError: 'price'", "use a token: it has a limit", "token=False.", "a task-of-many-words-in-one", "basic usage"],
)
def test_honest_words_stay(said: str) -> None:
    assert from_page.refusal(ValueError(said)).endswith(said)


def test_what_is_invisible_is_shown() -> None:
    assert from_page.refusal(ValueError("\x1b[31m \u202e")).endswith(r"\x1b[31m \u202e")


@pytest.mark.parametrize(
    "part", ["//", "//a", "token", "token:", "key= ", "bearer ", "basic ", "hf_", "sk-", "eyJ", "a", " "]
)
def test_a_long_text_takes_no_long_time(part: str) -> None:
    start = time.process_time()
    from_page.refusal(ValueError(part * 100_000))
    assert time.process_time() - start < 2
