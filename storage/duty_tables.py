"""Tables of the duties of every day, and their rows: what is chased, who has a book, each duty in each period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from storage.columns import UtcDateTime, Words, metadata

Status = Literal["open", "done", "late", "missed", "not_applicable", "returned"]

duty_switches = Table(
    "duty_switches",
    metadata,
    Column("jurisdiction", String, primary_key=True),
    Column("plan_id", String, primary_key=True),
    Column("on", Boolean, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
)

duty_books = Table(
    "duty_books",
    metadata,
    Column("stream", String, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("plan_hash", String, nullable=False),
    Column("bearer_kind", String, nullable=False),
    Column("bearer", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("kinds", Words, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Index("ix_duty_books_bearer", "jurisdiction", "plan_id", "bearer_kind", "bearer", "year", unique=True),
)

duty_instances = Table(
    "duty_instances",
    metadata,
    Column("jurisdiction", String, primary_key=True),
    Column("plan_id", String, primary_key=True),
    Column("bearer_kind", String, primary_key=True),
    Column("bearer", Words, primary_key=True),
    Column("duty", String, primary_key=True),
    Column("period", String, primary_key=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("name", Words, nullable=False),
    Column("said", String, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("returned_at", UtcDateTime),
    Column("evidence", Integer, nullable=False),
    Column("stream", String, nullable=False),
    Column("year", Integer, nullable=False),
    Index("ix_duty_instances_stream", "stream"),
    Index("ix_duty_instances_due", "jurisdiction", "plan_id", "due"),
)


@dataclass(frozen=True, kw_only=True)
class DutySwitch:
    """Whether the duties of a plan are chased in a jurisdiction; ``by``: the administrator who said so."""

    jurisdiction: str
    plan_id: str
    on: bool
    since: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class BookRow:
    """One book of duties.

    Attributes:
        bearer_kind: ``role``, ``unit`` or ``body``. kinds: of a body what it is, with spaces between.
        state: ``open``, ``turned`` (carried over to the next year's) or ``closed``.
        sequence: the last event that this row knows.
    """

    stream: str
    jurisdiction: str
    plan_id: str
    plan_hash: str
    bearer_kind: str
    bearer: str
    title: str
    kinds: str
    year: int
    number: int
    state: str
    sequence: int


@dataclass(frozen=True, kw_only=True)
class InstanceRow:
    """One duty of one bearer in one period; a later book's row stands in the place of an earlier one's.

    Attributes:
        first, last: its days in Beijing. name: of its theme day, term or event.
        said: ``done`` or ``not_applicable``, empty = nothing; ``settled_at``: when that was said.
        returned_at: it was sent back, and nothing was said since.
        evidence: how many pictures and files were handed in.
        stream, year: of the book that tells it.
    """

    jurisdiction: str
    plan_id: str
    bearer_kind: str
    bearer: str
    duty: str
    period: str
    first: date
    last: date
    due: datetime
    name: str
    said: str
    settled_at: datetime | None
    returned_at: datetime | None
    evidence: int
    stream: str
    year: int

    def status(self, now: datetime) -> Status:
        """Return where it stands at a moment."""
        if self.said == "not_applicable":
            return "not_applicable"
        if self.said:
            return "late" if self.settled_at is not None and self.settled_at > self.due else "done"
        if self.returned_at is not None:
            return "returned"
        return "missed" if self.due <= now else "open"
