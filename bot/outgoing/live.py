"""Which live messages have to be drawn again after a change: the group's card, the worksheets of the duty seat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.outgoing.addresses import Addresses, Target
from plans.core import keys
from plans.core.notice import Notice
from plans.incident.case import Outcome
from storage.outbox import NewMessage
from storage.transaction import Writing

CARD, WORKSHEET = "card", "worksheet"
MOST_REDRAWN = 100
"""Open incidents, the newest, whose live messages are drawn again at once; those of others at their next change."""

MOST_SHEETS = 3
"""With more open incidents than this their worksheets are not drawn again because one came or went."""


CROWD = 12
"""So many reports that nobody has taken are shown by the rings and lists; each gets its card when somebody takes it."""


async def in_a_crowd(addresses: Addresses, outcome: Outcome) -> bool:
    """Return whether an incident is one of very many that nobody has taken: its live messages would bury the others."""
    incident = outcome.after
    if incident.state != "reported" or incident.handled_by or incident.verified_at:
        return False
    return await addresses.tx.incidents.count_waiting(incident.jurisdiction) > CROWD


async def renewals(
    tx: Writing, addresses: Addresses, outcome: Outcome, notices: Sequence[Notice], now: datetime
) -> list[NewMessage]:
    """Return the renewal of an incident's live messages: rendered when they are sent, the newest wins."""
    if not notices:
        return []
    stream = outcome.after.stream
    fresh = any(notice.key == "card_new" for notice in notices)
    groups = await addresses.resolve(keys.GROUP)
    seat = await addresses.resolve(keys.SEAT)
    cards = await tx.cards.of(stream) if outcome.before is not None else []  # a new incident shows nothing yet
    rows = [row_of(CARD, stream, target, 1 if fresh else 3, now) for target in groups]
    rows += [row_of(WORKSHEET, stream, target, 3, now) for target in seat]
    if await in_a_crowd(addresses, outcome):
        there = {(card.kind, card.place_id) for card in cards} | {(CARD, outcome.after.origin)}
        rows = [row for row in rows if (row.notice, row.place_id) in there]
    # Whoever sat there before sees that he does not any more; so does a group of another plan.
    here = {CARD: {target.place.id for target in groups}, WORKSHEET: {target.place.id for target in seat}}
    for card in cards:
        if card.message_id is not None and card.place_id not in here.get(card.kind, {card.place_id}):
            place = await tx.places.get(card.place_id)
            if place is not None:
                rows.append(row_of(card.kind, stream, Target(place), 3, now))
    if _came_or_went(outcome):
        rows += await _others(tx, addresses, seat, now)
    return rows


async def redraw(tx: Writing, jurisdiction: str, now: datetime) -> None:
    """Queue all live messages of a jurisdiction's open incidents: something that they show has changed, as a number."""
    rows = []
    for incident in reversed(await tx.incidents.newest_open(jurisdiction, MOST_REDRAWN)):
        for card in await tx.cards.of(incident.stream):
            place = await tx.places.get(card.place_id) if card.message_id is not None else None
            if place is not None and card.kind in (CARD, WORKSHEET):
                rows.append(row_of(card.kind, incident.stream, Target(place), 3, now))
    await tx.outbox.enqueue(rows)


def _came_or_went(outcome: Outcome) -> bool:
    return outcome.before is None or outcome.before.open != outcome.after.open


async def _others(tx: Writing, addresses: Addresses, seat: Sequence[Target], now: datetime) -> list[NewMessage]:
    """Each worksheet names the other open incidents, so that none is forgotten behind the one on top."""
    incident = addresses.incident
    rows: list[NewMessage] = []
    newest = await tx.incidents.newest_open(incident.jurisdiction, MOST_SHEETS + 2)
    others = [row for row in reversed(newest) if row.stream != incident.stream]
    for row in others if len(others) <= MOST_SHEETS else ():
        for target in seat:
            card = await tx.cards.get(row.stream, target.place.id, WORKSHEET)
            if card is not None and card.message_id is not None:
                rows.append(row_of(WORKSHEET, row.stream, target, 3, now))
    return rows


def row_of(kind: str, stream: str, target: Target, priority: int, now: datetime) -> NewMessage:
    """Return the renewal of one live message."""
    return NewMessage(
        place_id=target.place.id, priority=priority, method="card", payload={"kind": kind, "stream": stream},
        stream=stream,
        notice=kind, coalesce=f"{kind}:{stream}", not_before=now, created_at=now,
        person_id=target.person.id if target.person else None,
    )  # fmt: skip
