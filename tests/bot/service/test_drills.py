"""A drill by script under every plan: held by whatever is real, gone on with at its pace, and counted as a duty."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.callback_data import new_id
from bot.cases import records
from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.office.directing import counted_for, playing
from bot.office.duties import keep_books
from bot.scenario import parse
from bot.service import NewReport, Requester, Service, Step
from bot.simulate import cast
from plans.bearers import bearers
from plans.core.command import Command
from plans.desk.directing import BeginDrill, EndDrill, GoOnWithDrill
from plans.desk.drill_items import ItemPlayed
from plans.desk.drill_state import Drill
from plans.desk.evaluating import JudgeLook
from plans.duty.state import DutyBook
from plans.incident.state import Incident
from plans.model import Duty, Plan
from storage import open_store
from storage.duty_tables import DutySwitch
from tests.journeys.world import plans

AT = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
DIRECTOR = Requester(person_id="person:duty")
PLANS = [plan for plan in plans().values() if plan.responses]
SCRIPT = """
title: 试演
plan: {plan}
occurred_at: 2026-06-01T09:00:00+08:00
drill: true
steps:
  - {{at: "+1m", actor: school, do: report, text: "发生险情，4人受伤"}}
  - {{at: "+5m", actor: duty, inject: 第一条}}
  - {{at: "+6m", words: 有人接手}}
  - {{at: "+10m", actor: duty, inject: 第二条}}
  - {{at: "+17m", actor: duty, inject: 第三条}}
  - {{at: "+20m", words: 说清了}}
"""


@dataclass
class Office:
    """A service on a database in memory, with one plan's people seated."""

    service: Service
    plan: Plan
    drill: str = ""
    causes: int = 0

    @classmethod
    @asynccontextmanager
    async def open(cls, plan: Plan) -> AsyncIterator[Office]:
        clock = VirtualClock(AT)
        async with await open_store("sqlite+aiosqlite://") as store:
            service = Service(store, PlanRegistry(plans()), clock, new_id=new_id)
            await cast.enter(service, plan, [], AT)
            yield cls(service, plan)

    @property
    def now(self) -> datetime:
        return self.service.clock.now()

    async def do(self, command: Command, stream: str = "", by: Requester = DIRECTOR) -> None:
        self.causes += 1
        step = Step(stream=stream or self.drill, command=command)
        result = await self.service.execute([step], cause=f"test:{self.causes}", requester=by)
        assert result.refusal is None, result.refusal

    async def keep_books(self, *of: Plan) -> None:
        """Let the duties of some plans be chased from now on."""
        async with self.service.store.writing() as tx:
            for plan in of:
                place = plan.jurisdiction.name
                await tx.duties.switch(DutySwitch(jurisdiction=place, plan_id=plan.id, on=True, since=self.now, by=""))
        await keep_books(self.service, self.now)

    async def begin(self) -> None:
        script = parse(SCRIPT.format(plan=self.plan.id), "script.yaml")
        result = await self.service.execute(
            [playing(self.plan, "own", script, "place:duty")], cause="test:prepare", requester=DIRECTOR
        )
        assert result.refusal is None, result.refusal
        self.drill = result.streams[0]
        await self.do(BeginDrill())

    async def report(self, plan: Plan) -> None:
        new = NewReport(
            plan_id=plan.id, jurisdiction=plan.jurisdiction.name, text="刚才2人受伤", said_at=self.now,
            place_id="place:duty",
        )  # fmt: skip
        self.causes += 1
        assert (await self.service.execute([new], cause=f"test:{self.causes}", requester=DIRECTOR)).refusal is None

    async def wait(self, minutes: float) -> None:
        """Let so many minutes pass, and wake the drill whenever something of it is due."""
        clock = self.service.clock
        assert isinstance(clock, VirtualClock)
        until = self.now + timedelta(minutes=minutes)
        while True:
            case = await self.case()
            due = [at for item in case.waiting if case.state == "running" and (at := case.due(item)) is not None]
            moment = min([until, *(max(at, self.now) for at in due)])
            await clock.advance_to(moment)
            self.causes += 1
            await self.service.wake(self.drill, cause=f"wake:{self.causes}")
            if moment == until:
                return

    async def case(self) -> Drill:
        async with self.service.store.reading() as rx:
            case = await records.load_case(rx, self.drill)
        assert isinstance(case, Drill)
        return case

    async def incident(self) -> Incident:
        stream = next(iter((await self.case()).incidents))
        async with self.service.store.reading() as rx:
            found = await records.load(rx, stream)
        assert found is not None
        return found

    async def played(self) -> dict[int, timedelta]:
        """Return when each item was played, after the beginning."""
        case = await self.case()
        assert case.begun_at is not None
        return {
            item.event.number: item.at - case.begun_at for item in case.events if isinstance(item.event, ItemPlayed)
        }  # fmt: skip


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
async def test_what_is_real_holds_it_at_once_and_nothing_is_poured_out_when_it_goes_on(plan: Plan) -> None:
    async with Office.open(plan) as office:
        await office.begin()
        await office.wait(5.5)
        assert [*await office.played()] == [1, 2] and (await office.incident()).drill
        await office.report(plan)
        held = await office.case()
        assert (held.state, held.held_for) == ("held", 1) and (await office.incident()).paused
        await office.wait(90)
        assert [*await office.played()] == [1, 2], "nothing comes while it is held"
        await office.do(GoOnWithDrill())
        await office.wait(0)
        assert [*await office.played()] == [1, 2] and not (await office.incident()).paused
        await office.wait(30)
        stood = timedelta(minutes=90)
        assert await office.played() == {
            1: timedelta(minutes=1), 2: timedelta(minutes=5), 3: timedelta(minutes=6) + stood,
            4: timedelta(minutes=10) + stood, 5: timedelta(minutes=17) + stood, 6: timedelta(minutes=20) + stood,
        }  # fmt: skip
        await office.report(plan)
        assert (await office.case()).held_for == 2, "and the next real one holds it again"


