"""What the end of a case and repairs on the way do to an incident."""

from __future__ import annotations

from datetime import timedelta

from plans import events as e
from plans.incident.records import Correction
from plans.incident.registry import on
from plans.incident.state import Incident


@on(e.Closed)
def _closed(incident: Incident, event: e.Closed, item: e.Recorded) -> None:
    incident.state, incident.closed_at = "closed", item.at


@on(e.Reopened)
def _reopened(incident: Incident, event: e.Reopened, item: e.Recorded) -> None:
    incident.state, incident.closed_at = "ended", None


@on(e.Rejected)
def _rejected(incident: Incident, event: e.Rejected, item: e.Recorded) -> None:
    incident.state, incident.proposal, incident.question = "rejected", None, ""
    incident.doubts = {}
    if event.told:
        ordinal = len(incident.corrections) + 1
        incident.corrections.append(Correction(item.sequence, item.at, event.told, ordinal, {}, {}, "rejected"))


@on(e.Merged)
def _merged(incident: Incident, event: e.Merged, item: e.Recorded) -> None:
    incident.state, incident.proposal, incident.question = "merged", None, ""
    incident.doubts = {}
    incident.merged_into, incident.merged_number = event.into, event.number


@on(e.DrillPaused)
def _paused(incident: Incident, event: e.DrillPaused, item: e.Recorded) -> None:
    incident.paused = event.paused


@on(e.DrillJumped)
def _jumped(incident: Incident, event: e.DrillJumped, item: e.Recorded) -> None:
    incident.offset += timedelta(seconds=event.seconds)
