"""One asks, the others wait for its answer: turns at one kept reply, across threads and processes.

Whoever had to wait looks into the cache first: the answer is most likely there. The lock belongs to the cache:
a file beside a SQLite file, a key in Redis, and for a store inside this process a lock of this process.
"""

from __future__ import annotations

import hashlib
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_POLL = 0.02  # seconds
_HOLD = 60.0  # seconds; longer than any call takes: in Redis, the lock of a holder that died ends by itself


class TookTooLongError(Exception):
    """Somebody else has had the turn all the time."""


@dataclass(frozen=True)
class Turn:
    """A turn that is held until the end of the ``with`` block; `waited` says whether somebody else had it before."""

    waited: bool
    release: Callable[[], object]

    def __enter__(self) -> bool:
        return self.waited

    def __exit__(self, *exc: object) -> None:
        with suppress(Exception):  # the store went away meanwhile: then nobody waits at it either
            self.release()


def take_turn(backend: Any, key: str, seconds: float) -> Turn:
    """The turn at a key of a ``requests_cache`` backend, waited for so many seconds at most.

    Raises
    ------
    TookTooLongError
    """
    acquire, release = _lock_of(backend, hashlib.sha256(key.encode()).hexdigest())
    if acquire(0):
        return Turn(False, release)
    if acquire(max(seconds, 0)):
        return Turn(True, release)
    raise TookTooLongError


# What the three kinds of locks have in common: to acquire within so many seconds, and to release.
_Lock = tuple[Callable[[float], bool], Callable[[], object]]


def _lock_of(backend: Any, name: str) -> _Lock:
    store = backend.responses
    path = getattr(store, "db_path", None)
    if path is not None and Path(path).is_file():
        return file_lock(Path(path), name[:3])
    connection = getattr(store, "connection", None)
    if hasattr(connection, "lock"):
        return _redis_lock(connection, f"{store.namespace}:turn:{name[:16]}")
    return _own_lock(backend, name)


def file_lock(path: Path, name: str) -> _Lock:
    """A lock in the folder beside a cache file. By three letters of a hash there are 4,096 of them at the most;
    where two addresses share one, one waits for the other."""
    from filelock import FileLock, Timeout

    folder = Path(f"{path}.locks")
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = FileLock(folder / f"{name}.lock", thread_local=False)

    def acquire(seconds: float) -> bool:
        try:
            lock.acquire(timeout=seconds, poll_interval=_POLL)
        except Timeout:
            return False
        return True

    return acquire, lock.release


def _redis_lock(connection: Any, name: str) -> _Lock:
    lock = connection.lock(name, timeout=_HOLD, sleep=_POLL)
    return lambda seconds: bool(lock.acquire(blocking=seconds > 0, blocking_timeout=seconds)), lock.release


_own_locks: weakref.WeakKeyDictionary[Any, dict[str, threading.Lock]] = weakref.WeakKeyDictionary()
_own_locks_lock = threading.Lock()


def _own_lock(backend: Any, name: str) -> _Lock:
    with _own_locks_lock:
        lock = _own_locks.setdefault(backend, {}).setdefault(name, threading.Lock())
    return lambda seconds: lock.acquire(timeout=seconds), lock.release
