"""What an incident holds many of: claims, obligation instances, filings, calls, decisions. Replaced, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from plans.values import FactValue


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source last said about a fact."""

    value: FactValue
    source: str
    at: datetime
    sequence: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Unsure:
    """A figure that does not count before a person has chosen how it is meant.

    Attributes:
        why: ``read`` (the reader was not sure), ``fall`` (fewer than before, a contradiction, a figure taken back) or
            ``said`` (hearsay).
        options: plain values as ``{"value": …}``, the likeliest first; ``{"keep": True}`` = it stays as it was.
        over: the bounds of all readings, None where it leaves what counts.
        words: of the text that say it.
        source: whose message says it. by: who wrote that.
        from_other: it came with another case: what is chosen stands beside the figures of this one and replaces none.
    """

    key: str
    fact: str
    why: str
    options: tuple[Mapping[str, Any], ...]
    over: FactValue | None
    words: str
    source: str
    by: str
    at: datetime
    sequence: int
    from_other: bool = False


@dataclass(frozen=True, slots=True)
class MentionedBody:
    """A listed body that words may mean.

    Attributes:
        families: ``学校``, ``医院``, ``镇街`` … (``plans.areas.body``).
        office: id and name of the listed office of its township; empty where none is listed.
    """

    id: str
    name: str
    families: frozenset[str] = frozenset()
    township: str = ""
    office: str = ""
    office_name: str = ""


@dataclass(frozen=True, slots=True)
class BodyMention:
    """Words that name a listed body.

    Attributes:
        words: as they were written; empty = nobody wrote them: it is the body for which the report was made, or one
            that a person has looked up.
        sure: there is one body, and nothing speaks against it.
    """

    words: str
    bodies: tuple[MentionedBody, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """What was known when a person gave a word: worse facts than these overtake it."""

    claims: Mapping[str, tuple[Claim, ...]]
    death_unconfirmed: bool = False
    raised: frozenset[str] = frozenset()
    event_class: str = ""
    candidates: tuple[str, ...] = ()
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A person's word that worse facts have overtaken, and that nobody has given anew.

    Attributes:
        subject: ``event_level``, or the fact that was judged.
        held: the level or answer that was given; None = 暂时无法判明.
        reached: the event level that the facts reach by all that was said; empty where no table grades them.
        surely: the level above ``held`` that they reach whatever is unknown or not confirmed, else empty.
        beyond: the event levels above ``held`` that are possible now, lowest first.
        basis: what was known when it was asked about.
        unverified: only what nobody has chosen yet, a saying most of all, is beyond it.
        first: number of the event by which it was first asked about.
        rung: how often it was asked about again.
    """

    subject: str
    sequence: int
    held: str | None
    reached: str
    surely: str
    beyond: tuple[str, ...]
    at: datetime
    basis: Basis
    first: int = 0
    unverified: bool = False
    rung: int = 0
    rung_at: datetime | None = None

    @property
    def certain(self) -> bool:
        """Whether the facts are surely beyond the word, so that it no longer counts for a proposal."""
        return bool(self.surely)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A photo, voice message, file or place that came with the incident.

    Attributes:
        sender: id of who sent it; at: the message's own date.
        digest: SHA-256 of the kept content, empty while it is not kept.
        lost: why it will not be: ``large`` or ``gone``.
    """

    kind: str
    reference: str
    sender: str
    at: datetime
    caption: str = ""
    name: str = ""
    digest: str = ""
    size: int = 0
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited message that waits to be adopted or left."""

    sequence: int
    message: str
    text: str
    source: str
    facts: dict[str, Any]
    place: str = ""
    occurred_at: datetime | None = None
    raised: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """A figure of a message that two readers read differently.

    Attributes:
        sequence: number of the event that says so; of: of the one that recorded the message.
        first, second: plain values; the first reader may have read none.
        words: of the message, without names and telephone numbers.
        total: the second number would replace what is known.
    """

    fact: str
    sequence: int
    of: int
    first: Any
    second: Any
    words: str
    total: bool


class Answered(NamedTuple):
    """A short answer to what a report lacks: ``none``, ``unknown`` or ``verifying``, by whom and when."""

    answer: str
    source: str
    at: datetime


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


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The level was adjusted: on the same facts the one that somebody entitled has just left is not proposed again.

    Attributes:
        left: the level that ran before. basis: what was known. event_level: what was determined.
    """

    left: str
    basis: Basis
    event_level: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal of a response level.

    Attributes:
        widened: roles that were offered lower levels while those who may decide are silent.
        refused: of these, the roles that will not declare a lower one.
        declined: by somebody who may decide; also when he declared another level.
        by_person: somebody who may decide it with others began it; the figures do not take it back.
        basis: what was known when it was declined.
    """

    sequence: int
    level: str
    clause: str
    to_roles: tuple[str, ...]
    at: datetime
    rung: int = 0
    rung_at: datetime | None = None
    widened: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    declined: bool = False
    basis: Basis | None = None
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided by whose word, for the signature that is owed when it was spoken.

    Attributes:
        kind: ``declare``, ``agree``, ``adjust``, ``end``; of what was spoken also ``publish`` and ``site``.
        by: who declared it, or recorded what was spoken. spoken_id: who spoke, where that is on record.
    """

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
    spoken_role: str = ""
    acting_for: str = ""
    acting_until: datetime | None = None
    spoken_id: str = ""

    @property
    def signer(self) -> str:
        """The role that owes the signature."""
        return self.spoken_role or self.role


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
    """A superior's request to verify something."""

    sequence: int
    recipient: str
    requested_at: datetime
    question: str
