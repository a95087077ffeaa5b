"""A class of 300 in one minute, behind one ``serve --upstream``: what the real services see of it.

Each student opens the course notebook at a moment of the minute: two widgets' worth of data, then a few models.
Every student is a client of its own without a cache, as 300 kernels that have just been started are. The class
server runs in a process of its own, its refresh shortened so that the minute holds several; the services behind
it are a synthetic catalogue that counts who asks for what.

    python -m bench.classroom SECONDS [serve's arguments]      # the class server, as the benchmark starts it
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench import synthetic
from bench.report import Figure

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from hfprov_widgets import Catalog

STUDENTS = 300
MINUTE = 60.0  # seconds
REFRESH = 20.0  # seconds; in use it is 300 for the router's list and 900 for the Hub's
LESSON = 5  # models that each student looks at
AT_ONCE = 64  # students whose requests overlap; the moment of each is what spreads them
SLOWEST = 2_000.0  # ms: what a student may wait for one answer, at the 99th percentile
MEMORY = 250.0  # MB


def measure(pairs: int) -> list[Figure]:
    """One minute; the number of pairs does not matter."""
    asked: Counter[str] = Counter()
    times: list[float] = []
    failed: list[str] = []
    catalog = synthetic.catalog(150, 350)
    with (
        tempfile.TemporaryDirectory() as folder,
        _counted(catalog, asked) as upstream,
        _class_server(upstream, Path(folder)) as (address, process),
    ):
        _students(address, [model.id for model in catalog.records[:LESSON]], times, failed)
        memory = _megabytes(process)
    refreshes = MINUTE / REFRESH  # the first fetch counts as one
    worst, most = max(asked.items(), key=lambda item: item[1])
    p99 = sorted(times)[int(0.99 * len(times))]
    usual = f"median {median(times):.1f} ms"
    requests = f"{len(times):,} requests of {STUDENTS} clients in {MINUTE:g} s"
    return [
        Figure(
            "fetches upstream per resource and refresh", float(most), float(len(times)), "requests", most / refreshes,
            "", 1, f"{len(asked)} resources, most for {worst.partition('?')[0]}; {requests}",
        ),
        Figure("requests that failed", float(len(failed)), None, "", float(len(failed)), "requests", 0, _first(failed)),
        Figure("answer of the class server, p99", p99, None, "ms", p99, "ms", SLOWEST, usual),
        Figure("memory of the class server after it", memory, None, "MB", memory, "MB", MEMORY),
    ]  # fmt: skip


def _first(failed: list[str]) -> str:
    return failed[0] if failed else ""


# --- the class ----------------------------------------------------------------------------------------------


def _students(address: str, lesson: list[str], times: list[float], failed: list[str]) -> None:
    chance = random.Random(20260101)
    moments = sorted(chance.uniform(0, MINUTE * 0.95) for _ in range(STUDENTS))
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for moment in moments:
            time.sleep(max(began + moment - time.monotonic(), 0))
            pool.submit(_student, address, lesson, times, failed)


def _student(address: str, lesson: list[str], times: list[float], failed: list[str]) -> None:
    from hfprov_widgets import HubClient, RouterClient
    from hfprov_widgets.data.pace import Pace

    once = Pace(retries=0)  # a failure shall count, not be mended
    hub = HubClient(address, token=False, cache=False, pace=once)
    router = RouterClient(f"{address}/v1", cache=False, pace=once)
    calls: list[Callable[[], object]] = [
        router.list_models,
        lambda: hub.list_models("all", filter="conversational", sort="trendingScore", limit=1000),
        *(lambda name=name: hub.model_providers(name) for name in lesson),
        *(lambda name=name: router.get_model(name) for name in lesson[:2]),
    ]
    for call in calls:
        start = time.perf_counter()
        try:
            call()
        except Exception as error:  # whatever it is, the student has no answer
            failed.append(str(error))
        times.append(1000 * (time.perf_counter() - start))
    hub.close()
    router.close()


# --- the services -------------------------------------------------------------------------------------------


@contextmanager
def _counted(catalog: Catalog, asked: Counter[str]) -> Iterator[str]:
    """A service over the catalogue, in a thread, which counts what it is asked; gives its address."""
    from hfprov_widgets.serve import create_app
    from tests.running import running

    app = create_app(catalog)
    lock = threading.Lock()

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            with lock:
                asked[scope["path"] + "?" + scope["query_string"].decode()] += 1
        await app(scope, receive, send)

    application: ASGIApp = counting
    with running(application) as address:
        yield address


@contextmanager
def _class_server(upstream: str, folder: Path) -> Iterator[tuple[str, int]]:
    """``serve --upstream`` in a process of its own, until the block is left; gives its address and its number."""
    environment = {**os.environ, "HF_ENDPOINT": upstream, "HFPROV_ROUTER_URL": f"{upstream}/v1"}
    environment["XDG_CACHE_HOME"] = str(folder)
    command = [sys.executable, "-m", "bench.classroom", str(REFRESH), "--upstream", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        found = next(match for line in process.stdout if (match := re.match(r"HF_ENDPOINT=(\S+)", line)))
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield found[1], process.pid
    finally:
        process.terminate()
        process.wait(20)


def _megabytes(process: int) -> float:
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=True).stdout
    return int(said) / 1024


def _serve(refresh: float, arguments: list[str]) -> int:
    import argparse

    from hfprov_widgets.data import hub, router
    from hfprov_widgets.serve import cli

    hub.EXPIRE_AFTER = router.EXPIRE_AFTER = refresh
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    return cli.run(parser.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(_serve(float(sys.argv[1]), sys.argv[2:]))
