"""The bodies of a jurisdiction as administrators listed them: schools, hospitals, villages. Nothing is overwritten.

Each list that is taken over has a number; a row says from which list on it holds, and until which. So a list can be
undone, and the newest number tells whether anything has changed since one looked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Integer, String, Table, and_, bindparam, func, insert, or_, select, update

from storage.columns import JsonText, UtcDateTime, Words, metadata
from storage.errors import Conflict
from storage.session import Repository, parts

bodies = Table(
    "bodies",
    metadata,
    Column("jurisdiction", String, primary_key=True),
    Column("id", Words, primary_key=True),
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("until", Integer),
    Column("name", Words, nullable=False),
    Column("short", JsonText, nullable=False),
    Column("kind", Words, nullable=False),
    Column("township", Words, nullable=False),
    Column("head", Words, nullable=False),
    Column("phones", JsonText, nullable=False),
)
_holds = bodies.c.until.is_(None)
Index("ix_bodies_live", bodies.c.jurisdiction, sqlite_where=_holds, postgresql_where=_holds)

body_lists = Table(
    "body_lists",
    metadata,
    Column("jurisdiction", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("source", Words, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("ended", Integer, nullable=False),
    Column("undoes", Integer),
)

_HERE = bodies.c.jurisdiction == bindparam("jurisdiction")
_ALL = select(bodies).where(_HERE, _holds).order_by(bodies.c.since, bodies.c.id)
_NEWEST = select(func.max(body_lists.c.number)).where(body_lists.c.jurisdiction == bindparam("jurisdiction"))
_LISTS = (
    select(body_lists)
    .where(body_lists.c.jurisdiction == bindparam("jurisdiction"))
    .order_by(body_lists.c.number.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, kw_only=True)
class BodyRow:
    """A body as one list has it.

    Attributes:
        id: what a role is held for; one body has one through all lists.
        short, phones: several each. head: a person's name.
        since: number of the list with which it began to hold so. until: of the list that changed it; None = it holds.
    """

    jurisdiction: str
    id: str
    name: str
    short: Sequence[str] = ()
    kind: str = ""
    township: str = ""
    head: str = ""
    phones: Sequence[str] = ()
    since: int
    until: int | None = None


@dataclass(frozen=True, kw_only=True)
class BodyList:
    """A list that was taken over.

    Attributes:
        by: the person's id, or what else did it (``import``). source: name of the file.
        added, changed, ended: how many bodies each.
        undoes: number of the list that it undid.
    """

    jurisdiction: str
    number: int
    at: datetime
    by: str
    source: str = ""
    added: int = 0
    changed: int = 0
    ended: int = 0
    undoes: int | None = None


class Bodies(Repository):
    """The bodies and their lists."""

    async def version(self, jurisdiction: str) -> int:
        """Return the number of the newest list, 0 where there is none: what was read is as good as this."""
        return int(await self._session.scalar(_NEWEST, {"jurisdiction": jurisdiction}) or 0)

    async def all(self, jurisdiction: str) -> list[BodyRow]:
        """Return the bodies that hold, those that have not changed the longest first."""
        return await self._session.read(BodyRow, _ALL, {"jurisdiction": jurisdiction})

    async def of(self, jurisdiction: str, ids: Collection[str]) -> dict[str, BodyRow]:
        """Return bodies by their ids, as they are or were last: a case may name one that is listed no more."""
        found: dict[str, BodyRow] = {}
        for some in parts(ids):
            mine = select(bodies).where(bodies.c.jurisdiction == jurisdiction, bodies.c.id.in_(some))
            found |= {row.id: row for row in await self._session.read(BodyRow, mine.order_by(bodies.c.since))}
        return found

    async def lists(self, jurisdiction: str, most: int = 20) -> list[BodyList]:
        """Return the lists that were taken over, the newest first."""
        return await self._session.read(BodyList, _LISTS, {"jurisdiction": jurisdiction, "most": most})

    async def take_over(self, new: BodyList, rows: Sequence[BodyRow], ended: Collection[str]) -> None:
        """Write a list: its rows hold from now on, in the place of those of the same bodies; some hold no more.

        Args:
            ended: ids of bodies that are listed no more.

        Raises:
            Conflict: another list has its number.
        """
        if not await self._session.insert_new(body_lists, vars(new), ["jurisdiction", "number"]):
            raise Conflict(f"bodies:{new.jurisdiction}", new.number - 1, new.number)
        for some in parts({*ended, *(row.id for row in rows)}):
            gone = and_(_holds, bodies.c.jurisdiction == new.jurisdiction, bodies.c.id.in_(some))
            await self._session.run(update(bodies).where(gone).values(until=new.number))
        values = [{**vars(row), "short": list(row.short), "phones": list(row.phones)} for row in rows]
        if values:
            await self._session.run(insert(bodies), values)

    async def before(self, jurisdiction: str, number: int) -> tuple[list[BodyRow], list[str]]:
        """Return what a list changed or ended, as it was before, and the ids of those that it added."""
        touched = select(bodies).where(
            bodies.c.jurisdiction == jurisdiction, or_(bodies.c.since == number, bodies.c.until == number)
        )
        rows = await self._session.read(BodyRow, touched.order_by(bodies.c.since, bodies.c.id))
        earlier = [row for row in rows if row.until == number]
        ids = {row.id for row in earlier}
        return earlier, [row.id for row in rows if row.since == number and row.id not in ids]

    async def forget_head(self, jurisdiction: str, id: str, name: str, own: Callable[[str], bool]) -> int:
        """Erase the name and the own numbers of somebody who is or was head of a body; return from how many rows.

        Args:
            own: whether a number is a person's own and not the office's.
        """
        mine = select(bodies).where(bodies.c.jurisdiction == jurisdiction, bodies.c.id == id, bodies.c.head == name)
        rows = await self._session.read(BodyRow, mine)
        for row in rows:
            same = (bodies.c.jurisdiction == jurisdiction, bodies.c.id == id, bodies.c.since == row.since)
            phones = [number for number in row.phones if not own(number)]
            await self._session.run(update(bodies).where(*same).values(head="", phones=phones))
        return len(rows)

    async def forget_earlier(self, at: datetime) -> int:
        """Erase names and numbers from rows that a list before some moment changed; return from how many.

        What the newest list changed stays, so that it can be undone.
        """
        return await self._session.run(_FORGET_EARLIER, {"before": at})


_later = body_lists.alias("later")
_FORGET_EARLIER = (
    update(bodies)
    .where(
        select(body_lists.c.number)
        .where(body_lists.c.jurisdiction == bodies.c.jurisdiction, body_lists.c.number == bodies.c.until)
        .where(
            body_lists.c.at < bindparam("before"),
            body_lists.c.number
            < select(func.max(_later.c.number)).where(_later.c.jurisdiction == bodies.c.jurisdiction).scalar_subquery(),
        )
        .exists(),
        or_(bodies.c.head != "", bodies.c.phones != []),
    )
    .values(head="", phones=[])
)
