"""The words at a change of shift: to whoever serves next, and to others where he cannot be told or nobody serves.

Each is said once for a shift: the cause names plan and beginning. A round of every ten minutes says them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.office.administration import AdminResult, admin_transaction, admins
from bot.office.holes import holes
from bot.office.people import bound_plans
from bot.office.roster import Watch, sits_there, unmatched_names, watch
from bot.office.seat import sitting_on
from bot.office.substitutes import reachable
from bot.office.swap_shifts import leaders
from bot.outgoing.channels import by_channels
from bot.outgoing.messages import OutgoingMessage
from bot.outgoing.serving import Serving, serving
from bot.render import Message
from bot.render import roster as pages
from bot.service.requests import Requester
from bot.service.service import Service
from plans.model import Plan
from plans.roster.duty import FIRST, LEADER
from plans.roster.overrides import overlaps
from plans.times.night import evening_before, is_night, morning_of
from storage import Writing
from storage.canonical import canonical
from storage.outbox import NewMessage
from storage.people import Person
from storage.transaction import Reading

AHEAD = timedelta(minutes=25)
"""本地规定: so long before a shift at the earliest its officer is told; rounds come every ten minutes."""

GRACE = timedelta(minutes=10)
"""本地规定: so long after a shift began nobody need have taken the seat over."""

LATEST = timedelta(hours=2)
"""After so long the change of a shift is no news any more."""

LOOKED_AHEAD = timedelta(hours=24)
"""So far ahead shifts that nobody serves are looked for: who is rung in the evening must hear of the next morning."""

MONTH = timedelta(days=31)
"""So far ahead shifts of one person at the same time are looked for."""

BARELY = timedelta(minutes=20)
"""What is rung of in the morning must be so long before the shift."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """Something that is said once.

    Attributes:
        key: of what, unique under the plan. calls: of other ways than Telegram.
    """

    key: str
    messages: tuple[OutgoingMessage, ...]
    calls: tuple[NewMessage, ...] = ()


async def shift_words(service: Service, now: datetime) -> None:
    """Say what is to be said of the shifts of all plans."""
    async with service.store.reading() as rx:
        words = []
        for plan in await bound_plans(rx, service):
            item = await watch(rx, plan, now)
            for word in (
                *await _ahead(service, rx, item, now),
                *await _not_taken(rx, item, now),
                *await _nobody(service, rx, item, now),
            ):
                words.append((plan, word))
    for plan, word in words:
        await service.say(word.messages, cause=f"roster:{plan.id}:{word.key}", requester=Requester(), calls=word.calls)
    await _overlaps(service, now)


async def _ahead(service: Service, rx: Reading, item: Watch, now: datetime) -> list[Word]:
    """Return the word to those whose shift begins soon; of whom the bot cannot reach, to who leads it."""
    words = []
    officers = {one.id for one in await rx.people.holders(item.plan.jurisdiction.name, item.plan.id, "duty")}
    for coming in item.coming:
        turn, person = coming.turn, coming.person
        if person is None or turn.begins - now > AHEAD:
            continue
        seat = _offered(item) if person.id in officers and turn.kind != LEADER else None
        message = pages.shift_ahead(item.plan.title, turn, coming.written, item.plan.id, now, seat)
        if reachable(person):
            key = f"soon:{turn.begins.isoformat()}:{person.id}"
            words.append(Word(key=key, messages=(_outgoing(person, message),)))
            continue
        told = await leaders(service, rx, item.plan, turn.begins, {person.id})
        instead = pages.not_reached(item.plan.title, turn, person.blocked_at is not None, now)
        aside = replace(_outgoing(person, message), priority=1)  # by mail, SMS or telephone, where he has them
        words.append(
            Word(
                key=f"unreached:{turn.begins.isoformat()}:{person.id}",
                messages=tuple(_outgoing(one, instead) for one in told),
                calls=tuple(await by_channels(rx, person.id, aside, message.text, now, service.policy)),
            )
        )
    return words


async def _not_taken(rx: Reading, item: Watch, now: datetime) -> list[Word]:
    """Return the word to both where a shift began and the seat was not taken over."""
    first = [one for one in item.serving if one.turn.kind == FIRST]
    if any(sits_there(item.seat, one) for one in first):
        return []
    words = []
    for one in first:
        if not GRACE <= now - one.turn.begins <= LATEST:
            continue
        sitting = await rx.people.get(item.seat.person_id) if item.seat is not None else None
        readers = {person.id: person for person in (one.person, sitting) if person is not None and reachable(person)}
        message = pages.seat_not_taken(item.plan.title, one.turn, item.sits, now, _offered(item))
        if readers:
            messages = tuple(_outgoing(person, message) for person in readers.values())
            words.append(Word(key=f"unchanged:{one.turn.begins.isoformat()}", messages=messages))
    return words


def _offered(item: Watch) -> dict[str, str]:
    """Return which seat is offered, and who sits there now: taken over by somebody else it is not any more."""
    return {"plan": item.plan.id, "seen": sitting_on(item.seat)}


async def _nobody(service: Service, rx: Reading, item: Watch, now: datetime) -> list[Word]:
    """Return the word to seat and administrators about shifts that nobody serves, or somebody whom nobody knows.

    Where no first officer serves it rings, before the shift begins; of others it is said in silence.
    """
    plan, words = item.plan, []
    for hole in await holes(rx, plan, now - LATEST, now + LOOKED_AHEAD):
        if now < (rung_at(hole.begins, service.policy.empty_shift) if hole.alone else hole.begins - AHEAD):
            continue
        if hole.names:
            unmatched = await unmatched_names(rx, plan, hole.turns)
            unmatched = unmatched or pages.Unmatched(names=hole.names)  # known, and no duty officer
            message = pages.unregistered(plan.title, hole.begins, unmatched, now)
        else:
            message = pages.empty(plan.title, hole.begins, now)
        messages = [_outgoing(one, message) for one in await _office(service, rx, item)]
        if not hole.alone:  # nothing that the next minutes depend on, and it may come back with every shift
            messages = [replace(one, ring=False, priority=3) for one in messages]
        if messages:
            words.append(Word(key=f"nobody:{hole.begins.isoformat()}", messages=tuple(messages)))
    return words


def rung_at(begins: datetime, ahead: timedelta) -> datetime:
    """Return when it is rung that nobody serves a shift: so long before, by day; else in the morning or the evening."""
    moment = begins - ahead
    if not is_night(moment):
        return moment
    morning = morning_of(moment)
    return morning if begins - morning >= BARELY else evening_before(moment)


async def _office(service: Service, rx: Reading, item: Watch) -> list[Person]:
    """Return who sits on the seat, and the administrators, of those who can be written to."""
    readers = {person.id: person for person in await admins(service, rx, item.plan)}
    seated = await rx.people.get(item.seat.person_id) if item.seat is not None else None
    if seated is not None and reachable(seated):
        readers[seated.id] = seated
    return [*readers.values()]


async def _overlaps(service: Service, now: datetime) -> None:
    """Tell whoever is to serve two shifts at once: all of a month in one message, and each two of them once."""
    async with service.store.reading() as rx:
        wanted = [
            (plan, person, pairs)
            for plan in await bound_plans(rx, service)
            for person, pairs in _pairs(await serving(rx, plan, now, now + MONTH))
        ]
        fresh = []
        for plan, person, pairs in wanted:
            untold = [pair for pair in pairs if await rx.causes.result(overlap_cause(plan, person, pair)) is None]
            if untold and reachable(person):
                fresh.append((plan, person, untold))
    for plan, person, untold in fresh:
        await _tell_overlaps(service, plan, person, untold)


def _pairs(found: Iterable[Serving]) -> list[tuple[Person, list[tuple[Serving, Serving]]]]:
    people: dict[str, tuple[Person, list[Serving]]] = {}
    for item in found:
        if item.person is not None:
            people.setdefault(item.person.id, (item.person, []))[1].append(item)
    return [
        (person, pairs)
        for person, own in people.values()
        if (pairs := [(own[a], own[b]) for a, b in overlaps([(x.turn.begins, x.turn.ends) for x in own])])
    ]


def overlap_cause(plan: Plan, person: Person, pair: tuple[Serving, Serving]) -> str:
    """Return the cause under which somebody was told of two shifts at once."""
    shifts = sorted([item.turn.begins.timestamp(), item.turn.kind, item.written.name] for item in pair)
    return f"roster:{plan.id}:overlap:{person.id}:{hashlib.sha256(canonical(shifts).encode()).hexdigest()[:16]}"


async def _tell_overlaps(
    service: Service, plan: Plan, person: Person, untold: Sequence[tuple[Serving, Serving]]
) -> None:
    causes = [overlap_cause(plan, person, pair) for pair in untold]

    async def act(tx: Writing, now: datetime) -> AdminResult:
        for cause in causes[1:]:
            if await tx.causes.result(cause) is None:
                await tx.causes.take(cause, now, {})
        message = pages.overlapping(plan.title, [(a.turn, b.turn) for a, b in untold], now)
        outgoing = replace(_outgoing(person, message), ring=False, priority=3, not_before=morning_of(now))
        return AdminResult(key="told", messages=(outgoing,))

    await admin_transaction(service, act, cause=causes[0], requester=Requester())


def _outgoing(person: Person, message: Message) -> OutgoingMessage:
    return OutgoingMessage(
        place_id=person.place_id or "", message=message, notice="shift", person_id=person.id, ring=True
    )
