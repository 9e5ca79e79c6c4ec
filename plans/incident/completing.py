"""What edited messages and short answers do to an incident."""

from __future__ import annotations

from plans import events as e
from plans.incident.records import Answered, Edit
from plans.incident.registry import on
from plans.incident.state import Incident


@on(e.EditNoticed)
def _edited(incident: Incident, event: e.EditNoticed, item: e.Recorded) -> None:
    incident.edits[event.message] = Edit(
        item.sequence, event.message, event.text or "", event.source, event.facts, event.place, event.occurred_at
    )


@on(e.EditSettled)
def _settled(incident: Incident, event: e.EditSettled, item: e.Recorded) -> None:
    incident.edits.pop(event.message, None)


@on(e.ElementAnswered)
def _answered(incident: Incident, event: e.ElementAnswered, item: e.Recorded) -> None:
    incident.answers[event.element] = Answered(event.answer, event.source, item.at)
