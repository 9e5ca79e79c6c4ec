"""At a start the clocks wait for what lay at Telegram, but not for ever."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.leadership import Shared
from bot.scheduler import Scheduler
from bot.updates.catching_up import CatchingUp, fetched_elsewhere, note_fetched
from bot.updates.processor import GIVE_UP, Claims, Processor
from storage import Store, open_store
from storage.inbox import InboxRow, NewUpdate
from tests.bot.rig import AT, Rig, turns, until

MINUTE = timedelta(minutes=1)


def update(number: int, chat: str = "chat:1") -> NewUpdate:
    return NewUpdate(
        update_id=number, chat_key=chat, kind="message", received_at=AT, payload=json.dumps({"update_id": number})
    )


async def keep(store: Store, *updates: NewUpdate) -> None:
    async with store.writing() as tx:
        await tx.inbox.put(updates)


class Telegram:
    """Says whether all was fetched."""

    def __init__(self) -> None:
        self.empty = False

    async def asked(self) -> bool:
        return self.empty


async def test_it_is_over_when_all_was_fetched_and_worked_off(rig: Rig) -> None:
    telegram = Telegram()
    catching_up = CatchingUp(rig.store, rig.clock, telegram.asked, patience=MINUTE)
    waiting = asyncio.create_task(catching_up.over(lambda: False))
    await keep(rig.store, update(1))
    telegram.empty = True
    catching_up.look()
    await turns()
    assert not waiting.done()  # it is fetched and not yet worked off
    async with rig.store.writing() as tx:
        await tx.inbox.done(1, AT)
    assert await asyncio.wait_for(waiting, 5)


async def test_patience_ends_and_the_clocks_go_on(rig: Rig) -> None:
    catching_up = CatchingUp(rig.store, rig.clock, Telegram().asked, patience=timedelta(milliseconds=20))
    assert not await catching_up.over(lambda: False)
    assert rig.logged("start.did_not_wait")


async def test_one_that_is_stopped_waits_no_longer(rig: Rig) -> None:
    catching_up = CatchingUp(rig.store, rig.clock, Telegram().asked, patience=MINUTE)
    assert not await asyncio.wait_for(catching_up.over(lambda: True), 5)


async def test_the_scheduler_serves_nothing_before(rig: Rig) -> None:
    await rig.person("李值班", "duty", seated=True)
    stream = (await rig.incident(await rig.person("周校长", "reporter"))).stream
    async with rig.store.reading() as rx:
        before = len(await rx.journal.load(stream))
    await rig.clock.advance(timedelta(minutes=10))
    telegram = Telegram()
    catching_up = CatchingUp(rig.store, rig.clock, telegram.asked, patience=MINUTE)
    scheduler = Scheduler(rig.service, rig.clock, safety=False, catching_up=catching_up)
    task = asyncio.create_task(scheduler.run())

    async def events() -> int:
        async with rig.store.reading() as rx:
            return len(await rx.journal.load(stream))

    await turns()
    assert await events() == before and scheduler.busy
    telegram.empty = True
    catching_up.look()
    await until(lambda: not scheduler.busy)
    assert await events() > before
    scheduler.stop()
    await task


# Several processes


@pytest.fixture
async def shared(postgres_town_url: str) -> AsyncIterator[Store]:
    async with await open_store(postgres_town_url) as store:
        yield store


async def test_another_process_knows_that_the_present_poller_has_fetched(shared: Store) -> None:
    leadership = Shared(shared, "host:1:a")
    assert not await fetched_elsewhere(shared, "poll:1")
    async with leadership.held("poll:1") as lease:
        assert not await fetched_elsewhere(shared, "poll:1")
        await note_fetched(shared, "poll:1", lease)
        assert await fetched_elsewhere(shared, "poll:1")
    async with leadership.held("poll:1"):
        assert not await fetched_elsewhere(shared, "poll:1")  # that was the holder before


async def test_what_a_dead_process_had_claimed_is_taken_up_and_a_late_failure_counts_nothing(
    shared: Store, rig: Rig
) -> None:
    handled: list[tuple[str, int]] = []
    gate = asyncio.Event()

    async def slow(raw: dict[str, int], row: InboxRow) -> None:
        handled.append(("one", raw["update_id"]))
        await gate.wait()
        raise RuntimeError("too late")

    async def quick(raw: dict[str, int], row: InboxRow) -> None:
        handled.append(("two", raw["update_id"]))

    hold = timedelta(seconds=15)
    one = Processor(shared, rig.clock, slow, claims=Claims(worker="one", hold=hold))
    two = Processor(shared, rig.clock, quick, claims=Claims(worker="two", hold=hold))
    await keep(shared, update(1))
    first = asyncio.create_task(one.run())
    await until(lambda: handled)
    second = asyncio.create_task(two.run())
    await until(lambda: not two.busy)
    assert handled == [("one", 1)]
    async with shared.writing() as tx:  # its time is over
        assert await tx.inbox.claim("two", rig.clock.now() + hold, 10, hold)
        assert await tx.inbox.done(1, rig.clock.now(), worker="two")
    gate.set()
    await until(lambda: not one.busy)
    for processor in (one, two):
        processor.stop()
    await asyncio.gather(first, second)
    async with shared.reading() as rx:
        row = await rx.inbox.get(1)
        assert row is not None and (row.state, row.attempts) == ("done", 0) and GIVE_UP > 1
