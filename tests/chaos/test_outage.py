"""Telegram, or what lies before it, is away for minutes: what matters arrives, says that it is late, once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from bot.playground import Fault
from bot.texts.delivery import SENT_LATE_MARK
from tests.chaos.inspector import inspect, look
from tests.chaos.story import CALLED
from tests.journeys.world import STAMPEDE, Forgiven, Town
from tests.thorough import THOROUGH

AWAY: dict[str, dict[str, Any]] = {
    "a page of HTML, 502": {"kind": "garbage", "status": 502},
    "a page of HTML, 503": {"kind": "garbage", "status": 503},
    "a page of HTML, 403": {"kind": "garbage", "status": 403},  # of a proxy: nobody has blocked the bot
    "closed": {"kind": "reset"},
    "closed after it took effect": {"kind": "drop"},
    "refused": {"kind": "refused"},
    "half an answer": {"kind": "half"},
    "no answer in time": {"kind": "timeout"},
}
CASES = [(kind, minutes, base) for kind in AWAY for minutes in (1, 10) for base in ("file_url", "postgres_town_url")]
LONG = ("a page of HTML, 502", "closed after it took effect", "no answer in time")
ALWAYS = [(kind, 10 if kind in LONG else 1, "file_url") for kind in AWAY] + [(LONG[0], 1, "postgres_town_url")]
"""Of the matrix each kind of outage, each length, and each database; ``make chaos`` takes all of it."""


async def declared_into(town: Town) -> None:
    """Everything up to the moment at which the director has only to confirm."""
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")


async def troubles(town: Town) -> list[str]:
    """Return what /readyz says of the way to Telegram."""
    assert town.program is not None
    return [line for line in await town.program.runtime.health.troubles() if line.startswith("telegram")]


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """The database that a case names, migrated."""
    return str(request.getfixturevalue(request.param))


@pytest.mark.parametrize(("what", "minutes", "url"), CASES if THOROUGH else ALWAYS, indirect=["url"])
async def test_an_outage_of_minutes_loses_nothing_and_what_is_late_says_so(url: str, what: str, minutes: int) -> None:
    async with Town.open(url) as town:
        town.forgiven = Forgiven(
            logs=("poll.failed", "telegram.back"), calls=("query is too old", "message is not modified")
        )
        first = town.bot.account.next_update
        await declared_into(town)
        assert await troubles(town) == []
        before, gone = len(town.world.calls), town.clock.now()
        town.world.faults.add(Fault(**AWAY[what], times=-1))
        town.director.press(town.button(town.director, "确认宣布"), "确认宣布")
        await town.clock.advance(timedelta(seconds=40))
        told = await troubles(town)
        assert len(told) == 1 and "nothing gets through" in told[0]
        # What is settled meanwhile is not told afterwards.
        town.duty.send(town.bot, "/file 首报 电话")
        await town.clock.advance(timedelta(minutes=minutes, seconds=-40))
        assert len((await look(town.open_store)).outbox) > 12
        tried = Counter(call.method for call in town.world.calls[before:] if call.method != "getUpdates")
        assert tried["getMe"] <= 13 * minutes + 6
        # What was in the air when it began, and what answers presses; nothing is tried in vain forty times.
        assert sum(tried.values()) - tried["getMe"] <= 2 * len(CALLED) + 12, tried
        town.world.faults.clear()
        await town.clock.advance(timedelta(seconds=15))
        assert await troubles(town) == []
        await town.advance(minutes=3)

        left = await look(town.open_store)
        assert await inspect(town.open_store, town.world, first_update=first) == []
        assert {row.state for row in left.outbox} <= {"sent", "dropped"}
        async with town.open_store.reading() as rx:
            assert await rx.outbox.dead_count() == 0
        # The announcement, the calls, the list of whom to ring, and a word that all of this was late.
        assert town.told(town.duty, "【Ⅲ级响应】", town.group)
        for unit in CALLED:
            assert [line for line in town.told(town.liaisons[unit], "【Ⅲ级响应】") if SENT_LATE_MARK in line.text], unit
        assert any("打电话" in text or "电话" in text for text in town.texts(town.duty))
        assert len(town.told(town.duty, "【网络恢复】")) == 1
        late = [
            row for row in left.outbox
            if row.ring and row.state == "sent" and row.method == "sendMessage" and row.finished_at
            and row.finished_at - row.created_at >= timedelta(seconds=30) and row.created_at >= gone
        ]  # fmt: skip
        assert len(late) >= len(CALLED)
        assert all(SENT_LATE_MARK in row.payload["text"] for row in late)
        assert all(row.ambiguous <= 1 for row in left.outbox)


@pytest.mark.parametrize("what", ["a page of HTML, 502", "closed", "refused", "no answer in time"])
async def test_messages_that_do_not_get_through_though_telegram_is_there_wait_as_well(what: str) -> None:
    async with Town.open() as town:
        town.forgiven = Forgiven(logs=("telegram.back",), calls=("query is too old", "message is not modified"))
        first = town.bot.account.next_update
        await declared_into(town)
        before = len(town.world.calls)
        town.world.faults.add(Fault(**AWAY[what], method="sendMessage", times=-1))
        town.director.press(town.button(town.director, "确认宣布"), "确认宣布")
        await town.clock.advance(timedelta(minutes=10))
        assert len(await troubles(town)) == 1
        tried = [call for call in town.world.calls[before:] if call.method == "sendMessage"]
        copies = Counter((call.chat, call.params["text"][-20:]) for call in tried)
        town.world.faults.clear()
        await town.clock.advance(timedelta(minutes=2))
        await town.advance(minutes=3)
        assert await inspect(town.open_store, town.world, first_update=first) == []
        assert {row.state for row in (await look(town.open_store)).outbox} <= {"sent", "dropped"}
        for unit in CALLED:
            assert town.told(town.liaisons[unit], "【Ⅲ级响应】"), unit
        if what == "no answer in time":  # each try may be a copy: hardly any are made
            assert max(copies.values()) <= 6, copies
