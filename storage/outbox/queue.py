"""Writing messages and taking them for sending."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, literal, or_, select, tuple_, update

from storage.outbox.tables import DROPPED, PENDING, SENDING, NewMessage, OutboxRow, outbox, unfinished
from storage.session import Repository

_FRESH: dict[str, Any] = {"state": PENDING, "attempts": 0, "ambiguous": 0}


class Queue(Repository):
    """Messages on their way out."""

    async def enqueue(self, messages: Sequence[NewMessage]) -> list[int]:
        """Write messages and return their ids.

        One with ``coalesce`` takes the row, and the turn, of the one that waits for the same place under the same key.
        """
        ids: list[int] = []
        plain: list[NewMessage] = []
        for message in messages:
            if message.coalesce is None:
                plain.append(message)
                continue
            ids += await self._insert(plain)  # in the order of the list, which is that of sending
            plain = []
            waiting = await self._waiting(message)
            if waiting is None:
                ids += await self._insert([message])
            else:
                await self._replace(waiting, message)
                ids.append(waiting.id)
        ids += await self._insert(plain)
        if messages:
            self._session.touched.add("outbox")
        return ids

    async def claim(
        self, now: datetime, limit: int, exclude_places: Collection[str] = (), priority_max: int | None = None
    ) -> list[OutboxRow]:
        """Take messages for sending: the most urgent first, then the oldest, and of each place at most one.

        A place of which a message is being sent is left out, so that its messages arrive in order; so is one whose
        next message waits to be tried again. A message whose own time has not come holds nothing up.

        Args:
            now: messages for later stay.
            limit: at most so many.
            exclude_places: places that may not be written to now.
            priority_max: only messages as urgent as this, 1 being the most urgent.
        """
        before = outbox.alias("before")
        due = outbox.c.not_before <= now
        held_up = or_(
            before.c.state == SENDING,
            and_(
                before.c.state == PENDING,
                or_(before.c.not_before <= now, before.c.attempts > 0),
                tuple_(before.c.priority, before.c.id) < tuple_(outbox.c.priority, outbox.c.id),
            ),
        )
        same_place = and_(before.c.place_id == outbox.c.place_id, unfinished(before))
        first = ~select(literal(1)).where(same_place, held_up).exists()
        statement = select(outbox).where(unfinished(outbox), outbox.c.state == PENDING, due, first)
        if exclude_places:
            statement = statement.where(outbox.c.place_id.not_in(exclude_places))
        if priority_max is not None:
            statement = statement.where(outbox.c.priority <= priority_max)
        statement = statement.order_by(outbox.c.priority, outbox.c.id).limit(limit)
        rows = await self._session.rows(statement.with_for_update(skip_locked=True, of=outbox))
        if not rows:
            return []
        taken = {"state": SENDING, "claimed_at": now}
        await self._session.run(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]))
            .values(taken | {"attempts": outbox.c.attempts + 1})
        )
        return [OutboxRow(**{**row._mapping, **taken, "attempts": row.attempts + 1}) for row in rows]

    async def withdraw(self, guards: Collection[str], at: datetime) -> int:
        """Drop waiting messages that depend on these objects and return how many; those being sent are too late."""
        if not guards:
            return 0
        return await self._session.run(
            update(outbox)
            .where(unfinished(outbox), outbox.c.state == PENDING, outbox.c.guard.in_(guards))
            .values(state=DROPPED, error="withdrawn", finished_at=at)
        )

    async def waiting(self) -> list[OutboxRow]:
        """Return all that is to be sent some time, in the order of writing."""
        mine = (unfinished(outbox), outbox.c.state == PENDING)
        return await self._session.read(OutboxRow, select(outbox).where(*mine).order_by(outbox.c.id))

    async def next_at(self, *, after: datetime | None = None) -> datetime | None:
        """Return the earliest ``not_before`` of what waits, past ones too; None when nothing waits.

        Args:
            after: look only at messages that are for later than this.
        """
        statement = select(func.min(outbox.c.not_before)).where(unfinished(outbox), outbox.c.state == PENDING)
        if after is not None:
            statement = statement.where(outbox.c.not_before > after)
        found: datetime | None = await self._session.scalar(statement)
        return found

    async def _insert(self, messages: Sequence[NewMessage]) -> list[int]:
        if not messages:
            return []
        # Both number rows in the order of the list, PostgreSQL when asked to; SQLite would then be asked row by row.
        statement = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=self._session.postgres)
        rows = await self._session.rows(statement, [vars(one) | _FRESH for one in messages])
        return sorted(row.id for row in rows)

    async def _replace(self, waiting: OutboxRow, message: NewMessage) -> None:
        # What is retried keeps its distance; and the age that is measured is that of the oldest untold change.
        kept: dict[str, Any] = {"created_at": waiting.created_at}
        if waiting.attempts:
            kept["not_before"] = max(waiting.not_before, message.not_before)
        await self._session.run(update(outbox).where(outbox.c.id == waiting.id).values(vars(message) | kept))

    async def _waiting(self, message: NewMessage) -> OutboxRow | None:
        return await self._session.read_one(
            OutboxRow,
            select(outbox)
            .where(
                outbox.c.place_id == message.place_id,
                outbox.c.coalesce == message.coalesce,
                unfinished(outbox),
                outbox.c.state == PENDING,
            )
            .order_by(outbox.c.id.desc())
            .limit(1)
            .with_for_update(),
        )
