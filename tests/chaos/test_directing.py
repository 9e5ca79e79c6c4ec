"""Death at every commit and send of a drill by its script: each item once, one incident, held by one real report."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from plans.desk.drill_items import ItemPlayed
from tests.chaos.deaths import Reaper
from tests.chaos.inspector import inspect
from tests.chaos.story import FORGIVEN, Step, live_and_die, presses, says
from tests.chaos.test_warnings import told
from tests.journeys.test_directing import MORNING, SCRIPT, played
from tests.journeys.world import Town

COMMITS = ("service.command:written", "service.command:committed")


async def _due(town: Town) -> None:
    """The first report, the first look and the first inject have come."""
    await town.clock.advance_to(max(town.clock.now(), MORNING + timedelta(minutes=15)))


STORY: tuple[tuple[tuple[Step, ...], tuple[str, ...]], ...] = (
    ((Step("the scripts are asked for", says("director", "bot", "/drill 脚本"), told("director", "演练脚本")),), ()),
    ((Step("one is taken", presses("director", SCRIPT, "演练脚本"), told("director", "您是导调员")),), COMMITS),
    ((Step("it begins", presses("director", "开始", "您是导调员"), told("director", "下一条")),), COMMITS),
    ((Step("its items come", _due, told("duty", "校医室")),), (*COMMITS, "send.leaving")),
    (
        (Step("something real comes", says("head", "bot", "/report 实验小学食堂10名学生呕吐腹泻，已送医"),
              told("director", "来了真的报告")),),
        (*COMMITS, "send.answered"),
    ),
    (
        (Step("it goes on", presses("director", "继续", "来了真的报告"), told("director", "下一条：给市公安局")),),
        COMMITS,
    ),
)  # fmt: skip
"""What happens, and where the program dies meanwhile."""


@pytest.mark.timeout(240)
async def test_a_drill_goes_its_way_though_the_program_dies_at_every_point(usual_url: str) -> None:
    with Reaper() as reaper:
        async with Town.open(usual_url, at=MORNING) as town:
            town.forgiven = replace(FORGIVEN, quarantined=0)
            first = town.bot.account.next_update
            deaths = await live_and_die(town, STORY, reaper)
            drill = await played(town)
            items = [item.event.number for item in drill.events if isinstance(item.event, ItemPlayed)]
            assert items == sorted(set(items)) and items[:3] == [1, 2, 3], "each once, in order"
            others = Counter(item.event.NAME for item in drill.events if not isinstance(item.event, ItemPlayed))
            assert others == {
                "drill-prepared": 1, "drill-begun": 1, "drill-held": 1, "drill-gone-on": 1, "drill-incident-noted": 1,
                "drill-look-checked": 1,
            }  # fmt: skip
            assert [row.drill for row in await town.incidents()] == [True, False]
            faults = await inspect(town.open_store, town.world, first_update=first)
            assert faults == [], deaths
