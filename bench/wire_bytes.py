"""How many bytes cross from the kernel to the page for 100,000 routes."""

from __future__ import annotations

from bench import synthetic
from bench.bare_widget import encode, model_columns, route_columns
from bench.report import Figure

N_MODELS, N_ROUTES = 43_000, 100_000
LIMIT = 60.0


def measure(pairs: int) -> list[Figure]:
    """Our bytes beside column JSON of the same columns. Nothing is timed, so `pairs` is not used."""
    import hfprov_widgets as hfp

    catalog = synthetic.catalog(N_MODELS, N_ROUTES)
    ours = len(hfp.ProviderTable(catalog)._catalog)
    routes = len(encode(route_columns(catalog)))
    both = len(encode({"models": model_columns(catalog), "routes": route_columns(catalog)}))
    name = f"bytes for {N_ROUTES:,} routes"
    return [
        Figure(name, ours / 1e6, both / 1e6, "MB", 100 * ours / both, "%", LIMIT, "models and routes"),
        Figure(f"{name}, bare: routes only", ours / 1e6, routes / 1e6, "MB", 100 * ours / routes, "%", None),
    ]
