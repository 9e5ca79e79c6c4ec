"""Reports in, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from bot.web.api.models.base import CaseNamed, Facts, Model, Name, Said, Short, State, Words

MOST_REPORTS = 100


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


class ReportedIncident(CaseNamed):
    """The incident that a report became, to whoever brought it.

    ``taken``: the duty room has it in hand; ``ring``: nobody has, and it should be rung by telephone.
    """

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
