"""For which plans duties are chased, as administrators say, and the books that are kept because of it.

Nobody is chased before an administrator says so. From then on every bearer of the plan has a book for the year: the
round opens it, closes it where the bearer is no more, takes over a new version of the plan, and opens the next year's.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from bot.cases import records
from bot.clock import SHANGHAI
from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event, may_administer
from bot.service.opening import NewCase, Numbered
from bot.service.requests import Fence, Requester, Step
from bot.service.service import Service
from bot.texts import duty as t
from plans.core.command import Command
from plans.duty.book import AdoptPlan, BookTurned, CloseBook, DescribeBearer, OpenBook, ReopenBook
from plans.duty.instances import last_done
from plans.duty.owing import Owing, owing
from plans.duty.state import KIND, DutyBook
from plans.model import Plan
from storage import Writing
from storage.duty_tables import BookRow, DutySwitch
from storage.people import Person
from storage.transaction import Reading

AT_ONCE = 20
"""Books in one transaction: whoever reports meanwhile waits for no more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BookStep(Step):
    """Something that is asked of a book; ``sequence``: as it stood then."""

    sequence: int


Asked = BookStep | NewCase

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Bearers:
    """Who would be chased under a plan.

    Attributes:
        counts: how many of each kind; ``role``, ``unit``, or a kind of body. unreachable: ids of units and bodies that
            nobody answers for who can be written to.
        on: whether they are chased now. since: since when that holds; None = it was never said.
    """

    counts: dict[str, int]
    unreachable: tuple[str, ...]
    on: bool
    since: datetime | None

    @property
    def total(self) -> int:
        """How many books there are to be."""
        return sum(self.counts.values())


async def switched_on(rx: Reading, plan: Plan) -> DutySwitch | None:
    """Return what was said last about a plan's duties, None = nothing ever."""
    rows = await rx.duties.switches(plan.jurisdiction.name)
    return next((row for row in rows if row.plan_id == plan.id), None)


async def bearers_now(service: Service, rx: Reading, plan: Plan) -> Bearers:
    """Return who bears duties of a plan now."""
    listed = await service.bodies.of(rx, plan.jurisdiction.name)
    found, switch = owing(plan, listed.bodies), await switched_on(rx, plan)
    reachable = await rx.people.reachable_units(plan.jurisdiction.name, plan.id, by_head=True)
    return Bearers(
        counts=dict(Counter(item.about for item in found)),
        unreachable=tuple(item.id for item in found if item.kind != "role" and item.id not in reachable),
        on=switch is not None and switch.on, since=switch.since if switch is not None else None,
    )  # fmt: skip


