"""A scenario: what happens when, who does it, and what is expected to come of it (docs/contract.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.clock import SHANGHAI
from bot.workdays import ChinaWorkdays
from plans.calendar import OfficeCalendar, Term
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.times.durations import is_offset, offset
from plans.times.moments import instant

Do = Literal[
    "report", "verify", "judge", "undetermined", "declare", "adjust", "decline", "end", "oral", "ack", "file", "update",
    "correct", "resolve", "request", "waive", "reject", "merge", "close", "reopen", "takeover", "handle", "undo",
    "sign", "ring", "deny", "pause", "resume", "jump", "warn", "raise", "lift", "received", "measure", "area",
    "duty", "site", "site_over", "site_without", "skip", "release", "approve", "publish", "raise_level", "aid",
    "aid_answer", "aid_without", "log", "instruct", "result", "inject", "expect",
]  # fmt: skip
"""What a step can do; ``inject`` plays words to somebody in a drill, ``expect`` does nothing, it looks."""

Kind = Literal[
    "received", "asked", "proposal", "refused", "announcement", "call", "ack", "escalation", "reminder", "overdue",
    "filed", "card", "ended", "final", "closed", "note", "warning", "duty", "log", "instruction", "inject",
]  # fmt: skip
"""Kinds of lines in the timeline (docs/contract.md)."""

Status = Literal["pending", "filed", "late", "overdue", "waived", "superseded", "possible"]
"""Statuses of an obligation (docs/contract.md)."""

DutyStatus = Literal["open", "done", "late", "missed", "not_applicable", "returned"]
"""Statuses of a duty in a period (docs/contract.md)."""

_LATIN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "一": "Ⅰ", "二": "Ⅱ", "三": "Ⅲ", "四": "Ⅳ"}


class ScenarioError(Exception):
    """A scenario cannot be played; the message names the file and line, and what was expected."""


def moment(value: Any) -> datetime | timedelta:
    """Return a moment: ``+10m`` from the occurrence, or ISO 8601 (Beijing time where it has no offset)."""
    if isinstance(value, str) and is_offset(value):
        return offset(value)
    if isinstance(value, str | datetime):
        return instant(value, SHANGHAI)
    raise ValueError("moment")


def response_level(value: Any) -> str:
    """Return Ⅰ–Ⅳ for II, 二级 and the like, another name as it is: which ones there are, the plan says."""
    bare = str(value).strip().removesuffix("响应").removesuffix("级")
    return _LATIN.get(bare.upper(), bare)


class _Base(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Line(_Base):
    """A line that the timeline must hold, or must not.

    Attributes:
        at: exactly then; ``after`` and ``before`` bound it instead (both inclusive).
        to: whom it is for, as the timeline calls them.
        text: words that its text holds.
        rule: it is about an instance of this obligation rule.
        key: the notice's or refusal's key.
        times: how often; left out, at least once.
    """

    kind: Kind | None = None
    at: datetime | timedelta | None = None
    after: datetime | timedelta | None = None
    before: datetime | timedelta | None = None
    to: str = ""
    text: str = ""
    rule: str = ""
    key: str = ""
    times: int | None = Field(default=None, ge=0)
    incident: int | None = None

    _moments = field_validator("at", "after", "before", mode="before")(moment)

    @model_validator(mode="after")
    def _something(self) -> Line:
        if not self.model_fields_set - {"times"}:
            raise ValueError("line")
        return self


class ExpectWarning(_Base):
    """What is expected of a warning; what is left out is not looked at.

    Attributes:
        acts: what its stages did, in order. silent: who has not answered.
        done: by unit, the numbers of the measures that are done or not applicable.
    """

    state: Literal["taken", "in_force", "lifted", "dismissed"] | None = None
    colour: str | None = None
    level: str | None = None
    clause: str | None = None
    acts: tuple[Literal["issue", "raise", "lower", "extend", "update", "lift"], ...] | None = None
    silent: tuple[str, ...] | None = None
    done: dict[str, tuple[int, ...]] = {}


class Expect(_Base):
    """What is expected of an incident: at the end, or at the moment of a step; what is left out is not looked at.

    Attributes:
        statuses: by rule: the statuses of its instances, by due time; one word where there is one instance.
        due: by rule: when its instances are due.
        asks: the fact that is asked for first, null for none.
        answered: by unit: within how long after its call it answers.
        declared_by: roles, by one of which the response level that runs was declared, by id, title or post.
        refused: keys of every refusal so far, in order.
        happens, never: lines of the timeline.
        incidents: the same for further incidents by number. warnings: of warnings by number.
        duties: by duty: how many periods of all bearers stand how; what is left out is not looked at.
    """

    state: Literal["reported", "responding", "ended", "closed", "rejected", "merged"] | None = None
    event_level: str | None = None
    response_level: str | None = None
    possible_event_levels: tuple[str, ...] | None = None
    possible_response_levels: tuple[str, ...] | None = None
    proposal: str | None = None
    asks: str | None = None
    facts: dict[str, Any] | None = None
    statuses: dict[str, tuple[Status, ...]] = {}
    due: dict[str, tuple[datetime | timedelta, ...]] = {}
    answered: dict[str, timedelta] = {}
    declared_by: tuple[str, ...] = ()
    refused: tuple[str, ...] | None = None
    happens: tuple[Line, ...] = ()
    never: tuple[Line, ...] = ()
    incidents: dict[int, Expect] = {}
    warnings: dict[int, ExpectWarning] = {}
    duties: dict[str, dict[DutyStatus, int]] = {}

    @field_validator("statuses", mode="before")
    @classmethod
    def _statuses(cls, value: Any) -> Any:
        return {key: _several(item) for key, item in value.items()} if isinstance(value, dict) else value

    @field_validator("due", mode="before")
    @classmethod
    def _due(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: tuple(moment(part) for part in _several(item)) for key, item in value.items()}

    @field_validator("answered", mode="before")
    @classmethod
    def _answered(cls, value: Any) -> Any:
        return {key: moment(item) for key, item in value.items()} if isinstance(value, dict) else value

    @field_validator("response_level", "proposal", mode="before")
    @classmethod
    def _level(cls, value: Any) -> Any:
        return None if value is None else response_level(value)

    @field_validator("possible_response_levels", mode="before")
    @classmethod
    def _levels(cls, value: Any) -> Any:
        return tuple(response_level(item) for item in value) if isinstance(value, list) else value

    @field_validator("refused", "possible_event_levels", "declared_by", mode="before")
    @classmethod
    def _list(cls, value: Any) -> Any:
        return value if value is None else _several(value)


class BodyLine(_Base):
    """A body of the place that is listed: a school, a hospital, a township's office; its head answers for it."""

    name: str
    short: tuple[str, ...] = ()
    kind: str = ""
    township: str = ""

    _short = field_validator("short", mode="before")(lambda value: _several(value))


