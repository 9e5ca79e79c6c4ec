"""One open transaction, as the repositories see it.

Making a statement takes SQLAlchemy longer than executing it: what runs with every command is made once, when its module
is loaded, with names (``bindparam``) where values will be. SQLite executes such a statement where it is, from its
template (``storage.templates``); the first time, and where it may have to wait, SQLAlchemy does, and so it does always
on PostgreSQL. What comes of it is the same.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase

from storage.faults import translate
from storage.in_place import Found, driver_of, execute_here, maker
from storage.sqlite_connection import Connection

T = TypeVar("T")
Values = dict[str, Any]
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
Parameters = Values | Sequence[Values] | None


_BEGIN_PART, _UNDO_PART, _END_PART = "SAVEPOINT part", "ROLLBACK TO part", "RELEASE part"

AT_ONCE = 500
"""Ids in one statement: databases count its parameters."""


class Session:
    """A connection inside a transaction.

    Attributes:
        connection: SQLAlchemy's.
        postgres: whether rows can be locked one by one; on SQLite one writer has the whole database.
        driver: SQLite's own connection, for what is executed where it is; without one SQLAlchemy executes all.
        touched: the names of the queues that the transaction changed; see ``Store.on_commit``.
        ahead: what was read for many at once and nobody has asked for yet, by what asks for it; see :meth:`look_ahead`.
    """

    def __init__(self, connection: AsyncConnection, clock: Callable[[], datetime] | None = None) -> None:
        self.connection = connection
        self._clock = clock
        self.postgres = connection.dialect.name == "postgresql"
        self.touched: set[str] = set()
        self.ahead: dict[tuple[str, ...], Any] = {}
        self._collected: dict[Executable, list[Values]] | None = None
        self._read: dict[Hashable, Any] = {}
        self._read_of: dict[str, set[Hashable]] = {}
        self.driver = None if self.postgres else driver_of(connection)

    @property
    def now(self) -> datetime:
        """The program's moment, for what holds only until one; long ago where nobody tells the time."""
        return self._clock() if self._clock is not None else LONG_AGO

    @property
    def collects(self) -> bool:
        """Whether writes wait for each other; see :meth:`collecting`."""
        return self._collected is not None

    async def execute(self, statement: Executable, parameters: Parameters = None) -> CursorResult[Any]:
        """Execute; raises ``ReadOnly`` and ``Unavailable`` as the store does."""
        if self._collected:
            await self.flush()
        self._forget_written(statement)
        try:
            return await self.connection.execute(statement, parameters)
        except DBAPIError as error:
            translation = translate(error)
            if translation is None:
                raise
            raise translation from error

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """Execute and return the number of rows it changed."""
        found = await self._found(statement, parameters)
        return found.count if found is not None else (await self.execute(statement, parameters)).rowcount

    async def write(self, statement: Executable, rows: Sequence[Values]) -> None:
        """Execute for each of some rows; while writes are collected no later than before anything else is executed."""
        if not rows:
            return
        self._forget_written(statement)
        if self._collected is None:
            await self.run(statement, rows)
        else:
            self._collected.setdefault(statement, []).extend(rows)

    async def once(self, key: Hashable, read: Callable[[], Awaitable[T]], *tables: Table) -> T:
        """Return what a read found, which is not done again before this transaction writes to one of its tables.

        Args:
            key: unique to the read and its parameters.
            tables: all that it looks at.
        """
        if key in self._read:
            found: T = self._read[key]
            return found
        found = await read()
        self.keep(key, found, *tables)
        return found

    def keep(self, key: Hashable, found: object, *tables: Table) -> None:
        """Keep what :meth:`once` would read under a key."""
        self._read[key] = found
        for table in tables:
            self._read_of.setdefault(table.name, set()).add(key)

    def kept(self, key: Hashable) -> Any:
        """Return what is kept under a key, None where nothing is."""
        return self._read.get(key)

    def forget(self) -> None:
        """Keep nothing of what was read: a part of the transaction was undone, or nobody knows what it wrote."""
        self._read.clear()
        self._read_of.clear()

    def _forget_written(self, statement: Executable) -> None:
        """Forget what a statement changes."""
        if isinstance(statement, SelectBase) or not self._read:
            return
        if not isinstance(statement, UpdateBase):
            self.forget()
            return
        written: Any = statement
        for key in self._read_of.pop(written.table.name, ()):
            self._read.pop(key, None)

    def _stands(self, driver: Connection) -> bool:
        """Return whether the connection was not given up in the middle of a statement."""
        return not self.connection.invalidated and driver.opened

    @asynccontextmanager
    async def part(self) -> AsyncIterator[None]:
        """Undo what a block did when an exception leaves it, and go on with the transaction."""
        if self.driver is None or not self._stands(self.driver):
            async with self.connection.begin_nested():
                yield
            return
        await self.driver.say(_BEGIN_PART)
        try:
            yield
        except BaseException:
            if self._stands(self.driver) and self.driver.in_transaction:  # else all of it is undone already
                await self.driver.say(_UNDO_PART)
                await self.driver.say(_END_PART)
            raise
        await self.driver.say(_END_PART)

    @asynccontextmanager
    async def collecting(self) -> AsyncIterator[None]:
        """Let the writes of a block wait for each other, so that those of many cases are few statements.

        An error of one of them comes at the end, or at the next read: whoever must know whose it was cannot collect.
        """
        self._collected = {}
        try:
            yield
            await self.flush()
        finally:
            self._collected = None
            self.ahead.clear()

    async def flush(self) -> None:
        """Execute what was collected, each statement once, in the order in which they came first."""
        if self._collected:
            collected, self._collected = self._collected, None
            for statement, rows in collected.items():
                await self.run(statement, rows)
            self._collected = {}

    def look_ahead(self, name: str, found: Mapping[str, Any]) -> None:
        """Keep what was read for many, by the key of each: asked for first, it is not read again; changed, it is.

        Only for what this transaction has not written before it asks, and while writes are collected.
        """
        self.ahead |= {(name, key): value for key, value in found.items()}

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[Any]:
        """Execute and return all rows, with their columns as attributes."""
        found = await self._found(statement, parameters)
        return found.named() if found is not None else (await self.execute(statement, parameters)).all()

    async def first(self, statement: Executable, parameters: Parameters = None) -> Any:
        """Execute and return the first row, None when there is no row."""
        found = await self._found(statement, parameters)
        if found is None:
            return (await self.execute(statement, parameters)).first()
        return next(iter(found.named()), None)

    async def scalar(self, statement: Executable, parameters: Parameters = None) -> Any:
        """Execute and return the first column of the first row, None when there is no row."""
        found = await self._found(statement, parameters)
        if found is None:
            return (await self.execute(statement, parameters)).scalar()
        return found.rows[0][0] if found.rows else None

    async def read(self, kind: type[T], statement: Executable, parameters: Parameters = None) -> list[T]:
        """Execute and return each row as a ``kind``, whose fields are named like the columns."""
        found = await self._found(statement, parameters)
        if found is None:
            return [kind(**row._mapping) for row in await self.execute(statement, parameters)]
        make = maker(kind, found.columns)
        return [make(row) for row in found.rows]

    async def read_once(self, kind: type[T], statement: Executable, parameters: Values, *tables: Table) -> Sequence[T]:
        """Return each row as a ``kind``, as :meth:`once` does; the rows are everybody's who asks.

        The key is the statement with the values of its parameters, in their order.
        """
        key = (statement, *parameters.values())
        known: tuple[T, ...] | None = self._read.get(key)
        if known is None:
            known = tuple(await self.read(kind, statement, parameters))
            self.keep(key, known, *tables)
        return known

    async def read_one(self, kind: type[T], statement: Executable, parameters: Parameters = None) -> T | None:
        """Execute and return the first row as a ``kind``."""
        found = await self._found(statement, parameters)
        if found is None:
            row = (await self.execute(statement, parameters)).first()
            return None if row is None else kind(**row._mapping)
        return maker(kind, found.columns)(found.rows[0]) if found.rows else None

    async def _found(self, statement: Executable, parameters: Parameters) -> Found | None:
        """Execute where SQLite is; None where SQLAlchemy must, and nothing was done."""
        if self._collected:
            await self.flush()
        if self.driver is None or self.connection.invalidated:
            return None
        self._forget_written(statement)
        return execute_here(self.driver, self.connection.dialect, statement, parameters)

    async def upsert(self, table: Table, rows: Sequence[Values], key: Sequence[str]) -> None:
        """Insert rows with the same columns, or change those with the same ``key``."""
        if rows:
            await self.write(_upsert(table, tuple(rows[0]), tuple(key), self.postgres), rows)

    async def insert_new(self, table: Table, values: Values, key: Sequence[str]) -> bool:
        """Insert a row unless its ``key`` is there, and tell whether it was inserted.

        On PostgreSQL this waits for a transaction that is inserting the same key.
        """
        return await self.run(_insert_new(table, tuple(key), self.postgres), values) > 0


def parts(ids: Iterable[str]) -> Iterator[list[str]]:
    """Yield ids in order, as many at a time as one statement takes."""
    ordered = sorted(ids)
    yield from (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def insert_into(table: Table, postgres: bool) -> SqliteInsert:
    """Return an INSERT that knows ON CONFLICT, which both databases write alike."""
    if postgres:
        from sqlalchemy.dialects.postgresql import insert  # 70 ms that SQLite need not pay

        return insert(table)  # type: ignore[return-value]
    return sqlite_insert(table)


@cache
def _upsert(table: Table, columns: tuple[str, ...], key: tuple[str, ...], postgres: bool) -> SqliteInsert:
    statement = insert_into(table, postgres)
    rest = {name: statement.excluded[name] for name in columns if name not in key}
    return statement.on_conflict_do_update(index_elements=list(key), set_=rest)


@cache
def _insert_new(table: Table, key: tuple[str, ...], postgres: bool) -> SqliteInsert:
    return insert_into(table, postgres).on_conflict_do_nothing(index_elements=list(key))


class Repository:
    """A group of tables inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
