"""What is brought and answered, field by field; what each is stands in ``bot.texts.api`` by the field's name."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

LONGEST = 4096
"""Characters of words that are kept: as many as Telegram sends."""

MOST_FACTS = 60
MOST_REPORTS = 100
PAGE, MOST = 50, 200
"""Items of a page."""


def _visible(words: str) -> str:
    """Refuse what nobody can see or no database hold, but for ends of lines and tabs."""
    for character in words:
        if unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co") and character not in "\n\r\t":
            raise PydanticCustomError("control", "control characters")
    return words


def _something(words: str) -> str:
    if not words.strip():
        raise PydanticCustomError("string_too_short", "empty")
    return words


Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_visible)]
Said = Annotated[str, Field(min_length=1, max_length=LONGEST), AfterValidator(_visible), AfterValidator(_something)]
Short = Annotated[str, Field(max_length=200), AfterValidator(_visible)]
Name = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_visible)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Model(BaseModel):
    """The base: nothing that is not named, nothing that is not of its type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Page(Model):
    """Where a page begins, and how long it is."""

    cursor: Annotated[str, Field(max_length=1000)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = PAGE


class Invalid(Model):
    """What is wrong where."""

    at: str
    detail: str


class ProblemDetails(Model):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    refusal: str | None = None
    errors: list[Invalid] | None = None


# --- tokens


Scope = Literal["report", "read", "answer", "warn"]


class TokenInfo(Model):
    """A token, to whoever asks with it."""

    id: str
    name: str
    jurisdiction: str
    plans: list[str]
    scopes: list[Scope]
    units: list[str]
    rate: int
    until: datetime


# --- reports


class Range(Model):
    """A figure that is not known exactly."""

    at_least: Count | None = None
    at_most: Count | None = None


Value = bool | Count | Range
Facts = Annotated[dict[Name, Value], Field(max_length=MOST_FACTS)]


class NewReport(Model):
    """A report as it is brought."""

    text: Said
    plan: Name | None = None
    place: Short | None = None
    category: Name | None = None
    occurred_at: AwareDatetime | None = None
    facts: Facts | None = None
    informant: Short | None = None


class KeyedReport(NewReport):
    """A report among many, with the key that a single one has in its header."""

    key: Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,128}$")]


class NewReports(Model):
    """Many reports."""

    reports: Annotated[list[KeyedReport], Field(min_length=1, max_length=MOST_REPORTS)]


KeptState = Literal["kept", "recorded", "refused", "key-reused"]


class KeptReport(Model):
    """What became of one of many; ``id`` null where another one had come under its key."""

    key: str
    id: str | None
    state: KeptState


class ReportsKept(Model):
    """What became of many."""

    items: list[KeptReport]


class ReportUpdate(Model):
    """What is said anew of a report."""

    text: Words | None = None
    facts: Facts | None = None


State = Literal["reported", "responding", "ended", "closed", "rejected", "merged"]


class ReportedIncident(Model):
    """The incident that a report became, to whoever brought it.

    ``taken``: the duty room has it in hand; ``ring``: nobody has, and it should be rung by telephone.
    """

    id: str
    number: int
    year: int
    drill: bool
    plan: str
    state: State
    taken: bool
    ring: bool
    duty_line: str | None
    merged_into: int | None


class Report(Model):
    """What became of a report, or of an addition to one.

    ``state``: ``kept`` it is safe and waits to be worked off, ``recorded`` it stands in the incident, ``refused``.
    """

    id: str
    state: Literal["kept", "recorded", "refused"]
    received_at: datetime
    incident: ReportedIncident | None
    detail: str | None


# --- incidents


class IncidentPage(Page):
    """Which incidents, and where they begin. ``open``: only those that are not closed, rejected or merged."""

    open: bool = False
    drills: bool = True


class IncidentLine(Model):
    """An incident in a list; ``version`` counts up with whatever is recorded of it."""

    id: str
    number: int
    year: int
    drill: bool
    plan: str
    state: State
    event_level: str | None
    response_level: str | None
    reported_at: datetime
    occurred_at: datetime | None
    version: int


class Incidents(Model):
    """A page of incidents."""

    items: list[IncidentLine]
    next: str | None


class Figure(Model):
    """What counts of a fact; null where it is not known."""

    fact: str
    label: str
    value: bool | int | float | str | Range | None
    confirmed: bool


ClockStatus = Literal["pending", "overdue", "possible", "filed", "late", "waived", "superseded"]


class Clock(Model):
    """A report that is owed."""

    incident: str
    number: int
    drill: bool
    key: str
    report: str
    clause: str
    channel: str | None
    due: datetime
    status: ClockStatus
    to: list[str]


class Clocks(Model):
    """A page of clocks."""

    items: list[Clock]
    next: str | None


class UnitCall(Model):
    """The call to a unit in an incident, and what it answered: 收到, 已出发, 已到场, 来不了; ``called`` = nothing."""

    incident: str
    number: int
    drill: bool
    unit: str
    round: int
    status: str
    called_at: datetime
    answered_at: datetime | None


class UnitCalls(Model):
    """A page of calls."""

    items: list[UnitCall]
    next: str | None


class Decided(Model):
    """What was decided, and under which role."""

    kind: str
    level: str | None
    role: str
    at: datetime


