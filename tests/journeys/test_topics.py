"""A command group that is a forum: a topic for each incident; General where there is none."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.journeys.world import STAMPEDE, Town

RIGHTS = ["can_pin_messages", "can_manage_topics"]


@pytest.fixture
async def forum() -> AsyncIterator[Town]:
    async with Town.open(forum=True) as town:
        town.admin.promote(town.group, town.bot, RIGHTS)
        await town.settle()
        yield town


def topics(town: Town) -> dict[str, int]:
    """Return the topics of the group by name."""
    found = town.world.state.chats[town.group.key].topics.values()
    return {topic.name: topic.thread for topic in found if topic.thread != 1}


def lines(town: Town, thread: int | None) -> list[str]:
    """Return what the bot wrote in a topic, None being General."""
    seen = town.commander.timeline(town.group, thread or 1)
    return [line.text for line in seen if line.from_bot and line.service is None]


async def declare(town: Town) -> None:
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ", words="1号")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")


async def test_each_incident_has_its_topic_and_a_command_there_is_about_it(forum):
    town = forum
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.duty, town.bot, "/report 第二小学食堂起火，1人受伤")
    first, second = topics(town).values()
    assert [name.split()[0] for name in topics(town)] == ["1号", "2号"]
    assert "1号 未启动响应" in lines(town, first)[0] and "2号 未启动响应" in lines(town, second)[0]
    assert not lines(town, None)
    await town.say(town.duty, town.group, "/verify 一般", thread=second)
    assert (await town.incident(2)).event_level == "一般" and (await town.incident(1)).event_level is None
    await declare(town)
    assert any("【Ⅲ级响应】1号" in text for text in lines(town, first))
    assert len(lines(town, second)) == 1

    await town.say(town.duty, town.bot, "/reject 2 现场核实无此事")
    assert town.world.state.chats[town.group.key].topics[second].closed
    assert any("误报" in text for text in [*lines(town, second), *lines(town, None)])


async def test_without_the_right_all_stays_in_general(forum):
    town = forum
    town.admin.promote(town.group, town.bot, ["can_pin_messages"])
    await town.say(town.head, town.bot, STAMPEDE)
    assert not topics(town) and "1号 未启动响应" in lines(town, None)[0]
    await town.say(town.head, town.bot, "第二小学食堂起火，1人受伤")
    assert "管理话题" in town.sees(town.duty, "不能为1号建话题").text
    assert len(town.told(town.duty, "建话题")) == 1, "it is said once a day"
    town.forgiven = town.forgiven.__class__(calls=("not enough rights to create a topic",))


async def test_a_topic_that_somebody_deletes_is_not_needed(forum):
    town = forum
    await town.say(town.head, town.bot, STAMPEDE)
    (thread,) = topics(town).values()
    town.admin.delete_topic(town.group, thread)
    await town.settle()
    await declare(town)
    assert any("【Ⅲ级响应】1号" in text for text in lines(town, None))
    assert any("1号 Ⅲ级响应" in text for text in lines(town, None)), "the card is shown anew"
    town.forgiven = town.forgiven.__class__(calls=("message thread not found", "message to edit not found"))
