"""The calls of an incident as its log has them: every round with all its answers, not only the last of each unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from plans.core import keys
from plans.incident.calling import UnitCalled
from plans.incident.ringing import RingFailed
from plans.incident.state import Incident
from plans.incident.units import UnitAnswered


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a unit answered, by whom; ``recorded``: by telephone, and ``voice`` where a key did, its number masked."""

    status: str
    at: datetime
    by: str
    recorded: bool
    note: str
    voice: str = ""


@dataclass(slots=True)
class Called:
    """One call to one unit: of round 0 where it was only informed and answered of its own accord."""

    unit: str
    round: int
    level: str
    at: datetime
    answers: list[GivenAnswer] = field(default_factory=list)
    rings: list[tuple[datetime, str]] = field(default_factory=list)


def calls_of(incident: Incident) -> list[Called]:
    """Return every call in the order of the log; what was undone is left out."""
    calls: list[Called] = []
    last: dict[str, Called] = {}
    for item in incident.events:
        event = item.event
        if item.sequence in incident.undone:
            continue
        if isinstance(event, UnitCalled):
            last[event.unit] = Called(event.unit, event.round, event.level, item.at)
            calls.append(last[event.unit])
        elif isinstance(event, UnitAnswered):
            call = last.get(event.unit)
            if call is None:
                call = last[event.unit] = Called(event.unit, 0, incident.response_level or "", item.at)
                calls.append(call)
            by, note, voice = event.name or "", event.note or "", event.voice or ""
            call.answers.append(GivenAnswer(event.status, item.at, by, event.recorded, note, voice))
        elif isinstance(event, RingFailed) and event.recipient in last:
            call = last[event.recipient]
            if keys.is_call(event.about) or (not event.about and not call.answers):
                call.rings.append((item.at, event.outcome))
    return calls
