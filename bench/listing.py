"""50,000 models from a local service into a catalogue, beside the official client and beside bare requests.

The service is `python -m hfprov_widgets serve` in a process of its own. Every measurement, on every side, has a
fresh process of its own, too: the clock starts when all is imported and stops when the last model is there.

    python -m bench.listing SIDE ENDPOINT      # one measurement, as the benchmark starts it
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench import synthetic
from bench.report import Figure

N_MODELS, N_ROUTES, PAGE = 50_000, 65_000, 1000
FEW = 10_000
TO_CLIENT, TO_BARE = 0.5, 1.5  # of their time, at most
GROWTH = 1.1  # of the peak, for five times the models

SIDES: dict[str, Callable[[str], Any]] = {}


def measure(pairs: int) -> list[Figure]:
    """Medians over rounds in which each side has its turn; memory once, as it does not vary."""
    rounds = max(3, pairs // 3)
    with _service() as endpoint:
        _measured("network", endpoint)  # the service has encoded every model by then, for whoever comes first
        seconds: dict[str, list[float]] = {side: [] for side in ("ours", "ours, framed", "client", "bare", "network")}
        for number in range(rounds):
            for side in list(seconds) if number % 2 else reversed(seconds):
                seconds[side].append(_measured(side, endpoint))
        peaks = {side: _measured(side, endpoint) for side in ("few, one by one", "all, one by one", "all, listed")}
    return [
        _ratio("huggingface_hub into a DataFrame", "ours", "client", seconds, TO_CLIENT),
        _ratio("the same, ours as a DataFrame too", "ours, framed", "client", seconds, None),
        _ratio("bare requests and JSON", "ours", "bare", seconds, TO_BARE, f"network {_ms(seconds['network'])}"),
        _growth(peaks),
    ]


def _ratio(
    against: str, ours: str, theirs: str, seconds: dict[str, list[float]], limit: float | None, note: str = ""
) -> Figure:
    a, b = (median(seconds[side]) for side in (ours, theirs))
    ratio = median(x / y for x, y in zip(seconds[ours], seconds[theirs], strict=True))
    speed = f"{N_MODELS / a:,.0f} models/s, bare {N_MODELS / b:,.0f}"
    name = f"{N_MODELS:,} models; bare: {against}"
    return Figure(name, a, b, "s", ratio, "×", limit, f"{speed}; {note}" if note else speed)


def _growth(peaks: dict[str, float]) -> Figure:
    few, most = peaks["few, one by one"], peaks["all, one by one"]
    name = f"memory of iter_models, {N_MODELS:,} models; bare: {FEW:,}"
    note = f"peak of Python's memory; all as a list {peaks['all, listed']:.0f} MB"
    return Figure(name, most, few, "MB", most / few, "×", GROWTH, note)


def _ms(seconds: list[float]) -> str:
    return f"{1000 * median(seconds):.0f} ms"


# --- the service, and a process for each measurement --------------------------------------------------------


@contextmanager
def _service() -> Iterator[str]:
    """The address of a service that holds the models."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "models.json"
        synthetic.catalog(N_MODELS, N_ROUTES).save(path)
        command = [sys.executable, "-u", "-m", "hfprov_widgets", "serve", str(path), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield _address(process)
            finally:
                process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"HF_ENDPOINT=(\S+)", line):
            return found[1]
    raise RuntimeError("the service did not start")


def _measured(side: str, endpoint: str) -> float:
    command = [sys.executable, "-m", "bench.listing", side, endpoint]
    # No progress bars, no look at the real Hub.
    environment = {**os.environ, "HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise RuntimeError(f"{side}: {done.stderr.strip()}")
    return float(done.stdout)


# --- the sides: each asks once, so that all is imported, and returns what is timed --------------------------


def _side(name: str) -> Callable[[Callable[[str], Any]], Callable[[str], Any]]:
    def keep(prepare: Callable[[str], Any]) -> Callable[[str], Any]:
        SIDES[name] = prepare
        return prepare

    return keep


@_side("ours")
def _ours(endpoint: str) -> Callable[[], Any]:
    from hfprov_widgets.data.catalog import Catalog
    from hfprov_widgets.data.hub import HubClient

    def read(limit: int | None = None) -> Catalog:
        models = HubClient(endpoint, token=False, cache=False).list_models("all", limit=limit)
        return Catalog.from_models(models, source="synthetic", retrieved_at=synthetic.DAY)

    read(1)
    return read


@_side("ours, framed")
def _ours_framed(endpoint: str) -> Callable[[], Any]:
    read = _ours(endpoint)
    read(1).models  # noqa: B018, pandas is imported here
    return lambda: read().models


@_side("client")
def _client(endpoint: str) -> Callable[[], Any]:
    import pandas as pd
    from huggingface_hub import HfApi

    from hfprov_widgets.data.hub import EXPAND

    api = HfApi(endpoint, token=False)
    expand: Any = list(EXPAND)

    def read(limit: int | None = None) -> Any:
        models = api.list_models(inference_provider="all", expand=expand, limit=limit)
        return pd.DataFrame([vars(model) for model in models])

    read(1)
    return read


@_side("bare")
def _bare(endpoint: str) -> Callable[[], Any]:
    next(_answers(endpoint)).json()
    return lambda: [row for answer in _answers(endpoint) for row in answer.json()]


@_side("network")
def _network(endpoint: str) -> Callable[[], Any]:
    next(_answers(endpoint))
    return lambda: range(N_MODELS if sum(len(answer.content) for answer in _answers(endpoint)) else 0)


def _answers(endpoint: str) -> Iterator[Any]:
    """Page after page, as one writes it by hand."""
    import requests

    from hfprov_widgets.data.hub import EXPAND

    query = [("inference_provider", "all"), *(("expand", name) for name in EXPAND), ("limit", str(PAGE))]
    session = requests.Session()
    url: str | None = f"{endpoint}/api/models?{urlencode(query)}"
    while url:
        answer = session.get(url)
        answer.raise_for_status()
        yield answer
        url = answer.links.get("next", {}).get("url")


@_side("few, one by one")
def _few_one_by_one(endpoint: str) -> Callable[[], Any]:
    return lambda: range(_counted(endpoint, FEW))


@_side("all, one by one")
def _all_one_by_one(endpoint: str) -> Callable[[], Any]:
    return lambda: range(_counted(endpoint, None))


def _counted(endpoint: str, limit: int | None) -> int:
    from hfprov_widgets.data.hub import HubClient

    return sum(1 for _ in HubClient(endpoint, token=False, cache=False).iter_models("all", limit=limit))


@_side("all, listed")
def _all_listed(endpoint: str) -> Callable[[], Any]:
    from hfprov_widgets.data.hub import HubClient

    return lambda: HubClient(endpoint, token=False, cache=False).list_models("all", limit=None)


def _main(side: str, endpoint: str) -> None:
    """Print the seconds of one side, or the MB where memory is what is asked for."""
    read = SIDES[side](endpoint)
    expected = FEW if side.startswith("few") else N_MODELS
    if side.startswith(("few", "all")):
        import tracemalloc

        tracemalloc.start()
        found = len(read())
        result = tracemalloc.get_traced_memory()[1] / 1e6
    else:
        begun = time.perf_counter()
        found = len(read())
        result = time.perf_counter() - begun
    if found != expected:
        raise SystemExit(f"{found} models instead of {expected}")
    print(result)


if __name__ == "__main__":
    _main(*sys.argv[1:])
