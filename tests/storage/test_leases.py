import asyncio
from datetime import timedelta

import pytest

from storage import LostClaim

MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)


async def acquire(store, holder, ttl=MINUTE, name="sender"):
    async with store.writing() as tx:
        return await tx.leases.acquire(name, holder, ttl)


async def do(store, method, *arguments):
    async with store.writing() as tx:
        return await getattr(tx.leases, method)(*arguments)


async def test_a_lease_has_one_holder_until_it_ends(store):
    first = await acquire(store, "one")
    assert (first.name, first.holder, first.epoch) == ("sender", "one", 1)
    assert await acquire(store, "two") is None
    assert (await acquire(store, "two", name="scheduler")).epoch == 1
    renewed = await do(store, "renew", first, 2 * MINUTE)
    assert renewed.epoch == 1 and renewed.until > first.until
    assert await do(store, "release", renewed)
    assert not await do(store, "release", renewed)
    second = await acquire(store, "two")
    assert (second.holder, second.epoch) == ("two", 2)


async def test_every_grant_has_a_higher_epoch_and_ends_the_one_before(store):
    first = await acquire(store, "one")
    again = await acquire(store, "one")
    assert again.epoch == 2
    assert await do(store, "renew", first, MINUTE) is None
    assert not await do(store, "release", first)
    with pytest.raises(LostClaim):
        await do(store, "fence", first)
    await do(store, "fence", again)


async def test_an_expired_lease_is_neither_renewed_nor_written_under(store):
    expired = await acquire(store, "one", NOTHING)
    assert await do(store, "renew", expired, MINUTE) is None
    with pytest.raises(LostClaim) as caught:
        async with store.writing() as tx:
            await tx.meta.put("written", "by a stale process")
            await tx.leases.fence(expired)
    assert (caught.value.name, caught.value.holder) == ("sender", "one")
    async with store.reading() as rx:
        assert await rx.meta.get("written") is None
    assert (await acquire(store, "two")).epoch == 2


async def test_of_many_who_ask_at_once_one_gets_it(store):
    for name in ("fresh", "sender"):
        await acquire(store, "dead", NOTHING)
        granted = await asyncio.gather(*(acquire(store, f"p{n}", name=name) for n in range(8)))
        assert len([lease for lease in granted if lease]) == 1


async def test_a_lease_that_nobody_has_cannot_be_written_under(store):
    lease = await acquire(store, "one")
    async with store.writing() as tx:
        await tx.leases.release(lease)
    with pytest.raises(LostClaim):
        await do(store, "fence", lease)


async def test_what_is_held_can_be_listed_and_who_waits_hears_when_it_is_given_back(store):
    lease = await acquire(store, "one")
    await acquire(store, "two", NOTHING, name="ended")
    async with store.writing() as tx:
        assert await tx.leases.held() == [lease]
        assert not tx.touched
        assert await tx.leases.release(lease)
        assert tx.touched == {"leases"}
        assert await tx.leases.held() == []
