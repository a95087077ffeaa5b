"""The command line: which commands there are. A command's module is imported when the command is used."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence
from typing import Any

from hfprov_widgets import __version__
from hfprov_widgets.cli.exits import HELP, Exit

# Each module has add_arguments(parser) and run(arguments) -> int.
_COMMANDS = {
    "models": ("cli.models", "find models that providers serve"),
    "providers": ("cli.providers", "compare the providers of one model"),
    "status": ("cli.status", "whether a model is served; without one, whether the services answer"),
    "snapshot": ("cli.snapshot", "save the catalogue, or a part of it, to a file"),
    "clean": ("cli.clean", "take widget state out of notebooks, so that every viewer shows their tables"),
    "serve": ("serve.cli", "a service for a class: one copy of the catalogue for all"),
}


class _Command(argparse.ArgumentParser):
    """A command that imports its module and gets its arguments when it is used, so that ``--help`` loads none."""

    def __init__(self, *, module: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._module = module

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        module = importlib.import_module(f"hfprov_widgets.{self._module}")
        module.add_arguments(self)
        self.set_defaults(run=module.run)
        return super().parse_known_args(args, namespace)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        By default the arguments of the process.

    Raises
    ------
    SystemExit
        After ``--help`` and for wrong usage, as argparse does it.
    """
    try:
        arguments = _parser().parse_args(argv)
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hfprov_widgets",
        description="Models and the providers that serve them, in a shell.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"hfprov_widgets {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Command)
    for name, (module, words) in _COMMANDS.items():
        commands.add_parser(name, module=module, help=words, description=f"{words[0].upper()}{words[1:]}.")
    return parser
