"""Cases of every kind but incidents, which have a list of their own: a projection, written with its events."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Select, String, Table, bindparam, func, select

from storage.columns import UtcDateTime, metadata
from storage.counters import count_up
from storage.keyset import behind
from storage.session import Repository

cases = Table(
    "cases",
    metadata,
    Column("stream", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("plan_hash", String, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("place_id", String, ForeignKey("places.id")),
    Column("sequence", Integer, nullable=False),
    Index("ix_cases_open", "jurisdiction", "kind", "open"),
)
_GET = select(cases).where(cases.c.stream == bindparam("stream"))
_SAME = (cases.c.jurisdiction, cases.c.plan_id, cases.c.plan_hash)
_PLANS_IN_USE = select(*_SAME, func.count()).where(cases.c.open).group_by(*_SAME).order_by(*_SAME)
_OPEN = select(cases).where(cases.c.open).order_by(cases.c.opened_at, cases.c.stream)


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One case.

    Attributes:
        stream: the name of its log, which begins with its kind.
        plan_id, plan_hash: the plan that it runs under.
        year, number: by which people call it, counted for each kind; drills are counted apart.
        state: as its kind calls it; ``open`` while it still runs.
        place_id: the chat that it came from.
        sequence: the last event that this row knows.
    """

    stream: str
    kind: str
    jurisdiction: str
    plan_id: str
    plan_hash: str
    drill: bool
    year: int
    number: int
    state: str
    open: bool
    opened_at: datetime
    place_id: str | None
    sequence: int


class Cases(Repository):
    """The list of cases."""

    async def next_number(self, kind: str, jurisdiction: str, year: int, drill: bool) -> int:
        """Return the next number of a kind in a jurisdiction's year; it counts only if this transaction commits."""
        return await count_up(self._session, f"{kind}{'-drill' if drill else ''}:{jurisdiction}:{year}")

    async def save(self, row: CaseRow) -> None:
        """Write a case's row, new or changed."""
        await self._session.upsert(cases, [vars(row)], ["stream"])
        self._session.touched.add("incidents")

    async def get(self, stream: str) -> CaseRow | None:
        """Return a case."""
        return await self._session.read_one(CaseRow, _GET, {"stream": stream})

    async def numbered(self, kind: str, jurisdiction: str, number: int, drill: bool) -> list[CaseRow]:
        """Return the cases of a kind that people call by a number, those of earlier years too, the oldest first."""
        of = {"kind": kind, "jurisdiction": jurisdiction, "number": number, "drill": drill}
        return await self._session.read(CaseRow, _with(*of), of)

    async def called(self, kind: str, number: int, drill: bool) -> list[CaseRow]:
        """Return the cases of a kind with a number, of every jurisdiction, the oldest first."""
        of = {"kind": kind, "number": number, "drill": drill}
        return await self._session.read(CaseRow, _with(*of), of)

    async def plans_in_use(self) -> list[tuple[str, str, str, int]]:
        """Return jurisdiction, plan, hash and how many open cases run on it."""
        return [tuple(row) for row in await self._session.rows(_PLANS_IN_USE)]

    async def newest(self, kind: str, limit: int) -> list[CaseRow]:
        """Return the cases of a kind, the newest first."""
        return await self._session.read(CaseRow, _NEWEST, {"kind": kind, "limit": limit})

    async def latest(
        self, kind: str, jurisdiction: str, states: Collection[str], limit: int, after: int
    ) -> list[CaseRow]:
        """Return the cases of a kind in some states, those that run first and then the newest, behind so many."""
        mine = (cases.c.kind == kind, cases.c.jurisdiction == jurisdiction, cases.c.state.in_(sorted(states)))
        order = (cases.c.open.desc(), cases.c.opened_at.desc(), cases.c.stream)
        found = select(cases).where(*mine).order_by(*order).limit(limit).offset(after)
        return await self._session.read(CaseRow, found)

    async def page(
        self, kind: str, jurisdiction: str, plan_ids: Collection[str], limit: int, *,
        after: tuple[datetime, str] | None = None, open_only: bool = False,
    ) -> list[CaseRow]:  # fmt: skip
        """Return the cases of a kind under some plans, the oldest first, behind one of a moment and a log."""
        order = (cases.c.opened_at, cases.c.stream)
        mine = [cases.c.kind == kind, cases.c.jurisdiction == jurisdiction, cases.c.plan_id.in_(sorted(plan_ids))]
        mine += [behind(order, after)] if after is not None else []
        mine += [cases.c.open] if open_only else []
        return await self._session.read(CaseRow, select(cases).where(*mine).order_by(*order).limit(limit))

    async def opened_between(
        self, kind: str, jurisdiction: str, since: datetime, until: datetime, *, drill: bool
    ) -> list[CaseRow]:
        """Return the cases of a kind that were opened in a stretch of time, the oldest first."""
        of = {"kind": kind, "jurisdiction": jurisdiction, "drill": drill, "since": since, "until": until}
        return await self._session.read(CaseRow, _OPENED_BETWEEN, of)

    async def open(self, kind: str | None = None, jurisdiction: str | None = None) -> list[CaseRow]:
        """Return the cases that still run, of one kind or all, the oldest first."""
        given = {"kind": kind, "jurisdiction": jurisdiction}
        given = {name: value for name, value in given.items() if value is not None}
        return [*await self._session.read_once(CaseRow, _open(*given), given, cases)]


@cache
def _open(*same: str) -> Select[Any]:
    """Return the cases that still run, with given values of some columns."""
    return _OPEN.where(*(cases.c[name] == bindparam(name) for name in same))


@cache
def _with(*same: str) -> Select[Any]:
    """Return the cases with given values of some columns, the oldest first."""
    return select(cases).where(*(cases.c[name] == bindparam(name) for name in same)).order_by(cases.c.opened_at)


_NEWEST = (
    select(cases)
    .where(cases.c.kind == bindparam("kind"))
    .order_by(cases.c.opened_at.desc(), cases.c.stream)
    .limit(bindparam("limit"))
)
_OPENED_BETWEEN = _with("kind", "jurisdiction", "drill").where(
    cases.c.opened_at >= bindparam("since"), cases.c.opened_at <= bindparam("until")
)
