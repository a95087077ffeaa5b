"""What comes from the page: a change, and the question whether Python is there at all."""

from __future__ import annotations

from typing import Any

import pytest
from traitlets import TraitError, link

import hfprov_widgets as hfp

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
    assert ["value"] in sent


def test_an_observer_of_the_fault_that_fails_keeps_the_page_from_nothing(
    table: hfp.ProviderTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(table, "send_state", lambda key=None: sent.append(key))
    table.observe(fail, "_fault")
    with pytest.raises(TraitError, match="nobody"):
        table.set_state({"value": "openai/gpt-oss-20b:nobody"})
    assert ["value"] in sent


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
