"""The chart: from a change of axis, mix or choice, or a move of the pointer, until it is painted.

The change is made at the start of a frame; the clock stops once that frame has been painted. So what is measured is
the work, and not the wait for the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median, quantiles
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, sync_playwright

from bench import synthetic
from bench.report import Figure
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.plain import plain_page

if TYPE_CHECKING:
    from hfprov_widgets import Catalog

N_MODELS, N_ROUTES = 60_000, 100_000
FRAME, MANY = 16.7, 50.0  # ms: what may take a frame at the size of the sample, and what any size may take
WARM_UP = 3

# What is done in a round, with a number that makes every round another one.
ACTS = {
    "another axis": "(model, root, n) => model.set('y', ['context_length', 'throughput'][n % 2])",
    "another mix": "(model, root, n) => model.set('mix', [3 + n, 1])",
    "a choice": """(model, root, n) => {
      const points = root.querySelectorAll('.hfp-point');
      points[(n * 37) % points.length].dispatchEvent(new MouseEvent('click', { bubbles: true }));
    }""",
    "a move of the pointer": """(model, root, n) => {
      const points = root.querySelectorAll('.hfp-point');
      const { x, y } = points[(n * 37) % points.length].getBoundingClientRect();
      const at = { bubbles: true, clientX: x + 6, clientY: y + 6 };
      root.querySelector('.hfp-plot').dispatchEvent(new PointerEvent('pointermove', at));
    }""",
}
TIME = """({ act, n }) => new Promise((resolve) => {
  const { model, el } = window.shown[0];
  const root = el.querySelector(".hfp-chart");
  const painted = new MessageChannel();
  requestAnimationFrame(() => {
    const start = performance.now();
    painted.port1.onmessage = () => resolve(performance.now() - start);
    (0, eval)(act)(model, root, n);
    painted.port2.postMessage(null);
  });
})"""


def measure(pairs: int) -> list[Figure]:
    """Medians of every act, at the size of the sample and at 100,000 routes."""
    import hfprov_widgets as hfp

    rounds = max(9, pairs)
    sizes: list[tuple[str, Callable[[], Catalog], float]] = [
        ("sample", lambda: hfp.load_catalog("sample"), FRAME),
        (f"{N_ROUTES:,} routes", lambda: synthetic.catalog(N_MODELS, N_ROUTES), MANY),
    ]
    figures = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for size, make, limit in sizes:
            for act, times in _times(browser, make(), rounds).items():
                late = quantiles(times, n=20)[-1]
                name = f"chart: {act}, {size}"
                note = f"median of {len(times)}, 95 % within {late:.0f} ms"
                figures.append(Figure(name, median(times), None, "ms", median(times), "ms", limit, note))
        browser.close()
    return figures


def _times(browser: Browser, catalog: Catalog, rounds: int) -> dict[str, list[float]]:
    import hfprov_widgets as hfp

    with plain_page(browser) as plain:
        root = plain.show(hfp.ProviderChart(catalog))
        root.locator(".hfp-point").first.wait_for()
        return {
            name: [plain.page.evaluate(TIME, {"act": act, "n": n}) for n in range(WARM_UP + rounds)][WARM_UP:]
            for name, act in ACTS.items()
        }
