"""Making a saved notebook safe for readers that run no widgets: a repository page, a viewer, a book.

A repository page refuses the whole notebook when its widget state has not the shape it expects, and where a viewer
meets a widget it cannot load it shows nothing, though a plain table lies beside it. So both are taken out. The file is
not written anew: what is taken out is cut from its text, and every other byte stays.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import WHITESPACE  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any, Literal, NamedTuple

from hfprov_widgets.data.files import write_whole

VIEW = "application/vnd.jupyter.widget-view+json"
_STATE = "widgets"


class _Digits(str):
    """A number as it is written: nothing here reckons with it, and Python refuses to read one of 5,000 digits."""


_decode = json.JSONDecoder(parse_int=_Digits, parse_float=_Digits).raw_decode


class NotebookError(ValueError):
    """A file is not a notebook, or one of a format that is not handled here."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out of a notebook; true when it was anything.

    Parameters
    ----------
    state : bool
        Whether it held the state of widgets.
    views : int
        How many outputs now show their table instead of a widget.

    Examples
    --------
    >>> bool(Removed(False, 0)), bool(Removed(False, 2))
    (False, True)
    """

    state: bool
    views: int

    def __bool__(self) -> bool:
        return self.state or self.views > 0


def strip_widget_state(path: str | os.PathLike[str], *, dry_run: bool = False) -> Removed:
    """Take the state and the views of widgets out of a notebook, so that every viewer shows the tables beside them.

    An output that has nothing but the widget is left as it is. Nothing is written where nothing is to be done; else the
    file is replaced as a whole, and keeps its permissions.

    Parameters
    ----------
    path : str or path
        A notebook of format 4.
    dry_run : bool
        Only say what would be taken out.

    Returns
    -------
    Removed

    Raises
    ------
    NotebookError
        It is no notebook, or one of an older format.
    OSError
        The file cannot be read or written.

    Examples
    --------
    >>> import tempfile
    >>> cell = {"cell_type": "code", "outputs": [{"data": {"text/plain": "a table", VIEW: {"model_id": "1"}}}]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "lesson.ipynb"
    ...     _ = file.write_text(json.dumps({"nbformat": 4, "metadata": {"widgets": {}}, "cells": [cell]}))
    ...     strip_widget_state(file), json.loads(file.read_text())["cells"][0]["outputs"]
    (Removed(state=True, views=1), [{'data': {'text/plain': 'a table'}}])
    """
    name = os.fspath(path)
    try:
        text = Path(path).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotebookError(f"{name} is not a notebook: it is not UTF-8 text.") from error
    try:
        cuts = _cuts(text)
    except _Refused as refusal:
        raise NotebookError(f"{name} {refusal}") from refusal
    removed = Removed(any(cut.what == "state" for cut in cuts), sum(cut.what == "view" for cut in cuts))
    if removed and not dry_run:
        write_whole(path, _without(text, cuts).encode())
    return removed


class _Refused(Exception):
    """Why a text is not taken, as the rest of a sentence."""


class _Cut(NamedTuple):
    """A part of the text that goes."""

    start: int
    end: int
    what: Literal["state", "view", "metadata"]


class _Member(NamedTuple):
    """A member of an object in the text: from its key to the end of its value."""

    key: str
    start: int
    value: int
    end: int


def _cuts(text: str) -> list[_Cut]:
    top = 1 if text.startswith("\ufeff") else 0
    _check(text[top:])
    top = _blank(text, top)
    cuts: list[_Cut] = []
    for member in _members(text, top):
        if member.key == "metadata" and text[member.value] == "{":
            cuts += [_Cut(*span, "state") for span in _spans(text, member.value, _STATE)]
        elif member.key == "cells":
            cuts += [cut for output in _outputs(text, member.value) for cut in _view(text, output)]
    return sorted(cuts)


def _check(text: str) -> None:
    try:
        content = json.loads(text, parse_int=_Digits, parse_float=_Digits)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _Refused(f"is not a notebook: it is not complete JSON ({error}).") from error
    version = content.get("nbformat") if isinstance(content, dict) else None
    if not isinstance(version, _Digits):
        raise _Refused("is not a notebook: it has no nbformat 4.")
    if version in ("1", "2", "3"):
        raise _Refused(f"is a notebook of the old format {version}. Open and save it in Jupyter, then try again.")
    if version != "4":
        raise _Refused("is not a notebook: it has no nbformat 4.")
    if not isinstance(content.get("cells"), list):
        raise _Refused("is not a notebook: it has no list of cells.")


def _outputs(text: str, cells: int) -> Iterator[int]:
    """Where each output begins."""
    for cell in _items(text, cells):
        for outputs in _values(text, cell, "outputs", "["):
            yield from _items(text, outputs)


def _view(text: str, output: int) -> list[_Cut]:
    """The view of an output that has another representation too, and what its metadata say of the view (Colab's do)."""
    cuts: list[_Cut] = []
    for data in _values(text, output, "data", "{"):
        if any(member.key != VIEW for member in _members(text, data)):
            cuts += [_Cut(*span, "view") for span in _spans(text, data, VIEW)]
    if cuts:
        for metadata in _values(text, output, "metadata", "{"):
            cuts += [_Cut(*span, "metadata") for span in _spans(text, metadata, VIEW)]
    return cuts


def _values(text: str, at: int, key: str, opening: str) -> Iterator[int]:
    """Where the value of a key begins, if it is of that shape."""
    if text[at] == "{":
        yield from (m.value for m in _members(text, at) if m.key == key and text[m.value] == opening)


def _spans(text: str, at: int, key: str) -> Iterator[tuple[int, int]]:
    """What has to go so that an object has no such key: the member, and the comma that parted it from its neighbour."""
    members = list(_members(text, at))
    some_kept = False
    for place, member in enumerate(members):
        if member.key != key:
            some_kept = True
        elif some_kept:
            yield members[place - 1].end, member.end
        elif place + 1 < len(members):
            yield member.start, members[place + 1].start
        else:
            yield member.start if place else at + 1, _blank(text, member.end)


def _members(text: str, at: int) -> Iterator[_Member]:
    """The members of the object that begins here; the text is known to be JSON."""
    at = _blank(text, at + 1)
    while text[at] != "}":
        key, end = _decode(text, at)
        value = _blank(text, _blank(text, end) + 1)
        _, end = _decode(text, value)
        yield _Member(key, at, value, end)
        at = _next(text, end)


def _items(text: str, at: int) -> Iterator[int]:
    """Where each item of the array that begins here begins."""
    at = _blank(text, at + 1)
    while text[at] != "]":
        yield at
        _, end = _decode(text, at)
        at = _next(text, end)


def _next(text: str, end: int) -> int:
    at = _blank(text, end)
    return _blank(text, at + 1) if text[at] == "," else at


def _blank(text: str, at: int) -> int:
    """The first place from here that is no white space."""
    found: Any = WHITESPACE.match(text, at)
    return int(found.end())


def _without(text: str, cuts: list[_Cut]) -> str:
    kept, at = [], 0
    for start, end, _ in cuts:
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])
