"""A scenario: what happens when, who does it, and what is expected to come of it (docs/contract.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from bot.scenario.base import Part, moment, response_level, several
from bot.scenario.expecting import Expect
from bot.workdays import ChinaWorkdays
from plans.calendar import OfficeCalendar, Term
from plans.core.policy import DEFAULT_POLICY, Policy

Do = Literal[
    "report", "verify", "judge", "undetermined", "declare", "adjust", "decline", "end", "oral", "ack", "file", "update",
    "correct", "resolve", "request", "waive", "reject", "merge", "close", "reopen", "takeover", "handle", "undo",
    "sign", "ring", "deny", "pause", "resume", "jump", "warn", "raise", "lift", "received", "measure", "area",
    "duty", "site", "site_over", "site_without", "skip", "release", "approve", "publish", "raise_level", "aid",
    "aid_answer", "aid_without", "log", "instruct", "result", "inject", "expect",
]  # fmt: skip
"""What a step can do; ``inject`` plays words to somebody in a drill, ``expect`` does nothing, it looks."""


class BodyLine(Part):
    """A body of the place that is listed: a school, a hospital, a township's office; its head answers for it."""

    name: str
    short: tuple[str, ...] = ()
    kind: str = ""
    township: str = ""

    _short = field_validator("short", mode="before")(lambda value: several(value))


class Step(Part):
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
    facts: dict[str, Any] = Field(default_factory=dict)
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
        return several(value)

    @field_validator("to", "area", "done", mode="before")
    @classmethod
    def _to(cls, value: Any) -> Any:
        return several(value)

    @field_validator("level", mode="before")
    @classmethod
    def _level(cls, value: Any) -> Any:
        return None if value is None else response_level(value)


class SchoolTerm(Part):
    """A term of the schools, with its first and its last day."""

    name: str
    first: date
    last: date


class Scenario(Part):
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
    policy: dict[str, Any] = Field(default_factory=dict)
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
