"""One process runs on an SQLite file at a time: a lock beside it, which the kernel frees however the holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from storage.errors import StoreLocked


def run_lock(database: Path | None) -> AbstractContextManager[None]:
    """Return the lock of a database file; without one (PostgreSQL, memory) nothing is locked.

    Raises:
        StoreLocked: on entering, when another process holds it.
    """
    return nullcontext() if database is None else lock_file(database.with_name(database.name + ".lock"))


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Hold ``path`` locked; it is made when it is not there, and stays.

    Raises:
        StoreLocked: another process holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            text = os.pread(descriptor, 20, 0).strip()
            raise StoreLocked(path, int(text) if text.isdigit() else None) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)
