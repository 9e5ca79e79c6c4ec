"""Where a plan lets no level be raised, that is said, and nothing changes."""

from __future__ import annotations

from tests.journeys.world import STAMPEDE, Town


async def test_a_plan_that_says_nothing_of_it_raises_nothing(town: Town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.commander, town.bot, "/raise 1 正值高考")
    assert "本预案没有写可以提高响应级别" in town.sees(town.commander, "没有写").text
    assert (await town.incident()).proposal is None
