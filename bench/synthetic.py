"""Made-up catalogues of any size, the same for the same seed. Their names say that they are synthetic."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hfprov_widgets.data.records import Model, Route

if TYPE_CHECKING:
    from hfprov_widgets import Catalog

PROVIDERS = [f"synthetic-{number:02}" for number in range(1, 17)]
ORGS = [f"synthetic-org-{number:04}" for number in range(1, 2001)]
FAMILIES = ["Aster", "Basalt", "Cobalt", "Delta", "Ember", "Fjord", "Garnet", "Harbor", "Indigo", "Juniper"]
SIZES = ["0.6B", "1.7B", "3B", "7B", "8B", "14B", "24B", "32B", "70B", "120B-A12B", "235B-A22B"]
KINDS = ["Base", "Instruct", "Chat", "Coder", "Thinking", "Vision", "Instruct-FP8", "it"]
CONTEXTS = [8_192, 16_384, 32_768, 40_960, 65_536, 131_072, 163_840, 262_144, 1_048_576]
DAY = "2026-01-01"


def catalog(n_models: int, n_routes: int, *, seed: int = 20260101) -> Catalog:
    """A catalogue of that many models and routes; each model has one route at least."""
    import hfprov_widgets as hfp

    return hfp.Catalog.from_models(models(n_models, n_routes, seed=seed), source="synthetic", retrieved_at=DAY)


def models(n_models: int, n_routes: int, *, seed: int = 20260101) -> list[Model]:
    """The records of `catalog`."""
    if not n_models <= n_routes <= n_models * len(PROVIDERS):
        raise ValueError(f"{n_routes} routes do not fit {n_models} models and {len(PROVIDERS)} providers")
    chance = random.Random(seed)
    counts = [1] * n_models
    for _ in range(n_routes - n_models):
        index = chance.randrange(n_models)
        while counts[index] == len(PROVIDERS):
            index = chance.randrange(n_models)
        counts[index] += 1
    return [_model(name, count, chance) for name, count in zip(_names(chance), counts, strict=False)]


def _names(chance: random.Random) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        family, size, kind = chance.choice(FAMILIES), chance.choice(SIZES), chance.choice(KINDS)
        yield f"{chance.choice(ORGS)}/{family}-{number / 10000:.4f}-{size}-{kind}"


def _model(name: str, n_routes: int, chance: random.Random) -> Model:
    vision = name.endswith("Vision")
    return Model(
        id=name,
        pipeline_tag="image-text-to-text" if vision else "text-generation",
        owned_by=name.partition("/")[0],
        created=f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T12:00:00Z",
        input_modalities=("text", "image") if vision else ("text",),
        output_modalities=("text",),
        likes=chance.randrange(5_000),
        downloads=chance.randrange(1_000_000),
        inference="warm",
        routes=tuple(_route(name, provider, chance) for provider in chance.sample(PROVIDERS, n_routes)),
    )


def _route(model: str, provider: str, chance: random.Random) -> Route:
    """A route with the gaps real ones have: no price for one in five, no speed for one in three."""
    priced, measured = chance.random() > 0.2, chance.random() > 0.33
    price = round(chance.uniform(0.02, 3), 2)
    return Route(
        model=model,
        provider=provider,
        status="live" if chance.random() > 0.03 else "error",
        task="conversational",
        provider_id=model if chance.random() > 0.4 else model.partition("/")[2].lower(),
        context_length=chance.choice(CONTEXTS) if chance.random() > 0.1 else None,
        price_input=price if priced else None,
        price_output=round(price * chance.choice([1, 2, 3, 4, 5]), 2) if priced else None,
        is_free=False if priced else None,
        supports_tools=chance.random() > 0.4,
        supports_structured_output=chance.random() > 0.5,
        first_token_latency_ms=float(chance.randint(120, 3_000)) if measured else None,
        throughput=round(chance.uniform(10, 400), 1) if measured else None,
        is_model_author=False,
        retrieved_at=DAY,
        metrics_retrieved_at=DAY if measured else None,
        source="synthetic",
        metrics_source="synthetic" if measured else None,
    )
