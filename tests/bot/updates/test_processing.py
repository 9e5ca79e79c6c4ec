"""Kept updates are handled in the order of their chat, once; one that cannot be handled is put aside."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.updates.processor import GIVE_UP, Processor
from storage import Unavailable
from storage.inbox import InboxRow, NewUpdate
from tests.bot.rig import AT, Rig, turns, until

Handle = Callable[[dict[str, Any], InboxRow], Awaitable[None]]


async def keep(rig: Rig, *given: tuple[int, str], payload: bool = True) -> None:
    """Keep updates, each a number and a chat."""
    rows = [
        NewUpdate(
            update_id=number, chat_key=f"chat:{chat}", kind="message", received_at=AT,
            payload=json.dumps({"update_id": number}) if payload else None,
        )
        for number, chat in given
    ]  # fmt: skip
    async with rig.store.writing() as tx:
        await tx.inbox.put(rows)


async def state(rig: Rig, number: int) -> str:
    async with rig.store.reading() as rx:
        found = await rx.inbox.get(number)
    assert found is not None
    return found.state


class Log:
    """A handler that writes down what it is given."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    async def __call__(self, raw: dict[str, Any], row: InboxRow) -> None:
        assert raw == {"update_id": row.update_id}
        self.seen.append(raw["update_id"])


async def test_each_is_handled_once_and_finished(rig: Rig) -> None:
    log = Log()
    await keep(rig, (1, "a"), (2, "b"))
    async with rig.running(Processor(rig.store, rig.clock, log)):
        await keep(rig, (2, "b"), (3, "a"))
        await rig.clock.settle()
    async with rig.running(Processor(rig.store, rig.clock, log)):
        pass
    assert sorted(log.seen) == [1, 2, 3]
    assert {await state(rig, number) for number in (1, 2, 3)} == {"done"}


async def test_a_chat_is_handled_in_order_and_chats_do_not_wait_for_each_other(rig: Rig) -> None:
    seen: list[int] = []
    open_ = asyncio.Event()

    async def handle(raw: dict[str, Any], row: InboxRow) -> None:
        if row.chat_key == "chat:slow":
            await open_.wait()
        seen.append(raw["update_id"])

    await keep(rig, (1, "slow"), (2, "quick"), (3, "slow"), (4, "quick"), (5, "quick"))
    processor = Processor(rig.store, rig.clock, handle)
    task = asyncio.create_task(processor.run())
    await until(lambda: len(seen) == 3)
    await turns()
    assert seen == [2, 4, 5]
    open_.set()
    await until(lambda: len(seen) == 5)
    processor.stop()
    await task
    assert seen[3:] == [1, 3]


async def test_more_chats_than_are_handled_at_once_all_get_their_turn(rig: Rig) -> None:
    log = Log()
    await keep(rig, *((number, f"chat{number % 75}") for number in range(1, 151)))
    async with rig.running(Processor(rig.store, rig.clock, log)):
        pass
    assert sorted(log.seen) == list(range(1, 151))
    assert all(log.seen.index(number) < log.seen.index(number + 75) for number in range(1, 76))


async def test_what_always_fails_is_put_aside_and_what_comes_behind_it_goes_on(rig: Rig) -> None:
    seen: list[int] = []

    async def handle(raw: dict[str, Any], row: InboxRow) -> None:
        seen.append(raw["update_id"])
        if raw["update_id"] == 1:
            raise ValueError("no handler can do this")

    await keep(rig, (1, "a"), (2, "a"))
    async with rig.running(Processor(rig.store, rig.clock, handle)):
        pass
    assert seen == [1] * GIVE_UP + [2]
    assert [await state(rig, number) for number in (1, 2)] == ["quarantined", "done"]
    assert [line["attempts"] for line in rig.logged("update.failed")] == list(range(1, GIVE_UP + 1))
    async with rig.store.reading() as rx:
        row = await rx.inbox.get(1)
    assert row is not None and row.error == "ValueError('no handler can do this')"


async def test_what_fails_once_is_done_at_the_second_try(rig: Rig) -> None:
    seen: list[int] = []

    async def handle(raw: dict[str, Any], row: InboxRow) -> None:
        seen.append(row.attempts)
        if not row.attempts:
            raise ValueError("a conflict")

    await keep(rig, (1, "a"))
    async with rig.running(Processor(rig.store, rig.clock, handle)):
        pass
    assert seen == [0, 1] and await state(rig, 1) == "done"


async def test_the_databases_trouble_is_not_counted_against_the_update(rig: Rig) -> None:
    trouble = [Unavailable("locked")] * 10
    log = Log()

    async def handle(raw: dict[str, Any], row: InboxRow) -> None:
        if trouble:
            raise trouble.pop()
        await log(raw, row)

    await keep(rig, (1, "a"))
    processor = Processor(rig.store, rig.clock, handle)
    for _ in range(10):
        with pytest.raises(Unavailable):
            await processor.run()
    async with rig.running(processor):
        pass
    assert log.seen == [1] and await state(rig, 1) == "done"
    assert not rig.logged("update.failed")


async def test_what_the_handler_finished_in_its_own_transaction_stays_as_it_is(rig: Rig) -> None:
    async def handle(raw: dict[str, Any], row: InboxRow) -> None:
        async with rig.store.writing() as tx:
            assert await tx.inbox.done(raw["update_id"], AT)

    await keep(rig, (1, "a"), (2, "a"))
    async with rig.running(Processor(rig.store, rig.clock, handle)):
        pass
    assert [await state(rig, number) for number in (1, 2)] == ["done", "done"]


async def test_what_was_not_for_us_is_finished_without_a_handler(rig: Rig) -> None:
    log = Log()
    await keep(rig, (1, "a"), payload=False)
    async with rig.running(Processor(rig.store, rig.clock, log)):
        pass
    assert not log.seen and await state(rig, 1) == "done"


async def test_a_death_while_handling_leaves_the_update_to_the_next_life(file_rig: Rig) -> None:
    rig = file_rig
    reached = asyncio.Event()

    async def dies(raw: dict[str, Any], row: InboxRow) -> None:
        reached.set()
        await asyncio.Event().wait()

    await keep(rig, (1, "a"))
    processor = Processor(rig.store, rig.clock, dies)
    task = asyncio.create_task(processor.run())
    await reached.wait()
    for one in asyncio.all_tasks() - {asyncio.current_task()}:
        one.cancel()
    await asyncio.wait([task])
    await rig.reopen()
    log = Log()
    async with rig.running(Processor(rig.store, rig.clock, log)):
        pass
    assert log.seen == [1] and await state(rig, 1) == "done"


async def test_stopping_waits_for_what_is_being_handled_and_begins_nothing(rig: Rig) -> None:
    open_, seen = asyncio.Event(), list[int]()

    async def handle(raw: dict[str, Any], row: InboxRow) -> None:
        seen.append(raw["update_id"])
        await open_.wait()

    await keep(rig, (1, "a"), (2, "a"))
    processor = Processor(rig.store, rig.clock, handle)
    task = asyncio.create_task(processor.run())
    await until(lambda: seen)
    processor.stop()
    await turns()
    assert not task.done()
    open_.set()
    await task
    assert seen == [1]
    assert [await state(rig, number) for number in (1, 2)] == ["done", "pending"]
