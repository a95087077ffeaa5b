"""Everything that can go wrong between a client and a service, each with what the caller is to see.

One table for all: the unit tests inflict each fault on the real clients, the browser test on a widget on
screen, and ``python -m tests.faults_page`` writes what was seen into the documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hfprov_widgets.data.errors import BadResponse, HubError, RateLimited, ServiceUnavailable
from hfprov_widgets.data.session import MAX_BODY
from tests.service import Fault, Service, limited

ALWAYS = 20  # more than any call tries


@dataclass(frozen=True)
class Case:
    """A fault, how it is inflicted on a service that has just been well, and what the caller sees.

    Parameters
    ----------
    name : str
        What happens, for the documentation.
    inflict : callable
        Takes the service.
    error : type
        What is raised where no copy is kept.
    says : str
        A part of its message.
    real_time : bool
        The fault takes real seconds; all others are tested with waits that take no time.
    """

    name: str
    inflict: Callable[[Service], None]
    error: type[HubError]
    says: str
    real_time: bool = False


def _always(*faults: Fault) -> Callable[[Service], None]:
    def inflict(service: Service) -> None:
        service.faults.extend(faults * ALWAYS)

    return inflict


def _status(code: int, says: str = "", **headers: str) -> Callable[[Service], None]:
    return _always(Fault(status=code, headers={name.replace("_", "-"): text for name, text in headers.items()}))


def _body(text: bytes, kind: str = "application/json") -> Callable[[Service], None]:
    return _always(Fault(body=text, headers={"Content-Type": kind}))


def _moved(target: str) -> Callable[[Service], None]:
    return _always(Fault(status=307, headers={"Location": target}))


HTML = b"<!doctype html><title>Log in</title>"

CASES: Sequence[Case] = (
    Case("Connections are refused", Service.leave, ServiceUnavailable, "could not be reached"),
    Case("The connection is reset", _always(Fault(reset=True)), ServiceUnavailable, "could not be reached"),
    Case("No answer comes", _always(Fault(hang=True)), ServiceUnavailable, "did not answer within", real_time=True),
    Case("The answer drips in, byte by byte", _always(Fault(drip=0.05)), ServiceUnavailable, "in time", real_time=True),
    Case("The body is cut short", _always(Fault(cut=20)), BadResponse, "broke off"),
    Case("408", _status(408), ServiceUnavailable, "answered 408"),
    Case("429, no headers", _always(Fault(status=429, headers={"RateLimit": None})), RateLimited, "answered 429"),
    Case("429, `Retry-After: 2`", _always(limited(7, 250, **{"Retry-After": "2"})), RateLimited, "answered 429"),
    Case("429, window used up for 212 s", _always(limited(0, 212)), RateLimited, "(in 212 s)"),
    Case("500", _status(500), ServiceUnavailable, "answered 500"),
    Case("502, a proxy's web page", _always(Fault(status=502, body=HTML)), ServiceUnavailable, "answered 502"),
    Case("503", _status(503), ServiceUnavailable, "answered 503"),
    Case("503, `Retry-After: 120`", _status(503, Retry_After="120"), ServiceUnavailable, "answered 503"),
    Case(
        "503, `Retry-After` as a date",
        _status(503, Retry_After="Sat, 10 Oct 2026 09:00:01 GMT"),
        ServiceUnavailable,
        "503",
    ),
    Case("504", _status(504), ServiceUnavailable, "answered 504"),
    Case(
        "A web page instead of JSON (a log-in page, a wrong address)", _body(HTML, "text/html"), BadResponse, "web page"
    ),
    Case("JSON of the wrong type", _body(b'{"error": "who are you?"}'), BadResponse, "no list of models"),
    Case("A number instead of a list", _body(b"42"), BadResponse, "no list of models"),
    Case("Bytes that are no text", _body(b"\xff\xfe\x00\x01"), BadResponse, "not the service's JSON"),
    Case("Broken compression", _always(Fault(headers={"Content-Encoding": "gzip"})), BadResponse, "cannot be read"),
    Case("A body without end", _body(b" " * (MAX_BODY + 1)), BadResponse, "larger than 64 MB"),
    Case("JSON nested a million deep", _body(b"[" * 1_000_000), BadResponse, "not the service's JSON"),
    Case("A redirect in a circle", _moved("/v1/models"), BadResponse, "more than 5 times"),
    Case("A redirect to what is no web address", _moved("file:///etc/hostname"), BadResponse, "no web address"),
    Case("A redirect to plain http elsewhere", _moved("http://hub.invalid/"), BadResponse, "without encryption"),
    Case("An empty answer (204)", _always(Fault(status=204, body=b"")), BadResponse, "answered 204"),
)
