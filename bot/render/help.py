"""The help: the commands for one's role, or one line where others read along."""

from __future__ import annotations

from collections.abc import Iterable

from bot.render.catalogue import HELP
from bot.render.message import Message
from bot.render.text import fill, joined
from bot.texts import help as t
from bot.texts import words as w


def help(
    commands: Iterable[str], further: Iterable[str] = (), *, neutral: bool = False, seat_line: str = ""
) -> Message:
    """Return the help that names some commands, or one line where others read along.

    Args:
        further: commands that are named in one line.
        neutral: in a group of others than officials.
        seat_line: the duty line, for those groups.
    """
    if neutral:
        return Message(t.HELP_NEUTRAL.format(number=seat_line or w.NO_NUMBER))
    lines = [t.HELP_LINE.format(command=command, text=HELP[command]) for command in commands]
    others = w.SEMICOLON.join(t.HELP_LINE.format(command=command, text=HELP[command]) for command in further)
    also = (t.HELP_ALSO.format(commands=others),) if others else ()
    text = joined((fill(t.HELP_HEAD), t.HELP_REPORT, *lines, *also, t.HELP_MORE))
    return Message(text.plain, text.entities)
