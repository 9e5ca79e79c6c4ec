"""A message that can never arrive: the duty seat is told whom to ring instead."""

from __future__ import annotations

from datetime import datetime

from bot.render.chat import text_message
from bot.service import records
from bot.service.addressing import Addresses
from bot.service.messages import Letter, write
from bot.service.telling import Teller
from storage.outbox import OutboxRow
from storage.transaction import Writing


async def undeliverable(tx: Writing, teller: Teller, row: OutboxRow, error: str, now: datetime) -> None:
    """Tell the seat (or, when it was the seat, the command group) that a ringing message did not arrive."""
    if row.stream is None or not row.ring:
        return
    incident = await records.load(tx, row.stream)
    if incident is None:
        return
    plan = await teller.shelf.pinned(tx, incident.plan_hash)
    addresses = Addresses(tx, plan, incident)
    targets = [item for item in await addresses.seat() if item.place.id != row.place_id] or await addresses.resolve(
        "group"
    )
    person = await tx.people.get(row.person_id) if row.person_id else None
    unit = row.call.split(":")[1] if row.call else ""
    lines = next((item.lines for item in plan.units if item.id == unit), ())
    message = text_message(
        "undeliverable",
        number=incident.number,
        drill=incident.drill,
        who=person.name if person else "",
        unit=unit,
        phone=lines[0].number if lines and not incident.drill else "",
        what=row.notice,
    )
    for target in targets:
        if target.place.id != row.place_id:
            await write(
                tx,
                Letter(
                    place_id=target.place.id, message=message, notice="undeliverable", stream=row.stream,
                    jurisdiction=incident.jurisdiction, priority=1, ring=True,
                    person_id=target.person.id if target.person else None,
                ),
                now,
            )  # fmt: skip
