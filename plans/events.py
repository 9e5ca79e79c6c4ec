"""What happened to an incident: past tense, frozen, with hand-written stable names and versions.

An event's payload is plain JSON. Personal text (raw words, names of people) is named in ``PERSONAL``: storage hashes it as a
salted digest, so that it can be erased without breaking the chain.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, get_args, get_origin, get_type_hints


class UnknownEvent(Exception):
    """The log holds an event name that this program does not know (written by a newer one)."""

    def __init__(self, name: str, version: int) -> None:
        super().__init__(f"unknown event {name} v{version}: the log was written by a newer version of the program")
        self.name, self.version = name, version


_BY_NAME: dict[str, type[Event]] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Base of all events. ``NAME`` and ``VERSION`` are what the log stores; they never follow a renamed class."""

    NAME: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, name: str = "", version: int = 1, personal: tuple[str, ...] = (), **kwargs: Any) -> None:
        """Register the stable name."""
        # slots=True makes dataclass create the class a second time, without the keywords: keep what the first one set.
        if name:
            cls.NAME, cls.VERSION, cls.PERSONAL = name, version, personal
        if cls.NAME:
            _BY_NAME[cls.NAME] = cls


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """An event in its place in the log."""

    sequence: int
    at: datetime
    actor: str
    event: Event
    cause: str = ""


# --- the report and what is known -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported(Event, name="reported", personal=("text", "reporter", "informant")):
    """A report was received. ``facts`` are plain values by fact id; ``informant`` is the caller where the sender is not the source."""

    text: str | None
    source: str
    reporter: str | None = None
    reporter_id: str = ""
    informant: str | None = None
    unit: str = ""
    origin: str = ""
    plan: str
    plan_version: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int
    drill: bool
    reported_at: datetime
    occurred_at: datetime
    occurred_basis: str = "assumed"
    occurred_text: str = ""
    place: str = ""
    event_class: str = ""
    candidates: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceAdded(Event, name="evidence-added", personal=("caption",)):
    """A photo, voice message or file was kept with the incident."""

    kind: str
    reference: str
    caption: str | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandlingTaken(Event, name="handling-taken", personal=("name",)):
    """A duty officer said 「我来处理」."""

    by: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatTaken(Event, name="seat-taken", personal=("name",)):
    """The duty seat was taken over (接班); reminders follow the seat."""

    by: str
    name: str | None = None
    open_obligations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified(Event, name="verified", personal=("name",)):
    """A duty officer confirmed that it happened (a mark, not a gate)."""

    by: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FactsStated(Event, name="facts-stated", personal=("text",)):
    """Somebody gave figures. ``confirmed``: by the duty officer or above, so that earlier claims give way."""

    facts: dict[str, Any]
    source: str
    confirmed: bool
    text: str | None = None
    raised: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FactResolved(Event, name="fact-resolved"):
    """A person decided between conflicting figures; the program never sums by itself."""

    fact: str
    value: Any
    use: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrected(Event, name="corrected", personal=("reason",)):
    """Figures that were told were wrong. ``told`` are the recipients that had heard a wrong one."""

    ordinal: int
    old: dict[str, Any]
    new: dict[str, Any]
    told: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OccurrenceChanged(Event, name="occurrence-changed", personal=("reason",)):
    """The time of occurrence was stated anew: earlier by anybody, later only by the duty officer with a reason."""

    occurred_at: datetime
    previous: datetime
    basis: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SceneStated(Event, name="scene-stated"):
    """Place, event class or the unit concerned were stated."""

    place: str = ""
    event_class: str = ""
    unit: str = ""
    township: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged(Event, name="judged", personal=("reason",)):
    """A named person recorded a judgement (研判) under a clause."""

    fact: str
    option: str
    holds: bool
    value: Any
    clause: str
    by_role: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelDetermined(Event, name="level-determined", personal=("reason",)):
    """A person determined the event level; ``None`` = 暂时无法判明."""

    level: str | None
    previous: str | None
    clause: str
    by_role: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionAsked(Event, name="question-asked"):
    """The question that would decide was put to the duty seat."""

    fact: str
    question: str
    clause: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConflictFound(Event, name="conflict-found"):
    """Sources differ about a fact; ``claims`` maps source to value."""

    fact: str
    claims: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class DeathUnconfirmed(Event, name="death-unconfirmed"):
    """A first death was stated by somebody other than the duty officer: 待核实."""

    value: Any
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DuplicateSuspected(Event, name="duplicate-suspected"):
    """Another open incident may be the same one; nothing is merged without a person's word."""

    other: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DuplicateDenied(Event, name="duplicate-denied"):
    """A duty officer said that the other incident is not the same."""

    other: str


# --- levels -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed(Event, name="proposed"):
    """The program proposed a response level to those whom the plan lets decide."""

    level: str
    clause: str
    to_roles: tuple[str, ...]
    because: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalRung(Event, name="proposal-rung"):
    """A silent decider: the duty seat was asked again to ring; ``widened`` also offers deputies what they may declare."""

    ordinal: int
    widened: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalDeclined(Event, name="proposal-declined", personal=("reason",)):
    """Somebody who may decide said 暂不启动."""

    level: str
    by_role: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared(Event, name="declared", personal=("spoken_by", "recorded_by", "reason")):
    """A response level was declared or adjusted. With ``oral`` it was spoken and recorded by the duty officer (代录)."""

    level: str
    previous: str | None
    clause: str
    role: str
    by: str
    matter: str = ""
    expected: str = ""
    measures: tuple[str, ...] = ()
    proposed: str | None = None
    oral: bool = False
    spoken_by: str | None = None
    spoken_at: datetime | None = None
    recorded_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended(Event, name="ended", personal=("spoken_by", "recorded_by", "reason")):
    """The response was ended, or the incident without a response."""

    clause: str
    role: str
    by: str
    oral: bool = False
    spoken_by: str | None = None
    spoken_at: datetime | None = None
    recorded_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed(Event, name="signed", personal=("name",)):
    """A spoken decision was signed afterwards (补签)."""

    sequence_of: int
    role: str
    name: str | None = None


