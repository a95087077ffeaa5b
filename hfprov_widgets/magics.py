"""The line magic ``%hfprov`` of IPython: a widget by a few words. ``%load_ext hfprov_widgets`` brings it."""

from __future__ import annotations

import shlex
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, NoReturn, TypeAlias

from IPython.core.error import TryNext, UsageError
from traitlets import TraitError

import hfprov_widgets as hfp
from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.from_frame import catalog_of
from hfprov_widgets.data.load import BUNDLED, at_hand, bundled

NAME = "hfprov"
USAGE = """\
%hfprov pick [WORD ...]             find a model
%hfprov compare MODEL [MODEL ...]   its providers side by side, or the routes of several models
%hfprov plan MODEL [MODEL ...]      what a class costs on each route
    --tokens 600,300                input and output tokens of one call
    --calls 20 --students 30        calls of each student, and how many students
    --margin 0.2                    the part to spare
    --credit 0.10 --for student     USD that may be spent, and whose they are: student or class

Each takes --catalog NAME: a variable that holds a catalogue or a DataFrame, or sample, documented, tasks.
The widget is displayed, or kept: table = %hfprov compare openai/gpt-oss-20b
"""

Make: TypeAlias = "Callable[[Catalog | None, dict[str, Any]], Any]"


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, and no exit."""
        raise UsageError(f"{self.prog}: {message}. %hfprov alone tells what there is.")


class Magic:
    """The magic of one shell: it looks up variables there."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell

    def run(self, line: str) -> Any:
        """Pick a model, compare its providers, plan a class. %hfprov alone tells how; it returns the widget."""
        try:
            words = shlex.split(line)
        except ValueError as error:  # a quotation mark without its partner
            raise UsageError(f"%hfprov: {error}") from None
        if not words or {"-h", "--help", "help"} & {words[0], words[-1]}:
            sys.stdout.write(USAGE)
            return None
        command = words[0]
        if command not in _COMMANDS:
            hint = _near(command, _COMMANDS)
            raise UsageError(f"%hfprov has no command {command!r}.{hint} There are: {', '.join(_COMMANDS)}.")
        parser, make = _COMMANDS[command]
        asked = vars(parser.parse_args(words[1:]))
        try:
            return make(self._catalog(asked.pop("catalog")), asked)
        except (TraitError, TypeError, ValueError) as error:  # what a person asked makes no sense; it says why
            raise UsageError(f"%hfprov {command}: {error}") from None

    def _catalog(self, name: str | None) -> Catalog | None:
        if name is None:
            return None
        if name in self._shell.user_ns:
            return catalog_of(self._shell.user_ns[name])
        if name in BUNDLED:
            return bundled(name)
        hint = _near(name, [*self._shell.user_ns, *BUNDLED])
        raise ValueError(f"there is no variable {name!r}, and it is none of {', '.join(BUNDLED)}.{hint}")

    def complete(self, _shell: Any, event: Any) -> list[str]:
        """The commands, and after one that takes a model the ids at hand; nothing is asked of a service."""
        before = event.text_until_cursor.split()
        if before and event.symbol == before[-1]:
            before.pop()
        if len(before) == 1:
            return [command for command in _COMMANDS if command.startswith(event.symbol)]
        if before[1] not in ("compare", "plan") or event.symbol.startswith("-") or before[-1].startswith("-"):
            raise TryNext
        return [id for id in at_hand("chat").ids if id.startswith(event.symbol)]


def load(shell: Any) -> None:
    """Give a shell the magic."""
    magic = Magic(shell)
    shell.register_magic_function(magic.run, "line", NAME)
    shell.set_hook("complete_command", magic.complete, str_key=f"%{NAME}")


def unload(shell: Any) -> None:
    """Take it away again. IPython has no call for that."""
    shell.magics_manager.magics["line"].pop(NAME, None)
    shell.strdispatchers["complete_command"].strs.pop(f"%{NAME}", None)


def _pick(catalog: Catalog | None, asked: dict[str, Any]) -> Any:
    return hfp.ModelPicker(catalog, query=" ".join(asked["query"]))


def _compare(catalog: Catalog | None, asked: dict[str, Any]) -> Any:
    return hfp.ProviderTable(_one_or_several(asked["model"]), catalog=catalog)


def _plan(catalog: Catalog | None, asked: dict[str, Any]) -> Any:
    return hfp.BudgetPlanner(_one_or_several(asked.pop("model")), catalog=catalog, **asked)


def _one_or_several(models: list[str]) -> str | tuple[str, ...]:
    return models[0] if len(models) == 1 else tuple(models)


def _parser(command: str) -> _Parser:
    parser = _Parser(prog=f"%{NAME} {command}", add_help=False, allow_abbrev=False)
    parser.add_argument("--catalog", metavar="NAME")
    return parser


def _pick_parser() -> _Parser:
    parser = _parser("pick")
    parser.add_argument("query", nargs="*")
    return parser


def _compare_parser(command: str = "compare") -> _Parser:
    parser = _parser(command)
    parser.add_argument("model", nargs="+")
    return parser


def _plan_parser() -> _Parser:
    parser = _compare_parser("plan")
    # What is not given is left to the planner's own defaults.
    parser.add_argument("--tokens", type=_two_counts, default=SUPPRESS)
    parser.add_argument("--calls", type=int, default=SUPPRESS)
    parser.add_argument("--students", type=int, default=SUPPRESS)
    parser.add_argument("--margin", type=float, default=SUPPRESS)
    parser.add_argument("--credit", type=float, default=SUPPRESS)
    parser.add_argument("--for", dest="credit_for", default=SUPPRESS)
    return parser


def _two_counts(text: str) -> tuple[int, ...]:
    """The tokens of a call; how many and how large, the planner checks.

    >>> _two_counts("600,300")
    (600, 300)
    """
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise ArgumentTypeError(f"input and output tokens, such as 600,300, not {text!r}") from None


def _near(name: str, known: Any) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


_COMMANDS: dict[str, tuple[_Parser, Make]] = {
    "pick": (_pick_parser(), _pick),
    "compare": (_compare_parser(), _compare),
    "plan": (_plan_parser(), _plan),
}
