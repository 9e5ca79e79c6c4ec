"""What can go wrong in storage; every error carries its data, so that the shell can word it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


class StorageError(Exception):
    """The root of storage's errors."""


class Conflict(StorageError):
    """Somebody else appended to the stream first: load it again and decide again.

    Args:
        stream: the stream's name.
        expected: the sequence that the caller had loaded.
        actual: the sequence that the stream has; a stream without entries has 0.
    """

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(f"{stream} is at {actual}, expected {expected}")
        self.stream, self.expected, self.actual = stream, expected, actual


class AlreadyTaken(StorageError):
    """The cause has had its effect.

    Args:
        cause: the cause's name.
        result: what was recorded with it.
    """

    def __init__(self, cause: str, result: Mapping[str, Any]) -> None:
        super().__init__(f"{cause} was taken before")
        self.cause, self.result = cause, dict(result)


class StoreLocked(StorageError):
    """Another process runs on this database.

    Args:
        path: the lock file.
        pid: the process that holds it, None when it did not say.
    """

    def __init__(self, path: Path, pid: int | None) -> None:
        super().__init__(f"{path} is locked by process {pid or 'unknown'}")
        self.path, self.pid = path, pid


class StoreMissing(StorageError):
    """There is no database file.

    Args:
        path: where it was expected.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no database at {path}")
        self.path = path


class Unusable(StorageError):
    """The database cannot be used as it is named, and trying again does not help.

    Args:
        kind: ``folder`` it is one; ``no_folder`` that it would stand in; ``not_sqlite``; ``foreign`` tables of another
            program; ``unreadable``, ``unwritable``, ``folder_unwritable`` for this user; PostgreSQL's ``password``,
            ``role``, ``database`` that is not there, ``privilege``.
        what: the path, or what PostgreSQL says.
    """

    def __init__(self, kind: str, what: str) -> None:
        super().__init__(f"{kind}: {what}")
        self.kind, self.what = kind, what


class SchemaOutdated(StorageError):
    """The database's tables are not those of this program: ``upgrade`` it, or use the newer program.

    Args:
        found: the database's revision, None when it has no tables.
        expected: the program's revision.
    """

    def __init__(self, found: str | None, expected: str) -> None:
        super().__init__(f"schema revision {found or 'none'}, expected {expected}")
        self.found, self.expected = found, expected

    @property
    def newer(self) -> bool:
        """Whether a later version of the program made the tables."""
        return self.found is not None and self.found > self.expected


class ReadOnly(StorageError):
    """A write through a store or a transaction that only reads."""


class Unavailable(StorageError):
    """The database could not do it now, nothing was committed, and the same may succeed later.

    Args:
        reason: ``locked``, ``full``, ``connection`` or ``conflict`` (a deadlock).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"database unavailable: {reason}")
        self.reason = reason


class LostClaim(StorageError):
    """The row or lease that the caller worked under belongs to somebody else by now: roll back.

    Args:
        name: the update, or the lease.
        holder: who the caller is.
    """

    def __init__(self, name: str, holder: str) -> None:
        super().__init__(f"{holder} no longer holds {name}")
        self.name, self.holder = name, holder


class OtherJurisdiction(StorageError):
    """A chat serves one jurisdiction only.

    Args:
        place_id: the chat's place.
        jurisdiction: the one it is bound to.
    """

    def __init__(self, place_id: str, jurisdiction: str) -> None:
        super().__init__(f"{place_id} is bound to {jurisdiction}")
        self.place_id, self.jurisdiction = place_id, jurisdiction
