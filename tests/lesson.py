"""A small catalogue for the tests of the local service: one route with everything known, one with hardly anything."""

from __future__ import annotations

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.records import Model, Route

LESSON = Catalog.from_models(
    [
        Model(
            "google/gemma",
            pipeline_tag="image-text-to-text",
            owned_by="google",
            created="2025-06-01T12:00:00Z",
            input_modalities=("text", "image"),
            likes=5,
            downloads=70,
            trending_score=1.5,
            gated="manual",
            routes=(
                Route(
                    "google/gemma",
                    "novita",
                    status="live",
                    task="conversational",
                    provider_id="n-1",
                    context_length=1000,
                    price_input=0.1,
                    price_output=0.0,
                    is_free=True,
                    supports_tools=False,
                    supports_structured_output=True,
                    first_token_latency_ms=250.5,
                    throughput=40.25,
                    is_model_author=False,
                    retrieved_at="2026-10-10",
                    metrics_retrieved_at="2026-09-01",
                    source="a page",
                    metrics_source="a probe",
                    extra={"performance": {"requestLatencyMs": 9}, "type": "single-model"},
                ),
                Route("google/gemma", "groq", status="error", task="conversational"),
            ),
        ),
        Model(
            "black-forest/flux",
            pipeline_tag="text-to-image",
            likes=9,
            gated=False,
            routes=(Route("black-forest/flux", "fal-ai", status="staging", task="text-to-image"),),
        ),
        Model("nobody/serves-this", likes=20, extra={"library_name": "transformers", "x": 1}),
    ],
    source="a lesson",
    retrieved_at="2026-10-10",
)
