"""One asks, the others wait for its answer: in threads, in processes, and through a real Redis server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from hfprov_widgets.data.errors import ServiceUnavailable
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.router import RouterClient
from hfprov_widgets.data.turns import take_turn
from tests.clock import Clock
from tests.redis_server import run_redis
from tests.service import Fault, Service, offer, router_model


@pytest.fixture(scope="module")
def redis_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with run_redis(tmp_path_factory.mktemp("redis")) as port:
        yield port


@pytest.fixture(params=["file", "memory", "redis"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Each kind of store a cache can have."""
    from requests_cache.backends.base import BaseCache
    from requests_cache.backends.redis import RedisCache

    if request.param == "file":
        return tmp_path / "replies.sqlite"
    if request.param == "memory":
        return BaseCache()
    port = request.getfixturevalue("redis_port")
    return RedisCache(tmp_path.name, host="127.0.0.1", port=port, serializer="json")


@pytest.fixture
def slow(service: Service) -> Service:
    """A service that answers when all have asked who are going to."""
    service.router = [router_model("a/b", offer("groq"))]
    service.gate.clear()
    return service


def test_threads_share_one_answer(slow: Service, backend: Any) -> None:
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(RouterClient(slow.router_url, cache=backend).list_models) for _ in range(8)]
        slow.wait_for_requests(1)
        slow.gate.set()
        found = [job.result(30) for job in jobs]
    assert [len(models) for models in found] == [1] * 8
    assert len(slow.seen) == 1


def test_threads_that_wait_for_one_that_fails_ask_once_each(slow: Service, backend: Any) -> None:
    pace = Pace(retries=3, first_wait=0.01)
    slow.faults.extend([Fault(status=503)] * 7)  # four tries of the first, one of each other
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(RouterClient(slow.router_url, cache=backend, pace=pace).list_models) for _ in range(4)]
        slow.wait_for_requests(1)
        slow.gate.set()
        errors = [job.exception(30) for job in jobs]
    assert [type(error) for error in errors] == [ServiceUnavailable] * 4
    assert 4 <= len(slow.seen) <= 16


def test_processes_share_one_answer(slow: Service, tmp_path: Path) -> None:
    code = f"""
import hfprov_widgets as hfp
router = hfp.RouterClient({slow.router_url!r}, cache={str(tmp_path / "replies.sqlite")!r})
print("ready", flush=True)
input()
print(len(router.list_models()), flush=True)
"""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen([sys.executable, "-c", code], **pipes) for _ in range(4)]  # type: ignore[call-overload]
    try:
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            process.stdin.write("\n")
            process.stdin.flush()
        slow.wait_for_requests(1)
        slow.gate.set()
        assert [process.communicate(timeout=30)[0] for process in processes] == ["1\n"] * 4
    finally:
        for process in processes:
            process.kill()
    assert len(slow.seen) == 1


def test_whoever_waits_too_long_shows_the_copy(
    service: Service, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.router = [router_model("a/b", offer("groq"))]
    file = tmp_path / "replies.sqlite"
    pace = clock.pace(patience=0.2, patience_with_copy=0.2)
    client = RouterClient(service.router_url, cache=file, pace=pace)
    fresh = client.list_models()
    clock.passed += 3600
    cache = client._transport._open().cache
    assert cache is not None
    with cache.turn(f"{service.router_url}/models", 1) as waited:
        assert not waited
        models = client.list_models()
    assert models == fresh
    assert "another call" in models.warnings[0]
    assert len(service.seen) == 1
    with cache.turn(f"{service.router_url}/models/a/b", 1), pytest.raises(ServiceUnavailable, match="another call"):
        client.get_model("a/b")


def test_a_turn_ends_with_the_process_that_has_it(service: Service, tmp_path: Path) -> None:
    client = RouterClient(service.router_url, cache=tmp_path / "replies.sqlite")
    client.list_models()
    code = f"""
import os, sys
from hfprov_widgets.data.cache_file import open_file
from hfprov_widgets.data.turns import take_turn
from pathlib import Path
with take_turn(open_file(Path({str(tmp_path / "replies.sqlite")!r})), "key", 1):
    print("mine", flush=True)
    sys.stdin.read()
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    process.kill()
    process.wait(10)
    cache = client._transport._open().cache
    assert cache is not None
    with take_turn(cache._backend, "key", 5) as waited:
        assert not waited


def test_a_redis_that_goes_away_costs_the_cache_and_nothing_else(service: Service, tmp_path: Path) -> None:
    from requests_cache.backends.redis import RedisCache

    service.router = [router_model("a/b", offer("groq"))]
    with run_redis(tmp_path) as port:
        client = RouterClient(
            service.router_url, cache=RedisCache("gone", host="127.0.0.1", port=port, serializer="json")
        )
        client.list_models()
        client.list_models()
        assert len(service.seen) == 1
    with pytest.warns(UserWarning, match="the cache cannot be used"):
        assert len(client.list_models()) == 1
    assert len(service.seen) == 2


def test_what_is_in_redis_is_plain(service: Service, redis_port: int) -> None:
    import json

    import redis
    from requests_cache.backends.redis import RedisCache

    backend = RedisCache("plain", host="127.0.0.1", port=redis_port, serializer="json")
    RouterClient(service.router_url, cache=backend).list_models()
    with redis.Redis(host="127.0.0.1", port=redis_port) as server:
        [key] = [key for key in server.keys("plain:*") if b":turn:" not in key]
        entry = json.loads(server.get(key))
    assert entry["status_code"] == 200
