import asyncio
import sqlite3
import sys
import threading
from datetime import datetime

import pytest
from sqlalchemy.exc import StatementError

from storage import ReadOnly, StoreLocked, Unavailable, open_store
from storage import engine as engines
from storage.sqlite_connection import Connection
from tests.storage.rows import AT, STREAM, add_places, entry, message, new_update


async def put(store, key, value="x"):
    async with store.writing() as tx:
        await tx.meta.put(key, value)


async def get(store, key):
    async with store.reading() as rx:
        return await rx.meta.get(key)


async def test_a_transaction_is_all_or_nothing(store):
    with pytest.raises(ZeroDivisionError):
        async with store.writing() as tx:
            await tx.meta.put("a", "x")
            await tx.inbox.put([new_update(1)])
            _ = 1 / 0
    async with store.reading() as rx:
        assert await rx.meta.get("a") is None
        assert await rx.inbox.get(1) is None


async def test_what_was_committed_is_there_after_reopening(any_url):
    async with await open_store(any_url) as store:
        async with store.writing() as tx:
            await tx.journal.append(STREAM, 0, [entry(personal=("text",))])
    async with await open_store(any_url, read_only=True) as store, store.reading() as rx:
        assert [one.payload["text"] for one in await rx.journal.load(STREAM)] == ["楼梯踩踏"]


async def test_a_savepoint_undoes_its_own_writes_only(store):
    called = []
    async with store.writing() as tx:
        await tx.meta.put("before", "x")
        tx.after_commit(lambda: called.append("outer"))
        with pytest.raises(ZeroDivisionError):
            async with tx.savepoint():
                await tx.meta.put("inside", "x")
                await tx.inbox.put([new_update(1)])
                tx.after_commit(lambda: called.append("undone"))
                _ = 1 / 0
        assert tx.touched == set()
        async with tx.savepoint():
            await tx.meta.put("second", "x")
            tx.after_commit(lambda: called.append("inner"))
        assert called == []
    assert called == ["outer", "inner"]
    assert [await get(store, key) for key in ("before", "inside", "second")] == ["x", None, "x"]


async def test_listeners_hear_which_queues_a_commit_changed(store):
    heard: list[frozenset[str]] = []
    store.on_commit(heard.append)
    await put(store, "a")
    assert heard == []
    await add_places(store, "p1")
    async with store.writing() as tx:
        await tx.inbox.put([new_update(1)])
        await tx.outbox.enqueue([message()])
        assert heard == []
    assert heard == [{"inbox", "outbox"}]
    with pytest.raises(ZeroDivisionError):
        async with store.writing() as tx:
            await tx.inbox.put([new_update(2)])
            _ = 1 / 0
    async with store.writing() as tx:
        await tx.inbox.put([new_update(1)])
        await tx.outbox.enqueue([])
    assert len(heard) == 1


async def test_a_reading_transaction_cannot_write(store):
    async with store.reading() as rx:
        assert await rx.meta.get("a") is None
        with pytest.raises(ReadOnly):
            await rx.meta.put("a", "x")
    assert await get(store, "a") is None
    await put(store, "a")
    assert await get(store, "a") == "x"


async def test_a_read_only_store_cannot_write(any_url):
    async with await open_store(any_url) as writer:
        await put(writer, "a")
        async with await open_store(any_url, read_only=True) as store:
            with pytest.raises(ReadOnly):
                async with store.writing():
                    raise AssertionError("not reached")
            async with store.reading() as rx:
                with pytest.raises(ReadOnly):
                    await rx.meta.put("a", "y")
            assert await get(store, "a") == "x"


async def test_a_reader_sees_one_state_while_a_writer_commits(durable):
    await put(durable, "a", "before")
    async with durable.reading() as rx:
        assert await rx.meta.get("a") == "before"
        await asyncio.create_task(put(durable, "a", "after"))
        assert await rx.meta.get("a") == "before"
    assert await get(durable, "a") == "after"


async def test_a_task_that_opens_a_transaction_in_a_transaction_is_told_so(store):
    async with store.writing():
        with pytest.raises(RuntimeError, match="open already"):
            async with store.reading():
                raise AssertionError("not reached")
    await put(store, "a")


