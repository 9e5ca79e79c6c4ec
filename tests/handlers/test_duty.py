"""The duties of a school in the real chat: one message on Monday, one tap each, the daily one from the same message."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.cases import records
from bot.clock import SHANGHAI
from bot.service import Requester
from bot.service.opening import NewCase, Numbered
from plans.core.command import Command
from plans.duty.book import OpenBook
from plans.duty.state import DutyBook
from tests.journeys.world import JURISDICTION, PLAN, UNITS, Town

UNIT = "区教育局"


async def opened(town: Town) -> str:
    """Open the book of a unit, as the round of the program does."""

    def opening(given: Numbered) -> Command:
        return OpenBook(
            plan=given.plan.id, plan_version=given.plan.version, plan_hash=given.plan_hash, number=given.number,
            jurisdiction=JURISDICTION, year=given.year, bearer_kind="unit", bearer=UNIT, title=UNIT,
        )  # fmt: skip

    new = NewCase(kind="duty", plan_id=PLAN, jurisdiction=JURISDICTION, command=opening)
    assert town.program is not None
    result = await town.program.service.execute([new], cause="test:book", requester=Requester())
    assert result.refusal is None
    await town.settle()
    return result.streams[0]


async def book(town: Town, stream: str) -> DutyBook:
    async with town.open_store.reading() as rx:
        case = await records.load_case(rx, stream)
    assert isinstance(case, DutyBook)
    return case


DECEMBER = datetime(2026, 12, 27, 20, 0, tzinfo=SHANGHAI)
"""The Sunday before the week in which the year's risk assessment is due."""


async def test_one_message_on_monday_with_a_tap_for_each():
    async with Town.open(at=DECEMBER) as town:
        stream = await opened(town)
        liaison = town.liaisons[UNIT]
        assert not town.told(liaison, "本周职责"), "nothing at night"
        await town.advance(hours=13)
        digest = town.sees(liaison, "本周职责")
        before = [item.key for item in (await book(town, stream)).waiting()]
        await town.press(liaison, "1 已办", words="本周职责")
        needs = town.sees(liaison, "发给我")
        assert needs.labels() == ["没有材料，记已办"]
        await town.press(liaison, "没有材料，记已办", words="发给我")
        after = [item.key for item in (await book(town, stream)).waiting()]
        assert len(after) == len(before) - 1
        assert len([text for text in town.texts(liaison) if "本周职责" in text]) == 1
        again = liaison.press(digest, "1 已办")
        await town.settle()
        assert "已经" in (again.text or "")
        assert "已经记为已办" in town.sees(liaison, "点错了可以撤回").text
        await town.press(liaison, "撤回", words="点错了可以撤回")
        assert [item.key for item in (await book(town, stream)).waiting()] == before
        await town.press(liaison, "1 不适用", words="本周职责")
        await town.press(liaison, "本单位没有这项", words="为什么不适用")
        await town.press(liaison, "1 不适用", words="本周职责")
        assert "已经记为不适用" in town.sees(liaison, "点错了可以撤回").text


async def test_what_is_to_be_done_is_shown_with_what_stands(town):
    await opened(town)
    await town.say(town.liaisons[UNIT], town.bot, "/duties")
    town.sees(town.liaisons[UNIT], f"职责 {UNIT}")
    await town.say(town.head, town.bot, "/duties")
    assert "没有登记过" in town.texts(town.head)[-1]


async def test_nobody_ticks_for_another(town):
    stream = await opened(town)
    await town.say(town.liaisons[UNIT], town.bot, "/duties")
    waiting = [item.key for item in (await book(town, stream)).waiting()]
    await town.say(town.liaisons[UNITS[1]], town.bot, "/duties")
    assert "没有登记过" in town.texts(town.liaisons[UNITS[1]])[-1]
    assert [item.key for item in (await book(town, stream)).waiting()] == waiting


async def asked_for(town: Town, stream: str) -> str:
    """Press the first 「已办」 of the page, for which something is to be handed in; return what it is about."""
    liaison = town.liaisons[UNIT]
    await town.say(liaison, town.bot, "/duties")
    await town.press(liaison, "1 已办", words=f"职责 {UNIT}")
    town.sees(liaison, "发给我")
    now = town.clock.now()
    return next(item.key for item in (await book(town, stream)).waiting() if item.begins <= now)


async def test_a_picture_that_was_asked_for_settles_the_duty_and_is_kept(town):
    stream = await opened(town)
    key, liaison = await asked_for(town, stream), town.liaisons[UNIT]
    liaison.send_photo(town.bot, b"picture", caption="检查现场")
    await town.settle()
    town.sees(liaison, "共有材料1份")
    found = await book(town, stream)
    instance = found.of(key)
    assert instance is not None and instance.said == "done" and instance.text == "检查现场"
    [evidence] = instance.evidence
    kind, _, reference = evidence.partition(":")
    assert kind == "photo" and found.files[reference], "fetched, and kept under its digest"
    assert await town.incidents() == []
    liaison.send_document(town.bot, b"paper", "记录.pdf")
    await town.settle()
    instance = (await book(town, stream)).of(key)
    assert instance is not None and len(instance.evidence) == 2, "further files go with it for a while"


@pytest.mark.parametrize("words", ["实验小学着火了，有学生被困", "楼梯踩踏，4名学生受伤"])
async def test_whatever_was_asked_for_an_event_is_a_report(town, words):
    stream = await opened(town)
    key, liaison = await asked_for(town, stream), town.liaisons[UNIT]
    liaison.send_photo(town.bot, b"fire", caption=words)
    await town.settle()
    assert len(await town.incidents()) == 1
    instance = (await book(town, stream)).of(key)
    assert instance is not None and not instance.settled


async def test_later_or_unasked_a_picture_is_what_it_is_today(town):
    stream = await opened(town)
    key, liaison = await asked_for(town, stream), town.liaisons[UNIT]
    await town.advance(minutes=11)
    liaison.send_photo(town.bot, b"picture", caption="教学楼外墙脱落")
    await town.settle()
    assert len(await town.incidents()) == 1
    instance = (await book(town, stream)).of(key)
    assert instance is not None and not instance.settled
