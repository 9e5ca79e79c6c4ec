"""What is owed of an incident and who was called, as its state holds it: instances, filings, corrections, calls.

Records are replaced, never changed; those of what was said, of what was decided and of what stands beside a response
are in ``records_said``, ``records_decided`` and ``records_beside``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Instance:
    """One occurrence of an obligation rule.

    Attributes:
        status: ``open``, ``filed``, ``waived`` or ``superseded``; whether an open one is overdue depends on the moment.
        since: when it arose as it stands now: opened, made certain, or given another deadline. Reminders count from it.
        after: only what was recorded after this number in the log covers it.
        settled_at: when it was waived or fell away.
        reminded: when reminders went out; the next one follows from the last. early: the last came before its moment.
    """

    key: str
    rule: str
    clause: str
    report: str
    channel: str
    due: datetime
    to: tuple[str, ...]
    opened_at: datetime
    possible: bool = False
    raised: bool = False
    by_office: bool = True
    local: bool = False
    since: datetime | None = None
    after: int = 0
    opened_sequence: int = 0
    status: str = "open"
    reason: str = ""
    filed_at: datetime | None = None
    settled_at: datetime | None = None
    late: bool = False
    reminded: tuple[datetime, ...] = ()
    early: bool = False

    @property
    def arose_at(self) -> datetime:
        """When it arose as it stands now."""
        return self.since or self.opened_at

    def status_at(self, now: datetime) -> str:
        """Return one of pending filed late overdue waived superseded possible (docs/contract.md)."""
        if self.status == "filed":
            return "late" if self.late else "filed"
        if self.status != "open":
            return self.status
        if self.possible:
            return "possible"
        return "overdue" if now > self.due else "pending"

    @property
    def missed(self) -> bool:
        """Whether it was past its deadline and unfiled when it was waived or fell away."""
        return self.settled_at is not None and not self.possible and self.settled_at > self.due


@dataclass(frozen=True, slots=True)
class Filing:
    """One report made to one recipient."""

    sequence: int
    report: str
    recipient: str
    channel: str
    called_at: datetime
    recorded_at: datetime
    taker: str
    by: str
    figures: dict[str, Any]
    document: str = ""
    obligation: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """The call to one unit and what it answered.

    Attributes:
        status: ``called``, ``informed``, 收到, 已出发, 已到场 or 来不了.
        step: how far its ladder has climbed.
        expected_at: when a unit that has set out said it would be there.
        asked: past that moment, 1 = the unit was asked whether it has arrived, 2 = the duty seat was told.
        asked_at: when. idle_at: when the seat was told that the unit said 收到 and nothing since.
        voice: where it answered by a key on the telephone its number, masked.
    """

    unit: str
    round: int
    called_at: datetime
    reachable: bool = True
    status: str = "called"
    answered_at: datetime | None = None
    answered_by: str = ""
    recorded: bool = False
    note: str = ""
    step: int = 0
    escalated_at: datetime | None = None
    expected_at: datetime | None = None
    asked: int = 0
    asked_at: datetime | None = None
    idle_at: datetime | None = None
    voice: str = ""

    @property
    def silent(self) -> bool:
        """Called, and no answer yet."""
        return self.status == "called"

    def escalated(self, step: int, at: datetime) -> Call:
        """Return the call a step higher on its ladder; made without detours, for dozens of units at each step."""
        return Call(
            self.unit, self.round, self.called_at, self.reachable, self.status, self.answered_at, self.answered_by,
            self.recorded, self.note, step, at,
        )  # fmt: skip

    @property
    def involved(self) -> bool:
        """Called, or informed and answering of its own accord: it hears of what follows."""
        return self.round > 0 or self.status != "informed"


class Correction(NamedTuple):
    """A correction owed to ``told``: figures were wrong, the report was a mistake, or two incidents were one.

    Attributes:
        kind: ``figures``, ``rejected`` or ``merged``.
    """

    sequence: int
    at: datetime
    told: tuple[str, ...]
    ordinal: int
    old: dict[str, Any]
    new: dict[str, Any]
    kind: str = "figures"


class Request(NamedTuple):
    """A superior's request to verify something; ``key``: of the question that came by a reporting line."""

    sequence: int
    recipient: str
    requested_at: datetime
    question: str
    key: str = ""
