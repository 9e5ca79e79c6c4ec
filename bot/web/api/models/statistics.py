"""What is counted of a period."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.web.api.models.base import Model, Name


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
