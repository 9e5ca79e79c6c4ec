"""What words say anew of an incident: new figures, a place, when it happened; whichever way they come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from plans.incident.facts import Update
from plans.incident.figures import counted
from plans.incident.state import Incident
from plans.intake.telling import category_of, later_telling
from plans.intake.updates import place_of_update
from plans.intake.with_plan import read_for
from plans.model import Plan
from plans.values import as_data

OCCURRENCE = ("发生时间", "事发时间", "发生于", "事发于", "发病时间")


def said_anew(
    plan: Plan, incident: Incident, text: str, said_at: datetime, flagged: Mapping[str, Any] | None = None
) -> Update | None:
    """Return what a text says anew of an incident, or None when nothing was read in it.

    Args:
        flagged: facts that are stated beside what is read: as totals, and of them nothing that was read is asked.
    """
    reading = read_for(plan, text, now=said_at)
    known = {name: as_data(value) for name, value in counted(incident).items()}
    told = later_telling(reading, known, category_of(incident.text))
    facts = {**told.facts, **(flagged or {})}
    stated = (flagged or {}).keys()
    unsure = {name: data for name, data in told.unsure.items() if data["fact"] not in stated}
    raised = told.raised - facts.keys()
    occurred = reading.occurred
    place = place_of_update(reading.place, text, incident.place)
    if (
        not facts
        and not raised
        and not unsure
        and not told.unread
        and not place
        and (occurred is None or occurred.odd is not None)
    ):
        return None
    return Update(
        facts=facts,
        increments=told.increments - stated,
        raised=tuple(sorted(raised)),
        text=text,
        occurred_at=_occurrence(incident, text, occurred.at) if occurred is not None and occurred.odd is None else None,
        place=place,
        reason=text,
        unsure=unsure,
        unread=told.unread,
    )


def _occurrence(incident: Incident, text: str, at: datetime | None) -> datetime | None:
    """Return a time that is said to be when it happened; a later one is that of a call, or of what came next.

    Clocks run from the occurrence: only words that say so (发生时间是 …) put it later.
    """
    earlier = incident.occurred_at
    if at is None or earlier is None or at <= earlier:
        return at
    return at if any(word in text for word in OCCURRENCE) else None
