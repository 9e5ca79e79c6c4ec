"""The next step of the ladder: whoever did not answer on Telegram is told by his other channels too.

A message by another channel is a row of the outbox like any other, so that it is tried again, withdrawn when it is
settled, and stands in the record of attempts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.clock import SHANGHAI
from bot.outgoing.messages import OutgoingMessage
from storage.outbox import BESIDE, NewMessage
from storage.people import Channel
from storage.transaction import Reading, Writing

NOTIFY = BESIDE
"""The method of such a row; its payload names the channel and holds the words."""

STEPS = frozenset({"call_again", "proposal_again", "proposal_widened"})
"""本地规定: notices that come when the first one on Telegram was not answered."""

URGENT = 1
"""Priority that quiet hours do not hold back: calls, declarations, what is overdue."""


async def also(tx: Writing, letters: Sequence[OutgoingMessage], now: datetime) -> None:
    """Queue, for letters that go up the ladder, the same words by every other channel of the person."""
    rows: list[NewMessage] = []
    for letter in letters:
        if letter.notice in STEPS and letter.person_id is not None:
            rows += await by_channels(tx, letter.person_id, letter, letter.message.text, now)
    await tx.outbox.enqueue(rows)


async def by_channels(
    tx: Reading, person_id: str, letter: OutgoingMessage, text: str, now: datetime
) -> list[NewMessage]:
    """Return the rows that tell somebody by all other channels."""
    urgent = letter.priority <= URGENT or letter.call is not None or letter.notice in STEPS
    return [
        NewMessage(
            place_id=channel.place_id, priority=letter.priority, method=NOTIFY,
            payload={"channel": channel.id, "text": text}, stream=letter.stream, notice=letter.notice,
            guard=letter.guard, reference=letter.reference, not_before=now if urgent else awake(channel, now),
            created_at=now, person_id=person_id, call=letter.call,
        )
        for channel in await tx.people.channels_of(person_id)
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


def quiet_hours(text: str) -> tuple[time, time] | None:
    """Return beginning and end of ``22:00-07:00``, None where a text says neither."""
    begin, _, end = text.replace("：", ":").replace("—", "-").replace("–", "-").partition("-")
    try:
        found = time.fromisoformat(begin.strip().zfill(5)), time.fromisoformat(end.strip().zfill(5))
    except ValueError:
        return None
    return found if found[0] != found[1] else None
