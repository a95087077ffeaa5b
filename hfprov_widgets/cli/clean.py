"""``clean``: notebooks made safe for readers that run no widgets."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Any

from hfprov_widgets.cli.answer import Answer, as_command, fault_row, sentence
from hfprov_widgets.cli.arguments import add_json
from hfprov_widgets.cli.exits import Exit, exit_of
from hfprov_widgets.cli.text import count, visible
from hfprov_widgets.notebooks import NotebookError, Removed, strip_widget_state


def add_arguments(parser: ArgumentParser) -> None:
    """What ``clean`` takes."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="a notebook, replaced if there is anything to do")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if there is anything to do")
    add_json(parser)


def _answer(arguments: Namespace) -> Answer:
    # All are looked at before one is written: a file that is no notebook stops the whole.
    found = {file: strip_widget_state(file, dry_run=True) for file in arguments.files}
    if arguments.check:
        return Answer(_document(found, False), _text(found, "holds"), Exit.NO if any(found.values()) else Exit.DONE)
    done: dict[str, Removed] = {}
    try:
        for file in found:
            done[file] = strip_widget_state(file)
    except (NotebookError, OSError) as fault:  # those before it are written all the same, and that has to be told
        document = {**_document(done, True), "error": fault_row(fault)}
        return Answer(document, _text(done, "removed"), exit_of(fault), remark=sentence(fault))
    return Answer(_document(done, True), _text(done, "removed"))


run = as_command(_answer)


def _document(found: Mapping[str, Removed], written: bool) -> dict[str, Any]:
    files = [{"path": file, "state": removed.state, "views": removed.views} for file, removed in found.items()]
    return {"written": written and any(found.values()), "files": files}


def _text(found: Mapping[str, Removed], verb: str) -> str:
    return "\n".join(_words(file, removed, verb) for file, removed in found.items())


def _words(file: str, removed: Removed, verb: str) -> str:
    parts = (["the widget state"] if removed.state else []) + ([count(removed.views, "view")] if removed.views else [])
    if not parts:
        return f"{visible(file)}: nothing to do"
    return f"{visible(file)}: {verb} {' and '.join(parts)}"
