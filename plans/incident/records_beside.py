"""What stands beside a response, as its state holds it: statements, the scene, calls for help, skips, raising."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement for the public (信息发布).

    Attributes:
        status: ``draft``, ``returned``, ``replaced`` by a later draft, ``submitted`` to the body that publishes
            instead, or ``published``.
        changed: number of the last event about it.
        figures: the confirmed ones that it gives, as plain data.
        obligation: the instance that it was drafted for.
        role: by whose word it went out: a role, a unit, or ``duty``.
        rung, rung_at: how often it was reminded of while it waits for one thing, and when last.
    """

    sequence: int
    changed: int
    at: datetime
    text: str
    figures: dict[str, Any]
    clause: str
    publisher: str
    approval: str = ""
    obligation: str = ""
    name: str = ""
    status: str = "draft"
    approved: bool = False
    approved_at: datetime | None = None
    approved_by: str = ""
    reason: str = ""
    medium: str = ""
    published_at: datetime | None = None
    role: str = ""
    spoken_by: str = ""
    rung: int = 0
    rung_at: datetime | None = None

    @property
    def waits_since(self) -> datetime:
        """The moment from which it waits for what comes next: approval, or to go out."""
        return self.approved_at or self.at


class ConfirmedCondition(NamedTuple):
    """A condition of the end that somebody has confirmed."""

    at: datetime
    name: str
    sequence: int


class SiteCommander(NamedTuple):
    """Who commanded at the scene for a time.

    Attributes:
        name: of the person. role: of the plan, where its holder took it himself. body: a higher command that took over.
        named_by: the role by whose word; ``spoken_by``: and who that was, where the duty officer recorded it.
    """

    sequence: int
    clause: str
    since: datetime
    name: str = ""
    role: str = ""
    body: str = ""
    place: str = ""
    named_by: str = ""
    oral: bool = False
    spoken_by: str = ""
    recorded_by: str = ""
    until: datetime | None = None


class AidWant(NamedTuple):
    """Calls for help that a level demands.

    Attributes:
        to: whom it wants asked. clauses: of each. reason: why nobody is asked; empty = nobody has said so.
    """

    level: str
    to: tuple[str, ...]
    clauses: tuple[str, ...]
    at: datetime
    reason: str = ""
    rung: int = 0
    rung_at: datetime | None = None


class AidRequest(NamedTuple):
    """A call for help.

    Attributes:
        to: whom the office asked; empty where ``unit`` asks the office. recorded: after a call of the unit's.
        at: when it was asked. since: when we knew.
        by: who recorded it. taker: who took the call there. answered_by: who answered it there.
        status: ``open``, ``promised``, ``refused``, ``arrived`` or ``withdrawn``.
    """

    sequence: int
    at: datetime
    since: datetime
    to: str = ""
    unit: str = ""
    what: str = ""
    clause: str = ""
    by: str = ""
    taker: str = ""
    recorded: bool = False
    status: str = "open"
    words: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    rung: int = 0
    rung_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether something may still come of it."""
        return self.status in ("open", "promised")


class Skip(NamedTuple):
    """A report that went past a level."""

    sequence: int
    key: str
    clause: str
    recipient: str
    at: datetime
    reason: str = ""
    by: str = ""


class Raising(NamedTuple):
    """Whether a level is to be raised for what the event is: asked for a level, and judged once.

    Attributes:
        base: the level at which it was asked. level: the one above it.
    """

    base: str
    level: str
    at: datetime
    judged: bool = False
    raises: bool = False
    by_role: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unasked:
    """Nobody is asked about arrivals any more in this incident: who said so, and when."""

    by: str
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Instructed:
    """What a leader said about the incident (批示), and how far it is carried out.

    Attributes:
        stands: ``given corrected done withdrawn``. recorded: written down by the desk for the giver (代录).
        way: by which way it was given, empty where nobody has said.
        told, finished: to how many it went, and how many have done it.
    """

    number: int
    stands: str
    text: str
    giver: str
    given_at: datetime
    recorded: bool = False
    way: str = ""
    due: datetime | None = None
    told: int = 0
    finished: int = 0

    @property
    def open(self) -> bool:
        """Whether somebody has still to do it."""
        return self.stands in ("given", "corrected")


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """A report that went to a superior's office by a reporting line (报送关系).

    Attributes:
        line: its id. place: the jurisdiction that it leads to.
        key: of the obligation instance. report, channel, clause: of that. to: for whom of its recipients it went.
        figures: what was told by it. by: who submitted it.
        files: it counts as the report when it is taken there; else the telephone call is owed all the same.
        state: ``sent``, ``arrived``, ``taken``, or ``failed`` for ``why``.
        number: of the case that it became there. phone: the duty line there. taker: who took it.
        rung: the seat was told that nobody has taken it.
    """

    sequence: int
    line: str
    place: str
    key: str
    report: str
    channel: str
    clause: str
    to: tuple[str, ...]
    at: datetime
    figures: dict[str, Any]
    by: str = ""
    files: bool = True
    state: str = "sent"
    number: int = 0
    phone: str = ""
    arrived_at: datetime | None = None
    taken_at: datetime | None = None
    taker: str = ""
    why: str = ""
    rung: bool = False

    @property
    def waits(self) -> bool:
        """Whether nobody there has taken it yet."""
        return self.state in ("sent", "arrived")


class Superior(NamedTuple):
    """What a superior's office has said of its own case, as far as it is told by a line.

    Attributes:
        number: of its case. level: of response that it declared. course: ``running``, ``ended``, ``rejected``.
        merged: number of the case into which its own went; 0 for none. asked: ids of its questions.
    """

    place: str
    number: int = 0
    level: str | None = None
    course: str = "running"
    merged: int = 0
    asked: frozenset[str] = frozenset()


class CameIn(NamedTuple):
    """A case that went into this one, at which number of this log.

    Attributes:
        by: the other office or system that had reported it through the program; empty where people did.
    """

    sequence: int
    by: str = ""


class AskedBack(NamedTuple):
    """What this office wants verified by whoever reported (要求核实)."""

    sequence: int
    at: datetime
    question: str
    by: str = ""
