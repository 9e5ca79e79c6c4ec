"""What a text says anew of an incident: new figures, a place, when it happened."""

from __future__ import annotations

from datetime import datetime

from handlers.commands import IncidentCommand
from handlers.parsing import OCCURRENCE, flags
from plans.incident.facts import Update
from plans.intake.updates import place_of_update
from plans.intake.with_plan import facts_of, increments_of, read_for


def stated(ask: IncidentCommand, text: str) -> Update | None:
    """Return what a text says anew of an incident, or None when nothing was read in it."""
    reading = read_for(ask.subject.plan, text, now=ask.caller.said_at)
    facts, raised = facts_of(reading)
    facts = {**facts, **flags(text.split(), ask.subject.plan)}
    raised = raised - facts.keys()
    occurred = reading.occurred
    place = place_of_update(reading.place, text, ask.subject.incident.place)
    if not facts and not raised and not place and (occurred is None or occurred.odd is not None):
        return None
    return Update(
        facts=facts,
        increments=increments_of(reading),
        raised=tuple(sorted(raised)),
        text=text,
        occurred_at=_occurrence(ask, text, occurred.at) if occurred is not None and occurred.odd is None else None,
        place=place,
        reason=text,
    )


def _occurrence(ask: IncidentCommand, text: str, at: datetime | None) -> datetime | None:
    """Return a time that is said to be when it happened; a later one is that of a call, or of what came next.

    Clocks run from the occurrence: only words that say so (发生时间是 …) put it later.
    """
    earlier = ask.subject.incident.occurred_at
    if at is None or earlier is None or at <= earlier:
        return at
    return at if any(word in text for word in OCCURRENCE) else None
