"""Who sits on the duty seat (值班席) of a plan: reminders go to the seat, and so to that person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, bindparam, delete, false, select, update

from storage.columns import UtcDateTime, Words, metadata
from storage.session import Repository

seats = Table(
    "seats",
    metadata,
    Column("jurisdiction", String, primary_key=True),
    Column("plan_id", String, primary_key=True),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("name", Words, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("said", Boolean, nullable=False, server_default=false()),
)
SEAT = select(seats.c.person_id, seats.c.name, seats.c.since, seats.c.said).where(
    seats.c.jurisdiction == bindparam("jurisdiction"), seats.c.plan_id == bindparam("plan_id")
)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Who sits on a plan's duty seat.

    Attributes:
        person_id: the account. name: the person, as said when taking over, since a duty room may share an account.
        said: the name was said; else it is what the account's person was called then.
    """

    person_id: str
    name: str
    since: datetime
    said: bool = False


class Seats(Repository):
    """The duty seats."""

    async def seat(self, jurisdiction: str, plan_id: str) -> Seat | None:
        """Return who sits there."""
        of = {"jurisdiction": jurisdiction, "plan_id": plan_id}
        found = await self._session.read_once(Seat, SEAT, of, seats)
        return found[0] if found else None

    async def take_seat(
        self, jurisdiction: str, plan_id: str, *, person_id: str, name: str, since: datetime, said: bool = False
    ) -> Seat | None:
        """Take a seat over and return who sat there before."""
        before = await self.seat(jurisdiction, plan_id)
        key = {"jurisdiction": jurisdiction, "plan_id": plan_id}
        values = {"person_id": person_id, "name": name, "since": since, "said": said}
        await self._session.upsert(seats, [key | values], list(key))
        return before

    async def rename_seats(self, person_id: str, name: str) -> int:
        """Call whoever sits somewhere by another name, where it was not said who sits down; return on how many."""
        mine = (seats.c.person_id == person_id, seats.c.said.is_(False))
        return await self._session.run(update(seats).where(*mine).values(name=name))

    async def all_seats(self) -> dict[tuple[str, str], Seat]:
        """Return who sits where, by jurisdiction and plan."""
        rows = await self._session.rows(select(seats).order_by(seats.c.jurisdiction, seats.c.plan_id))
        return {
            (row.jurisdiction, row.plan_id): Seat(
                person_id=row.person_id, name=row.name, since=row.since, said=row.said
            )
            for row in rows
        }

    async def seats_of(self, person_id: str) -> list[tuple[str, str]]:
        """Return the seats that a person sits on: (jurisdiction, plan) each."""
        statement = select(seats.c.jurisdiction, seats.c.plan_id).where(seats.c.person_id == person_id)
        return [(row.jurisdiction, row.plan_id) for row in await self._session.rows(statement)]

    async def vacate(self, jurisdiction: str, plan_id: str, person_id: str) -> bool:
        """Let nobody sit on a seat; False when somebody else sits there."""
        mine = (seats.c.jurisdiction == jurisdiction, seats.c.plan_id == plan_id, seats.c.person_id == person_id)
        return await self._session.run(delete(seats).where(*mine)) > 0
