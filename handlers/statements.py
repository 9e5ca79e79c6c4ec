"""What a text says anew of an incident: new figures, a place, when it happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handlers.commands import IncidentCommand
from handlers.parsing import OCCURRENCE, flags
from plans.incident.facts import Update
from plans.incident.figures import counted
from plans.intake.telling import category_of, later_telling
from plans.intake.updates import place_of_update
from plans.intake.with_plan import increments_of, read_for
from plans.values import as_data


def stated(ask: IncidentCommand, text: str) -> Update | None:
    """Return what a text says anew of an incident, or None when nothing was read in it."""
    reading = read_for(ask.subject.plan, text, now=ask.caller.said_at)
    incident = ask.subject.incident
    known = {name: as_data(value) for name, value in counted(incident).items()}
    told = later_telling(reading, known, category_of(incident.text))
    facts = {**told.facts, **flags(text.split(), ask.subject.plan)}
    raised = told.raised - facts.keys()
    occurred = reading.occurred
    place = place_of_update(reading.place, text, incident.place)
    if (
        not facts
        and not raised
        and not told.unsure
        and not told.unread
        and not place
        and (occurred is None or occurred.odd is not None)
    ):
        return None
    return Update(
        facts=facts,
        increments=told.increments,
        raised=tuple(sorted(raised)),
        text=text,
        occurred_at=_occurrence(ask, text, occurred.at) if occurred is not None and occurred.odd is None else None,
        place=place,
        reason=text,
        unsure=told.unsure,
        unread=told.unread,
    )


def figures_in(ask: IncidentCommand, text: str) -> frozenset[str]:
    """Return the facts of which a text gives the whole figure, whatever is known of them."""
    reading = read_for(ask.subject.plan, text, now=ask.caller.said_at)
    counted_up = increments_of(reading)
    return frozenset(
        name
        for name, found in reading.facts.items()
        if not found.unknown and not isinstance(found.at_least, bool) and name not in counted_up
    )


def said_again(command: Update) -> dict[str, Any]:
    """Return what a statement comes to when it is made once more with a second word: arguments of the button."""
    return {
        "facts": dict(command.facts),
        "increments": sorted(command.increments),
        "raised": list(command.raised),
        "text": command.text,
        "place": command.place,
        "unsure": dict(command.unsure),
        "unread": list(command.unread),
    }


def tells(command: Update) -> bool:
    """Whether something was read in the words, be it sure or not."""
    return bool(command.facts or command.raised or command.unsure or command.place or command.occurred_at)


def asks_writer(command: Update) -> bool:
    """Whether whoever wrote it is asked how a figure is meant."""
    return any(data["why"] != "said" for data in command.unsure.values())


def updated(command: Update) -> str:
    """Return the key of the answer to an update; where nothing was read but perhaps a number, the answer says so."""
    if not tells(command):
        return "added_unread"
    return "updated_unsure" if asks_writer(command) else "updated"


def _occurrence(ask: IncidentCommand, text: str, at: datetime | None) -> datetime | None:
    """Return a time that is said to be when it happened; a later one is that of a call, or of what came next.

    Clocks run from the occurrence: only words that say so (发生时间是 …) put it later.
    """
    earlier = ask.subject.incident.occurred_at
    if at is None or earlier is None or at <= earlier:
        return at
    return at if any(word in text for word in OCCURRENCE) else None
