import asyncio
from datetime import timedelta

import pytest

from storage import LostClaim
from tests.storage.rows import AT, after, new_update

MINUTE = timedelta(minutes=1)


async def put(store, *updates):
    async with store.writing() as tx:
        return await tx.inbox.put(updates)


async def finish(store, update_id):
    async with store.writing() as tx:
        return await tx.inbox.done(update_id, after(seconds=1))


async def pending(store, limit=10):
    async with store.reading() as rx:
        return [row.update_id for row in await rx.inbox.pending(limit)]


async def claim(store, worker, now=AT, limit=10):
    async with store.writing() as tx:
        return [row.update_id for row in await tx.inbox.claim(worker, now, limit, MINUTE)]


async def test_a_batch_is_kept_and_repeated_ids_are_ignored(store):
    assert await put(store) == 0
    assert await put(store, new_update(7), new_update(5, payload='{"a":"楼梯"}'), new_update(5)) == 2
    assert await put(store, new_update(7, payload="other"), new_update(8, chat="2", payload=None)) == 1
    async with store.reading() as rx:
        row = await rx.inbox.get(7)
        assert await rx.inbox.get(6) is None
        assert (await rx.inbox.get(8)).payload is None
    assert (row.payload, row.state, row.attempts, row.received_at) == ("{}", "pending", 0, AT)


async def test_pending_gives_the_oldest_of_every_chat_and_only_it(store):
    await put(store, new_update(12, "a"), new_update(10, "b"), new_update(11, "a"), new_update(13, "c"))
    assert await pending(store) == [10, 11, 13]
    assert await pending(store, limit=2) == [10, 11]
    await finish(store, 11)
    assert await pending(store) == [10, 12, 13]


async def test_an_earlier_update_that_arrives_late_comes_first(store):
    await put(store, new_update(12, "a"))
    await put(store, new_update(11, "a"))
    assert await pending(store) == [11]


async def test_done_counts_once(store):
    await put(store, new_update(1))
    assert await finish(store, 1)
    assert not await finish(store, 1)
    assert not await finish(store, 2)
    async with store.reading() as rx:
        row = await rx.inbox.get(1)
    assert (row.state, row.finished_at) == ("done", after(seconds=1))


async def test_a_failed_update_holds_its_chat_until_it_is_given_up(store):
    await put(store, new_update(1, "a"), new_update(2, "a"))
    async with store.writing() as tx:
        assert await tx.inbox.failed(1, "boom", AT, give_up=False)
    assert await pending(store) == [1]
    async with store.writing() as tx:
        assert await tx.inbox.failed(1, "boom again", AT, give_up=True)
        assert not await tx.inbox.failed(1, "late", AT, give_up=True)
    assert await pending(store) == [2]
    async with store.reading() as rx:
        row = await rx.inbox.get(1)
        backlog = await rx.inbox.backlog()
    assert (row.state, row.attempts, row.error) == ("quarantined", 2, "boom again")
    assert (backlog.pending, backlog.oldest, backlog.quarantined) == (1, AT, 1)


async def test_what_cannot_be_read_is_quarantined_and_blocks_nothing(store):
    await put(store, new_update(2))
    async with store.writing() as tx:
        assert await tx.inbox.quarantine(3, "not\x00json \ud800", "JSONDecodeError", AT)
        assert not await tx.inbox.quarantine(3, "again", "JSONDecodeError", AT)
        assert await tx.inbox.quarantine(None, "x", "no id", AT)
        assert await tx.inbox.quarantine(None, "x", "no id", AT)
    assert await put(store, new_update(3)) == 0
    assert await pending(store) == [2]
    async with store.reading() as rx:
        assert (await rx.inbox.get(3)).payload == "not\ufffdjson \ufffd"
        assert (await rx.inbox.backlog()).quarantined == 3


async def test_polling_goes_on_from_the_newest_arrival_and_not_from_the_highest_number(store):
    async with store.reading() as rx:
        assert await rx.inbox.last_update_id() is None
    await put(store, new_update(900), new_update(901))
    await put(store, new_update(5, received_at=after(days=8)))
    async with store.writing() as tx:
        await tx.inbox.quarantine(None, "x", "no id", after(days=8))
    async with store.reading() as rx:
        assert await rx.inbox.last_update_id() == 5
        assert await rx.inbox.last_update_id(since=after(days=8)) == 5
        assert await rx.inbox.last_update_id(since=after(days=9)) is None


