"""Open incidents as they were read last, so that a log of a thousand events is not read anew for each of them.

What is kept is never trusted: each time the entry that it ends with must still be there with the same hash, and what
was appended since, here or by another process, is added. A finished incident is not kept, since what people said in it
may be erased without its chain changing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from typing import NamedTuple

from bot.cases import records
from bot.cases.streams import kind_of
from plans.core.state import CaseState
from plans.incident.state import Incident
from plans.kinds import apply
from storage.transaction import Reading

MOST = 200
"""Cases of each kind that are kept; of incidents far more than are ever open at once in one place.

Each kind has room of its own: the morning on which thousands of bearers' books are looked at drives out no incident.
"""


class _Known(NamedTuple):
    case: CaseState
    hash: str


class IncidentCache:
    """The incidents, and cases of other kinds, that this process has read or written lately."""

    def __init__(self) -> None:
        self._known: dict[str, OrderedDict[str, _Known]] = {}

    def _of_kind(self, stream: str) -> OrderedDict[str, _Known]:
        return self._known.setdefault(kind_of(stream), OrderedDict())

    def forget(self) -> None:
        """Forget everything: each case is read anew."""
        self._known.clear()

    async def look_ahead(self, tx: Reading, streams: Collection[str]) -> None:
        """Hold many logs, and read those of which nothing is kept, in few statements: each is loaded next."""
        await tx.journal.look_ahead(streams, [stream for stream in streams if stream not in self._of_kind(stream)])

    async def load(self, tx: Reading, stream: str) -> Incident | None:
        """Return the incident that a stream's log tells, or None for an empty one and for a case of another kind."""
        case = await self.load_case(tx, stream)
        return case if isinstance(case, Incident) else None

    async def load_case(self, tx: Reading, stream: str) -> CaseState | None:
        """Return the case that a stream's log tells, or None for an empty one."""
        known = self._of_kind(stream)
        entry = known.get(stream)
        if entry is not None:
            entries = await tx.journal.load(stream, after=entry.case.sequence - 1)
            if entries and entries[0].hash == entry.hash:
                if entries[1:]:
                    case = apply(entry.case, map(records.to_recorded, entries[1:]))
                    self.keep(case, entries[-1].hash)
                    return case
                known.move_to_end(stream)
                return entry.case
        entries = await tx.journal.load(stream)
        if not entries:
            known.pop(stream, None)
            return None
        case = records.case_of(stream, entries)
        self.keep(case, entries[-1].hash)
        return case

    def keep(self, case: CaseState, hash: str) -> None:
        """Keep a case in the state that the entry with this hash made; a transaction that fails does no harm."""
        known = self._of_kind(case.stream)
        if not case.open:
            known.pop(case.stream, None)
            return
        known[case.stream] = _Known(case, hash)
        known.move_to_end(case.stream)
        while len(known) > MOST:
            known.popitem(last=False)
