"""Which open incidents a new report may be about; what they are compared by is remembered, not read from their logs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cases import records
from plans.incident.bodies import mention_of
from plans.incident.records_said import BodyMention
from plans.incident.reporting import Report
from plans.incident.state import RUNNING, Incident
from storage.incidents import IncidentRow
from storage.transaction import Reading

MOST = 10_000
"""Incidents that are remembered."""

MOST_NEAR = 300
"""Open incidents of the same hours that a new report is compared with: the newest."""

MOST_DUPLICATES = 3
"""Likely duplicates that are pointed out of one report: the newest."""

ALIKE_WITHIN = timedelta(hours=6)
"""Two reports whose occurrence lies closer than this may be one incident."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DuplicateCandidate:
    """Where, when and what, for pointing out likely duplicates.

    Attributes:
        bodies: ids of the listed bodies that it names for sure, whatever they are called in it.
    """

    place: str
    occurred_at: datetime | None
    kinds: frozenset[str]
    bodies: frozenset[str] = frozenset()

    @classmethod
    def of(cls, incident: Incident) -> DuplicateCandidate:
        """Return the candidate that an incident is."""
        kinds = frozenset({incident.event_class, *incident.candidates} - {""})
        bodies = _named(incident.mentions)
        return cls(place=incident.place, occurred_at=incident.occurred_at, kinds=kinds, bodies=bodies)


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
        entry = self._known.get(row.stream)
        if entry is not None and entry[0] == row.sequence:
            return entry[1]
        incident = await records.load(tx, row.stream)
        if incident is None:
            raise LookupError(f"{row.stream} stands in the list and has no log")
        candidate = DuplicateCandidate.of(incident)
        self.keep(row.stream, row.sequence, candidate)
        return candidate

    async def like(self, tx: Reading, command: Report) -> list[tuple[str, int]]:
        """Return stream and number of the open incidents that a new report may be about."""
        candidates: list[tuple[str, int]] = []
        if command.occurred_at is None:
            return []
        near = await tx.incidents.newest_open(
            command.jurisdiction, MOST_NEAR, since=command.occurred_at - ALIKE_WITHIN,
            until=command.occurred_at + ALIKE_WITHIN,
        )  # fmt: skip
        for row in near:
            if row.state not in RUNNING or row.drill != command.drill:
                continue
            if not command.among and row.plan_id != command.plan:
                continue
            if alike(await self.of(tx, row), command):
                candidates.append((row.stream, row.number))
                if len(candidates) == MOST_DUPLICATES:
                    break
        return candidates[::-1]


def _named(mentions: Iterable[BodyMention]) -> frozenset[str]:
    return frozenset(body.id for mention in mentions if mention.sure for body in mention.bodies)


def alike(other: DuplicateCandidate, command: Report) -> bool:
    """Return whether an open incident may be the one that a new report is about; nothing is merged because of it."""
    if other.occurred_at is None or command.occurred_at is None:
        return False
    if abs(other.occurred_at - command.occurred_at) > ALIKE_WITHIN:
        return False
    bodies = _named(map(mention_of, command.mentions))
    if bodies and other.bodies:  # 凤小 is 凤鸣小学, and 食堂 of one school is not that of another
        return bool(bodies & other.bodies)
    here, there = other.place, command.place
    same_place = bool(here and there and (here in there or there in here))
    return same_place or (bool(other.kinds & set(command.candidates)) and not (here and there))
