"""What is brought to another system until it arrived: the rows of a queue, those of one case in their order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Column, ColumnElement, Insert, Table, delete, insert, select, update

from storage.session import Repository

PENDING, SENT, DEAD = "pending", "sent", "dead"


def first_of(letters: Table, address: str) -> ColumnElement[bool]:
    """Return that a row is the first of its case that waits for its address.

    Args:
        letters: the table. address: its column of whom a row goes to.
    """
    earlier = letters.alias("earlier")
    return ~(
        select(earlier.c.id)
        .where(
            earlier.c.finished_at.is_(None),
            earlier.c[address] == letters.c[address],
            earlier.c.stream == letters.c.stream,
            earlier.c.id < letters.c.id,
        )
        .exists()
    )


class Letters(Repository):
    """A queue of such rows.

    Attributes:
        letters: the table: ``id stream created_at at attempts state error finished_at`` and what is the topic's own.
        queue: who is told of a new one.
    """

    letters: ClassVar[Table]
    queue: ClassVar[str]
    _add: ClassVar[Insert]

    def __init_subclass__(cls) -> None:
        cls._add = insert(cls.letters)  # made once: so it is a template (``storage.templates``)

    @property
    def _waits(self) -> ColumnElement[bool]:
        finished: Column[Any] = self.letters.c.finished_at
        return finished.is_(None)

    async def _put(self, row: Mapping[str, Any]) -> None:
        """Let one be brought, behind those that wait."""
        more = {"at": row["created_at"], "attempts": 0, "state": PENDING, "error": "", "finished_at": None}
        await self._session.run(self._add, {**row, **more})
        self._session.touched.add(self.queue)

    async def sent(self, id: int, at: datetime) -> None:
        """It arrived."""
        await self._end(id, {"state": SENT, "error": "", "finished_at": at})

    async def again(self, id: int, at: datetime, error: str) -> None:
        """It is tried again at a moment."""
        await self._end(id, {"at": at, "error": error})

    async def dead(self, id: int, at: datetime, error: str) -> None:
        """It is given up: a dead letter."""
        await self._end(id, {"state": DEAD, "error": error, "finished_at": at})

    async def _end(self, id: int, values: dict[str, Any]) -> None:
        values["attempts"] = self.letters.c.attempts + 1
        await self._session.run(update(self.letters).where(self._waits, self.letters.c.id == id).values(values))

    async def forget_case(self, stream: str) -> int:
        """Delete what tells of a case, and return how many rows that were."""
        return await self._session.run(delete(self.letters).where(self.letters.c.stream == stream))

    async def forget(self, before: datetime) -> int:
        """Delete what was over before a moment, and return how many rows that were."""
        return await self._session.run(delete(self.letters).where(self.letters.c.finished_at < before))
