"""Which notebook host passed which check: the table that the tests print at their end and that stands in the README.

A test says what it shows with ``@pytest.mark.host("Voilà", "click → Python", …)``; the table is made of these marks
and of what became of the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# How a host was had: the real program with the real kernel; or its surroundings rebuilt around the real widget.
RUN = "run"
EMULATED = "emulated"

HOSTS: Mapping[str, str] = {
    "JupyterLab 4": RUN,
    "Notebook 7": RUN,
    "Voilà": RUN,
    "marimo, run mode": RUN,
    "JupyterLite, Pyodide kernel": RUN,
    "nbconvert HTML, state saved": RUN,
    "nbconvert HTML, no state": RUN,
    "Sphinx with myst-nb": RUN,
    "to_html(), from a file": RUN,
    "Colab": EMULATED,
    "VS Code": EMULATED,
}

CHECKS = (
    "drawn",
    "click → Python",
    "Python → page",
    "search, sort, filter, choose",
    "asks nothing outside",
    "contrast, light",
    "contrast, dark",
)

Cell = tuple[str, str]  # host and check


def as_markdown(outcomes: Mapping[Cell, bool]) -> str:
    """The table: ✓ passed, ✗ failed, nothing where a host has no such check (no kernel, or one theme).

    Parameters
    ----------
    outcomes : mapping
        Whether every test of a host's check passed.
    """
    lines = [f"| host | how | {' | '.join(CHECKS)} |", f"|---|---|{':-:|' * len(CHECKS)}"]
    lines += [row(host, outcomes) for host in HOSTS if any((host, check) in outcomes for check in CHECKS)]
    return "\n".join(lines)


def row(host: str, outcomes: Mapping[Cell, bool]) -> str:
    """One line of the table."""
    marks = {True: "✓", False: "✗", None: ""}
    cells = [marks[outcomes.get((host, check))] for check in CHECKS]
    return f"| {' | '.join([host, HOSTS[host], *cells])} |"


def cells_of(arguments: Iterable[str]) -> list[Cell]:
    """The cells that a mark names; a name that the table does not know is an error."""
    host, *checks = arguments
    unknown = {host}.difference(HOSTS) | set(checks).difference(CHECKS)
    if unknown or not checks:
        raise ValueError(f"no such host or check in the matrix: {sorted(unknown) or 'no check named'}")
    return [(host, check) for check in checks]
