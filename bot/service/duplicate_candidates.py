"""What is often asked of many incidents at once, remembered so that their logs need not be read each time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from bot.cases import records
from plans.incident import Incident
from storage.incidents import IncidentRow
from storage.transaction import Reading

MOST = 10_000
"""Incidents that are remembered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DuplicateCandidate:
    """Where, when and what, for pointing out likely duplicates."""

    place: str
    occurred_at: datetime | None
    kinds: frozenset[str]

    @classmethod
    def of(cls, incident: Incident) -> DuplicateCandidate:
        """Return the candidate that an incident is."""
        kinds = frozenset({incident.event_class, *incident.candidates} - {""})
        return cls(place=incident.place, occurred_at=incident.occurred_at, kinds=kinds)


class DuplicateCandidates:
    """Reads a log once for each state of it that was not written here."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[int, DuplicateCandidate]] = OrderedDict()

    def keep(self, stream: str, sequence: int, candidate: DuplicateCandidate) -> None:
        """Remember a candidate in the state that its last event made."""
        self._known[stream] = (sequence, candidate)
        self._known.move_to_end(stream)
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    async def of(self, tx: Reading, row: IncidentRow) -> DuplicateCandidate:
        """Return the candidate in the state that its line in the list shows."""
        known = self._known.get(row.stream)
        if known is not None and known[0] == row.sequence:
            return known[1]
        incident = await records.load(tx, row.stream)
        if incident is None:
            raise LookupError(f"{row.stream} stands in the list and has no log")
        candidate = DuplicateCandidate.of(incident)
        self.keep(row.stream, row.sequence, candidate)
        return candidate
