"""A group became a supergroup: it has another id, and the numbers of its earlier messages mean nothing there.

None of them is used again, to edit, pin, strip or answer: live messages are shown anew.
"""

from __future__ import annotations

from datetime import datetime

from bot.outgoing.addresses import Target
from bot.outgoing.live import CARD, WORKSHEET, row_of
from storage.incidents import CLOSED_STATES
from storage.transaction import Writing


async def moved(tx: Writing, old_chat_id: int, new_chat_id: int, now: datetime) -> None:
    """Follow the group, once, whoever hears of it first."""
    before = await tx.places.by_chat(old_chat_id)
    place = await tx.places.migrate(old_chat_id, new_chat_id)
    if before is None or place is None or place.id != before.id:
        return
    cards = await tx.cards.forget_place(place.id)
    await tx.outbox.forget_numbers(place.id, now)
    rows = []
    for card in cards:
        line = await tx.incidents.get(card.stream) if card.kind in (CARD, WORKSHEET) else None
        if line is not None and line.state not in CLOSED_STATES:
            rows.append(row_of(card.kind, card.stream, Target(place), 2, now))
    await tx.outbox.enqueue(rows)
