"""Words and pictures that answer a duty settle it with one tap, and open no incident; what tells of an event does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.handlers.test_bodies import listed
from tests.handlers.test_duty import DECEMBER, book, opened
from tests.handlers.test_duty_enemies import SCHOOL
from tests.handlers.test_duty_office import AUTUMN, instances, switched_on
from tests.journeys.world import UNITS, Town

UNIT = "区教育局"
OFFERED, REPORT = "没有当作突发事件", "是突发事件，报告"

MONDAY = DECEMBER + timedelta(hours=11)
"""At 07:00, before the week's message: a night more would be seventy rounds of the program."""


async def reminded(town: Town) -> tuple[str, int]:
    """The week's message has come; return the book and the message's number."""
    stream = await opened(town)
    await town.advance(hours=2)
    return stream, town.sees(town.liaisons[UNIT], "本周职责").id


@pytest.mark.parametrize(
    "text",
    [
        "风险评估做完了，登记了三百处",
        "办好了",
        "消防演练搞完了，参加了三百人",
        "已完成，无人受伤",
        "火灾危险源都评估完了",
    ],
)
async def test_a_reply_in_words_settles_the_duty_with_one_tap_and_the_words(text: str):
    async with Town.open(at=MONDAY) as town:
        stream, number = await reminded(town)
        liaison = town.liaisons[UNIT]
        await town.say(liaison, town.bot, text, reply_to=number)
        offered = town.sees(liaison, OFFERED)
        assert text in offered.text and offered.labels()[-1] == REPORT
        assert await town.incidents() == []
        before = [item.key for item in (await book(town, stream)).waiting()]
        await town.press(liaison, "1 已办", words=OFFERED)
        done = [item for item in (await book(town, stream)).instances.values() if item.settled]
        assert [(item.said, item.text) for item in done] == [("done", text)]
        assert len([item.key for item in (await book(town, stream)).waiting()]) == len(before) - 1
        liaison.send_photo(town.bot, b"picture")
        await town.settle()
        [kept] = [item for item in (await book(town, stream)).instances.values() if item.settled]
        assert len(kept.evidence) == 1, "a picture that follows goes with it"
        assert await town.incidents() == []


@pytest.mark.parametrize("text", ["收到", "好的", "知道了", "下周再搞", "还没办，放假了"])
async def test_a_reply_that_promises_or_only_heard_settles_nothing_and_opens_nothing(text: str):
    async with Town.open(at=MONDAY) as town:
        stream, number = await reminded(town)
        liaison = town.liaisons[UNIT]
        before = [item.key for item in (await book(town, stream)).waiting()]
        await town.say(liaison, town.bot, text, reply_to=number)
        assert {"1 已办", "1 不适用", REPORT} <= set(town.sees(liaison, OFFERED).labels())
        assert await town.incidents() == []
        assert [item.key for item in (await book(town, stream)).waiting()] == before


async def test_a_picture_in_reply_is_handed_in_and_no_report_of_the_reminder():
    async with Town.open(at=MONDAY) as town:
        stream, number = await reminded(town)
        liaison = town.liaisons[UNIT]
        liaison.send_photo(town.bot, b"picture", reply_to=number)
        await town.settle()
        assert "材料1份" in town.sees(liaison, OFFERED).text and await town.incidents() == []
        await town.press(liaison, "1 已办", words=OFFERED)
        [done] = [item for item in (await book(town, stream)).instances.values() if item.settled]
        assert len(done.evidence) == 1 and done.said == "done"


@pytest.mark.parametrize(
    "text",
    ["食堂着火了，演练搞不了", "消防演练中一名学生晕倒，已送医", "有学生打架，已经处理完了", "学生食物中毒，检查完了",
     "三人受伤，培训完了才发现", "有个孩子没动静了，好几分钟了", "救命"],
)  # fmt: skip
@pytest.mark.parametrize("reply", [True, False], ids=["reply", "alone"])
async def test_what_tells_of_an_event_is_a_report_at_once(text: str, reply: bool):
    async with Town.open(at=MONDAY) as town:
        _, number = await reminded(town)
        liaison = town.liaisons[UNIT]
        await town.say(liaison, town.bot, text, **({"reply_to": number} if reply else {}))
        assert len(await town.incidents()) == 1 and not town.told(liaison, OFFERED)


async def test_it_is_a_report_after_all_with_one_tap_once():
    async with Town.open(at=MONDAY) as town:
        _, number = await reminded(town)
        liaison = town.liaisons[UNIT]
        await town.say(liaison, town.bot, "评估检查完了", reply_to=number)
        offered = town.sees(liaison, OFFERED)
        liaison.press(offered, REPORT)
        liaison.press(offered, REPORT)
        await town.settle()
        assert len(await town.incidents()) == 1
        assert (await town.incident()).text == "评估检查完了" and not town.sees(liaison, OFFERED).labels()


@pytest.mark.parametrize(
    ("text", "answers"),
    [("应急经费列入年度预算了，已上报", True), ("办好了", True), ("危险源评估完成", True),
     ("路灯修完了", False), ("收到", False), ("下周再搞", False)],
)  # fmt: skip
async def test_words_by_themselves_must_name_a_duty_or_nothing_else(text: str, answers: bool):
    async with Town.open(at=AUTUMN) as town:
        await listed(town, SCHOOL)
        await switched_on(town)
        town.teacher.start(town.bot)
        await town.settle()
        await town.grant(town.teacher, "head", "凤鸣小学")
        await town.say(town.teacher, town.bot, text)
        assert bool(town.told(town.teacher, OFFERED)) == answers
        opens = not answers and text != "收到"  # where nothing waits for it, it is answered and opens nothing
        assert bool(await town.incidents()) == opens
        if not answers:
            return
        await town.press(town.teacher, "1 已办", words=OFFERED)
        done = [row for row in await instances(town) if row.bearer == "凤鸣小学" and row.said == "done"]
        assert len(done) == 1
        if text != "办好了":  # said twice, it is no incident either
            await town.say(town.teacher, town.bot, text)
            assert town.told(town.teacher, "没有等待办理的这一项") and await town.incidents() == []


async def test_who_has_reported_goes_on_about_that():
    async with Town.open(at=MONDAY) as town:
        await reminded(town)
        liaison = town.liaisons[UNIT]
        await town.say(liaison, town.bot, "实验小学宿舍楼楼梯发生踩踏，4名学生受伤")
        await town.say(liaison, town.bot, "评估完了")
        assert not town.told(liaison, OFFERED) and len(await town.incidents()) == 1


async def test_another_units_words_settle_nothing_here():
    async with Town.open(at=MONDAY) as town:
        stream, number = await reminded(town)
        before = [item.key for item in (await book(town, stream)).waiting()]
        other = town.liaisons[UNITS[1]]
        await town.say(other, town.bot, "风险评估做完了")
        assert not town.told(other, OFFERED)
        assert [item.key for item in (await book(town, stream)).waiting()] == before and number
