"""Writing a file all or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from functools import partial
from pathlib import Path


def write_whole(path: str | os.PathLike[str], body: bytes) -> None:
    """Write a file: a reader sees the old one or the whole new one, never a part.

    A link stays a link, and a file that was there keeps its permissions. What is no file, or may not be written to, is
    not replaced.

    Raises
    ------
    OSError
        The file cannot be written; what was there before is untouched.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "new.txt", b"words")
    ...     (Path(folder) / "new.txt").read_text()
    'words'
    """
    target = Path(os.path.realpath(path))
    try:
        _replace(target, _mode(target), body)
    except OSError as error:  # in the words of the file that was asked for, not of the one on the way
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), str(target)) from error


def _mode(target: Path) -> int | None:
    """The permissions of the file that is there, None without one."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found):
        raise OSError(errno.EINVAL, "not a regular file, so it cannot be replaced as a whole")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "it is read-only")
    return stat.S_IMODE(found)


def _replace(target: Path, mode: int | None, body: bytes) -> None:
    # A name of its own length: that of the target, with more to it, could be too long.
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        # A new file gets what the user's mask leaves; one in place of another is private until it is as open as that.
        with open(temporary, "xb", opener=partial(os.open, mode=0o666 if mode is None else 0o600)) as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
