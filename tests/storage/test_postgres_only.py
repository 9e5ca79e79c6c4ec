"""What only a database of several writers can show."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage import open_store
from storage.people import Holding
from tests.storage.rows import AT, add_people, add_places, message, new_update

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def store(postgres_store_url):
    async with await open_store(postgres_store_url) as store:
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
