"""How long a fresh process takes to import our picker, beside the libraries it stands on."""

from __future__ import annotations

import subprocess
import sys
from statistics import median

from bench.report import Figure

OURS = "from hfprov_widgets import ModelPicker"
BARE = "import anywidget, requests"
LIMIT = 1.15

# The interpreter's own start is not counted: it is the same on both sides and would hide a difference.
TIMED = """
import sys, time
start = time.perf_counter()
{}
print(1000 * (time.perf_counter() - start), "pandas" in sys.modules)
"""


def measure(pairs: int) -> list[Figure]:
    """The median ratio of paired imports, and whether pandas came along."""
    for statement in (OURS, BARE):
        _once(statement)  # warms the disk cache and writes the byte code
    ours: list[float] = []
    bare: list[float] = []
    pandas = False
    for pair in range(pairs):
        for statement in (OURS, BARE) if pair % 2 else (BARE, OURS):
            time, with_pandas = _once(statement)
            (ours if statement == OURS else bare).append(time)
            pandas |= with_pandas and statement == OURS
    ratio = median(a / b for a, b in zip(ours, bare, strict=True))
    return [
        Figure("import of ModelPicker", median(ours), median(bare), "ms", ratio, "×", LIMIT),
        Figure("pandas imported along with it", None, None, "", float(pandas), "times", 0),
    ]


def _once(statement: str) -> tuple[float, bool]:
    command = [sys.executable, "-c", TIMED.format(statement)]
    time, pandas = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(time), pandas == "True"
