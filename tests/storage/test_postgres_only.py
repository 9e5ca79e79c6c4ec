"""What only a database of several writers can show."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest
from sqlalchemy import text

from storage import Unavailable, engine, open_store
from storage.people import Holding
from storage.transaction import QUEUES
from tests.storage.rows import AT, add_people, add_places, message, new_update

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def store(postgres_town_url):
    async with await open_store(postgres_town_url) as store:
        yield store


async def someone_waits_for_a_lock(tx):
    return await tx._session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))


async def test_an_update_that_another_transaction_is_claiming_is_passed_over(store):
    async def claim(worker):
        async with store.writing() as tx:
            return [row.update_id for row in await tx.inbox.claim(worker, AT, 5, MINUTE)]

    async with store.writing() as tx:
        await tx.inbox.put([new_update(1, "a"), new_update(2, "a"), new_update(3, "b")])
    async with store.writing() as tx:
        assert [row.update_id for row in await tx.inbox.claim("one", AT, 1, MINUTE)] == [1]
        assert await asyncio.create_task(claim("two")) == [3]


async def test_a_message_that_another_transaction_is_claiming_is_passed_over(store):
    await add_places(store, "p1", "p2")

    async def claim():
        async with store.writing() as tx:
            return [row.id for row in await tx.outbox.claim(AT, 5)]

    async with store.writing() as tx:
        first, _, third = await tx.outbox.enqueue([message("p1"), message("p1"), message("p2")])
    async with store.writing() as tx:
        assert [row.id for row in await tx.outbox.claim(AT, 1)] == [first]
        assert await asyncio.create_task(claim()) == [third]


async def test_a_role_that_is_being_decided_on_cannot_be_revoked_meanwhile(store):
    await add_people(store, "u1")
    async with store.writing() as tx:
        await tx.people.grant(
            Holding(
                id="h1",
                person_id="u1",
                jurisdiction="chengqu",
                plan_id="campus",
                role="commander",
                granted_by="settings",
                granted_at=AT,
            )
        )
    order = []

    async def revoke():
        async with store.writing() as tx:
            await tx.people.revoke("h1", AT)
            order.append("revoked")

    async with store.writing() as tx:
        await tx.people.holdings("u1", lock=True)
        task = asyncio.create_task(revoke())
        while not await someone_waits_for_a_lock(tx):
            pass
        order.append("decided")
    await task
    assert order == ["decided", "revoked"]


async def test_another_process_hears_which_queues_a_commit_changed(store, postgres_town_url):
    heard: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    async with await open_store(postgres_town_url) as other:
        other.on_commit(heard.put_nowait)
        listening = asyncio.create_task(other.listen())
        while not await count(store, LISTENING):
            pass
        async with store.writing() as tx:
            await tx.meta.put("not", "a queue")
        async with store.writing() as tx:
            await tx.inbox.put([new_update(1)])
            await tx.wakes.replace("incident:1", [])
        assert await heard.get() == {"inbox"}
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        async with other.writing() as tx:
            await tx.inbox.put([new_update(2)])
        assert heard.get_nowait() == {"inbox"}
        assert heard.empty()


LISTENING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'"
    " AND state = 'idle'"
)


async def count(store, statement):
    async with store.reading() as rx:
        return await rx._session.scalar(text(statement))


async def end_other_connections(store):
    async with store.writing() as tx:
        await tx._session.scalar(
            text(
                "SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def test_a_transaction_whose_connection_breaks_is_undone_and_the_next_one_works(store, postgres_town_url):
    async with await open_store(postgres_town_url) as other:
        with pytest.raises(Unavailable) as caught:
            async with store.writing() as tx:
                await tx.meta.put("a", "x")
                await asyncio.create_task(end_other_connections(other))
                await tx.meta.put("b", "x")
        assert caught.value.reason == "connection"
        async with store.writing() as tx:
            assert await tx.meta.get("a") is None
            await tx.meta.put("a", "again")
        await end_other_connections(other)  # now of the pool's idle ones
        async with store.reading() as rx:
            assert await rx.meta.get("a") == "again"


async def test_a_listener_says_when_it_hears_and_can_make_everybody_look(store):
    heard: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    ready = asyncio.Event()
    store.on_commit(heard.put_nowait)
    listening = asyncio.create_task(store.listen(ready.set))
    await ready.wait()
    assert await count(store, LISTENING) == 1
    assert heard.empty()
    store.look_again()
    assert heard.get_nowait() == QUEUES >= {"inbox", "outbox", "wakes", "leases"}
    listening.cancel()
    await asyncio.wait([listening])


async def test_a_listener_whose_connection_breaks_says_so(store, postgres_town_url):
    async with await open_store(postgres_town_url) as other:
        listening = asyncio.create_task(other.listen())
        while not await count(store, LISTENING):
            pass
        await end_other_connections(store)
        with pytest.raises(Unavailable):
            await listening


async def test_two_transactions_that_wait_for_each_other_end_in_one_conflict(store):
    both = asyncio.Barrier(2)

    async def save(first, second):
        async with store.writing() as tx:
            await tx.meta.put(first, first)
            await both.wait()
            await tx.meta.put(second, first)

    async with store.writing() as tx:
        for key in ("a", "b"):
            await tx.meta.put(key, "")
    outcomes = await asyncio.gather(save("a", "b"), save("b", "a"), return_exceptions=True)
    [failed] = [one for one in outcomes if one is not None]
    assert isinstance(failed, Unavailable) and failed.reason == "conflict"


async def test_a_session_that_fell_silent_in_the_middle_of_a_command_is_ended(store, postgres_town_url):
    """As that of a process that was stopped there: PostgreSQL waits for the rest, and nobody gets its locks."""
    url = postgres_town_url.replace("postgresql+asyncpg", "postgresql")
    stopped = await asyncpg.connect(url, server_settings={"application_name": "tocsin"})
    other = await asyncpg.connect(url, server_settings={"application_name": "somebody else"})
    stuck, forever = [], asyncio.Event()

    async def nothing():
        await forever.wait()
        yield b""

    for connection in (stopped, other):
        stuck.append(asyncio.create_task(connection.copy_to_table("meta", source=nothing(), format="csv")))
    async with store.writing() as tx:
        assert await tx.leases.end_silent(timedelta(minutes=1)) == 0
    ended, over = 0, asyncio.Event()
    stopped.add_termination_listener(lambda _: over.set())
    async with asyncio.timeout(10):
        while not ended:
            async with store.writing() as tx:
                ended = await tx.leases.end_silent(timedelta(milliseconds=1))
        await over.wait()  # the server was asked to end it, and does when it comes to it
    assert ended == 1
    forever.set()
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError)):
        await stuck[0]
    await stuck[1]  # who is none of ours is left alone
    await other.close()
    stopped.terminate()


@pytest.mark.parametrize("warm_seconds", [0.0, 60.0])
async def test_no_dead_connection_is_taken_from_the_pool_however_lately_it_was_used(
    postgres_town_url, monkeypatch, warm_seconds
):
    monkeypatch.setattr(engine, "WARM_SECONDS", warm_seconds)
    async with await open_store(postgres_town_url) as store, await open_store(postgres_town_url) as other:
        async with store.reading() as one:
            await asyncio.create_task(count(store, "SELECT 1"))  # two connections are in the pool
            assert await one.meta.get("a") is None
        await end_other_connections(other)
        for _ in range(2):
            async with store.writing() as tx:
                await tx.meta.put("a", "x")


async def test_a_connection_that_was_used_a_moment_ago_is_not_asked(postgres_town_url, monkeypatch):
    asked: list[object] = []
    async with await open_store(postgres_town_url) as store:
        dialect = store._readers.sync_engine.dialect
        monkeypatch.setattr(dialect, "do_ping", asked.append)
        for _ in range(3):
            assert await count(store, "SELECT 1") == 1
        assert asked == []
        monkeypatch.setattr(engine, "WARM_SECONDS", 0.0)
        assert await count(store, "SELECT 1") == 1
        assert len(asked) == 1
