"""The service on the web: what every answer carries on top of its content, whatever it is.

One function takes each request through the same steps: the quota, the method, the answer, the condition. So no
answer, not even an error or a redirect, goes out without the headers that the real services always send.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.hub import PAGE
from hfprov_widgets.serve import chat, router
from hfprov_widgets.serve.answers import Answer, Asked, problem
from hfprov_widgets.serve.snapshot import SOURCE, SnapshotAnswers
from hfprov_widgets.serve.upstream import Upstream

WINDOW = 300  # seconds
QUOTA = 100_000  # requests per address and window; a class behind one address, a JupyterHub say, fits in
# What the Hub lets a page read, as far as this service sends it, and our own.
_EXPOSED = f"X-Request-Id, X-Error-Code, X-Error-Message, ETag, Link, {SOURCE}, {chat.PROVIDER}"


def create_app(
    catalog: Catalog | None = None,
    *,
    upstream: Upstream | None = None,
    renamed: Mapping[str, str] = MappingProxyType({}),
    page: int = PAGE,
    quota: int = QUOTA,
    clock: Callable[[], float] = time.monotonic,
) -> Starlette:
    """The service as an ASGI application.

    Parameters
    ----------
    catalog : Catalog, optional
        What it serves. With ``upstream``: what it falls back to.
    upstream : Upstream, optional
        The real services, which it then stands in front of.
    renamed : mapping of str to str
        Old model id to new id, for the Hub's redirects.
    page : int
        The greatest number of models in one answer of the Hub.
    quota : int
        Requests per address in a window of 300 seconds.
    clock : callable
        Seconds; a test brings its own.

    Examples
    --------
    >>> from hfprov_widgets import load_catalog
    >>> app = create_app(load_catalog("sample"))
    """
    if catalog is None and upstream is None:
        raise ValueError("create_app needs a catalogue or an upstream")
    snapshot = SnapshotAnswers(catalog, renamed, page) if catalog is not None else None
    return Starlette(routes=[Mount("/", app=_Service(snapshot, upstream, Quota(quota, clock)))])


def student_lines(base: str) -> str:
    """What a notebook's environment needs to use the service at this address.

    >>> print(student_lines("http://127.0.0.1:8717"))
    HF_ENDPOINT=http://127.0.0.1:8717
    HFPROV_ROUTER_URL=http://127.0.0.1:8717/v1
    HF_HUB_DISABLE_IMPLICIT_TOKEN=1
    """
    # The last one: no client shall send a token over plain http, where this service has no use for it.
    return f"HF_ENDPOINT={base}\nHFPROV_ROUTER_URL={base}/v1\nHF_HUB_DISABLE_IMPLICIT_TOKEN=1"


def described(catalog: Catalog | None, upstream: Upstream | None) -> str:
    """What is served, in a line."""
    parts = []
    if upstream is not None:
        parts.append(f"the answers of {upstream.hub} and {upstream.router}, each asked for once per refresh")
    if catalog is not None:
        date = f" of {catalog.retrieved_at}" if catalog.retrieved_at else ""
        size = f"{len(catalog.records):,} models, {len(catalog.all_routes):,} routes"
        parts.append(f"{catalog.source}{date}: {size}")
    return "; while they cannot be reached, ".join(parts)


class Quota:
    """A fixed window in which each address may ask so often; all windows begin together.

    Examples
    --------
    >>> now = [0.0]
    >>> quota = Quota(2, lambda: now[0])
    >>> [quota.take("student") for _ in range(3)]
    [(True, 1, 300), (True, 0, 300), (False, 0, 300)]
    >>> now[0] = 301.5
    >>> quota.take("student")
    (True, 1, 299)
    """

    def __init__(self, size: int, clock: Callable[[], float]) -> None:
        self.size = size
        self._clock = clock
        self._began = clock()
        self._window = 0
        self._used: dict[str, int] = {}  # of this window only, so it does not grow for ever

    def take(self, address: str) -> tuple[bool, int, int]:
        """Count a request: whether it is within the quota, how many are left, seconds to the next window."""
        window, passed = divmod(self._clock() - self._began, WINDOW)
        if window != self._window:
            self._window, self._used = int(window), {}
        used = self._used[address] = self._used.get(address, 0) + 1
        return used <= self.size, max(self.size - used, 0), WINDOW - int(passed)


class _Service:
    """The ASGI application itself."""

    def __init__(self, snapshot: SnapshotAnswers | None, upstream: Upstream | None, quota: Quota) -> None:
        self._snapshot = snapshot
        self._upstream = upstream
        # In front of the real services no chat is answered, not even while they cannot be reached.
        self._chat = chat.ChatAnswers(snapshot.catalog) if snapshot and not upstream else None
        self._quota = quota
        self._since = time.strftime("%Y-%m-%d %H:%M:%S %Z")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            try:
                response = await self._response(Request(scope, receive))
            except asyncio.CancelledError:  # Ctrl-C while somebody waits for the upstream
                response = Response("This service is ending.", 503)
            await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        allowed, left, reset = self._quota.take(request.client.host if request.client else "")
        if not allowed:
            answer = problem(429, "Too many requests from this address in this window.", Retry_After=str(reset))
        elif request.method == "OPTIONS":
            answer = Answer(204, headers=_preflight(request))
        elif request.method == "POST" and chat.is_chat(request.url.path):
            answer = await self._chatted(request)
        elif request.method not in ("GET", "HEAD"):
            answer = router.lists_only()
        else:
            answer = _conditional(await self._answer(_asked(request)), request.headers.get("if-none-match"))
        headers = {
            "RateLimit": f'"api";r={left};t={reset}',
            "RateLimit-Policy": f'"fixed window";"api";q={self._quota.size};w={WINDOW}',
            "X-Request-Id": f"Root=1-{uuid.uuid4()}",
            "Vary": "Origin",
            **answer.headers,
        }
        if origin := request.headers.get("origin"):
            headers |= {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": _EXPOSED}
        if answer.body or answer.events:
            headers["Content-Type"] = answer.kind
        if answer.events:
            return StreamingResponse(_one_by_one(answer.events), answer.status, headers)
        return Response(answer.body, answer.status, headers)

    async def _chatted(self, request: Request) -> Answer:
        if self._chat is None:
            return chat.not_forwarded()
        # In a thread: a long answer takes a while to write, and the others need not wait for it.
        return await run_in_threadpool(self._chat.answer, await _chat_asked(request))

    async def _answer(self, asked: Asked) -> Answer:
        if asked.path == "/":
            return self._welcome(asked.base)
        if self._upstream:
            return await self._upstream.answer(asked, self._snapshot)
        assert self._snapshot is not None
        return self._snapshot.answer(asked)

    def _welcome(self, base: str) -> Answer:
        catalog = self._snapshot.catalog if self._snapshot else None
        text = (
            f"hfprov_widgets serves {described(catalog, self._upstream)}.\nSince {self._since}.\n\n"
            f"For a notebook, in its environment:\n\n{student_lines(base)}\n"
        )
        return Answer(200, text.encode(), kind="text/plain; charset=utf-8")


def _asked(request: Request) -> Asked:
    scope: Mapping[str, Any] = request.scope
    query = scope["query_string"].decode("latin-1")
    return Asked(
        target=scope["raw_path"].decode("latin-1") + (f"?{query}" if query else ""),
        base=f"{request.url.scheme}://{request.url.netloc}",
        has_token=request.headers.get("authorization", "").lower().startswith("bearer "),
    )


async def _chat_asked(request: Request) -> chat.ChatAsked:
    """The question, read no further than it may be long; what kind of token came along, and never which."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > chat.MOST_BYTES:
            break
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    known = scheme.lower() == "bearer" and token.strip()
    kind: Literal["none", "hf", "other"] = "none" if not known else "hf" if token.startswith("hf_") else "other"
    return chat.ChatAsked(request.url.path, bytes(body), kind)


async def _one_by_one(events: tuple[bytes, ...]) -> AsyncIterator[bytes]:
    for event in events:
        yield event
        await asyncio.sleep(0)  # others may be answered in between


def _conditional(answer: Answer, known: str | None) -> Answer:
    """The answer with its ETag; without its body where the asker holds the same one."""
    if answer.status != 200:
        return answer
    etag = f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
    headers = {**answer.headers, "ETag": etag}
    tags = {tag.strip().removeprefix("W/") for tag in (known or "").split(",")}
    if tags & {etag, "*"}:
        return Answer(304, headers=headers)
    return Answer(200, answer.body, headers, answer.kind)


def _preflight(request: Request) -> dict[str, str]:
    asked = request.headers.get("access-control-request-headers", "")
    return {
        "Access-Control-Allow-Methods": "GET, HEAD, POST" if chat.is_chat(request.url.path) else "GET, HEAD",
        "Access-Control-Allow-Headers": asked,
        "Access-Control-Max-Age": "86400",
    }
