"""The clock set wrong, the loop stalled, the process stopped: nothing is lost, and what is late says so."""

from __future__ import annotations

import asyncio
import signal
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chaos.inspector import inspect
from tests.chaos.story import FORGIVEN, NIGHT, Step, live
from tests.chaos.test_database import report
from tests.chaos.test_deaths import is_the_same_night
from tests.chaos.test_killed import is_whole
from tests.journeys.victim import STARTED, scene
from tests.journeys.world import STAMPEDE, Town
from tests.thorough import THOROUGH


def set_clock(town: Town, by: timedelta) -> None:
    """Let the wall clock be another one at once: nobody was woken on the way."""
    town.clock._now += by


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_wall_clock_that_jumps_an_hour_loses_nothing(town: Town, hours: int) -> None:
    town.forgiven = replace(FORGIVEN, quarantined=0)
    first = town.bot.account.next_update
    jump = Step("the clock is set", lambda town: set_clock(town, timedelta(hours=hours)))
    judged = next(number for number, step in enumerate(NIGHT) if step.name == "it is judged")
    await live(town, (*NIGHT[:judged], jump, *NIGHT[judged:]))
    await is_the_same_night(town)
    assert await inspect(town.open_store, town.world, first_update=first) == []


async def test_reminders_come_after_a_jump_and_a_late_one_says_so(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    before = town.count(town.duty)
    set_clock(town, timedelta(hours=-1))
    await town.advance(minutes=100)  # by its own clock it is 03:46 now: the first report is overdue
    told = [line.text for line in before.new if "报送提醒" in line.text or "超时" in line.text]
    assert told, town.screen(town.duty)
    assert [item for item in (await town.incident()).open_instances if item.reminded]


async def test_a_loop_that_is_stalled_while_reminders_fall_due_gives_them_once(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    before = town.count(town.duty)
    town.clock._now += timedelta(minutes=25)
    time.sleep(0.05)  # noqa: ASYNC251  the loop itself stands still
    await town.advance(seconds=20)
    reminders = [line.text for line in before.new if "报送提醒" in line.text]
    assert len(reminders) == 1, reminders


@pytest.mark.timeout(150)
async def test_a_process_that_was_stopped_goes_on_where_it_was(file_url: str, tmp_path: Path) -> None:
    async with scene(file_url, tmp_path) as here, asyncio.timeout(140):
        first = here.bot.account.next_update
        await here.victim.start()
        said = report(here, 1, 2)
        await here.world.until(lambda: any(call.method == "sendMessage" for call in here.world.calls))
        here.victim.present.send(signal.SIGSTOP)
        said += report(here, 3, 4, 5)
        await asyncio.sleep(90 if THOROUGH else 0.7)
        here.victim.present.send(signal.SIGCONT)
        await here.settled()
        assert await here.victim.end(signal.SIGTERM) == 0
        await is_whole(here, said, first)


@pytest.mark.timeout(120)
async def test_lives_whose_clocks_are_an_hour_wrong_take_up_each_others_work(file_url: str, tmp_path: Path) -> None:
    async with scene(file_url, tmp_path) as here, asyncio.timeout(100):
        first, said = here.bot.account.next_update, []
        for number, wrong in enumerate((3600.0, -3600.0, 0.0), 1):
            await here.victim.start(clock=wrong)
            await here.victim.says(STARTED)
            said += report(here, number)
            await here.world.until(lambda: not here.world.pending_updates)
            assert await here.victim.end(signal.SIGKILL) == -signal.SIGKILL
        await here.victim.start()
        await here.settled()
        assert await here.victim.end(signal.SIGTERM) == 0
        await is_whole(here, said, first)
