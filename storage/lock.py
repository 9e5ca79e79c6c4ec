"""One process runs on an SQLite file at a time, by whatever name: locks that the kernel frees however the holder dies.

One is a file beside the database, which also says who holds it. The other is on the database file itself, since the
same file may have several names (hard links), each with a lock file of its own.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from storage.errors import StoreLocked

Inode = tuple[int, int]

_descriptors: dict[Inode, int] = {}
"""Of database files. They stay open: closing any descriptor of a file drops all that SQLite has locked in it."""

_held: set[Inode] = set()


def run_lock(database: Path | None) -> AbstractContextManager[None]:
    """Return the lock of a database file; without one (PostgreSQL, memory) nothing is locked.

    Raises:
        StoreLocked: on entering, when another process holds it.
    """
    return nullcontext() if database is None else _both(database)


@contextmanager
def _both(database: Path) -> Iterator[None]:
    real = database.resolve()  # a symbolic link is another name of the same file
    beside = real.with_name(real.name + ".lock")
    with lock_file(beside), _lock_itself(real, beside):
        yield


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


@contextmanager
def _lock_itself(path: Path, beside: Path) -> Iterator[None]:
    """Hold the file itself; SQLite's own locks are of another kind, which on Linux knows nothing of this one."""
    if sys.platform != "linux" or not path.is_file():
        yield
        return
    status = path.stat()
    inode = (status.st_dev, status.st_ino)
    _forget_removed()
    if inode in _held:
        raise StoreLocked(beside, os.getpid())
    if inode not in _descriptors:
        _descriptors[inode] = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    descriptor = _descriptors[inode]
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StoreLocked(beside, None) from None
    _held.add(inode)
    try:
        yield
    finally:
        _held.discard(inode)
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _forget_removed() -> None:
    """Close the files that have no name any more: nothing in them is locked by anybody."""
    for inode, descriptor in list(_descriptors.items()):
        if inode not in _held and os.fstat(descriptor).st_nlink == 0:
            os.close(_descriptors.pop(inode))
