"""Taking widgets out of a saved notebook: what has to go goes, and not one byte more."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

import hfprov_widgets as hfp
from hfprov_widgets.notebooks import VIEW, Removed, strip_widget_state

TABLE = {"text/html": "<table></table>", "text/plain": "a table"}
STATE = {"application/vnd.jupyter.widget-state+json": {"state": {"a1": {"model_name": "AnyModel"}}, "version_major": 2}}
COLAB = {"application/vnd.jupyter.widget-state+json": {"a1": {"model_name": "AnyModel"}}}


def notebook(*outputs: dict[str, Any], widgets: Any = None, **more: Any) -> dict[str, Any]:
    metadata: dict[str, Any] = {"kernelspec": {"name": "python3"}}
    if widgets is not None:
        metadata["widgets"] = widgets
    shown = [{"data": data, "metadata": {}, "output_type": "display_data"} for data in outputs]
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Titel: é 中 \\u00e9"]},
        {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": shown, "source": []},
    ]
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5, **more}


def written(folder: Path, content: Any, text: str | None = None) -> Path:
    path = folder / "lesson.ipynb"
    path.write_bytes((json.dumps(content, indent=1) + "\n" if text is None else text).encode())
    return path


@pytest.mark.parametrize("widgets", [STATE, COLAB, {}])
def test_state_of_either_shape_goes(tmp_path: Path, widgets: dict[str, Any]) -> None:
    path = written(tmp_path, notebook(widgets=widgets))
    assert hfp.strip_widget_state(path) == Removed(state=True, views=0)
    assert json.loads(path.read_text()) == notebook()


def test_a_view_goes_where_a_table_is_left(tmp_path: Path) -> None:
    alone, beside, none = {VIEW: {"model_id": "1"}}, {VIEW: {"model_id": "2"}, **TABLE}, {"text/plain": "1"}
    path = written(tmp_path, notebook(alone, beside, none, {**TABLE, VIEW: {}}))
    assert strip_widget_state(path) == Removed(state=False, views=2)
    assert json.loads(path.read_text()) == notebook(alone, TABLE, none, TABLE)


def test_what_is_said_of_a_view_goes_with_it(tmp_path: Path) -> None:
    colab = {"colab": {"custom_widget_manager": {"url": "https://example.invalid/manager.min.js"}}}
    content = notebook({VIEW: {}, **TABLE}, {VIEW: {}})
    clean = notebook(TABLE, {VIEW: {}})
    content["cells"][1]["outputs"][0]["metadata"] = {"image/png": {"width": 1}, VIEW: colab}
    clean["cells"][1]["outputs"][0]["metadata"] = {"image/png": {"width": 1}}
    for one in (content, clean):
        one["cells"][1]["outputs"][1]["metadata"] = {VIEW: colab}  # it keeps its view
    path = written(tmp_path, content)
    assert strip_widget_state(path) == Removed(False, 1)
    assert path.read_text() == json.dumps(clean, indent=1) + "\n"


def test_a_read_only_notebook_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, notebook(widgets=STATE))
    before = path.read_bytes()
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda place, mode: not place.stat().st_mode & 0o444)  # also where root runs this
    with pytest.raises(PermissionError, match=r"read-only.*lesson\.ipynb"):
        strip_widget_state(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("indent", [None, 0, 1, 2, 4, "\t"])
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_every_other_byte_stays(tmp_path: Path, indent: Any, place: int, ascii_only: bool) -> None:
    def text(cleaned: bool) -> str:
        data: dict[str, Any] = {}
        for at, (key, value) in enumerate([*TABLE.items(), ("image/png", "aGk=")]):
            if at == place and not cleaned:
                data[VIEW] = {"model_id": "1", "version_major": 2}
            data[key] = value
        content = notebook(data, widgets=None if cleaned else STATE, zzz=1.50)
        return json.dumps(content, indent=indent, ensure_ascii=ascii_only, sort_keys=False)

    path = written(tmp_path, None, text(cleaned=False) + "\r\n\n")
    assert strip_widget_state(path)
    assert path.read_bytes() == text(cleaned=True).encode() + b"\r\n\n"


def test_spelling_that_json_would_not_keep_is_kept(tmp_path: Path) -> None:
    head = '\ufeff{ "nbformat" :4,\t"x": 1.500e+0, "x": "\\u0041\\/é",\r\n "cells": [ ] ,"metadata"\n:\n{'
    path = written(tmp_path, None, head + ' "widgets" : {"a": "}]\\""} } }')
    assert strip_widget_state(path) == Removed(True, 0)
    assert path.read_bytes().decode() == head + "} }"


@pytest.mark.parametrize("order", ["WW", "WWx", "xWW", "WxW", "WxWyW", "xWWy"])
def test_a_key_that_is_there_twice_goes_twice(tmp_path: Path, order: str) -> None:
    members = ", ".join('"widgets": {}' if letter == "W" else f'"{letter}": 1' for letter in order)
    path = written(tmp_path, None, f'{{"nbformat": 4, "cells": [], "metadata": {{{members}}}}}')
    assert strip_widget_state(path)
    left = {letter: 1 for letter in order if letter != "W"}
    assert json.loads(path.read_text())["metadata"] == left


def test_nothing_to_do_writes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, notebook(TABLE))
    os.utime(path, (1, 1))
    assert not strip_widget_state(path)
    assert path.stat().st_mtime == 1


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, notebook({VIEW: {}, **TABLE}, widgets=STATE))
    before = path.read_bytes()
    assert strip_widget_state(path, dry_run=True) == Removed(True, 1)
    assert path.read_bytes() == before


def test_twice_is_once(tmp_path: Path) -> None:
    path = written(tmp_path, notebook({VIEW: {}, **TABLE}, widgets=STATE))
    assert strip_widget_state(path)
    assert not strip_widget_state(path)


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path = written(tmp_path, notebook(widgets=STATE))
    path.chmod(0o640)
    link = tmp_path / "link.ipynb"
    link.symlink_to(path)
    assert strip_widget_state(link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert "widgets" not in path.read_text()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["lesson.ipynb", "link.ipynb"]


def test_a_failure_while_writing_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, notebook(widgets=STATE))
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        strip_widget_state(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not complete JSON"),
        ('{"nbformat": 4, "cells": [', "not complete JSON"),
        ("[" * 100_000, "not complete JSON"),
        ("[]", "no nbformat 4"),
        ('{"cells": []}', "no nbformat 4"),
        ('{"nbformat": "4", "cells": []}', "no nbformat 4"),
        ('{"nbformat": 5, "cells": []}', "no nbformat 4"),
        ('{"nbformat": true, "cells": []}', "no nbformat 4"),
        ('{"nbformat": 3, "worksheets": []}', "old format 3"),
        ('{"nbformat": 4, "metadata": {}}', "no list of cells"),
        ('{"nbformat": 4, "cells": {}}', "no list of cells"),
    ],
)
def test_what_is_no_notebook_is_refused_by_name(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path, None, text)
    with pytest.raises(hfp.NotebookError, match=words) as caught:
        strip_widget_state(path)
    assert "lesson.ipynb" in str(caught.value)
    assert path.read_bytes() == text.encode()


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.ipynb"
    path.write_bytes(b"\x89PNG\xff")
    with pytest.raises(hfp.NotebookError, match="not UTF-8"):
        strip_widget_state(path)


@pytest.mark.parametrize(
    "odd", [{"cells": [None, 1, "x", {"outputs": {}}, {"outputs": [None, {"data": []}]}]}, {"metadata": []}]
)
def test_odd_shapes_are_left_alone(tmp_path: Path, odd: dict[str, Any]) -> None:
    path = written(tmp_path, {**notebook(), **odd})
    assert not strip_widget_state(path)


def test_a_missing_file_says_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        strip_widget_state(tmp_path / "nowhere.ipynb")


def test_numbers_of_any_length_are_passed_over(tmp_path: Path) -> None:
    text = f'{{"nbformat":4,"metadata":{{"widgets":{{}},"n":{"9" * 5000},"m":1e{"9" * 5000}}},"cells":[]}}'
    path = written(tmp_path, None, text)
    assert hfp.strip_widget_state(path).state
    assert path.read_text() == text.replace('"widgets":{},', "")
