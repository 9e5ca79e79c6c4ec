"""``/todo`` beside incidents: what is open at the desk for who has the duty, what a unit was told and has not done."""

from __future__ import annotations

from bot.playground import Person
from tests.journeys.world import Town

UNIT = "区教育局"


async def todo(town: Town, person: Person) -> str:
    await town.say(person, town.bot, "/todo")
    return person.timeline(town.bot)[-1].text


async def test_the_desk_reads_all_of_it_and_a_unit_its_own_until_it_is_done(town: Town) -> None:
    liaison = town.liaisons[UNIT]
    assert await todo(town, town.duty) == "没有待办。"
    await town.say(town.duty, town.bot, "记 市政府值班室张来电，16时前反馈落实情况")
    await town.say(town.duty, town.bot, "/instruct 王副区长 全区排查，三天内报结果")
    await town.press(town.duty, UNIT, words="指令1号")
    await town.press(town.duty, "预览", words="指令1号")
    await town.press(town.duty, "发出", words="请确认")
    said = await todo(town, town.duty)
    assert "待办（2项）" in said and "16:00前" in said and "办结0/1" in said
    assert "指令1号" in await todo(town, liaison) and "还没有回执" in await todo(town, liaison)
    for other in (town.director, town.head, *(one for unit, one in town.liaisons.items() if unit != UNIT)):
        assert "指令" not in await todo(town, other) and "日志" not in await todo(town, other)
    await town.press(liaison, "收到", words="指令1号")
    assert "还没有回执" not in await todo(town, liaison)
    await town.press(liaison, "办结", words="指令1号")
    await town.say(liaison, town.bot, "已排查42所")
    assert await todo(town, liaison) == "没有待办。"
    await town.press(town.duty, "已回复", words="日志1号")
    assert await todo(town, town.duty) == "没有待办。"
