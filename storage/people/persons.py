"""Persons, under ids of our own; Telegram's stands in one column.

Who somebody is was confirmed by an invitation or an administrator (``real_name``); what he calls himself in Telegram
(``name``) is shown where nothing else is there, and never matched to anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, and_, bindparam, case, func, or_, select, update

from plans.cells import plain
from plans.identity import contradict
from plans.roster.people import name_key
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
    Column("real_name", Words, nullable=False, server_default=""),
    Column("office", Words, nullable=False, server_default=""),
    Column("phone", Words, nullable=False, server_default=""),
    Column("confirmed_at", UtcDateTime),
    Column("asked_at", UtcDateTime),
)
_BY_TELEGRAM = select(people).where(people.c.telegram_id == bindparam("telegram_id"))
_CONFIRMED = and_(people.c.confirmed_at.is_not(None), people.c.real_name != "")
BEARS = and_(_CONFIRMED, func.replace(people.c.real_name, " ", "").in_(bindparam("names", expanding=True)))
"""That somebody was confirmed under one of some names, as ``name_key`` has them."""
SHOWN_NAME = case((_CONFIRMED, people.c.real_name), else_=people.c.name)
"""What :func:`shown_name` returns, as a column."""
GET_PERSON = select(people).where(people.c.id == bindparam("id"))


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody.

    Attributes:
        telegram_id: None for those who are only ever spoken to by phone.
        name: what he calls himself in Telegram.
        place_id: the private chat.
        started_at: when the bot was started there, before which it cannot write. blocked_at: since when it is blocked.
        real_name, office, phone: who he is (姓名、单位、电话), empty until that was confirmed at ``confirmed_at``. The
            telephone goes to administrators in private, to the seat that must ring him, and into what is handed out.
        asked_at: when he was asked who he is, which happens once.
    """

    id: str
    telegram_id: int | None
    name: str
    username: str | None = None
    place_id: str | None = None
    started_at: datetime | None = None
    blocked_at: datetime | None = None
    created_at: datetime
    real_name: str = ""
    office: str = ""
    phone: str = ""
    confirmed_at: datetime | None = None
    asked_at: datetime | None = None


def is_confirmed(person: Person) -> bool:
    """Return whether it was confirmed who a person is."""
    return person.confirmed_at is not None and bool(person.real_name)


def is_erased(person: Person) -> bool:
    """Return whether nobody is behind an id any more: who it was is erased, and nobody is let in or named by it."""
    return person.telegram_id is None and not (person.name or person.real_name)


def shown_name(person: Person) -> str:
    """Return what a person is called wherever he is named: his real name, else what he calls himself in Telegram."""
    return person.real_name if is_confirmed(person) else person.name


def of_name(people: Iterable[Person], name: str, office: str = "") -> list[Person]:
    """Return those of some persons who certainly bear a name: by confirmed real names alone.

    Args:
        office: of whom is meant: of several those of just this one, else whose own does not contradict it. One of
            another office is somebody else of the same name, also where he alone is known.
    """
    key, place = name_key(name), name_key(office)
    same = {item.id: item for item in people if key and is_confirmed(item) and name_key(item.real_name) == key}
    there = [item for item in same.values() if place and name_key(item.office) == place]
    return there or [item for item in same.values() if not contradict(item.office, office)]


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
        """Return the persons who were confirmed under a name, or whose id or user name it is."""
        called = or_(
            people.c.id == name,
            and_(_CONFIRMED, people.c.real_name == name),
            people.c.username == name.removeprefix("@"),
        )
        return await self._session.read(Person, select(people).where(called).order_by(people.c.created_at, people.c.id))

    async def confirmed(self) -> list[Person]:
        """Return everybody of whom it was confirmed who he is."""
        return await self._session.read(Person, select(people).where(_CONFIRMED).order_by(people.c.id))

    async def maybe_called(self, name: str) -> list[Person]:
        """Return who was confirmed under a name, and who calls himself so: nobody of them need be meant by it."""
        called = or_(and_(_CONFIRMED, people.c.real_name == name), people.c.name == name)
        return await self._session.read(Person, select(people).where(called).order_by(people.c.created_at, people.c.id))

    async def names(self) -> list[str]:
        """Return the names of everybody, and what Telegram calls them."""
        rows = await self._session.rows(select(people.c.name, people.c.username, people.c.real_name))
        return [name for row in rows for name in row if name]

    async def forget(self, id: str, at: datetime) -> bool:
        """Erase who a person was; the id stays, for it stands in the log. False when there is no such person."""
        nobody = {"telegram_id": None, "name": "", "username": None, "place_id": None, "blocked_at": at}
        nobody |= {"real_name": "", "office": "", "phone": "", "confirmed_at": None}
        return await self._session.run(update(people).where(people.c.id == id).values(nobody)) > 0

    async def save(self, person: Person) -> None:
        """Write a person, new or changed."""
        await self._session.upsert(people, [{**vars(person), "real_name": _as_kept(person.real_name)}], ["id"])


def _as_kept(name: str) -> str:
    """Return a real name as it is kept, so that the database finds it: without what cannot be seen."""
    return " ".join(plain(name).split())
