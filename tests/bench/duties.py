"""B15: duties of many bearers: books are opened, a week turns; a wake with a year of history beside a new one.

Each bearer is a school with a head who can be written to, and the week turns as it does in the program: the scheduler
asks what is due, and each head's message is written. It is counted in time of the processor, which neighbours disturb
least; what the clock says is told beside it. A piece of work of a fixed size is measured too, so that a busy machine is
seen.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import func, select

from bot.cases.plan_registry import PlanRegistry
from bot.clock import SHANGHAI, VirtualClock
from bot.office.duties import keep_books
from bot.scheduler import Scheduler
from bot.service import Requester, Service, Step
from plans.core.policy import DEFAULT_POLICY
from plans.duty.chasing import BookWake
from plans.duty.settling import ReopenDuty, SettleDuty
from plans.duty.state import DutyBook
from plans.load import DATA, load
from plans.model import Plan
from storage.bodies import BodyList, BodyRow
from storage.duty_tables import DutySwitch
from storage.outbox.tables import outbox
from storage.store import Store
from tests import stage as people_on
from tests.bench import stage
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, each, percentile
from tests.plans.duty.life import CALENDAR

BEGIN = datetime(2026, 9, 1, 8, 0, tzinfo=SHANGHAI)
MONDAY = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)
"""The week in which October's and the fourth quarter's periods have begun."""

DUTIES = 15

OLD = 20
"""Books that get a year of history."""


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
    taken = asyncio.run(_measured(run, bearers, run.size(200, 60)))
    yield Line(
        number="B15", measure=f"books of {bearers:,} bearers are opened, a book", unit="ms",
        ours=(1e3 * taken.opened / bearers,), peer=(1e3 * taken.fixed,), against="a fixed piece of work",
        aim=Aim(on="ours", at_most=20), note="the fixed piece: 4 kB of JSON made and hashed twenty times",
    )  # fmt: skip
    yield Line(
        number="B15", measure=f"a week turns for {bearers:,} bearers: periods, messages", unit="s",
        ours=(taken.turned,), aim=Aim(on="ours", at_most=60),
        note=f"by the scheduler, each head gets his message; by the clock {taken.waited:.0f} s",
    )  # fmt: skip
    yield Line(
        number="B15", measure="the same, a book", unit="ms", ours=(1e3 * taken.turned / bearers,),
        peer=(1e3 * taken.fixed,), against="a fixed piece of work", aim=Aim(on="ours", at_most=6),
    )  # fmt: skip
    yield Line(
        number="B15", measure="a wake of a book with a year of history", unit="ms", ours=(1e3 * taken.old,),
        peer=(1e3 * taken.fresh,), against="of a new one", aim=Aim(at_most=1.5),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Taken:
    """Seconds of the processor.

    Attributes:
        opened: of all books. turned: of the week; waited: the same by the clock. fresh, old: of one wake of a book.
        fixed: of the fixed piece of work.
    """

    opened: float
    turned: float
    waited: float
    fresh: float
    old: float
    fixed: float


async def _measured(run: Run, bearers: int, acts: int) -> _Taken:
    async with stage.sqlite(run.folder, "duties") as store:
        clock, plan = VirtualClock(BEGIN), plan_of_fifteen()
        numbers = count(1)
        service = Service(
            store, PlanRegistry({plan.id: plan}), clock, new_id=lambda: f"{next(numbers):06}",
            policy=replace(DEFAULT_POLICY, calendar=CALENDAR),
        )  # fmt: skip
        await _listed(store, plan, bearers)
        fixed = [_fixed_work()]
        began = time.process_time()
        await keep_books(service, clock.now())
        opened = time.process_time() - began
        fixed.append(_fixed_work())
        await clock.advance_to(MONDAY)
        began, entered = time.process_time(), time.perf_counter()
        await Scheduler(service, clock, safety=False)._serve()
        turned, waited = time.process_time() - began, time.perf_counter() - entered
        fixed.append(_fixed_work())
        async with store.reading() as rx:
            streams = [row.stream for row in await rx.duties.books(plan.jurisdiction.name, plan.id)]
            told = await rx._session.scalar(
                select(func.count()).select_from(outbox).where(outbox.c.notice == "duty_digest")
            )
        if told < bearers:
            raise RuntimeError(f"{told} messages for {bearers} bearers")
        fresh = await _wake(service, clock, streams[:OLD], "fresh")
        for stream in streams[:OLD]:
            await _lived(service, stream, acts)
        old = await _wake(service, clock, streams[:OLD], "old")
        return _Taken(opened=opened, turned=turned, waited=waited, fresh=fresh, old=old, fixed=percentile(fixed, 0.5))


def _fixed_work() -> float:
    """Return the seconds of a piece of work that is always the same: by it a busy machine is seen."""
    page = {f"{number}": list(range(10)) for number in range(100)}

    def work() -> str:
        return hashlib.sha256("".join(json.dumps(page) for _ in range(20)).encode()).hexdigest()

    return percentile(each(work, 50, time.process_time), 0.5)


async def _listed(store: Store, plan: Plan, bearers: int) -> None:
    place = plan.jurisdiction.name
    rows = [
        BodyRow(jurisdiction=place, id=f"s{number}", name=f"第{number}小学", kind="小学", township="城关镇", since=1)
        for number in range(bearers)
    ]
    async with store.writing() as tx:
        await tx.bodies.take_over(BodyList(jurisdiction=place, number=1, at=BEGIN, by="b", added=bearers), rows, ())
        section = await people_on.enter(tx, id="section", chat=1, name="安全科", at=BEGIN)
        await people_on.grant(tx, section, plan, "duty", at=BEGIN)
        for number, row in enumerate(rows):
            head = await people_on.enter(
                tx, id=f"head-{row.id}", chat=1_000_000 + number, name=f"校长{number}", at=BEGIN
            )
            await people_on.grant(tx, head, plan, "head", unit=row.id, at=BEGIN)
        await tx.duties.switch(DutySwitch(jurisdiction=place, plan_id=plan.id, on=True, since=BEGIN, by="b"))


async def _lived(service: Service, stream: str, acts: int) -> None:
    """Let a bearer do and take back something so often as a year has school days."""
    pair = await service.case(stream)
    assert pair is not None
    plan, book = pair
    assert isinstance(book, DutyBook)
    key = next(iter(book.waiting())).key
    async with service.store.reading() as rx:
        head = (await rx.people.holders(plan.jurisdiction.name, plan.id, "head", book.bearer))[0]
    for number in range(acts // 2):
        for command in (SettleDuty(key=key, sure=True), ReopenDuty(key=key)):
            cause = f"lived:{stream}:{number}:{type(command).__name__}"
            requester = Requester(person_id=head.id)
            result = await service.execute([Step(stream=stream, command=command)], cause=cause, requester=requester)
            if result.refusal is not None:
                raise RuntimeError(result.refusal.key)


async def _wake(service: Service, clock: VirtualClock, streams: list[str], word: str) -> float:
    """Return the seconds of a wake at which nothing is due, of books that nobody has read lately."""
    await clock.advance(timedelta(minutes=1))
    service.cache.forget()
    began = time.process_time()
    for stream in streams:
        await service.execute(
            [Step(stream=stream, command=BookWake())], cause=f"{word}:{stream}", requester=Requester()
        )
    return (time.process_time() - began) / len(streams)
