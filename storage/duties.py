"""Duties of every day: for which plans they are chased, who has a book, and each duty in each period.

The switch is set by an administrator; books and instances are projections, written with the events of a book.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Select,
    bindparam,
    delete,
    func,
    select,
    tuple_,
)

from storage.duty_tables import BookRow, DutySwitch, InstanceRow, Status, duty_books, duty_instances, duty_switches
from storage.keyset import behind
from storage.session import Repository, parts

_KEY = ("jurisdiction", "plan_id", "bearer_kind", "bearer", "duty", "period")
_PERIOD = (duty_instances.c.duty, duty_instances.c.period)
_BEARER = (
    duty_instances.c.jurisdiction == bindparam("jurisdiction"), duty_instances.c.plan_id == bindparam("plan_id"),
    duty_instances.c.bearer_kind == bindparam("bearer_kind"), duty_instances.c.bearer == bindparam("bearer"),
)  # fmt: skip
_SINCE = select(duty_instances).where(*_BEARER, duty_instances.c.year >= bindparam("since"))
_KNOWN = select(duty_books.c.sequence).where(duty_books.c.stream == bindparam("stream"))
_KNOWN_OF = select(duty_books.c.stream, duty_books.c.sequence).where(
    duty_books.c.stream.in_(bindparam("streams", expanding=True))
)
_BOOK = select(duty_books).where(duty_books.c.stream == bindparam("stream"))


_SWITCHES = select(duty_switches).order_by(duty_switches.c.jurisdiction, duty_switches.c.plan_id)
_SWITCHES_OF = _SWITCHES.where(duty_switches.c.jurisdiction == bindparam("jurisdiction"))
_OPEN_OF = (
    select(duty_books)
    .where(
        duty_books.c.jurisdiction == bindparam("jurisdiction"),
        duty_books.c.state == "open",
        duty_books.c.bearer.in_(bindparam("bearers", expanding=True)),
    )
    .order_by(duty_books.c.stream)
)
_OPEN_OF_PLAN = _OPEN_OF.where(duty_books.c.plan_id == bindparam("plan_id"))
_COUNT_BOOKS = (
    select(func.count())
    .select_from(duty_books)
    .where(*(duty_books.c[name] == bindparam(name) for name in ("jurisdiction", "plan_id", "state")))
)
_OF_BOOK = (
    select(duty_instances)
    .where(duty_instances.c.stream == bindparam("stream"))
    .order_by(duty_instances.c.due, *_PERIOD)
)
_WHOSE = (duty_instances.c.bearer_kind, duty_instances.c.bearer)
_IS_OVERDUE = (
    duty_instances.c.jurisdiction == bindparam("jurisdiction"),
    duty_instances.c.plan_id == bindparam("plan_id"),
    duty_instances.c.said == "",
    (duty_instances.c.due <= bindparam("now")) | duty_instances.c.returned_at.is_not(None),
)
"""Nobody has said anything of it although its end is past, or it was sent back."""
_OVERDUE = select(duty_instances).where(*_IS_OVERDUE).order_by(*_WHOSE, duty_instances.c.due, duty_instances.c.duty)
_COUNT_OVERDUE = (
    select(*_WHOSE, func.count().label("some"))
    .where(*_IS_OVERDUE)
    .group_by(*_WHOSE)
    .order_by(func.count().desc(), *_WHOSE)
)


@cache
def _books(*same: str) -> Select[Any]:
    """Return the books with given values of some columns, by plan, bearer and year."""
    order = (duty_books.c.plan_id, duty_books.c.bearer_kind, duty_books.c.bearer, duty_books.c.year)
    return select(duty_books).where(*(duty_books.c[name] == bindparam(name) for name in same)).order_by(*order)


@cache
def _instances(*narrowed: str) -> Select[Any]:
    """Return instances by plan, bearer and end, narrowed by what :meth:`Duties.instances` is given."""
    c = duty_instances.c
    narrowing = {
        "jurisdiction": c.jurisdiction == bindparam("jurisdiction"),
        "plan_id": c.plan_id == bindparam("plan_id"),
        "after": c.due >= bindparam("after"),
        "before": c.due < bindparam("before"),
        "duty": c.duty == bindparam("duty"),
    }
    wanted = select(duty_instances).where(*(narrowing[name] for name in narrowed))
    return wanted.order_by(c.plan_id, c.bearer_kind, c.bearer, c.due, c.duty, c.period)


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


class Duties(Repository):
    """Switches, books and instances."""

    async def switch(self, row: DutySwitch) -> None:
        """Say whether the duties of a plan are chased from now on."""
        await self._session.upsert(duty_switches, [vars(row)], ["jurisdiction", "plan_id"])

    async def switches(self, jurisdiction: str | None = None) -> list[DutySwitch]:
        """Return what administrators said, of one jurisdiction or all."""
        if jurisdiction is None:
            return await self._session.read(DutySwitch, _SWITCHES)
        return await self._session.read(DutySwitch, _SWITCHES_OF, {"jurisdiction": jurisdiction})

    async def write(self, book: BookRow, rows: Sequence[InstanceRow]) -> None:
        """Make the rows of a book these; what a later book tells stays, and rows that are the same are not written.

        Raises:
            sqlalchemy.exc.IntegrityError: the bearer has another book of that year.
        """
        await self._session.upsert(duty_books, [vars(book)], ["stream"])
        changed, gone = await self._differences(book, rows)
        for first in range(0, len(gone), _AT_ONCE):
            mine = tuple_(*_PERIOD).in_(gone[first : first + _AT_ONCE])
            await self._session.run(delete(duty_instances).where(duty_instances.c.stream == book.stream, mine))
        await self._session.upsert(duty_instances, [vars(row) for row in changed], _KEY)

    async def look_ahead(self, streams: Collection[str]) -> None:
        """Read for many books at once what :meth:`known` will be asked."""
        found: dict[str, int | None] = dict.fromkeys(streams)
        for some in parts(streams):
            found |= {row.stream: row.sequence for row in await self._session.rows(_KNOWN_OF, {"streams": some})}
        self._session.look_ahead("book", found)

    async def known(self, stream: str) -> int | None:
        """Return the last event of a book that its rows know; None where it has none."""
        if ("book", stream) in self._session.ahead:
            ahead: int | None = self._session.ahead.pop(("book", stream))
            return ahead
        sequence: int | None = await self._session.scalar(_KNOWN, {"stream": stream})
        return sequence

    async def add(self, book: BookRow, rows: Sequence[InstanceRow]) -> None:
        """Write the line of an open book and those of its rows that have changed."""
        await self._session.upsert(duty_books, [vars(book)], ["stream"])
        await self._session.upsert(duty_instances, [vars(row) for row in rows], _KEY)

    async def differs(self, book: BookRow, rows: Sequence[InstanceRow]) -> bool:
        """Return whether the rows of a book are others than these."""
        if await self._session.read_one(BookRow, _BOOK, {"stream": book.stream}) != book:
            return True
        changed, gone = await self._differences(book, rows)
        return bool(changed or gone)

    async def _differences(
        self, book: BookRow, rows: Sequence[InstanceRow]
    ) -> tuple[list[InstanceRow], list[tuple[str, str]]]:
        """Return the rows that are to be written, and (duty, period) of those that are not there any more."""
        # Rows of earlier years are written over: what was carried over is told here.
        bearer = {
            "jurisdiction": book.jurisdiction, "plan_id": book.plan_id, "bearer_kind": book.bearer_kind,
            "bearer": book.bearer, "since": book.year,
        }  # fmt: skip
        present = {(row.duty, row.period): row for row in await self._session.read(InstanceRow, _SINCE, bearer)}
        later = {key for key, row in present.items() if row.year > book.year}
        new = {(row.duty, row.period): row for row in rows}
        gone = sorted(key for key, row in present.items() if row.stream == book.stream and key not in new)
        changed = [row for key, row in new.items() if key not in later and present.get(key) != row]
        return changed, gone

    async def books(
        self, jurisdiction: str, plan_id: str | None = None, year: int | None = None, state: str | None = None
    ) -> list[BookRow]:
        """Return books, by plan, bearer and year."""
        given = _given(jurisdiction=jurisdiction, plan_id=plan_id, year=year, state=state)
        return await self._session.read(BookRow, _books(*given), given)

    async def books_of(self, jurisdiction: str, bearers: Collection[str], plan_id: str | None = None) -> list[BookRow]:
        """Return the open books of some bearers, under one plan or all."""
        of = {"jurisdiction": jurisdiction, "bearers": sorted(bearers)}
        if plan_id is None:
            return await self._session.read(BookRow, _OPEN_OF, of)
        return await self._session.read(BookRow, _OPEN_OF_PLAN, {**of, "plan_id": plan_id})

    async def instances(
        self,
        jurisdiction: str | None = None,
        plan_id: str | None = None,
        *,
        due_after: datetime | None = None,
        due_before: datetime | None = None,
        duty: str | None = None,
    ) -> list[InstanceRow]:
        """Return instances by plan, bearer and end.

        Args:
            due_after, due_before: only those that end after (or at) one moment and before the other.
        """
        given = _given(jurisdiction=jurisdiction, plan_id=plan_id, after=due_after, before=due_before, duty=duty)
        return await self._session.read(InstanceRow, _instances(*given), given)

    async def page(
        self, jurisdiction: str, plan_ids: Collection[str], limit: int, *,
        after: tuple[str, str, str, datetime, str, str] | None = None,
    ) -> list[InstanceRow]:  # fmt: skip
        """Return instances of some plans by plan, bearer and end, behind one."""
        c = duty_instances.c
        order = (c.plan_id, c.bearer_kind, c.bearer, c.due, c.duty, c.period)
        mine = [c.jurisdiction == jurisdiction, c.plan_id.in_(sorted(plan_ids))]
        mine += [behind(order, after)] if after is not None else []
        return await self._session.read(InstanceRow, select(duty_instances).where(*mine).order_by(*order).limit(limit))

    async def of_book(self, stream: str) -> list[InstanceRow]:
        """Return what a book tells, the earliest end first."""
        return await self._session.read(InstanceRow, _OF_BOOK, {"stream": stream})

    async def overdue(self, jurisdiction: str, plan_id: str, now: datetime) -> list[InstanceRow]:
        """Return what nobody has said anything of although its end is past, or it was sent back."""
        of = {"jurisdiction": jurisdiction, "plan_id": plan_id, "now": now}
        return await self._session.read(InstanceRow, _OVERDUE, of)

    async def count_overdue(self, jurisdiction: str, plan_id: str, now: datetime) -> dict[tuple[str, str], int]:
        """Return how many :meth:`overdue` gives, by kind and id of the bearer; who has the most comes first."""
        rows = await self._session.rows(_COUNT_OVERDUE, {"jurisdiction": jurisdiction, "plan_id": plan_id, "now": now})
        return {(row.bearer_kind, row.bearer): int(row.some) for row in rows}

    async def counts(self, jurisdiction: str, plan_id: str, since: datetime, until: datetime, now: datetime) -> (
        dict[tuple[str, Status], int]
    ):  # fmt: skip
        """Return how many instances of each duty that end within a time stand how: by duty and status."""
        counted: dict[tuple[str, Status], int] = {}
        for row in await self.instances(jurisdiction, plan_id, due_after=since, due_before=until):
            key = (row.duty, row.status(now))
            counted[key] = counted.get(key, 0) + 1
        return counted

    async def count_books(self, jurisdiction: str, plan_id: str, state: str = "open") -> int:
        """Return how many books of a plan are in a state."""
        of = {"jurisdiction": jurisdiction, "plan_id": plan_id, "state": state}
        return int(await self._session.scalar(_COUNT_BOOKS, of) or 0)


_AT_ONCE = 200
"""Pairs in one statement: SQLite counts its parameters."""
