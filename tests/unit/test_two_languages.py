"""Random catalogues, asked of both languages: the answers must be identical.

The golden cases say what is right; this finds where the two could still differ.
"""

from __future__ import annotations

import json
import math
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hfprov_widgets.data.facets import facets
from hfprov_widgets.data.filters import normal_filters, select_models
from hfprov_widgets.data.formatting import display_key, format_value
from hfprov_widgets.data.marks import best_marks, policies
from hfprov_widgets.data.ranking import MODEL_SORT_COLUMNS, pick_models, sort_routes
from hfprov_widgets.data.search import marks, near_names, terms
from tests.unit.decisions import choice_answer, front_answer, plan_answer
from tests.unit.golden_cases import models_from

SCRIPT = Path(__file__).parents[2] / "js" / "test" / "run-cases.mjs"
N_CATALOGS = 400
N_VALUES = 6000
KINDS = ("price", "blended", "milliseconds", "speed", "tokens", "count")

PROVIDERS = [
    "novita",
    "Novita",
    "groq",
    "hf-inference",
    "zai-org",
    "Ünïcode",
    "__proto__",
    "constructor",
    "7",
    "😀",
    "\uff5e",
]
STATUSES = ["live", "live", "live", "live", "error", "staging", "paused", "Warm", None]
TASKS = ["conversational", "text-to-image", "Feature-extraction", None]
PRICES = [
    0,
    0.1,
    0.10000000000000002,
    0.0999996,
    0.105,
    0.145,
    0.3,
    0.30000000000000004,
    1,
    1.001,
    1.0049,
    2.675,
]
ODD_PRICES = [0.01234, 0.012345, 4e-7, 0.0001, 1000, 2500, 1.0399999999999998]
NAMES = [
    "Llama-3.3-70B",
    "llama",
    "Qwen3_32B",
    "gpt-oss-20b",
    "ollama",
    "modèle-été",
    "a.b",
    "İx",
    "ΣΑΣ",
    "😀",
    "x/y",
]
ORGS = ["meta-llama", "Meta-Llama", "openai", "x", "Ä", "\uff5e"]
MODALITIES = [["text"], ["text", "image"], ["image", "text"], ["audio"], [], None]
TIMES = ["2025-01-31", "2025-01-31T12:00:00Z", "2025-02-01T00:00:00Z", "2024-12-31T23:59:59Z", None]
QUERIES = [
    "",
    "llama",
    "l",
    "LLAMA 3",
    "o",
    "été",
    "b x",
    "7",
    "zz",
    "σ",
    "gpt_oss",
    "lama-70",
    "/",
    "qwen32",
    "a",
]


def some(rng: random.Random, values: list[Any]) -> Any:
    return rng.choice(values)


def a_price(rng: random.Random) -> float | None:
    kind = rng.random()
    if kind < 0.2:
        return None
    return some(rng, PRICES) if kind < 0.8 else some(rng, ODD_PRICES) if kind < 0.9 else rng.random() * 3


def a_route(rng: random.Random, number: int) -> dict[str, Any]:
    row = {
        "provider": some(rng, PROVIDERS),
        "status": some(rng, STATUSES),
        "task": some(rng, TASKS),
        "provider_id": str(number),  # tells the routes apart
        "price_input": a_price(rng),
        "price_output": a_price(rng),
        "context_length": some(rng, [None, 0, 8192, 131000, 131072, 200000, 256000, 1048576]),
        "throughput": some(
            rng, [None, 0, 0.04, 9.94, 9.95, 9.96, 10, 10.4, 100, 100.00000000000001, rng.random() * 99]
        ),
        "first_token_latency_ms": some(rng, [None, 0, 249.5, 249.6, 250.4, 1490, rng.random() * 999]),
        "supports_tools": some(rng, [True, False, None]),
        "supports_structured_output": some(rng, [True, False, None]),
        "is_model_author": some(rng, [True, False, None]),
        "metrics_retrieved_at": some(rng, TIMES),
    }
    return {name: cell for name, cell in row.items() if cell is not None}


def some_models(rng: random.Random) -> list[dict[str, Any]]:
    ids = list(dict.fromkeys(f"{some(rng, ORGS)}/{some(rng, NAMES)}" for _ in range(rng.randrange(9))))
    if rng.random() < 0.2:
        ids.append("no-slash")
    models, number = [], 0
    for id in ids:
        routes = [a_route(rng, number + n) for n in range(some(rng, [0, 1, 2, 3, 7]))]
        number += len(routes)
        row = {
            "id": id,
            "pipeline_tag": some(rng, [None, "text-generation", "Image-text-to-text"]),
            "owned_by": some(rng, [None, *ORGS]),
            "created": some(rng, TIMES),
            "input_modalities": some(rng, MODALITIES),
            "output_modalities": some(rng, MODALITIES),
            "likes": some(rng, [None, 0, 10, 999, 1000, 1001]),
            "downloads": some(rng, [None, 0, 1048576, 1048577]),
            "trending_score": some(rng, [None, 0, 0.5, 7]),
            "gated": some(rng, [None, False, "auto"]),
            "routes": routes,
        }
        models.append({name: cell for name, cell in row.items() if cell is not None})
    return models


