"""A whole plan (应急预案)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from plans.model.base import RESPONSE_LEVELS, Frozen, Reading
from plans.model.command import Adjusting, FirstAction, Group, MayRaise, Response, Role, Unit
from plans.model.duty import Duty
from plans.model.ending import AfterAction, EndRule, Review
from plans.model.facts import Constraint, EventClass, Fact, LevelTable
from plans.model.obligation import Form, Obligation
from plans.model.warning import Warning_, WarningCall


class Jurisdiction(Frozen):
    """Whose plan it is: a government's, or that of an organisation (a company, a hospital, a school).

    ``area_code`` completes bare seven-digit numbers when they are shown for dialling.
    """

    name: str
    level: Literal["province", "city", "district", "county", "organisation"] = "district"
    area_code: str = ""


class Bounds(Frozen):
    """What 以上, 以下 and 超过 mean in this document, and whether it says so itself."""

    at_least: Literal["inclusive", "exclusive"] = Field(alias="以上", default="inclusive")
    at_most: Literal["inclusive", "exclusive"] = Field(alias="以下", default="inclusive")
    over: Literal["inclusive", "exclusive"] = Field(alias="超过", default="exclusive")
    basis: Literal["cited", "assumed"] = "assumed"
    clause: str = ""
    reading: Reading | None = None


class Clause(Frozen):
    """A clause of the source and what became of it.

    Attributes:
        at: the places of this file that encode it, where no statement cites it: ``responses/Ⅰ/measures``,
            ``warnings/*/measures``, ``in_force`` (:func:`plans.clauses.place`).
    """

    title: str
    status: Literal["encoded", "narrative", "not_encoded"]
    reason: str = ""
    at: tuple[str, ...] = ()


class Route(Frozen):
    """Where an event of some class is handled: another plan, a lead department, a command post."""

    classes: tuple[str, ...]
    lead: str = ""
    post: str = ""
    plan: str = ""
    clause: str
    reading: Reading | None = None


class ScopeExclusion(Frozen):
    """What this plan does not cover, and which plan does."""

    text: str
    clause: str
    words: tuple[str, ...] = ()
    plan: str = ""


class Citation(Frozen):
    """What a clause refers to for its carrying out: an annex, another plan, a law, a standard.

    Attributes:
        clause: where it is referred to.
        to: what, as the document calls it.
        at: the clause of this document where it stands, for an annex.
        shown_at: the places of this file at which it helps (``levels``, ``groups``, ``responses/Ⅲ``; see
            :func:`plans.clauses.place`), besides the statements that cite the clause.
        text: what for, in short words of our own.
    """

    clause: str
    kind: Literal["附录", "预案", "法规", "标准"]
    to: str
    at: str = ""
    shown_at: tuple[str, ...] = ()
    text: str = ""


class Release(Frozen):
    """Who publishes information at which event level, and with whose approval.

    Attributes:
        levels: event levels; empty = every one.
        by: the publisher in the plan's words.
        roles: role ids by whose word it is published here.
        units: units whose liaisons may say so too, each for itself.
        above: the body that publishes instead; then it is only submitted from here.
        approval: whose approval is needed first, in words. approvers: role ids that give it; empty = a body outside,
            whose approval the duty officer records.
    """

    levels: tuple[str, ...] = ()
    by: str
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    above: str = ""
    approval: str = ""
    approvers: tuple[str, ...] = ()
    clause: str
    text: str = ""
    reading: Reading | None = None


class OnSite(Frozen):
    """On-site command: who leads it, when it is set up, to whom it is handed over; or who acts at the scene first.

    Attributes:
        post: it is a command that is set up under a named commander.
        levels: of response, which demand it; at others it may be set up.
        named_by: role ids that name the commander; empty = the document itself says who commands.
        held_by: of those, who may command themselves (兼任).
        to: the higher command that takes over when it comes.
    """

    commander: str
    clause: str
    when: str = ""
    handover: str = ""
    duties: tuple[str, ...] = ()
    post: bool = False
    levels: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    held_by: tuple[str, ...] = ()
    to: str = ""
    reading: Reading | None = None


class Aid(Frozen):
    """A call for help: whom the office asks when its own means do not suffice, or which units may ask the office.

    Attributes:
        to: who is asked, in the plan's words.
        units: units that ask the office; empty = the office asks outwards.
        levels: of response, at which it holds; empty = at each.
        when: in which case, in the plan's words.
        demanded: the levels demand it: the seat is told of it when one is declared, until it has asked.
    """

    to: str
    clause: str
    units: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    when: str = ""
    demanded: bool = False
    reading: Reading | None = None


class Subject(Frozen):
    """Who is responsible for a subject."""

    words: tuple[str, ...]
    unit: str
    duty: str
    clause: str


class Erratum(Frozen):
    """A known fault of the source document and the reading taken."""

    clause: str
    fault: str
    reading: str
    kind: str = ""


class Plan(Frozen):
    """One document as data. ``hash`` and ``path`` are set by the loader, not by the file.

    Attributes:
        in_force: None where the document bears no date.
        event_levels, response_levels: lowest first; the usual names, or all of the document's own (SEV3, SEV2, SEV1).
            Without own ones the responses are of Ⅳ to Ⅰ.
        casualties: the plan asks for the dead and injured; a plan for networks or supplies may not.
        law: under which a declaration states what it states; None = the Emergency Response Law (突发事件应对法) for a
            government's plan, nothing for an organisation's; empty = nothing.
        words: they speak for the plan whatever happened (公交), where a report may fall under several plans.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{2,60}$")
    schema_version: int = Field(alias="schema")
    version: str
    title: str
    document: str
    issuer: str
    jurisdiction: Jurisdiction
    in_force: date | None = None
    source: str = ""
    words: tuple[str, ...] = ()
    casualties: bool = True
    law: str | None = None
    review: Review | None = None
    bounds: Bounds = Bounds.model_construct()
    command_body: str = "指挥部"
    office: str = "指挥部办公室"
    office_unit: str = ""
    determined_by: tuple[str, ...] = ("duty",)
    determination_clause: str = ""
    event_levels: tuple[str, ...] = ("一般", "较大", "重大", "特别重大")
    undetermined_clause: str = ""
    response_levels: tuple[str, ...] = ()
    clauses: dict[str, Clause] = Field(default_factory=dict)
    facts: dict[str, Fact] = Field(default_factory=dict)
    constraints: tuple[Constraint, ...] = ()
    classes: tuple[EventClass, ...] = ()
    levels: LevelTable | None = None
    roles: dict[str, Role] = Field(default_factory=dict)
    responses: tuple[Response, ...] = ()
    adjusting: Adjusting | None = None
    raising: tuple[MayRaise, ...] = ()
    first_action: FirstAction | None = None
    obligations: tuple[Obligation, ...] = ()
    forms: tuple[Form, ...] = ()
    units: tuple[Unit, ...] = ()
    groups: tuple[Group, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    warning_content: tuple[str, ...] = ()
    warning_calls: tuple[WarningCall, ...] = ()
    releases: tuple[Release, ...] = ()
    on_site: tuple[OnSite, ...] = ()
    aid: tuple[Aid, ...] = ()
    ends: tuple[EndRule, ...] = ()
    after: tuple[AfterAction, ...] = ()
    duties: tuple[Duty, ...] = ()
    subjects: tuple[Subject, ...] = ()
    routes: tuple[Route, ...] = ()
    excludes: tuple[ScopeExclusion, ...] = ()
    errata: tuple[Erratum, ...] = ()
    cites: tuple[Citation, ...] = ()
    references: tuple[str, ...] = ()
    hash: str = ""
    path: str = ""

    @property
    def response_order(self) -> tuple[str, ...]:
        """The names that a response level may have, lowest first."""
        return self.response_levels or RESPONSE_LEVELS

    def height(self, level: str | None) -> int:
        """Return how high a response level is; none, or one that the plan does not know, is -1."""
        return self.response_order.index(level) if level in self.response_order else -1

    def rank(self, level: str | None) -> int:
        """Return how high an event level is; none, 未达标准, or one that the plan does not know, is -1."""
        return self.event_levels.index(level) if level in self.event_levels else -1

    def loud(self, level: str | None) -> bool:
        """Return whether a rise to a response level rings in muted groups too: the two highest do."""
        return level in self.response_order[-2:]
