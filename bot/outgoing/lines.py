"""What goes up by reporting lines: written down in the transaction that submits it; and what is to be heard."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.texts.submitting import INFORMANT
from plans.core.command import line_of
from plans.core.outcome import CaseOutcome
from plans.incident.state import Incident
from plans.incident.submitting import Submitted
from plans.model import Plan
from plans.values import Interval, parse
from storage.submissions import NewSubmission
from storage.transaction import Writing

LONGEST_NAME = 200
MOST_ROUTE = 10


async def send_up(tx: Writing, plan: Plan, outcome: CaseOutcome[Any], now: datetime) -> None:
    """Let what was submitted be brought, and let it be looked at how a case stands of which another office is told."""
    incident = outcome.after
    if not isinstance(incident, Incident):
        return
    await tx.submissions.enqueue(
        [
            NewSubmission(
                line_id=item.event.line, stream=incident.stream, number=item.sequence,
                key=f"{incident.stream}:{item.sequence}", body=body_of(plan, incident, item.event), created_at=now,
            )
            for item in outcome.recorded
            if isinstance(item.event, Submitted)
        ]
    )  # fmt: skip
    told = [incident.stream] if line_of(incident.reporter_id) else []
    for stream in (*told, *(stream for stream, item in incident.came.items() if item.by)):
        await tx.lines.stir(stream, now)


def body_of(plan: Plan, incident: Incident, event: Submitted) -> dict[str, Any]:
    """Return all that crosses: the words that were confirmed, the figures, where and when; nothing else of the case."""
    office = plan.office_unit or plan.office
    informant = INFORMANT.format(place=incident.jurisdiction, number=incident.number, office=office)
    return {
        "text": event.text or "",
        "informant": informant[:LONGEST_NAME],
        "place": (incident.place or incident.unit)[:LONGEST_NAME],
        "occurred_at": incident.occurred_at.isoformat() if incident.occurred_at is not None else None,
        "facts": dict(event.facts),
        "drill": incident.drill,
        "correction": event.corrects or _falls(incident, event),
        "answers": event.answers,
        "route": [*incident.route[-MOST_ROUTE + 1 :], incident.jurisdiction],
    }


def _falls(incident: Incident, event: Submitted) -> bool:
    """Return whether fewer died than went up to the same office before: somebody here has set that right."""
    before = [item.event for item in incident.events if isinstance(item.event, Submitted) and item.event is not event]
    told = [_least(item.facts.get("deaths")) for item in before if item.place == event.place]
    return _least(event.facts.get("deaths")) < max(told, default=0)


def _least(data: Any) -> float:
    value = parse(data)
    return (value.at_least or 0) if isinstance(value, Interval) else 0
