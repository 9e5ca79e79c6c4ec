"""Which statements are executed where they are, and which on the connection's own thread."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from storage import sqlite_connection
from storage.sqlite_connection import IN_A_ROW, MANY, QUICK_VISITS, Connection, open_connection


@asynccontextmanager
async def opened(database: str) -> AsyncIterator[tuple[Connection, list[bool]]]:
    """Yield a connection with a table, and for each call of ``seen()`` whether it ran on the caller's thread."""
    here, seen = threading.get_ident(), []
    connection = open_connection(database, uri=True, isolation_level=None)
    await connection
    connection._conn.create_function("seen", 0, lambda: seen.append(threading.get_ident() == here))
    await connection.cursor().execute("CREATE TABLE things (number INTEGER)")
    try:
        yield connection, seen
    finally:
        await connection.close()


@pytest.fixture
def database(tmp_path) -> str:
    return f"file:{tmp_path / 'a.db'}?mode=rwc"


async def test_a_small_statement_is_executed_where_it_is_and_returns_its_rows(database):
    async with opened(database) as (connection, seen):
        cursor = await connection.cursor().execute("SELECT 7, seen()")
        assert await cursor.fetchall() == [(7, None)]
        assert await cursor.fetchall() == []
    assert seen == [True]


async def test_what_took_long_several_times_in_a_row_goes_to_the_thread_the_next_time(database, monkeypatch):
    async with opened(database) as (connection, seen):
        for slow in (-1,) * (IN_A_ROW - 1) + (60,) + (-1,) * (IN_A_ROW - 1):
            monkeypatch.setattr(sqlite_connection, "SLOW_SECONDS", slow)
            await connection.cursor().execute("SELECT seen()")
        monkeypatch.setattr(sqlite_connection, "SLOW_SECONDS", 60)
        await connection.cursor().execute("SELECT seen()")
        assert seen == [True] * 2 * IN_A_ROW
        monkeypatch.setattr(sqlite_connection, "SLOW_SECONDS", -1)
        for _ in range(IN_A_ROW):
            await connection.cursor().execute("SELECT seen()")
        seen.clear()
        await connection.cursor().execute("SELECT seen()")
    assert seen == [False]


async def test_what_took_very_long_once_goes_to_the_thread_the_next_time(database, monkeypatch):
    async with opened(database) as (connection, seen):
        monkeypatch.setattr(sqlite_connection, "SLOW_SECONDS", -1)
        monkeypatch.setattr(sqlite_connection, "VERY_SLOW_SECONDS", -1)
        await connection.cursor().execute("SELECT seen()")
        monkeypatch.setattr(sqlite_connection, "SLOW_SECONDS", 60)
        await connection.cursor().execute("SELECT seen()")
        await connection.cursor().execute("SELECT seen(), 1")
    assert seen == [True, False, True]


async def test_what_was_slow_on_a_busy_machine_is_executed_here_again_when_it_was_quick_long_enough(
    database, monkeypatch
):
    async with opened(database) as (connection, seen):
        monkeypatch.setattr(sqlite_connection, "SLOW_SECONDS", -1)
        monkeypatch.setattr(sqlite_connection, "VERY_SLOW_SECONDS", -1)
        await connection.cursor().execute("SELECT seen()")
        await connection.cursor().execute("SELECT seen()")
        monkeypatch.setattr(sqlite_connection, "SLOW_SECONDS", 60)
        for _ in range(QUICK_VISITS + 2):
            await connection.cursor().execute("SELECT seen()")
    assert seen == [True, False] + [False] * QUICK_VISITS + [True, True]


async def test_many_rows_are_written_on_the_thread_and_few_are_not(database):
    async with opened(database) as (connection, seen):
        await connection.cursor().executemany("INSERT INTO things SELECT seen() WHERE ?", [(1,)] * 2)
        await connection.cursor().executemany("INSERT INTO things SELECT seen() WHERE ?", iter([(1,)] * MANY))
    assert seen == [True] * 2 + [False] * MANY


async def test_the_write_lock_is_waited_for_while_the_event_loop_goes_on(database, tmp_path):
    async with opened(database) as (connection, _):
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(connection.cursor().execute("BEGIN IMMEDIATE"))
        for _ in range(20):
            await asyncio.sleep(0)
        assert not waiting.done()
        other.execute("COMMIT")
        other.close()
        await waiting
        await connection.cursor().execute("INSERT INTO things VALUES (1)")
        await connection.commit()
        assert not connection.in_transaction


async def test_in_memory_nothing_is_waited_for(database):
    async with opened("file:things?mode=memory") as (connection, seen):
        assert connection.in_memory
        for begin in ("BEGIN IMMEDIATE", "PRAGMA query_only=OFF"):
            cursor = connection.cursor()
            await cursor.execute(begin)
        await connection.cursor().executemany("INSERT INTO things SELECT seen() WHERE ?", [(1,)] * MANY)
        await connection.rollback()
        cursor = await connection.cursor().execute("SELECT count(*) FROM things")
        assert await cursor.fetchall() == [(0,)]
    assert seen == [True] * MANY


async def test_an_error_reaches_whoever_asked_wherever_it_happened(database):
    async with opened(database) as (connection, _):
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await connection.cursor().execute("SELECT 1 FROM nowhere")
        with pytest.raises(sqlite3.OperationalError, match="no transaction"):
            await connection.cursor().execute("COMMIT")
