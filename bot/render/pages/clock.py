"""The clocks of an incident as a page counts them down: a moment of the program's time, and who has not heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.render import duties, naming
from bot.render.view import View
from bot.texts import pages as t


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """One report that is owed.

    Attributes:
        name: 首报（电话）.
        due: by the program's clock, a drill's own offset taken off. Of what the plan wants 立即: since when it is owed.
        by: the moment in words, 03:32前 or 立即.
        kind: ``due`` counts down and goes overdue, ``now`` counts up from the beginning, ``maybe`` has first to be
            judged and is never overdue, ``stands`` is of a drill that is paused.
        left: who has not heard it. total: how many are to hear it.
    """

    key: str
    name: str
    due: datetime
    by: str
    kind: str
    clause: str
    left: tuple[str, ...]
    total: int


def clocks(view: View) -> list[Clock]:
    """Return what the office itself owes, what is certain and runs out first at the head."""
    return [_clock(view, item) for item in duties.duties_of_office(view)]


def _clock(view: View, item: duties.Owed) -> Clock:
    instance, offset = item.instance, view.incident.offset
    name, kind, due = duties.name(item), "due", instance.due
    if instance.possible:
        kind = "maybe"
        name = (t.CLOCK_UNSURE if duties.is_unsure(item) else t.CLOCK_JUDGE).format(name=name)
    elif duties.is_immediate(item):
        kind, due = "now", instance.arose_at
    if view.incident.paused:
        kind = "stands"
    return Clock(
        key=instance.key,
        name=name,
        due=due - offset,
        by=duties.due(view, item),
        kind=kind,
        clause=instance.clause,
        left=tuple(naming.unit_name(view, recipient) for recipient in item.left),
        total=len(instance.to),
    )
