"""What several commands take from the command line, and how it is checked before anything is asked."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any, TypeVar

from hfprov_widgets.cli.exits import HELP, checking_usage
from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.columns import MODEL_COLUMNS, ROUTE_COLUMNS, normal_mix
from hfprov_widgets.data.filters import normal_filters
from hfprov_widgets.data.load import load_catalog

T = TypeVar("T")

_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
_NUMBERS = ("price", "blended", "milliseconds", "speed", "tokens", "count")


def add_json(parser: ArgumentParser) -> None:
    """``--json`` and the exit codes, which all commands that give an answer have."""
    parser.formatter_class, parser.epilog = RawDescriptionHelpFormatter, HELP
    parser.add_argument("--json", action="store_true", help="write one JSON document; null means not published")


def add_source(parser: ArgumentParser, default: str) -> None:
    """``--source``."""
    parser.add_argument(
        "--source",
        default=default,
        help="live (the services), auto (live, else the last good copy, else the sample), sample, documented, tasks, "
        "or the path of a snapshot (default: %(default)s)",
    )


def checked(check: Callable[[str], T]) -> Callable[[str], T]:
    """A check of the data module as a type for argparse, which then shows the check's own words."""

    def convert(text: str) -> T:
        try:
            return check(text)
        except (TypeError, ValueError) as error:
            raise ArgumentTypeError(str(error)) from error

    return convert


def pair(text: str, between: str) -> tuple[float, float]:
    """A mix of input and output tokens.

    >>> pair("3:1", ":"), pair("600,300", ",")
    ((3.0, 1.0), (600.0, 300.0))
    """
    parts = text.split(between)
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) != 2:
        raise ValueError(
            f"two numbers with {between!r} between them, input and output, such as 3{between}1, not {text!r}"
        )
    return normal_mix(numbers)


def filter_part(text: str) -> tuple[str, list[Any]]:
    """One filter of ``Catalog.select``, checked.

    >>> filter_part("provider=groq,novita"), filter_part("supports_tools=true")
    (('provider', ['groq', 'novita']), ('supports_tools', [True]))
    """
    name, _, values = text.partition("=")
    if not name or not values:
        raise ValueError(f"a filter is NAME=VALUE, such as max_price_output=0.5, not {text!r}")
    known = {**MODEL_COLUMNS, **ROUTE_COLUMNS}
    column = known.get(name.removeprefix("min_").removeprefix("max_"))
    kind = "bool" if name == "priced" else column.kind if column else "text"
    wanted = [_value(kind, value.strip()) for value in values.split(",")]
    normal_filters({name: wanted})
    return name, wanted


def join_filters(parts: Iterable[tuple[str, list[Any]]]) -> dict[str, list[Any]]:
    """The filters of several parts; a name given twice has the values of both.

    >>> join_filters([("provider", ["groq"]), ("provider", ["novita"])])
    {'provider': ['groq', 'novita']}
    """
    filters: dict[str, list[Any]] = {}
    for name, wanted in parts:
        filters.setdefault(name, []).extend(wanted)
    return filters


def read_catalog(source: str, scope: str = "chat") -> Catalog:
    """The catalogue of this source, from the services that the environment names.

    Raises
    ------
    UsageError
        No such source, or an address in the environment that is none.
    HubError, SnapshotError, OSError
    """
    if source not in ("auto", "live"):
        with checking_usage():
            return load_catalog(source, scope=scope)
    from hfprov_widgets.data.hub import HubClient
    from hfprov_widgets.data.router import RouterClient

    with checking_usage():
        hub, router = HubClient(token=False), RouterClient()  # the lists need no token
    with closing(hub), closing(router):
        return load_catalog(source, scope=scope, hub=hub, router=router)


def _value(kind: str, text: str) -> Any:
    """The value that the text names; a text that names none of this kind is refused by the filter, in its words."""
    if kind == "bool":
        return _TRUTHS.get(text.lower(), text)
    if kind in _NUMBERS:
        try:
            number = float(text)
        except ValueError:
            return text
        return int(number) if number.is_integer() else number
    return text
