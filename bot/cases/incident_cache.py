"""Open incidents as they were read last, so that a log of a thousand events is not read anew for each of them.

What is kept is never trusted: each time the entry that it ends with must still be there with the same hash, and what
was appended since, here or by another process, is added. A finished incident is not kept, since what people said in it
may be erased without its chain changing.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from bot.cases import records
from plans.incident.state import Incident
from plans.kinds import apply
from storage.transaction import Reading

MOST = 200
"""Incidents that are kept; far more than are ever open at once in one place."""


class _Known(NamedTuple):
    incident: Incident
    hash: str


class IncidentCache:
    """The incidents that this process has read or written lately."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, _Known] = OrderedDict()

    async def load(self, tx: Reading, stream: str) -> Incident | None:
        """Return the incident that a stream's log tells, or None for an empty one."""
        known = self._known.get(stream)
        if known is not None:
            entries = await tx.journal.load(stream, after=known.incident.sequence - 1)
            if entries and entries[0].hash == known.hash:
                if entries[1:]:
                    incident = apply(known.incident, map(records.to_recorded, entries[1:]))
                    self.keep(incident, entries[-1].hash)
                    return incident
                self._known.move_to_end(stream)
                return known.incident
        entries = await tx.journal.load(stream)
        if not entries:
            self._known.pop(stream, None)
            return None
        incident = records.told(stream, entries)
        self.keep(incident, entries[-1].hash)
        return incident

    def keep(self, incident: Incident, hash: str) -> None:
        """Keep an incident in the state that the entry with this hash made; a transaction that fails does no harm."""
        if not incident.open:
            self._known.pop(incident.stream, None)
            return
        self._known[incident.stream] = _Known(incident, hash)
        self._known.move_to_end(incident.stream)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
