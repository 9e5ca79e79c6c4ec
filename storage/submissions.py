"""Reports that go up by reporting lines: each until it arrived, those of one case in their order.

A report is written in the transaction in which it is submitted, under a key that stays over all tries.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    func,
    select,
    update,
)

from storage.columns import AutoId, JsonText, UtcDateTime, metadata
from storage.letters import DEAD, PENDING, Letters, first_of

submissions = Table(
    "submissions",
    metadata,
    Column("id", AutoId, primary_key=True),
    Column("line_id", String, ForeignKey("lines.id"), nullable=False),
    Column("stream", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("key", String, nullable=False, unique=True),
    Column("body", JsonText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("error", String, nullable=False),
    Column("finished_at", UtcDateTime),
    sqlite_autoincrement=True,
)

_waiting = submissions.c.finished_at.is_(None)
Index(
    "ix_submissions_waiting", submissions.c.line_id, submissions.c.stream, submissions.c.id,
    sqlite_where=_waiting, postgresql_where=_waiting,
)  # fmt: skip
Index("ix_submissions_stream", submissions.c.stream)
Index("ix_submissions_line", submissions.c.line_id, submissions.c.state)


@dataclass(frozen=True, kw_only=True)
class NewSubmission:
    """A report to be brought: ``number`` of its event in the log, ``key`` by which the other side knows it again."""

    line_id: str
    stream: str
    number: int
    key: str
    body: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class SubmissionRow:
    """A report that is brought; see ``NewSubmission`` for the other fields.

    Attributes:
        id: in the order of writing. at: when it is tried next. attempts: how often it was.
        state: ``pending``, ``sent`` or ``dead``. error: what came of the last try.
    """

    id: int
    line_id: str
    stream: str
    number: int
    key: str
    body: dict[str, Any]
    created_at: datetime
    at: datetime
    attempts: int
    state: str
    error: str
    finished_at: datetime | None


_first = first_of(submissions, "line_id")


_STANDING = (
    select(submissions.c.line_id, submissions.c.state, func.count().label("many"))
    .where(submissions.c.state.in_([PENDING, DEAD]))
    .group_by(submissions.c.line_id, submissions.c.state)
)
_OF_OTHERS = submissions.c.line_id.not_in(bindparam("but", expanding=True))
_DUE = (
    select(submissions)
    .where(_waiting, _first, submissions.c.at <= bindparam("now"), _OF_OTHERS)
    .order_by(submissions.c.id)
    .limit(bindparam("limit"))
)
_NEXT_AT = select(func.min(submissions.c.at)).where(_waiting, _first, _OF_OTHERS)


class Submissions(Letters):
    """What goes up."""

    letters, queue = submissions, "lines"

    async def enqueue(self, some: Sequence[NewSubmission]) -> None:
        """Let reports be brought, in this order."""
        for item in some:
            await self._put(vars(item))

    async def due(self, now: datetime, limit: int, but: Collection[str] = ()) -> list[SubmissionRow]:
        """Return what is to be brought now, the oldest first: of each case and line the first that waits.

        Args:
            but: lines that are left alone.
        """
        return await self._session.read(SubmissionRow, _DUE, {"now": now, "limit": limit, "but": sorted(but)})

    async def next_at(self, but: Collection[str] = ()) -> datetime | None:
        """Return when something is to be brought next; see ``due``."""
        found: datetime | None = await self._session.scalar(_NEXT_AT, {"but": sorted(but)})
        return found

    async def put_off(self, line_id: str, at: datetime) -> None:
        """Let whatever is to be brought by a line wait until a moment."""
        mine = (_waiting, submissions.c.line_id == line_id, submissions.c.at < at)
        await self._session.run(update(submissions).where(*mine).values(at=at))

    async def hasten(self, line_id: str, at: datetime) -> None:
        """Let what waits for a line be tried at a moment."""
        mine = (_waiting, submissions.c.line_id == line_id)
        await self._session.run(update(submissions).where(*mine).values(at=at))
        self._session.touched.add("lines")

    async def standing(self) -> dict[str, tuple[int, int]]:
        """Return by line how many reports wait, and how many were given up."""
        found: dict[str, tuple[int, int]] = {}
        for row in await self._session.rows(_STANDING):
            waits, dead = found.get(row.line_id, (0, 0))
            found[row.line_id] = (row.many, dead) if row.state == PENDING else (waits, row.many)
        return found

    async def dead_letters(self, limit: int) -> list[SubmissionRow]:
        """Return what was given up, the newest first."""
        statement = select(submissions).where(submissions.c.state == DEAD).order_by(submissions.c.id.desc())
        return await self._session.read(SubmissionRow, statement.limit(limit))
