"""The duty roster in the office: written by an administrator, shown to those who serve, a word when a shift changes.

The roster moves no seat: it says whose turn it is, and asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import SHANGHAI
from bot.office.administration import AdminResult, admin_transaction, admins, append_admin_event, may_administer
from bot.office.identity import registered
from bot.office.people import bound_plans
from bot.office.seat import sitting_on
from bot.outgoing.messages import OutgoingMessage
from bot.render import Message
from bot.render.roster import seat_not_taken, shift_ahead, unregistered
from bot.service.requests import Requester
from bot.service.service import Service
from plans.model import Plan
from plans.roster import Turn, on_duty
from plans.roster.duty import FIRST
from plans.roster.people import name_key
from storage import Writing
from storage.canonical import canonical
from storage.people import Person, Seat, ShiftRow, of_name
from storage.transaction import Reading

AHEAD = timedelta(minutes=25)
"""本地规定: so long before a shift at the earliest its officer is told; rounds come every ten minutes."""

GRACE = timedelta(minutes=10)
"""本地规定: so long after a shift began nobody need have taken the seat over."""

LATEST = timedelta(hours=2)
"""After so long the change of a shift is no news any more."""

VIEW = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Who has the duty of a plan at a moment.

    Attributes:
        now: whose turn it is by the roster. following: the turns of the next change.
        seat: who sits there.
    """

    plan: Plan
    now: tuple[Turn, ...]
    following: tuple[Turn, ...]
    seat: Seat | None


async def watch(rx: Reading, plan: Plan, now: datetime) -> Watch:
    """Return who has the duty of a plan."""
    turns = await turns_between(rx, plan, now - VIEW, now + VIEW)
    ahead = [turn for turn in turns if turn.begins > now]
    following = tuple(turn for turn in ahead if turn.begins == min(item.begins for item in ahead))
    seat = await rx.people.seat(plan.jurisdiction.name, plan.id)
    return Watch(plan=plan, now=tuple(on_duty(turns, now)), following=following, seat=seat)


async def turns_between(rx: Reading, plan: Plan, after: datetime, before: datetime) -> list[Turn]:
    """Return the turns of a plan that touch a span of time, in Beijing's time."""
    rows = await rx.people.shifts(plan.jurisdiction.name, plan.id, after, before)
    return [
        Turn(row.begins.astimezone(SHANGHAI), row.ends.astimezone(SHANGHAI), row.kind, row.name, row.phone, row.office)
        for row in rows
    ]


async def write_roster(tx: Writing, plan: Plan, turns: Sequence[Turn], *, actor: str, cause: str, now: datetime) -> int:
    """Put turns in the place of those that begin on the same days; return how many went."""
    name, gone = plan.jurisdiction.name, 0
    for day in sorted({turn.begins.astimezone(SHANGHAI).date() for turn in turns}):
        begin = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        rows = [
            ShiftRow(
                jurisdiction=name, plan_id=plan.id, begins=turn.begins, ends=turn.ends, kind=turn.kind, name=turn.name,
                phone=turn.phone, office=turn.office,
            )
            for turn in turns
            if turn.begins.astimezone(SHANGHAI).date() == day
        ]  # fmt: skip
        gone += await tx.people.replace_shifts(name, plan.id, begin, begin + timedelta(days=1), rows)
    await append_admin_event(
        tx, name, "roster-written", actor=actor, cause=cause, at=now, plan=plan.id, turns=len(turns), replaced=gone
    )
    return gone


async def unknown_names(rx: Reading, plan: Plan, turns: Iterable[Turn]) -> list[str]:
    """Return the names on a roster that nobody bears who is registered with the plan in its jurisdiction."""
    names = dict.fromkeys((turn.name, turn.office) for turn in turns)
    people = await registered(rx, plan) if names else []
    return list(dict.fromkeys(name for name, office in names if len(of_name(people, name, office)) != 1))


async def written_before(rx: Reading, plan: Plan, turns: Sequence[Turn]) -> str:
    """Return a digest of what turns would take the place of: changed since, they are looked at anew."""
    cells = []
    for day in sorted({turn.begins.astimezone(SHANGHAI).date() for turn in turns}):
        begin = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        rows = await rx.people.shifts(plan.jurisdiction.name, plan.id, begin, begin + timedelta(days=1))
        cells += [
            [row.begins.isoformat(), row.ends.isoformat(), row.kind, row.name, row.phone, row.office] for row in rows
        ]
    return hashlib.sha256(canonical(cells).encode()).hexdigest()[:16]