async def test_forgetting_erases_only_old_finished_payloads(store):
    await put(store, *(new_update(n, str(n)) for n in range(3)))
    async with store.writing() as tx:
        await tx.inbox.done(0, AT)
        await tx.inbox.done(1, after(hours=1))
    async with store.writing() as tx:
        assert await tx.inbox.forget_payloads(after(minutes=1)) == 1
        assert await tx.inbox.forget_payloads(after(minutes=1)) == 0
    async with store.reading() as rx:
        assert [(await rx.inbox.get(n)).payload for n in range(3)] == [None, "{}", "{}"]
    assert await put(store, new_update(0)) == 0


async def test_a_claimed_chat_rests_until_its_update_is_finished(store):
    await put(store, new_update(1, "a"), new_update(2, "a"), new_update(3, "b"))
    assert await claim(store, "one", limit=1) == [1]
    assert await claim(store, "two") == [3]
    assert await claim(store, "two") == []
    assert await pending(store) == []
    await finish(store, 1)
    assert await claim(store, "two") == [2]


async def test_an_expired_claim_goes_to_another_and_the_first_worker_has_lost_it(store):
    await put(store, new_update(1))
    assert await claim(store, "one") == [1]
    assert await claim(store, "two", now=after(seconds=59)) == []
    assert await claim(store, "two", now=after(seconds=60)) == [1]
    with pytest.raises(LostClaim) as caught:
        async with store.writing() as tx:
            await tx.inbox.done(1, after(seconds=61), worker="one")
    assert caught.value.holder == "one"
    async with store.writing() as tx:
        assert await tx.inbox.done(1, after(seconds=61), worker="two")
        assert not await tx.inbox.done(1, after(seconds=61), worker="one")


async def test_a_failed_claim_is_free_again(store):
    await put(store, new_update(1))
    await claim(store, "one")
    async with store.writing() as tx:
        await tx.inbox.failed(1, "boom", AT, give_up=False, worker="one")
    assert await claim(store, "two") == [1]


async def test_two_workers_claim_disjoint_updates_and_keep_every_chat_in_order(store):
    chats = [f"c{n}" for n in range(6)]
    await put(store, *(new_update(100 + n, chats[n % 6]) for n in range(30)))
    order: dict[str, list[int]] = {chat: [] for chat in chats}

    async def work(worker):
        while True:
            async with store.writing() as tx:
                rows = await tx.inbox.claim(worker, AT, 2, MINUTE)
            if not rows:
                async with store.reading() as rx:
                    if (await rx.inbox.backlog()).pending == 0:
                        return
                await asyncio.sleep(0)
            for row in rows:
                order[row.chat_key].append(row.update_id)
                async with store.writing() as tx:
                    assert await tx.inbox.done(row.update_id, AT, worker=worker)

    await asyncio.gather(work("one"), work("two"))
    assert order == {chat: [100 + n for n in range(30) if n % 6 == k] for k, chat in enumerate(chats)}


async def test_the_end_of_the_first_claim_is_known(store):
    async def first():
        async with store.reading() as rx:
            return await rx.inbox.next_expiry()

    await put(store, new_update(1, "a"), new_update(2, "b"))
    assert await first() is None
    assert await claim(store, "one", now=after(minutes=5), limit=1) == [1]
    assert await claim(store, "two", now=AT) == [2]
    assert await first() == AT + MINUTE
    await finish(store, 2)
    assert await first() == after(minutes=6)


async def test_the_content_of_some_finished_updates_is_erased(store):
    await put(store, *(new_update(number, str(number)) for number in (1, 2, 3)))
    for number in (1, 2):
        await finish(store, number)
    async with store.writing() as tx:
        assert await tx.inbox.forget_payloads_of({1, 3, 99}) == 1  # 3 is still to be worked off
        assert await tx.inbox.forget_payloads_of({1}) == 0
        assert [(await tx.inbox.get(number)).payload for number in (1, 2, 3)] == [None, "{}", "{}"]
