"""What stands pinned in a command group: the announcement of the level that holds; nothing once the case is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases.incident_cache import IncidentCache
from bot.cases.plan_registry import PlanRegistry, UnusablePlan
from plans.incident.levels import Declared, is_loud
from plans.incident.state import RUNNING, Incident
from storage.cards import Card
from storage.outbox import NewMessage, OutboxRow
from storage.places import Place
from storage.transaction import Writing

ANNOUNCED = "announced"
"""Kind of the row that says which announcement of an incident is pinned in a place."""


async def pin(
    tx: Writing,
    cache: IncidentCache,
    registry: PlanRegistry,
    row: OutboxRow,
    place: Place,
    message_id: int,
    now: datetime,
) -> None:
    """Pin an announcement that was just sent, and take off the one before it.

    The two highest levels (Ⅰ and Ⅱ) are pinned loudly when the level rises to them. Where the bot may not pin, only
    those are tried.
    """
    incident = await cache.load(tx, row.stream) if row.stream is not None else None
    if incident is None or row.stream is None:
        await tx.outbox.enqueue([_call("pinChatMessage", row, place.id, message_id, now, loud=True)])
        return
    loud = await _is_loud(tx, registry, incident)
    if incident.state not in RUNNING or not (loud or place.can_pin):
        return
    before = await tx.cards.get(row.stream, place.id, ANNOUNCED)
    calls = [_call("pinChatMessage", row, place.id, message_id, now, loud=loud)]
    if before is not None and before.message_id not in (None, message_id):
        calls.insert(0, _call("unpinChatMessage", row, place.id, before.message_id, now))
    card = before or Card(stream=row.stream, place_id=place.id, kind=ANNOUNCED)
    await tx.cards.save(replace(card, outbox_id=row.id, message_id=message_id))
    await tx.outbox.enqueue(calls)


async def unpin_over(tx: Writing, before: Incident | None, after: Incident, now: datetime) -> None:
    """Take the announcement off once a case runs no more: ended, a mistake, or merged into another."""
    if before is None or before.state not in RUNNING or after.state in RUNNING:
        return
    for card in await tx.cards.of(after.stream):
        if card.kind == ANNOUNCED and card.message_id is not None:
            await tx.cards.save(replace(card, message_id=None))
            call = NewMessage(
                place_id=card.place_id, priority=2, method="unpinChatMessage",
                payload={"message_id": card.message_id}, stream=after.stream, notice="pin", not_before=now,
                created_at=now,
            )  # fmt: skip
            await tx.outbox.enqueue([call])


async def _is_loud(tx: Writing, registry: PlanRegistry, incident: Incident) -> bool:
    declared = [item.event for item in incident.events if isinstance(item.event, Declared)]
    if not declared:
        return False
    try:
        plan = await registry.pinned(tx, incident.plan_hash)
    except UnusablePlan:  # nobody can say how high the level is: it rings
        return True
    return is_loud(plan, declared[-1])


def _call(
    method: str, row: OutboxRow, place_id: str, message_id: int | None, now: datetime, *, loud: bool | None = None
) -> NewMessage:
    payload: dict[str, object] = {"message_id": message_id}
    if loud is not None:
        payload["disable_notification"] = not loud
    return NewMessage(
        place_id=place_id, priority=row.priority, method=method, payload=payload, stream=row.stream, notice="pin",
        not_before=now, created_at=now, person_id=row.person_id,
    )  # fmt: skip
