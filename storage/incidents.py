"""Incidents as a list shows them: a projection, written with the events it follows from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    exists,
    func,
    select,
    true,
)

from storage.columns import UtcDateTime, Words, metadata
from storage.counters import count_up
from storage.keyset import behind
from storage.people.holdings import holdings
from storage.people.persons import people
from storage.session import Repository

CLOSED_STATES = ("closed", "rejected", "merged")

incidents = Table(
    "incidents",
    metadata,
    Column("stream", String, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("plan_version", String, nullable=False),
    Column("plan_hash", String, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("event_level", String),
    Column("response_level", String),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("occurred_at", UtcDateTime),
    Column("text", Words, nullable=False),
    Column("place_id", String, ForeignKey("places.id")),
    Column("sequence", Integer, nullable=False),
    UniqueConstraint("jurisdiction", "drill", "year", "number"),
)
open_incident = _open = incidents.c.state.not_in(CLOSED_STATES)
Index("ix_incidents_state", incidents.c.jurisdiction, incidents.c.state)
Index("ix_incidents_reported_at", incidents.c.reported_at)
_GET = select(incidents).where(incidents.c.stream == bindparam("stream"))


@dataclass(frozen=True, kw_only=True)
class IncidentRow:
    """One incident.

    Attributes:
        stream: ``incident:…``, the name of its log.
        plan_id, plan_version, plan_hash: the plan it keeps to its end.
        year, number: 2026 and 17 for "17号"; drills are counted apart.
        state: reported, responding, ended, closed, rejected or merged.
        event_level, response_level: None while undetermined or not declared.
        text: what was reported, in short.
        place_id: the chat it belongs to.
        sequence: the last event that this row knows.
    """

    stream: str
    jurisdiction: str
    plan_id: str
    plan_version: str
    plan_hash: str
    drill: bool
    year: int
    number: int
    state: str
    event_level: str | None
    response_level: str | None
    reported_at: datetime
    occurred_at: datetime | None
    text: str
    place_id: str | None
    sequence: int


class Incidents(Repository):
    """The list of incidents."""

    async def next_number(self, jurisdiction: str, year: int, drill: bool) -> int:
        """Return the next number of a jurisdiction's year; it counts only if this transaction commits."""
        return await count_up(self._session, f"{'drill' if drill else 'incident'}:{jurisdiction}:{year}")

    async def save(self, row: IncidentRow) -> None:
        """Write an incident's row, new or changed."""
        await self._session.upsert(incidents, [vars(row)], ["stream"])
        self._session.touched.add("incidents")

    async def get(self, stream: str) -> IncidentRow | None:
        """Return an incident."""
        return await self._session.read_one(IncidentRow, _GET, {"stream": stream})

    async def by_number(self, jurisdiction: str, year: int | None, number: int, drill: bool) -> IncidentRow | None:
        """Return the incident that people call by a number; of the newest year that has it when ``year`` is None."""
        of: dict[str, Any] = {"jurisdiction": jurisdiction, "number": number, "drill": drill}
        statement, of = (_NUMBERED, of) if year is None else (_NUMBERED_OF_YEAR, {**of, "year": year})
        return await self._session.read_one(IncidentRow, statement, of)

    async def open(self, jurisdiction: str | None = None, plan_id: str | None = None) -> list[IncidentRow]:
        """Return the incidents that are not closed, rejected or merged, the oldest first."""
        parameters = {
            name: value for name, value in (("jurisdiction", jurisdiction), ("plan_id", plan_id)) if value is not None
        }
        return [*await self._session.read_once(IncidentRow, _open_of(*parameters), parameters, incidents)]

    async def open_ends(self, jurisdiction: str) -> dict[str, int]:
        """Return the open incidents of a jurisdiction, each with the last event that its row knows."""
        rows = await self._session.rows(_OPEN_ENDS, {"jurisdiction": jurisdiction})
        return {row.stream: row.sequence for row in rows}

    async def count_from(self, place_id: str, since: datetime) -> int:
        """Return how many incidents were reported from a chat since a moment."""
        return int(await self._session.scalar(_COUNT_FROM, {"place_id": place_id, "since": since}))

    async def count_of_strangers(self, jurisdiction: str, since: datetime) -> int:
        """Return how many people without a role reported in private since a moment."""
        return int(await self._session.scalar(_COUNT_OF_STRANGERS, {"jurisdiction": jurisdiction, "since": since}))

    async def newest_open(
        self, jurisdiction: str | None, limit: int, *, since: datetime | None = None, until: datetime | None = None
    ) -> list[IncidentRow]:
        """Return the open incidents that were reported last, the newest first.

        Args:
            since, until: only those that happened between.
        """
        given: dict[str, Any] = {"jurisdiction": jurisdiction, "since": since, "until": until}
        given = {name: value for name, value in given.items() if value is not None}
        return await self._session.read(IncidentRow, _newest_open(*given), given | {"limit": limit})

    async def open_from(self, place_id: str) -> list[IncidentRow]:
        """Return the open incidents that were reported from a chat, the oldest first."""
        return await self._session.read(IncidentRow, _open_of("place_id"), {"place_id": place_id})

    async def count_open(self, jurisdiction: str) -> int:
        """Return how many incidents are open."""
        return int(await self._session.scalar(_COUNT_OPEN, {"jurisdiction": jurisdiction}))

    async def count_waiting(self, jurisdiction: str) -> int:
        """Return how many incidents are reported, and have no response."""
        of = {"jurisdiction": jurisdiction}
        key = (_COUNT_WAITING, jurisdiction)
        return int(await self._session.once(key, lambda: self._session.scalar(_COUNT_WAITING, of), incidents))

    async def drills(self, jurisdiction: str, states: Sequence[str]) -> list[str]:
        """Return the logs of the drills that are in one of these states, by name."""
        rows = await self._session.rows(_DRILLS, {"jurisdiction": jurisdiction, "states": list(states)})
        return [row.stream for row in rows]

    async def drill_runs(self, jurisdiction: str, plan_id: str, states: Sequence[str]) -> bool:
        """Return whether a drill of a plan is open in one of these states."""
        parameters = {"jurisdiction": jurisdiction, "plan_id": plan_id, "states": list(states)}
        key = (_DRILL, jurisdiction, plan_id, tuple(states))
        return await self._session.once(key, lambda: self._session.first(_DRILL, parameters), incidents) is not None

    async def plans_in_use(self) -> list[tuple[str, str, str, int]]:
        """Return jurisdiction, plan, hash and how many open incidents run on it."""
        return [tuple(row) for row in await self._session.rows(_PLANS_IN_USE)]

    async def list(self, jurisdiction: str | None = None, limit: int = 100) -> list[IncidentRow]:
        """Return incidents, the newest report first."""
        parameters = {"limit": limit} | ({} if jurisdiction is None else {"jurisdiction": jurisdiction})
        return await self._session.read(IncidentRow, _newest(jurisdiction is not None), parameters)

    async def page(
        self, jurisdiction: str, plan_ids: Sequence[str], limit: int, *, after: tuple[datetime, str] | None = None,
        open_only: bool = False, drills: bool = True,
    ) -> Sequence[IncidentRow]:  # fmt: skip
        """Return incidents of some plans, the oldest report first, behind one of a moment and a log."""
        order = (incidents.c.reported_at, incidents.c.stream)
        mine = [incidents.c.jurisdiction == jurisdiction, incidents.c.plan_id.in_(plan_ids)]
        mine += [behind(order, after)] if after is not None else []
        mine += [_open] if open_only else []
        mine += [] if drills else [~incidents.c.drill]
        return await self._session.read(IncidentRow, select(incidents).where(*mine).order_by(*order).limit(limit))

    async def reported_between(
        self, jurisdiction: str, plan_id: str, since: datetime, until: datetime, *, drill: bool, limit: int = 20
    ) -> Sequence[IncidentRow]:
        """Return what was reported under a plan in a span of time, its ends included, the newest first."""
        of = {
            "jurisdiction": jurisdiction, "plan_id": plan_id, "drill": drill, "since": since, "until": until,
            "limit": limit,
        }  # fmt: skip
        return await self._session.read(IncidentRow, _REPORTED_BETWEEN, of)


