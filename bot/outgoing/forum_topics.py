"""Forum topics: where the command group is a forum each incident has a topic of its own; else all stays in General.

A topic is kept as a live message of kind ``topic``, whose message id is the thread's. Where it cannot be made (no right
to) or was deleted, the incident's messages go to General: nothing waits for a topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.outgoing.addresses import Target
from bot.render.naming import topic_name
from bot.render.view import View
from storage.cards import Card
from storage.outbox import NewMessage, OutboxRow
from storage.places import Place
from storage.transaction import Reading, Writing

TOPIC = "topic"
OPEN, CLOSE, REOPEN = "createForumTopic", "closeForumTopic", "reopenForumTopic"
METHODS = (OPEN, CLOSE, REOPEN)


def open_topics(stream: str, view: View, targets: Sequence[Target], now: datetime) -> list[NewMessage]:
    """Return the calls that make an incident's topic in each of the groups that is a forum."""
    return [_call(OPEN, stream, target.place.id, {"name": topic_name(view)}, now) for target in targets if _has(target)]


async def settle_topics(
    tx: Reading, stream: str, targets: Sequence[Target], now: datetime, *, closed: bool
) -> list[NewMessage]:
    """Return the calls that close an incident's topics with its case, or open them again with it."""
    calls = []
    for target in targets:
        thread = await topic_of(tx, target.place, stream)
        if thread is not None:
            call = _call(
                CLOSE if closed else REOPEN, stream, target.place.id, {"message_thread_id": thread}, now, priority=3
            )
            calls.append(call)
    return calls


async def topic_of(tx: Reading, place: Place, stream: str | None) -> int | None:
    """Return the thread of an incident in a place, None for General."""
    if not place.forum or stream is None:
        return None
    card = await tx.cards.get(stream, place.id, TOPIC)
    return card.message_id if card is not None else None


async def topic_opened(tx: Writing, row: OutboxRow, thread: int | None) -> None:
    """Remember the topic that Telegram made."""
    if row.stream is not None and thread is not None:
        await tx.cards.save(Card(stream=row.stream, place_id=row.place_id, kind=TOPIC, message_id=thread))


async def topic_lost(tx: Writing, row: OutboxRow) -> bool:
    """Forget a topic that somebody deleted or closed; return whether there was one, and General is left to try."""
    card = await tx.cards.get(row.stream, row.place_id, TOPIC) if row.stream is not None else None
    if card is None or card.message_id is None:
        return False
    await tx.cards.save(replace(card, message_id=None))
    return True


def _has(target: Target) -> bool:
    return target.place.forum and target.place.member


def _call(
    method: str, stream: str, place_id: str, payload: dict[str, object], now: datetime, priority: int = 1
) -> NewMessage:
    return NewMessage(
        place_id=place_id, priority=priority, method=method, payload=payload, stream=stream, notice=TOPIC,
        not_before=now, created_at=now,
    )  # fmt: skip