async def change_roster(
    service: Service, person: Person, plan: Plan, turns: Sequence[Turn], *, cause: str, requester: Requester, seen: str
) -> AdminResult | None:
    """Write turns in the name of an administrator.

    Args:
        seen: what stood there when he looked, by :func:`written_before`.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await may_administer(service, tx, person, plan.jurisdiction.name):
            return AdminResult(key="admin_only", ok=False)
        if await written_before(tx, plan, turns) != seen:
            return AdminResult(key="roster_changed", ok=False)
        gone = await write_roster(tx, plan, turns, actor=person.id, cause=cause, now=now)
        return AdminResult(key="written", values={"count": len(turns), "gone": gone})

    return await admin_transaction(service, act, cause=cause, requester=requester)


async def shift_words(service: Service, now: datetime) -> None:
    """Tell the officer whose shift begins soon; and, where nobody took over, both of them.

    Each is said once for a shift: the cause names plan and beginning.
    """
    async with service.store.reading() as rx:
        watches = [await watch(rx, plan, now) for plan in await bound_plans(rx, service)]
        words = [(item, [*await _words(rx, item, now), *await _unknown(service, rx, item, now)]) for item in watches]
    for item, parts in words:
        for key, messages in parts:
            await service.say(messages, cause=f"roster:{item.plan.id}:{key}", requester=Requester())


async def _words(rx: Reading, item: Watch, now: datetime) -> list[tuple[str, list[OutgoingMessage]]]:
    words: list[tuple[str, list[OutgoingMessage]]] = []
    officers = await rx.people.holders(item.plan.jurisdiction.name, item.plan.id, "duty")
    soon = [turn for turn in item.following if turn.begins - now <= AHEAD]
    for turn in soon:
        for person in _called(officers, turn):
            outgoing = _outgoing(person, shift_ahead(item.plan.title, turn, now, _offered(item)))
            words.append((f"soon:{turn.begins.isoformat()}:{person.id}", [outgoing]))
    for turn in item.now:
        if not GRACE <= now - turn.begins <= LATEST or turn.kind != FIRST:
            continue
        mine = _called(officers, turn)
        if item.seat is not None and (
            name_key(turn.name) == name_key(item.seat.name) or item.seat.person_id in {one.id for one in mine}
        ):
            continue
        readers = {one.id: one for one in mine}
        sitting = next((one for one in officers if item.seat is not None and one.id == item.seat.person_id), None)
        if sitting is not None and _reachable(sitting):
            readers[sitting.id] = sitting
        sits = item.seat.name if item.seat is not None else ""
        messages = [
            _outgoing(one, seat_not_taken(item.plan.title, turn, sits, now, _offered(item))) for one in readers.values()
        ]
        words.append((f"unchanged:{turn.begins.isoformat()}", messages))
    return [(key, messages) for key, messages in words if messages]


def _offered(item: Watch) -> dict[str, str]:
    """Return which seat is offered, and who sits there now: taken over by somebody else it is not any more."""
    return {"plan": item.plan.id, "seen": sitting_on(item.seat)}


async def _unknown(
    service: Service, rx: Reading, item: Watch, now: datetime
) -> list[tuple[str, list[OutgoingMessage]]]:
    """Return the word to seat and administrators about those of a shift whom nobody can remind or ring by name."""
    words: list[tuple[str, list[OutgoingMessage]]] = []
    current = [turn for turn in item.now if now - turn.begins <= LATEST]
    soon = [turn for turn in item.following if turn.begins - now <= AHEAD]
    for begins in sorted({turn.begins for turn in (*current, *soon)}):
        turns = [turn for turn in (*current, *soon) if turn.begins == begins]
        names = await unknown_names(rx, item.plan, turns)
        if not names:
            continue
        readers = {person.id: person for person in await admins(service, rx, item.plan)}
        seated = await rx.people.get(item.seat.person_id) if item.seat is not None else None
        if seated is not None and _reachable(seated):
            readers[seated.id] = seated
        message = unregistered(item.plan.title, begins, names, now)
        # Silent: it is nothing that the next minutes depend on, and may come back with every shift.
        messages = [replace(_outgoing(person, message), ring=False, priority=3) for person in readers.values()]
        words.append((f"unknown:{begins.isoformat()}", messages))
    return [(key, messages) for key, messages in words if messages]


def _called(officers: Sequence[Person], turn: Turn) -> list[Person]:
    meant = of_name(officers, turn.name, turn.office)
    return [person for person in meant if len(meant) == 1 and _reachable(person)]


def _reachable(person: Person) -> bool:
    return person.place_id is not None and person.blocked_at is None


def _outgoing(person: Person, message: Message) -> OutgoingMessage:
    return OutgoingMessage(
        place_id=person.place_id or "", message=message, notice="shift", person_id=person.id, ring=True
    )
