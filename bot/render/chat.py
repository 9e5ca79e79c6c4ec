"""Conversation: confirmations, pop-ups, which incident is meant, who spoke."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from bot.render.framing import framed
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.times import at
from bot.render.view import View
from bot.texts import chat as t
from bot.texts.admin import TEXTS as ADMIN
from bot.texts.words import DRILL, STATES
from plans.model import Plan


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


def text_message(key: str, /, *, drill: bool = False, **values: Any) -> Message:
    """Return a fixed text; in a drill it begins and ends with the mark."""
    text = (t.TEXTS.get(key) or ADMIN[key]).format(**values)
    return Message(f"{DRILL}{text}\n{DRILL}" if drill else text, mark=DRILL if drill else "")


def popup_text(key: str, /, **values: Any) -> str:
    """Return a pop-up's text."""
    return t.POPUPS[key].format(**values)


def which_incident(rows: Iterable[Line], number: int | None = None, now: datetime | None = None) -> Message:
    """Return the list of incidents that may be meant, or that there is none."""
    found = list(rows)
    if number is not None:
        return Message(t.WHICH_NO_SUCH.format(number=number))
    if not found:
        return Message(t.WHICH_NONE)
    lines = [
        (t.WHICH_DRILL if row.drill else t.WHICH_LINE).format(
            number=row.number, state=STATES[row.state], time=at(row.reported_at, now or row.reported_at)
        )
        for row in found[:20]
    ]
    return Message("\n".join([t.WHICH_HEAD.format(count=len(found)), *lines]))


def choose_plan(plans: Iterable[Plan]) -> Message:
    """Return which plans a person may have meant."""
    return Message("\n".join([t.CHOOSE_PLAN, *(f"· {plan.title}" for plan in plans)]))


def oral_who(view: View, level: str, decides: str = "declare") -> Message:
    """Ask who spoke: one button for each role that may decide this."""
    response = next((item for item in view.plan.responses if item.level == level), None)
    roles = response.declared_by if response is not None and decides != "end" else tuple(view.plan.roles)
    what = t.ORAL_END if decides == "end" else t.ORAL_START.format(level=level)
    rows = tuple(
        (
            Key(
                view.plan.roles[role].title,
                press("oral_preview", "oral", "incident", of=role, level=level, decides=decides),
            ),
        )
        for role in roles
    )
    message = framed(view, t.ORAL_WHO.format(number=view.incident.number, what=what))
    return Message(message.text, message.entities, rows, message.mark)
