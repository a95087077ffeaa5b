"""The command ``python -m hfprov_widgets serve``: what it accepts, what it prints, and how it ends."""

from __future__ import annotations

import argparse
import errno
import importlib.util
import os
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urlsplit

from hfprov_widgets.data.catalog import Catalog
from hfprov_widgets.data.environment import offline
from hfprov_widgets.data.load import BUNDLED, bundled
from hfprov_widgets.data.replies import is_loopback, origin
from hfprov_widgets.data.snapshot import SnapshotError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOST = "127.0.0.1"
PORT = 8717
_EVERYWHERE = ("", "0.0.0.0", "::")


class _Refused(Exception):
    """The service cannot start; the message is the sentence for whoever started it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``serve``.

    Examples
    --------
    >>> parser = argparse.ArgumentParser()
    >>> add_arguments(parser)
    >>> parser.parse_args(["lesson.json.gz", "--port", "9000"])
    Namespace(snapshot='lesson.json.gz', host='127.0.0.1', port=9000, upstream=False)
    """
    parser.add_argument(
        "snapshot",
        nargs="?",
        metavar="SNAPSHOT",
        help=f"a file, or one of {', '.join(BUNDLED)}; by default sample. With --upstream: what to give while that "
        "cannot be reached, by default nothing",
    )
    parser.add_argument(
        "--host", default=HOST, help="the address to listen on; by default this machine only (%(default)s)"
    )
    parser.add_argument("--port", type=_port, default=PORT, help="by default %(default)s; 0 takes a free one")
    parser.add_argument(
        "--upstream",
        action="store_true",
        help="stand in front of the real services (HF_ENDPOINT and HFPROV_ROUTER_URL, if set) as their one cache",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C; the exit code is 0 then, and 2 where the service could not start."""
    try:
        _serve(arguments)
    except _Refused as refused:
        _say(f"hfprov_widgets serve: {refused}", sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


def _serve(arguments: argparse.Namespace) -> None:
    missing = [name for name in ("starlette", "uvicorn") if importlib.util.find_spec(name) is None]
    if missing:
        raise _Refused(f"{' and '.join(missing)} is missing; install with: pip install {' '.join(missing)}")
    from hfprov_widgets.serve.app import create_app, described, student_lines
    from hfprov_widgets.serve.upstream import Upstream

    name = arguments.snapshot or (None if arguments.upstream else "sample")
    catalog = None if name is None else _catalog(name)
    try:
        upstream = Upstream() if arguments.upstream else None
    except ValueError as error:
        raise _Refused(f"{error}.") from None
    if upstream and offline():
        raise _Refused("--upstream needs calls, and HF_HUB_OFFLINE forbids them; unset it where you start this.")
    with _listening(arguments.host, arguments.port) as listener:
        base = _address(arguments.host, listener)
        if upstream:
            for service in (upstream.hub, upstream.router):
                _check_other(service, base, arguments.host)
            if fault := upstream.check():
                _say(f"Warning: the router cannot be read now, and is tried again when asked: {fault}", sys.stderr)

        def announce() -> None:
            if not is_loopback(base):
                _say("Note: everybody in this network can use it. It serves public listings, and no model.", sys.stderr)
            _say(f"hfprov_widgets serves {described(catalog, upstream)}.", sys.stdout)
            _say(f"\nFor a notebook, in its environment:\n\n{student_lines(base)}\n\nCtrl-C ends it.", sys.stdout)

        try:
            _run(create_app(catalog, upstream=upstream), listener, announce)
        finally:
            if upstream:
                upstream.close()


def _run(app: ASGIApp, listener: socket.socket, announce: Callable[[], None]) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            announce()  # only now does it really answer

    # The access log would be 300 students' addresses on the projector.
    config = uvicorn.Config(app, access_log=False, log_level="warning", lifespan="off", timeout_graceful_shutdown=2)
    Server(config).run(sockets=[listener])


# --- what is checked before it starts -----------------------------------------------------------------------


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: 0 to 65535")
    return int(text)


def _catalog(name: str) -> Catalog:
    if name in BUNDLED:
        return bundled(name)
    try:
        return Catalog.open(name)
    except FileNotFoundError:
        raise _Refused(f"there is no file {name!r}; give a snapshot file or one of {', '.join(BUNDLED)}.") from None
    except SnapshotError as error:
        raise _Refused(str(error)) from None
    except OSError as error:
        raise _Refused(f"{name} cannot be read: {error.strerror}.") from None


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, dualstack_ipv6=host == "::")
        # Head and body of an answer are sent one after the other: without this, the second waits 40 ms for the
        # receipt of the first. Connections inherit it; asyncio sets it only on sockets it has made itself.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise _Refused(f"port {port} is in use; give another with --port, or --port 0 for any.") from None
        raise _Refused(f"it cannot listen on {host}, port {port}: {error.strerror or error}.") from None


def _address(host: str, listener: socket.socket) -> str:
    """The address by which the room reaches the listener."""
    name = _own_address() if host in _EVERYWHERE else host
    port = listener.getsockname()[1]
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _own_address() -> str:
    """This machine's address in its network. Nothing is sent: a UDP socket only looks up the way."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation
            return str(probe.getsockname()[0])
        except OSError:  # no network at all
            return socket.gethostname()


def _check_other(service: str, base: str, host: str) -> None:
    """Refuse to ask ourselves, which is what a teacher gets who has set the lines for students."""
    own = {origin(base)[1], host, socket.gethostname().lower(), *(["localhost"] if host in _EVERYWHERE else [])}
    same_machine = is_loopback(service) or (urlsplit(service).hostname or "") in own
    if origin(service)[2] == origin(base)[2] and same_machine:
        variables = " and ".join(name for name in ("HF_ENDPOINT", "HFPROV_ROUTER_URL") if os.environ.get(name))
        raise _Refused(f"--upstream would ask this service itself, at {service}; unset {variables} where you start it.")


def _say(text: str, stream: TextIO) -> None:
    stream.write(f"{text}\n")
    stream.flush()  # whoever reads it through a pipe is waiting for it
