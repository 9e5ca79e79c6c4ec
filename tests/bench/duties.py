"""B15: duties of many bearers: books are opened, a period turns; a wake with a year of history beside a new one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from bot.cases.plan_registry import PlanRegistry
from bot.clock import SHANGHAI, VirtualClock
from bot.office.duties import keep_books
from bot.service import Requester, Service, Step
from plans.core.policy import DEFAULT_POLICY
from plans.duty.chasing import BookWake
from plans.duty.settling import ReopenDuty, SettleDuty
from plans.load import DATA, load
from plans.model import Plan
from storage import open_store
from storage.bodies import BodyList, BodyRow
from storage.duties import DutySwitch
from storage.store import Store
from tests import stage
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run
from tests.plans.duty.life import CALENDAR

BEGIN = datetime(2026, 9, 1, 8, 0, tzinfo=SHANGHAI)
MONDAY = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)
"""The week in which October's and the fourth quarter's periods have begun."""

DUTIES = 15


def plan_of_fifteen() -> Plan:
    """Return the plan of Dehui in which a school bears fifteen duties that recur."""
    plan = load(DATA / "dehui-education-duties.yaml")
    kept = [duty for duty in plan.duties if duty.each and duty.every is not None and "学校" in duty.each]
    monthly = next(duty for duty in kept if duty.id == "school-month-meeting")
    more = [monthly.model_copy(update={"id": f"monthly-{number}"}) for number in range(DUTIES - len(kept))]
    return plan.model_copy(update={"duties": (*kept, *more)})


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B15."""
    bearers = run.size(10_000, 200)
    run.say(f"{bearers:,} bearers of {DUTIES} duties")
    opened, turned, fresh, old = asyncio.run(_measured(bearers, run.size(200, 60)))
    yield Line(
        number="B15", measure=f"books of {bearers:,} bearers are opened, a book", unit="ms",
        ours=(1e3 * opened / bearers,), aim=Aim(on="ours", at_most=20),
    )  # fmt: skip
    yield Line(
        number="B15", measure=f"a week turns for {bearers:,} bearers: periods, messages", unit="s",
        ours=(turned,), aim=Aim(on="ours", at_most=60),
    )  # fmt: skip
    yield Line(
        number="B15", measure="a wake of a book with a year of history", unit="ms", ours=(1e3 * old,),
        peer=(1e3 * fresh,), against="of a new one", aim=Aim(at_most=1.5),
    )  # fmt: skip


async def _measured(bearers: int, acts: int) -> tuple[float, float, float, float]:
    async with await open_store("sqlite+aiosqlite://") as store:
        clock, plan = VirtualClock(BEGIN), plan_of_fifteen()
        numbers = count(1)
        service = Service(
            store, PlanRegistry({plan.id: plan}), clock, new_id=lambda: f"{next(numbers):06}",
            policy=replace(DEFAULT_POLICY, calendar=CALENDAR),
        )  # fmt: skip
        await _listed(store, plan, bearers)
        began = time.perf_counter()
        await keep_books(service, clock.now())
        opened = time.perf_counter() - began
        async with store.reading() as rx:
            streams = [row.stream for row in await rx.duties.books(plan.jurisdiction.name, plan.id)]
        await clock.advance_to(MONDAY)
        began = time.perf_counter()
        for first in range(0, len(streams), 50):
            due = {stream: f"turn:{stream}" for stream in streams[first : first + 50]}
            await service.wake_together(due, ())
        turned = time.perf_counter() - began
        fresh = await _wake(service, clock, streams[:20], "fresh")
        for stream in streams[:20]:
            await _lived(service, stream, acts)
        old = await _wake(service, clock, streams[:20], "old")
        return opened, turned, fresh, old


async def _listed(store: Store, plan: Plan, bearers: int) -> None:
    place = plan.jurisdiction.name
    rows = [
        BodyRow(jurisdiction=place, id=f"s{number}", name=f"第{number}小学", kind="小学", township="城关镇", since=1)
        for number in range(bearers)
    ]
    async with store.writing() as tx:
        await tx.bodies.take_over(BodyList(jurisdiction=place, number=1, at=BEGIN, by="b", added=bearers), rows, ())
        section = await stage.enter(tx, id="section", chat=1, name="安全科", at=BEGIN)
        await stage.grant(tx, section, plan, "duty", at=BEGIN)
        await tx.duties.switch(DutySwitch(jurisdiction=place, plan_id=plan.id, on=True, since=BEGIN, by="b"))


async def _lived(service: Service, stream: str, acts: int) -> None:
    """Let a bearer do and take back something so often as a year has school days."""
    pair = await service.case(stream)
    assert pair is not None
    key = next(iter(pair[1].waiting())).key  # type: ignore[attr-defined]
    for number in range(acts // 2):
        for command in (SettleDuty(key=key, sure=True), ReopenDuty(key=key)):
            cause = f"lived:{stream}:{number}:{type(command).__name__}"
            requester = Requester(person_id="section")
            result = await service.execute([Step(stream=stream, command=command)], cause=cause, requester=requester)
            if result.refusal is not None:
                raise RuntimeError(result.refusal.key)


async def _wake(service: Service, clock: VirtualClock, streams: list[str], word: str) -> float:
    """Return the seconds of a wake at which nothing is due, of books that nobody has read lately."""
    await clock.advance(timedelta(minutes=1))
    service._cache.forget()
    began = time.perf_counter()
    for stream in streams:
        await service.execute(
            [Step(stream=stream, command=BookWake())], cause=f"{word}:{stream}", requester=Requester()
        )
    return (time.perf_counter() - began) / len(streams)
