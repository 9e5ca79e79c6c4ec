"""Death at every commit and send of a spot check: drawn once, held once, answered once, one table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from plans.core.policy import DEFAULT_POLICY
from plans.core.spot_rules import SpotRules
from tests.chaos.deaths import Reaper
from tests.chaos.inspector import inspect
from tests.chaos.story import FORGIVEN, Step, live_and_die, presses
from tests.chaos.test_warnings import told
from tests.handlers.test_spot_checks import checks
from tests.journeys.world import Town

SUNDAY = datetime(2026, 3, 7, 16, 5, tzinfo=UTC)
"""The last day of a week has begun: what is drawn is drawn of it alone."""
WEEKLY = replace(DEFAULT_POLICY, spot_checks=SpotRules(weekly=1, hours=(time(0, 30), time(0, 50))))

COMMITS = ("service.command:written", "service.command:committed")


async def _ruled(town: Town) -> None:
    """The office sets its rules; the next round draws."""
    assert town.program is not None
    town.policy = town.program.service.policy = WEEKLY
    await town.clock.advance_to(max(town.clock.now(), SUNDAY + timedelta(minutes=15)))


async def _at_its_moment(town: Town) -> None:
    [check] = await checks(town)
    assert check.at is not None
    await town.clock.advance_to(max(town.clock.now(), check.at + timedelta(seconds=1)))


STORY: tuple[tuple[tuple[Step, ...], tuple[str, ...]], ...] = (
    ((Step("the rules are set, and a moment is drawn", _ruled),) * 4, COMMITS),
    ((Step("it comes", _at_its_moment, told("duty", "【抽查】请回复在岗")),), (*COMMITS, "send.leaving")),
    (
        (Step("she is there", presses("duty", "我在岗", "【抽查】"), told("director", "1/1按时在岗")),),
        (*COMMITS, "send.answered"),
    ),
)  # fmt: skip
"""What happens, and where the program dies meanwhile; where a death cuts short how time passes, it passes again."""


@pytest.mark.timeout(240)
async def test_a_spot_check_goes_its_way_though_the_program_dies_at_every_point(any_url: str) -> None:
    with Reaper() as reaper:
        async with Town.open(any_url, at=SUNDAY) as town:
            town.forgiven = replace(FORGIVEN, quarantined=0)
            first = town.bot.account.next_update
            deaths = await live_and_die(town, STORY, reaper)
            [check] = await checks(town)
            counted = Counter(item.event.NAME for item in check.events)
            assert counted == {
                "spotcheck-planned": 1, "spotcheck-asked": 1, "spotcheck-answered": 1, "spotcheck-closed": 1
            }  # fmt: skip
            [asked] = check.asked.values()
            assert asked.answered_at is not None and check.state == "closed"
            await town.advance(minutes=5)
            assert [item.stream for item in await checks(town)] == [check.stream], "drawn once"
            faults = await inspect(town.open_store, town.world, first_update=first)
            assert faults == [], deaths
