"""An index of open obligation instances, so that lists and auditors need not fold every log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, String, Table, and_, bindparam, delete, exists, select

from storage.columns import UtcDateTime, metadata
from storage.incidents import incidents
from storage.keyset import behind
from storage.session import Repository
from storage.wakes import wakes

OPEN_STATUSES = ("open", "pending", "overdue", "possible")

obligations = Table(
    "obligations",
    metadata,
    Column("stream", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("rule", String, nullable=False),
    Column("clause", String, nullable=False),
    Column("report", String, nullable=False),
    Column("due", UtcDateTime),
    Column("status", String, nullable=False),
    Column("next_wake", UtcDateTime),
    Index("ix_obligations_next_wake", "next_wake"),
)
_open = obligations.c.status.in_(OPEN_STATUSES)
_GONE = delete(obligations).where(
    obligations.c.stream == bindparam("stream"), obligations.c.key.in_(bindparam("gone", expanding=True))
)
_OF = (
    select(obligations)
    .where(obligations.c.stream == bindparam("stream"))
    .order_by(obligations.c.due.is_(None), obligations.c.due, obligations.c.key)
)


@dataclass(frozen=True, kw_only=True)
class ObligationRow:
    """One instance of an obligation's rule.

    Attributes:
        stream: the incident's log.
        key: the instance, unique in the stream; its wake has the same key.
        rule, clause, report: the rule in the plan, its clause, and 首报, 续报 …
        due: None where the plan sets no time.
        status: open (or pending, or overdue) and possible are open; filed, late, waived and superseded are not.
        next_wake: when it will be reminded of.
    """

    stream: str
    key: str
    rule: str
    clause: str
    report: str
    due: datetime | None
    status: str
    next_wake: datetime | None


_MISSED = (
    select(obligations)
    .where(
        _open,
        obligations.c.next_wake < bindparam("now"),
        ~exists().where(and_(wakes.c.stream == obligations.c.stream, wakes.c.key == obligations.c.key)),
    )
    .order_by(obligations.c.next_wake, obligations.c.stream, obligations.c.key)
)


class Obligations(Repository):
    """The index."""

    async def replace(self, stream: str, rows: Sequence[ObligationRow], *, new: bool = False) -> None:
        """Make a stream's rows these; rows that are the same already are not written.

        Args:
            new: the stream begins in this transaction, and has none.
        """
        present = {} if new else {row.key: row for row in await self.of(stream)}
        owed = {row.key: row for row in rows}
        gone = present.keys() - owed.keys()
        if gone:
            await self._session.run(_GONE, {"stream": stream, "gone": list(gone)})
        changed = [vars(row) | {"stream": stream} for key, row in owed.items() if present.get(key) != row]
        await self._session.upsert(obligations, changed, ["stream", "key"])

    async def of(self, stream: str) -> list[ObligationRow]:
        """Return a stream's rows, the earliest due first."""
        return await self._session.read(ObligationRow, _OF, {"stream": stream})

    async def open(self, jurisdiction: str | None = None) -> list[ObligationRow]:
        """Return the open instances of a jurisdiction's incidents, the earliest due first."""
        statement = select(obligations).where(_open)
        if jurisdiction is not None:
            statement = statement.join(incidents, incidents.c.stream == obligations.c.stream).where(
                incidents.c.jurisdiction == jurisdiction
            )
        return await self._session.read(
            ObligationRow,
            statement.order_by(obligations.c.due.is_(None), obligations.c.due, obligations.c.stream, obligations.c.key),
        )

    async def page(
        self, jurisdiction: str, plan_ids: Sequence[str], limit: int, *, after: tuple[datetime, str, str] | None = None
    ) -> list[ObligationRow]:
        """Return open instances of some plans' incidents, the earliest due first, behind one."""
        order = (obligations.c.due, obligations.c.stream, obligations.c.key)
        mine = [_open, obligations.c.due.is_not(None), incidents.c.jurisdiction == jurisdiction]
        mine += [incidents.c.plan_id.in_(plan_ids), *([behind(order, after)] if after is not None else [])]
        joined = select(obligations).join(incidents, incidents.c.stream == obligations.c.stream).where(*mine)
        return await self._session.read(ObligationRow, joined.order_by(*order).limit(limit))

    async def missed(self, now: datetime) -> list[ObligationRow]:
        """Return open instances that nobody will be reminded of, for an auditor: the moment is past, no wake waits."""
        return await self._session.read(ObligationRow, _MISSED, {"now": now})
