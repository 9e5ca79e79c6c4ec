"""Roles that people hold in a plan's command body, and units that they speak for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from plans.roster.people import name_key
from storage.columns import UtcDateTime, metadata
from storage.people.persons import BEARS, Person, people
from storage.session import Repository, parts

holdings = Table(
    "holdings",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("role", String, nullable=False),
    Column("unit", String),
    Column("granted_by", String, nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("until", UtcDateTime),
    Column("acting_for", String, ForeignKey("people.id")),
)
_held = holdings.c.ended_at.is_(None)
_lender = holdings.alias("lender")
_counts = and_(
    _held,
    or_(
        holdings.c.until.is_(None),
        and_(
            holdings.c.until > bindparam("now"),
            exists().where(
                _lender.c.person_id == holdings.c.acting_for,
                _lender.c.jurisdiction == holdings.c.jurisdiction,
                _lender.c.plan_id == holdings.c.plan_id,
                _lender.c.role == holdings.c.role,
                _lender.c.unit.is_not_distinct_from(holdings.c.unit),
                _lender.c.ended_at.is_(None),
                _lender.c.until.is_(None),
            ),
        ),
    ),
)
"""Held now: what is lent (代行) only until its moment, and while whoever lent it holds it himself."""

Index("ix_holdings_person", holdings.c.person_id, sqlite_where=_held, postgresql_where=_held)
Index(
    "ix_holdings_role",
    holdings.c.jurisdiction,
    holdings.c.plan_id,
    holdings.c.role,
    holdings.c.unit,  # thousands of heads hold the same role, each for a school
    sqlite_where=_held,
    postgresql_where=_held,
)
_lent = and_(_held, holdings.c.until.is_not(None))
Index("ix_holdings_until", holdings.c.until, sqlite_where=_lent, postgresql_where=_lent)
_LAPSE = update(holdings).where(_lent, holdings.c.until <= bindparam("now")).values(ended_at=holdings.c.until)
_ANSWERED_FOR = (
    select(holdings.c.unit)
    .join(people, people.c.id == holdings.c.person_id)
    .where(
        _counts,
        holdings.c.jurisdiction == bindparam("jurisdiction"),
        holdings.c.plan_id == bindparam("plan_id"),
        holdings.c.unit.is_not(None),
        people.c.place_id.is_not(None),
        people.c.blocked_at.is_(None),
    )
    .distinct()
)
_REACHABLE = _ANSWERED_FOR.where(holdings.c.role == "liaison")
_REACHABLE_BY_HEAD = _ANSWERED_FOR.where(holdings.c.role.in_(("liaison", "head")))


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A role held by a person.

    Attributes:
        role: the plan's role id. unit: the unit it is held for, None for roles without one.
        granted_by: the person's id, or what else made it (``settings``).
        ended_at: None while it is held.
        until: the moment at which a role that is held for somebody else (代行) ends by itself. acting_for: whose it is.
    """

    id: str
    person_id: str
    jurisdiction: str
    plan_id: str
    role: str
    unit: str | None = None
    granted_by: str
    granted_at: datetime
    ended_at: datetime | None = None
    until: datetime | None = None
    acting_for: str | None = None


_GRANT = insert(holdings)
_ALL_HELD = (
    select(holdings)
    .where(_counts, holdings.c.jurisdiction == bindparam("jurisdiction"))
    .order_by(holdings.c.plan_id, holdings.c.role, holdings.c.unit, holdings.c.granted_at, holdings.c.id)
)


