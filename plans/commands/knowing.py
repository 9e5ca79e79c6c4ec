"""Commands about what is known: report, verify, judge, determine, update, correct, resolve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.commands.base import NOBODY, Command


@dataclass(frozen=True, kw_only=True, slots=True)
class Report(Command):
    """Open an incident. Ids, number and the plan's pin come from the shell; intake has read the text already.

    Attributes:
        source: left out, the core decides by the reporter's office under this plan; ``duty`` only of a duty officer.
        begins_drill: the reporter begins a drill with it, which only the office may; in a drill anybody reports.
        seated: nobody else sits on the duty seat of the plan: whoever reports as its duty officer has it in hand.
        among: where several plans may be meant, id and title of each, the best first.
        plan_clear: whether the first is meant without doubt.
    """

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
    said_at: datetime | None = None
    flags: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, int], ...] = ()
    among: tuple[tuple[str, str], ...] = ()
    plan_clear: bool = True
    seated: bool = True
    begins_drill: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AddEvidence(Command):
    """Put a photo, voice message, file or place with the incident.

    Attributes:
        reference: Telegram's file id; of a place ``latitude,longitude``, of a named one its name behind that.
        sent_at: the message's own date.
        name: of a file, as its sender calls it.
    """

    kind: str
    reference: str
    caption: str = ""
    sent_at: datetime | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepEvidence(Command):
    """A file was fetched and stands in the evidence folder under its digest (SHA-256, hexadecimal)."""

    reference: str
    digest: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LoseEvidence(Command):
    """A file cannot be fetched: ``reason`` is ``large`` (over 20 MB) or ``gone``; it stays in the chat alone."""

    reference: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Verify(Command):
    """Confirm the incident, with figures and, when known, the event level.

    Attributes:
        sure: the person confirmed that the number of deaths fell.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    event_level: str | None = None
    occurred_at: datetime | None = None
    reason: str = ""
    sure: bool = False


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
        unreachable: units that nobody answers for who can be written to; a place or class may call some.
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
    unreachable: frozenset[str] = frozenset()


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
