"""Telegram and the network at their worst, through the whole program: every message arrives or somebody is told."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.playground import Fault
from tests.chaos.inspector import inspect, look
from tests.chaos.story import FORGIVEN, NIGHT, held_back, live
from tests.chaos.test_deaths import is_the_same_night
from tests.factories import POLICE
from tests.journeys.world import STAMPEDE, Forgiven, Town

PLAIN: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 500}, {"kind": "status", "status": 502}, {"kind": "status", "status": 504},
    {"kind": "status", "status": 429, "retry_after": 3}, {"kind": "status", "status": 429, "retry_after": 40},
    {"kind": "refused"}, {"kind": "delay", "seconds": 0.02},
)  # fmt: skip
DOUBTFUL: tuple[dict[str, Any], ...] = ({"kind": "reset"}, {"kind": "drop"}, {"kind": "garbage", "status": 502})
"""After these nobody knows whether it arrived."""
FORGIVEN_WEATHER = Forgiven(
    calls=(*FORGIVEN.calls, "Internal Server Error", "Bad Gateway", "Gateway Timeout", "Forbidden", "fault"),
    dead=FORGIVEN.dead, logs=("",),
)  # fmt: skip


def weather(chance: random.Random) -> list[Fault]:
    """Return faults that come one after the other, with calm in between; of one message once in doubt.

    The second time it would be given up, and the seat told: see tests/bot/sender/test_sending_faults.py.
    """
    kinds = [*chance.sample(PLAIN, 2), chance.choice(DOUBTFUL)]
    chance.shuffle(kinds)
    return [Fault(**kind, skip=chance.randint(0, 4), method=chance.choice((None, "sendMessage"))) for kind in kinds]


async def test_in_any_weather_the_night_is_the_same_and_copies_are_no_more_than_doubts(chance: random.Random) -> None:
    async with Town.open() as town:
        town.forgiven = FORGIVEN_WEATHER
        first = town.bot.account.next_update
        for step in NIGHT:
            town.world.faults.clear()
            for fault in weather(chance):
                town.world.faults.add(fault)
            await live(town, (step,), tries=12)
            await held_back(town)
        town.world.faults.clear()
        await town.advance(minutes=2)
        await is_the_same_night(town)
        assert await inspect(town.open_store, town.world, first_update=first) == []
        left = await look(town.open_store)
        assert all(row.state in ("sent", "dropped") for row in left.outbox)


async def declared(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")


@pytest.mark.parametrize(
    ("description", "status"),
    [("Bad Request: CHAT_RESTRICTED", 400), ("Forbidden: bot was blocked by the user", 403)],
)
async def test_a_call_that_telegram_refuses_is_a_dead_letter_and_the_duty_officer_is_told_whom_to_ring(
    town: Town, description: str, status: int
) -> None:
    town.forgiven = Forgiven(
        calls=(description,), dead=("Chat_restricted", "blocked by the user"), logs=("message.dead",)
    )
    police = town.liaisons[POLICE]
    town.world.faults.add(
        Fault(kind="status", status=status, description=description, chat=police.id, method="sendMessage", times=-1)
    )
    await declared(town)
    async with town.open_store.reading() as rx:
        dead = await rx.outbox.dead_letters()
    assert dead and all(row.call is not None and POLICE in row.call for row in dead if row.ring)
    assert POLICE in town.sees(town.duty, "打电话").text
    assert not town.told(police, "【Ⅲ级响应】")


async def test_too_many_requests_everywhere_hold_everything_and_then_the_urgent_goes_first(file_url: str) -> None:
    async with Town.open(file_url) as town:
        town.forgiven = Forgiven(calls=("Too Many Requests",))
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        await town.press(town.director, "启动Ⅲ级")
        for _ in range(60):  # nobody gets through: whatever is tried is told to wait
            town.world.faults.add(Fault(kind="status", status=429, retry_after=20, method="sendMessage"))
        town.director.press(town.button(town.director, "确认宣布"), "确认宣布")
        await town.clock.advance(timedelta(seconds=5))
        started = len(town.world.calls)
        await town.restart(timedelta(seconds=5))  # a restart forgets neither the wait nor the messages
        town.world.faults.clear()
        await town.clock.advance(timedelta(seconds=5))
        again = [call for call in town.world.calls[started:] if call.method.startswith("send")]
        assert not again, "retry_after was not obeyed over the restart"
        await town.advance(minutes=2)
        sent = [call for call in town.world.calls[started:] if call.status == 200 and call.method.startswith("send")]
        async with town.open_store.reading() as rx:
            by_message = {(row.place_id, row.message_id): row for item in await rx.incidents.list()
                          for row in await rx.outbox.of(item.stream)}  # fmt: skip
            places = {call.chat: await rx.places.by_chat(int(call.chat or 0)) for call in sent}
        priorities: dict[datetime, list[int]] = {}
        for call in sent:
            place = places[call.chat]
            row = by_message.get((place.id if place else "", call.result["message_id"]))
            if row is not None and row.created_at <= sent[0].at:
                priorities.setdefault(call.at, []).append(row.priority)
        # A second message to one chat waits its second, however urgent it is.
        assert sum(map(len, priorities.values())) >= 5 and next(iter(priorities.values()))[:6] == [1] * 6
        assert all(found == sorted(found) for found in priorities.values()), priorities
        assert len(town.told(town.duty, "【Ⅲ级响应】", town.group)) == 1
