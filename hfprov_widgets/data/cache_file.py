"""The cache's SQLite file: private to its user, checked before use, set aside when it is damaged.

``requests_cache`` waits for ever at a file that cannot be written. So each file is tried first with a plain
connection that gives up.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from requests_cache.backends.sqlite import SQLiteCache

_BUSY = 5.0  # seconds to wait for another process that writes
_FORGET = 30 * 86_400  # seconds after its expiry an entry is of no use any more, even where the service fails
_PARTS = ("", "-journal", "-wal", "-shm")


def open_file(path: Path) -> SQLiteCache:
    """The backend over this file; a damaged file is replaced by a new one.

    Raises
    ------
    OSError, sqlite3.Error
        The file cannot be made or written.
    """
    from requests_cache.backends.sqlite import SQLiteCache

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        try_write(path)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        set_aside(path, error)
        try_write(path)
    return SQLiteCache(path, serializer="json", busy_timeout=int(_BUSY * 1000))


def try_write(path: Path, now: float | None = None) -> None:
    """Make sure that the file is a database and can be written; forget what is very old on the way.

    Parameters
    ----------
    path : Path
    now : float, optional
        Unix seconds; without them nothing is forgotten.

    Raises
    ------
    OSError, sqlite3.Error
    """
    # Made here, so that from the first moment nobody else can read it.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    with contextlib.closing(sqlite3.connect(path, timeout=_BUSY, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        if now is not None:
            database.execute("DELETE FROM responses WHERE expires < ?", (int(now) - _FORGET,))
        database.execute("COMMIT")


def is_damage(error: Exception) -> bool:
    """Whether the file itself is broken, not locked, full or out of reach."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)


def set_aside(path: Path, error: Exception) -> Path:
    """Give a damaged file another name, and say so. What is in it is not lost: it can be looked at."""
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%dT%H%M%S')}")
    for part in _PARTS:
        with contextlib.suppress(FileNotFoundError):  # another process was quicker
            os.replace(f"{path}{part}", f"{aside}{part}")
    text = f"the cache was damaged ({error}); it is now {aside.name} beside a new and empty one"
    warnings.warn(text, UserWarning, stacklevel=2)
    return aside
