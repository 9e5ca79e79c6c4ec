"""What a text says anew of an incident: new figures, a place, when it happened."""

from __future__ import annotations

from typing import Any

from bot.service.statements import said_anew
from handlers.commands import IncidentCommand
from handlers.parsing import flags
from plans.incident.facts import Update
from plans.intake.with_plan import increments_of, read_for


def stated(ask: IncidentCommand, text: str) -> Update | None:
    """Return what a text says anew of an incident, or None when nothing was read in it."""
    plan = ask.subject.plan
    return said_anew(plan, ask.subject.incident, text, ask.caller.said_at, flags(text.split(), plan))


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
