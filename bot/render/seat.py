"""Who takes a report, and who sits on the duty seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.render import naming
from bot.render.framing import framed
from bot.render.message import Message
from bot.render.naming import seat_phone
from bot.render.registry import explains, renders, settles
from bot.render.status import todo_lines
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import seat as t
from bot.texts import words as w
from plans.core.notice import Notice
from plans.incident.seat import HandlingTaken


@renders("taken")
def taken(notice: Notice, view: View) -> Text:
    """The reporter learns that somebody has it."""
    time = at(view.incident.handled_at or view.now, view.now)
    return fill(t.TAKEN, number=naming.number(view), time=time, phone=seat_phone(view), tap=naming.tap_seat(view))


@renders("takeover")
def takeover(notice: Notice, view: View) -> Text:
    """What goes with the seat to its new holder."""
    seat = written(view.seat, 20) or w.NAME_UNKNOWN
    head = fill(t.TAKEOVER, seat=seat, time=at(view.now, view.now), title=naming.title(view))
    return joined((head, *(todo_lines(view) or [Text(t.TAKEOVER_NOTHING)])))


def handed_over(view: View, *, lost: bool = False) -> Message:
    """Return what stands where the worksheet was, for whoever does not sit on the seat any more.

    Args:
        lost: he did not hand it over but lost the office: the record still names him.
    """
    name = "" if lost else written(view.seat, 16)
    text = t.HANDED_OVER.format(number=view.incident.number, name=name, time=at(view.now, view.now))
    return framed(view, text if name else t.HANDED_OVER_SOMEBODY.format(number=view.incident.number))


@explains("already_handled")
def _handled(params: Mapping[str, Any], view: View) -> dict[str, str]:
    if params.get("own"):
        return {"handled": t.HANDLED_OWN}
    name = written(str(params.get("name") or ""), 16)
    return {"handled": t.HANDLED_OTHER.format(name=name) if name else t.HANDLED_SOMEBODY}


@settles(HandlingTaken, "handling")
def _taken_before(view: View, of: str, event: HandlingTaken) -> str:
    return t.OUTRUN_HANDLED.format(name=naming.person(event.name))
