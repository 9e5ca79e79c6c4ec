"""Between the log and the core: events to entries and back, and the rows that are derived from an incident."""

from __future__ import annotations

from collections.abc import Sequence

from plans.core.event import Recorded, decode, encode
from plans.core.state import CaseState
from plans.incident.state import Incident
from plans.kinds import fold_any
from storage.journal import Entry, NewEntry
from storage.transaction import Reading


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


async def load_case(tx: Reading, stream: str) -> CaseState | None:
    """Return the case that a stream's log tells, of the kind that its name says, or None for an empty one."""
    entries = await tx.journal.load(stream)
    return case_of(stream, entries) if entries else None


async def load(tx: Reading, stream: str) -> Incident | None:
    """Return the incident that a stream's log tells, or None for an empty one and for a case of another kind."""
    case = await load_case(tx, stream)
    return case if isinstance(case, Incident) else None


def case_of(stream: str, entries: Sequence[Entry]) -> CaseState:
    """Return the case that all entries of a stream tell."""
    case: CaseState = fold_any(stream, (to_recorded(entry) for entry in entries))
    return case
