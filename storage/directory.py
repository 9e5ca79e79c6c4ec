"""The directory as administrators edited it: what is rung instead of what the plans print. Nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, String, Table, and_, bindparam, insert, select, update

from storage.columns import UtcDateTime, Words, metadata
from storage.session import Repository

directory = Table(
    "directory",
    metadata,
    Column("id", String, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("unit", Words, nullable=False),
    Column("was", Words, nullable=False),
    Column("number", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("label", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("by", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)
_holds = directory.c.ended_at.is_(None)
Index("ix_directory_live", directory.c.jurisdiction, sqlite_where=_holds, postgresql_where=_holds)
_ALL = (
    select(directory)
    .where(directory.c.jurisdiction == bindparam("jurisdiction"))
    .order_by(directory.c.at.desc(), directory.c.id)
)
_HOLDING = _ALL.where(_holds)


@dataclass(frozen=True, kw_only=True)
class DirectoryLine:
    """One edit of the directory.

    Attributes:
        unit: the name that it was edited under.
        was: the plan's number that it is about; empty = a line that no plan has.
        number: what is rung; empty = ``was`` is wrong and the right one is not known.
        by: the person's id, or what else made it (``import``).
        ended_at: None while it holds.
    """

    id: str
    jurisdiction: str
    unit: str
    was: str = ""
    number: str = ""
    kind: str = ""
    label: str = ""
    note: str = ""
    by: str
    at: datetime
    ended_at: datetime | None = None


class Directory(Repository):
    """The edits."""

    async def amend(self, line: DirectoryLine) -> None:
        """Keep an edit; an earlier one about the same number of the same unit ends."""
        same = [_holds, directory.c.jurisdiction == line.jurisdiction, directory.c.unit == line.unit]
        same.append(directory.c.was == line.was)
        if not line.was:
            same.append(directory.c.number == line.number)
        await self._session.run(update(directory).where(and_(*same)).values(ended_at=line.at))
        await self._session.run(insert(directory).values(vars(line)))

    async def end(self, id: str, at: datetime) -> bool:
        """End an edit: the plan's line holds again; False when it had ended."""
        return await self._session.run(update(directory).where(directory.c.id == id, _holds).values(ended_at=at)) > 0

    async def amendments(self, jurisdiction: str, *, ended: bool = False) -> list[DirectoryLine]:
        """Return the edits of a jurisdiction, the newest first.

        Args:
            ended: those that do not hold any more too.
        """
        statement = _ALL if ended else _HOLDING
        of = {"jurisdiction": jurisdiction}
        return [*await self._session.read_once(DirectoryLine, statement, of, directory)]
