"""Messages that a second reader is still to read: written with the event that recorded them, gone when read or too old.

A row names an event of a log; the words stand there alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Integer, String, Table, delete, func, select, update

from storage.columns import UtcDateTime, metadata
from storage.session import Repository

second_readings = Table(
    "second_readings",
    metadata,
    Column("stream", String, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Index("ix_second_readings_at", "at"),
)


@dataclass(frozen=True, kw_only=True)
class SecondReading:
    """A message to be read once more.

    Attributes:
        sequence: number of the event that recorded it.
        asked_at: since when it waits. at: when it is tried next. attempts: how often it was tried in vain.
    """

    stream: str
    sequence: int
    asked_at: datetime
    at: datetime
    attempts: int = 0


class SecondReadings(Repository):
    """The messages that wait for a second reader."""

    async def add(self, wanted: Sequence[SecondReading]) -> None:
        """Ask for readings; one that is waited for already is left as it is."""
        for item in wanted:
            if await self._session.insert_new(second_readings, vars(item), ["stream", "sequence"]):
                self._session.touched.add("second_readings")

    async def due(self, now: datetime, limit: int) -> list[SecondReading]:
        """Return what may be tried now, the longest waiting first."""
        order = (second_readings.c.at, second_readings.c.stream, second_readings.c.sequence)
        statement = select(second_readings).where(second_readings.c.at <= now).order_by(*order)
        return await self._session.read(SecondReading, statement.limit(limit))

    async def next_at(self) -> datetime | None:
        """Return when the next one is tried, past moments too; None when nothing waits."""
        found: datetime | None = await self._session.scalar(select(func.min(second_readings.c.at)))
        return found

    async def again(self, stream: str, sequence: int, at: datetime) -> None:
        """Note a try in vain."""
        mine = (second_readings.c.stream == stream, second_readings.c.sequence == sequence)
        values = {"at": at, "attempts": second_readings.c.attempts + 1}
        await self._session.run(update(second_readings).where(*mine).values(values))

    async def settle(self, stream: str, sequence: int) -> None:
        """Forget a message that was read."""
        mine = (second_readings.c.stream == stream, second_readings.c.sequence == sequence)
        await self._session.run(delete(second_readings).where(*mine))

    async def give_up(self, before: datetime) -> int:
        """Forget what has waited since before a moment, and return how many that were."""
        return await self._session.run(delete(second_readings).where(second_readings.c.asked_at < before))

    async def waiting(self) -> int:
        """Return how many messages wait."""
        found: int = await self._session.scalar(select(func.count()).select_from(second_readings))
        return found
