"""After an absence the duty seat, not the group, reads from when to when, and how much is said late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.outgoing.messages import OutgoingMessage, write_all
from bot.render.delivery import absent, outage
from bot.service.requests import Fence, Requester, Result
from bot.service.service import Service
from plans.incident.proposals import ProposalRung
from plans.incident.reminders import Reminded
from plans.incident.reporting import ReporterSentToPhone
from plans.incident.units import UnitsEscalated
from storage.people import Person
from storage.store import Store
from storage.transaction import Reading, Writing

ALIVE = "alive_at"
"""Key of the last moment at which the program is known to have lived."""

ABSENT = timedelta(minutes=2)
"""Shorter than this is a restart that nobody noticed."""

_SAID = (Reminded, UnitsEscalated, ProposalRung, ReporterSentToPhone)


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """From when to when the program was not there."""

    since: datetime
    until: datetime

    @classmethod
    def between(cls, alive: datetime | None, now: datetime) -> Absence | None:
        """Return the absence that lies between two signs of life, None where it was too short or the first start."""
        return cls(since=alive, until=now) if alive is not None and now - alive > ABSENT else None


async def last_alive(store: Store) -> datetime | None:
    """Return when the program was last known to live."""
    async with store.reading() as rx:
        value = await rx.meta.get(ALIVE)
    return datetime.fromisoformat(value) if value else None


async def note_alive(store: Store, now: datetime, fence: Fence | None = None) -> None:
    """Write down that the program lives; raise LostClaim where the fence says that another process minds the clocks."""
    async with store.writing("program.alive") as tx:
        if fence is not None:
            await fence(tx)
        await tx.meta.put(ALIVE, now.isoformat())


def said_late(result: Result) -> int:
    """Return how many reminders and calls a wake came to."""
    return sum(
        isinstance(item.event, _SAID)
        for step in result.steps
        if step.outcome is not None
        for item in step.outcome.recorded
    )


async def tell_absence(service: Service, absence: Absence, count: int, fence: Fence | None = None) -> None:
    """Tell everybody who sits on a duty seat; it rings only where an incident is open."""
    messages = []
    async with service.store.reading() as rx:
        for person, opened in await _seats(rx):
            if person.place_id is not None and person.blocked_at is None:
                messages.append(
                    OutgoingMessage(
                        place_id=person.place_id, message=absent(absence.since, absence.until, count, opened),
                        notice="absence", person_id=person.id, ring=opened > 0, priority=1,
                    )
                )  # fmt: skip
    await service.say(messages, cause=f"absence:{absence.until.isoformat()}", requester=Requester(fence=fence))


async def tell_outage(tx: Writing, since: datetime, until: datetime) -> None:
    """Tell everybody who sits on a duty seat from when to when nothing got through to Telegram, and what is late."""
    rings, others = await tx.outbox.waiting_since(until)
    if not rings + others:
        return
    messages = []
    for person, opened in await _seats(tx):
        if person.place_id is not None and person.blocked_at is None:
            messages.append(
                OutgoingMessage(
                    place_id=person.place_id, message=outage(since, until, rings, others), notice="outage",
                    person_id=person.id, ring=opened > 0, priority=1,
                )
            )  # fmt: skip
    await write_all(tx, messages, until)


async def _seats(rx: Reading) -> list[tuple[Person, int]]:
    """Return who sits on the seats of the bound plans, each once, with the number of incidents open there."""
    plans = {
        (place.jurisdiction, plan) for place in await rx.places.bound() for plan in await rx.places.plans_of(place.id)
    }
    seats: dict[str, tuple[Person, int]] = {}
    for jurisdiction, plan in sorted((name, plan) for name, plan in plans if name):
        seat = await rx.people.seat(jurisdiction, plan)
        holder = await rx.people.get(seat.person_id) if seat is not None else None
        people = [holder] if holder is not None else await rx.people.holders(jurisdiction, plan, "duty")
        opened = len(await rx.incidents.open(jurisdiction, plan))
        for person in people:
            seats[person.id] = (person, opened + (seats[person.id][1] if person.id in seats else 0))
    return list(seats.values())
