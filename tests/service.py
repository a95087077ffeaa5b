"""A small service on the loopback that answers as the Hub and the router do, for the tests.

Its answers are those of ``hfprov_widgets.serve``. On top it holds whatever models a test gives it, notes every
request as it came over the wire, and misbehaves on demand: each ``Fault`` in ``faults`` is used up by one request.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, BinaryIO
from urllib.parse import parse_qs, quote, urlsplit

from hfprov_widgets.serve import hub, router
from hfprov_widgets.serve.answers import Answer, Asked, page_not_found, problem
from hfprov_widgets.serve.snapshot import is_under

# The test service's own cursors end in what must be percent-encoded once, and only once.
_CURSOR_END = "+/%=="


def mapping(provider: str, task: str = "conversational", **more: Any) -> dict[str, Any]:
    """One entry of a model's inferenceProviderMapping as the list has it."""
    return {"provider": provider, "providerId": f"{provider}/id", "status": "live", "task": task, **more}


def hub_model(name: str, *providers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A model as the Hub knows it."""
    facts = {
        "_id": hashlib.sha256(name.encode()).hexdigest()[:24],
        "id": name,
        "modelId": name,
        "author": name.partition("/")[0],
        "likes": 3,
        "downloads": 100,
        "trendingScore": 1.5,
        "private": False,
        "gated": False,
        "tags": ["conversational"],
        "pipeline_tag": "text-generation",
        "createdAt": "2025-06-01T12:00:00.000Z",
        "inferenceProviderMapping": list(providers),
    }
    return {**facts, **({"inference": "warm"} if providers else {}), **more}


def router_model(name: str, *providers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A model as the router lists it."""
    facts = {
        "id": name,
        "object": "model",
        "created": 1748779200,
        "owned_by": name.partition("/")[0],
        "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]},
        "providers": list(providers),
    }
    return {**facts, **more}


def offer(provider: str, **more: Any) -> dict[str, Any]:
    """One provider of a model as the router lists it."""
    return {"provider": provider, "status": "live", "is_free": False, "is_model_author": False, **more}


@dataclass(frozen=True)
class Seen:
    """A request as it came."""

    target: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query)


@dataclass(frozen=True)
class Fault:
    """What one request gets instead of, or on top of, the right answer.

    ``status``, ``headers`` and ``body`` replace those of the answer; ``cut`` ends the body after so many
    bytes; ``drip`` sends a byte, and the next one so many seconds later; ``hang`` never answers; ``reset`` closes
    the connection at once.
    """

    status: int | None = None
    headers: Mapping[str, str | None] = field(default_factory=dict)
    body: bytes | None = None
    cut: int | None = None
    drip: float | None = None
    hang: bool = False
    reset: bool = False


def limited(left: int, reset: int, **headers: str) -> Fault:
    """A 429 with so many requests left and so many seconds to the next window."""
    return Fault(status=429, headers={"RateLimit": f'"api";r={left};t={reset}', **headers})


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is nothing to report; anything else is a fault of this service."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Service:
    """Start it with ``with``. ``url`` is the Hub's endpoint, ``router_url`` the router's."""

    def __init__(self) -> None:
        self.models: list[dict[str, Any]] = []
        self.router: list[dict[str, Any]] = []
        self.router_envelope = False
        self.renamed: dict[str, str] = {}
        self.token: str | None = None
        self.page = 1000  # the service's own bound on a page
        self.left = 500  # requests left in the window
        self.faults: deque[Fault] = deque()
        self.seen: list[Seen] = []
        self.links: list[str] = []
        self.etags: list[str] = []
        self.gate = threading.Event()  # cleared, it holds every answer back
        self.gate.set()
        self.is_away = False
        self._arrived = threading.Condition()
        self._stop = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.router_url = f"{self.url}/v1"

    def __enter__(self) -> Service:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()  # those that hang go home
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def leave(self) -> None:
        """Refuse every connection from now on, and end those that are open."""
        self.is_away = True
        self._server.shutdown()
        self._server.server_close()

    def wait_for_end(self) -> None:
        self._stop.wait(60)

    def drip(self, out: BinaryIO, body: bytes, seconds: float) -> None:
        """Send the body byte by byte, until the client has had enough."""
        for byte in body:
            if self._stop.wait(seconds):
                return
            out.write(bytes([byte]))
            out.flush()

    def note(self, seen: Seen) -> None:
        """A request has come."""
        with self._arrived:
            self.seen.append(seen)
            self.left = max(self.left - 1, 0)
            self._arrived.notify_all()

    def wait_for_requests(self, count: int) -> None:
        """Until so many requests have come."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.seen) >= count, 30), f"{len(self.seen)} of {count} came"

    def answer(self, seen: Seen) -> Answer:
        """The right answer: the product's, after this service's own accounts and cursors."""
        sent = seen.headers.get("authorization")
        if sent is not None and sent != f"Bearer {self.token}" and is_under("/api", seen.path):
            return problem(401, "Invalid credentials in Authorization header")
        asked = Asked(seen.target.replace(quote(_CURSOR_END, safe=""), ""), self.url, sent is not None)
        if is_under(hub.PATH, seen.path):
            return self._linked(hub.HubAnswers(self.models, self.renamed, self.page).answer(asked))
        if is_under(router.PATH, seen.path):
            return router.RouterAnswers(self.router, envelope=self.router_envelope).answer(asked)
        return page_not_found()

    def _linked(self, answer: Answer) -> Answer:
        """The answer with a link more, and a cursor that is easily spoilt."""
        if "Link" not in answer.headers:
            return answer
        following = answer.headers["Link"].partition(">")[0].strip("<") + quote(_CURSOR_END, safe="")
        self.links.append(following.removeprefix(self.url))
        link = f'<{self.url}/api/models>; rel="first", <{following}>; rel="next"'
        return replace(answer, headers={**answer.headers, "Link": link})


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            seen = Seen(self.path, {name.lower(): value for name, value in self.headers.items()})
            service.note(seen)
            service.gate.wait(30)
            fault = service.faults.popleft() if service.faults else Fault()
            if fault.hang:
                service.wait_for_end()
            if fault.hang or fault.reset or service.is_away:
                self.close_connection = True
                return
            self._send(seen, fault)

        def _send(self, seen: Seen, fault: Fault) -> None:
            answer = service.answer(seen)
            status, body = answer.status, answer.body
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            service.etags.append(etag)
            if status == 200 and seen.headers.get("if-none-match") == etag and fault == Fault():
                status, body = 304, b""
            body = body if fault.body is None else fault.body
            always = {
                "Content-Type": answer.kind,
                "Content-Length": str(len(body)),
                "ETag": etag,
                "RateLimit": f'"api";r={service.left};t=295',
                "RateLimit-Policy": '"fixed window";"api";q=500;w=300',
                "X-Request-Id": f"Root=1-{len(service.seen)}",
            }
            self.send_response(fault.status or status)
            for name, value in {**always, **answer.headers, **fault.headers}.items():
                if value is not None:
                    self.send_header(name, value)
            self.end_headers()
            if fault.drip is not None:
                service.drip(self.wfile, body, fault.drip)
            self.wfile.write(b"" if fault.drip is not None else body[: fault.cut])
            if fault.cut is not None or fault.drip is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
