"""An SQLite connection that executes a small statement where it is, and visits its thread only for what may wait.

Most of what a small statement costs is the way to the thread and back: ten microseconds of work, a hundred of way. What
waits for somebody is not small: the write lock (BEGIN IMMEDIATE) and the disk (COMMIT) are waited for on the thread,
and so is a statement that once took longer than the event loop should stand still.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")

SLOW_SECONDS = 0.005
"""A statement that took longer several times in a row goes to the thread the next times."""

IN_A_ROW = 3
"""So many times: on a busy machine any statement is interrupted now and then, and would then take the long way."""

VERY_SLOW_SECONDS = 0.05
"""What took longer than this goes to the thread at once."""

QUICK_VISITS = 20
"""So often in a row it must be quick there before it is executed here again: a machine that was busy passes."""

WAITING = ("BEGIN IMMEDIATE", "COMMIT", "PRAGMA", "VACUUM")
MANY = 100
"""So many rows are written on the thread at once."""

_MOST_SLOW = 1000

KEPT = 500
"""Statements that SQLite need not read again: a command has some fifty of several hundred."""


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
        self._rows = await self._connection.work(sql, partial(_execute, self._cursor, sql, parameters))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Cursor:
        """Execute a statement for each of many."""
        rows = parameters if isinstance(parameters, Sequence) else list(parameters)
        await self._connection.work(sql, partial(self._cursor.executemany, sql, rows), waits=len(rows) >= MANY)
        return self

    async def fetchall(self) -> list[Any]:
        """Return the rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Do nothing: no row is left, so that the statement is finished."""


class Connection(aiosqlite.Connection):
    """A connection that hands out such cursors, or executes at once what is executed where it is.

    Attributes:
        in_memory: there is no disk and no other process to wait for.
        slow: what was seen to take long, by its words: how many quick visits to the thread are left.
        suspected: what took long where it is, by its words: how often in a row.
    """

    in_memory = False

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        super().__init__(connector, iter_chunk_size)
        self.slow: dict[str, int] = {}
        self.suspected: dict[str, int] = {}

    def cursor(self) -> Cursor:  # type: ignore[override]  # as SQLAlchemy uses it: entered, not awaited
        """Return a new cursor."""
        return Cursor(self, self._conn.cursor())

    async def commit(self) -> None:
        """Commit; on the disk when it returns."""
        await self.work("COMMIT", self._conn.commit)

    async def rollback(self) -> None:
        """Undo what is not committed, at once: nothing is waited for."""
        await self.work("ROLLBACK", self._conn.rollback)

    async def say(self, sql: str) -> None:
        """Execute what has neither parameters nor a result."""
        await self.work(sql, partial(self._conn.execute, sql))

    def fill_from(self, source: sqlite3.Connection) -> None:
        """Make this database in memory a copy of another one; no transaction may be open."""
        source.backup(self._conn)

    def said_here(self, sql: str) -> bool:
        """Execute what has neither parameters nor a result, if it stays, and return whether it was executed."""
        if not self.stays(sql):
            return False
        self._timed(sql, partial(self._conn.execute, sql))
        return True

    async def work(self, sql: str, work: Callable[[], T], *, waits: bool = False) -> T:
        """Do ``work``, which is what ``sql`` says, and return its result.

        Args:
            waits: it belongs on the thread whatever its words.
        """
        if not self.in_memory and (waits or sql.startswith(WAITING)):
            return await self._execute(work)  # type: ignore[no-any-return, no-untyped-call]
        timed = partial(self._timed, sql, work)
        if not self.in_memory and sql in self.slow:
            return await self._execute(timed)  # type: ignore[no-any-return, no-untyped-call]
        return timed()

    @property
    def opened(self) -> bool:
        """Whether it is open."""
        return self._connection is not None

    def stays(self, sql: str) -> bool:
        """Return whether a statement is executed where it is: it waits for nobody, and was not seen to take long."""
        return self.opened and (self.in_memory or not (sql in self.slow or sql.startswith(WAITING)))

    def passed_by(self, sql: str) -> None:
        """Note that a slow statement is executed in other words, whose time is theirs: it is tried again some day."""
        self._quick(sql)

    def execute_here(self, sql: str, each: Sequence[Sequence[Any]]) -> tuple[tuple[str, ...], list[Any], int]:
        """Execute a statement that stays for each of some parameters.

        Returns:
            its columns, all its rows, and how many rows it changed the last time.
        """
        cursor = self._conn.cursor()
        rows: list[Any] = []
        before = time.perf_counter()
        try:
            for parameters in each:
                rows += cursor.execute(sql, parameters)
        finally:
            self._judge(sql, time.perf_counter() - before)
        return tuple([column[0] for column in cursor.description or ()]), rows, cursor.rowcount

    def execute_many_here(self, sql: str, each: Sequence[Sequence[Any]]) -> int:
        """Execute a statement without rows that stays for each of some parameters; how many rows were changed."""
        before = time.perf_counter()
        try:
            return self._conn.executemany(sql, each).rowcount
        finally:
            self._judge(sql, time.perf_counter() - before)

    def _timed(self, sql: str, work: Callable[[], T]) -> T:
        before = time.perf_counter()
        try:
            return work()
        finally:
            self._judge(sql, time.perf_counter() - before)

    def _judge(self, sql: str, took: float) -> None:
        """Note how long a statement took, in seconds."""
        if took <= SLOW_SECONDS:
            if self.suspected:
                self.suspected.pop(sql, None)
            if self.slow:
                self._quick(sql)
            return
        times = self.suspected.pop(sql, 0) + 1
        if sql in self.slow or ((times >= IN_A_ROW or took > VERY_SLOW_SECONDS) and len(self.slow) < _MOST_SLOW):
            self.slow[sql] = QUICK_VISITS
        elif len(self.suspected) < _MOST_SLOW:
            self.suspected[sql] = times

    def _quick(self, sql: str) -> None:
        """Count one of the visits after which a slow statement is executed where it is again."""
        if sql in self.slow:
            self.slow[sql] -= 1
            if not self.slow[sql]:
                del self.slow[sql]


def open_connection(database: str, **arguments: Any) -> Connection:
    """Return a connection to be awaited; the arguments are those of ``sqlite3.connect``."""
    # Used on the event loop's thread and on the connection's, one after the other.
    arguments["check_same_thread"] = False
    arguments.setdefault("cached_statements", KEPT)
    connection = Connection(partial(sqlite3.connect, database, **arguments), iter_chunk_size=64)
    connection.in_memory = "mode=memory" in database
    connection._thread.daemon = True  # a process that was told to stop does not wait for it
    return connection


def _execute(cursor: sqlite3.Cursor, sql: str, parameters: Sequence[Any]) -> list[Any]:
    return cursor.execute(sql, parameters).fetchall()
