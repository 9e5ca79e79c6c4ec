"""Files that are still to be fetched from Telegram: written with the event that brought them, gone when kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Integer, String, Table, bindparam, delete, func, select, update

from storage.columns import UtcDateTime, metadata
from storage.session import Repository

downloads = Table(
    "downloads",
    metadata,
    Column("stream", String, primary_key=True),
    Column("reference", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("person_id", String),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", String),
    Index("ix_downloads_at", "at"),
)


@dataclass(frozen=True, kw_only=True)
class Download:
    """A file to be fetched.

    Attributes:
        reference: Telegram's file id.
        person_id: who sent it; sent_at: the message's own date.
        asked_at: since when it waits. at: when it is tried next. attempts: how often it was tried in vain.
    """

    stream: str
    reference: str
    kind: str
    person_id: str | None
    sent_at: datetime
    asked_at: datetime
    at: datetime
    attempts: int = 0
    error: str | None = None


_DUE = (
    select(downloads)
    .where(downloads.c.at <= bindparam("now"))
    .order_by(downloads.c.at, downloads.c.reference)
    .limit(bindparam("limit"))
)
_NEXT = select(func.min(downloads.c.at))


class Downloads(Repository):
    """The files that are to be fetched."""

    async def add(self, wanted: Sequence[Download]) -> None:
        """Ask for files; one that an incident waits for already is left as it is."""
        for item in wanted:
            if await self._session.insert_new(downloads, vars(item), ["stream", "reference"]):
                self._session.touched.add("downloads")

    async def due(self, now: datetime, limit: int) -> list[Download]:
        """Return what may be tried now, the longest waiting first."""
        return await self._session.read(Download, _DUE, {"now": now, "limit": limit})

    async def next_at(self) -> datetime | None:
        """Return when the next one is tried, past moments too; None when nothing waits."""
        moment: datetime | None = await self._session.scalar(_NEXT)
        return moment

    async def again(self, stream: str, reference: str, at: datetime, error: str) -> None:
        """Note a try in vain."""
        mine = (downloads.c.stream == stream, downloads.c.reference == reference)
        values = {"at": at, "error": error[:500], "attempts": downloads.c.attempts + 1}
        await self._session.run(update(downloads).where(*mine).values(values))
        self._session.touched.add("downloads")

    async def settle(self, stream: str, reference: str) -> None:
        """Forget a file that is kept, or given up."""
        mine = (downloads.c.stream == stream, downloads.c.reference == reference)
        await self._session.run(delete(downloads).where(*mine))

    async def waiting(self) -> int:
        """Return how many files are not fetched yet."""
        count: int = await self._session.scalar(select(func.count()).select_from(downloads))
        return count
