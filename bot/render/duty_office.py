"""Duties as the office sees them: what switching them on means, how all bearers stand, what was handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.clock import SHANGHAI
from bot.render.catalogue import LABELS
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import Text, fill, written
from bot.texts import duty as t
from bot.texts import words as w
from plans.core.policy import MORNING
from plans.model import Plan

MOST_NAMES = 12
"""Names in one line of a message."""


def names_of(found: Sequence[str], most: int = MOST_NAMES) -> str:
    """Return some names, joined; of many the first, and how many there are."""
    shown = w.LIST.join(written(name, 20) for name in found[:most])
    return t.NAMES_MORE.format(names=shown, count=len(found)) if len(found) > most else shown


def switch(
    plan: Plan, counts: Mapping[str, int], unreachable: Sequence[str], *, on: bool, books: int, now: datetime
) -> Message:
    """Return what it means to begin or to end to chase the duties of a plan, with the button that does it.

    Args:
        counts: bearers of each kind. unreachable: names of those whom no message reaches. books: that are open now.
    """
    args = {"plan": plan.id, "on": on}
    if on:
        kinds = w.LIST.join(
            t.COUNTED.format(kind=t.KINDS.get(kind, kind), count=count) for kind, count in counts.items()
        )
        lacking = t.UNREACHABLE.format(count=len(unreachable), names=names_of(unreachable)) if unreachable else ""
        text = fill(
            t.SWITCH_ON, plan=plan.title, count=sum(counts.values()), kinds=kinds or w.NONE, unreachable=lacking,
            clock=f"{MORNING:%H:%M}", year=now.astimezone(SHANGHAI).year,
        )  # fmt: skip
        keys = ((Key(LABELS["duties_on"], press("duties_switch", "duties_on", "duties", **args)),),)
    else:
        text = fill(t.SWITCH_OFF, plan=plan.title, count=books)
        keys = ((Key(LABELS["duties_off"], press("duties_switch", "duties_off", "duties", **args)),),)
    return _message(text, keys)


def _message(text: Text, keys: tuple[tuple[Key, ...], ...] = ()) -> Message:
    return Message(text.plain, text.entities, keys)
