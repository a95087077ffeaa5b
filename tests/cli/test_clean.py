"""``clean``: for a person, for a script, and as a check before a commit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hfprov_widgets.notebooks import VIEW
from tests.cli.conftest import Shell


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A notebook with the state of widgets and one view beside a table."""
    outputs = [{"output_type": "display_data", "metadata": {}, "data": {VIEW: {}, "text/plain": "a table"}}]
    cells = [{"cell_type": "code", "metadata": {}, "source": [], "outputs": outputs}]
    path = tmp_path / "lesson.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {"widgets": {}}, "cells": cells}))
    return path


def test_it_cleans_and_says_what_it_did(shell: Shell, lesson: Path) -> None:
    assert shell("clean", str(lesson)) == (0, f"{lesson}: removed the widget state and 1 view\n", "")
    assert "widget" not in lesson.read_text()
    assert shell("clean", str(lesson)) == (0, f"{lesson}: nothing to do\n", "")


def test_a_check_writes_nothing_and_ends_with_1(shell: Shell, lesson: Path) -> None:
    before = lesson.read_bytes()
    assert shell("clean", "--check", str(lesson)) == (1, f"{lesson}: holds the widget state and 1 view\n", "")
    assert lesson.read_bytes() == before
    shell("clean", str(lesson))
    assert shell("clean", "--check", str(lesson))[0] == 0


def test_one_document_for_a_script(shell: Shell, lesson: Path) -> None:
    code, document = shell.json("clean", str(lesson))
    assert code == 0
    assert document == {"written": True, "files": [{"path": str(lesson), "state": True, "views": 1}], "warnings": []}


def test_a_file_that_is_no_notebook_stops_the_whole(shell: Shell, lesson: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.ipynb"
    other.write_text("# notes")
    before = lesson.read_bytes()
    code, out, err = shell("clean", str(lesson), str(other))
    assert (code, out) == (6, "")
    assert err.startswith(f"{other} is not a notebook")
    assert lesson.read_bytes() == before


def test_a_missing_file_is_told(shell: Shell, tmp_path: Path) -> None:
    code, _, err = shell("clean", str(tmp_path / "nowhere.ipynb"))
    assert code == 6
    assert "No such file" in err


def test_files_are_asked_for(shell: Shell) -> None:
    assert shell("clean")[0] == 2
