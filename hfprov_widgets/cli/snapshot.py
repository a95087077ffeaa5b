"""``snapshot``: the catalogue, or a part of it, into a file that checks itself when it is opened."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from hfprov_widgets.cli.answer import Answer, as_command
from hfprov_widgets.cli.arguments import add_json, add_source, checked, filter_part, join_filters, read_catalog
from hfprov_widgets.cli.exits import Exit, checking_usage
from hfprov_widgets.cli.text import count, source_words, visible
from hfprov_widgets.data.load import SCOPES


def add_arguments(parser: ArgumentParser) -> None:
    """What ``snapshot`` takes."""
    parser.add_argument("out", metavar="OUT", type=Path, help="the file; compressed if its name ends in .gz")
    add_source(parser, "live")
    parser.add_argument(
        "--scope",
        choices=SCOPES,
        default="chat",
        help="what the router lists, or all that a provider serves (default: %(default)s)",
    )
    parser.add_argument(
        "--select",
        metavar="NAME=VALUE",
        nargs="+",
        action="extend",
        type=checked(filter_part),
        default=[],
        help="only rows that meet all of these: provider=groq,novita max_price_output=0.5 supports_tools=true",
    )
    add_json(parser)


def _answer(arguments: Namespace) -> Answer:
    out: Path = arguments.out
    _check_place(out)  # before minutes of asking
    whole = read_catalog(arguments.source, arguments.scope)
    with checking_usage():
        catalog = whole.select(**join_filters(arguments.select))
    if not catalog.records:
        remark = f"No row is left, so nothing was written ({source_words(whole)})."
        return Answer({"path": None, "n_models": 0, "n_routes": 0}, "", Exit.NO, catalog.warnings, remark)
    try:
        catalog.save(out)
    except OSError as error:  # its own file name is that of a temporary file
        raise OSError(error.errno, f"cannot be written: {error.strerror}", str(out)) from error
    n_models, n_routes = len(catalog.records), len(catalog.all_routes)
    document = {
        "path": str(out),
        "digest": catalog.digest,
        "n_models": n_models,
        "n_routes": n_routes,
        "source": catalog.source,
        "retrieved_at": catalog.retrieved_at,
    }
    lines = (
        f"Written  {out}",
        f"Holds    {count(n_models, 'model')}, {count(n_routes, 'route')}",
        f"Source   {source_words(catalog)}",
        f"Digest   {catalog.digest}",
    )
    return Answer(document, "\n".join(map(visible, lines)), warnings=catalog.warnings)


run = as_command(_answer)


def _check_place(out: Path) -> None:
    if out.is_dir():
        raise IsADirectoryError(None, "is a folder; name a file in it", str(out))
    if not out.parent.is_dir():
        raise FileNotFoundError(None, "there is no such folder", str(out.parent))
    if not os.access(out.parent, os.W_OK):
        raise PermissionError(None, "you may not write in this folder", str(out.parent))
