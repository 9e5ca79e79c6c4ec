"""Copies of an SQLite database, taken while the bot runs, and bringing one back. PostgreSQL has tools of its own for
both (deploy/runbook.md); what must happen after a restore is the same there, see ``bot.operations.restored``.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from bot.operations.restored import Plans, Settled, settle
from storage import SchemaOutdated, is_current, open_store, upgrade
from storage.engine import read_url, sqlite_path
from storage.journal import Fault
from storage.lock import run_lock

WAIT_SECONDS = 30.0
SIDE_FILES = ("-wal", "-shm", "-journal")


class BackupError(Exception):
    """The root of what can go wrong here; the database that runs is as it was."""


class NotAFile(BackupError):
    """The address is PostgreSQL's, or in memory: there is no file to copy."""


class NoSuchFile(BackupError):
    """There is no file to copy from.

    Args:
        path: where it was expected.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no file {path}")
        self.path = path


class WouldOverwrite(BackupError):
    """There is a file already.

    Args:
        path: which.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already")
        self.path = path


class CopyFailed(BackupError):
    """The copy could not be made, or is damaged.

    Args:
        path: of the copy, which is gone.
        reason: what the database says.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} could not be written: {reason}")
        self.path, self.reason = path, reason


@dataclass(frozen=True, kw_only=True)
class Report:
    """A copy that was made.

    Attributes:
        streams, entries: logs, and events in all of them.
        verified: whether the journal was examined; a database of an older version of the program is not.
        faults: what is wrong with the journal, in the original too: the copy is faithful.
    """

    path: Path
    size: int
    streams: int
    entries: int
    verified: bool
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(frozen=True, kw_only=True)
class Restored:
    """A database that was brought back.

    Attributes:
        settled: what became of what was on its way in the copy.
        aside: where the former database is now; None when there was none.
    """

    path: Path
    faults: tuple[Fault, ...]
    settled: Settled
    aside: Path | None


async def backup(url: str, target: Path) -> Report:
    """Copy a database, also while the bot writes to it; the copy is one file, whole and examined, or not there.

    Args:
        url: of the database, as the settings have it.
        target: the new file; readable only for whoever runs this, since names and reports are in it.

    Raises:
        NotAFile, NoSuchFile, WouldOverwrite, CopyFailed.
    """
    source = _file(url)
    _check(source, target)
    partial = target.with_name(target.name + ".partial")
    with _removed(partial):
        await asyncio.to_thread(_copy, source, partial)
        streams, entries, verified, faults = await _examine(partial)
        await asyncio.to_thread(_close_up, partial)
        size = _put(partial, target)
    return Report(path=target, size=size, streams=streams, entries=entries, verified=verified, faults=faults)


async def restore(
    source: Path, url: str, *, now: datetime, overwrite: bool = False, plans: Plans | None = None
) -> Restored:
    """Bring a copy back: examined, upgraded and settled beside the database, and put in its place at the end.

    The former database is kept under another name. Until the last step nothing has changed.

    Args:
        source: a file that ``backup`` made, or any SQLite database of this program.
        url: of the database, as the settings have it.
        overwrite: whether a database that is there may be replaced.
        plans: the installed plans by id; read when left out.

    Raises:
        NotAFile, NoSuchFile, WouldOverwrite, CopyFailed. StoreLocked: the bot runs.
    """
    path = _file(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    with run_lock(path):
        _check(source, None if overwrite else path)
        partial = path.with_name(path.name + ".restoring")
        partial_url = f"sqlite+aiosqlite:///{partial}"
        with _removed(partial):
            await asyncio.to_thread(_copy, source, partial)
            if not await is_current(partial_url):
                await upgrade(partial_url)
            _, _, _, faults = await _examine(partial)
            async with await open_store(partial_url) as store:
                settled = await settle(store, now, plans)
            await asyncio.to_thread(_close_up, partial)
            aside = _put_aside(path, now)
            _put(partial, path)
    return Restored(path=path, faults=faults, settled=settled, aside=aside)


def _file(url: str) -> Path:
    path = sqlite_path(read_url(url))
    if path is None:
        raise NotAFile("only an SQLite database in a file is copied here; PostgreSQL has pg_dump and pg_restore")
    return path.resolve()  # behind a symbolic link stands the file that others know


def _check(source: Path, target: Path | None) -> None:
    if not source.exists():
        raise NoSuchFile(source)
    if target is not None and target.exists():
        raise WouldOverwrite(target)


def _copy(source: Path, target: Path) -> None:
    """Copy a database in one reading transaction, for which in WAL mode nobody waits; check pages and references."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        with closing(_connect(source, "ro")) as original, closing(_connect(target, "rw")) as copy:
            original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, nothing beside it
            problems = [str(row[0]) for row in copy.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
            problems += [f"{row[0]} {row[1]} refers to nothing" for row in copy.execute("PRAGMA foreign_key_check")]
    except sqlite3.Error as error:
        raise CopyFailed(target, str(error)) from error
    if problems:
        raise CopyFailed(target, "; ".join(problems[:10]))


def _close_up(path: Path) -> None:
    """Make one file of what was written, and bring it to the disk."""
    try:
        with closing(_connect(path, "rw")) as copy:
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    except sqlite3.Error as error:
        raise CopyFailed(path, str(error)) from error
    with path.open("rb+") as file:
        os.fsync(file.fileno())


async def _examine(path: Path) -> tuple[int, int, bool, tuple[Fault, ...]]:
    try:
        store = await open_store(f"sqlite+aiosqlite:///{path}", read_only=True)
    except SchemaOutdated:
        return 0, 0, False, ()
    async with store, store.reading() as rx:
        streams, entries = await rx.journal.length()
        return streams, entries, True, tuple(await rx.journal.verify())


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=WAIT_SECONDS)


def _put_aside(path: Path, now: datetime) -> Path | None:
    """Move a database away. What stands beside it goes first: the new one must never meet the old one's log."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%SZ}")
    if aside.exists():
        raise WouldOverwrite(aside)
    for suffix in SIDE_FILES:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + suffix))
    path.replace(aside)
    return aside


@contextmanager
def _removed(path: Path) -> Iterator[None]:
    """Remove a half-made file, of an attempt that was killed too, before a block and after it."""
    files = [path.with_name(path.name + suffix) for suffix in ("", *SIDE_FILES, ".lock")]
    for file in files:
        file.unlink(missing_ok=True)
    try:
        yield
    finally:
        for file in files:
            file.unlink(missing_ok=True)


def _put(partial: Path, path: Path) -> int:
    """Give a file its name, for good, and return its size in bytes."""
    partial.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return path.stat().st_size
