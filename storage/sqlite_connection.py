"""An SQLite connection whose statements visit its thread once, not four times: to open a cursor, execute, fetch, close.

Most of what a small statement costs is the way to the thread and back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import aiosqlite


class Cursor:
    """A cursor that has fetched all rows when ``execute`` returns; SQLAlchemy wants them all anyway."""

    def __init__(self, connection: Connection, cursor: sqlite3.Cursor) -> None:
        self._connection = connection
        self._cursor = cursor
        self._rows: list[Any] = []

    async def __aenter__(self) -> Cursor:
        return self

    @property
    def description(self) -> Any:
        """The columns of the result, None for statements without one."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the row inserted last."""
        return self._cursor.lastrowid

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Execute a statement and fetch what it returns."""
        self._rows = await self._connection.visit(partial(_execute, self._cursor, sql, parameters))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Cursor:
        """Execute a statement for each of many."""
        await self._connection.visit(partial(self._cursor.executemany, sql, parameters))
        return self

    async def fetchall(self) -> list[Any]:
        """Return the rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Do nothing: no row is left, so that the statement is finished."""


class Connection(aiosqlite.Connection):
    """A connection that hands out such cursors."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # as SQLAlchemy uses it: entered, not awaited
        """Return a new cursor."""
        return Cursor(self, self._conn.cursor())

    async def visit(self, work: Any) -> Any:
        """Do ``work`` on the connection's thread and return its result."""
        return await self._execute(work)  # type: ignore[no-untyped-call]


def open_connection(database: str, **arguments: Any) -> Connection:
    """Return a connection to be awaited; the arguments are those of ``sqlite3.connect``."""
    # A cursor is made on the event loop's thread and used on the connection's, one after the other.
    arguments["check_same_thread"] = False
    connection = Connection(partial(sqlite3.connect, database, **arguments), iter_chunk_size=64)
    connection._thread.daemon = True  # a process that was told to stop does not wait for it
    return connection


def _execute(cursor: sqlite3.Cursor, sql: str, parameters: Sequence[Any]) -> list[Any]:
    return cursor.execute(sql, parameters).fetchall()
