"""Death at every commit and send that a hand-over comes to: the seat is taken, one page comes, both sign it once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from bot.cases import records
from plans.desk.handover_state import Handover
from tests.chaos.deaths import Reaper
from tests.chaos.inspector import inspect
from tests.chaos.story import FORGIVEN, Step, live, presses, says
from tests.chaos.test_warnings import told
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town

POINTS = ("intake.kept", "service.administration", "service.handover", "service.command", "sender.turn")

LIFE: tuple[Step, ...] = (
    Step("it is reported", says("head", "bot", STAMPEDE), told("duty", "待接报")),
    Step("the seat is taken", says("second", "bot", "/shift"), told("second", "您已接班，上一班")),
    Step("who took it signs", presses("second", "我已接清", "您已接班"), told("second", "【已签】")),
    Step("who gave it signs", presses("duty", "我已交清", "您交出的事项如下"), told("duty", "已办完")),
)


@pytest.mark.timeout(240)
async def test_a_hand_over_goes_its_way_though_the_program_dies_at_every_point(any_url: str) -> None:
    fates = {f"{point}:{stage}": 1 for point in POINTS for stage in ("written", "committed")}
    with Reaper() as reaper:
        async with Town.open(any_url) as town:
            town.forgiven = replace(FORGIVEN, quarantined=0)
            first = town.bot.account.next_update
            reaper.condemn(fates)
            deaths = await live(town, LIFE, reaper)
            assert not reaper.left, (reaper.left, deaths)
            async with town.open_store.reading() as rx:
                rows, seat = await rx.cases.newest("handover", 9), await rx.people.seat(JURISDICTION, PLAN)
                cases = [await records.load_case(rx, row.stream) for row in rows]
            [case] = cases
            assert isinstance(case, Handover) and case.state == "complete" and "实验小学" in case.matters[0].line
            assert seat is not None and seat.name == town.second.name
            counted = Counter(item.event.NAME for item in case.events)
            assert counted == {"handover-opened": 1, "handover-signed": 2}
            faults = await inspect(town.open_store, town.world, first_update=first)
            assert faults == [], deaths