@pytest.mark.parametrize("before", [True, False], ids=["before its first report", "while it runs"])
async def test_something_real_under_another_plan_of_the_place_holds_it_and_elsewhere_does_not(before: bool) -> None:
    energy, water, campus = (plans()[f"jincheng-{name}"] for name in ("energy", "water-rescue", "chengqu-campus"))
    async with Office.open(energy) as office:
        await office.begin()
        await office.wait(0.5 if before else 2)
        await office.report(campus)
        assert (await office.case()).state == "running"
        await office.report(water)
        assert (await office.case()).state == "held"


async def test_what_comes_in_the_moment_in_which_it_begins_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = SCRIPT.replace('"+1m"', '"+0m"').replace('"+5m"', '"+0m"')
    look = '"+0m", words: 有人接手, expect: {{state: reported}}'
    monkeypatch.setattr(f"{__name__}.SCRIPT", at_once.replace('"+6m", words: 有人接手', look))
    async with Office.open(plans()["jincheng-chengqu-campus"]) as office:
        await office.begin()
        case = await office.case()
        assert [*await office.played()] == [1, 2, 3] and len(case.incidents) == 1
        checked = case.items[3].checked
        assert checked is not None and checked.done and checked.at == case.begun_at


DUTIES = [plan for plan in PLANS if any(duty.drill and duty.every is not None for duty in plan.duties)]


def test_the_plans_with_a_drill_duty_that_recurs_are_these() -> None:
    """Of each the clause that says so; the others want drills without a period, which nobody chases."""
    assert {plan.id: sorted({duty.clause for duty in plan.duties if duty.drill and duty.every}) for plan in DUTIES} == {
        "jincheng-energy": ["6.3", "6.6"], "jincheng-public-health": ["8.1"], "jincheng-transit": ["6.6"],
        "jincheng-water-rescue": ["6.7.3"],
    }  # fmt: skip


@pytest.mark.parametrize("plan", DUTIES, ids=lambda plan: plan.id)
async def test_it_is_the_drill_duty_of_who_took_part_and_of_nobody_else_and_of_no_other_plan(plan: Plan) -> None:
    async with Office.open(plan) as office:
        await office.keep_books(*DUTIES)
        await office.begin()
        await office.wait(7)
        await office.do(JudgeLook(number=3, verdict="met"))
        await office.do(EndDrill())
        settled = await _settled(office)
        own = {duty.id for duty in plan.duties if duty.drill and duty.every and _bears(plan, duty)}
        assert own and settled == {(plan.id, plan.office_unit, duty) for duty in own}
        case = await office.case()
        async with office.service.store.reading() as rx:
            told = await counted_for(rx, plans(), case)
        assert {(one.id, duty.id) for one, duty, _ in told} == {(name, duty) for name, _, duty in settled}


def _bears(plan: Plan, duty: Duty) -> bool:
    return plan.office_unit in {bearer.id for bearer in bearers(plan, duty)}


async def test_what_ended_before_anything_was_seen_counts_for_nobody() -> None:
    plan = plans()["jincheng-water-rescue"]
    async with Office.open(plan) as office:
        await office.keep_books(plan)
        await office.begin()
        await office.wait(7)
        await office.do(EndDrill())
        assert await _settled(office) == set() and not (await office.case()).counts


async def _settled(office: Office) -> set[tuple[str, str, str]]:
    """Return plan, bearer and duty of what a drill has settled."""
    found = set[tuple[str, str, str]]()
    async with office.service.store.reading() as rx:
        for row in await rx.duties.books(office.plan.jurisdiction.name):
            book = await records.load_case(rx, row.stream)
            assert isinstance(book, DutyBook)
            found |= {(book.plan, book.bearer, item.duty) for item in book.instances.values() if item.said}
    return found
