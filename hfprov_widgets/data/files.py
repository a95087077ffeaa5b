"""Writing a file all or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path


def write_whole(path: str | os.PathLike[str], body: bytes) -> None:
    """Write a file: a reader sees the old one or the whole new one, never a part.

    A link stays a link, and a file that was there keeps its permissions.

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


def _mode(target: Path) -> int:
    """The permissions of the file that is there, or of a new one. What is no file is not to be replaced by one."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not stat.S_ISREG(found):
        raise OSError(errno.EINVAL, "not a regular file, so it cannot be replaced as a whole")
    return stat.S_IMODE(found)


def _replace(target: Path, mode: int, body: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
