"""The state of an incident. Built by ``fold`` only; everybody else reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from plans.events import Recorded
from plans.values import FactValue

CASUALTIES = ("deaths", "missing", "injuries", "serious_injuries", "ill")
"""Facts whose change is a change of casualties (伤亡人数发生变化)."""

OPEN_STATES = frozenset({"reported", "responding", "ended"})
"""States in which an incident still takes commands other than reopening."""


@dataclass(slots=True)
class Claim:
    """What one source last said about a fact."""

    value: FactValue
    source: str
    at: datetime
    sequence: int
    confirmed: bool


@dataclass(slots=True)
class Instance:
    """One occurrence of an obligation rule.

    Attributes:
        status: ``open``, ``filed``, ``waived`` or ``superseded``; whether an open one is overdue depends on the moment.
        reminded: when reminders went out; the next one follows from the last.
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
    status: str = "open"
    reason: str = ""
    filed_at: datetime | None = None
    late: bool = False
    reminded: list[datetime] = field(default_factory=list)

    def status_at(self, now: datetime) -> str:
        """Return one of pending filed late overdue waived superseded possible (contract.md)."""
        if self.status == "filed":
            return "late" if self.late else "filed"
        if self.status != "open":
            return self.status
        if self.possible:
            return "possible"
        return "overdue" if now > self.due else "pending"


@dataclass(slots=True)
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


@dataclass(slots=True)
class Call:
    """The call to one unit and what it answered.

    Attributes:
        status: ``called``, ``informed``, 收到, 已出发, 已到场 or 来不了.
        step: how far its ladder has climbed.
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

    @property
    def silent(self) -> bool:
        """Called, and no answer yet."""
        return self.status == "called"


@dataclass(slots=True)
class Proposal:
    """An outstanding proposal of a response level."""

    sequence: int
    level: str
    clause: str
    to_roles: tuple[str, ...]
    at: datetime
    rung: int = 0
    rung_at: datetime | None = None
    widened: tuple[str, ...] = ()
    declined: bool = False


@dataclass(slots=True)
class Decision:
    """A declared level or an ending, for the signature that is owed when it was spoken."""

    sequence: int
    kind: str
    level: str | None
    role: str
    by: str
    at: datetime
    oral: bool = False
    spoken_by: str = ""
    spoken_at: datetime | None = None
    recorded_by: str = ""
    reason: str = ""
    signed: bool = False


@dataclass(slots=True)
class Incident:
    """One case. ``sequence`` is the number of the last event."""

    stream: str
    events: list[Recorded] = field(default_factory=list)
    sequence: int = 0
    state: str = ""
    plan: str = ""
    plan_version: str = ""
    plan_hash: str = ""
    jurisdiction: str = ""
    number: int = 0
    year: int = 0
    drill: bool = False
    paused: bool = False
    offset: timedelta = timedelta()
    text: str = ""
    source: str = ""
    reporter: str = ""
    reporter_id: str = ""
    informant: str = ""
    origin: str = ""
    reported_at: datetime | None = None
    occurred_at: datetime | None = None
    occurred_basis: str = ""
    place: str = ""
    unit: str = ""
    township: str = ""
    event_class: str = ""
    candidates: tuple[str, ...] = ()
    evidence: list[str] = field(default_factory=list)
    verified_at: datetime | None = None
    handled_by: str = ""
    handler_name: str = ""
    handled_at: datetime | None = None
    seat: str = ""
    seat_name: str = ""
    told_phone_at: datetime | None = None
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    raised: set[str] = field(default_factory=set)
    casualties_sequence: int = 0
    casualties_at: datetime | None = None
    event_level: str | None = None
    determined_at: datetime | None = None
    determined_by: str = ""
    undetermined_stated: bool = False
    level_raised_sequence: int = 0
    response_level: str | None = None
    declared_sequence: int = 0
    response_started_at: datetime | None = None
    response_adjusted_at: datetime | None = None
    response_role: str = ""
    ended_at: datetime | None = None
    ended_sequence: int = 0
    ended_role: str = ""
    closed_at: datetime | None = None
    proposal: Proposal | None = None
    question: str = ""
    conflicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    death_unconfirmed: bool = False
    calls: dict[str, Call] = field(default_factory=dict)
    rounds: int = 0
    filings: list[Filing] = field(default_factory=list)
    instances: dict[str, Instance] = field(default_factory=dict)
    requests: list[tuple[int, str, datetime, str]] = field(default_factory=list)
    corrections: list[tuple[int, datetime, tuple[str, ...], int, dict[str, Any], dict[str, Any]]] = field(
        default_factory=list
    )
    decisions: list[Decision] = field(default_factory=list)
    suspected: dict[str, int] = field(default_factory=dict)
    absorbed: list[int] = field(default_factory=list)
    merged_into: str = ""
    merged_number: int = 0
    undone: set[int] = field(default_factory=set)

    @property
    def open(self) -> bool:
        """Whether it still runs (reported, responding, or ended and not yet closed)."""
        return self.state in OPEN_STATES

    @property
    def open_instances(self) -> list[Instance]:
        """Instances not yet filed, waived or superseded, the earliest due first."""
        return sorted(
            (item for item in self.instances.values() if item.status == "open"), key=lambda item: (item.due, item.key)
        )

    @property
    def unsigned(self) -> list[Decision]:
        """Spoken decisions whose signature is still owed."""
        return [item for item in self.decisions if item.oral and not item.signed]

    def told(self) -> dict[str, Filing]:
        """Return for every recipient the last report that it was given, whatever the channel."""
        last: dict[str, Filing] = {}
        for filing in self.filings:
            if filing.recipient not in last or filing.called_at >= last[filing.recipient].called_at:
                last[filing.recipient] = filing
        return last
