"""Floods: everything is recorded, the answers are few, and nobody else waits."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.world import Town


async def test_reports_that_come_together_are_all_recorded_and_answered_in_few_lines(town: Town) -> None:
    group = await town.add_group("家长群", "school", town.admin, town.teacher)
    counted = town.count(town.teacher, group)
    for number in range(12):
        town.teacher.send(group, f"/report 第{number + 1}小学食堂着火")
    await town.settle()
    assert len(await town.incidents()) == 12
    said = [line.text for line in counted.new]
    assert len(said) <= 4, said
    assert "1号" in said[0] and "12号" in said[-1] and "件报告" in said[-1]
    assert all("着火" not in text for text in said)


async def test_a_report_that_stands_alone_has_its_own_line(town: Town) -> None:
    group = await town.add_group("家长群", "school", town.admin, town.teacher)
    for number in (1, 2):
        counted = town.count(town.teacher, group)
        await town.say(town.teacher, group, f"/report 第{number}小学食堂着火")
        await town.advance(seconds=5)
        assert [f"编号{number}号" in line.text for line in counted.new] == [True]


async def test_a_flood_in_one_group_keeps_no_other_waiting(town: Town) -> None:
    loud = await town.add_group("家长群", "school", town.admin, town.teacher)
    calm = await town.add_group("另一个群", "school", town.admin, town.stranger)
    counted = town.count(town.stranger, calm)
    for number in range(12):
        town.teacher.send(loud, f"/report 第{number + 1}小学食堂着火")
    town.stranger.send(calm, "/report 实验中学有人溺水")
    before = town.clock.now()
    while not counted.new and town.clock.now() < before + timedelta(seconds=20):
        await town.clock.advance(timedelta(seconds=1))
    assert counted.new and town.clock.now() - before <= timedelta(seconds=5)
    assert len(await town.incidents()) == 13


async def test_an_unknown_group_reads_one_polite_line_once(town: Town) -> None:
    group = town.world.add_group("不认识的群", owner=town.stranger, members=[town.bot, town.teacher])
    await town.settle()
    counted = town.count(town.stranger, group)
    for person in (town.stranger, town.teacher):
        for words in ("/report 着火了", "/status", "/phone 消防", "/report 快来"):
            await town.say(person, group, words)
    assert len(counted.new) <= 2, [line.text for line in counted.new]  # and the greeting when the bot came
    assert await town.incidents() == []


async def test_a_stranger_in_private_is_answered_each_time(town: Town) -> None:
    town.stranger.start(town.bot)
    await town.settle()
    counted = town.count(town.stranger)
    for _ in range(5):
        await town.say(town.stranger, town.bot, "着火了")
    assert len(counted.new) == 5 and "120" in counted.new[0].text
