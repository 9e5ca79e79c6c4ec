"""Events of the report and of what is known: who said what, who judged, who determined."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.events.base import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported(Event, name="reported", personal=("text", "reporter", "informant")):
    """A report was received.

    Attributes:
        informant: the caller, where the sender is not the source.
        occurred_basis: ``stated``, ``vague`` or ``assumed`` (the message's own date).
        facts: plain values by fact id.
        evidence: ``kind:reference`` of what came with it.
        said_at: the message's own date.
        flags: ``drill`` (演练) and ``suspected`` (疑似), of its words; ``future`` and ``long_past`` where the
            time that they give cannot be right; ``unregistered`` of a person without a role in private, ``unplaced``
            where he did not say whose jurisdiction it is.
    """

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
    said_at: datetime | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PlansWeighed(Event, name="plans-weighed"):
    """The report may fall under several plans; it was recorded under the first of them.

    Attributes:
        plans, titles: id and title of each, the best first.
        clear: the first is meant without doubt; else a person is asked.
    """

    plans: tuple[str, ...]
    titles: tuple[str, ...]
    clear: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanChosen(Event, name="plan-chosen"):
    """A person said under which plan the incident falls: the one so far, or another, whose rules hold from now on.

    Attributes:
        facts: what the report says in the plan's own quantities.
        dropped: facts that the plan does not know.
        keeps_seat: whoever handles the incident goes on.
    """

    plan: str
    plan_version: str
    plan_hash: str
    title: str
    previous: str
    previous_title: str
    event_class: str = ""
    candidates: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    keeps_seat: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceAdded(Event, name="evidence-added", personal=("caption", "name")):
    """A photo, voice message or file was kept with the incident."""

    kind: str
    reference: str
    caption: str | None = None
    source: str = ""
    sent_at: datetime | None = None
    name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceKept(Event, name="evidence-kept"):
    """A file was fetched and is kept in the evidence folder under its digest.

    Attributes:
        digest: SHA-256 of the content, hexadecimal; also the name in the folder.
        sender: id of the person who sent it. sent_at: the message's own date.
    """

    kind: str
    reference: str
    digest: str
    size: int
    sender: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceLost(Event, name="evidence-lost"):
    """A file could not be fetched: ``large`` (over the 20 MB that a bot may fetch) or ``gone``."""

    kind: str
    reference: str
    why: str


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
    """A duty officer confirmed that it happened (a mark, not a gate).

    Attributes:
        deaths: whether that confirms the deaths that were said too; not where somebody else than the report said them.
    """

    by: str
    name: str | None = None
    deaths: bool = True


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
class WordOvertaken(Event, name="word-overtaken"):
    """Worse facts have overtaken what a person determined or judged: it is asked for anew.

    Attributes:
        subject: ``event_level``, or the fact that was judged.
        held: what was given; None = 暂时无法判明.
        reached: the event level that the facts reach by all that was said; empty where no table grades them.
        surely: the level above ``held`` that they reach whatever is unknown or not confirmed, else empty.
        beyond: the event levels above ``held`` that are possible now, lowest first.
        because: clause and figures of the table, to be read aloud.
    """

    subject: str
    held: str | None
    reached: str = ""
    surely: str = ""
    beyond: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WordAskedAgain(Event, name="word-asked-again"):
    """Nobody has given the word anew: the duty seat, and these roles, were asked again."""

    subject: str
    ordinal: int
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WordStands(Event, name="word-stands"):
    """The facts that had overtaken a person's word were wrong: it holds again."""

    subject: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionAsked(Event, name="question-asked"):
    """The question that would decide was put to the duty seat."""

    fact: str
    question: str
    clause: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionSettled(Event, name="question-settled"):
    """The question no longer decides anything: the level is certain, or it was answered by other facts."""

    fact: str


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
