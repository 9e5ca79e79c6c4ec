"""Connections: what each database is told when one opens, and how a transaction begins."""

from __future__ import annotations

import uuid
from pathlib import Path
from time import monotonic
from typing import Any, cast
from urllib.parse import quote

from sqlalchemy import URL, AsyncAdaptedQueuePool, PoolProxiedConnection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import LRUCache
from sqlalchemy.util.queue import AsyncAdaptedQueue, Empty

from storage.sqlite_connection import Connection, open_connection

BUSY_SECONDS = 5.0
POOL_SECONDS = 30.0
CONNECT_SECONDS = 10.0
SQLITE_READERS = 4
POSTGRES_CONNECTIONS = 10
WARM_SECONDS = 1.0
"""A connection that was used so lately is not asked whether it still is one: each question is three round trips."""

SQLITE = "sqlite+aiosqlite"
POSTGRES = "postgresql+asyncpg"
_DRIVERS = {"sqlite": SQLITE, "postgresql": POSTGRES, "postgres": POSTGRES}

# A commit is on the disk when it returns; and what is deleted is overwritten, since it may be somebody's name.
# 32 MiB of pages stay in memory, and the log is carried over every 16 MiB: both cost a command its slowest tenth.
_WRITER = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32768",
    "PRAGMA wal_autocheckpoint=4000",
)


class _InTurns(AsyncAdaptedQueuePool):
    """Connections of which none is used while one of another pool with the same turn is.

    Attributes:
        turn: holds something while it is nobody's.
    """

    turn: AsyncAdaptedQueue[None]

    def _do_get(self) -> ConnectionPoolEntry:
        try:
            self.turn.get(timeout=self._timeout)
        except Empty:
            raise PoolTimeout("it was somebody else's turn all the time") from None
        try:
            return super()._do_get()
        except BaseException:
            self.turn.put_nowait(None)
            raise

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        super()._do_return_conn(record)
        self.turn.put_nowait(None)

    def recreate(self) -> _InTurns:
        again = cast(_InTurns, super().recreate())
        again.turn = self.turn
        return again


class _Compiled(LRUCache[tuple[Any, ...], Any]):
    """Compiled statements, the same ones for every engine of a kind of database.

    A process has several engines, for writing and for reading, and each would compile every statement for itself: its
    dialect is part of the key. What a statement becomes hangs on the dialect's class alone.
    """

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], value: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), value)


_SHARED = {"compiled_cache": _Compiled(1000)}


def read_url(url: str) -> URL:
    """Return an address with the driver that is used: ``sqlite:///tocsin.db`` and ``postgres://…`` will do.

    Raises:
        ValueError: another kind of database. sqlalchemy.exc.ArgumentError: not an address.
    """
    parsed = make_url(url)
    driver = _DRIVERS.get(parsed.drivername, parsed.drivername)
    if driver not in _DRIVERS.values():
        raise ValueError(f"{parsed.drivername} is neither sqlite nor postgresql")
    return parsed.set(drivername=driver)


def is_sqlite(url: URL) -> bool:
    """Tell whether an address is SQLite's."""
    return url.drivername == SQLITE


def sqlite_path(url: URL) -> Path | None:
    """Return the file of an SQLite address, None for one in memory and for PostgreSQL."""
    if not is_sqlite(url) or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def sqlite_writer(path: Path) -> AsyncEngine:
    """Return the engine that writes a file: one connection, whose transactions take the write lock at their start."""
    return _sqlite(_address(path, "rw"), 1, _WRITER, "BEGIN IMMEDIATE")


def sqlite_readers(path: Path) -> AsyncEngine:
    """Return the engine that reads a file, also while another process writes it; it cannot write."""
    # There is nothing to commit, hence no disk to wait for.
    return _sqlite(_address(path, "ro"), SQLITE_READERS, (), "BEGIN", end="ROLLBACK")


def sqlite_migrator(path: Path) -> AsyncEngine:
    """Return the engine that makes or changes the tables of a file.

    It does not enforce foreign keys: SQLite changes a table by making a new one and dropping the old.
    """
    # What a migration takes out leaves the disk too.
    pragmas = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=ON")
    return _sqlite(_address(path, "rwc"), 1, pragmas, "BEGIN IMMEDIATE")