async def switch_duties(
    service: Service, person: Person, plan: Plan, *, on: bool, cause: str, requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Begin or end to chase the duties of a plan, in the name of an administrator."""
    place = plan.jurisdiction.name

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await may_administer(service, tx, person, place):
            return AdminResult(key="admin_only", ok=False)
        before = await switched_on(tx, plan)
        if on == (before is not None and before.on):
            return AdminResult(key="duties_on_already" if on else "duties_off_already", ok=False)
        switch = DutySwitch(jurisdiction=place, plan_id=plan.id, on=on, since=now, by=person.id)
        await tx.duties.switch(switch)
        event = "duties-on" if on else "duties-off"
        await append_admin_event(tx, place, event, actor=person.id, cause=cause, at=now, plan=plan.id)
        return AdminResult(key="duties_on" if on else "duties_off", values={"plan": plan.title})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def keep_books(service: Service, now: datetime, fence: Fence | None = None) -> int:
    """Open, close and bring up to date every book that is to be; return how many were changed.

    Raises:
        Unavailable: the database cannot now. LostClaim: another process does it.
    """
    async with service.store.reading() as rx:
        switches = await rx.duties.switches()
    changed = 0
    for switch in switches:
        if switch.plan_id in service.registry.ids:
            changed += await keep_books_of(service, service.registry.current(switch.plan_id), now, fence=fence)
    return changed


async def keep_books_of(
    service: Service, plan: Plan, now: datetime, *, most: int | None = None, fence: Fence | None = None
) -> int:
    """Bring the books of a plan up to date; return how many were changed.

    Args:
        most: so many at most; the rest at the next round.
    """
    async with service.store.reading() as rx:
        asked = await wanted(service, rx, plan, now)
    asked = asked[:most] if most is not None else asked
    requester = Requester(fence=fence)
    for first in range(0, len(asked), AT_ONCE):
        await _done(service, asked[first : first + AT_ONCE], requester)
    return len(asked)


async def _done(service: Service, batch: Sequence[Asked], requester: Requester) -> None:
    """Do a batch in one transaction; where one of it is refused, each alone."""
    result = await service.execute(batch, cause=_cause(batch), requester=requester)
    if result.refusal is None:
        return
    for item in batch:
        result = await service.execute([item], cause=f"{_cause([item])}:alone", requester=requester)
        if result.refusal is not None:
            log.error("duties.refused", asked=_named(item), refusal=result.refusal.key)


def _cause(batch: Sequence[Asked]) -> str:
    return f"duty-books:{hashlib.sha256(' '.join(map(_named, batch)).encode()).hexdigest()[:32]}"


def _named(item: Asked) -> str:
    """Return what is asked of which book, as it stood: asked again of the same state it is the same."""
    if isinstance(item, BookStep):
        return f"{item.stream}:{type(item.command).__name__}:{item.sequence}"
    return item.once


async def wanted(service: Service, rx: Reading, plan: Plan, now: datetime) -> list[Asked]:
    """Return what is to be done so that everybody who bears duties has a book as it should be, and nobody else."""
    place, year = plan.jurisdiction.name, now.astimezone(SHANGHAI).year
    switch = await switched_on(rx, plan)
    rows = [row for row in await rx.duties.books(place, plan.id) if row.year >= year - 1]
    if switch is None or not switch.on:
        return [_step(row, CloseBook(reason=t.SWITCHED_OFF)) for row in rows if row.state == "open"]
    listed = await service.bodies.of(rx, place)
    bearers = {item.key: item for item in owing(plan, listed.bodies)}
    books = {(row.bearer_kind, row.bearer): row for row in sorted(rows, key=lambda row: row.year)}  # the newest of each
    hash_ = service.registry.hash_of(plan.id)
    asked: list[Asked] = [
        _step(row, CloseBook(reason=t.BEARER_GONE))
        for key, row in books.items()
        if row.state == "open" and key not in bearers
    ]
    for key, item in bearers.items():
        row = books.get(key)
        if row is None or (row.year < year and row.state != "open"):
            asked.append(await _opening(rx, plan, item, row, year))
        elif row.state == "closed":
            asked.append(_step(row, ReopenBook()))
        elif row.state == "open" and row.plan_hash != hash_:
            asked.append(_step(row, AdoptPlan()))
        elif row.state == "open" and (row.title, row.kinds) != (item.title, " ".join(item.kinds)):
            asked.append(_step(row, DescribeBearer(title=item.title, kinds=item.kinds)))
    return asked


def _step(row: BookRow, command: Command) -> BookStep:
    return BookStep(stream=row.stream, command=command, sequence=row.sequence)


async def _opening(rx: Reading, plan: Plan, item: Owing, before: BookRow | None, year: int) -> NewCase:
    """Return what opens a bearer's book; what the book of the year before had not settled goes on in it."""
    carried: tuple[dict[str, Any], ...] = ()
    done: dict[str, str] = {}
    if before is not None:
        book = await records.load_case(rx, before.stream)
        if isinstance(book, DutyBook):
            turned = [found.event for found in book.events if isinstance(found.event, BookTurned)]
            carried, done = (turned[-1].carried if turned else ()), last_done(book, plan)
    place = plan.jurisdiction.name

    def opening(given: Numbered) -> Command:
        return OpenBook(
            plan=given.plan.id, plan_version=given.plan.version, plan_hash=given.plan_hash, jurisdiction=place,
            number=given.number, year=given.year, bearer_kind=item.kind, bearer=item.id, title=item.title,
            kinds=item.kinds, carried=carried, last_done=done or None,
        )  # fmt: skip

    once = f"duty-book:{place}:{plan.id}:{item.kind}:{item.id}:{year}"
    return NewCase(kind=KIND, plan_id=plan.id, jurisdiction=place, command=opening, once=once)