class Holdings(Repository):
    """The roles held."""

    async def grant(self, holding: Holding) -> None:
        """Give a role."""
        await self._session.run(_GRANT, vars(holding))

    async def revoke(self, id: str, at: datetime) -> bool:
        """Take a role away; False when it was not held any more."""
        mine = (holdings.c.id == id, _held)
        return await self._session.run(update(holdings).where(*mine).values(ended_at=at)) > 0

    async def lapse(self, now: datetime) -> int:
        """End what was held for somebody else and only until now; for the beginning of whatever asks for a role."""
        return await self._session.run(_LAPSE, {"now": now})

    async def lent_by(self, person_id: str) -> list[Holding]:
        """Return the roles of a person that others hold for them."""
        mine = select(holdings).where(_counts, holdings.c.until.is_not(None), holdings.c.acting_for == person_id)
        return await self._session.read(Holding, mine.order_by(holdings.c.granted_at, holdings.c.id), self._now())

    async def holding(self, id: str) -> Holding | None:
        """Return a role held, None when it is not held any more."""
        return await self._session.read_one(Holding, select(holdings).where(_counts, holdings.c.id == id), self._now())

    async def holdings(self, person_id: str, jurisdiction: str | None = None, lock: bool = False) -> list[Holding]:
        """Return the roles that a person holds, the oldest first.

        Args:
            person_id: whose.
            jurisdiction: only there.
            lock: nobody can take them away until this transaction ends; for deciding what a person may do.
        """
        key = ("holdings", person_id)
        known: Sequence[Holding] | None = None if lock else self._session.kept(key)
        if known is None:
            parameters = {"person_id": person_id, **self._now()}
            known = await self._session.read(Holding, _HELD_FOR_GOOD if lock else _HELD_BY, parameters)
            self._session.keep(key, known, holdings)
        return [holding for holding in known if jurisdiction in (None, holding.jurisdiction)]

    async def all_of(self, person_id: str) -> list[Holding]:
        """Return the roles that a person holds and those that were taken away, the oldest first."""
        mine = select(holdings).where(holdings.c.person_id == person_id)
        return await self._session.read(Holding, mine.order_by(holdings.c.granted_at, holdings.c.id))

    async def holders(self, jurisdiction: str, plan_id: str, role: str, unit: str | None = None) -> list[Person]:
        """Return the persons who hold a role, for any unit when ``unit`` is None; who held it first comes first."""
        parameters = {"jurisdiction": jurisdiction, "plan_id": plan_id, "role": role} | (
            {} if unit is None else {"unit": unit}
        )
        statement = _holders(*parameters)
        key = (statement, *parameters.values())
        found = await self._session.once(
            key, lambda: self._session.read(Person, statement, parameters | self._now()), holdings, people
        )
        return [*found]

    async def holders_of_units(
        self, jurisdiction: str, plan_id: str, role: str, units: Collection[str]
    ) -> dict[str, list[Person]]:
        """Return for each of these units what :meth:`holders` would; of a unit without any nothing."""
        found: dict[str, list[Person]] = {}
        for some in parts(units):
            parameters: dict[str, Any] = {
                "jurisdiction": jurisdiction, "plan_id": plan_id, "role": role,
                "units": some, **self._now(),
            }  # fmt: skip
            for row in await self._session.rows(_HOLDERS_OF_UNITS, parameters):
                values = dict(row._asdict())
                found.setdefault(values.pop("unit"), []).append(Person(**values))
        return found

    async def reachable_units(self, jurisdiction: str, plan_id: str, *, by_head: bool = False) -> frozenset[str]:
        """Return the units of a plan that somebody answers for whom the bot can write to.

        Args:
            by_head: also those whose head alone can be written to, as it is enough for a listed body (a school).
        """
        parameters = {"jurisdiction": jurisdiction, "plan_id": plan_id, **self._now()}
        statement = _REACHABLE_BY_HEAD if by_head else _REACHABLE
        rows = await self._session.once(
            (statement, jurisdiction, plan_id), lambda: self._session.rows(statement, parameters), holdings, people
        )
        return frozenset(row.unit for row in rows)

    async def every(self) -> list[Holding]:
        """Return all roles of everybody, those that were taken away too, the oldest first."""
        return await self._session.read(Holding, select(holdings).order_by(holdings.c.granted_at, holdings.c.id))

    async def unasked(self, most: int) -> list[Person]:
        """Return some who hold something, can be written to, and were neither confirmed nor asked who they are."""
        return await self._session.read(Person, _UNASKED, {"most": most, **self._now()})

    async def all_holdings(self, jurisdiction: str) -> list[Holding]:
        """Return all roles held in a jurisdiction, by plan, role and unit."""
        return await self._session.read(Holding, _ALL_HELD, {"jurisdiction": jurisdiction, **self._now()})

    async def administering(self) -> list[Holding]:
        """Return the administrators' roles of all jurisdictions, by jurisdiction."""
        mine = select(holdings).where(_counts, holdings.c.role == "admin")
        order = (holdings.c.jurisdiction, holdings.c.granted_at, holdings.c.id)
        return await self._session.read(Holding, mine.order_by(*order), self._now())

    async def registered(self, jurisdiction: str, plan_id: str) -> list[Person]:
        """Return who holds a role under a plan, or under every plan of its jurisdiction; reporters hold none."""
        parameters = {"jurisdiction": jurisdiction, "plan_id": plan_id, **self._now()}
        key = ("registered", jurisdiction, plan_id)
        found = await self._session.once(
            key, lambda: self._session.read(Person, _REGISTERED, parameters), holdings, people
        )
        return [*found]

    async def bearing(self, names: Iterable[str], jurisdiction: str, plan_id: str | None = None) -> list[Person]:
        """Return who was confirmed under one of some names, of those who hold something in a jurisdiction.

        Args:
            plan_id: only those whom :meth:`registered` returns for it; None = whatever they hold, reporters too.
        """
        wanted = frozenset(filter(None, map(name_key, names)))
        key = ("bearing", jurisdiction, plan_id, wanted)
        found = await self._session.once(key, lambda: self._bearing(wanted, jurisdiction, plan_id), holdings, people)
        return [*found]

    async def _bearing(self, names: Collection[str], jurisdiction: str, plan_id: str | None) -> list[Person]:
        statement = _BEARING_ANY if plan_id is None else _BEARING
        parameters = {"jurisdiction": jurisdiction, **({} if plan_id is None else {"plan_id": plan_id}), **self._now()}
        found: list[Person] = []
        for some in parts(names):
            found += await self._session.read(Person, statement, {**parameters, "names": some})
        return found

    async def officers(self, jurisdiction: str, plan_id: str, others: Collection[str]) -> list[Person]:
        """Return whom :meth:`registered` returns for more than some roles."""
        parameters = {"jurisdiction": jurisdiction, "plan_id": plan_id, "others": [*others], **self._now()}
        return await self._session.read(Person, _OFFICERS, parameters)

    async def held_by(self, persons: Iterable[str], jurisdiction: str) -> list[Holding]:
        """Return the roles that some persons hold in a jurisdiction, the oldest first."""
        found: list[Holding] = []
        for some in parts(persons):
            parameters = {"jurisdiction": jurisdiction, "persons": some, **self._now()}
            found += await self._session.read(Holding, _HELD_BY_THESE, parameters)
        return found

    async def everybody(self, jurisdiction: str) -> list[Person]:
        """Return who holds anything in a jurisdiction, reporters too."""
        return await self._session.read(Person, _EVERYBODY, {"jurisdiction": jurisdiction, **self._now()})

    def _now(self) -> dict[str, datetime]:
        return {"now": self._session.now}


