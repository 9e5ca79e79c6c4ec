"""Live cards: one message per incident and place that is edited in place, rendered at the moment of sending."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.render import card, worksheet
from bot.service import records
from bot.service.addressing import Addresses, Target
from bot.service.messages import Letter, content, keyboard
from bot.service.telling import Teller
from storage.cards import Card
from storage.outbox import NewMessage, OutboxRow
from storage.places import Place
from storage.transaction import Writing


@dataclass(frozen=True, slots=True)
class Drawn:
    """The call that shows a card as it is now."""

    method: str
    payload: dict[str, Any]
    digest: str


class Cards:
    """Draws cards for the sender.

    Args:
        teller: knows plans and how an incident is seen from a place.
    """

    def __init__(self, teller: Teller) -> None:
        self.teller = teller

    async def draw(self, tx: Writing, row: OutboxRow, place: Place, now: datetime) -> Drawn | None:
        """Return the call that brings a card up to date, or None when it shows this already."""
        stream, kind = str(row.payload["stream"]), str(row.payload["kind"])
        incident = await records.load(tx, stream)
        if incident is None:
            return None
        plan = await self.teller.shelf.pinned(tx, incident.plan_hash)
        bound = await Addresses(tx, plan, incident).bound_units()
        person = await tx.people.get(row.person_id) if row.person_id else None
        view = self.teller.view(plan, incident, now, Target(place, person), bound_units=bound)
        message = card(view) if kind == "card" else worksheet(view)
        letter = Letter(
            place_id=place.id, message=message, notice=kind, audience="group" if kind == "card" else "seat", stream=stream,
            jurisdiction=incident.jurisdiction,
        )  # fmt: skip
        payload = {**content(message), "reply_markup": await keyboard(tx, message, letter, now)}
        digest = hashlib.sha256(json.dumps(payload, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        known = await tx.cards.get(stream, place.id, kind)
        if known is not None and known.message_id is not None:
            if known.digest == digest:
                return None
            return Drawn("editMessageText", {**payload, "message_id": known.message_id}, digest)
        # A silent message where it is one's own worksheet; the group's card is what rings there.
        return Drawn("sendMessage", payload if kind == "card" else {**payload, "disable_notification": True}, digest)

    async def drawn(self, tx: Writing, row: OutboxRow, method: str, message_id: int | None, digest: str) -> bool:
        """Note that a card was shown; return whether it is new and to be pinned."""
        stream, kind = str(row.payload["stream"]), str(row.payload["kind"])
        known = await tx.cards.get(stream, row.place_id, kind)
        new = method == "sendMessage"
        shown = message_id if new else (known.message_id if known else message_id)
        base = known or Card(stream=stream, place_id=row.place_id, kind=kind)
        await tx.cards.save(replace(base, outbox_id=row.id, message_id=shown, digest=digest))
        return new and kind == "worksheet"

    async def lost(self, tx: Writing, row: OutboxRow, now: datetime) -> None:
        """The message of a card is gone: show it anew."""
        stream, kind = str(row.payload["stream"]), str(row.payload["kind"])
        known = await tx.cards.get(stream, row.place_id, kind)
        if known is not None:
            await tx.cards.save(replace(known, message_id=None, digest=None))
        await tx.outbox.enqueue(
            [
                NewMessage(
                    place_id=row.place_id, priority=row.priority, method="card", payload=row.payload, stream=row.stream,
                    notice=row.notice, coalesce=row.coalesce, not_before=now, created_at=now, person_id=row.person_id,
                )
            ]
        )  # fmt: skip
