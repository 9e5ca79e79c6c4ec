"""After a restore nothing stale is sent: the duty seat reads instead from when the data is, and what to check.

Between the copy and now there is a time of which the database knows nothing. What waited to be sent then was sent long
ago, or is not true any more; reminders that fell due meanwhile would come as a flood, of reports that may be filed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cases import records
from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.office.absence import last_alive, note_alive
from bot.office.board import close
from bot.outgoing.messages import OutgoingMessage
from bot.render.operations import Overdue, restored_message
from bot.rows import channel_report
from bot.service import Service
from bot.service.requests import Requester
from plans.incident.state import Incident
from plans.load import load_all
from plans.model import Plan
from storage.people import Person
from storage.store import Store
from storage.transaction import Reading, Writing

STALE = timedelta(minutes=10)
"""What is older than this is not sent any more; a press is not obeyed any more."""

REASON = "restored from a backup"

BEGUN = "restore:begun"
"""Key of the newest message that waited when the settling began; none when it has ended."""

Plans = Mapping[str, Plan]


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What became of what was on its way.

    Attributes:
        until: the last moment that the data knows of.
        dropped: messages that are not sent any more. unsure: those of them that were being sent.
        summarised: incidents whose overdue reminders became one message.
        presses: buttons pressed before, which are not obeyed.
        told: duty officers who will read all this.
    """

    until: datetime
    dropped: int
    unsure: int
    summarised: int
    presses: int
    told: int


async def settle(store: Store, now: datetime, plans: Plans | None = None) -> Settled:
    """Settle a database that was restored, before the bot is started on it; done again, only the message comes again.

    Live cards are left: they show the state at sending. Updates that wait are left too, but for presses: a report is
    never lost, and carries its date. People's sessions in browsers are ended.

    Args:
        now: the present moment.
        plans: the installed plans by id; read when left out.

    Raises:
        Unavailable: the database cannot now; do it again.
    """
    service = Service(
        store,
        PlanRegistry(load_all() if plans is None else plans),
        VirtualClock(now),
        new_id=lambda: "",
    )
    until = await last_alive(store) or await _newest(store) or now
    dropped, unsure = await _drop(store, now)
    presses = await _disobey(store, now)
    summarised = 0
    async with store.reading() as rx:
        rows = await rx.wakes.due(now - STALE, 1_000_000)
    for stream in sorted({row.stream for row in rows}):
        # The reminders are given, in the log too; their words are those of the one message below.
        await service.wake(stream, cause=f"restored:{stream}:{now.isoformat()}")
        summarised += 1
    await _withhold(store, now)
    count = await _tell(service, until, dropped, unsure, now)
    await note_alive(store, now)
    return Settled(until=until, dropped=dropped, unsure=unsure, summarised=summarised, presses=presses, told=count)


async def _drop(store: Store, now: datetime) -> tuple[int, int]:
    async with store.writing("restore.messages") as tx:
        if not await tx.meta.get(BEGUN):
            newest = max((row.id for row in await tx.outbox.waiting()), default=0)
            await tx.meta.put(BEGUN, str(newest))
        unsure = 0
        for row in await tx.outbox.in_flight():
            unsure += await tx.outbox.ambiguous(row.id, now)
        old = [row for row in await tx.outbox.waiting() if row.method != "card" and row.created_at < now - STALE]
        for row in old:
            await tx.outbox.drop(row.id, REASON, now)
        await tx.webhooks.give_up(now - STALE, now, REASON)
        return len(old) + unsure, unsure


async def _withhold(store: Store, now: datetime) -> None:
    """Drop what was written since the settling began, also by one that died in the middle of it."""
    async with store.writing("restore.reminders") as tx:
        begun = int(await tx.meta.get(BEGUN) or 0)
        for row in await tx.outbox.waiting():
            if row.id > begun and row.stream is not None and row.method != "card":
                await tx.outbox.drop(row.id, REASON, now)
        await tx.meta.delete(BEGUN)


async def _disobey(store: Store, now: datetime) -> int:
    """Quarantine presses that waited: Telegram has forgotten them, and who pressed has gone on by telephone."""
    async with store.writing("restore.presses") as tx:
        done = 0
        while rows := [row for row in await tx.inbox.pending(1000) if _old_press(row.kind, row.received_at, now)]:
            for row in rows:
                if row.update_id is not None:
                    done += await tx.inbox.failed(row.update_id, REASON, now, give_up=True)
        await _close_browsers(tx, now)
        return done


async def _close_browsers(tx: Writing, now: datetime) -> None:
    """End what people had opened by browser: nobody knows who left since, or was told to. Walls go on hanging."""
    for session in await tx.web_sessions.every_open(now):
        if session.kind == "person":
            await close(tx, session.id, by="", cause=f"restored:{now.isoformat()}", now=now)
    for link in await tx.web_sessions.open_links(now):
        await tx.web_sessions.end_links(link.person_id, now)


def _old_press(kind: str, received_at: datetime, now: datetime) -> bool:
    return kind == "callback_query" and received_at < now - STALE


async def _newest(store: Store) -> datetime | None:
    """Return when something was reported last."""
    async with store.reading() as rx:
        rows = await rx.incidents.list(limit=1)
    return rows[0].reported_at if rows else None


async def _tell(service: Service, until: datetime, dropped: int, unsure: int, now: datetime) -> int:
    """Write to every duty seat once; it rings where an incident is open."""
    messages = []
    async with service.store.reading() as rx:
        incidents: dict[tuple[str, str], list[Overdue]] = {}
        for row in await rx.incidents.open():
            incident = await records.load(rx, row.stream)
            if incident is not None:
                incidents.setdefault((row.jurisdiction, row.plan_id), []).append(_overdue(incident, now))
        for person, keys in (await _seats(rx)).values():
            mine = [item for key in keys for item in incidents.get(key, ())]
            message = restored_message(until, dropped, unsure, mine)
            if person.place_id is not None and person.blocked_at is None:
                messages.append(
                    OutgoingMessage(
                        place_id=person.place_id, message=message, notice="restored", person_id=person.id,
                        ring=bool(mine), priority=1,
                    )
                )  # fmt: skip
    await service.say(messages, cause=f"restored:{now.isoformat()}", requester=Requester())
    return len(messages)


def _overdue(incident: Incident, now: datetime) -> Overdue:
    at = incident.own_time(now)
    open_now = sorted(incident.open_instances, key=lambda item: (item.due, item.key))
    late = [(channel_report(item.report, item.channel), item.due - incident.offset)
            for item in open_now if item.due <= at and not item.possible and item.by_office]  # fmt: skip
    return Overdue(number=incident.number, drill=incident.drill, state=incident.state, reports=late)


async def _seats(rx: Reading) -> dict[str, tuple[Person, list[tuple[str, str]]]]:
    """Return by id who sits on a duty seat, or could, and for which jurisdiction and plan."""
    bound = {
        (place.jurisdiction, plan) for place in await rx.places.bound() for plan in await rx.places.plans_of(place.id)
    }
    people: dict[str, tuple[Person, list[tuple[str, str]]]] = {}
    for jurisdiction, plan in sorted((name, plan) for name, plan in bound if name):
        seat = await rx.people.seat(jurisdiction, plan)
        holder = await rx.people.get(seat.person_id) if seat is not None else None
        for person in [holder] if holder is not None else await rx.people.holders(jurisdiction, plan, "duty"):
            people.setdefault(person.id, (person, []))[1].append((jurisdiction, plan))
    return people
