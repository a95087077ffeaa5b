"""Key press to settled list at 100,000 models, and the longest frame while scrolling.

Keys are real. A key's clock starts at its keydown in the page and stops two animation frames after the last
change of the list or of its count; a list that goes on changing, however late, is not settled yet.
"""

from __future__ import annotations

from statistics import median, quantiles
from typing import NamedTuple

from bench.lab import PATH_CELL, open_lab
from bench.lab_paint import PREPARE
from bench.report import Figure
from tests.browser.lab import Notebook

N_MODELS, N_ROUTES = 100_000, 130_000
QUERIES = ["aster-0.12", "garnet", "instruct-fp8", "org-0421/"]

# The limit is 50 ms where the bare filter takes 25; a slower machine gets the same factor.
LIMIT, BARE_AT_LIMIT = 50.0, 25.0
LONGEST_FRAME = 50.0

# How long nothing may change before a list counts as settled.
QUIET = 250

ARM = """({ root, parts, quiet }) => {
  window.benchSettled = new Promise((resolve, reject) => {
    let start, painted, timer;
    const change = () => {
      requestAnimationFrame(() => requestAnimationFrame(() => { painted = performance.now(); }));
      clearTimeout(timer);
      timer = setTimeout(() => {
        observer.disconnect();
        resolve(painted - start);
      }, quiet);
    };
    const observer = new MutationObserver((records) => {
      const element = ({ target }) => (target instanceof Element ? target : target.parentElement);
      if (start !== undefined && records.some((record) => element(record)?.closest(parts))) change();
    });
    const watched = { childList: true, characterData: true, subtree: true };
    observer.observe(document.querySelector(root), watched);
    const onKey = () => {
      start = performance.now();
      change();
    };
    addEventListener("keydown", onKey, { capture: true, once: true });
    setTimeout(() => reject(new Error("no settled list after half a minute")), 30_000);
  });
}"""

# Once through from top to bottom, every frame somewhere new; then slowly, as a wheel would.
SCROLL = """async ({ root, move }) => {
  const all = [...document.querySelectorAll(`${root}, ${root} *`)];
  const room = (box) => box.scrollHeight - box.clientHeight;
  const scrolls = (box) => /auto|scroll/.test(getComputedStyle(box).overflowY);
  const box = all.filter(scrolls).sort((a, b) => room(b) - room(a))[0];
  if (!box || room(box) < 1000) throw new Error(`nothing to scroll in ${root}`);
  const frame = () => new Promise(requestAnimationFrame);
  box.scrollTop = 0;
  for (let i = 0; i < 10; i++) await frame();
  const frames = [];
  let before = await frame();
  const go = async (top) => {
    if (move) box.scrollTop = top;
    const now = await frame();
    frames.push(now - before);
    before = now;
  };
  for (let i = 1; i <= 180; i++) await go((i / 180) * room(box));
  for (let i = 120; i >= 0; i--) await go(room(box) / 2 + i * 90);
  return [Math.max(...frames), frames.filter((time) => time > 50).length];
}"""


class Side(NamedTuple):
    """A picker on the page: its cell, its root, its input, and where its list and its count are."""

    name: str
    cell: int
    root: str
    parts: str


class Frames(NamedTuple):
    """One scroll: its longest frame in milliseconds, and how many took over 50."""

    longest: float
    n_long: int


OURS = Side("ours", 2, ".hfp-picker", ".hfp-list, .hfp-count")
BARE = Side("bare", 3, ".bare-picker", ".bare-picker")


def measure(pairs: int) -> list[Figure]:
    """Medians over every key of the queries; of each scroll the longest frame, median of the rounds."""
    prepare = PREPARE.format(catalog=f"synthetic.catalog({N_MODELS}, {N_ROUTES})")
    cells = [PATH_CELL, prepare, "hfp.ModelPicker(catalog)", "BarePicker(model_lists, route_lists)"]
    rounds = max(1, pairs // 5)
    with open_lab() as lab:
        notebook = lab.open([*cells, "hfp.ProviderTable(catalog)"], height=1000)
        for cell in (0, 1, OURS.cell, BARE.cell):
            notebook.run(cell, timeout=300)
        for side in (OURS, BARE):
            notebook.page.locator(f"{side.root} input").first.wait_for()
        times = _type(notebook, rounds)
        scrolls = {"the list": _scroll(notebook, OURS.root, rounds)}
        notebook.run(4, timeout=300)
        notebook.page.locator(".hfp-table tbody tr[data-key]").first.wait_for(timeout=60_000)
        scrolls["the table"] = _scroll(notebook, ".hfp-table", rounds)
        notebook.close()
    return [_typing_figure(times), *(_scroll_figure(what, *found) for what, found in scrolls.items())]


def _type(notebook: Notebook, rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(rounds):
        for query in QUERIES:
            for side in (OURS, BARE) if number % 2 else (BARE, OURS):
                notebook.page.locator(f"{side.root} input").first.click()
                times[side.name] += [_key(notebook, side, key) for key in query]
                notebook.page.keyboard.press("Control+a")
                _key(notebook, side, "Backspace")
    return times


def _key(notebook: Notebook, side: Side, key: str) -> float:
    notebook.page.evaluate(ARM, {"root": side.root, "parts": side.parts, "quiet": QUIET})
    notebook.page.keyboard.press(key)
    time: float = notebook.page.evaluate("window.benchSettled")
    return time


def _scroll(notebook: Notebook, root: str, rounds: int) -> tuple[list[Frames], list[Frames]]:
    """The frames of each round, scrolling and standing still."""
    found: tuple[list[Frames], list[Frames]] = ([], [])
    for _ in range(rounds):
        for frames, move in zip(found, (True, False), strict=True):
            frames.append(Frames(*notebook.page.evaluate(SCROLL, {"root": root, "move": move})))
    return found


def _typing_figure(times: dict[str, list[float]]) -> Figure:
    ours, bare = median(times["ours"]), median(times["bare"])
    limit = LIMIT * max(1, bare / BARE_AT_LIMIT)
    late = {side: quantiles(values, n=20)[-1] for side, values in times.items()}
    note = f"95 % within {late['ours']:.0f} ms (bare {late['bare']:.0f})"
    return Figure(f"key to settled list, {N_MODELS:,} models", ours, bare, "ms", ours, "ms", limit, note)


def _scroll_figure(what: str, scrolling: list[Frames], still: list[Frames]) -> Figure:
    ours, bare = median(frames.longest for frames in scrolling), median(frames.longest for frames in still)
    counts = ", ".join(str(frames.n_long) for frames in scrolling)
    note = f"frames over 50 ms, by round: {counts} of 301; bare: the same page standing still"
    return Figure(f"longest frame, scrolling {what}", ours, bare, "ms", ours, "ms", LONGEST_FRAME, note)
