"""Between the log and the core: events to entries and back, and the rows that are derived from an incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from plans.core.event import Recorded, decode, encode
from plans.core.policy import Policy
from plans.incident.state import Incident
from plans.kinds import fold
from plans.obligations.wakes import wakes
from storage.incidents import IncidentRow
from storage.journal import Entry, NewEntry
from storage.obligations import ObligationRow
from storage.transaction import Reading, Writing
from storage.wakes import Wake


def to_entries(recorded: tuple[Recorded, ...], cause: str) -> list[NewEntry]:
    """Return what the journal stores of events."""
    return [
        NewEntry(
            event=item.event.NAME,
            version=item.event.VERSION,
            at=item.at,
            actor=item.actor,
            cause=cause,
            payload=encode(item.event),
            personal=item.event.PERSONAL,
        )
        for item in recorded
    ]


def to_recorded(entry: Entry) -> Recorded:
    """Return the event of a journal entry; raise UnknownEvent."""
    return Recorded(
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor or "",
        event=decode(entry.event, entry.version, entry.payload),
        cause=entry.cause or "",
    )


async def load(tx: Reading, stream: str) -> Incident | None:
    """Return the incident that a stream's log tells, or None for an empty one."""
    entries = await tx.journal.load(stream)
    return told(stream, entries) if entries else None


def told(stream: str, entries: Sequence[Entry]) -> Incident:
    """Return the incident that all entries of a stream tell."""
    return fold(stream, (to_recorded(entry) for entry in entries))


def row_of(incident: Incident) -> IncidentRow:
    """Return the incident's line in the list."""
    if incident.reported_at is None:
        raise ValueError(f"{incident.stream} has no report")
    return IncidentRow(
        stream=incident.stream,
        jurisdiction=incident.jurisdiction,
        plan_id=incident.plan,
        plan_version=incident.plan_version,
        plan_hash=incident.plan_hash,
        drill=incident.drill,
        year=incident.year,
        number=incident.number,
        state=incident.state,
        event_level=incident.event_level,
        response_level=incident.response_level,
        reported_at=incident.reported_at,
        occurred_at=incident.occurred_at,
        text=incident.text,
        place_id=incident.origin or None,
        sequence=incident.sequence,
    )


async def derive(tx: Writing, incident: Incident, policy: Policy, now: datetime) -> None:
    """Write what is derived from an incident: its line, the index of open obligations, and its wakes.

    A drill's wakes are kept in the clock's time: its own offset is taken off.
    """
    points = wakes(incident, policy)
    await tx.incidents.save(row_of(incident))
    await tx.wakes.replace(
        incident.stream, [Wake(key=point.key, at=point.at - incident.offset, kind=point.kind) for point in points]
    )
    next_at = {point.key: point.at - incident.offset for point in points}
    await tx.obligations.replace(
        incident.stream,
        [
            ObligationRow(
                stream=incident.stream,
                key=item.key,
                rule=item.rule,
                clause=item.clause,
                report=item.report,
                due=item.due - incident.offset,
                status="possible" if item.possible else "open",
                next_wake=next_at.get(item.key),
            )
            for item in incident.open_instances
        ],
    )