async def test_a_task_that_is_cancelled_in_the_middle_leaves_a_store_that_works(store):
    await put(store, "a", "kept")
    for turns in range(12):
        reached = asyncio.Event()

        async def write(reached=reached):
            async with store.writing() as tx:
                reached.set()
                for n in range(50):
                    await tx.meta.put("a", f"lost {n}")
                await asyncio.Event().wait()

        task = asyncio.create_task(write())
        await reached.wait()
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await get(store, "a") == "kept"
    await put(store, "a", "new")
    assert await get(store, "a") == "new"


async def test_a_naive_time_is_refused(store):
    with pytest.raises(StatementError, match="no time zone"):
        async with store.writing() as tx:
            await tx.causes.take("c", datetime(2026, 3, 2), {})  # noqa: DTZ001  # what is to be refused


@pytest.mark.parametrize("url", ["mysql://h/d", "oracle://h/d"])
async def test_other_databases_are_refused(url):
    with pytest.raises(ValueError, match="neither sqlite nor postgresql"):
        await open_store(url)


async def test_an_absent_postgres_is_unavailable(unused_port):
    with pytest.raises(Unavailable) as caught:
        await open_store(f"postgresql://tocsin@127.0.0.1:{unused_port}/none")
    assert caught.value.reason == "connection"


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        yield one.getsockname()[1]


async def test_one_process_runs_on_a_file(file_url):
    import os

    async with await open_store(file_url) as store, await open_store(file_url) as second:
        with store.lock():
            with pytest.raises(StoreLocked) as caught, second.lock():
                raise AssertionError("not reached")
            assert caught.value.path.name == "tocsin.db.lock"
            assert caught.value.pid == os.getpid()
        with second.lock():
            pass


async def test_a_lock_is_free_on_postgres_and_in_memory(postgres_town_url):
    for url in (postgres_town_url, "sqlite://"):
        async with await open_store(url) as store:
            with store.lock(), store.lock():
                assert store.path is None


