"""``clean``: notebooks made safe for readers that run no widgets."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from hfprov_widgets.cli.answer import Answer, as_command
from hfprov_widgets.cli.arguments import add_json
from hfprov_widgets.cli.exits import Exit
from hfprov_widgets.cli.text import count, visible
from hfprov_widgets.notebooks import Removed, strip_widget_state


def add_arguments(parser: ArgumentParser) -> None:
    """What ``clean`` takes."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="a notebook, replaced if there is anything to do")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if there is anything to do")
    add_json(parser)


def _answer(arguments: Namespace) -> Answer:
    # All are looked at before one is written: a file that is no notebook stops the whole.
    found = {file: strip_widget_state(file, dry_run=True) for file in arguments.files}
    if not arguments.check:
        found = {file: strip_widget_state(file) for file in found}
    document = {
        "written": not arguments.check and any(found.values()),
        "files": [{"path": file, "state": removed.state, "views": removed.views} for file, removed in found.items()],
    }
    lines = [_words(file, removed, arguments.check) for file, removed in found.items()]
    return Answer(document, "\n".join(lines), Exit.NO if arguments.check and any(found.values()) else Exit.DONE)


run = as_command(_answer)


def _words(file: str, removed: Removed, only_checked: bool) -> str:
    parts = (["the widget state"] if removed.state else []) + ([count(removed.views, "view")] if removed.views else [])
    if not parts:
        return f"{visible(file)}: nothing to do"
    return f"{visible(file)}: {'holds' if only_checked else 'removed'} {' and '.join(parts)}"
