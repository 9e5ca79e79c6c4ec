"""叫应测试: what each person is asked, and the table of who answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.render.catalogue import LABELS
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import Text, fill, joined
from bot.render.times import at, span
from bot.texts import roll as t
from bot.texts.words import LIST
from plans.model import Plan


@dataclass(frozen=True, kw_only=True)
class RollTable:
    """A roll as it stands.

    Attributes:
        at: when it was called.
        answered: title and time taken of each who answered, in the order of answering.
        silent: titles of those who were asked and have not answered.
        never_started, blocked: titles of those who could not be asked.
    """

    at: datetime
    answered: tuple[tuple[str, timedelta], ...] = ()
    silent: tuple[str, ...] = ()
    never_started: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()


def question(plan: Plan, roll: str, title: str, now: datetime) -> Message:
    """Return the question to one person: one big button."""
    text = fill(t.ASK, office=plan.office, time=at(now, now), title=title)
    key = Key(LABELS["received"], press("roll_here", "received", f"roll:{roll}", roll=roll))
    return Message(text.plain, text.entities, ((key,),))


def table(roll: RollTable, now: datetime) -> Message:
    """Return the table: the silent first, since something is to be done about them."""
    total = len(roll.answered) + len(roll.silent) + len(roll.never_started) + len(roll.blocked)
    lines: list[Text | str] = [
        fill(t.HEAD, time=at(roll.at, now), answered=len(roll.answered), total=total),
        *(
            fill(template, count=len(names), names=LIST.join(names))
            for template, names in ((t.SILENT, roll.silent), (t.BLOCKED, roll.blocked), (t.NEVER, roll.never_started))
            if names
        ),
    ]
    if roll.answered:
        listing = LIST.join(t.ANSWER.format(title=title, span=span(duration)) for title, duration in roll.answered)
        lines.append(fill(t.ANSWERED, count=len(roll.answered), names=listing))
    if not (roll.silent or roll.never_started or roll.blocked):
        lines.append(t.ALL_THERE)
    text = joined(lines)
    return Message(text.plain, text.entities)
