"""What people and clocks ask for: imperative, frozen. ``plans.decide`` turns one into events or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who asks, with the roles held at this moment.

    Attributes:
        id: of the person; ``system`` for the program's own clocks.
        roles: role ids of the plan, and ``duty``, ``admin``, ``reporter``, ``liaison``.
        units: units that the person answers for.
        via: how it came: ``direct``, or a way that carries no authority: ``anonymous channel forward edit via_bot``.
    """

    id: str
    name: str = ""
    roles: frozenset[str] = NOBODY
    units: frozenset[str] = NOBODY
    via: str = "direct"


SYSTEM = Actor(id="system", name="", roles=frozenset({"system"}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """Base of all commands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report(Command):
    """Open an incident. Ids, number and the plan's pin come from the shell; intake has read the text already."""

    plan: str
    plan_version: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int
    drill: bool = False
    text: str = ""
    source: str = ""
    informant: str = ""
    unit: str = ""
    origin: str = ""
    reported_at: datetime
    occurred_at: datetime | None = None
    occurred_basis: str = ""
    occurred_text: str = ""
    place: str = ""
    candidates: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AddEvidence(Command):
    """Keep a photo, voice message or file with the incident."""

    kind: str
    reference: str
    caption: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeHandling(Command):
    """「我来处理」."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeOver(Command):
    """「我接班」: this incident's reminders follow the new holder of the seat."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verify(Command):
    """Confirm the incident, with figures and, when known, the event level."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    event_level: str | None = None
    occurred_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judge(Command):
    """Record a judgement: by clause, or by fact and option."""

    clause: str = ""
    fact: str = ""
    option: str = ""
    holds: bool = True
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Determine(Command):
    """Determine the event level; ``None`` = 暂时无法判明."""

    level: str | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Update(Command):
    """State figures, place, class or time anew.

    Attributes:
        increments: facts whose value is to be added to what is known (又发现2名).
        sure: the person confirmed that a number fell.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    increments: frozenset[str] = NOBODY
    raised: tuple[str, ...] = ()
    text: str = ""
    source: str = ""
    occurred_at: datetime | None = None
    occurred_basis: str = ""
    place: str = ""
    event_class: str = ""
    unit: str = ""
    township: str = ""
    reason: str = ""
    sure: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Correct(Command):
    """Correct figures that were told; owed to exactly those who heard the wrong ones."""

    facts: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolve(Command):
    """Decide between conflicting figures: ``use`` a source, or ``sum``."""

    fact: str
    use: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Declare(Command):
    """Declare or adjust the response level.

    Attributes:
        units: the units to call, where the plan leaves the choice open; ``None`` = as picked.
        unreachable: units that nobody answers for, from the directory of people.
        must_start: True for "start", False for "adjust": only words differ.
    """

    level: str
    reason: str = ""
    expected: str = ""
    units: tuple[str, ...] | None = None
    unreachable: frozenset[str] = NOBODY


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclineProposal(Command):
    """暂不启动."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class End(Command):
    """End the response, or an incident that had none (with a reason)."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordOral(Command):
    """代录: record a spoken decision. ``of`` is the role that spoke, ``decides`` declare, adjust or end."""

    of: str
    decides: str
    level: str | None = None
    spoken_by: str = ""
    spoken_at: datetime | None = None
    reason: str = ""
    expected: str = ""
    units: tuple[str, ...] | None = None
    unreachable: frozenset[str] = NOBODY


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign(Command):
    """补签: the person who spoke signs the recorded decision."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledge(Command):
    """A unit answers; with ``unit`` the duty officer records an answer given by telephone."""

    status: str = "收到"
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class File(Command):
    """Record that a report was made: to one recipient, several, or all that are owed it."""

    report: str = ""
    channel: str = "电话"
    to: tuple[str, ...] = ()
    obligation: str = ""
    called_at: datetime | None = None
    taker: str = ""
    document: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RingInVain(Command):
    """A recipient was engaged or did not answer."""

    recipient: str
    outcome: str = "没接通"


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestVerification(Command):
    """A superior asks for something to be verified."""

    recipient: str = ""
    question: str = ""
    requested_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Waive(Command):
    """Excuse an open obligation, with a reason."""

    obligation: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Close(Command):
    """Close the case; refused while obligations are open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopen(Command):
    """Open a closed case again, to ``ended``."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reject(Command):
    """误报."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge(Command):
    """并案: into another open incident; the shell executes :class:`Absorb` there in the same transaction."""

    into: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Absorb(Command):
    """Take in another incident's claims and the list of those who were told its figures."""

    other: str
    number: int
    claims: Mapping[str, Mapping[str, Any]]
    told: tuple[str, ...] = ()
    text: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DenyDuplicate(Command):
    """「不是同一件」."""

    other: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Undo(Command):
    """Take back one's own last acknowledgement, filing or verification, within a minute."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PauseDrill(Command):
    """Pause a drill, or let it go on."""

    paused: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class JumpDrill(Command):
    """Skip a live drill to its next deadline."""

    by: timedelta | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wake(Command):
    """A registered moment has come: remind, climb, ring again. What exactly is due is decided from the log and ``now``."""
