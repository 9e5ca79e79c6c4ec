"""Persons, under ids of our own; Telegram's stands in one column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, bindparam, or_, select, update

from storage.columns import UtcDateTime, Words, metadata
from storage.session import Repository

people = Table(
    "people",
    metadata,
    Column("id", String, primary_key=True),
    Column("telegram_id", BigInteger, unique=True),
    Column("name", Words, nullable=False),
    Column("username", Words),
    Column("place_id", String, ForeignKey("places.id")),
    Column("started_at", UtcDateTime),
    Column("blocked_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
)
_BY_TELEGRAM = select(people).where(people.c.telegram_id == bindparam("telegram_id"))
GET_PERSON = select(people).where(people.c.id == bindparam("id"))


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody.

    Attributes:
        telegram_id: None for those who are only ever spoken to by phone.
        place_id: the private chat.
        started_at: when the bot was started there, before which it cannot write. blocked_at: since when it is blocked.
    """

    id: str
    telegram_id: int | None
    name: str
    username: str | None = None
    place_id: str | None = None
    started_at: datetime | None = None
    blocked_at: datetime | None = None
    created_at: datetime


class Persons(Repository):
    """The persons."""

    async def by_telegram(self, telegram_id: int) -> Person | None:
        """Return the person that Telegram calls so."""
        return await self._session.read_one(Person, _BY_TELEGRAM, {"telegram_id": telegram_id})

    async def get(self, id: str) -> Person | None:
        """Return a person."""
        found = await self._session.read_once(Person, GET_PERSON, {"id": id}, people)
        return found[0] if found else None

    async def add(self, person: Person) -> Person:
        """Write somebody whom Telegram named for the first time; return who is on record, if another came first."""
        await self._session.insert_new(people, vars(person), ["telegram_id"])
        return (await self.by_telegram(person.telegram_id) if person.telegram_id is not None else None) or person

    async def by_name(self, name: str) -> list[Person]:
        """Return the persons who are called so, or whose id or user name it is."""
        called = or_(people.c.id == name, people.c.name == name, people.c.username == name.removeprefix("@"))
        return await self._session.read(Person, select(people).where(called).order_by(people.c.created_at, people.c.id))

    async def names(self) -> list[str]:
        """Return the names of everybody, and what Telegram calls them."""
        rows = await self._session.rows(select(people.c.name, people.c.username))
        return [name for row in rows for name in row if name]

    async def forget(self, id: str, at: datetime) -> bool:
        """Erase who a person was; the id stays, for it stands in the log. False when there is no such person."""
        nobody = {"telegram_id": None, "name": "", "username": None, "place_id": None, "blocked_at": at}
        return await self._session.run(update(people).where(people.c.id == id).values(nobody)) > 0

    async def save(self, person: Person) -> None:
        """Write a person, new or changed."""
        await self._session.upsert(people, [vars(person)], ["id"])
