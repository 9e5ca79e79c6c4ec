"""Many reports in one group at once: each is recorded, and one line says so of all that wait to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.outgoing.messages import OutgoingMessage
from bot.render import View
from bot.render.reporting import merged_receipt
from bot.texts.words import LIST, NUMBER
from storage.transaction import Writing

RECEIPT = "receipt"


async def together(tx: Writing, outgoing: OutgoingMessage, view: View, now: datetime) -> OutgoingMessage:
    """Return a receipt that speaks for those of the same group that are not out yet, which are dropped.

    In private every report has a receipt of its own, and so has every one that goes out before the next comes.

    Args:
        outgoing: the receipt of the report that the view is of.
    """
    if not view.neutral or view.incident.drill:
        return outgoing
    own = NUMBER.format(number=view.incident.number)
    numbers: list[str] = []
    for row in await tx.outbox.not_begun(outgoing.place_id, RECEIPT):
        if row.reference:
            numbers += row.reference.split(LIST)
            await tx.outbox.drop(row.id, "said together", now)
    outgoing = replace(outgoing, reference=LIST.join([*numbers, own]))
    return replace(outgoing, message=merged_receipt(view, [*numbers, own])) if numbers else outgoing
