"""Replies that are not the API's, errors in words, and that no secret is in them."""

from __future__ import annotations

import logging
import traceback

import pytest

from hfprov_widgets.data import session
from hfprov_widgets.data.errors import (
    BadResponse,
    HubError,
    public_url,
)
from hfprov_widgets.data.hub import HubClient
from hfprov_widgets.data.replies import Answer, error_text, next_link
from tests.clock import START, Clock
from tests.service import Fault, Service

SECRET = "hf_" + "NeverShownAnywhere0123456789"


# --- what is not the API's ---


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (Fault(body=b"<!doctype html><p>Sign in", headers={"Content-Type": "text/html"}), "web page"),
        (Fault(body=b"", headers={"Content-Type": "application/json"}), "not the service's JSON"),
        (Fault(body=b'[{"id": "a/'), "cut off"),
        (Fault(body=b"[" * 100_000), "cut off"),
        (Fault(body=b"\xff\xfe\xfd"), "not the service's JSON"),
        (Fault(body=b'{"models": []}'), "object with the fields models"),
        (Fault(body=b"[]", headers={"Content-Encoding": "gzip"}), "cannot be read"),
        (Fault(status=304, body=b""), "304"),
    ],
)
def test_what_is_not_the_api(hub: HubClient, service: Service, clock: Clock, fault: Fault, message: str) -> None:
    service.faults.append(fault)
    with pytest.raises(BadResponse, match=message) as caught:
        hub.list_models()
    assert clock.slept == []
    assert caught.value.url is not None
    assert caught.value.url.startswith(service.url)


def test_a_body_that_is_always_cut(hub: HubClient, service: Service) -> None:
    service.faults.extend([Fault(cut=20)] * 4)
    with pytest.raises(BadResponse, match="broke off"):
        hub.list_models()


def test_bodies_are_bounded(hub: HubClient, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "MAX_BODY", 2**20)
    service.faults.append(Fault(body=b"[" + b" " * 2**21 + b"]"))
    with pytest.raises(BadResponse, match="larger than 1 MB"):
        hub.list_models()
    service.faults.append(Fault(status=400, body=b" " * 2**21))
    with pytest.raises(HubError, match="refused"):
        hub.list_models()


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ({"x-error-message": "from the header"}, b'{"error": "no"}', "from the header"),
        ({}, b'{"error": "plain"}', "plain"),
        ({}, b'{"error": ["one", "two\\nlines"]}', "one; two lines"),
        ({}, b'{"error": {"message": "inner"}}', "inner"),
        ({}, b'{"error_description": "described"}', "described"),
        ({}, b'{"errors": [{"message": "a"}, {"message": "b"}]}', "a; b"),
        ({}, b"<html>", ""),
        ({}, b"[1]", ""),
        ({}, b'{"error": 7}', ""),
    ],
)
def test_what_the_service_says(headers: dict[str, str], body: bytes, text: str) -> None:
    assert error_text(Answer(400, "", headers, body, START)) == text


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ('<https://h/a?x=1&cursor=%3D%2B>; rel="next"', "https://h/a?x=1&cursor=%3D%2B"),
        ('<https://h/1>; rel="first", <https://h/2>; title="a, b"; rel=next', "https://h/2"),
        ('</api/models?cursor=b>; rel="prev next"', "https://h/api/models?cursor=b"),
        ('<https://h/1>; rel="last"', None),
        ('<http://[x>; rel="next"', "http://[x"),
        ("rubbish", None),
    ],
)
def test_next_link(link: str, target: str | None) -> None:
    assert next_link(Answer(200, "https://h/api/models", {"link": link}, b"", START)) == target


# --- secrets ---


def test_addresses_are_shown_without_secrets() -> None:
    shown = public_url(f"https://me:pw@h/p?limit=5&token=abc&q={SECRET}&X-Amz-Signature=f0#frag")
    assert shown == "https://h/p?limit=5&token=***&q=***&X-Amz-Signature=***"


@pytest.mark.parametrize(
    "fault", [Fault(status=401), Fault(status=503), Fault(reset=True), Fault(hang=True), Fault(body=b"{")]
)
def test_no_token_in_errors_reprs_and_logs(
    service: Service, clock: Clock, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    caplog.set_level(logging.DEBUG)
    body = f'{{"error": "not you, Bearer {SECRET}"}}'.encode()
    echo = Fault(**{**vars(fault), "body": body if fault.body is None else fault.body})
    service.faults.append(echo)
    service.token = SECRET
    client = HubClient(service.url, token=SECRET, timeout=0.3, pace=clock.pace(retries=0))
    with pytest.raises(HubError) as caught:
        client.list_models()
    error: BaseException | None = caught.value
    while error is not None:  # nor in what led to it, which holds the request and its headers
        assert SECRET not in f"{error!r} {error} {vars(error)} {getattr(error, 'request', None)}"
        error = error.__cause__ or error.__context__
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + caplog.text + repr(client)