async def test_a_commit_on_a_file_is_on_the_disk(file_url, raw):
    async with await open_store(file_url) as store, store.writing() as tx:
        pragmas = {name: await raw(tx, f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert pragmas == {"journal_mode": ["wal"], "synchronous": [2], "foreign_keys": [1]}
        assert await raw(tx, "PRAGMA busy_timeout") == [5000]


async def test_a_file_that_another_process_keeps_locked_is_unavailable_and_then_not(file_url, monkeypatch):
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.01)
    async with await open_store(file_url) as store:
        other = sqlite3.connect(str(store.path), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as caught:
            await put(store, "a")
        assert caught.value.reason == "locked"
        assert await get(store, "a") is None
        other.execute("ROLLBACK")
        other.close()
        await put(store, "a")
        assert await get(store, "a") == "x"


async def test_a_full_disk_loses_nothing_that_was_committed_and_confirms_nothing_else(file_url, raw):
    async with await open_store(file_url) as store:
        async with store.writing() as tx:
            await tx.inbox.put([new_update(1)])
            [pages] = await raw(tx, "PRAGMA page_count")
            await raw(tx, f"PRAGMA max_page_count = {pages}")  # as if the disk ended here
        with pytest.raises(Unavailable) as caught:
            async with store.writing() as tx:
                await tx.inbox.put([new_update(n, payload="x" * 5000) for n in range(2, 50)])
        assert caught.value.reason == "full"
        async with store.reading() as rx:
            assert [row.update_id for row in await rx.inbox.pending(9)] == [1]
        async with store.writing() as tx:
            await raw(tx, "PRAGMA max_page_count = 1000000")
            assert await tx.inbox.put([new_update(n) for n in range(2, 50)]) == 48


async def test_a_disk_that_is_full_within_a_savepoint_says_so_too(file_url, raw):
    async with await open_store(file_url) as store:
        async with store.writing() as tx:
            await tx.inbox.put([new_update(1)])
            [pages] = await raw(tx, "PRAGMA page_count")
            await raw(tx, f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Unavailable) as caught:
            async with store.writing() as tx, tx.savepoint():
                await tx.inbox.put([new_update(n, payload="x" * 5000) for n in range(2, 50)])
        assert caught.value.reason == "full", "it rolls back everything by itself, and the savepoint with it"
        async with store.writing() as tx:
            await raw(tx, "PRAGMA max_page_count = 1000000")
            assert [row.update_id for row in await tx.inbox.pending(9)] == [1]


async def test_times_come_back_in_utc_whatever_zone_they_were_written_in(store):
    from zoneinfo import ZoneInfo

    shanghai = AT.astimezone(ZoneInfo("Asia/Shanghai")).replace(microsecond=123456)
    async with store.writing() as tx:
        await tx.inbox.put([new_update(1, received_at=shanghai)])
        row = await tx.inbox.get(1)
    assert row.received_at == shanghai and row.received_at.utcoffset().total_seconds() == 0


WRITER = """
import asyncio, sys
from datetime import datetime
from storage import open_store
from storage.inbox import NewUpdate

async def main(url, at):
    store = await open_store(url)
    with store.lock():
        for n in range(1_000_000):
            update = NewUpdate(update_id=n, chat_key="a", kind="message", received_at=at, payload="{}")
            async with store.writing() as tx:
                await tx.inbox.put([update])
            print(n, flush=True)

asyncio.run(main(sys.argv[1], datetime.fromisoformat(sys.argv[2])))
"""


async def test_what_a_killed_process_said_it_had_committed_is_there(any_url):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, any_url, AT.isoformat(), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    for _ in range(20):
        await process.stdout.readline()
    process.kill()
    rest = (await process.stdout.read()).split()
    await process.wait()
    said = int(rest[-1]) if rest else 19
    # Reading comes first: the command line must be able to look at what a crash has left.
    async with await open_store(any_url, read_only=True) as store, store.reading() as rx:
        pending = (await rx.inbox.backlog()).pending
        assert pending in (said + 1, said + 2)
        assert await rx.inbox.last_update_id() == pending - 1
    async with await open_store(any_url) as store:
        with store.lock():
            async with store.writing() as tx:
                assert await tx.inbox.put([new_update(0), new_update(pending)]) == 1


async def test_an_erased_value_is_gone_from_the_disk(file_url):
    secret = "某某某的家长报告"
    async with await open_store(file_url) as store:
        assert store.path is not None
        async with store.writing() as tx:
            await tx.journal.append(STREAM, 0, [entry(secret, personal=("text",)), entry("留下")])
        await store.scrub()
        assert secret.encode() in on_disk(store.path)
        async with store.writing() as tx:
            await tx.journal.erase(STREAM, 1, ["text"], AT)
        await store.scrub()
        assert secret.encode() not in on_disk(store.path)
        assert "留下".encode() in on_disk(store.path)


def on_disk(path):
    return b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))


async def test_scrubbing_works_everywhere_but_on_a_read_only_store(url):
    async with await open_store(url) as store:
        await put(store, "a")
        await store.scrub()
        assert await get(store, "a") == "x"
    async with await open_store(url, read_only=True) as store:
        with pytest.raises(ReadOnly):
            await store.scrub()


async def test_in_memory_who_reads_and_who_writes_take_turns_also_after_one_was_cancelled():
    async with await open_store("sqlite://") as store:
        async with store.reading() as rx:
            cancelled, waiting = (asyncio.create_task(put(store, key)) for key in ("cancelled", "waiting"))
            await asyncio.sleep(0)
            cancelled.cancel()
            with pytest.raises(asyncio.CancelledError):
                await cancelled
            assert not waiting.done()
            assert await rx.meta.get("waiting") is None
        await waiting
        assert [await get(store, key) for key in ("cancelled", "waiting")] == [None, "x"]


async def test_in_memory_nothing_waits_for_a_thread_once_it_is_open(monkeypatch):
    async with await open_store("sqlite://") as store:
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", _refused)
            patch.setattr(Connection, "_execute", _refused)
            assert await get(store, "first") is None
            await put(store, "first")
            assert await get(store, "first") == "x"


def _refused(*_):
    raise AssertionError("a thread was waited for")


async def test_in_memory_nobody_waits_for_his_turn_for_ever(monkeypatch):
    monkeypatch.setattr(engines, "POOL_SECONDS", 0.01)
    async with await open_store("sqlite://") as store, store.reading():
        with pytest.raises(Unavailable):
            await asyncio.create_task(put(store, "late"))
