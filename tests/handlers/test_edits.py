"""An edited message changes nothing by itself: the duty seat sees both wordings, and adopts the new one or does not."""

from __future__ import annotations

from plans.values import Interval
from tests.journeys.world import STAMPEDE, Town


def injured(incident):
    return incident.claims["injuries"][-1].value


async def test_an_edit_is_shown_to_the_seat_and_adopted_with_one_tap(town: Town):
    said = await town.say(town.head, town.bot, STAMPEDE)
    town.head.edit(said, STAMPEDE.replace("4名", "6名"))
    await town.settle()
    town.sees(town.head, "看到您改了消息")
    shown = town.sees(town.duty, "改了一条已记录的消息").text
    assert "4名学生受伤" in shown and "6名学生受伤" in shown and "读出的变化：受伤6人" in shown
    assert injured(await town.incident()) == Interval(4, 4)
    await town.press(town.duty, "采用")
    incident = await town.incident()
    assert injured(incident) == Interval(6, 6)
    assert incident.claims["injuries"][-1].confirmed
    assert incident.edits == {}
    assert town.sees(town.duty, "改了一条已记录的消息").labels() == []


async def test_a_second_edit_takes_the_place_of_the_first_and_may_be_left(town: Town):
    said = await town.say(town.head, town.bot, STAMPEDE)
    town.head.edit(said, STAMPEDE.replace("4名", "6名"))
    await town.settle()
    first = town.button(town.duty, "采用")
    town.head.edit(said, STAMPEDE.replace("4名", "5名"))
    await town.settle()
    assert [line.labels() for line in town.told(town.duty, "改了一条已记录的消息")] == [[], ["采用", "不采用"]]
    assert town.duty.again(first).labels() == []
    await town.press(town.duty, "不采用")
    assert injured(await town.incident()) == Interval(4, 4)
    assert (await town.incident()).edits == {}


async def test_where_nothing_is_read_otherwise_there_is_nothing_to_adopt(town: Town):
    await town.say(town.head, town.bot, STAMPEDE)
    said = await town.say(town.head, town.bot, "现在受伤6人")
    town.head.edit(said, "现在受伤6人，情况稳定")
    await town.settle()
    shown = town.sees(town.duty, "改了一条已记录的消息")
    assert "没有读出" in shown.text
    assert shown.labels() == ["不采用"]


async def test_an_edited_update_in_the_group_is_not_carried_out_again(town: Town):
    await town.say(town.head, town.bot, STAMPEDE)
    said = await town.say(town.director, town.group, "/update@tocsin_bot 受伤5人")
    town.director.edit(said, "/update@tocsin_bot 受伤7人")
    await town.settle()
    assert injured(await town.incident()) == Interval(5, 5)
    assert "读出的变化：受伤7人" in town.sees(town.duty, "改了一条已记录的消息").text
