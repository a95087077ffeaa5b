"""``clean``: for a person, for a script, and as a check before a commit."""

from __future__ import annotations

import json
import os
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


def test_one_of_two_is_enough_for_a_check_to_fail(shell: Shell, lesson: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ipynb"
    other.write_text('{"nbformat": 4, "metadata": {}, "cells": []}')
    for files in ([lesson, other], [other, lesson]):
        code, out, _ = shell("clean", "--check", *map(str, files))
        assert code == 1
        assert f"{other}: nothing to do\n" in out


def test_what_was_done_before_a_fault_is_told(
    shell: Shell, lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.ipynb"
    other.write_bytes(lesson.read_bytes())
    monkeypatch.setattr(os, "access", lambda place, mode: place.name != "other.ipynb")
    code, out, err = shell("clean", str(lesson), str(other))
    assert (code, out) == (6, f"{lesson}: removed the widget state and 1 view\n")
    assert err == f"{other}: it is read-only\n"
    code, document = shell.json("clean", str(lesson), str(other))
    assert code == 6
    assert [file["path"] for file in document["files"]] == [str(lesson)]
    assert document["error"]["problem"] == f"{other}: it is read-only"


def test_a_missing_file_is_told(shell: Shell, tmp_path: Path) -> None:
    code, _, err = shell("clean", str(tmp_path / "nowhere.ipynb"))
    assert code == 6
    assert "No such file" in err


def test_files_are_asked_for(shell: Shell) -> None:
    assert shell("clean")[0] == 2
