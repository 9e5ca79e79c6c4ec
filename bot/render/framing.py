"""What stands around every message: the drill's mark first and last, 【真实】 beside a drill, a note when late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.render.labels import rows
from bot.render.message import Message, units
from bot.render.text import Text, bold, joined
from bot.render.view import View
from bot.texts import words as w
from plans.core.notice import Press


def framed(view: View, text: Text | str, presses: Iterable[Press] = ()) -> Message:
    """Return the message of one incident as it is sent."""
    body = Text() + text
    if not view.online:
        body = joined((body, w.LATE_NOTE))
    if view.incident.drill:
        body = Text(w.DRILL) + body + "\n" + w.DRILL
    elif view.flag:
        body = bold(w.REAL) + body
    return Message(body.plain, body.entities, rows(presses, view), w.DRILL if view.incident.drill else "")


def preceded(message: Message, line: str) -> Message:
    """Return the message with a line of its own on top, behind the drill's mark."""
    at = len(message.mark) if message.text.startswith(message.mark) else 0
    before, shift = message.text[:at], units(line) + 1
    moved = tuple(
        replace(item, offset=item.offset + shift) if item.offset >= units(before) else item for item in message.entities
    )
    return replace(message, text=f"{before}{line}\n{message.text[at:]}", entities=moved)


def framed_plain(view: View, text: str) -> str:
    """Return the same for a text without type: a script, a written report."""
    if view.incident.drill:
        return f"{w.DRILL}{text}\n{w.DRILL}"
    return f"{w.REAL}{text}" if view.flag else text
