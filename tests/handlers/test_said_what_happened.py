"""Each answer says what happened: levels at /verify, who was first in a race, one's own link, a new duty officer."""

from __future__ import annotations

from plans.incident.filing import File
from plans.incident.levels import Declared
from tests.factories import DIRECTOR, Life, declared
from tests.journeys.world import Town


async def test_verify_says_which_level_it_came_to(reported):
    town: Town = reported
    await town.say(town.duty, town.bot, "/verify 1")
    assert "还没有判明" in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "/verify 1 一般")
    assert "事件等级判明为一般" in town.texts(town.duty)[-1]


async def test_the_reminder_to_determine_the_level_has_a_button_for_each(reported):
    life = Life().report("+10m")
    life.do(File(report="首报", channel="电话"), at="+11m")
    life.do(File(report="首报", channel="书面"), at="+12m")
    life.until("+4h")
    asked = [notice for _, notice in life.told if notice.key == "reminder_possible"]
    assert asked
    levels = [press.args["level"] for press in asked[-1].buttons]
    assert levels == [*life.plan.event_levels, ""] and {press.action for press in asked[-1].buttons} == {
        "determine_level"
    }


async def test_the_loser_of_a_race_reads_who_did_what(reported):
    town: Town = reported
    await town.press(town.duty, "我来处理")
    told = town.duty.press(town.button(town.duty, "已报", words="1/4"), "已报")
    await town.settle()
    again = town.duty.repress(told)
    await town.settle()
    assert "李值班已登记首报报" in (again.text or "")


async def test_ones_own_used_link_says_that_one_is_registered(town):
    await town.say(town.admin, town.group, "/invite 值班员")
    link = next(line.text for line in reversed(town.told(town.admin, "t.me/")))
    token = link.partition("start=")[2].split()[0]
    town.teacher.start(town.bot, token)
    await town.settle()
    joined = town.texts(town.teacher)[-1]
    assert "已登记" in joined and "/shift" in joined
    town.teacher.start(town.bot, token)
    await town.settle()
    assert "已经登记过" in town.texts(town.teacher)[-1]
    town.stranger.start(town.bot, token)
    await town.settle()
    assert "已经用过" in town.texts(town.stranger)[-1]


def test_leaders_read_a_declaration_in_private_and_who_declared_it_does_not():
    life = declared("Ⅲ", by=DIRECTOR)
    told = [notice.to for _, notice in life.told if notice.key == "declared_leader"]
    declarer = next(item.event.role for item in life.incident.events if isinstance(item.event, Declared))
    assert set(told) == {*(f"role:{role}" for role in life.plan.roles if role != declarer)}
    assert "group" in {notice.to for _, notice in life.told if notice.key == "announcement"}
