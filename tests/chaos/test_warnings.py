"""Death at every commit and send that a warning comes to: forwarded, passed on, answered, lifted, each once."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.chaos.deaths import Reaper
from tests.chaos.inspector import inspect
from tests.chaos.story import FORGIVEN, Seen, Step, live, presses, says
from tests.journeys.test_warnings import OVER, RAIN, the_warning
from tests.journeys.world import UNITS, Town

POINTS = ("intake.kept", "service.command", "service.words", "message.redrawn", "sender.turn")
"""Commits that every warning's life comes to; each is died at before and after it, and so is every send."""


def told(who: str, words: str, where: str = "bot") -> Seen:
    """Return that somebody has read these words."""

    def seen(town: Town, _: object) -> bool:
        person = getattr(town, who) if hasattr(town, who) else town.liaisons[who]
        return bool(town.told(person, words, getattr(town, where)))

    return seen


LIFE: tuple[Step, ...] = (
    Step("it is forwarded", says("duty", "bot", RAIN), told("duty", "待处理：发布")),
    Step("it is looked at", presses("duty", "预览", "待处理"), told("duty", "请确认：发布")),
    Step("it is passed on", presses("duty", "确认转发", "请确认"), told("duty", "暴雨红色预警 生效中", "group")),
    *(Step(f"{unit} answers", presses(unit, "收到", "发布：暴雨"), told(unit, "请落实")) for unit in UNITS[:4]),
    Step("one has done all", presses(UNITS[0], "全部办完", "请落实"), told(UNITS[0], "1　☑")),
    Step("the others are rung", lambda town: town.clock.advance(timedelta(minutes=12)), told("duty", "请打电话")),
    Step("its issuer lifts it", says("duty", "bot", OVER.replace("13时50分", "3时10分")), told("duty", "待处理：解除")),
    Step("that is looked at", presses("duty", "预览", "待处理：解除"), told("duty", "请确认：解除")),
    Step("and passed on", presses("duty", "确认解除", "请确认：解除"), told("duty", "解除：预警1", "group")),
)  # fmt: skip


@pytest.mark.timeout(240)
async def test_a_warning_goes_its_way_though_the_program_dies_at_every_point(
    any_url: str, chance: random.Random
) -> None:
    fates = {f"{point}:{stage}": chance.randint(1, 4) for point in POINTS for stage in ("written", "committed")}
    fates |= {"send.leaving": chance.randint(1, 6), "send.answered": chance.randint(1, 6)}
    for once in ("service.words", "message.redrawn"):
        fates |= {f"{once}:{stage}": 1 for stage in ("written", "committed")}
    with Reaper() as reaper:
        async with Town.open(any_url) as town:
            town.forgiven = replace(FORGIVEN, quarantined=0)
            first = town.bot.account.next_update
            reaper.condemn(fates)
            deaths = await live(town, LIFE, reaper)
            assert not reaper.left, (reaper.left, deaths)
            case = await the_warning(town)
            assert [stage.act for stage in case.stages] == ["issue", "lift"]
            counted = Counter(item.event.NAME for item in case.events)
            assert counted["warning-taken"] == 1 and counted["warning-answered"] == 4
            assert {unit for unit, _ in case.measures} == {UNITS[0]}
            for unit in UNITS[:4]:
                assert town.told(town.liaisons[unit], "解除：暴雨红色预警")
            faults = await inspect(town.open_store, town.world, first_update=first)
            assert faults == [], deaths
