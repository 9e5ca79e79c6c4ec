"""What did not arrive, or arrives late."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.render.catalogue import NOTICE_NAMES
from bot.render.framing import framed
from bot.render.message import LIMIT, Message, units
from bot.render.text import Text, joined, quote, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import delivery as t
from bot.texts.words import DRILL, REAL

MOST_SAID, MOST_PASSED = 800, 3000
"""Characters of a message that did not arrive which the seat reads, and those who must know."""


def undeliverable(
    view: View, *, notice: str, who: str, unit: str, phone: str, uncertain: bool = False, content: str = ""
) -> Message:
    """Tell the duty seat what did not reach whom, the number to ring instead, and what is to be said.

    Args:
        notice: key of the message.
        uncertain: it may have arrived; nobody knows.
        content: the words that did not arrive; none where others than the seat would read them.
    """
    what = NOTICE_NAMES.get(notice, t.NOTICE_OTHER)
    to = "".join(part for part in (unit, written(who, 16)) if part) or t.SOMEBODY
    text = (t.UNCERTAIN if uncertain else t.UNDELIVERABLE).format(number=view.incident.number, to=to, what=what)
    if view.incident.drill:
        phone = ""
    text += t.RING_INSTEAD.format(phone=phone) if phone else t.RING_SOMEHOW
    words = _ours(content, MOST_SAID)
    return framed(view, joined((text, quote(t.WHAT_IT_SAID.format(text=words)))) if words else text)


def undelivered(*, notice: str, who: str, said: str, uncertain: bool) -> Text:
    """Return what did not reach whom, in a case that is no incident, and the words that he should have read."""
    line = (t.OF_A_CASE_UNCERTAIN if uncertain else t.OF_A_CASE).format(
        to=written(who, 16) or t.SOMEBODY, what=NOTICE_NAMES.get(notice, t.NOTICE_OTHER)
    )
    words = _ours(said, MOST_SAID)
    return joined((line + t.RING_SOMEHOW, quote(t.WHAT_IT_SAID.format(text=words)) if words else Text("")))


def _ours(text: str, most: int) -> str:
    """Return words of ours, which are clean already, for a quotation within a framed message."""
    words = text.replace(DRILL, "").strip()
    return words if len(words) <= most else f"{words[: most - 1]}…"


def passed_message(view: View, text: str) -> Message:
    """Return what the command group was to read, for one of those who must know."""
    return framed(view, joined((t.PASSED_ON, quote(_ours(text, MOST_PASSED)))))


def topics_refused(view: View, title: str) -> Message:
    """Tell the seat why an incident has no topic of its own in a group."""
    return framed(view, t.TOPICS_REFUSED.format(number=view.incident.number, title=written(title, 24)))


def absent(since: datetime, until: datetime, count: int, opened: int) -> Message:
    """Tell the duty seat how long the program was away and what it says late.

    Args:
        count: reminders and calls that were written late.
        opened: incidents that are open now.
    """
    start = at(since, until)
    text = (
        t.ABSENT.format(since=start, until=at(until, until), count=count)
        if count
        else t.ABSENT_NOTHING.format(since=start, until=at(until, until))
    )
    return Message(text + (t.ABSENT_OPEN.format(count=opened) if opened else ""))


def with_delay(payload: dict[str, Any], due: datetime, now: datetime, *, doubtful: bool) -> dict[str, Any]:
    """Return the arguments of a message with a first line that says when it should have come.

    Args:
        payload: of ``sendMessage``.
        doubtful: it may have arrived before.

    A message that says so already, or has no room for a line, stays as it is.
    """
    text = str(payload.get("text", ""))
    line = t.SENT_LATE.format(due=at(due, now), again=t.SENT_LATE_AGAIN if doubtful else "")
    begin = next((len(mark) for mark in (DRILL, REAL) if text.startswith(mark)), 0)
    if not text or text[begin:].startswith(t.SENT_LATE_MARK) or units(text) + units(line) + 1 > LIMIT:
        return payload
    border, shift = units(text[:begin]), units(line) + 1
    moved = [
        {**item, "offset": item["offset"] + shift} if item["offset"] >= border else item
        for item in payload.get("entities", ())
    ]
    return {**payload, "text": f"{text[:begin]}{line}\n{text[begin:]}", **({"entities": moved} if moved else {})}


def outage(since: datetime, until: datetime, rings: int, others: int) -> Message:
    """Tell the duty seat from when to when nothing got through to Telegram, and how much comes late."""
    text = t.OUTAGE.format(since=at(since, until), until=at(until, until))
    parts = [(t.OUTAGE_RINGS, rings), (t.OUTAGE_OTHERS, others)]
    late = t.OUTAGE_AND.join(words.format(count=count) for words, count in parts if count)
    return Message(text + (t.OUTAGE_LATE.format(late=late) if late else t.OUTAGE_NOTHING))
