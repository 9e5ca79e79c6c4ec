"""What is said in conversation of no topic in particular: texts and pop-ups by key, which incident is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest
from typing import Any, Protocol

from bot.render.catalogue import MESSAGES, POPUPS
from bot.render.message import Message
from bot.render.text import written
from bot.render.times import at
from bot.texts import chat as t
from bot.texts.words import DRILL, LIST, NUMBER, STATES
from plans.incident.state import Incident
from plans.model import Plan

MOST = 8
"""Other incidents named on a worksheet."""


MOST_LISTED = 20
"""Incidents in a list of those that may be meant."""


class Line(Protocol):
    """What is shown of an incident in a list."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def drill(self) -> bool: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def reported_at(self) -> datetime: ...  # noqa: D102


def text_message(key: str, /, **values: Any) -> Message:
    """Return a fixed text."""
    return Message(MESSAGES[key].format(**values))


def case_message(key: str, incident: Incident, /, **values: Any) -> Message:
    """Return a fixed text about an incident; in a drill it begins and ends with the mark."""
    text = MESSAGES[key].format(number=incident.number, **values)
    return Message(f"{DRILL}{text}\n{DRILL}", mark=DRILL) if incident.drill else Message(text)


def popup_text(key: str, /, **values: Any) -> str:
    """Return a pop-up's text."""
    return POPUPS[key].format(**values)


def brief(plan: Plan, incident: Incident) -> str:
    """Return what an incident is told apart by: ``实验小学宿舍楼楼梯 踩踏拥挤``."""
    kind = next((item.name for item in plan.classes if item.id == incident.event_class), "")
    return " ".join(part for part in (written(incident.place or incident.unit, 24), kind) if part)


def which_incident(
    rows: Iterable[Line],
    number: int | None = None,
    now: datetime | None = None,
    above: Sequence[str] = (),
    titles: Sequence[str] = (),
) -> Message:
    """Return the list of incidents that may be meant, or that there is none.

    Args:
        titles: place and class of each of the first of them.
        above: lines that stand over it.
    """
    candidates = list(rows)
    if number is not None:
        return Message(t.WHICH_NO_SUCH.format(number=number))
    if not candidates:
        return Message("\n".join([*above, t.WHICH_NONE]))
    lines = [
        (t.WHICH_DRILL if row.drill else t.WHICH_LINE).format(
            number=row.number,
            title=f" {title}" if title else "",
            state=STATES[row.state],
            time=at(row.reported_at, now or row.reported_at),
        )
        for row, title in zip_longest(candidates[:MOST_LISTED], titles[:MOST_LISTED], fillvalue="")
        if not isinstance(row, str)
    ]
    return Message("\n".join([*above, t.WHICH_HEAD.format(count=len(candidates)), *lines]))


def other_incidents(message: Message, others: Sequence[tuple[int, bool]], count: int | None = None) -> Message:
    """Return a worksheet with a last line that names the other open incidents: (number, whether a drill) each.

    Args:
        count: how many there are, where only the newest are given.
    """
    count = len(others) if count is None else count
    if not others:
        return message
    numbers = LIST.join((t.DRILL_NUMBER if drill else NUMBER).format(number=number) for number, drill in others[-MOST:])
    line = t.OTHERS_OPEN.format(numbers=numbers, more=t.OTHERS_MORE.format(count=count) if count > MOST else "")
    body, mark = message.text, message.mark
    if mark and body.endswith(f"\n{mark}"):
        return replace(message, text=f"{body.removesuffix(mark)}{line}\n{mark}")
    return replace(message, text=f"{body}\n{line}")
