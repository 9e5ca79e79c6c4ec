"""A level that worse facts have overtaken is determined anew with one tap."""

from __future__ import annotations

from tests.journeys.world import Town


async def test_a_level_that_facts_have_overtaken_is_given_anew_with_one_tap(reported: Town):
    town = reported
    await town.say(town.duty, town.bot, "/verify 一般 死亡0人")
    await town.say(town.duty, town.bot, "/update 死亡3人")
    asked = town.sees(town.duty, "请重新认定事件等级")
    assert {"认定较大", "认定重大", "认定特别重大", "仍为一般", "暂时无法判明"} <= set(asked.labels())
    assert "待重新认定" in town.screen(town.duty, town.bot)
    await town.say(town.duty, town.bot, "/todo")
    town.sees(town.duty, "待重新认定等级：原为一般")
    await town.press(town.duty, "认定较大")
    incident = await town.incident()
    assert incident.event_level == "较大" and incident.doubts == {}
    assert not [seen for seen in town.told(town.duty, "请重新认定事件等级") if seen.labels()]
