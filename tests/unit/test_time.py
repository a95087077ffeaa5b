"""A call ends when it is stated to, also where no library's time-out would end it: seconds that really pass."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from hfprov_widgets.data.errors import BadResponse, HubError
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.router import RouterClient

STATED = 0.8  # seconds
GRACE = 1.5  # seconds that a busy machine may take on top
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
End = threading.Event


def dripping_headers(connection: socket.socket, end: End) -> None:
    connection.recv(9999)
    for byte in OK + b"X-Filler: x\r\n" * 9999:
        connection.send(bytes([byte]))
        if end.wait(0.02):
            return


def silent_handshake(connection: socket.socket, end: End) -> None:
    end.wait(60)


def slow_redirects(connection: socket.socket, end: End) -> None:
    connection.recv(9999)
    end.wait(0.3)
    connection.send(b"HTTP/1.1 307 On\r\nLocation: /v1/models\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@contextmanager
def serving(behave: Callable[[socket.socket, End], None]) -> Iterator[str]:
    """A server that treats each connection so; gives host and port."""
    end = threading.Event()

    def treat(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            behave(connection, end)

    def accept(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=treat, args=(listener.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        end.set()


def outcome(address: str, **pace: Any) -> tuple[HubError, float]:
    client = RouterClient(address, cache=False, timeout=STATED / 2, pace=Pace(**{"patience": STATED, **pace}))
    began = time.monotonic()
    with pytest.raises(HubError) as caught:
        client.list_models()
    return caught.value, time.monotonic() - began


@pytest.mark.parametrize(
    ("behave", "scheme", "says"),
    [
        (dripping_headers, "http", "whole answer in time"),
        (silent_handshake, "https", "did not answer within"),
        (slow_redirects, "http", "whole answer in time"),
    ],
)
def test_it_is_over_in_time(behave: Callable[[socket.socket, End], None], scheme: str, says: str) -> None:
    with serving(behave) as place:
        error, took = outcome(f"{scheme}://{place}/v1")
    assert says in error.problem
    assert took < STATED + GRACE


def test_a_name_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    end = threading.Event()

    def hang(*_: object, **__: object) -> Any:
        end.wait(60)
        raise socket.gaierror("nobody knows")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    error, took = outcome("http://router.invalid/v1")
    end.set()
    assert "router.invalid did not give its whole answer in time" in error.problem
    assert took < STATED + GRACE


def test_what_unpacks_into_a_flood_is_bounded() -> None:
    packed = gzip.compress(b" " * 200_000_000, 1)

    def flood(connection: socket.socket, end: End) -> None:
        connection.recv(9999)
        connection.sendall(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)
        end.wait(60)

    with serving(flood) as place:
        error, _ = outcome(f"http://{place}/v1", patience=30.0)
    assert isinstance(error, BadResponse)
    assert "larger than 64 MB" in error.problem


def test_no_threads_are_left_behind_when_all_is_well() -> None:
    def good(connection: socket.socket, end: End) -> None:
        while connection.recv(9999):
            connection.sendall(OK + b"Content-Length: 11\r\n\r\n" + b'{"data":[]}')

    before = set(threading.enumerate())
    with serving(good) as place:
        client = RouterClient(f"http://{place}/v1", cache=False)
        for _ in range(20):
            assert client.list_models() == []
        ours = [one for one in set(threading.enumerate()) - before if one.name == "hfprov-get"]
        for thread in ours:
            thread.join(5)  # the last one may still be on its last line
        assert not any(thread.is_alive() for thread in ours)
