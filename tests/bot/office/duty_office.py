"""An office with a duty roster, without a program around it: people, shifts, requests, what each person was told."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.cases.plan_registry import PlanRegistry
from bot.clock import SHANGHAI, VirtualClock
from bot.office import swaps
from bot.office.administration import AdminResult
from bot.office.revoking import end
from bot.office.roster import watch, write_roster
from bot.office.shift_words import shift_words
from bot.office.swap_returns import give_back, withdraw
from bot.office.swap_rounds import keep_swaps, tell_fallen
from bot.office.swap_shifts import Wanted
from bot.outgoing.addresses import CaseAddresses
from bot.outgoing.serving import Serving, serving
from bot.service import Requester, Service
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.load import load_all
from plans.roster import Turn
from storage import Store, Writing
from storage.errors import AlreadyTaken, Conflict
from storage.outbox import OutboxRow
from storage.people import Holding, Person
from storage.people.swaps import SwapRow
from tests import stage
from tests.bot.cases.watch import Watch

CAMPUS = load_all()["jincheng-chengqu-campus"]
ELSEWHERE = load_all()["linan-campus"]
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)

ROLES = {
    "赵值班": "duty", "钱值班": "duty", "孙值班": "duty", "李值班": "duty", "周主任": "director", "吴主任": "director",
    "郑联络": "liaison", "王管理": "admin",
}  # fmt: skip
"""Who is there: four officers, two who lead, a liaison, an administrator; and 冯外地, an officer of elsewhere."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026, the second of which is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def turn(day: int, name: str, kind: str = "主班", hours: tuple[int, int] = (20, 8)) -> Turn:
    """Return a turn that begins on a day; one that would end before it begins ends on the next."""
    begins, ends = at(day, hours[0]), at(day, hours[1])
    return Turn(begins, ends if ends > begins else ends + timedelta(days=1), kind, name)