@cache
def _holders(*same: str) -> Select[Any]:
    """Return who holds a role with given values of some columns."""
    statement = select(holdings.c.person_id, func.min(holdings.c.granted_at).label("since"))
    statement = statement.where(_counts, *(holdings.c[name] == bindparam(name) for name in same)).group_by(
        holdings.c.person_id
    )
    subquery = statement.subquery()
    return select(people).join(subquery, subquery.c.person_id == people.c.id).order_by(subquery.c.since, people.c.id)


def _holders_of_units() -> Select[Any]:
    """Return who holds a role for any of some units, with the unit; who held it first comes first."""
    same = [holdings.c[name] == bindparam(name) for name in ("jurisdiction", "plan_id", "role")]
    held = (
        select(holdings.c.unit, holdings.c.person_id, func.min(holdings.c.granted_at).label("since"))
        .where(_counts, *same, holdings.c.unit.in_(bindparam("units", expanding=True)))
        .group_by(holdings.c.unit, holdings.c.person_id)
        .subquery()
    )
    joined = select(people, held.c.unit).join(held, held.c.person_id == people.c.id)
    return joined.order_by(held.c.since, people.c.id)


_UNASKED = (
    select(people)
    .where(
        people.c.id.in_(select(holdings.c.person_id).where(_counts)),
        people.c.confirmed_at.is_(None),
        people.c.asked_at.is_(None),
        people.c.place_id.is_not(None),
        people.c.blocked_at.is_(None),
    )
    .order_by(people.c.created_at, people.c.id)
    .limit(bindparam("most"))
)
_HELD_BY = (
    select(holdings)
    .where(_counts, holdings.c.person_id == bindparam("person_id"))
    .order_by(holdings.c.granted_at, holdings.c.id)
)
_there = (_counts, holdings.c.jurisdiction == bindparam("jurisdiction"))
_under_plan = (
    *_there,
    or_(holdings.c.plan_id == bindparam("plan_id"), holdings.c.plan_id == literal("*", String)),
    holdings.c.role != literal("reporter", String),
)
_ordered = (people.c.created_at, people.c.id)
_REGISTERED = (
    select(people).where(people.c.id.in_(select(holdings.c.person_id).where(*_under_plan))).order_by(*_ordered)
)
_EVERYBODY = select(people).where(people.c.id.in_(select(holdings.c.person_id).where(*_there))).order_by(*_ordered)
_OFFICERS = (
    select(people)
    .where(
        people.c.id.in_(
            select(holdings.c.person_id).where(
                *_under_plan, holdings.c.role.not_in(bindparam("others", expanding=True))
            )
        )
    )
    .order_by(*_ordered)
)
_HELD_BY_THESE = (
    select(holdings)
    .where(*_there, holdings.c.person_id.in_(bindparam("persons", expanding=True)))
    .order_by(holdings.c.granted_at, holdings.c.id)
)
_BEARING, _BEARING_ANY = (
    select(people).where(BEARS, exists().where(holdings.c.person_id == people.c.id, *held)).order_by(*_ordered)
    for held in (_under_plan, _there)
)
_HELD_FOR_GOOD = _HELD_BY.with_for_update()
_HOLDERS_OF_UNITS = _holders_of_units()
