"""One asks, the others wait for its answer: turns at one kept reply, across threads and processes.

Whoever had to wait looks into the cache first: the answer is most likely there. The lock belongs to the cache:
a file beside a SQLite file, a key in Redis, and for a store inside this process a lock of this process.
"""

from __future__ import annotations

import hashlib
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_POLL = 0.02  # seconds
_HOLD = 60.0  # seconds; longer than any call takes: in Redis, the lock of a holder that died ends by itself


class TookTooLongError(Exception):
    """Somebody else has had the turn all the time."""


@dataclass(frozen=True)
class _Lock:
    """What the three kinds of locks have in common; `acquire` takes the seconds to wait at most."""

    acquire: Callable[[float], bool]
    release: Callable[[], object]


@contextmanager
def turn(backend: Any, key: str, seconds: float) -> Iterator[bool]:
    """Hold the turn at a key of a ``requests_cache`` backend; gives whether somebody else had it before.

    Parameters
    ----------
    backend : BaseCache
    key : str
    seconds : float
        To wait at most.

    Raises
    ------
    TookTooLongError
    """
    lock = _lock_of(backend, hashlib.sha256(key.encode()).hexdigest())
    waited = not lock.acquire(0)
    if waited and not lock.acquire(max(seconds, 0)):
        raise TookTooLongError
    try:
        yield waited
    finally:
        with suppress(Exception):  # the store went away meanwhile: then nobody waits at it either
            lock.release()


def _lock_of(backend: Any, name: str) -> _Lock:
    store = backend.responses
    path = getattr(store, "db_path", None)
    if path is not None and Path(path).is_file() and sys.platform != "emscripten":
        return _file_lock(Path(f"{path}.locks"), name)
    connection = getattr(store, "connection", None)
    if hasattr(connection, "lock"):
        return _redis_lock(connection, f"{store.namespace}:turn:{name[:16]}")
    return _own_lock(backend, name)


def _file_lock(folder: Path, name: str) -> _Lock:
    from filelock import FileLock, Timeout

    # 256 files at the most; two addresses that share one wait for each other, and nothing worse.
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = FileLock(folder / f"{name[:2]}.lock", thread_local=False)

    def acquire(seconds: float) -> bool:
        try:
            lock.acquire(timeout=seconds, poll_interval=_POLL)
        except Timeout:
            return False
        return True

    return _Lock(acquire, lock.release)


def _redis_lock(connection: Any, name: str) -> _Lock:
    lock = connection.lock(name, timeout=_HOLD, sleep=_POLL)
    return _Lock(lambda seconds: bool(lock.acquire(blocking=seconds > 0, blocking_timeout=seconds)), lock.release)


_own_locks: weakref.WeakKeyDictionary[Any, dict[str, threading.Lock]] = weakref.WeakKeyDictionary()
_own_locks_lock = threading.Lock()


def _own_lock(backend: Any, name: str) -> _Lock:
    with _own_locks_lock:
        lock = _own_locks.setdefault(backend, {}).setdefault(name, threading.Lock())
    return _Lock(lambda seconds: lock.acquire(timeout=seconds), lock.release)
