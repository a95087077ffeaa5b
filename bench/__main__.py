"""Runs the benchmark, prints its table and writes ``bench/results.json``.

    python -m bench [--only PART ...] [--pairs N] [--strict]

With ``--strict`` a figure over its limit makes the exit code 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bench import classroom, decide, imports, lab_paint, listing, saved, typing_and_scroll, wire_bytes
from bench.report import Figure, save, table

PARTS: dict[str, Callable[[int], list[Figure]]] = {
    "imports": imports.measure,
    "bytes": wire_bytes.measure,
    "saved": saved.measure,
    "listing": listing.measure,
    "classroom": classroom.measure,
    "paint": lab_paint.measure,
    "typing": typing_and_scroll.measure,
    "decide": decide.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(description="Our widgets beside bare ones, side by side in one run.")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="default: all of them")
    parser.add_argument("--pairs", type=int, default=15, help="measured pairs (default: %(default)s)")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a figure is over its limit")
    arguments = parser.parse_args()
    figures: list[Figure] = []
    for name in arguments.only:
        print(f"{name} …", file=sys.stderr, flush=True)
        figures += PARTS[name](arguments.pairs)
    print(table(figures))
    save(figures, Path(__file__).with_name("results.json"))
    return int(arguments.strict and any(figure.is_over for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
