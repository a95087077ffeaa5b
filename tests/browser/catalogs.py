"""A small catalogue in which everything that has to be said of a row occurs, for tests that read what is said."""

from __future__ import annotations

import hfprov_widgets as hfp

DAY = "2026-11-23"
MODEL = "org/small"


def small() -> hfp.Catalog:
    """Two models; the first at six providers: best, promo, zero, suspect, unknown, old figures, failing."""

    def route(provider: str, **facts: object) -> hfp.Route:
        return hfp.Route(MODEL, provider, **{"status": "live", "retrieved_at": DAY, **facts})  # type: ignore[arg-type]

    routes = (
        route(
            "quick",
            price_input=0.5,
            price_output=1.5,
            throughput=400.0,
            first_token_latency_ms=210.0,
            metrics_retrieved_at=DAY,
            context_length=131_072,
            supports_tools=True,
            supports_structured_output=True,
        ),
        route(
            "dated",
            price_input=0.25,
            price_output=1.0,
            throughput=45.0,
            first_token_latency_ms=900.0,
            metrics_retrieved_at="2026-08-29",
            context_length=32_768,
            supports_tools=False,
        ),
        route("gift", price_input=0.0, price_output=0.0, is_free=True),
        route("nought", price_input=0.0, price_output=0.0),
        route("slip", price_input=2e-7, price_output=2e-7),
        route("silent"),
        route("down", status="error", price_input=0.1, price_output=0.1),
    )
    first = hfp.Model(MODEL, routes=routes, input_modalities=("image", "text"), output_modalities=("text",))
    second = hfp.Model("other/plain", routes=(hfp.Route("other/plain", "silent", status="live"),))
    return hfp.Catalog.from_models([first, second], source="mine", retrieved_at=DAY)
