"""A second reader in the whole program: the answer first, then a question to the seat, and a press that settles it."""

from __future__ import annotations

from datetime import timedelta

from plans.incident.figures import figures
from plans.incident.second_reading import ReadingsCompared
from tests.bot.second_reader.liar import Reply, lying, saying
from tests.journeys.world import STAMPEDE, Town

SAID = STAMPEDE.replace("4名学生受伤", "4名学生受伤，其中重伤1人")
DIFFERS = saying(("injuries", 4, "4名学生受伤"), ("serious_injuries", 4, "4名学生受伤"))


async def reported(town: Town, reply: Reply) -> list[str]:
    """Let a school report with a second reader that answers so; return what the reader was sent."""
    async with lying(reply) as server:
        town.settings = town.settings.model_copy(update={"reader_url": server.url, "reader_model": "m"})
        await town.restart(timedelta(seconds=1))
        await town.say(town.head, town.bot, SAID)
        await town.advance(seconds=5)
        return server.reports


async def test_what_differs_is_asked_and_settled_with_a_press(any_url: str) -> None:
    async with Town.open(any_url) as town:
        (sent,) = await reported(town, DIFFERS)
        assert "4名学生受伤" in sent
        assert "受伤4人，重伤1人" in town.sees(town.head, "已记录").text
        assert figures(await town.incident())["serious_injuries"] == 1
        assert "另一读数为4人" in town.sees(town.duty, "两种读法").text
        await town.press(town.duty, "重伤4人")
        assert figures(await town.incident())["serious_injuries"] == 4
        assert [item.event.NAME for item in (await town.incident()).events].count("reading-settled") == 1


async def test_what_agrees_is_recorded_and_said_to_nobody(any_url: str) -> None:
    async with Town.open(any_url) as town:
        await reported(town, saying(("injuries", 4, "4名学生受伤")))
        events = [item.event for item in (await town.incident()).events]
        (event,) = [event for event in events if isinstance(event, ReadingsCompared)]
        assert list(event.agreed) == ["injuries"] and not event.second
        assert not [message for message in town.told(town.duty, "两种读法")]
