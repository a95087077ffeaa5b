"""A real kernel behind a page that is nobody's notebook: what an emulated host talks to.

It serves the pages of a folder, the scripts of ``js/node_modules`` under ``/npm``, the kernel's messages as a stream of
events, and takes messages for the kernel; all of them as JSON, binary parts as base64, as Colab does it.

    python kernel_server.py PORT PAGES NODE_MODULES
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

SHOWN = ("comm_open", "comm_msg", "comm_close", "status", "display_data", "execute_result")


async def connect(kernel: AsyncKernelManager) -> AsyncKernelClient:
    """A client that hears everything from now on; each has a session of its own, or they take each other's replies."""
    client = AsyncKernelClient(connection_file=kernel.connection_file)
    client.load_connection_file()
    client.start_channels(stdin=False, hb=False, control=False)
    await client.wait_for_ready(timeout=60)
    return client


async def listen(request: Request) -> Response:
    """The kernel's messages, for as long as the page listens."""
    client = await connect(request.app.state.kernel)

    async def events() -> AsyncIterator[str]:
        try:
            while True:
                message = await client.get_iopub_msg(timeout=None)
                if message["msg_type"] in SHOWN:
                    yield f"data: {json.dumps(for_the_page(message))}\n\n"
        finally:
            client.stop_channels()

    return StreamingResponse(events(), media_type="text/event-stream")


def for_the_page(message: dict[str, Any]) -> dict[str, Any]:
    """What a page needs of a message, as plain JSON."""
    return {
        "type": message["msg_type"],
        "parent_header": {"msg_id": message["parent_header"].get("msg_id")},
        "content": message["content"],
        "buffers": [base64.b64encode(buffer).decode() for buffer in message["buffers"]],
    }


async def tell(request: Request) -> Response:
    """A message of the page's, under the id that the page gave it."""
    message = await request.json()
    client: AsyncKernelClient = request.app.state.client
    sent = client.session.msg(message["type"], message["content"], metadata=message["metadata"])
    sent["msg_id"] = sent["header"]["msg_id"] = message["id"]
    buffers = [base64.b64decode(text) for text in message["buffers"]]
    client.session.send(client.shell_channel.socket, sent, buffers=buffers)
    return Response(status_code=204)


async def run(request: Request) -> Response:
    """Run a cell; its outputs, as a notebook's file holds them."""
    client: AsyncKernelClient = request.app.state.client
    cell = client.execute((await request.body()).decode(), allow_stdin=False)
    outputs: list[dict[str, Any]] = []
    while True:
        message = await client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == cell:
            outputs.append({"type": message["msg_type"], **message["content"]})
            if message["content"].get("execution_state") == "idle":
                return JSONResponse(outputs)


@asynccontextmanager
async def with_kernel(app: Starlette) -> AsyncIterator[None]:
    """The kernel lives as long as the server."""
    kernel = AsyncKernelManager()
    await kernel.start_kernel()
    app.state.kernel, app.state.client = kernel, await connect(kernel)
    try:
        yield
    finally:
        await kernel.shutdown_kernel(now=True)


def application(pages: str, node_modules: str) -> Starlette:
    """The server's addresses."""
    routes = [
        Route("/kernel", listen),
        Route("/kernel", tell, methods=["POST"]),
        Route("/run", run, methods=["POST"]),
        Mount("/npm", StaticFiles(directory=node_modules)),
        Mount("/", StaticFiles(directory=pages, html=True)),
    ]
    return Starlette(routes=routes, lifespan=with_kernel)


if __name__ == "__main__":
    port, pages, node_modules = sys.argv[1:]
    uvicorn.run(application(pages, node_modules), host="127.0.0.1", port=int(port), timeout_graceful_shutdown=1)