class Step(_Base):
    """One thing that somebody does, or, with ``expect``, a look at how things stand.

    Attributes:
        inject: what is played to the actor in a drill. note: for the drill's director alone.
        words: what those who evaluate a drill look for, as a sentence; a look may have that alone.
    """

    at: timedelta | datetime
    actor: str = ""
    do: Do = "expect"
    incident: int | None = None
    text: str = ""
    facts: dict[str, Any] = {}
    event_level: str | None = None
    event_class: str = Field(default="", alias="class")
    level: str | None = None
    clause: str = ""
    option: str = ""
    holds: bool = True
    of: str = ""
    decides: Literal["declare", "adjust", "decline", "end"] = "declare"
    status: str = "收到"
    unit: str = ""
    report: str = ""
    channel: Literal["电话", "书面", ""] = ""
    to: tuple[str, ...] = ()
    obligation: str = ""
    called_at: datetime | timedelta | None = None
    taker: str = ""
    document: str = ""
    fact: str = ""
    use: str = ""
    into: int | None = None
    reason: str = ""
    occurred_at: datetime | timedelta | None = None
    place: str = ""
    sure: bool = False
    warning: int | None = None
    way: Literal["issue", "pass_on", ""] = ""
    hazard: str = ""
    colour: str = ""
    issuer: str = ""
    area: tuple[str, ...] = ()
    from_: datetime | timedelta | None = Field(default=None, alias="from")
    done: tuple[int, ...] = ()
    bodies: tuple[BodyLine, ...] = ()
    expect: Expect | None = None
    id: str = ""
    bearer: str = ""
    but: tuple[str, ...] = ()
    result: Literal["done", "not_applicable"] = "done"
    commander: str = ""
    role: str = ""
    spoken_by: str = ""
    publisher: str = ""
    medium: str = ""
    repeat: timedelta | None = None
    within: timedelta | None = None
    entry: int | None = None
    instruction: int | None = None
    inject: str = ""
    note: str = ""
    words: str = ""
    line: int = 0

    _moments = field_validator("at", "called_at", "occurred_at", "from_", mode="before")(moment)
    _span = field_validator("repeat", "within", mode="before")(moment)

    @model_validator(mode="before")
    @classmethod
    def _duty(cls, value: Any) -> Any:
        """``do: done`` with ``id`` and ``bearer`` is a duty that is done; they may stand in ``duty: {…}`` too."""
        if not isinstance(value, dict):
            return value
        own = value.get("duty")
        value = (
            {**{key: item for key, item in value.items() if key != "duty"}, **own} if isinstance(own, dict) else value
        )
        if value.get("do") in ("done", "not_applicable"):
            value = {**value, "do": "duty", "result": value["do"]}
        return {"do": "inject", **value} if value.get("inject") else value

    @field_validator("but", mode="before")
    @classmethod
    def _but(cls, value: Any) -> Any:
        return _several(value)

    @field_validator("to", "area", "done", mode="before")
    @classmethod
    def _to(cls, value: Any) -> Any:
        return _several(value)

    @field_validator("level", mode="before")
    @classmethod
    def _level(cls, value: Any) -> Any:
        return None if value is None else response_level(value)