class IncidentDetails(Model):
    """An incident without the names of persons, their telephones and the words of its reports."""

    id: str
    number: int
    year: int
    drill: bool
    plan: str
    state: State
    event_level: str | None
    response_level: str | None
    reported_at: datetime
    occurred_at: datetime | None
    occurred_basis: str | None
    version: int
    place: str | None
    event_class: str | None
    class_name: str | None
    taken: bool
    merged_into: int | None
    response_started_at: datetime | None
    ended_at: datetime | None
    closed_at: datetime | None
    values: list[Figure]
    clocks: list[Clock]
    units: list[UnitCall]
    decisions: list[Decided]


# --- answers of units


class OpenCall(Model):
    """A call that a token's unit may answer."""

    incident: str
    number: int
    drill: bool
    plan: str
    place: str | None
    class_name: str | None
    response_level: str | None
    unit: str
    round: int
    status: str
    called_at: datetime
    answered_at: datetime | None


class OpenCalls(Model):
    """A page of them."""

    items: list[OpenCall]
    next: str | None


class UnitAnswer(Model):
    """What a unit answers; ``round``: to which call, left out = the last."""

    unit: Name
    answer: Name
    round: Annotated[int, Field(ge=0, le=10_000)] = 0
    note: Short | None = None


class Answered(Model):
    """What became of an answer."""

    id: str
    state: Literal["kept", "recorded"]
    received_at: datetime


# --- warnings


class NewWarning(Model):
    """A warning as a text. As a CAP file it is brought as that."""

    text: Said
    plan: Name | None = None


class WarningQuery(Model):
    """Under which plan a CAP file falls, where the token is for several."""

    plan: Name | None = None


class BroughtWarning(Model):
    """The warning that a message became; ``waits``: nobody has decided about it yet."""

    id: str
    number: int
    year: int
    drill: bool
    plan: str
    state: str
    waits: bool


class Brought(Model):
    """What became of a warning that was brought."""

    id: str
    state: Literal["kept", "recorded", "refused"]
    received_at: datetime
    warnings: list[BroughtWarning]
    detail: str | None


class WarningPage(Page):
    """Which warnings, and where they begin. ``open``: only those that wait or are in force."""

    open: bool = False


class WarningDetails(Model):
    """A warning. ``text`` is told once it is in force; before that nobody has decided about it."""

    id: str
    number: int
    year: int
    drill: bool
    plan: str
    state: str
    waits: bool
    hazard: str | None
    colour: str | None
    level: str | None
    issuer: str | None
    starts: datetime | None
    ends: datetime | None
    areas: list[str]
    text: str | None
    opened_at: datetime
    version: int


class Warnings(Model):
    """A page of warnings."""

    items: list[WarningDetails]
    next: str | None


# --- duties


class DutyPeriod(Model):
    """A duty of one bearer in one period; ``bearer``: what it is called, of a role, a unit or a listed body."""

    plan: str
    duty: str
    text: str | None
    bearer: str
    bearer_kind: str
    period: str
    first: date
    last: date
    due: datetime
    status: Literal["open", "done", "late", "missed", "not_applicable", "returned"]
    settled_at: datetime | None
    evidence: int


class DutyPeriods(Model):
    """A page of duties."""

    items: list[DutyPeriod]
    next: str | None


# --- statistics


class StatisticsPeriod(Model):
    """Of which period, and under which plan alone."""

    period: Annotated[str, Field(min_length=1, max_length=40)]
    plan: Name | None = None
    drills: bool = False


class Counted(BaseModel):
    """The base of what is counted: made of the program's own statistics, of which it tells a part."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Part(Counted):
    """So many of a whole; ``key`` null = not said."""

    key: str | None
    title: str | None
    number: int


class Spread(Counted):
    """How long something took, in seconds."""

    count: int
    median: int
    lower: int
    upper: int
    worst: int


class Span(Counted):
    """A period."""

    kind: str
    first: date
    last: date


class CountedIncidents(Counted):
    """Incidents that were reported in the period."""

    number: int
    open: int
    rejected: int
    merged: int
    by_plan: list[Part]
    by_kind: list[Part]
    by_level: list[Part]
    by_response: list[Part]


class CountedReports(Counted):
    """Reports of one kind, each recipient for itself."""

    stage: str
    names: list[str]
    owed: int
    in_time: int
    late: int
    raised: int
    missed: int
    overdue: int
    pending: int
    waived: int
    lateness: Spread | None


class CountedAnswers(Counted):
    """How a unit, or all of them, answered."""

    key: str
    title: str
    called: int
    answered: int
    silent: int
    declined: int
    time: Spread | None


class CountedWarnings(Counted):
    """Warnings that were issued or passed on."""

    number: int
    in_force: int
    by_colour: list[Part]
    by_kind: list[Part]


class CountedDuties(Counted):
    """Duties whose periods end within the period."""

    number: int
    done: int
    late: int
    missed: int
    not_applicable: int
    returned: int
    open: int


class CountedStatistics(Counted):
    """The statistics of a period; ``docs/statistics.md`` has the definitions."""

    jurisdiction: str
    plans: list[Part]
    period: Span
    at: datetime
    of_drills: bool
    drills: int
    behind: int
    incidents: CountedIncidents
    reports: list[CountedReports]
    answers: CountedAnswers
    units: list[CountedAnswers]
    corrections: int
    waivers: int
    warnings: CountedWarnings
    duties: CountedDuties | None
