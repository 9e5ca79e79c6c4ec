"""Which of the databases' many errors mean "not now" and which mean "never here"."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import ReadOnly, StorageError, Unavailable, Unusable

# SQLite's primary result codes.
_SQLITE = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "full",
    sqlite3.SQLITE_CANTOPEN: "connection",
}
# PostgreSQL's classes of SQLSTATE, and two codes that mean something else than their class.
_POSTGRES_CLASSES = {"08": "connection", "40": "conflict", "53": "full", "55": "locked", "57": "connection"}
_POSTGRES_CODES = {"53300": "connection", "25P03": "connection"}
_NEVER = {"28P01": "password", "28000": "role", "3D000": "database", "42501": "privilege"}
_READ_ONLY_TRANSACTION = "25006"


def translate(error: BaseException) -> StorageError | None:
    """Return the error that the shell can act on, None for one that is a bug."""
    if isinstance(error, PoolTimeout):
        return Unavailable("locked")
    if not isinstance(error, DBAPIError):
        return None
    if error.connection_invalidated:
        return Unavailable("connection")
    if isinstance(error.orig, sqlite3.Error):
        return _from_sqlite(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)
    return _from_sqlstate(str(getattr(error.orig, "sqlstate", None) or ""))


def translate_connecting(error: BaseException) -> StorageError | None:
    """As ``translate``, while connecting, when PostgreSQL's driver raises its own errors and the network's."""
    if isinstance(error, OSError | TimeoutError):
        return Unavailable("connection")
    return translate(error) or _from_sqlstate(str(getattr(error, "sqlstate", None) or ""))


def translate_opening(error: BaseException) -> StorageError | None:
    """As ``translate_connecting``, while a database is opened or its tables are made: also what will never do."""
    cause: BaseException | None = error
    links = 0
    while cause is not None and links < 8:
        kind = _NEVER.get(str(getattr(cause, "sqlstate", None) or ""))
        if kind is not None:
            return Unusable(kind, str(cause).splitlines()[0][:200])
        if isinstance(cause, sqlite3.DatabaseError) and getattr(cause, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
            return Unusable("not_sqlite", "")
        orig = getattr(cause, "orig", None)
        cause, links = (orig if isinstance(orig, BaseException) else cause.__cause__), links + 1
    return translate_connecting(error)


def _from_sqlite(code: int) -> StorageError | None:
    if code == sqlite3.SQLITE_READONLY:
        return ReadOnly("the database is open for reading only")
    return Unavailable(_SQLITE[code]) if code in _SQLITE else None


def _from_sqlstate(state: str) -> StorageError | None:
    if state == _READ_ONLY_TRANSACTION:
        return ReadOnly("the transaction is for reading only")
    reason = _POSTGRES_CODES.get(state) or _POSTGRES_CLASSES.get(state[:2])
    return Unavailable(reason) if reason else None
