"""Floods: everything is recorded, the answers are few, and nobody else waits."""

from __future__ import annotations

from datetime import timedelta

from bot.playground import Person
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


async def flooded(town: Town) -> Person:
    """A parent without a role reports six times within a second, and a headmaster once; return the parent."""
    parent = town.world.add_user("某家长")
    school = await town.add_group("另一家校群", "school", parent, town.head)
    for number in range(6):
        parent.send(school, f"/report@tocsin_bot 第{number}小学楼梯踩踏，{number + 1}名学生受伤")
    town.head.send(school, "/report@tocsin_bot 实验小学宿舍楼起火，2名学生受伤")
    await town.settle()
    return parent


async def states(town: Town) -> list[str]:
    return [row.state for row in await town.incidents()]


async def test_many_false_reports_of_one_person_are_rejected_with_two_taps_and_no_other_is(town: Town) -> None:
    await flooded(town)
    ring = town.sees(town.duty, "件新报告")
    assert "某家长报了5件" in ring.text and "赵校长" in ring.text.splitlines()[1]
    await town.press(town.duty, "这5件都不属实")
    assert "第5小学" in town.sees(town.duty, "都记为不属实").text and (await states(town)).count("rejected") == 0
    await town.press(town.duty, "确认5件不属实")
    assert (await states(town)).count("rejected") == 5
    real = [row for row in await town.incidents() if "实验小学" in row.text]
    assert [row.state for row in real] == ["reported"]


async def test_a_list_of_false_reports_of_which_one_has_changed_is_shown_anew_and_rejects_nothing(town: Town) -> None:
    await flooded(town)
    await town.press(town.duty, "这5件都不属实")
    changed = next(row for row in await town.incidents() if "第3小学" in row.text)
    await town.say(town.duty, town.bot, f"/update {changed.number} 死亡1人")  # so that he has taken it, too
    press = await town.press(town.duty, "确认5件不属实")
    assert "变化" in str(await press.answer()) and (await states(town)).count("rejected") == 0
    await town.press(town.duty, "确认4件不属实")
    assert (await states(town)).count("rejected") == 4
    assert (await town.incident(changed.number)).state == "reported"


async def test_what_the_reporter_says_and_sends_after_the_list_was_shown_is_read_before_it_is_rejected(
    town: Town,
) -> None:
    """「真的着火了」 changes no figure: all the same nobody calls it false who has not read it."""
    town.stranger.start(town.bot)
    for number in range(3):
        town.stranger.send(town.bot, f"第{number}小学着火了，{number + 1}人受伤")
    await town.settle()
    await town.press(town.duty, "这2件都不属实")
    receipt = town.sees(town.stranger, "已记录 3号")
    await town.say(town.stranger, town.bot, "真的着火了，快来", reply_to=receipt)
    assert "变化" in str(await (await town.press(town.duty, "确认2件不属实")).answer())
    town.stranger.send_photo(town.bot, reply_to=receipt)
    await town.settle()
    assert "变化" in str(await (await town.press(town.duty, "确认2件不属实")).answer())
    assert (await states(town)).count("rejected") == 0
    await town.press(town.duty, "确认2件不属实")
    assert (await states(town)).count("rejected") == 2


async def test_a_report_that_somebody_has_taken_is_on_no_list_of_false_ones(town: Town) -> None:
    await flooded(town)
    taken = next(row for row in await town.incidents() if "第5小学" in row.text)
    await town.press(town.duty, f"处理{taken.number}号")
    assert (await town.incident(taken.number)).handled_by
    await town.press(town.duty, "这5件都不属实")
    assert "这4件" in town.sees(town.duty, "都记为不属实").text
    await town.press(town.duty, "确认4件不属实")
    assert (await states(town)).count("rejected") == 4
    assert (await town.incident(taken.number)).state == "reported"


async def test_only_the_duty_room_rejects_many(town: Town) -> None:
    await flooded(town)
    await town.press(town.duty, "这5件都不属实")
    async with town.open_store.writing() as tx:
        known = await tx.people.by_telegram(town.duty.id)
        assert known is not None
        for holding in await tx.people.holdings(known.id):
            await tx.people.revoke(holding.id, town.clock.now())
    for label in ("这5件都不属实", "确认5件不属实"):
        assert "变化" not in str(await (await town.press(town.duty, label)).answer())
    assert (await states(town)).count("rejected") == 0
