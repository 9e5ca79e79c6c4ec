"""Help, by role."""

from __future__ import annotations

from bot.render.catalogue import HELP
from bot.render.message import Message
from bot.render.text import fill, joined
from bot.texts import help as t
from bot.texts import words as w


def help(role: str, *, neutral: bool = False, seat_line: str = "") -> Message:
    """Return at most six commands for a role, or one line where others read along.

    Args:
        role: ``admin duty leader liaison reporter``.
        neutral: in a group of others than officials.
        seat_line: the duty line, for those groups.
    """
    if neutral:
        return Message(t.HELP_NEUTRAL.format(number=seat_line or w.NO_NUMBER))
    lines = [t.HELP_LINE.format(command=command, text=HELP[command]) for command in t.FOR_ROLE[role]]
    text = joined((fill(t.HELP_HEAD), t.HELP_REPORT, *lines, t.HELP_MORE))
    return Message(text.plain, text.entities)