@cache
def _newest(of_one: bool) -> Select[Any]:
    """Return the incidents, those of a ``jurisdiction`` only or all, the newest report first."""
    mine = (incidents.c.jurisdiction == bindparam("jurisdiction"),) if of_one else ()
    newest = select(incidents).where(*mine).order_by(incidents.c.reported_at.desc(), incidents.c.stream)
    return newest.limit(bindparam("limit"))


@cache
def _open_of(*narrowed: str) -> Select[Any]:
    """Return the open incidents, those with given values of some columns only."""
    same = (incidents.c[name] == bindparam(name) for name in narrowed)
    return select(incidents).where(_open, *same).order_by(incidents.c.reported_at, incidents.c.stream)


@cache
def _newest_open(*narrowed: str) -> Select[Any]:
    """Return the open incidents, the newest first, of a jurisdiction or of a span of time where those are given."""
    wanted = select(incidents).where(_open)
    for name, condition in (
        ("jurisdiction", incidents.c.jurisdiction == bindparam("jurisdiction")),
        ("since", incidents.c.occurred_at >= bindparam("since")),
        ("until", incidents.c.occurred_at <= bindparam("until")),
    ):
        if name in narrowed:
            wanted = wanted.where(condition)
    newest = wanted.order_by(incidents.c.reported_at.desc(), incidents.c.stream.desc())
    return newest.limit(bindparam("limit"))


