"""Who has answered a warning is not called again: neither by what waits for Telegram nor by his other channels."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.playground import Fault, Person
from storage.outbox import OutboxRow
from tests.handlers.test_bodies import listed
from tests.handlers.test_warning import RAIN, warnings
from tests.journeys.world import JURISDICTION, Forgiven, Town

SCHOOL = "凤鸣小学"
WAYS = ("button", "words", "telephone")
CALLED = "发布：暴雨红色预警"
AGAIN = "还没有收到您的应答"


@pytest.fixture
async def school(town: Town) -> AsyncIterator[Town]:
    """One school is called, for which the teacher answers."""
    await listed(town, ("1", SCHOOL, "", "小学", "城关镇", "", "0356-2250781"))
    async with town.open_store.reading() as rx:
        [row] = await rx.bodies.all(JURISDICTION)
    town.teacher.start(town.bot)
    await town.settle()
    await town.grant(town.teacher, "head", row.id)
    town.forgiven = Forgiven(calls=("Too Many Requests",))
    yield town


def telegram_refuses(town: Town) -> None:
    """Nothing comes to the teacher for an hour."""
    town.world.faults.add(
        Fault(kind="status", status=429, retry_after=3600, chat=town.teacher.id, method="sendMessage")
    )


async def issued(town: Town) -> None:
    await town.say(town.duty, town.bot, RAIN)
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")


async def states(town: Town, notice: str) -> list[str]:
    [case] = await warnings(town)
    async with town.open_store.reading() as rx:
        found: list[OutboxRow] = await rx.outbox.of(case.stream)
    return [row.state for row in found if row.notice == notice]


async def press(town: Town, person: Person, label: str, words: str) -> None:
    """Press while something waits that does not get out."""
    person.press(town.button(person, label, words=words), label)
    await town.clock.advance(timedelta(seconds=5))


async def answers(town: Town, way: str) -> None:
    if way == "button":
        await press(town, town.teacher, "收到", CALLED)
    elif way == "words":
        town.teacher.send(town.bot, "收到", reply_to=town.sees(town.teacher, CALLED))
        await town.clock.advance(timedelta(seconds=5))
    else:
        await press(town, town.duty, "看名单、记结果", "请打电话")
        await press(town, town.duty, f"通：{SCHOOL}", "请打电话")
    [case] = await warnings(town)
    assert not any(case.silent())


@pytest.mark.parametrize("way", WAYS)
async def test_what_waits_to_call_again_is_dropped_once_it_is_answered(school: Town, way: str):
    town = school
    await issued(town)
    telegram_refuses(town)
    await town.clock.advance(timedelta(minutes=11))
    assert await states(town, "warning_call_again") == ["pending"]
    await answers(town, way)
    assert await states(town, "warning_call_again") == ["dropped"]
    await town.clock.advance(timedelta(hours=2))
    assert not town.told(town.teacher, AGAIN)


async def test_the_first_call_that_waits_still_comes_with_its_measures(school: Town):
    """Who answered on the telephone has neither the words nor the list of measures yet."""
    town = school
    telegram_refuses(town)
    await town.say(town.duty, town.bot, RAIN)
    await town.press(town.duty, "预览", words="待处理")
    await press(town, town.duty, "确认转发", "请确认")
    await town.clock.advance(timedelta(minutes=11))
    await answers(town, "telephone")
    assert not town.told(town.teacher, CALLED)
    await town.clock.advance(timedelta(hours=1))
    assert town.sees(town.teacher, CALLED).labels()
    assert not town.told(town.teacher, AGAIN)


async def test_what_was_sent_again_keeps_its_buttons_for_the_measures(school: Town):
    await issued(school)
    await school.advance(minutes=5)
    await school.press(school.teacher, "收到", words=AGAIN)
    assert "1 办完" in school.sees(school.teacher, "请落实").labels()
