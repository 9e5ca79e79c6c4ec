"""Updates are confirmed only when they are kept, whatever happens in between, and nothing blocks those behind it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.playground import Seen
from bot.updates.intake import Intake
from bot.updates.poller import Poller
from handlers.addressed import addressed
from storage import Unavailable
from storage.inbox import InboxRow
from tests.bot.rig import AT, Chat, Rig, turns, until

Skip = Callable[[float], None]


def poller(rig: Rig, filter: Any = None) -> Poller:
    intake = Intake(rig.store, rig.clock, filter or addressed("tocsin_bot", rig.account.id))
    return Poller(rig.store, rig.bot_api, rig.clock, intake)


@asynccontextmanager
async def polling(rig: Rig) -> AsyncIterator[Poller]:
    """Poll until everything that waits at Telegram is kept and confirmed."""
    made = poller(rig)
    task = asyncio.create_task(made.run())
    try:
        await quiet(rig)
        yield made
    finally:
        made.stop()
        await asyncio.wait_for(task, 10)


async def quiet(rig: Rig) -> None:
    await until(lambda: not rig.world.pending_updates)


async def kept(rig: Rig) -> list[InboxRow]:
    """Return the inbox, without the updates that seated people."""
    last = rig.world.state.bots[rig.account.id].next_update
    async with rig.store.reading() as rx:
        found = [await rx.inbox.get(number) for number in range(1, last)]
    return [row for row in found if row is not None]


def polls(rig: Rig) -> list[dict[str, Any]]:
    """Return what was asked with each getUpdates."""
    return [call.params for call in rig.world.calls if call.method == "getUpdates"]


async def reporter(rig: Rig) -> Chat:
    """Return somebody whose arrival is old news."""
    chat = await rig.person("周校长")
    rig.world.state.bots[rig.account.id].queue.clear()
    return chat


def say(rig: Rig, chat: Chat, *texts: str) -> None:
    for text in texts:
        chat.player.send(rig.account, text)


def texts(rows: list[InboxRow]) -> list[str]:
    return [json.loads(row.payload or "{}")["message"]["text"] for row in rows]


async def test_what_waits_is_kept_and_only_then_confirmed(rig: Rig) -> None:
    chat = await reporter(rig)
    say(rig, chat, "一", "二", "三")
    async with polling(rig):
        pass
    rows = await kept(rig)
    assert texts(rows) == ["一", "二", "三"]
    assert {row.chat_key for row in rows} == {f"chat:{chat.id}"}
    assert {row.received_at for row in rows} == {AT}
    assert "offset" not in polls(rig)[0]
    assert int(polls(rig)[1]["offset"]) == (rows[-1].update_id or 0) + 1


async def test_a_death_before_the_commit_loses_nothing(file_rig: Rig) -> None:
    rig = file_rig
    say(rig, await reporter(rig), "一", "二", "三")
    reached = asyncio.Event()

    async def dies(raw: Any, rx: Any) -> bool:
        if raw["message"]["text"] == "二":  # in the middle of the transaction
            reached.set()
            await asyncio.Event().wait()
        return True

    task = asyncio.create_task(poller(rig, dies).run())
    await reached.wait()
    task.cancel()
    await asyncio.wait([task])
    await rig.reopen()
    assert rig.world.pending_updates == 3
    assert not await kept(rig)
    async with polling(rig):
        pass
    assert texts(await kept(rig)) == ["一", "二", "三"]


async def test_a_death_between_commit_and_confirmation_doubles_nothing(file_rig: Rig) -> None:
    rig = file_rig
    chat = await reporter(rig)
    say(rig, chat, "一", "二", "三")
    task = asyncio.create_task(poller(rig).run())
    rig.store.on_commit(lambda queues: task.cancel())
    await asyncio.wait([task])
    await rig.reopen()
    assert rig.world.pending_updates == 3
    assert texts(await kept(rig)) == ["一", "二", "三"]
    say(rig, chat, "四")
    async with polling(rig):
        pass
    assert texts(await kept(rig)) == ["一", "二", "三", "四"]


async def test_a_database_that_cannot_now_leaves_the_updates_with_telegram(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(rig, await reporter(rig), "一")

    async def full(self: object, updates: object) -> int:
        raise Unavailable("full")

    with monkeypatch.context() as patch:
        patch.setattr("storage.inbox.Inbox.put", full)
        with pytest.raises(Unavailable):
            await poller(rig).run()
    assert rig.world.pending_updates == 1 and not await kept(rig)
    async with polling(rig):
        pass
    assert texts(await kept(rig)) == ["一"]


async def test_the_offset_goes_on_after_a_restart(file_rig: Rig) -> None:
    rig = file_rig
    chat = await reporter(rig)
    say(rig, chat, "一", "二")
    async with polling(rig):
        pass
    await rig.reopen()
    before, last = len(polls(rig)), (await kept(rig))[-1].update_id
    assert last is not None
    say(rig, chat, "三")
    async with polling(rig):
        pass
    assert int(polls(rig)[before]["offset"]) == last + 1
    assert texts(await kept(rig)) == ["一", "二", "三"]


async def test_after_a_week_of_silence_no_offset_is_given(rig: Rig) -> None:
    """Telegram may count from any number then, also from a lower one."""
    say(rig, await reporter(rig), "一")
    async with polling(rig):
        pass
    await rig.clock.advance(timedelta(days=8))
    before = len(polls(rig))
    rig.world.state.bots[rig.account.id].next_update = 3
    rig.world.queue_raw(rig.account, {"my_chat_member": {"chat": {"id": 5, "type": "private"}, "from": {"id": 5}}})
    async with polling(rig):
        pass
    assert "offset" not in polls(rig)[before]
    async with rig.store.reading() as rx:
        assert await rx.inbox.get(3) is not None


async def test_a_backlog_is_taken_in_batches_a_commit_each(rig: Rig) -> None:
    say(rig, await reporter(rig), *(f"第{number}条" for number in range(250)))
    commits: list[int] = []
    rig.store.on_commit(lambda queues: commits.append(1) if "inbox" in queues else None)
    async with polling(rig):
        pass
    assert texts(await kept(rig)) == [f"第{number}条" for number in range(250)]
    assert len(commits) == 3


# What cannot be read

INNER: dict[str, Any] = {
    "message_id": 5, "date": 1, "chat": {"id": -100, "type": "supergroup", "title": "群"},
    "from": {"id": 7, "is_bot": False, "first_name": "王"}, "text": "好",
}  # fmt: skip
POISON: dict[str, dict[str, Any]] = {
    "nothing inside": {},
    "a word": {"message": "x"},
    "a list": {"message": [1, 2]},
    "an unknown kind": {"mystery": 5},
    "a chat that is a word": {"message": INNER | {"chat": "x"}},
    "a chat without a number": {"message": INNER | {"chat": {"type": "private"}}},
    "a chat with a number too large": {"message": INNER | {"chat": {"id": 2**70, "type": "group"}}},
    "a sender that is a word": {"message": INNER | {"from": "x"}},
    "a sender without a number": {"message": INNER | {"from": {"first_name": "王"}}},
    "entities that are none": {"message": INNER | {"entities": [7]}},
    "an entity at a word": {"message": INNER | {"entities": [{"type": "mention", "offset": "x", "length": 1}]}},
    "a reply to a word": {"message": INNER | {"reply_to_message": "x"}},
    "a text that is a number": {
        "message": INNER | {"text": 5, "entities": [{"type": "mention", "offset": 0, "length": 1}]}
    },
    "a press on nothing": {"callback_query": {"id": "1"}},
}


@pytest.mark.parametrize("what", POISON)
async def test_what_cannot_be_read_blocks_nothing(rig: Rig, what: str) -> None:
    chat = await reporter(rig)
    say(rig, chat, "先")
    rig.world.queue_raw(rig.account, POISON[what])
    say(rig, chat, "后")
    async with polling(rig):
        pass
    rows = await kept(rig)
    assert len(rows) == 3
    assert texts([rows[0], rows[-1]]) == ["先", "后"]


# What is kept of it


async def test_of_a_groups_other_messages_only_the_number_is_kept(rig: Rig) -> None:
    group, chat = await rig.group("家校群"), await reporter(rig)
    group.player.promote(group.group, rig.account, ["can_pin_messages"])  # as administrator it sees everything
    chat.player.join(group.group)
    rig.world.state.bots[rig.account.id].queue.clear()
    chat.player.send(group.group, "明天穿校服吗")
    chat.player.send(group.group, "/report 有人受伤")
    chat.player.send(group.group, "@tocsin_bot 有人受伤")
    async with polling(rig):
        pass
    payloads = [row.payload for row in await kept(rig)]
    assert payloads[0] is None
    assert [json.loads(payload or "{}")["message"]["text"] for payload in payloads[1:]] == [
        "/report 有人受伤",
        "@tocsin_bot 有人受伤",
    ]


async def button(rig: Rig, chat: Chat) -> Seen:
    keys = {"inline_keyboard": [[{"text": "启动", "callback_data": "b:1"}]]}
    await rig.bot_api.call("sendMessage", {"chat_id": chat.id, "text": "请决定", "reply_markup": keys})
    return chat.player.last(rig.account)


async def waited(rig: Rig) -> list[bool]:
    return ["_waited" in json.loads(row.payload or "{}") for row in await kept(rig) if row.kind == "callback_query"]


async def test_a_press_that_lay_at_telegram_is_marked_and_one_that_comes_now_is_not(rig: Rig) -> None:
    chat = await reporter(rig)
    shown = await button(rig, chat)
    chat.player.press(shown, "启动")
    say(rig, chat, "启动吧")
    async with polling(rig):
        chat.player.press(shown, "启动")
        await quiet(rig)
        assert await waited(rig) == [True, False]


async def test_a_press_after_an_outage_of_more_than_a_minute_is_marked(rig: Rig, skip: Skip) -> None:
    chat = await reporter(rig)
    shown = await button(rig, chat)
    async with polling(rig):
        await until(lambda: len(polls(rig)) == 2)  # the first one came back with nothing
        rig.fault("refused", method="getUpdates", times=2)
        say(rig, chat, "好")  # ends the poll that is under way
        await until(lambda: len(rig.logged("poll.failed")) == 1)
        await rig.clock.advance(timedelta(seconds=61))
        skip(2)
        await until(lambda: len(rig.logged("poll.failed")) == 2)
        chat.player.press(shown, "启动")
        skip(3)
        await quiet(rig)
        assert await waited(rig) == [True]
        chat.player.press(shown, "启动")
        await quiet(rig)
        assert await waited(rig) == [True, False]


# What goes wrong on the way

TROUBLE: dict[str, tuple[dict[str, Any], list[float]]] = {
    "another poller": ({"kind": "status", "status": 409}, [1, 2, 5]),
    "too many requests": ({"kind": "status", "status": 429, "retry_after": 7}, [7, 7, 7]),
    "a broken server": ({"kind": "status", "status": 502}, [1, 2, 5]),
    "an error page": ({"kind": "garbage", "status": 504}, [2, 4, 8]),
    "nobody there": ({"kind": "refused"}, [1, 2, 5]),
    "a connection that breaks": ({"kind": "reset"}, [2, 4, 8]),
    "an answer that got lost": ({"kind": "drop"}, [2, 4, 8]),
    "a token taken back": ({"kind": "status", "status": 401}, [60, 60, 60]),
}


def failed(rig: Rig, times: int) -> bool:
    return len(rig.logged("poll.failed")) == times


@pytest.mark.parametrize("what", TROUBLE)
async def test_trouble_on_the_way_is_waited_out(rig: Rig, skip: Skip, what: str) -> None:
    fault, waits = TROUBLE[what]
    say(rig, await reporter(rig), "有人受伤")
    rig.fault(method="getUpdates", times=len(waits), **fault)
    made = poller(rig)
    task = asyncio.create_task(made.run())
    for number, wait in enumerate(waits, 1):
        await until(partial(failed, rig, number))
        assert rig.logged("poll.failed")[-1]["wait"] == wait
        skip(wait - 0.5)
        await turns()
        assert len(polls(rig)) == number
        skip(0.5)
    await quiet(rig)
    made.stop()
    await task
    assert texts(await kept(rig)) == ["有人受伤"]


async def test_two_pollers_of_one_token_are_told_apart_in_the_log(rig: Rig) -> None:
    await reporter(rig)
    async with polling(rig):
        await until(lambda: len(polls(rig)) == 2)
        with_others = asyncio.create_task(rig.bot_api.call("getUpdates", {"timeout": 0}))
        await until(lambda: rig.logged("poll.failed"))
        await with_others
        assert [line["two_pollers"] for line in rig.logged("poll.failed")] == [True]


async def test_stopping_does_not_wait_for_the_poll_or_the_pause_under_way(rig: Rig) -> None:
    async with asyncio.timeout(3):
        async with polling(rig):
            await until(lambda: len(polls(rig)) >= 2)
        rig.fault("refused", method="getUpdates", times=-1)
        made = poller(rig)
        task = asyncio.create_task(made.run())
        await until(lambda: rig.logged("poll.failed"))
        made.stop()
        await task