def some_filters(rng: random.Random, models: list[dict[str, Any]]) -> dict[str, Any]:
    possible = {
        "provider": rng.sample(PROVIDERS, 4),
        "status": some(rng, ["live", ["live", "error"]]),
        "task": rng.sample([task for task in TASKS if task], 2),
        "model": [row["id"] for row in models[:3]],
        "supports_tools": some(rng, [True, False, [False, True]]),
        "supports_structured_output": True,
        "priced": some(rng, [True, False, [True, False]]),
        "min_context_length": some(rng, [0, 131072, 200000]),
        "max_context_length": 256000,
        "max_price_output": some(rng, [0, 0.3, 1]),
        "min_price_input": 0.1,
        "max_price_blended": some(rng, [0.1, 1]),
        "min_throughput": 10,
        "context_length": some(rng, [131072, [131072, 8192]]),
        "max_metrics_retrieved_at": some(rng, ["2025-01", "2025-01-31", "2025-01-31T12"]),
        "input_modalities": some(rng, ["text", ["image", "audio"]]),
        "output_modalities": some(rng, ["text", ["image", "audio"]]),
        "min_created": some(rng, ["2025", "2025-01-31T00", "2025-01-31"]),
        "max_created": some(rng, ["2025-01", "2024-12-31"]),
        "owned_by": rng.sample(ORGS, 2),
        "gated": some(rng, [False, ["auto", False]]),
        "min_likes": some(rng, [0, 1000]),
        "max_n_routes": 3,
        "min_n_providers": some(rng, [0, 2]),
        "likes": [0, 10],
        "is_free": [],
        "pipeline_tag": None,
    }
    names = rng.sample(list(possible), some(rng, [0, 0, 1, 1, 2, 3]))
    return {name: possible[name] for name in names}


def some_sort(rng: random.Random, columns: tuple[str, ...]) -> list[list[str]]:
    return [[some(rng, list(columns)), some(rng, ["asc", "desc"])] for _ in range(some(rng, [0, 1, 1, 2]))]


ROUTE_SORT_COLUMNS = (
    *("model", "provider", "status", "task", "price_input", "price_output", "price_blended", "throughput"),
    *(
        "first_token_latency_ms",
        "context_length",
        "supports_tools",
        "is_model_author",
        "metrics_retrieved_at",
    ),
)


