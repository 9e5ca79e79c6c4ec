"""A warning's whole life through the real program on both databases: forwarded, passed on, answered, lifted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.cases import records
from plans.warning.state import WarningCase
from tests.journeys.world import JURISDICTION, NIGHT, UNITS, Town

RAIN = "区气象台2026年3月2日3时发布暴雨红色预警：预计4时至10时，城关镇、河口乡有大暴雨，请做好防范。"
LATER = "区气象台2026年3月2日9时继续发布暴雨红色预警：预计10时至14时，城关镇、河口乡有大暴雨。"
OVER = "区气象台2026年3月2日13时50分解除暴雨红色预警。"
WALL = "城关镇一处围墙倒塌，2人受伤，已拨打120"


async def the_warning(town: Town) -> WarningCase:
    async with town.open_store.reading() as rx:
        [row] = await rx.cases.numbered("warning", JURISDICTION, 1, False)
        case = await records.load_case(rx, row.stream)
        assert await rx.journal.verify(row.stream) == []
    assert isinstance(case, WarningCase)
    return case


async def forward(town: Town, person: Any, text: str) -> None:
    """Forward what somebody of the met office wrote in a chat of theirs."""
    met = town.world.add_user("气象台")
    away = town.world.add_group("气象服务群", owner=met, members=[person])
    person.forward(met.send(away, text), town.bot)
    await town.settle()


@pytest.mark.timeout(120)
async def test_from_the_forward_to_the_lifting_with_a_restart_between_any_two_steps(usual_url: str) -> None:
    async with Town.open(usual_url) as town:
        group = town.count(town.duty, town.group)
        await forward(town, town.duty, RAIN)
        began = town.clock.now()
        await town.restart()
        await town.settle()
        await town.press(town.duty, "预览", words="待处理")
        await town.press(town.duty, "确认转发")
        assert town.clock.now() - began <= timedelta(seconds=60), "from the forward to the first ring"
        for unit in UNITS:
            call = town.sees(town.liaisons[unit], "发布：暴雨红色预警")
            assert call.rang == "loud" and call.labels() == ["收到"]
        await town.restart()
        await town.settle()
        for unit in UNITS[1:]:
            await town.press(town.liaisons[unit], "收到", words="暴雨红色预警")
        await town.restart(timedelta(minutes=6))
        await town.settle()
        town.sees(town.liaisons[UNITS[0]], "还没有收到您的应答")
        await town.advance(minutes=6)
        rings = town.sees(town.duty, "请打电话").text
        assert "照着念" in rings
        await town.press(town.duty, "看名单、记结果", words="请打电话")
        await town.press(town.liaisons[UNITS[1]], "全部办完", words="请落实")
        await town.say(town.head, town.bot, WALL)
        assert "预警中：暴雨红色预警（预警1" in town.sees(town.duty, "一处围墙", town.group).text
        await town.say(town.duty, town.bot, "/warn 1")
        assert "预警期间事件：1号" in town.sees(town.duty, "生效中").text
        await town.until(9, 5)
        await forward(town, town.second, LATER)
        await town.restart()
        await town.settle()
        await town.press(town.duty, "预览", words="待处理：延长")
        await town.press(town.duty, "确认转发")
        case = await the_warning(town)
        assert [stage.act for stage in case.stages] == ["issue", "extend"]
        assert case.content.ends == NIGHT.replace(hour=6, minute=0) + timedelta(days=1)
        told = [len(town.told(town.liaisons[unit], "延长：暴雨红色预警")) for unit in UNITS]
        assert told == [1] * len(UNITS), "told once, and need not answer again"
        await town.until(13, 55)
        await forward(town, town.duty, OVER)
        await town.press(town.duty, "预览", words="待处理：解除")
        await town.press(town.duty, "确认解除")
        case = await the_warning(town)
        assert case.state == "lifted" and case.stages[-1].act == "lift"
        for unit in UNITS:
            town.sees(town.liaisons[unit], "解除：暴雨红色预警")
        await town.advance(days=2)
        assert (await the_warning(town)).sequence == case.sequence, "nothing of it waits any more"
        own = [line for line in group.new if "预警" in line.text and "一处围墙" not in line.text]
        assert len(own) <= 4, [line.text for line in own]


async def test_two_processes_worth_of_forwards_in_any_order_are_one_warning(usual_url: str) -> None:
    async with Town.open(usual_url) as town:
        for person in (town.duty, town.second, town.director, town.commander, *town.liaisons.values()):
            person.send(town.bot, RAIN)
        await town.settle()
        case = await the_warning(town)
        assert [item.event.NAME for item in case.events] == ["warning-taken"]
        async with town.open_store.reading() as rx:
            assert len(await rx.cases.open("warning")) == 1
        assert len(town.told(town.duty, "待处理")) == 1
