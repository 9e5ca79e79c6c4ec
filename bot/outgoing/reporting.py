"""Many reports at once: the rings that wait for one chat are one message, and so are the receipts of one group.

A report rings at once, and what comes while that ring is on its way, or within the next seconds, rings with the next
one: one message names each reporter, those with a role first, fair to everybody. Somebody without a role who reports
again and again is recorded each time, but does not ring each time: what goes beyond the quota goes along with the next
ring, or waits.

What the next ring will name stands in its row (``NAMED``), which the sender does not pass on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from bot.outgoing.messages import NAMED, OutgoingMessage
from bot.render import View
from bot.render.reporting import Rung, joined_ring, merged_receipt
from bot.texts.words import LIST, NUMBER
from plans.core.command import is_platform
from storage.outbox import OutboxRow
from storage.transaction import Writing

RING, RECEIPT = "duty_ring", "receipt"
FIRST = 0
"""The priority of a report that nobody has heard of: whatever else waits for the chat."""

PACE, PACE_IN_GROUP = timedelta(seconds=2), timedelta(seconds=3)
"""Between two rings of one chat, so that other messages get out between them; a group takes twenty a minute."""

QUOTA, WITHIN = 3, timedelta(minutes=10)
"""本地规定: so many reports of one person without a role ring within so long."""

CALM = timedelta(minutes=1)
"""本地规定: what is beyond the quota rings so long after that person's last ring, at the latest."""

LOOKED_AT = 40
"""Rings looked at for a person's quota: the newest."""


async def rung(tx: Writing, outgoing: OutgoingMessage, view: View, now: datetime) -> OutgoingMessage:
    """Return the ring of a report as it goes out: alone, or as the one that names all that wait for the same place.

    Args:
        outgoing: the ring of the report that the view is of.
    """
    incident = view.incident
    has_role = await _has_role(tx, incident.reporter_id, incident.jurisdiction)
    key = f"rings:{incident.drill}"
    waiting = await tx.outbox.waiting_for(outgoing.place_id, key)
    last = await tx.outbox.last_begun(outgoing.place_id, RING)
    pace = PACE if view.place_kind == "private" else PACE_IN_GROUP
    at = max(now, last.claimed_at + pace) if last is not None and last.claimed_at is not None else now
    calm = now if has_role else await _calm(tx, outgoing.place_id, waiting, incident.reporter_id, now)
    at = max(at, calm)
    others = _named(waiting)
    handle = next((key.press for row in outgoing.message.rows for key in row if key.press.action == "handle"), None)
    own = Rung.of(view, revision=handle.revision if handle is not None else 0, known=has_role)
    everything = [*others, own] if all(item.stream != own.stream for item in others) else others
    if waiting is not None:
        at = min(at, waiting.not_before) if waiting.not_before > now else now
    message = outgoing.message if len(everything) == 1 else joined_ring(view, _by_reporter(everything))
    return replace(
        outgoing,
        message=message,
        priority=FIRST,
        not_before=at,
        coalesce=key,
        named=tuple(asdict(item) for item in everything),
        guard=outgoing.guard if len(everything) == 1 else None,
        reference=_reference(everything),
        spoken=outgoing.spoken if calm <= now else None,  # what is beyond the quota wakes nobody by telephone
    )


async def receipt(tx: Writing, outgoing: OutgoingMessage, view: View, now: datetime) -> OutgoingMessage:
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


def _reference(rings: Sequence[Rung]) -> str:
    numbers = [NUMBER.format(number=item.number) for item in rings]
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


async def _has_role(tx: Writing, person_id: str, jurisdiction: str) -> bool:
    return is_platform(person_id) or bool(person_id and await tx.people.holdings(person_id, jurisdiction))


async def _calm(tx: Writing, place_id: str, waiting: OutboxRow | None, who: str, now: datetime) -> datetime:
    """Return when a report of somebody without a role may ring."""
    rows = await tx.outbox.begun_since(place_id, RING, now - WITHIN, LOOKED_AT)
    rings = [row for row in rows if any(item.who == who for item in _named(row))]
    count = sum(
        item.who == who for row in [*rings, *([waiting] if waiting is not None else [])] for item in _named(row)
    )
    if count < QUOTA:
        return now
    last = max((row.claimed_at for row in rings if row.claimed_at is not None), default=now)
    return last + CALM


def _named(row: OutboxRow | None) -> list[Rung]:
    data: list[dict[str, Any]] = row.payload.get(NAMED, []) if row is not None else []
    return [Rung(**item) for item in data]


def _by_reporter(rings: Sequence[Rung]) -> list[list[Rung]]:
    """Return the reports of each reporter: those of people with a role first, and then who reported least."""
    groups: dict[str, list[Rung]] = {}
    for item in rings:
        groups.setdefault(item.who or item.stream, []).append(item)
    return sorted(groups.values(), key=lambda mine: (not mine[-1].known, len(mine), -mine[-1].number))
