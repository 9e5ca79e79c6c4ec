"""Reports in, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from bot.web.api.models.base import CaseNamed, Facts, Model, Name, Said, Short, State, Words

MOST_REPORTS = 100


class NewReport(Model):
    """A report as it is brought. ``drill``: it belongs to a drill, which is counted apart and says so.

    ``route``: jurisdictions through which it came up, where an office passes on what was reported to it: to one of
    them it does not come back.
    """

    text: Said
    plan: Name | None = None
    place: Short | None = None
    category: Name | None = None
    occurred_at: AwareDatetime | None = None
    facts: Facts | None = None
    informant: Short | None = None
    drill: bool | None = None
    route: Annotated[list[Name], Field(max_length=10)] | None = None


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
    """What is said anew of a report. ``correction``: what was said before was wrong; a number may fall by it."""

    text: Words | None = None
    facts: Facts | None = None
    correction: bool | None = None


class AskedBack(Model):
    """What the duty room wants verified by whoever brought a report."""

    id: str
    at: datetime
    text: str


class ReportedIncident(CaseNamed):
    """The incident that a report became, to whoever brought it.

    ``taken``: the duty room has it in hand, since ``taken_at``, by whom it says (``taken_by``); ``ring``: nobody has,
    and it should be rung by telephone. ``response_level`` and ``ended`` are those of the incident that it went into,
    where it did (``merged_into``). ``questions``: what is to be verified; answer by an update.
    """

    state: State
    taken: bool
    ring: bool
    duty_line: str | None
    merged_into: int | None
    taken_at: datetime | None
    taken_by: str | None
    response_level: str | None
    ended: bool
    questions: list[AskedBack]


class Report(Model):
    """What became of a report, or of an addition to one.

    ``state``: ``kept`` it is safe and waits to be worked off, ``recorded`` it stands in the incident, ``refused``.
    """

    id: str
    state: Literal["kept", "recorded", "refused"]
    received_at: datetime
    incident: ReportedIncident | None
    detail: str | None
