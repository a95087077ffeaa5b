"""The exit codes, so that a script can branch on them:

0    done; of status MODEL: a provider serves the model
1    the answer is "no": no such rows, or nobody serves the model; of clean --check: there is something to do
2    wrong usage, or a wrong HF_ENDPOINT or HFPROV_ROUTER_URL; of serve: it cannot start
3    there is no such model
4    a service cannot be reached, or limits us
5    a service's reply cannot be used, or it refuses the request or the token
6    a file cannot be read or written, or is not what it should be
130  stopped by Ctrl-C (serve ends with 0 then)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from hfprov_widgets.data.errors import HubError, ModelNotFound, RateLimited, ServiceUnavailable
from hfprov_widgets.data.snapshot import SnapshotError
from hfprov_widgets.notebooks import NotebookError

HELP = "exit codes:\n\n" + (__doc__ or "").partition("\n\n")[2]


class Exit(IntEnum):
    """What a command ends with."""

    DONE = 0
    NO = 1
    USAGE = 2
    NOT_FOUND = 3
    UNAVAILABLE = 4
    UNUSABLE = 5
    FILE = 6
    INTERRUPTED = 130


class UsageError(Exception):
    """What the user gave is wrong, and the message says what is allowed."""


FAULTS = (UsageError, HubError, SnapshotError, NotebookError, OSError)
"""What a user or a service can cause. Anything else is a fault of ours and shows as one."""


@contextmanager
def checking_usage() -> Iterator[None]:
    """Around a call whose ``ValueError`` means that the user gave a wrong value.

    >>> with checking_usage():
    ...     raise ValueError("limit goes from 1")
    Traceback (most recent call last):
    hfprov_widgets.cli.exits.UsageError: limit goes from 1
    """
    try:
        yield
    except (SnapshotError, NotebookError):  # ValueErrors too, but of a file
        raise
    except (TypeError, ValueError) as error:
        raise UsageError(str(error)) from error


def exit_of(fault: Exception) -> Exit:
    """The exit code of one of the ``FAULTS``.

    >>> exit_of(ServiceUnavailable("The service answered 503."))
    <Exit.UNAVAILABLE: 4>
    """
    if isinstance(fault, UsageError):
        return Exit.USAGE
    if isinstance(fault, ModelNotFound):
        return Exit.NOT_FOUND
    if isinstance(fault, (RateLimited, ServiceUnavailable)):
        return Exit.UNAVAILABLE
    return Exit.UNUSABLE if isinstance(fault, HubError) else Exit.FILE
