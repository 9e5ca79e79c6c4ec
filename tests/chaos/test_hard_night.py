"""The hardest night: incidents, warnings, instructions and entries of the log over each other.

Nobody does anything, one officer sits on the seats of two districts, and the program is away in the middle. No deadline
is forgotten, and no hour rings him more often than the target of what clocks say and once for each that begins.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.cases import records
from plans.attention import SEAT, TARGETS
from plans.core.kind import AHEAD
from plans.incident.reminders import Reminded
from plans.incident.state import Incident
from tests.journeys.rings import EVENING, MORNING
from tests.journeys.world import JURISDICTION, Town
from tests.thorough import THOROUGH

ELSEWHERE, OTHER = "linan-campus", "杭州市临安区"
AWAY = timedelta(minutes=20)
COLOURS = ("红", "橙", "黄")


async def incidents(town: Town) -> list[Incident]:
    async with town.open_store.reading() as rx:
        found = [await records.load_case(rx, row.stream) for row in await rx.incidents.list()]
    return [case for case in found if isinstance(case, Incident)]


async def begin(town: Town, number: int, where: object, step: timedelta) -> list[datetime]:
    """Let one of each kind begin, every so often one of the second district; return when something was said."""
    begun = []
    words = [f"/report@tocsin_bot 第{number}小学宿舍楼踩踏，{number}人受伤"]
    if number <= len(COLOURS):
        words.append(f"/warn 区气象台22时发布暴雨{COLOURS[number - 1]}色预警：3月1日22时至3月2日5时，城关镇有大暴雨")
    if number % 2:
        words.append(f"/instruct 王副区长 请各单位排查第{number}项，明早6点前报")
        words.append(f"记 市政府值班室张 来电：第{number}件事，3点前反馈")
    for said in words:
        await town.say(town.duty, where if said.startswith("/report") else town.bot, said)
        begun.append(town.clock.now())
    await town.advance(seconds=step.total_seconds())
    return begun


@pytest.mark.parametrize("count", [20] if THOROUGH else [5])
async def test_no_deadline_is_forgotten_and_nobody_is_rung_without_end(file_url: str, count: int):
    async with Town.open(file_url, at=EVENING) as town:
        far = town.world.add_group("临安校园安全指挥群", owner=town.duty, members=[town.bot])
        await town.say(town.duty, far, "/help@tocsin_bot")
        await town.bind(far, "command", plan=ELSEWHERE)
        await town.grant(town.duty, "duty", plan=ELSEWHERE)
        await town.sit(town.duty, ELSEWHERE)
        step, begun = timedelta(minutes=60) / count, list[datetime]()
        for number in range(1, count + 1):
            begun += await begin(town, number, far if number % 4 == 0 else town.group, step)
        await town.advance(hours=2)
        gone = town.clock.now()
        await town.restart(AWAY)
        back = town.clock.now()
        await town.clock.advance_to(MORNING)
        await town.settle()
        cases = await incidents(town)
        assert len(cases) == count and {case.jurisdiction for case in cases} == {JURISDICTION, OTHER}
        at_once = town.policy.immediate
        forgotten = [
            (case.number, item.rule, due)
            for case in cases
            for item in case.instances.values()
            if item.by_office and not item.possible and item.status == "open"
            and (due := max(item.due, item.arose_at)) + AHEAD < MORNING
            and not any(
                isinstance(one.event, Reminded) and item.key in one.event.keys
                and due - AHEAD <= one.at <= (back if gone <= due + at_once < back else due) + at_once
                for one in case.events
            )
        ]  # fmt: skip
        assert not forgotten, forgotten
        loud = sorted(
            call.at for call in town.world.calls
            if call.chat == town.duty.id and call.method.startswith("send") and call.status == 200
            and str(call.params.get("disable_notification", "")).lower() != "true"
        )  # fmt: skip
        hours = [[at for at in loud if start <= at < start + timedelta(hours=1)] for start in loud]
        assert all(
            len(hour) <= TARGETS[SEAT].hour + sum(hour[0] - timedelta(seconds=1) <= at <= hour[-1] for at in begun)
            for hour in hours
        ), max(map(len, hours))
