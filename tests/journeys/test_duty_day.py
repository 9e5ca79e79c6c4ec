"""A duty day (值班日), from one morning to the next, over HTTP on both databases; taps and times are counted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.cases import records
from bot.office.statistics import statistics_of
from plans.core.policy import DEFAULT_POLICY
from plans.core.spot_rules import SpotRules
from plans.desk.entry_state import Entry
from plans.desk.handover_state import Handover
from plans.desk.instruction_state import Instruction
from plans.desk.spot_check_state import SpotCheck
from plans.desk.state import DeskState
from plans.statistics.tally import Selection
from plans.times.calendar_periods import period_of
from tests.journeys.world import JURISDICTION, PLAN, UNITS, Town

MORNING = datetime(2026, 3, 2, 0, 5, tzinfo=UTC)
"""Monday, 08:05 in Jincheng."""

POLICY = replace(DEFAULT_POLICY, spot_checks=SpotRules(whom=("值班席", "带班领导")))
CALL = "记 市政府值班室张 来电：下午强对流，16时前反馈落实情况"
ORDER = "举一反三，全区排查，一周内报结果"
MEETING, PHONE = "明早8点开会", "0356-2011234"
FIVE = tuple(unit for unit in UNITS if not unit.startswith("事发"))[:5]


@dataclass
class Effort:
    """What somebody has done for one thing."""

    taps: int = 0
    sentences: int = 0


C = TypeVar("C", bound=DeskState)


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
        """Return the cases of a kind."""
        async with self.town.open_store.reading() as rx:
            rows = await rx.cases.newest(kind, 50)
            found = [await records.load_case(rx, row.stream) for row in rows]
        return [case for case in found if isinstance(case, form)]

    async def case(self, kind: str, form: type[C], number: int) -> C:
        """Return the case of a kind that people call by a number."""
        [found] = [case for case in await self.cases(kind, form) if case.number == number]
        assert isinstance(found, form)
        return found

    async def confirm(self, person: Any, phone: str) -> None:
        """Somebody is who he is, with a telephone."""
        async with self.town.open_store.writing() as tx:
            known = await tx.people.by_telegram(person.id)
            assert known is not None
            await tx.people.save(replace(known, phone=phone))

    def book(self, ending: str) -> bytes:
        """Return the newest file of the duty log that was given out."""
        files = [item for item in self.town.world.state.files.values() if item.name.startswith("值班日志")]
        return next(item.content for item in reversed(files) if item.name.endswith(ending))


@pytest.mark.timeout(240)
async def test_a_whole_duty_day(any_url: str) -> None:
    async with Town.open(any_url, network=True, at=MORNING, policy=POLICY, units=UNITS) as town:
        day, duty, second = Day(town), town.duty, town.second

        await day.confirm(town.director, PHONE)

        # 08:10: the clerk imports the roster; who is meant by a name that nobody is confirmed under is said at once.
        await town.say(
            town.admin, town.bot,
            f"/roster\n2026-03-02 08:30-次日08:30 带班：{town.director.name} 值班：{second.name}\n"
            f"2026-03-03 08:30-次日08:30 带班：{town.director.name} 值班：{duty.name}\n"
            f"2026-03-04 08:30-次日08:30 带班：{town.director.name} 值班：{duty.name}\n"
            "2026-03-05 08:30-次日08:30 值班：郑某某",
        )  # fmt: skip
        assert "郑某某" in town.sees(town.admin, "没有登记").text
        await town.press(town.admin, "确认修改")
        await town.say(town.admin, town.bot, "/setup")
        assert "郑某某" in town.texts(town.admin)[-1], "whoever is not matched stands in /setup too"

        # 08:30: taken over with one tap, signed with one; the other's name comes under it.
        await town.until(8, 30)
        with day.within(taps=2, sentences=0, seconds=60):
            await day.press(second, "我接班", words="您的主班08:30开始")
            page = town.sees(second, "您已接班，上一班").text
            assert "没有未办结的事项" in page and f"带班领导：{town.director.name}" in page and PHONE in page, page
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
        with day.within(taps=1, sentences=1, seconds=30):
            await day.say(second, "记 区应急局李 来电：请各校检查用电线路")
            await day.press(second, "转为指令", words="日志2号")
        called, draft = await day.case("entry", Entry, 2), await day.case("instruction", Instruction, 1)
        assert (draft.entry, draft.entry_number) == (called.stream, 2), "it stays linked"
        await town.press(second, "不发了", words="草稿")

        # 11:00: the vice mayor's word goes to five units with three taps and a sentence.
        await town.until(11)
        with day.within(taps=3, sentences=1, seconds=60):
            await day.say(second, f"/instruct 王副区长 请{'、'.join(FIVE)}{ORDER}")
            await day.press(second, "预览", words="草稿")
            await day.press(second, "发出", words="请确认：发出")
        order = await day.case("instruction", Instruction, 2)
        assert (order.giver, order.recorded, order.by_name) == ("王副区长", True, second.name)
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
        assert town.program is not None
        period = period_of("本月", town.clock.now().date())
        assert period is not None
        month = Selection(jurisdiction=JURISDICTION, plans=(PLAN,), period=period)
        counted = (await statistics_of(town.program.service, month, town.clock.now())).spot_checks
        assert (counted.asked, counted.in_time, counted.late) == (2, 1, 1), "it goes into the statistics"

        # 15:30 and 16:00: what was promised rings; ticked off with a word.
        await town.until(15, 31)
        assert town.sees(second, "还差回复").rang == "loud"
        await town.press(second, "已回复", words="还差回复")
        await town.press(second, "已电话反馈", words="已登记回复")
        await town.until(16, 5)
        assert not town.told(second, "已过时限")

        # 16:40: one tap asks for a replacement, one takes it; one shift changes.
        await town.until(16, 40)
        await town.say(duty, town.bot, "/swap 孩子发烧")
        with day.within(taps=1, sentences=0, seconds=60):
            await day.press(duty, "2 请人替")
        await town.press(second, "我来替")
        await town.press(second, "按错了")
        assert "由您值" in town.sees(duty, "换班作废").text, "what falls through says so"
        await town.press(duty, "请人替班", words="换班作废")
        with day.within(taps=1, sentences=0, seconds=60):
            await day.press(second, "我来替")
        town.sees(town.director, f"由{duty.name}改为{second.name}")
        assert not any(town.told(person, "替班") for person in (town.commander, town.deputy, town.admin, town.head))
        town.sees(duty, f"{second.name}替您值")
        await town.say(duty, town.bot, "/swap")
        assert "1. 3月3日08:30" in town.sees(duty, "您的班").text, "the shift before is as it was"

        # 20:00: a notice to all liaisons: who has it, who has not answered; the order is wanted by tomorrow after all.
        await town.until(20)
        with day.within(taps=2, sentences=1, seconds=60):
            await day.say(second, f"/notice {'、'.join(FIVE)}：{MEETING}")
            await day.press(second, "预览", words="通知1号 草稿")
            await day.press(second, "发出", words="请确认：发出通知1号")
        people = [town.liaisons[unit] for unit in FIVE]
        assert all(town.sees(person, MEETING).labels() == ["收到"] for person in people)
        for person in people[:2]:
            await town.press(person, "收到", words=MEETING)
        await town.say(second, town.bot, "/notice 1")
        page = town.texts(second)[-1]
        assert "已回执2/5" in page and page.count("○") == 3 and not town.told(second, MEETING, town.group), page
        await town.say(second, town.bot, "/instruct 2 期限 明天9点")

        # A restart by night, and nobody is rung for what can wait.
        await town.until(22, 30)
        everybody = (second, duty, town.director, town.commander, *people)
        quiet = {person.id: town.count(person) for person in everybody}
        await town.restart(timedelta(minutes=3))
        await town.until(7, 25, day=3)
        assert not [line.text for item in quiet.values() for line in item.new if line.rang == "loud"]

        # 07:30: one reminder of the notice, to those alone who have not answered it; 08:00: the order is chased.
        await town.until(8, 5, day=3)
        again = [[line for line in quiet[person.id].new if "请回执" in line.text] for person in people]
        assert [[line.rang for line in lines] for lines in again] == [[], [], ["loud"], ["loud"], ["loud"]]
        chased = [bool(town.told(person, "还剩1小时")) for person in people]
        assert chased == [False, True, True, True, True], "whoever has done it is left alone"

        # 08:30 the next day: all that is open stands on the page, what is done does not.
        await town.until(8, 31, day=3)
        with day.within(taps=0, sentences=1, seconds=60):
            await day.say(duty, "/shift")
        page = town.sees(duty, "您已接班，上一班").text
        assert "指令2号" in page and "通知1号" in page, page
        assert not any(gone in page for gone in ("指令1号", "日志1号", "抽查", "交接班1号")), page
        await town.press(duty, "我已接清", words="您已接班")
        entry, order = await day.case("entry", Entry, 1), await day.case("instruction", Instruction, 2)
        assert entry.state == "answered" and order.open
        await town.say(second, town.bot, "/handover")
        assert f"交班人：{second.name} 未签" in town.sees(second, "交接班2号").text

        # All have done it: one summary, to whoever tells the giver, who is not registered.
        for person in people[1:]:
            await town.press(person, "办结", words="还剩1小时")
            await town.press(person, "已按要求落实")
        order = await day.case("instruction", Instruction, 2)
        assert order.state == "done" and order.finished == 5
        assert len(town.told(duty, "指令2号全部办结，请告诉王副区长")) == 1 and not town.told(second, "请告诉王副区长")

        # Month end: the duty log as the paper book is.
        await town.say(second, town.bot, "/log 本月 导出")
        document = Document(io.BytesIO(day.book(".docx")))
        printed = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
        printed |= {paragraph.text for paragraph in document.paragraphs}
        whole = "\n".join(printed)
        for word in ("日期", "天气", "值班员", "带班领导", "来电来文", "处理", "交接", "下午强对流", "已电话反馈"):
            assert word in whole, word
        sheets = load_workbook(io.BytesIO(day.book(".xlsx"))).worksheets
        cells = {cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row}
        assert {"日期", "天气", "值班员", "带班领导", "处理", "交接"} <= cells
        assert not await town.incidents(), "of all that day nothing was an incident"
