"""Incidents, their clocks and the units that are called."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.web.api.models.base import CaseNamed, InIncident, Model, Page, Range, State


class IncidentPage(Page):
    """Which incidents, and where they begin. ``open``: only those that are not closed, rejected or merged."""

    open: bool = False
    drills: bool = True


class IncidentLine(CaseNamed):
    """An incident in a list; ``version`` counts up with whatever is recorded of it."""

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


class Clock(InIncident):
    """A report that is owed."""

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


class UnitCall(InIncident):
    """The call to a unit in an incident, and what it answered: 收到, 已出发, 已到场, 来不了; ``called`` = nothing."""

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


class IncidentDetails(IncidentLine):
    """An incident without the names of persons, their telephones and the words of its reports."""

    occurred_basis: str | None
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
