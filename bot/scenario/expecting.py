"""What a scenario expects to have come of it, a step at a time or at its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from bot.scenario.base import Kind, Part, moment, response_level, several

Status = Literal["pending", "filed", "late", "overdue", "waived", "superseded", "possible"]
"""Statuses of an obligation (docs/contract.md)."""

DutyStatus = Literal["open", "done", "late", "missed", "not_applicable", "returned"]
"""Statuses of a duty in a period (docs/contract.md)."""


class Line(Part):
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


class ExpectWarning(Part):
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
    done: dict[str, tuple[int, ...]] = Field(default_factory=dict)


class Expect(Part):
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
    statuses: dict[str, tuple[Status, ...]] = Field(default_factory=dict)
    due: dict[str, tuple[datetime | timedelta, ...]] = Field(default_factory=dict)
    answered: dict[str, timedelta] = Field(default_factory=dict)
    declared_by: tuple[str, ...] = ()
    refused: tuple[str, ...] | None = None
    happens: tuple[Line, ...] = ()
    never: tuple[Line, ...] = ()
    incidents: dict[int, Expect] = Field(default_factory=dict)
    warnings: dict[int, ExpectWarning] = Field(default_factory=dict)
    duties: dict[str, dict[DutyStatus, int]] = Field(default_factory=dict)

    @field_validator("statuses", mode="before")
    @classmethod
    def _statuses(cls, value: Any) -> Any:
        return {key: several(item) for key, item in value.items()} if isinstance(value, dict) else value

    @field_validator("due", mode="before")
    @classmethod
    def _due(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: tuple(moment(part) for part in several(item)) for key, item in value.items()}

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
        return value if value is None else several(value)
