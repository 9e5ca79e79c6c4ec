"""A year of duties over a real database and the real scheduler, in virtual time: the office lists its bodies, people
tick or do not, and what each of them is told is counted.

    async with Year.open(store, DEHUI, datetime(2026, 9, 1, 8, tzinfo=SHANGHAI), schools(40)) as year:
        await year.switch(on=True)
        await year.until(datetime(2026, 10, 1, tzinfo=SHANGHAI))
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.cases import records
from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.office.bodies import Preview, take_over
from bot.office.duties import keep_books, switch_duties
from bot.scheduler import Scheduler
from bot.service import Requester, Result, Service, Step
from plans.areas import Body
from plans.areas.changes import Changes
from plans.areas.sheet import Reading
from plans.calendar import OfficeCalendar
from plans.core.command import Command
from plans.core.policy import DEFAULT_POLICY
from plans.duty.state import DutyBook
from plans.model import Plan
from storage.duty_tables import BookRow, InstanceRow
from storage.outbox import OutboxRow
from storage.people import Person
from storage.store import Store
from tests import stage
from tests.plans.duty.life import CALENDAR

DAY = timedelta(days=1)


def schools(count: int, *, buses: int = 0) -> list[Body]:
    """Return that many schools, some of them with buses."""
    return [
        Body(
            id=f"第{number}小学", name=f"第{number}小学", kind="小学、有校车" if number <= buses else "小学",
            township="城关镇", head=f"校长{number}",
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


@dataclass
class Year:
    """See the module.

    Attributes:
        heads: the head of each body, by the body's id. section: a duty officer, who checks.
    """

    store: Store
    plan: Plan
    clock: VirtualClock
    service: Service
    admin: Person
    section: Person
    heads: dict[str, Person] = field(default_factory=dict)
    _causes: itertools.count[int] = field(default_factory=itertools.count)
    _scheduler: Scheduler | None = None

    @classmethod
    @asynccontextmanager
    async def open(
        cls, store: Store, plan: Plan, at: datetime, bodies: Sequence[Body] = (), *,
        calendar: OfficeCalendar = CALENDAR,
    ) -> AsyncIterator[Year]:  # fmt: skip
        """Open a year at a moment."""
        clock, numbers = VirtualClock(at), itertools.count(1)
        service = Service(
            store, PlanRegistry({plan.id: plan}), clock, new_id=lambda: f"{next(numbers):05}",
            policy=replace(DEFAULT_POLICY, calendar=calendar), admins=frozenset({1}),
        )  # fmt: skip
        now = clock.now()
        async with store.writing() as tx:
            group = await stage.enter_group(tx, id="group", chat=-100, title="指挥群", at=now)
            await stage.bind(tx, group, plan, "command", at=now)
            admin = await stage.enter(tx, id="admin", chat=1, name="孙管理", at=now)
            section = await stage.enter(tx, id="section", chat=2, name="李安全科", at=now)
            await stage.grant(tx, section, plan, "duty", at=now)
            await stage.sit(tx, section, plan, at=now)
        year = cls(store=store, plan=plan, clock=clock, service=service, admin=admin, section=section)
        await year.take_list(bodies)
        scheduler = year._scheduler = Scheduler(service, clock, safety=False)
        task = asyncio.create_task(scheduler.run())
        try:
            yield year
        finally:
            scheduler.stop()
            await task

    async def take_list(self, bodies: Sequence[Body]) -> None:
        """Take over the office's list; each new body has a head who can be written to."""
        now, place = self.clock.now(), self.plan.jurisdiction.name
        async with self.store.writing() as tx:
            listed = await self.service.bodies.of(tx, place)
            known = {body.id: body for body in listed.bodies}
            found = Changes(
                added=tuple(body for body in bodies if body.id not in known),
                changed=tuple((known[b.id], b) for b in bodies if b.id in known and known[b.id] != b),
                absent=tuple(body for body in listed.bodies if body.id not in {b.id for b in bodies}),
            )
            preview = Preview(reading=Reading(rows=()), changes=found, version=listed.version)
            await take_over(
                tx, place, preview, without_absent=True, source="x", by="admin",
                cause=f"list:{next(self._causes)}", now=now,
            )  # fmt: skip
            for number, body in enumerate(bodies, 100 + len(self.heads)):
                if body.id not in self.heads:
                    head = await stage.enter(tx, id=f"head-{body.id}", chat=number, name=body.head, at=now)
                    await stage.grant(tx, head, self.plan, "head", at=now, unit=body.id)
                    self.heads[body.id] = head

    async def switch(self, *, on: bool) -> None:
        """Let the administrator switch the duties on or off, and make the round."""
        done = await switch_duties(
            self.service, self.admin, self.plan, on=on, cause=f"switch:{next(self._causes)}", requester=Requester()
        )
        assert done is not None and done.ok, done
        await self.round()

    async def round(self) -> int:
        """Make a round; return how many books it changed."""
        changed = await keep_books(self.service, self.clock.now())
        await self.clock.settle()
        return changed

    async def until(self, moment: datetime) -> None:
        """Let time pass; a round is made each night."""
        while self.clock.now() < moment:
            await self.clock.advance_to(min(moment, self.clock.now() + DAY))
            await self.round()

    async def do(self, stream: str, command: Command, by: Person | None) -> Result:
        """Give a command."""
        requester = Requester(person_id=by.id if by is not None else "")
        cause = f"do:{next(self._causes)}"
        return await self.service.execute([Step(stream=stream, command=command)], cause=cause, requester=requester)

    async def books(self, state: str | None = None) -> list[BookRow]:
        """Return the books."""
        async with self.store.reading() as rx:
            return await rx.duties.books(self.plan.jurisdiction.name, self.plan.id, state=state)

    async def rows(self) -> list[InstanceRow]:
        """Return every duty in every period."""
        async with self.store.reading() as rx:
            return await rx.duties.instances(self.plan.jurisdiction.name, self.plan.id)

    async def book(self, stream: str) -> DutyBook:
        """Return a book as its log tells it."""
        async with self.store.reading() as rx:
            case = await records.load_case(rx, stream)
        assert isinstance(case, DutyBook)
        return case

    async def told(self) -> list[OutboxRow]:
        """Return every message about a book that was written."""
        books = await self.books()
        async with self.store.reading() as rx:
            return [row for book in books for row in await rx.outbox.of(book.stream)]