def sqlite_memory() -> tuple[AsyncEngine, AsyncEngine, AsyncEngine]:
    """Return engines that write, read and keep alive a new database in memory.

    Writer and reader take turns, since where two connections share what is in memory, one does not wait for the other
    but fails. They are two, since a connection that is told whether it may write forgets how to do every statement.
    When a task is cancelled in the middle of a statement its connection is closed; were there no other one, all would
    be gone with it.
    """
    address = f"file:{uuid.uuid4().hex}?mode=memory&cache=shared"
    turn: AsyncAdaptedQueue[None] = AsyncAdaptedQueue(1)
    turn.put_nowait(None)
    writer = _sqlite(address, 1, ("PRAGMA foreign_keys=ON",), "BEGIN IMMEDIATE", turn=turn)
    readers = _sqlite(address, 1, ("PRAGMA query_only=ON",), "BEGIN", turn=turn)
    return writer, readers, _sqlite(address, 1, (), "BEGIN")


def postgres_engine(url: URL) -> AsyncEngine:
    """Return the engine of a PostgreSQL database."""
    engine = create_async_engine(
        url,
        execution_options=_SHARED,
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        connect_args={
            "timeout": CONNECT_SECONDS,
            "server_settings": {
                "application_name": "tocsin",
                "timezone": "UTC",
                "jit": "off",
                "lock_timeout": "10s",
                # A process that was stopped inside a transaction keeps its lease's row locked: nobody could take over.
                "idle_in_transaction_session_timeout": "10s",
            },
        },
    )
    _asked_when_cold(engine)
    return engine


def _asked_when_cold(engine: AsyncEngine) -> None:
    """Take no dead connection from the pool, which is full of them after a restart of the server.

    As ``pool_pre_ping``, but that one was used a moment ago: of that the driver knows when the server has hung up.
    """
    dialect = engine.sync_engine.dialect

    @event.listens_for(engine.sync_engine, "checkin")
    def given_back(connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["used"] = monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def taken(connection: DBAPIConnection, record: ConnectionPoolEntry, proxy: PoolProxiedConnection) -> None:
        used = record.info.get("used")
        if used is None:
            return  # it was opened just now
        driver: Any = record.driver_connection
        if driver.is_closed():
            raise InvalidatePoolError
        if monotonic() - used > WARM_SECONDS:
            try:
                dialect.do_ping(connection)
            except dialect.loaded_dbapi.Error as problem:
                raise InvalidatePoolError from problem


def postgres_readers(engine: AsyncEngine) -> AsyncEngine:
    """Return an engine on the same connections whose transactions see one state of the database and cannot write."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _address(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def _sqlite(
    address: str,
    connections: int,
    pragmas: tuple[str, ...],
    *begin: str,
    end: str = "COMMIT",
    turn: AsyncAdaptedQueue[None] | None = None,
) -> AsyncEngine:
    """Return an engine.

    Args:
        pragmas: are said when a connection opens. begin: what a transaction begins with; ``end`` is its end.
        turn: is taken by every transaction.
    """
    url = URL.create(SQLITE, database=address, query={"uri": "true"})
    engine = create_async_engine(
        url,
        execution_options=_SHARED,
        poolclass=AsyncAdaptedQueuePool if turn is None else _InTurns,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        connect_args={"timeout": BUSY_SECONDS, "async_creator_fn": open_connection},
    )
    if turn is not None:
        cast(_InTurns, engine.pool).turn = turn

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: DBAPIConnection, record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    # What waits for nobody is said where it is, without the way through SQLAlchemy's cursor and a greenlet's switches.
    def begun(connection: PoolProxiedConnection) -> None:
        driver = _driver(connection)
        for statement in begin:
            if not driver.said_here(statement):
                cursor = connection.cursor()
                cursor.execute(statement)
                cursor.close()

    def commit(connection: PoolProxiedConnection) -> None:
        if not _driver(connection).said_here(end):
            connection.commit()

    def roll_back(connection: PoolProxiedConnection) -> None:
        driver = _driver(connection)
        if driver.opened and not driver.in_transaction:
            return  # it is asked for whenever a connection is given back
        if not driver.said_here("ROLLBACK"):
            connection.rollback()

    # Not by a listener of the engine: where there is one, every statement asks for every kind of listener.
    dialect = engine.sync_engine.dialect
    dialect.do_begin = begun  # type: ignore[assignment, method-assign]
    dialect.do_commit = commit  # type: ignore[assignment, method-assign]
    dialect.do_rollback = roll_back  # type: ignore[assignment, method-assign]
    return engine


def _driver(connection: PoolProxiedConnection) -> Connection:
    return cast(Connection, connection.driver_connection)
