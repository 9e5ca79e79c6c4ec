"""A message that can never arrive, or perhaps never did: the duty seat is told whom to ring instead."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.render import Message, View
from bot.render.chat import undeliverable as words
from bot.render.naming import line_of, read_number
from bot.service import records
from bot.service.messages import Letter, write
from bot.service.reaching import NOTIFY, by_channels
from bot.service.shelf import UnusablePlan
from bot.service.telling import Teller
from storage.outbox import OutboxRow
from storage.transaction import Writing

log = structlog.get_logger(__name__)


async def undeliverable(tx: Writing, teller: Teller, row: OutboxRow, now: datetime, *, uncertain: bool = False) -> None:
    """Tell the seat (or, when it was the seat, the command group) that somebody was not reached.

    What neither rings nor is said to the group is not worth waking anybody: it stays a dead letter.
    """
    place = await tx.places.get(row.place_id)
    to_group = place is not None and place.kind == "command"
    if row.stream is None or row.notice == "undeliverable" or not (row.ring or to_group):
        return
    incident = await records.load(tx, row.stream)
    if incident is None:
        return
    if row.person_id is not None and row.method != NOTIFY:
        letter = Letter(
            place_id=row.place_id, message=Message(row.payload.get("text", "")), notice=row.notice, stream=row.stream,
            priority=row.priority, guard=row.guard, reference=row.reference, call=row.call,
        )  # fmt: skip
        await tx.outbox.enqueue(await by_channels(tx, row.person_id, letter, letter.message.text, now))
    try:
        plan = await teller.shelf.pinned(tx, incident.plan_hash)
    except UnusablePlan as problem:  # it stays a dead letter; the seat is rung because the plan cannot be read
        log.error("undeliverable.untold", stream=row.stream, outbox=row.id, error=str(problem))
        return
    viewer = teller.viewer(tx, plan, incident, now)
    seat = [item for item in await viewer.addresses.seat() if item.place.id != row.place_id]
    targets = seat or [item for item in await viewer.addresses.resolve("group") if item.place.id != row.place_id]
    person = await tx.people.get(row.person_id) if row.person_id else None
    unit = row.call.split(":")[1] if row.call else ""
    to = person.name if person is not None else place.title if place is not None else ""
    for target in targets:
        view = await viewer.seen(target, audience="seat")
        message = words(view, notice=row.notice, who=to, unit=unit, phone=_phone(view, unit), uncertain=uncertain)
        await write(
            tx,
            Letter(
                    place_id=target.place.id, message=message, notice="undeliverable", stream=row.stream,
                    jurisdiction=incident.jurisdiction, priority=1, ring=True,
                    person_id=target.person.id if target.person else None,
                ),
            now,
        )  # fmt: skip


def _phone(view: View, unit: str) -> str:
    line = line_of(view, unit) if unit else None
    return read_number(view.plan, line.number) if line is not None else ""