@dataclass
class Office:
    """See the module."""

    store: Store
    clock: VirtualClock
    service: Service
    people: dict[str, Person] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    @classmethod
    @asynccontextmanager
    async def open(cls, store: Store, policy: Policy = DEFAULT_POLICY) -> AsyncIterator[Office]:
        """Open an office in a migrated database."""
        clock = VirtualClock(MONDAY)
        registry = PlanRegistry({CAMPUS.id: CAMPUS, ELSEWHERE.id: ELSEWHERE})
        numbers = itertools.count(1)
        service = Service(store, registry, clock, policy=policy, new_id=lambda: f"case{next(numbers)}")
        office = cls(store, clock, service)
        async with store.writing() as tx:
            group = await stage.enter_group(tx, chat=-100, title="指挥群", at=MONDAY)
            await stage.bind(tx, group, CAMPUS, "command", at=MONDAY)
            for number, (name, role) in enumerate(ROLES.items(), 1):
                person = await stage.enter(tx, chat=number, name=name, at=MONDAY, id=f"p{number}")
                await office._grant(tx, person, role)
                office.people[name] = person
            person = await stage.enter(tx, chat=99, name="冯外地", at=MONDAY, id="p99")
            await stage.grant(tx, person, ELSEWHERE, "duty", at=MONDAY)
            office.people["冯外地"] = person
        yield office

    async def _grant(self, tx: Writing, person: Person, role: str) -> None:
        plan_id = "*" if role == "admin" else CAMPUS.id
        await tx.people.grant(
            Holding(
                id=new_id(), person_id=person.id, jurisdiction=CAMPUS.jurisdiction.name, plan_id=plan_id, role=role,
                unit="区教育局" if role == "liaison" else None, granted_by="settings", granted_at=MONDAY,
            )
        )  # fmt: skip

    # Acting

    async def write(self, *turns: Turn) -> None:
        """Write a roster, and tell what falls through by it."""
        now = self.clock.now()
        async with self.store.writing() as tx:
            await write_roster(tx, CAMPUS, turns, actor=self.people["王管理"].id, cause=self.cause(), now=now)
        await tell_fallen(self.service)

    async def ask(self, name: str, shift: Turn, other: Turn | None = None, reason: str = "") -> AdminResult:
        """Let somebody ask for a replacement."""
        wanted = Wanted(plan_id=CAMPUS.id, turn=shift, other=other, reason=reason)
        done = await swaps.ask(
            self.service, self.people[name], wanted, cause=self.cause(), requester=self.requester(name)
        )
        assert done is not None
        return done

    async def press(self, name: str, button: str, request: str, via: str = "direct") -> AdminResult:
        """Let somebody press a button of a request; a conflict is tried again, as an update is."""
        person, cause = self.people[name], self.cause()
        requester = replace(self.requester(name), via=via)
        while True:
            try:
                if button in ("approve", "refuse"):
                    done = await swaps.decide(
                        self.service, person, request, approved=button == "approve", cause=cause, requester=requester
                    )
                else:
                    act = {"take": swaps.take, "withdraw": withdraw, "give_back": give_back}[button]
                    done = await act(self.service, person, request, cause=cause, requester=requester)
            except (Conflict, AlreadyTaken):
                continue
            assert done is not None
            await tell_fallen(self.service)
            return done

    async def leave(self, name: str) -> None:
        """Take every role from somebody."""
        now = self.clock.now()
        async with self.store.writing() as tx:
            for item in await tx.people.holdings(self.people[name].id):
                await end(tx, item, by="", cause=self.cause(), now=now)

    async def come_back(self, name: str) -> None:
        """Give somebody who left his role again."""
        async with self.store.writing() as tx:
            if not await tx.people.holdings(self.people[name].id):
                await self._grant(tx, self.people[name], ROLES[name])

    async def block(self, name: str, blocked: bool = True) -> None:
        """Let somebody block the bot."""
        async with self.store.writing() as tx:
            person = await tx.people.get(self.people[name].id)
            assert person is not None
            await tx.people.save(replace(person, blocked_at=self.clock.now() if blocked else None))

    async def until(self, moment: datetime) -> None:
        """Let time pass, without a round."""
        await self.clock.advance_to(moment)

    async def round(self) -> None:
        """Make the round that looks at shifts and replacements."""
        await keep_swaps(self.service, self.clock.now())
        await shift_words(self.service, self.clock.now())

    def cause(self) -> str:
        return f"test:{next(self._numbers)}"

    def requester(self, name: str) -> Requester:
        return Requester(person_id=self.people[name].id)

    # Looking

    async def swap(self, request: str) -> SwapRow:
        async with self.store.reading() as rx:
            found = await rx.people.swap(request)
        assert found is not None
        return found

    async def requests(self) -> list[SwapRow]:
        """Return the requests that are not settled."""
        async with self.store.reading() as rx:
            return await rx.people.waiting_swaps()

    async def served(self, moment: datetime) -> list[str]:
        """Return who is on duty, as everybody is shown it."""
        async with self.store.reading() as rx:
            return [item.name for item in (await watch(rx, CAMPUS, moment)).now]

    async def all_served(self, after: datetime, before: datetime) -> list[Serving]:
        """Return who serves in a span of time, as it is exported."""
        async with self.store.reading() as rx:
            return await serving(rx, CAMPUS, after, before)

    async def rung(self, moment: datetime) -> list[str]:
        """Return who is rung for the seat while nobody sits there, because of the roster."""
        case = Watch(stream="watch:1", jurisdiction=CAMPUS.jurisdiction.name)
        async with self.store.reading() as rx:
            return sorted(item.real_name for item in await CaseAddresses(rx, CAMPUS, case, moment)._rostered())

    async def sent(self) -> list[OutboxRow]:
        """Return every message that was written to a person, the oldest first."""
        async with self.store.reading() as rx:
            rows = [row for person in self.people.values() for row in await rx.outbox.to_person(person.id)]
        return sorted((row for row in rows if row.state != "dropped"), key=lambda row: row.id)

    async def told(self, name: str, words: str = "") -> list[str]:
        """Return what somebody was told that holds some words."""
        rows: Sequence[OutboxRow] = await self.sent()
        mine = [str(row.payload.get("text", "")) for row in rows if row.person_id == self.people[name].id]
        return [text for text in mine if words in text]
