"""What a message says that leaves much later than it was written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.render.message import LIMIT, Message, units
from bot.render.times import at
from bot.texts import delivery as delivery_texts
from bot.texts.words import DRILL, REAL


def said_late(payload: dict[str, Any], due: datetime, now: datetime, *, doubtful: bool) -> dict[str, Any]:
    """Return the arguments of a message with a first line that says when it should have come.

    Args:
        payload: of ``sendMessage``.
        doubtful: it may have arrived before.

    A message that says so already, or has no room for a line, stays as it is.
    """
    text = str(payload.get("text", ""))
    line = delivery_texts.SENT_LATE.format(due=at(due, now), again=delivery_texts.SENT_LATE_AGAIN if doubtful else "")
    begin = next((len(mark) for mark in (DRILL, REAL) if text.startswith(mark)), 0)
    if not text or text[begin:].startswith(delivery_texts.SENT_LATE_MARK) or units(text) + units(line) + 1 > LIMIT:
        return payload
    border, shift = units(text[:begin]), units(line) + 1
    moved = [
        {**item, "offset": item["offset"] + shift} if item["offset"] >= border else item
        for item in payload.get("entities", ())
    ]
    return {**payload, "text": f"{text[:begin]}{line}\n{text[begin:]}", **({"entities": moved} if moved else {})}


def outage(since: datetime, until: datetime, rings: int, others: int) -> Message:
    """Tell the duty seat from when to when nothing got through to Telegram, and how much comes late."""
    text = delivery_texts.OUTAGE.format(since=at(since, until), until=at(until, until))
    parts = [(delivery_texts.OUTAGE_RINGS, rings), (delivery_texts.OUTAGE_OTHERS, others)]
    late = delivery_texts.OUTAGE_AND.join(words.format(count=count) for words, count in parts if count)
    return Message(text + (delivery_texts.OUTAGE_LATE.format(late=late) if late else delivery_texts.OUTAGE_NOTHING))
