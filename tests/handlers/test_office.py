"""Two jurisdictions in one program: an office counts at home alone."""

from __future__ import annotations

import pytest

from bot.playground import Person
from tests.journeys.world import STAMPEDE, Town

WATER = "jincheng-water-rescue"
LINAN = "linan-campus"


async def foreign(town: Town, plan: str, role: str = "duty") -> Person:
    """Return somebody who holds an office under another plan only."""
    town.teacher.start(town.bot)
    await town.settle()
    await town.grant(town.teacher, role, plan=plan)
    town.teacher.join(town.group)
    return town.teacher


@pytest.mark.parametrize("plan", [WATER, LINAN])
async def test_a_duty_officer_of_elsewhere_reports_like_anybody(town: Town, plan: str) -> None:
    other = await foreign(town, plan)
    counted = town.count(town.duty)
    await town.say(other, town.group, f"/report {STAMPEDE}")
    incident = await town.incident()
    assert (incident.plan, incident.source, incident.handled_by) == ("jincheng-chengqu-campus", "reporter", "")
    assert any("【待接报】" in line.text for line in counted.new)
    await town.advance(minutes=3, seconds=1)
    assert (await town.incident()).told_phone_at is not None


async def test_a_commanders_own_report_rings_the_duty_officer(town: Town) -> None:
    counted = town.count(town.duty)
    await town.say(town.commander, town.bot, STAMPEDE)
    assert any("【待接报】" in line.text for line in counted.new)
    await town.press(town.duty, "我来处理")
    assert (await town.incident()).handler_name == town.duty.name
    town.sees(town.commander, "值班员已接手")


async def test_the_second_duty_officer_rings_the_one_on_the_seat_and_the_seat_rings_nobody(town: Town) -> None:
    counted = town.count(town.duty)
    await town.say(town.second, town.bot, f"赵校长来电，{STAMPEDE}")
    assert any("【待接报】" in line.text for line in counted.new)
    assert (await town.incident()).informant == "赵校长"
    counted = town.count(town.second)
    await town.say(town.duty, town.bot, "体育馆屋顶塌落，2人受伤")
    assert not any("【待接报】" in line.text for line in counted.new)
    assert (await town.incident(2)).handler_name == town.duty.name


@pytest.mark.parametrize("plan", [WATER, LINAN])
async def test_no_drill_is_begun_here_by_an_office_of_elsewhere(town: Town, plan: str) -> None:
    other = await foreign(town, plan)
    await town.say(other, town.group, "/drill 演练：宿舍楼踩踏")
    assert await town.incidents() == []
    assert "演练由本地的值班员或指挥部人员发起" in town.texts(other)[-1]
    await town.say(town.duty, town.group, "/drill 演练：宿舍楼踩踏")
    assert (await town.incident(drill=True)).drill
    before = (await town.incident(drill=True)).sequence
    for words in ("暂停", "跳到下一时限"):
        await town.say(other, town.group, f"/drill {words}")
    assert (await town.incident(drill=True)).sequence == before


async def test_the_key_for_a_kind_of_event_makes_nobody_an_office_either(town: Town) -> None:
    await town.say(town.commander, town.bot, "🚨 报告事故")
    counted = town.count(town.duty)
    await town.press(town.commander, "踩踏拥挤")
    assert (await town.incident()).source == "reporter"
    assert any("【待接报】" in line.text for line in counted.new)
