"""The open database: transactions that read or write, and signals of what a commit changed."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Transaction
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.util import greenlet_spawn

from storage import crash_points
from storage import engine as engines
from storage.errors import ReadOnly, SchemaOutdated, Unavailable
from storage.faults import translate, translate_connecting, translate_opening
from storage.lock import run_lock
from storage.marks import Marks
from storage.schema import HEAD, revision_of
from storage.transaction import CHANNEL, QUEUES, Reading, Writing

Listener = Callable[[frozenset[str]], object]
Callbacks = list[Callable[[], object]]


class Store:
    """An open database; ``open_store`` makes one. ``close`` it, or use it as a context."""

    def __init__(self, url: URL, writer: AsyncEngine | None, readers: AsyncEngine, *others: AsyncEngine) -> None:
        self._url = url
        self._writer = writer
        self._readers = readers
        self._others = others
        self._listeners: list[Listener] = []
        self._name = secrets.token_hex(4)
        self._busy: set[asyncio.Task[object] | None] = set()
        self._clock: Callable[[], datetime] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def path(self) -> Path | None:
        """The database's file, None in memory and on PostgreSQL."""
        return engines.sqlite_path(self._url)

    @property
    def postgres(self) -> bool:
        """Whether several processes may run on it."""
        return not engines.is_sqlite(self._url)

    def tell_time(self, clock: Callable[[], datetime]) -> None:
        """Let transactions know the program's moment: what is held only until one is not read after it."""
        self._clock = clock

    def lock(self) -> AbstractContextManager[None]:
        """Return the context of the one process that runs on this database; on PostgreSQL and in memory it is free.

        Raises:
            StoreLocked: on entering, when another process is there.
        """
        return run_lock(self.path)

    def on_commit(self, listener: Listener) -> None:
        """Call ``listener`` after every transaction of this store that changed a queue, with the names of the queues.

        The names are those of ``Writing.touched``. It is called in the writer's task and must neither wait nor raise:
        it sets an event that the sender or the scheduler waits for.
        """
        self._listeners.append(listener)

    @contextmanager
    def signalling(self, signal: asyncio.Event, *queues: str) -> Iterator[None]:
        """Set an event whenever one of these queues may have changed, and at first, for the length of a block."""
        wanted = frozenset(queues)

        def listener(changed: frozenset[str]) -> None:
            if wanted & changed:
                signal.set()

        self._listeners.append(listener)
        signal.set()
        try:
            yield
        finally:
            self._listeners.remove(listener)

    @asynccontextmanager
    async def writing(self, name: crash_points.Commit = "other") -> AsyncIterator[Writing]:
        """Open one transaction that writes: committed at the block's end, rolled back when an exception leaves it.

        Args:
            name: what it does, for tests that die just before and just after the commit.

        Raises:
            ReadOnly: the store was opened for reading.
            Unavailable: the database cannot now, and nothing was committed; only when the connection to PostgreSQL
                breaks during the commit itself is that unknown, and the cause will tell.
        """
        if self._writer is None:
            raise ReadOnly("the store is open for reading only")
        async with self._transaction(self._writer) as (connection, committed):
            transaction = Writing(connection, self._clock)
            yield transaction
            await transaction.announce(self._name)
            if crash_points.armed is not None:
                crash_points.armed(f"{name}:written")
                committed.append(partial(crash_points.armed, f"{name}:committed"))
            committed += [*transaction.callbacks, partial(self._tell, transaction.touched)]

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Reading]:
        """Open one transaction that sees one state of the database; writers need not wait for it.

        Raises:
            Unavailable: the database cannot now.
        """
        async with self._transaction(self._readers) as (connection, _):
            yield Reading(connection, self._clock)

    async def check_schema(self) -> None:
        """Compare the database's tables with the program's.

        Raises:
            SchemaOutdated: they are of another revision.
        """
        with _translated(translate_opening):
            async with self._transaction(self._readers) as (connection, _):
                revision = await connection.run_sync(revision_of)
        if revision != HEAD:
            raise SchemaOutdated(revision, HEAD)

    def look_again(self) -> None:
        """Tell the listeners that every queue may have changed, after a time in which nobody listened."""
        self._tell(QUEUES)

    async def listen(self, ready: Callable[[], object] = lambda: None) -> None:
        """Tell the listeners also what other processes commit, until cancelled; where there can be none, return.

        Args:
            ready: is called as soon as nothing is missed any more.

        Raises:
            Unavailable: the connection was lost; look at the queues, and listen again.
        """
        if not self.postgres:
            return
        lost = asyncio.Event()
        with _translated(translate_connecting):
            async with self._readers.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                driver.add_termination_listener(lambda _: lost.set())
                await driver.add_listener(CHANNEL, self._heard)
                try:
                    ready()
                    await lost.wait()
                finally:
                    await connection.invalidate()  # nobody else gets a connection that hears
        raise Unavailable("connection")

    @asynccontextmanager
    async def marks(self) -> AsyncIterator[Marks]:
        """Yield what says on a PostgreSQL server what this installation holds, on a connection of its own.

        Raises:
            Unavailable: the server is not there, now or in the middle.
        """
        with _translated(translate_connecting):
            async with self._readers.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                try:
                    yield Marks(driver)
                finally:
                    await connection.invalidate()  # with it go the marks

    async def scrub(self) -> None:
        """Take what was erased off the disk, after ``journal.erase`` and ``forget_payloads``.

        Until then it can still stand in SQLite's log or in old versions of PostgreSQL's rows. Backups and PostgreSQL's
        own log are the operator's to expire. Not inside a transaction.
        """
        if self._writer is None:
            raise ReadOnly("the store is open for reading only")
        with _translated(translate_connecting):
            async with self._writer.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                if self.postgres:
                    await driver.execute("VACUUM journal_personal, inbox, outbox")
                else:
                    async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)"):
                        pass  # left unread it would keep the connection from committing

    async def close(self) -> None:
        """Close all connections."""
        for engine in (self._readers, self._writer, *self._others):
            if engine is not None:
                await engine.dispose()

    def _heard(self, connection: object, process: int, channel: str, payload: str) -> None:
        origin, *queues = payload.split()
        if origin != self._name:  # its own it has told already
            self._tell(frozenset(queues))

    def _tell(self, queues: frozenset[str]) -> None:
        if queues:
            for listener in self._listeners:
                listener(queues)

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[tuple[AsyncConnection, Callbacks]]:
        """Open a transaction; what is put into the list is called as soon as it is committed."""
        task = asyncio.current_task()
        if task in self._busy:
            # On SQLite the inner one would wait for the outer one, for ever.
            raise RuntimeError("this task has a transaction open already: use that one")
        self._busy.add(task)
        committed: Callbacks = []
        connection = AsyncConnection(engine)
        try:
            transaction = await greenlet_spawn(_begin, connection)
            with _translated(translate):
                try:
                    yield connection, committed
                except BaseException as error:
                    await greenlet_spawn(transaction.__exit__, type(error), error, error.__traceback__)
                    raise
                await greenlet_spawn(_commit, transaction, committed, gives_back=not self.postgres)
            if connection.closed:
                await asyncio.sleep(0)  # nothing was waited for: others have their turn all the same
        finally:
            self._busy.discard(task)
            if connection.sync_connection is not None and not connection.closed:
                await connection.__aexit__(None, None, None)  # to its end, also when this task is cancelled


def _begin(connection: AsyncConnection) -> Transaction:
    """Connect and begin, in one visit to SQLAlchemy: each costs as much as a small statement."""
    with _translated(translate_connecting):
        connection.sync_connection = connection.sync_engine.connect()
    with _translated(translate):
        return connection.sync_connection.begin()


def _commit(transaction: Transaction, committed: Callbacks, *, gives_back: bool) -> None:
    """Commit, tell so, and give the connection back where nothing is waited for: then it cannot be cancelled."""
    transaction.__exit__(None, None, None)
    for callback in committed:
        callback()
    if gives_back:
        transaction.connection.close()


@contextmanager
def _translated(translation: Callable[[Exception], Exception | None]) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # whatever the translation does not know goes on as it is
        problem = translation(error)
        if problem is None:
            raise
        raise problem from error
