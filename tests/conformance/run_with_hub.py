"""Runs a snippet of ``huggingface_hub`` unchanged, with the router's address led to a service on this machine.

python run_with_hub.py <service> <file>. No variable of the environment moves the router for that client
(``HF_ENDPOINT`` moves the Hub, where it looks up the providers), so the way there is changed in the transport.
"""

from __future__ import annotations

import runpy
import sys

import httpx2
from huggingface_hub import set_client_factory


class Detour(httpx2.HTTPTransport):
    """To the service instead of the router."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = httpx2.URL(service)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "router.huggingface.co":
            to = self._service.copy_with(raw_path=request.url.raw_path)
            request = httpx2.Request(request.method, to, headers=request.headers, content=request.read())
        return super().handle_request(request)


if __name__ == "__main__":
    service, snippet = sys.argv[1:]
    set_client_factory(lambda: httpx2.Client(transport=Detour(service), follow_redirects=True))
    runpy.run_path(snippet, run_name="__main__")
