"""``/phone`` and the key ☎: which numbers are shown to whom, and that a report is never taken for a query."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.journeys.world import STAMPEDE

DUTY_LINE = "0356-2250777"


async def test_an_office_is_found_to_read_and_to_tap(town):
    await town.say(town.duty, town.bot, "/phone wjj")
    text = town.texts(town.duty)[-1]
    assert text.startswith("“wjj”：\n区卫生健康和体育局（值班）\n　0356-2039411　+863562039411")
    assert "《晋城市城区校园安全事故应急预案》（2025年）" in text


async def test_the_command_group_is_answered_where_it_asks(town):
    await town.say(town.duty, town.group, "/phone 消防")
    town.sees(town.duty, "0356-3086119　+863563086119", town.group)


@pytest.mark.parametrize("kind", ["school", "members"])
async def test_where_others_read_along_only_the_duty_line_is_shown(town, kind):
    group = await town.add_group("三班家长群", kind, town.admin, town.teacher, town.duty)
    for person in (town.teacher, town.duty):
        await town.say(person, group, "/phone 消防")
        text = town.texts(person, group)[-1]
        assert DUTY_LINE in text and "+863562250777" in text and "消防" not in text and "3086119" not in text


async def test_a_stranger_is_shown_no_number(town):
    town.stranger.start(town.bot)
    await town.settle()
    for words in ("/phone 消防", "☎ 查电话"):
        await town.say(town.stranger, town.bot, words)
        text = town.texts(town.stranger)[-1]
        assert "/join" in text and "0356" not in text


async def test_an_unbound_group_is_shown_no_number(town):
    group = town.world.add_group("别处", owner=town.admin, members=[town.bot])
    await town.say(town.admin, group, "/phone 消防")
    assert "还没有绑定预案" in town.texts(town.admin, group)[-1]


async def test_what_is_not_found_is_said_with_an_example(town):
    await town.say(town.duty, town.bot, "/phone 火星")
    assert "没有找到“火星”" in town.texts(town.duty)[-1]


async def test_without_a_word_the_units_of_the_running_incident_are_shown(town):
    await town.say(town.duty, town.bot, "/phone")
    assert "请直接发要查的单位" in town.texts(town.duty)[-1]
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.director, town.group, "/declare Ⅲ 需要支援")
    await town.press(town.director, "确认宣布")
    await town.say(town.duty, town.bot, "/phone")
    town.sees(town.duty, "1号已叫应的单位：")
    await town.say(town.head, town.bot, "/phone")
    assert "1号已叫应" not in town.texts(town.head)[-1], "a reporter is not told who is called"


async def test_the_key_asks_and_the_next_words_answer(town):
    await town.say(town.duty, town.bot, "☎ 查电话")
    assert "请直接发要查的单位" in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "教育局")
    assert DUTY_LINE in town.texts(town.duty)[-1]
    assert await town.incidents() == []


@pytest.mark.parametrize("words", ["学校着火了", "食堂着火", "消防通道堵了有人受伤", "实验小学踩踏3人受伤", STAMPEDE])
async def test_a_report_after_the_key_stays_a_report(town, words):
    await town.say(town.duty, town.bot, "☎ 查电话")
    await town.say(town.duty, town.bot, words)
    assert len(await town.incidents()) == 1


async def test_long_after_the_key_words_are_a_report_again(town):
    await town.say(town.duty, town.bot, "☎ 查电话")
    await town.clock.advance(timedelta(minutes=11))
    await town.say(town.duty, town.bot, "教育局")
    assert len(await town.incidents()) == 1
