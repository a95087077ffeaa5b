"""A small service on the loopback that answers as the Hub and the router do, for the tests.

It holds a few models, notes every request as it came over the wire, and misbehaves on demand: each ``Fault``
in ``faults`` is used up by one request.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

EXPANDABLE_NAMES = """
    author baseModels cardData childrenModelCount config createdAt disabled downloads downloadsAllTime
    evalResults gated gguf inference inferenceProviderMapping lastModified library_name likes mask_token
    model-index pipeline_tag private resourceGroup safetensors sha siblings spaces tags transformersInfo
    trendingScore usedStorage widgetData xetEnabled
"""
EXPANDABLE = frozenset(EXPANDABLE_NAMES.split())
DEFAULT = (
    "likes",
    "trendingScore",
    "private",
    "downloads",
    "tags",
    "pipeline_tag",
    "library_name",
    "createdAt",
)


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
    bytes; ``hang`` never answers; ``reset`` closes the connection at once.
    """

    status: int | None = None
    headers: Mapping[str, str | None] = field(default_factory=dict)
    body: bytes | None = None
    cut: int | None = None
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
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def wait_for_end(self) -> None:
        self._stop.wait(30)

    # --- the answers: status, headers, content ---

    def answer(self, seen: Seen) -> tuple[int, dict[str, str], Any]:
        parts = seen.path.strip("/").split("/")
        sent = seen.headers.get("authorization")
        if sent is not None and sent != f"Bearer {self.token}" and parts[0] == "api":
            return _error(401, "Invalid credentials in Authorization header")
        if parts[:2] == ["api", "models"]:
            name = "/".join(parts[2:])
            return self._hub_one(name, seen, sent is not None) if name else self._hub_list(seen)
        if parts[:2] == ["v1", "models"]:
            return self._router("/".join(parts[2:]))
        return 404, {}, "<!doctype html><title>404</title>"

    def _hub_list(self, seen: Seen) -> tuple[int, dict[str, str], Any]:
        query = seen.query
        if bad := _wrong_expand(query):
            return bad
        found = [model for model in self.models if _matches(model, query)]
        if sort := query.get("sort"):
            found.sort(key=lambda model: model.get(sort[0]) or 0, reverse=True)
        size = min(int(query.get("limit", ["1000"])[0]), self.page)
        try:
            start = _start(query)
        except ValueError:
            return _error(400, "Invalid cursor")
        headers = {}
        if start + size < len(found):
            # It ends in what must be percent-encoded once, and only once.
            cursor = base64.b64encode(json.dumps({"start": start + size}).encode()).decode() + _CURSOR_END
            rest = "&".join(p for p in urlsplit(seen.target).query.split("&") if not p.startswith("cursor="))
            self.links.append(f"/api/models?{rest}&cursor={quote(cursor, safe='')}")
            headers["Link"] = f'<{self.url}/api/models>; rel="first", <{self.url}{self.links[-1]}>; rel="next"'
        return 200, headers, [_item(model, query) for model in found[start : start + size]]

    def _hub_one(self, name: str, seen: Seen, known: bool) -> tuple[int, dict[str, str], Any]:
        if name in self.renamed:
            query = urlsplit(seen.target).query
            return 307, {"Location": f"/api/models/{self.renamed[name]}" + (f"?{query}" if query else "")}, ""
        if bad := _wrong_expand(seen.query):
            return bad
        for model in self.models:
            if model["id"] == name:
                item = _item(model, seen.query)
                entries = item.get("inferenceProviderMapping")
                if isinstance(entries, list):
                    item["inferenceProviderMapping"] = {
                        entry["provider"]: {key: entry[key] for key in ("status", "providerId", "task")}
                        for entry in entries
                    }
                return 200, {}, item
        if known:
            return _error(404, "Repository not found", {"X-Error-Code": "RepoNotFound"})
        return _error(401, "Invalid username or password.", {"WWW-Authenticate": 'Bearer realm="Authentication"'})

    def _router(self, name: str) -> tuple[int, dict[str, str], Any]:
        if not name:
            return 200, {}, {"object": "list", "data": self.router}
        for model in self.router:
            if model["id"] == name:
                return 200, {}, {"data": model} if self.router_envelope else model
        return 404, {}, {"error": {"message": f"The model {name} does not exist", "code": "model_not_found"}}


_CURSOR_END = "+/%=="


def _start(query: dict[str, list[str]]) -> int:
    if "cursor" not in query:
        return 0
    return int(json.loads(base64.b64decode(query["cursor"][0].removesuffix(_CURSOR_END)))["start"])


def _matches(model: dict[str, Any], query: dict[str, list[str]]) -> bool:
    served = {entry["provider"] for entry in model.get("inferenceProviderMapping") or ()}
    wanted = {provider for value in query.get("inference_provider", ()) for provider in value.split(",")}
    if wanted and not (served & wanted or ("all" in wanted and served)):
        return False
    return (
        all(model.get("pipeline_tag") == tag for tag in query.get("pipeline_tag", ()))
        and all(part.lower() in model["id"].lower() for part in query.get("search", ()))
        and all(model["id"].startswith(f"{author}/") for author in query.get("author", ()))
        and all(tag in model.get("tags", ()) for tag in query.get("filter", ()))
    )


def _expanded(query: dict[str, list[str]]) -> list[str]:
    return query.get("expand", []) + query.get("expand[]", [])


def _wrong_expand(query: dict[str, list[str]]) -> tuple[int, dict[str, str], Any] | None:
    if unknown := set(_expanded(query)) - EXPANDABLE:
        return _error(400, f"expand: {', '.join(unknown)} is none of {', '.join(sorted(EXPANDABLE))}")
    return None


def _item(model: dict[str, Any], query: dict[str, list[str]]) -> dict[str, Any]:
    wanted = _expanded(query)
    names = ("_id", "id", *wanted) if wanted else ("_id", "id", "modelId", *DEFAULT)
    return {name: model[name] for name in names if name in model}


def _error(status: int, text: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], Any]:
    return status, {"X-Error-Message": text, **(headers or {})}, {"error": text}


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            seen = Seen(self.path, {name.lower(): value for name, value in self.headers.items()})
            service.seen.append(seen)
            service.left = max(service.left - 1, 0)
            fault = service.faults.popleft() if service.faults else Fault()
            if fault.hang:
                service.wait_for_end()
            if fault.hang or fault.reset:
                self.close_connection = True
                return
            self._send(seen, fault)

        def _send(self, seen: Seen, fault: Fault) -> None:
            status, headers, content = service.answer(seen)
            body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
            kind = "text/html" if isinstance(content, str) else "application/json"
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            service.etags.append(etag)
            if status == 200 and seen.headers.get("if-none-match") == etag and fault == Fault():
                status, body = 304, b""
            body = body if fault.body is None else fault.body
            always = {
                "Content-Type": kind,
                "Content-Length": str(len(body)),
                "ETag": etag,
                "RateLimit": f'"api";r={service.left};t=295',
                "RateLimit-Policy": '"fixed window";"api";q=500;w=300',
                "X-Request-Id": f"Root=1-{len(service.seen)}",
            }
            self.send_response(fault.status or status)
            for name, value in {**always, **headers, **fault.headers}.items():
                if value is not None:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body if fault.cut is None else body[: fault.cut])
            if fault.cut is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
