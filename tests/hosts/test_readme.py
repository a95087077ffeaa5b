"""The README's table of hosts is the one that the tests make."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hosts.matrix import cells_of, row

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_claims_what_the_tests_show(request: pytest.FixtureRequest) -> None:
    tests = request.session.items
    claimed = {cell: True for test in tests for mark in test.iter_markers("host") for cell in cells_of(mark.args)}
    lines = README.read_text(encoding="utf-8").splitlines()
    missing = [line for host in dict(claimed) if (line := row(host[0], claimed)) not in lines]
    assert not missing, "these rows belong into the README"
