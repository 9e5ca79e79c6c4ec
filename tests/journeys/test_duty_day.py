"""A duty day (值班日), from one morning to the next, over HTTP on both databases; taps and times are counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.cases import records
from plans.core.policy import DEFAULT_POLICY
from plans.core.spot_rules import SpotRules
from plans.desk.entry_state import Entry
from plans.desk.handovers import Handover
from plans.desk.instruction_state import Instruction
from plans.desk.spot_checks import SpotCheck
from tests.journeys.world import UNITS, Town

MORNING = datetime(2026, 3, 2, 0, 5, tzinfo=UTC)
"""Monday, 08:05 in Jincheng."""

POLICY = replace(DEFAULT_POLICY, spot_checks=SpotRules(whom=("值班席", "带班领导")))
CALL = "记 市政府值班室张 来电：下午强对流，16时前反馈落实情况"
ORDER = "举一反三，全区排查，一周内报结果"
FIVE = tuple(unit for unit in UNITS if not unit.startswith("事发"))[:5]


@dataclass
class Effort:
    """What somebody has done for one thing."""

    taps: int = 0
    sentences: int = 0


class Day:
    """A town whose people's taps and sentences are counted."""

    def __init__(self, town: Town) -> None:
        self.town, self.effort = town, Effort()

    @contextmanager
    def within(self, taps: int, sentences: int, seconds: float) -> Iterator[None]:
        """Hold what is done in a block against a target."""
        self.effort, began = Effort(), self.town.clock.now()
        yield
        took = self.town.clock.now() - began
        assert self.effort.taps <= taps and self.effort.sentences <= sentences, self.effort
        assert took <= timedelta(seconds=seconds), took

    async def press(self, person: Any, label: str, words: str = "") -> None:
        self.effort.taps += 1
        await self.town.press(person, label, words=words)

    async def say(self, person: Any, words: str) -> None:
        self.effort.sentences += 1
        await self.town.say(person, self.town.bot, words)

    async def cases(self, kind: str, form: type[Any]) -> list[Any]:
        async with self.town.open_store.reading() as rx:
            rows = await rx.cases.newest(kind, 50)
            found = [await records.load_case(rx, row.stream) for row in rows]
        return [case for case in found if isinstance(case, form)]


@pytest.mark.timeout(240)
async def test_a_whole_duty_day(any_url: str) -> None:
    async with Town.open(any_url, network=True, at=MORNING, policy=POLICY, units=UNITS) as town:
        day, duty, second = Day(town), town.duty, town.second

        # 08:10: the clerk imports the roster; who is meant by a name that nobody is confirmed under is said at once.
        await town.say(
            town.admin, town.bot,
            f"/roster\n2026-03-02 08:30-次日08:30 带班：{town.director.name} 值班：{second.name}\n"
            f"2026-03-03 08:30-次日08:30 带班：{town.director.name} 值班：{duty.name}\n"
            f"2026-03-04 08:30-次日08:30 值班：{duty.name}\n2026-03-05 08:30-次日08:30 值班：郑某某",
        )  # fmt: skip
        assert "郑某某" in town.sees(town.admin, "没有登记").text
        await town.press(town.admin, "确认修改")

        # 08:30: taken over with one tap, signed with one; the other's name comes under it.
        await town.until(8, 30)
        with day.within(taps=2, sentences=0, seconds=60):
            await day.press(second, "我接班", words="您的主班08:30开始")
            page = town.sees(second, "您已接班，上一班").text
            assert "没有未办结的事项" in page and f"带班领导：{town.director.name}" in page, page
            await day.press(second, "我已接清", words="您已接班")
        with day.within(taps=1, sentences=0, seconds=60):
            await day.press(duty, "我已交清", words="您交出的事项如下")
        assert "已交清" in town.sees(second, "已办完").text
        [first] = await day.cases("handover", Handover)
        assert first.state == "complete" and first.matters == ()

        # 10:12: a call is one sentence; by when something is wanted is read.
        await town.until(10, 12)
        with day.within(taps=1, sentences=1, seconds=30):
            await day.say(second, CALL)
        assert "16:00前" in town.sees(second, "日志1号").text

        # 11:00: the vice mayor's word goes to five units with three taps and a sentence.
        await town.until(11)
        with day.within(taps=3, sentences=1, seconds=60):
            await day.say(second, f"/instruct 王副区长 请{'、'.join(FIVE)}{ORDER}")
            await day.press(second, "预览", words="草稿")
            await day.press(second, "发出", words="请确认：发出")
        for unit in FIVE:
            assert town.sees(town.liaisons[unit], "王副区长批示").rang
            await town.press(town.liaisons[unit], "收到", words="王副区长批示")
        done = town.liaisons[FIVE[0]]
        await town.press(done, "办结", words="已收到")
        await town.say(done, town.bot, "已排查32处，整改5处")

        # 14:00: a spot check; who answers in time, who does not.
        await town.until(14)
        await town.say(town.commander, town.bot, "/spotcheck")
        await town.press(town.commander, "现在抽查")
        assert town.sees(second, "【抽查】请回复在岗").rang == "loud"
        await town.clock.advance(timedelta(seconds=9))
        await town.press(second, "我在岗")
        await town.clock.advance(timedelta(seconds=60))
        await town.settle()
        table = town.sees(town.commander, "1/2按时在岗").text
        assert f"按时：值班席 {second.name}（" in table and f"未答：带班领导 {town.director.name}" in table
        await town.press(town.director, "我在岗")
        [check] = await day.cases("spotcheck", SpotCheck)
        assert check.state == "closed" and check.silent == () and any(map(check.late, check.asked.values()))

        # 15:30 and 16:00: what was promised rings; ticked off with a word.
        await town.until(15, 31)
        await town.press(second, "已回复", words="还差回复")
        await town.press(second, "已电话反馈", words="已登记回复")
        await town.until(16, 5)
        assert not town.told(second, "已过时限")

        # 16:40: one tap asks for a replacement, one takes it; one shift changes.
        await town.until(16, 40)
        await town.say(duty, town.bot, "/swap 孩子发烧")
        with day.within(taps=1, sentences=0, seconds=60):
            await day.press(duty, "2 请人替")
        with day.within(taps=1, sentences=0, seconds=60):
            await day.press(second, "我来替")
        town.sees(duty, f"{second.name}替您值")
        await town.say(duty, town.bot, "/swap")
        assert "1. 3月3日08:30" in town.sees(duty, "您的班").text, "the shift before is as it was"

        # A restart by night, and nobody is rung for what can wait.
        await town.until(22, 30)
        quiet = {person.id: town.count(person) for person in (second, duty, town.director, town.commander)}
        await town.restart(timedelta(minutes=3))
        await town.until(7, 25, day=3)
        assert not [line.text for item in quiet.values() for line in item.new if line.rang == "loud"]

        # 08:30 the next day: all that is open stands on the page, what is done does not.
        await town.until(8, 31, day=3)
        with day.within(taps=0, sentences=1, seconds=60):
            await day.say(duty, "/shift")
        page = town.sees(duty, "您已接班，上一班").text
        assert "指令1号" in page and "日志1号" not in page and "抽查" not in page and "交接班1号" not in page, page
        await town.press(duty, "我已接清", words="您已接班")
        [entry] = await day.cases("entry", Entry)
        [order] = await day.cases("instruction", Instruction)
        assert entry.state == "answered" and order.open
        await town.say(second, town.bot, "/handover")
        assert f"交班人：{second.name} 未签" in town.sees(second, "交接班2号").text
