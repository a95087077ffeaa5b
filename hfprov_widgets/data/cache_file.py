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

from hfprov_widgets.data.turns import file_lock

if TYPE_CHECKING:
    from requests_cache.backends.sqlite import SQLiteCache

_BUSY = 2.0  # seconds to wait for another process that writes
_FORGET = 30 * 86_400  # seconds after its expiry an entry is of no use any more, even where the service fails
_PARTS = ("", "-journal", "-wal", "-shm")


def open_file(path: Path) -> SQLiteCache:
    """The backend over this file; a damaged file is replaced by a new one.

    Raises
    ------
    OSError, sqlite3.Error
        The file cannot be made or written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return _opened(path)
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        mend(path)
        return _opened(path)


def _opened(path: Path) -> SQLiteCache:
    from requests_cache.backends.sqlite import SQLiteCache

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
    """Whether the file itself is broken or gone: not locked, full or out of reach, and no misuse of ours."""
    return type(error) is sqlite3.DatabaseError or "no such table" in str(error)


def is_busy(error: Exception) -> bool:
    """Whether another program holds the file at this moment."""
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def mend(path: Path) -> None:
    """Set the file aside if it is damaged, and no more: another program may have replaced it meanwhile."""
    acquire, release = file_lock(path, "mending")
    if not acquire(_BUSY):
        raise TimeoutError("another program has been mending the cache for too long")
    try:
        damage = _damage(path)
        if damage:
            set_aside(path, damage)
    finally:
        release()


def _damage(path: Path) -> str | None:
    """What is wrong with the file."""
    try:
        try_write(path)
        with contextlib.closing(sqlite3.connect(path, timeout=_BUSY)) as database:
            [(verdict,), *_] = database.execute("PRAGMA quick_check(1)")
        return None if verdict == "ok" else " ".join(str(verdict).split())
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        return str(error)


def set_aside(path: Path, damage: str) -> None:
    """Give a damaged file another name, and say so. What is in it is not lost: it can be looked at."""
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}")
    for part in _PARTS:
        with contextlib.suppress(FileNotFoundError):
            os.replace(f"{path}{part}", f"{aside}{part}")
    text = f"the cache was damaged ({damage}); it is now {aside.name} beside a new and empty one"
    warnings.warn(text, UserWarning, stacklevel=2)
