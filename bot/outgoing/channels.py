"""The next step of the ladder: whoever did not answer on Telegram is told by his other channels too.

A message by another channel is a row of the outbox like any other, so that it is tried again, withdrawn when it is
settled, and stands in the record of attempts. A call by an automatic telephone is the step behind the others: its row
waits for ``Policy.voice``, and is withdrawn where one of them was answered meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import SHANGHAI
from bot.notifier.voice import is_telephone
from bot.outgoing.messages import OutgoingMessage
from plans.core.keys import UNHANDLED
from plans.core.notice import type_of
from plans.core.policy import Policy
from plans.times.hours import quiet_hours
from storage.outbox import BESIDE, DIAL, NewMessage
from storage.people import Channel
from storage.transaction import Reading

NOTIFY = BESIDE
"""The method of such a row; its payload names the channel and holds the words."""

URGENT = 1
"""Priority that quiet hours do not hold back: calls, declarations, what is overdue."""

OF_A_DRILL = 9
"""Priority of a drill's calls by telephone: whatever is real goes before them."""


async def also(tx: Reading, messages: Sequence[OutgoingMessage], now: datetime, policy: Policy) -> list[NewMessage]:
    """Return, for messages that go up the ladder, the same words by every other channel of the person.

    A report that rings the seat goes by none of them; where nobody takes it, the telephone rings.
    """
    climbing = [item for item in messages if item.person_id is not None and _climbs(item)]
    channels = await tx.people.channels_among({item.person_id for item in climbing if item.person_id is not None})
    rows: list[NewMessage] = []
    for item in climbing:
        ways = channels.get(item.person_id or "", ())
        rows += _rows([way for way in ways if type_of(item.notice).escalates], item, item.message.text, now)
        if item.spoken is not None:
            rows += _calls(ways, item, item.spoken or item.message.text, now, policy)
    return rows


def _climbs(item: OutgoingMessage) -> bool:
    kind = type_of(item.notice)
    return item.ring and (kind.escalates or kind.on_key == "heard")


async def by_channels(
    tx: Reading, person_id: str, outgoing: OutgoingMessage, text: str, now: datetime, policy: Policy
) -> list[NewMessage]:
    """Return the rows that tell somebody by all other channels; what does not ring goes by no telephone."""
    channels = await tx.people.channels_of(person_id)
    rings = outgoing.ring or outgoing.call is not None
    calls = _calls(channels, outgoing, text, now, policy) if rings else []
    return [*_rows(channels, outgoing, text, now), *calls]


def _calls(
    channels: Sequence[Channel], outgoing: OutgoingMessage, text: str, now: datetime, policy: Policy
) -> list[NewMessage]:
    """Return the calls by telephone, to numbers whose owner has confirmed them by a key."""
    kind = type_of(outgoing.notice)
    pause = policy.voice_ring if kind.on_key == "heard" else policy.voice
    return [
        NewMessage(
            place_id=channel.place_id, priority=OF_A_DRILL if outgoing.drill else outgoing.priority, method=DIAL,
            payload={"channel": channel.id, "text": text}, stream=outgoing.stream, notice=outgoing.notice,
            guard=_guard(outgoing), reference=outgoing.reference, not_before=(outgoing.not_before or now) + pause,
            created_at=now, person_id=channel.person_id, call=outgoing.call,
        )
        for channel in channels
        if is_telephone(channel.address) and channel.proved_at is not None
    ]  # fmt: skip


def _guard(outgoing: OutgoingMessage) -> str | None:
    """Return what a call depends on: of a report that rings together with others, that nobody has taken it."""
    if type_of(outgoing.notice).on_key == "heard" and outgoing.stream is not None:
        return f"{outgoing.stream}|{UNHANDLED}"
    return outgoing.guard


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
        if not is_telephone(channel.address)
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