class SchoolTerm(_Base):
    """A term of the schools, with its first and its last day."""

    name: str
    first: date
    last: date


class Scenario(_Base):
    """A whole scenario.

    Attributes:
        title: what the file shows, in words.
        plan: the id of an installed plan, or the path of a plan file, from the scenario's own folder.
        until: how long to go on after the occurrence; never less than to the last step.
        terms: of the office's calendar. duties: those of the plan are chased from the beginning.
        goals: what a drill is held for.
    """

    plan: str
    occurred_at: datetime
    title: str = ""
    drill: bool = False
    policy: dict[str, Any] = {}
    steps: tuple[Step, ...] = Field(min_length=1)
    until: timedelta | datetime = timedelta(hours=48)
    terms: tuple[SchoolTerm, ...] = ()
    duties: bool = False
    goals: tuple[str, ...] = ()
    expect: Expect = Expect()
    expect_line: int = 0
    path: str = ""

    _until = field_validator("until", mode="before")(moment)

    @field_validator("occurred_at", mode="before")
    @classmethod
    def _occurred(cls, value: Any) -> Any:
        occurred = moment(value)
        if isinstance(occurred, timedelta):
            raise ValueError("moment")
        return occurred

    @property
    def bodies(self) -> tuple[BodyLine, ...]:
        """Every body that a step lists, in order."""
        return tuple(body for step in self.steps for body in step.bodies)

    @property
    def reminders(self) -> Policy:
        """The reminder policy: the program's own where the file says nothing."""
        policy = Policy.parse(self.policy) if self.policy else DEFAULT_POLICY
        terms = tuple(Term(name=item.name, first=item.first, last=item.last) for item in self.terms)
        return replace(policy, calendar=OfficeCalendar(workdays=ChinaWorkdays(), terms=terms))

    @property
    def chases(self) -> bool:
        """Whether duties are chased in it."""
        return self.duties or any(step.do == "duty" for step in self.steps)

    def instant(self, value: datetime | timedelta) -> datetime:
        """Return a moment of the file as a point in time."""
        return self.occurred_at + value if isinstance(value, timedelta) else value


def _several(value: Any) -> Any:
    if isinstance(value, str | datetime):
        return (value,)
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    return tuple(value) if isinstance(value, list) else value
