"""The next step of the ladder: whoever did not answer on Telegram is told by his other channels too.

A message by another channel is a row of the outbox like any other, so that it is tried again, withdrawn when it is
settled, and stands in the record of attempts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import SHANGHAI
from bot.outgoing.messages import OutgoingMessage
from plans.core.notice import type_of
from plans.times.hours import quiet_hours
from storage.outbox import BESIDE, NewMessage
from storage.people import Channel
from storage.transaction import Reading

NOTIFY = BESIDE
"""The method of such a row; its payload names the channel and holds the words."""

URGENT = 1
"""Priority that quiet hours do not hold back: calls, declarations, what is overdue."""


async def also(tx: Reading, messages: Sequence[OutgoingMessage], now: datetime) -> list[NewMessage]:
    """Return, for messages that go up the ladder, the same words by every other channel of the person."""
    climbing = [
        item for item in messages if type_of(item.notice).escalates and item.ring and item.person_id is not None
    ]
    channels = await tx.people.channels_among({item.person_id for item in climbing if item.person_id is not None})
    return [
        row for item in climbing for row in _rows(channels.get(item.person_id or "", ()), item, item.message.text, now)
    ]


async def by_channels(
    tx: Reading, person_id: str, outgoing: OutgoingMessage, text: str, now: datetime
) -> list[NewMessage]:
    """Return the rows that tell somebody by all other channels."""
    return _rows(await tx.people.channels_of(person_id), outgoing, text, now)


def _rows(channels: Sequence[Channel], outgoing: OutgoingMessage, text: str, now: datetime) -> list[NewMessage]:
    urgent = outgoing.priority <= URGENT or outgoing.call is not None or type_of(outgoing.notice).escalates
    return [
        NewMessage(
            place_id=channel.place_id, priority=outgoing.priority, method=NOTIFY,
            payload={"channel": channel.id, "text": text}, stream=outgoing.stream, notice=outgoing.notice,
            guard=outgoing.guard, reference=outgoing.reference, not_before=now if urgent else awake(channel, now),
            created_at=now, person_id=channel.person_id, call=outgoing.call,
        )
        for channel in channels
    ]  # fmt: skip


def awake(channel: Channel, now: datetime) -> datetime:
    """Return when a channel's quiet hours are over, now where there are none."""
    span = quiet_hours(channel.quiet)
    if span is None:
        return now
    local = now.astimezone(SHANGHAI)
    begin, end = span
    within = begin <= local.time() < end if begin < end else local.time() >= begin or local.time() < end
    if not within:
        return now
    over = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return over if over > local else over + timedelta(days=1)
