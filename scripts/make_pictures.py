"""Make the pictures of the README: the real widgets in a real JupyterLab, light and dark, wide and narrow.

    python scripts/make_pictures.py [FOLDER]

FOLDER is `docs/pictures` unless given; the states that the README does not show are made too, for a look.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Locator, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.lab import Lab, Theme
from tests.browser.server import serve_lab

README = Path(__file__).parents[1] / "docs" / "pictures"

LLAMA = "meta-llama/Llama-3.3-70B-Instruct"
DEEPSEEK = "deepseek-ai/DeepSeek-V4-Pro"
GPT = "openai/gpt-oss-120b"
START = "import hfprov_widgets as hfp\nsample = hfp.load_catalog('sample')\n"
DEAD = {
    "HF_HUB_OFFLINE": "0",
    "HFPROV_ROUTER_URL": "http://127.0.0.1:9/v1",
    "HF_ENDPOINT": "http://127.0.0.1:9",
}


def press(name: str) -> Callable[[Locator], None]:
    """Open the menu with this name."""
    return lambda output: output.get_by_role("button", name=name).click()


def fail(output: Locator) -> None:
    """Wait until the refresh has failed."""
    output.get_by_role("alert").wait_for(timeout=90_000)


class Picture(NamedTuple):
    """What one picture shows."""

    name: str
    code: str
    act: Callable[[Locator], None] | None = None
    environment: dict[str, str] | None = None
    whole_page: bool = False


IN_README = [
    Picture("picker", f"hfp.ModelPicker(sample, query='llama instr', value={LLAMA!r})"),
    Picture(
        "table",
        f"hfp.ProviderTable({DEEPSEEK!r}, catalog=hfp.load_catalog('documented'), value='{DEEPSEEK}:novita')",
    ),
    Picture(
        "chart", f"hfp.ProviderChart({DEEPSEEK!r}, catalog=hfp.load_catalog('documented'), value='{DEEPSEEK}:novita')"
    ),
    Picture("planner", f"hfp.BudgetPlanner({GPT!r}, catalog=sample, credit=0.1)"),
    Picture("snippet", f"hfp.RouteSnippet('{GPT}:deepinfra', catalog=sample)"),
    Picture("explorer", f"hfp.Explorer({GPT!r}, catalog=sample, value='{GPT}:deepinfra')"),
]
STATES = [
    Picture(
        "picker-empty",
        "hfp.ModelPicker(hfp.Catalog.from_models([], source='mine', retrieved_at='2026-11-23'))",
    ),
    Picture("picker-none", "hfp.ModelPicker(sample, query='lama 3.3 70b instrct')"),
    Picture(
        "picker-filtered",
        "hfp.ModelPicker(sample, multiple=True, value=('openai/gpt-oss-20b',), "
        "filters={'provider': ['novita'], 'input_modalities': ['image'], 'min_context_length': 128000})",
    ),
    Picture("picker-menu", "hfp.ModelPicker(sample)", press("Sort"), whole_page=True),
    Picture("picker-failed", "hfp.ModelPicker()", fail, DEAD),
    Picture(
        "picker-stale",
        "old = hfp.Catalog.from_models(sample.records, source='router', retrieved_at='2026-11-01T08:00:00Z')\n"
        "hfp.ModelPicker(old, value='openai/gpt-oss-20b')",
    ),
    Picture("picker-tasks", "hfp.ModelPicker(hfp.load_catalog('tasks'))"),
    Picture("table-sample", f"hfp.ProviderTable({LLAMA!r}, catalog=sample)"),
    Picture("table-all", "hfp.ProviderTable(sample)"),
    Picture("table-older-speed", "hfp.ProviderTable('openai/gpt-oss-20b', catalog=sample)"),
    Picture("table-tasks", "hfp.ProviderTable(hfp.load_catalog('tasks'))"),
    Picture(
        "table-filtered",
        f"hfp.ProviderTable({LLAMA!r}, catalog=sample, filters={{'min_context_length': 128000}})",
    ),
    Picture("table-columns", f"hfp.ProviderTable({LLAMA!r}, catalog=sample)", press("Columns"), whole_page=True),
    Picture("table-mix", f"hfp.ProviderTable({LLAMA!r}, catalog=sample)", press("My mix 3"), whole_page=True),
    Picture(
        "table-not-served",
        "none = hfp.Catalog.from_models([hfp.Model('org/none')], source='mine', retrieved_at='2026-11-23')\n"
        "hfp.ProviderTable('org/none', catalog=none)",
    ),
    Picture("table-failed", "hfp.ProviderTable('openai/gpt-oss-20b')", fail, DEAD),
    Picture(
        "table-words",
        "make = lambda p, price, free=False, status='live': hfp.Route('synthetic/model', p, status=status, "
        "price_input=price, price_output=price, is_free=free)\n"
        "routes = (make('zero', 0.0), make('promo', 0.0, True), make('slip', 2e-7), make('down', 0.5, status='error'), "
        "make('plain', 0.5))\n"
        "synthetic = hfp.Catalog.from_models([hfp.Model('synthetic/model', routes=routes)], source='synthetic', "
        "retrieved_at='2026-11-23')\n"
        "hfp.ProviderTable('synthetic/model', catalog=synthetic)",
    ),
]


def main(folder: Path, pictures: list[Picture], widths: list[int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    themes: list[Theme] = ["light", "dark"]
    with (
        tempfile.TemporaryDirectory() as root,
        serve_lab(Path(root)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        lab = Lab(server, browser)
        for picture in pictures:
            for width in widths:
                for theme in themes:
                    take(lab, picture, theme, width, folder)
        lab.close()
        browser.close()


def take(lab: Lab, picture: Picture, theme: Theme, width: int, folder: Path) -> None:
    notebook = lab.open([START + picture.code], theme=theme, width=width, environment=picture.environment)
    output = notebook.run(0)
    widget = output.locator(".hfp").first  # the explorer has others inside
    widget.wait_for()
    if picture.act:
        picture.act(output)
    size = "" if width >= 1000 else f"-{width}"
    path = folder / f"{picture.name}-{theme}{size}.png"
    if picture.whole_page:
        notebook.page.screenshot(path=path)
    else:
        widget.screenshot(path=path)
    print(path.name, path.stat().st_size, "bytes")
    notebook.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), IN_README + STATES, [1240, 420])
    else:
        main(README, IN_README, [1240])
