"""Make the three bundled snapshots from files of dated facts.

    python scripts/make_samples.py FACTS_DIR

FACTS_DIR holds `catalog_facts.jsonl` and `catalog_history.jsonl` (one row per offer of the router's chat listing) and
`hub_facts.jsonl` (one row per mapping on the Hub). A field that a row does not have stays unknown: nothing is filled
in.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.records import Model, Route

SAMPLES = Path(__file__).parents[1] / "hfprov_widgets" / "samples"
CHAT_TASKS = {"conversational", "text-generation", "image-text-to-text"}
DOCUMENTED = (
    "deepseek-ai/DeepSeek-V4-Pro",
    "huggingface/hub-docs:docs/inference-providers/hub-api.md@83390574",
)

Row = dict[str, Any]


def main(facts: Path) -> None:
    offers = read(facts / "catalog_facts.jsonl")
    history = read(facts / "catalog_history.jsonl")
    example = [row for row in history if (row["model"], row["source"]) == DOCUMENTED]
    write("sample", router_models(offers))
    write("documented", router_models(example))
    write("tasks", hub_models(read(facts / "hub_facts.jsonl")))
    print("total", sum(path.stat().st_size for path in SAMPLES.glob("*.json.gz")), "bytes")


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def write(source: str, models: list[Model]) -> None:
    newest = max(route.retrieved_at for model in models for route in model.routes if route.retrieved_at)
    catalog = Catalog.from_models(models, source=source, retrieved_at=newest)
    path = SAMPLES / f"{source}.json.gz"
    catalog.save(path)
    print(path.name, path.stat().st_size, "bytes", catalog, catalog.digest)


def router_models(rows: Iterable[Row]) -> list[Model]:
    return [
        Model(
            name,
            created=iso(first(offers, "created")),
            input_modalities=modalities(first(offers, "input_modalities")),
            output_modalities=modalities(first(offers, "output_modalities")),
            routes=tuple(router_route(row) for row in offers),
        )
        for name, offers in by_model(rows).items()
    ]


def router_route(row: Row) -> Route:
    measured = "throughput" in row or "first_token_latency_ms" in row
    return Route(
        row["model"],
        row["provider"],
        status=row.get("status"),
        task="conversational",  # the listing is the router's chat listing
        context_length=row.get("context_length"),
        price_input=row.get("input_price_per_mtok"),
        price_output=row.get("output_price_per_mtok"),
        is_free=row.get("is_free"),
        supports_tools=row.get("supports_tools"),
        supports_structured_output=row.get("supports_structured_output"),
        first_token_latency_ms=row.get("first_token_latency_ms"),
        throughput=row.get("throughput"),
        is_model_author=row.get("is_model_author"),
        retrieved_at=row["retrieved"],
        metrics_retrieved_at=row.get("metrics_retrieved", row["retrieved"]) if measured else None,
        source=public(row["source"]),
        metrics_source=public(row.get("metrics_source", row["source"])) if measured else None,
    )


def hub_models(rows: Iterable[Row]) -> list[Model]:
    """Mappings of tasks other than chat whose day is known; of one identity, the row seen last."""
    newest: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        if "retrieved" not in row or row.get("task") is None or row["task"] in CHAT_TASKS:
            continue
        identity = (row["model"], row["provider"], row["task"])
        if identity not in newest or newest[identity]["retrieved"] < row["retrieved"]:
            newest[identity] = row
    return [
        Model(
            name,
            pipeline_tag=first(mappings, "pipeline_tag"),
            gated=first(mappings, "gated"),
            routes=tuple(hub_route(row) for row in mappings),
        )
        for name, mappings in by_model(newest.values()).items()
    ]


def hub_route(row: Row) -> Route:
    return Route(
        row["model"],
        row["provider"],
        status=row.get("status"),
        task=row["task"],
        provider_id=row.get("provider_id"),
        throughput=row.get("tokens_per_second"),
        retrieved_at=row["retrieved"],
        source=public(row["source"]),
        extra={"first_seen": row["first_seen"]} if "first_seen" in row else {},
    )


def by_model(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows of each model, models and providers in alphabetical order."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["model"].lower(), row["provider"], row.get("task", ""))):
        groups[row["model"]].append(row)
    return groups


def first(rows: list[Row], key: str) -> Any:
    return next((row[key] for row in rows if key in row), None)


def modalities(value: list[str] | None) -> tuple[str, ...] | None:
    """The order varies between replies and means nothing: text first, then alphabetical."""
    return None if value is None else tuple(sorted(value, key=lambda word: (word != "text", word)))


def iso(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def public(source: str) -> str:
    """The source as its public address says it, without the collector's own index numbers."""
    return re.sub(r"\s*\(index file id \d+\)", "", source)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
