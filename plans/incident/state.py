"""The state of an incident. Built by ``fold`` only; everybody else reads it and treats it as immutable."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from plans.core.state import CaseState
from plans.incident.records import Call, Correction, Filing, Instance, Request
from plans.incident.records_beside import (
    AidRequest,
    AidWant,
    AskedBack,
    CameIn,
    ConfirmedCondition,
    Instructed,
    Raising,
    SiteCommander,
    Skip,
    Statement,
    Submission,
    Superior,
    Unasked,
)
from plans.incident.records_decided import Adjusted, Basis, Decision, Doubt, Proposal
from plans.incident.records_said import Answered, BodyMention, Claim, Edit, Evidence, ReadTwice, Unsure

KIND = "incident"
"""Streams of incidents are called ``incident:…``."""

CASUALTIES = ("deaths", "missing", "injuries", "serious_injuries", "ill")
"""Facts whose change is a change of casualties (伤亡人数发生变化)."""

OPEN_STATES = frozenset({"reported", "responding", "ended"})
"""States in which an incident still takes commands other than reopening."""

RUNNING = ("reported", "responding")
"""States before the end."""

EVENT_LEVEL = "event_level"
"""The subject of a doubt about the determined event level; the others are facts that were judged."""


@dataclass(slots=True)
class Incident(CaseState):
    """One incident.

    Attributes:
        claims: per fact, what each source last said; the newest last.
        plans: where several plans may be meant: id and title of each, the best first.
        plan_asked: a person was asked which one, and has not answered.
        previous_level: the event level before the last determination, None when there was none.
        lower_level: the last level that was determined before the one that holds, 暂时无法判明 passed over.
        determined_on: what was known at the last determination; judged_on: at the judgement of each fact.
        upheld: the last determination repeated the one before, in view of the facts that were beyond it.
        doubts: by subject, a person's words that worse facts have overtaken.
        casualties_at: when the figures last changed.
        evidence: by Telegram's file id, in the order in which it came.
        adjusted: from which level, and on which facts, the level was adjusted last.
        agreed: response levels to which some of those who decide together have said yes: which roles.
        runs: lengths of time that go on: when each comes to the plan's next bound.
        read_twice: by fact, figures that a second reader of a message reads otherwise.
        mentions: listed bodies that the words of the report and of what followed name.
        bodies: which body a placeholder is by a person's word. stood: which body was called for it.
        bodies_asked: placeholders about which the seat was asked.
        units_asked: the response level at which the seat was asked whom to call, since no class was chosen.
        seat: who holds the duty seat of this incident, by the person's id.
        heard_by: who of the seat heard of the report on the telephone, by name, while nobody had taken it.
        unsure: figures that do not count before a person has chosen, in the order in which they came.
        raising: whether the level is to be raised for what the event is.
        skips: reports that went past a level.
        site: who commanded at the scene, one after the other. site_asked: the response level at which the seat was
            asked who does. site_not: why nobody does although the plan demands it.
        aid: calls for help, by their number in the log. aid_wanted: those that the level demands.
        end_conditions: conditions of the end that were confirmed, by what `ending.conditions` calls them.
        assessors: the experts who assessed before the end.
        instructions: what leaders said about it (批示), by the desk's case.
        statements: statements for the public (信息发布), by the number of their draft in the log.
        submissions: reports that went up by a reporting line, by their number in the log. superiors: what offices above
            have said of their cases, by place and number. asked_back: what whoever reported was asked to verify.
        route: jurisdictions through which reports of it came up. came: by its log, each case that went into this one,
            those that had gone into that one too.
        unread: numbers of the newest words that no reading used.
        unasked: who said that nobody is asked about arrivals any more here, and when.
    """

    OPEN_STATES: ClassVar[frozenset[str]] = OPEN_STATES
    COLLECTIONS: ClassVar[tuple[str, ...]] = (
        "absorbed",
        "aid",
        "agreed",
        "answers",
        "bodies",
        "calls",
        "came",
        "claims",
        "conflicts",
        "corrections",
        "decisions",
        "doubts",
        "edits",
        "end_conditions",
        "evidence",
        "filings",
        "instances",
        "instructions",
        "judged_on",
        "read_twice",
        "requests",
        "runs",
        "statements",
        "stood",
        "submissions",
        "superiors",
        "suspected",
        "unsure",
    )

    plans: tuple[tuple[str, str], ...] = ()
    plan_asked: bool = False
    text: str = ""
    source: str = ""
    reporter: str = ""
    reporter_id: str = ""
    informant: str = ""
    reported_at: datetime | None = None
    occurred_at: datetime | None = None
    occurred_basis: str = ""
    occurred_text: str = ""
    place: str = ""
    unit: str = ""
    township: str = ""
    event_class: str = ""
    candidates: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    evidence: dict[str, Evidence] = field(default_factory=dict)
    verified_at: datetime | None = None
    handled_by: str = ""
    handler_name: str = ""
    handled_at: datetime | None = None
    seat: str = ""
    seat_name: str = ""
    told_phone_at: datetime | None = None
    instructions: dict[str, Instructed] = field(default_factory=dict)
    heard_by: str = ""
    heard_at: datetime | None = None
    claims: dict[str, tuple[Claim, ...]] = field(default_factory=dict)
    raised: frozenset[str] = frozenset()
    casualties_sequence: int = 0
    casualties_at: datetime | None = None
    event_level: str | None = None
    previous_level: str | None = None
    lower_level: str | None = None
    determined_on: Basis | None = None
    judged_on: dict[str, Basis] = field(default_factory=dict)
    upheld: bool = False
    doubts: dict[str, Doubt] = field(default_factory=dict)
    determined_at: datetime | None = None
    determined_by: str = ""
    determined_sequence: int = 0
    undetermined_stated: bool = False
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
    unasked: Unasked | None = None
    mentions: tuple[BodyMention, ...] = ()
    bodies: dict[str, str] = field(default_factory=dict)
    stood: dict[str, str] = field(default_factory=dict)
    bodies_asked: frozenset[str] = frozenset()
    units_asked: str = ""
    filings: list[Filing] = field(default_factory=list)
    instances: dict[str, Instance] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    end_conditions: dict[str, ConfirmedCondition] = field(default_factory=dict)
    assessors: str = ""
    statements: dict[int, Statement] = field(default_factory=dict)
    edits: dict[str, Edit] = field(default_factory=dict)
    answers: dict[str, Answered] = field(default_factory=dict)
    read_twice: dict[str, ReadTwice] = field(default_factory=dict)
    suspected: dict[str, int] = field(default_factory=dict)
    absorbed: list[int] = field(default_factory=list)
    adjusted: Adjusted | None = None
    agreed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    runs: dict[str, datetime | None] = field(default_factory=dict)
    unsure: dict[str, Unsure] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    submissions: dict[int, Submission] = field(default_factory=dict)
    superiors: dict[tuple[str, int], Superior] = field(default_factory=dict)
    route: tuple[str, ...] = ()
    came: dict[str, CameIn] = field(default_factory=dict)
    asked_back: tuple[AskedBack, ...] = ()
    raising: Raising | None = None
    skips: tuple[Skip, ...] = ()
    site: tuple[SiteCommander, ...] = ()
    site_asked: str = ""
    site_not: str = ""
    aid: dict[int, AidRequest] = field(default_factory=dict)
    aid_wanted: AidWant | None = None
    merged_into: str = ""
    merged_number: int = 0

    @property
    def over(self) -> bool:
        """Whether it went into another or was a mistake: nothing is asked of it again, as of one that was closed."""
        return self.state in ("merged", "rejected")

    @property
    def open_instances(self) -> list[Instance]:
        """Instances not yet filed, waived or superseded, the earliest due first."""
        return sorted(
            (item for item in self.instances.values() if item.status == "open"), key=lambda item: (item.due, item.key)
        )

    @property
    def aid_lacking(self) -> tuple[str, ...]:
        """Whom the level that runs wants asked for help, and nobody has asked or said why not."""
        want = self.aid_wanted
        if want is None or want.reason or self.state != "responding" or want.level != self.response_level:
            return ()
        asked = {item.to for item in self.aid.values()}
        return tuple(name for name in want.to if name not in asked)

    @property
    def unsigned(self) -> list[Decision]:
        """Spoken decisions whose signature is still owed."""
        return [item for item in self.decisions if item.oral and not item.signed]

    @property
    def basis(self) -> Basis:
        """What is known now, to be kept beside a person's word."""
        unsure = tuple(self.unsure.values())
        return Basis(dict(self.claims), self.death_unconfirmed, self.raised, self.event_class, self.candidates, unsure)

    @property
    def doubt(self) -> Doubt | None:
        """Why the determined event level must be determined anew, or None."""
        return self.doubts.get(EVENT_LEVEL)

    def last_filings(self) -> dict[str, Filing]:
        """Return for every recipient the last report that it was given, whatever the channel."""
        last: dict[str, Filing] = {}
        for filing in self.filings:
            if filing.recipient not in last or filing.called_at >= last[filing.recipient].called_at:
                last[filing.recipient] = filing
        return last
