"""Entries of the duty log, by day and by words: a projection, written with the events of an entry.

The words are kept as they are searched, in one width and in small letters: both databases find the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, bindparam, select

from storage.columns import UtcDateTime, Words, metadata
from storage.session import Repository

MOST_WORDS = 5
"""Words of one search; each of them has to be there."""

LONGEST_WORD = 32

entries = Table(
    "log_entries",
    metadata,
    Column("stream", String, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("head", String, nullable=False),
    Column("by", String, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("stands", Boolean, nullable=False),
    Column("due", UtcDateTime),
    Column("words", Words, nullable=False),
    Column("sequence", Integer, nullable=False),
    Index("ix_log_entries_day", "jurisdiction", "day"),
)
_GET = select(entries).where(entries.c.stream == bindparam("stream"))
_WAITING = (
    select(entries)
    .where(
        entries.c.jurisdiction == bindparam("jurisdiction"), entries.c.plan_id == bindparam("plan_id"), entries.c.open
    )
    .order_by(entries.c.at, entries.c.year, entries.c.number)
)


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One entry.

    Attributes:
        day: in Beijing, of ``at``: when it happened. head: of the day's page that it fills in, empty for most.
        by: who wrote it, by our id. stands: neither taken back nor set right by another.
        due: when what it waits for is due. words: what it is found by (:func:`searchable`).
        sequence: the last event that this row knows.
    """

    stream: str
    jurisdiction: str
    plan_id: str
    day: date
    at: datetime
    year: int
    number: int
    head: str
    by: str
    open: bool
    stands: bool
    due: datetime | None
    words: str
    sequence: int


class Entries(Repository):
    """The index of the duty log."""

    async def save(self, row: EntryRow) -> None:
        """Write an entry's row, new or changed."""
        await self._session.upsert(entries, [vars(row)], ["stream"])

    async def get(self, stream: str) -> EntryRow | None:
        """Return an entry's row."""
        return await self._session.read_one(EntryRow, _GET, {"stream": stream})

    async def between(
        self, jurisdiction: str, plans: Collection[str], first: date, last: date, *, words: Sequence[str] = (),
        limit: int | None = None, newest: bool = False,
    ) -> list[EntryRow]:  # fmt: skip
        """Return the entries of some days in the order in which things happened.

        Args:
            plans: ids of those whose desk is read. words: each stands in what is found; as people write them.
            limit: so many at most; ``newest``: the last of them, else the first.
        """
        c = entries.c
        statement = select(entries).where(
            c.jurisdiction == jurisdiction, c.plan_id.in_(sorted(plans)), c.day >= first, c.day <= last,
            *(c.words.contains(word, autoescape=True) for word in sought(words)),
        )  # fmt: skip
        order = (c.at, c.year, c.number)
        statement = statement.order_by(*((item.desc() for item in order) if newest else order)).limit(limit)
        found = await self._session.read(EntryRow, statement)
        return found[::-1] if newest else found

    async def waiting(self, jurisdiction: str, plan_id: str) -> list[EntryRow]:
        """Return the entries of a plan's desk that wait for something, the earliest due first, those without last."""
        rows = await self._session.read(EntryRow, _WAITING, {"jurisdiction": jurisdiction, "plan_id": plan_id})
        return sorted(rows, key=lambda row: (row.due is None, row.due or row.at))


def searchable(text: str) -> str:
    """Return a text as it is searched: one width of letters and digits, small letters, no blanks between characters."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def sought(words: Sequence[str]) -> list[str]:
    """Return the words of a search as they are looked for: a few, none of them long."""
    return [word for item in words if (word := searchable(item)[:LONGEST_WORD])][:MOST_WORDS]