_NUMBERED = (
    select(incidents)
    .where(
        incidents.c.jurisdiction == bindparam("jurisdiction"),
        incidents.c.number == bindparam("number"),
        incidents.c.drill == bindparam("drill"),
    )
    .order_by(incidents.c.year.desc())
    .limit(1)
)
_NUMBERED_OF_YEAR = _NUMBERED.where(incidents.c.year == bindparam("year"))
_COUNT_FROM = select(func.count()).where(
    incidents.c.place_id == bindparam("place_id"), incidents.c.reported_at > bindparam("since")
)
_COUNT_OF_STRANGERS = (
    select(func.count())
    .select_from(incidents.join(people, people.c.place_id == incidents.c.place_id))
    .where(
        incidents.c.jurisdiction == bindparam("jurisdiction"),
        incidents.c.reported_at > bindparam("since"),
        ~exists().where(holdings.c.person_id == people.c.id, holdings.c.ended_at.is_(None)),
    )
)
_REPORTED_BETWEEN = (
    select(incidents)
    .where(
        incidents.c.jurisdiction == bindparam("jurisdiction"),
        incidents.c.plan_id == bindparam("plan_id"),
        incidents.c.drill == bindparam("drill"),
        incidents.c.reported_at.between(bindparam("since"), bindparam("until")),
        incidents.c.state.not_in(("rejected", "merged")),
    )
    .order_by(incidents.c.reported_at.desc(), incidents.c.stream)
    .limit(bindparam("limit"))
)
_OPEN_ENDS = select(incidents.c.stream, incidents.c.sequence).where(
    _open, incidents.c.jurisdiction == bindparam("jurisdiction")
)
_COUNT_OPEN = (
    select(func.count()).select_from(incidents).where(_open, incidents.c.jurisdiction == bindparam("jurisdiction"))
)
_COUNT_WAITING = _COUNT_OPEN.where(incidents.c.state == "reported", func.coalesce(incidents.c.response_level, "") == "")
_DRILLS = (
    select(incidents.c.stream)
    .where(
        incidents.c.drill == true(),
        incidents.c.jurisdiction == bindparam("jurisdiction"),
        incidents.c.state.in_(bindparam("states", expanding=True)),
    )
    .order_by(incidents.c.stream)
)
_DRILL = _DRILLS.where(incidents.c.plan_id == bindparam("plan_id")).limit(1)
_SAME = (incidents.c.jurisdiction, incidents.c.plan_id, incidents.c.plan_hash)
_PLANS_IN_USE = select(*_SAME, func.count()).where(_open).group_by(*_SAME).order_by(*_SAME)
