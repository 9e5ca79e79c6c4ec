"""值班表: who is on duty when, as the office wrote it down. It never moves a seat by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, String, Table, bindparam, delete, insert, select

from storage.columns import UtcDateTime, Words, metadata
from storage.session import Repository

shifts = Table(
    "shifts",
    metadata,
    Column("jurisdiction", String, primary_key=True),
    Column("plan_id", String, primary_key=True),
    Column("begins", UtcDateTime, primary_key=True),
    Column("ends", UtcDateTime, nullable=False),
    Column("kind", String, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("phone", Words, nullable=False),
    Column("office", Words, primary_key=True, server_default=""),
    Index("ix_shifts_ends", "jurisdiction", "plan_id", "ends"),
)
_mine = (shifts.c.jurisdiction == bindparam("jurisdiction"), shifts.c.plan_id == bindparam("plan_id"))
_BETWEEN = (
    select(shifts)
    .where(*_mine, shifts.c.ends > bindparam("after"), shifts.c.begins < bindparam("before"))
    .order_by(shifts.c.begins, shifts.c.kind, shifts.c.name)
)


@dataclass(frozen=True, kw_only=True)
class ShiftRow:
    """One person's turn.

    Attributes:
        kind: 主班, 副班 or 带班领导. name: as the roster has it.
        phone: empty where it has none; only for bound members, in private.
        office: where the roster says it, so as to tell two of one name apart.
    """

    jurisdiction: str
    plan_id: str
    begins: datetime
    ends: datetime
    kind: str
    name: str
    phone: str = ""
    office: str = ""


class Shifts(Repository):
    """The duty rosters."""

    async def shifts(self, jurisdiction: str, plan_id: str, after: datetime, before: datetime) -> list[ShiftRow]:
        """Return the turns that touch a span of time, by their beginning."""
        parameters = {"jurisdiction": jurisdiction, "plan_id": plan_id, "after": after, "before": before}
        return await self._session.read(ShiftRow, _BETWEEN, parameters)

    async def names_on_rosters(self) -> list[str]:
        """Return the names of everybody who is or was on duty."""
        return [str(row.name) for row in await self._session.rows(select(shifts.c.name).distinct())]

    async def replace_shifts(
        self, jurisdiction: str, plan_id: str, after: datetime, before: datetime, rows: Sequence[ShiftRow]
    ) -> int:
        """Put turns in the place of those that begin within a span; return how many went."""
        parameters = {"jurisdiction": jurisdiction, "plan_id": plan_id, "after": after, "before": before}
        gone = delete(shifts).where(
            *_mine, shifts.c.begins >= bindparam("after"), shifts.c.begins < bindparam("before")
        )
        count = await self._session.run(gone, parameters)
        if rows:
            await self._session.run(insert(shifts), [vars(row) for row in rows])
        return count