# --- units ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitCalled(Event, name="unit-called"):
    """A unit was called; ``reachable`` is False where nobody of it is bound, so that the duty seat must ring."""

    unit: str
    round: int
    level: str
    reachable: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitInformed(Event, name="unit-informed"):
    """A unit was informed silently, without being called."""

    unit: str
    level: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitAnswered(Event, name="unit-answered", personal=("name", "note")):
    """A unit answered: 收到, 已出发, 已到场 or 来不了; ``recorded`` when the duty officer noted it after a telephone call."""

    unit: str
    status: str
    by: str
    name: str | None = None
    note: str | None = None
    recorded: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitsEscalated(Event, name="units-escalated"):
    """Silent units climbed a step: 1 = called again, 2 = on the duty seat's list of numbers to ring, then repeated."""

    units: tuple[str, ...]
    step: int


# --- reports filed and owed -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Filed(Event, name="filed", personal=("taker", "name")):
    """A report was made to one recipient over one channel. ``figures`` is what that recipient was told."""

    report: str
    recipient: str
    channel: str
    called_at: datetime
    taker: str | None = None
    by: str
    name: str | None = None
    figures: dict[str, Any] = field(default_factory=dict)
    document: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RingFailed(Event, name="ring-failed"):
    """A recipient was rung in vain (占线, 没接通)."""

    recipient: str
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VerificationRequested(Event, name="verification-requested", personal=("question",)):
    """A superior asked for something to be verified."""

    recipient: str
    requested_at: datetime
    question: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationOpened(Event, name="obligation-opened"):
    """An instance of a rule arose. ``possible``: it holds only at some of the possible levels.

    ``raised`` marks a clock that counts from before the level was raised (上调后补报).
    """

    key: str
    rule: str
    clause: str
    report: str
    channel: str
    due: datetime
    to: tuple[str, ...]
    possible: bool = False
    raised: bool = False
    by_office: bool = True
    local: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationChanged(Event, name="obligation-changed"):
    """Due time, recipients or certainty of an open instance changed."""

    key: str
    due: datetime
    to: tuple[str, ...]
    possible: bool
    raised: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationSuperseded(Event, name="obligation-superseded"):
    """An open instance fell away; ``reason`` is a key of the texts."""

    key: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationFiled(Event, name="obligation-filed"):
    """Every recipient of an instance is covered; ``filed_at`` is the last call's time."""

    key: str
    filed_at: datetime
    late: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationWaived(Event, name="obligation-waived", personal=("reason", "name")):
    """A duty officer or above excused an instance, with a reason."""

    key: str
    by: str
    reason: str | None
    name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminded(Event, name="reminded"):
    """One reminder went out for these instances to these steps of the ladder (0 = the duty seat)."""

    keys: tuple[str, ...]
    audience: tuple[str, ...]
    overdue: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReporterSentToPhone(Event, name="reporter-sent-to-phone"):
    """Nobody took the report in time: the reporter was given the duty line."""


# --- the end, and repairs ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed(Event, name="closed", personal=("name",)):
    """The case was closed (归档)."""

    by: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopened(Event, name="reopened", personal=("reason",)):
    """A closed case was opened again, to ``ended``."""

    by: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected(Event, name="rejected", personal=("reason",)):
    """The report was a mistake (误报). ``told`` heard it and are owed a correction."""

    by: str
    reason: str | None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged(Event, name="merged"):
    """The incident went into another (并案)."""

    into: str
    number: int
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Absorbed(Event, name="absorbed", personal=("text",)):
    """Another incident came into this one; its figures become claims of their own sources."""

    other: str
    number: int
    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Undone(Event, name="undone"):
    """A mistaken acknowledgement, filing or verification was taken back within a minute."""

    sequences: tuple[int, ...]
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillPaused(Event, name="drill-paused"):
    """A drill was paused; ``paused`` False = it goes on."""

    paused: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillJumped(Event, name="drill-jumped"):
    """A live drill skipped to its next deadline; the offset counts for this incident alone."""

    seconds: int


# --- to and from plain data -------------------------------------------------------------------------------------------


def encode(event: Event) -> dict[str, Any]:
    """Return the payload as JSON-ready data."""
    return {item.name: _plain(getattr(event, item.name)) for item in dataclasses.fields(event)}


def decode(name: str, version: int, payload: dict[str, Any]) -> Event:
    """Return the event; raise UnknownEvent. Upcasters of old versions go here, one function per (name, version)."""
    cls = _BY_NAME.get(name)
    if cls is None or version > cls.VERSION:
        raise UnknownEvent(name, version)
    hints = _hints(cls)
    return cls(**{key: _typed(value, hints[key]) for key, value in payload.items() if key in hints})


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(cls: type) -> dict[str, Any]:
    if cls not in _HINTS:
        _HINTS[cls] = {key: hint for key, hint in get_type_hints(cls).items() if get_origin(hint) is not ClassVar}
    return _HINTS[cls]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _typed(value: Any, hint: Any) -> Any:
    if isinstance(value, str) and (hint is datetime or datetime in get_args(hint)):
        return datetime.fromisoformat(value)
    if isinstance(value, list) and get_origin(hint) is tuple:
        return tuple(value)
    return value
