"""The name of a command, key or button, sent alone, is answered and opens nothing; so is 收到 where nothing waits."""

from __future__ import annotations

from itertools import chain

import pytest

from bot.texts.spoken import BUTTONS, COMMANDS
from handlers import register, results
from handlers.jotted import jotted
from plans.intake.answering import is_heard
from plans.intake.telling import tells_of_event
from plans.intake.with_plan import read_for
from tests.journeys.world import PLAN, Town, plans
from tests.plans.intake.saying import NOW


async def test_a_name_alone_opens_no_incident_and_says_what_to_press():
    async with Town.open(units=("区教育局",)) as town:
        liaison = town.liaisons["区教育局"]
        for who, said, answer in (
            (town.second, "我接班", "/shift"),
            (town.second, "日志。", "/log"),
            (town.second, "替班", "/swap"),
            (town.second, "在岗", "请点那条消息下的按钮"),
            (town.second, "记一笔", "请说这一条"),
            (liaison, "收到", "没有记下"),
            (liaison, "我来", "没有记下"),
        ):
            await town.say(who, town.bot, said)
            assert answer in town.texts(who)[-1], said
        await town.say(town.duty, town.bot, "记 市政府值班室张来电：16时前反馈落实情况")
        number = town.sees(town.duty, "日志1号").id
        await town.say(town.duty, town.bot, "我来", reply_to=number)
        assert "没有记下" in town.texts(town.duty)[-1]
        await town.say(town.duty, town.bot, "已电话反馈，全部落实", reply_to=number)
        assert "已回复：" in town.sees(town.duty, "已电话反馈，全部落实").text
        assert not await town.incidents()
        await town.say(liaison, town.bot, "！！！")
        assert len(await town.incidents()) == 1, "what may be a cry is a report"


def test_every_name_is_of_a_command_stands_once_and_tells_of_no_event():
    words = [*chain.from_iterable(COMMANDS.values()), *BUTTONS]
    assert len(set(words)) == len(words) and COMMANDS.keys() <= register.COMMANDS.keys()
    for plan in plans().values():
        told = [word for word in words if tells_of_event(read_for(plan, word, now=NOW))]
        assert not told, plan.id


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("记市政府值班室李来电，三点前报人数", "市政府值班室李来电，三点前报人数"),
        ("记 食堂送菜的来过", "食堂送菜的来过"),
        ("记者来电问昨天的事", ""),
        ("记得给教育局来电的人回话", ""),
        ("记不清几个人受伤", ""),
    ],
)
def test_an_entry_may_begin_without_a_blank_where_a_call_is_told(said: str, words: str):
    assert jotted(said) == words


@pytest.mark.parametrize(
    ("said", "only"),
    [
        ("好的收到，一定准时", True), ("知道了，准时参加", True), ("收到收到", True), ("收到，学校着火了", False),
        ("马上来人", False), ("好多人受伤", False), ("收到，门口有人晕倒", False), ("行凶", False),
    ],
)  # fmt: skip
def test_what_says_more_than_that_it_was_heard_is_a_report(said: str, only: bool):
    assert is_heard(said) is only


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ("已经排查完了，32辆车都合格", False),
        ("校车都检查过了", False),
        ("校车侧翻了", True),
        ("有2名学生受伤", True),
        ("食堂着火了", True),
    ],
)
def test_the_result_of_what_was_asked_about_school_buses_is_no_accident(said: str, event: bool):
    assert results._tells_of_event(plans()[PLAN], said, NOW, "区教育局排查校车，今天下班前报") is event
