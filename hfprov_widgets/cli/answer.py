"""How a command's answer, its warnings and its faults reach stdout, stderr and the exit code, alike for all commands.

The answer goes to stdout: text for people, or exactly one JSON document. Everything else goes to stderr, a line each;
in a JSON document the warnings are also under "warnings" and a fault under "error".
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from hfprov_widgets.cli.exits import FAULTS, Exit, exit_of
from hfprov_widgets.cli.text import visible
from hfprov_widgets.data.errors import HubError, hide_secrets

_FACTS = ("status", "url", "request_id", "hint", "retry_after", "resets_at")


@dataclass(frozen=True)
class Answer:
    """What a command has to say.

    Parameters
    ----------
    document : dict
        For ``--json``; the warnings are added to it.
    text : str
        For people; nothing is written for an empty one.
    exit : Exit
    warnings : tuple of str
        What was skipped or doubtful.
    remark : str
        A sentence for people that is no part of the answer, such as why it is empty.
    """

    document: dict[str, Any]
    text: str
    exit: Exit = Exit.DONE
    warnings: tuple[str, ...] = ()
    remark: str = ""


def as_command(answer: Callable[[Namespace], Answer]) -> Callable[[Namespace], int]:
    """The command that gives this answer: it writes it, or the fault, and returns the exit code."""

    def run(arguments: Namespace) -> int:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", UserWarning)
            try:
                given = answer(arguments)
            except FAULTS as fault:
                given = Answer({"error": fault_row(fault)}, "", exit_of(fault), remark=sentence(fault))
        lines = [str(line.message) for line in caught if issubclass(line.category, UserWarning)]
        return _write(given, list(dict.fromkeys([*lines, *given.warnings])), arguments.json)

    return run


def sentence(fault: Exception) -> str:
    """What went wrong, in words.

    >>> sentence(FileNotFoundError(2, "No such file or directory", "list.json"))
    'list.json: No such file or directory'
    """
    if isinstance(fault, OSError) and fault.strerror:
        return f"{fault.filename}: {fault.strerror}" if fault.filename else fault.strerror
    return str(fault)


def fault_row(fault: Exception) -> dict[str, Any]:
    """A fault as a JSON object; what does not apply is null.

    >>> row = fault_row(HubError("The service answered 400.", status=400))
    >>> row["type"], row["status"], row["retry_after"]
    ('HubError', 400, None)
    """
    problem = fault.problem if isinstance(fault, HubError) else sentence(fault)
    facts = {name: getattr(fault, name, None) for name in _FACTS}
    return {"type": type(fault).__name__, "problem": problem, **facts, "near": list(getattr(fault, "near", ()))}


def _write(answer: Answer, warned: list[str], as_json: bool) -> Exit:
    remarks = [answer.remark] if answer.remark and (not as_json or "error" in answer.document) else []
    try:
        if as_json:
            # ASCII: whatever the terminal or the pipe, no byte of it is lost, and none is obeyed.
            document = {**answer.document, "warnings": warned}
            _put(sys.stdout, json.dumps(document, indent=2, allow_nan=False) + "\n")
        elif answer.text:
            _put(sys.stdout, answer.text + "\n")
        _put(sys.stderr, _lines([*([] if as_json else [f"warning: {line}" for line in warned]), *remarks]))
    except OSError as fault:
        # What is still in the buffer must not fail once more when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(fault, BrokenPipeError):  # that is a reader who has what it wants (| head)
            _put(sys.stderr, _lines([f"the answer cannot be written: {sentence(fault)}"]))
            return Exit.FILE
    return answer.exit


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"{visible(hide_secrets(text))}\n" for text in texts)


def _put(stream: TextIO, text: str) -> None:
    """Written at once; what the stream's encoding lacks is shown as its number."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()
