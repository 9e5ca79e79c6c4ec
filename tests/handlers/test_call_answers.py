"""Words that answer an incident's call are the unit's answer, in private and in the group; other events are reports."""

from __future__ import annotations

import pytest

from tests.handlers.test_warning import RAIN
from tests.journeys.test_clocks import HEALTH, POLICE, reported
from tests.journeys.world import Town

UNITS = (HEALTH, POLICE, "区应急管理局")

ANSWERS = [
    ("收到", "收到"),
    ("收到，马上出发", "收到"),
    ("好的，知道了", "收到"),
    ("我们马上到", "收到"),
    ("已出发", "已出发"),
    ("我们已经在路上了", "已出发"),
    ("正在赶来，堵车", "已出发"),
    ("已到场", "已到场"),
    ("我队已到达现场", "已到场"),
    ("到了", "已到场"),
    ("来不了，车坏了", "来不了"),
    ("派不出人", "来不了"),
]


async def called(town: Town) -> int:
    """A response runs and the police are called; return the number of their message."""
    await reported(town)
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")
    return _newest(town)


def _newest(town: Town) -> int:
    return [line for line in town.liaisons[POLICE].timeline(town.bot) if line.from_bot and "收到" in line.labels()][
        -1
    ].id


async def status(town: Town) -> str:
    calls = (await town.incident()).calls
    return next(call.status for unit, call in calls.items() if "公安" in unit)


@pytest.mark.parametrize("reply", [False, True], ids=["by itself", "in reply"])
@pytest.mark.parametrize(("text", "answer"), ANSWERS)
async def test_words_in_private_are_the_units_answer(text: str, answer: str, reply: bool):
    async with Town.open(units=UNITS) as town:
        number = await called(town)
        how = {"reply_to": number} if reply else {}
        await town.say(town.liaisons[POLICE], town.bot, text, **how)
        assert await status(town) == answer
        assert len(await town.incidents()) == 1
        assert f"已记录“{answer}”" in town.texts(town.liaisons[POLICE])[-1]


async def test_figures_beside_an_answer_are_news_of_the_incident():
    async with Town.open(units=UNITS) as town:
        await called(town)
        await town.say(town.liaisons[POLICE], town.bot, "已到场，现场有3名学生受伤")
        assert await status(town) == "已到场" and len(await town.incidents()) == 1
        incident = await town.incident()
        assert "injuries" in incident.claims or any(item.fact == "injuries" for item in incident.unsure.values())


@pytest.mark.parametrize(
    "text",
    [
        "收到，另外南街小学食堂着火了",
        "来不了，我们这边氯气泄漏，2人中毒",
        "派出所门口发生车祸，3人受伤",
        "马上到暑假了，水库有人溺水",
    ],
)
async def test_what_tells_of_another_event_is_a_report(text: str):
    async with Town.open(units=UNITS) as town:
        await called(town)
        await town.say(town.liaisons[POLICE], town.bot, text)
        assert await status(town) == "called"
        assert len(await town.incidents()) == 2


async def test_who_is_not_called_answers_nothing():
    async with Town.open(units=UNITS) as town:
        await called(town)
        await town.say(town.head, town.bot, "收到")
        assert await status(town) == "called"


async def test_a_warning_and_a_call_that_both_wait_are_not_guessed_between():
    async with Town.open(units=UNITS) as town:
        number = await called(town)
        await town.say(town.duty, town.bot, f"/warn {RAIN}")
        await town.press(town.duty, "预览", words="待处理")
        await town.press(town.duty, "确认转发")
        before = len(await town.incidents())
        await town.say(town.liaisons[POLICE], town.bot, "收到")
        assert "不知道您答复的是哪一件" in town.texts(town.liaisons[POLICE])[-1]
        assert await status(town) == "called" and len(await town.incidents()) == before
        await town.say(town.liaisons[POLICE], town.bot, "收到", reply_to=number)
        assert await status(town) == "收到"


async def test_a_reply_in_the_group_in_words_is_the_units_answer():
    async with Town.open(units=UNITS) as town:
        await called(town)
        announced = town.sees(town.liaisons[POLICE], "【Ⅲ级响应】1号", town.group)
        await town.say(town.liaisons[POLICE], town.group, "收到，我们已经出发", reply_to=announced.id)
        assert await status(town) == "收到"
