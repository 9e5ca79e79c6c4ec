"""What is told of an event, by its type, and the words that events share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.render import naming
from bot.render.text import written
from bot.render.values import amount_of, label
from bot.render.view import View
from bot.texts import course as t
from bot.texts import words as w
from plans.core.authority import Spoken
from plans.core.event import Event
from plans.load import plan_facts

MOST_NAMES = 4
"""Units named in one line; the table of units has them all."""

Words = Callable[[View, Any], str]

TOLD: dict[type[Event], Words] = {}
"""What is told of an event, by its type; what is not here is not told."""


def told(*kinds: type[Event]) -> Callable[[Words], Words]:
    """Register the words of events."""

    def added(words: Words) -> Words:
        for kind in kinds:
            TOLD[kind] = words
        return words

    return added


def figures_in(view: View, facts: Mapping[str, Any]) -> str:
    """Return plain data as ``受伤4人，死亡正在核实``."""
    known = plan_facts(view.plan)
    parts = []
    for name, data in facts.items():
        if name in known:
            counted = known[name].type in ("count", "number")
            value = amount_of(data, known[name])
            parts.append((t.FIGURE if counted else t.CHOICE).format(label=label(view, name), value=value))
    return w.COMMA.join(parts)


def why(reason: str | None) -> str:
    """Return the reason that was given, nothing where none was."""
    words = written(reason or "", 120)
    return t.REASON.format(reason=words) if words else ""


def by_telephone(view: View, event: Spoken) -> str:
    """Return that a word was spoken, and who recorded it."""
    return t.ORAL.format(recorded=naming.of_event(view, event, "recorded_by")) if event.oral else ""


def decided_by(view: View, event: Spoken, role: str) -> dict[str, str]:
    """Return who decided: the role, and of a spoken word the name too."""
    name = naming.of_event(view, event, "spoken_by") if event.oral and event.spoken_by else ""
    return {"role": naming.role(view.plan, role) + name, "oral": by_telephone(view, event), "reason": why(event.reason)}


def names_of(view: View, units: Sequence[str], most: int = MOST_NAMES) -> str:
    """Return the names of units, of many the first."""
    listing = w.LIST.join(naming.unit_name(view, unit) for unit in units[:most])
    return t.NAMES_AND_MORE.format(names=listing, count=len(units)) if len(units) > most else listing