def some_needs(rng: random.Random, models: list[dict[str, Any]]) -> dict[str, Any]:
    ids = [row["id"] for row in models]
    model = some(rng, [None, None, rng.choice(ids), rng.sample(ids, 1 + len(ids) // 2)] if ids else [None])
    tokens = some(rng, [None, None, [600, 300], [1000, 0], [0, 7]])
    return {
        "model": model,
        "require": some_filters(rng, models),
        "optimize": some(rng, ["cost", "speed", "latency", "balanced"]),
        "tokens": tokens,
        "mix": None if tokens else some(rng, [[3, 1], [1, 3], [1, 0], [0, 1], [0.7, 0.3]]),
        "dated": rng.random() < 0.2,
    }


AXES = ("price_blended", "throughput", "price_input", "price_output", "first_token_latency_ms", "context_length")


def some_trade_off(rng: random.Random, models: list[dict[str, Any]]) -> dict[str, Any]:
    needs = some_needs(rng, models)
    axes = rng.sample(AXES, some(rng, [2, 2, 3, 6]))
    return {name: needs[name] for name in ("model", "require", "dated")} | {"axes": axes, "mix": needs["mix"] or [3, 1]}


def some_budget(rng: random.Random, models: list[dict[str, Any]]) -> dict[str, Any]:
    """Costs stay below 2**53, for JavaScript writes larger ones as whole numbers; a golden case has the largest."""
    needs = some_needs(rng, models)
    return {name: needs[name] for name in ("model", "require", "dated")} | {
        "tokens": some(
            rng, [[600, 300], [1000, 0], [0, 7], [rng.randrange(1, 10**6), rng.randrange(10**6)], [0, 10**9]]
        ),
        "calls": some(rng, [1, 20, rng.randrange(1, 999), 10**4]),
        "students": some(rng, [1, 30, rng.randrange(1, 99)]),
        "margin": some(rng, [0, 0.2, 0.07, 100, rng.random(), 5e-324]),
        "credit": some(rng, [None, 0, 0.1, 2, rng.random() / 99, rng.random() * 9, 10**8, 5e-324]),
        "credit_for": some(rng, ["student", "class"]),
    }


def some_values(rng: random.Random) -> list[dict[str, Any]]:
    values = []
    for _ in range(N_VALUES):
        # A number with few digits, half of them ending in 5, and its neighbours; or any number at all.
        digits = rng.randrange(1, 10 ** rng.randrange(1, 15)) * 10 + some(rng, [5, rng.randrange(10)])
        value = digits / 10 ** rng.randrange(0, 18)
        value = some(rng, [value, value, math.nextafter(value, 0), math.nextafter(value, math.inf)])
        if rng.random() < 0.2:
            value = 10 ** rng.uniform(-12, 12)
        values.append({"kind": some(rng, list(KINDS)), "value": value})
    return values


def python_answer(case: dict[str, Any]) -> dict[str, Any]:
    models = models_from(case["models"])
    routes = [route for model in models for route in model.routes]
    place = {model.id: at for at, model in enumerate(models)}
    mix, filters, query = case["mix"], case["filters"], case["query"]
    picked = pick_models(models, query, filters, case["model_sort"], mix)
    counts = facets(models, query, filters, mix)
    words = terms(query)
    return {
        "normal": normal_filters(filters),
        "kept": [int(r.provider_id or 0) for m in select_models(models, filters, mix) for r in m.routes],
        "sorted": [int(r.provider_id or 0) for r in sort_routes(routes, case["sort"], mix)],
        "picked": [[place[m.id], int(r.provider_id or 0) if r else -1] for m, r in picked],
        "facets": {
            facet: {"true" if value is True else str(value): n for value, n in values.items()}
            for facet, values in counts.items()
        },
        "best": best_marks(routes, mix),
        "policies": {
            name: {"providers": list(choice.providers), "published": choice.published, "of": choice.of}
            for name, choice in policies(models[0].routes if models else ()).items()
        },
        "near": near_names(query, [model.id for model in models]),
        "marks": [[list(part) for part in marks(m.id, words)] for m in models],
        "choose": choice_answer(models, case["choose"]),
        "pareto": front_answer(models, case["pareto"]),
        "plan": plan_answer(models, case["plan"]),
    }


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    rng, decisions, budgets = (random.Random(seed) for seed in (20261010, 20261124, 20261125))
    catalogs = []
    for _ in range(N_CATALOGS):
        models = some_models(rng)
        catalogs.append(
            {
                "models": models,
                "query": some(rng, ["", *QUERIES]),
                "filters": some_filters(rng, models),
                "sort": some_sort(rng, ROUTE_SORT_COLUMNS),
                "model_sort": some_sort(rng, MODEL_SORT_COLUMNS),
                "mix": some(rng, [[3, 1], [1, 3], [1, 0], [0, 1], [0.7, 0.3]]),
                # Apart from the others, so that these stay the cases they were.
                "choose": some_needs(decisions, models),
                "pareto": some_trade_off(decisions, models),
                "plan": some_budget(budgets, models),
            }
        )
    question = {"catalogs": catalogs, "values": some_values(rng)}
    path = tmp_path_factory.mktemp("cases") / "question.json"
    path.write_text(json.dumps(question), encoding="utf-8")
    done = subprocess.run(
        [node, "--no-warnings", str(SCRIPT), str(path)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return question, json.loads(done.stdout)


PARTS = (
    "normal",
    "kept",
    "sorted",
    "picked",
    "facets",
    "best",
    "policies",
    "near",
    "marks",
    "choose",
    "pareto",
    "plan",
)


@pytest.mark.parametrize("part", PARTS)
def test_same_answers(asked: tuple[dict[str, Any], dict[str, Any]], part: str) -> None:
    question, answers = asked
    said_something = 0
    for number, (case, answer) in enumerate(zip(question["catalogs"], answers["catalogs"], strict=True)):
        expected, given = python_answer(case)[part], answer[part]
        if part == "marks":  # JavaScript counts in UTF-16 units: only ids of the first plane compare
            is_short = [max(map(ord, row["id"]), default=0) < 0x10000 for row in case["models"]]
            expected = [parts for parts, short in zip(expected, is_short, strict=True) if short]
            given = [parts for parts, short in zip(given, is_short, strict=True) if short]
        assert given == expected, f"catalogue {number}: {case}"
        if part == "facets":
            assert {f: list(c) for f, c in given.items() if f in ("task", "input_modalities")} == {
                f: list(c) for f, c in expected.items() if f in ("task", "input_modalities")
            }
        said_something += bool(given)
    assert said_something > N_CATALOGS / 10


def test_same_formats(asked: tuple[dict[str, Any], dict[str, Any]]) -> None:
    question, answers = asked
    for given, (text, key) in zip(question["values"], answers["values"], strict=True):
        assert text == format_value(given["kind"], given["value"]), given
        assert key == display_key(given["kind"], given["value"]), given
