"""Who did what before a press that came too late: the loser of a race reads it instead of 有了变化."""

from __future__ import annotations

from bot.render.registry import SETTLED
from bot.render.times import at
from bot.render.view import View
from bot.texts import chat as t


def outrun(view: View, name: str) -> str:
    """Return who settled what a button acts on, when and how, for a pop-up; empty where the log does not say it.

    Args:
        name: of the object, as ``plans.core.keys`` makes it.
    """
    kind, _, of = name.partition(":")
    incident = view.incident
    for item in reversed(incident.events):
        if item.sequence in incident.undone:
            continue
        worded = SETTLED.get((kind, type(item.event)))
        text = worded(view, of, item.event) if worded is not None else ""
        if text:
            return t.OUTRUN.format(time=at(item.at, view.now), said=text)
    return ""
