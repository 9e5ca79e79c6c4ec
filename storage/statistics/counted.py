"""What was counted of each case: behind its log or not, written anew, read again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, true, union_all

from plans.statistics.figures import WARNING
from plans.statistics.rows import DEFINITIONS, OPEN, CountedCase, Row
from plans.statistics.spot_checks import KIND as SPOT_CHECK
from storage.canonical import storable
from storage.cases import cases
from storage.incidents import incidents
from storage.session import Repository
from storage.statistics.tables import (
    ALIKE,
    ROW,
    SINGLE,
    C,
    K,
    R,
    seconds,
    statistics_cases,
    statistics_kinds,
    statistics_rows,
)

Alike = tuple[Any, ...]
"""What a row has in common with those of its kind, in the order of ``ALIKE``."""


@dataclass(frozen=True, kw_only=True)
class Behind:
    """A case whose rows are older than its log; ``sequence``: the last event of the log."""

    stream: str
    sequence: int


@cache
def _behind(of_one: bool) -> Any:
    """Return stream, sequence and moment of the cases that are behind, of all or of a ``jurisdiction``."""
    found = []
    for table, moment, kind in (
        (incidents, incidents.c.reported_at, true()),
        (cases, cases.c.opened_at, cases.c.kind.in_((WARNING, SPOT_CHECK))),
    ):  # fmt: skip
        statement = (
            select(table.c.stream, table.c.sequence, moment.label("moment"))
            .select_from(table.outerjoin(statistics_cases, C.stream == table.c.stream))
            .where(kind)
            .where(
                or_(
                    C.stream.is_(None), C.sequence != table.c.sequence, C.definitions != DEFINITIONS,
                )
            )
        )  # fmt: skip
        if of_one:
            statement = statement.where(table.c.jurisdiction == bindparam("jurisdiction"))
        found.append(statement)
    return union_all(*found).subquery()


@cache
def _newest_behind(of_one: bool) -> Any:
    found = _behind(of_one)
    newest = select(found.c.stream, found.c.sequence).order_by(found.c.moment.desc(), found.c.stream)
    return newest.limit(bindparam("limit"))


@cache
def _count_behind(of_one: bool) -> Any:
    return select(func.count()).select_from(_behind(of_one))


_ROWS_GONE = delete(statistics_rows).where(R.stream == bindparam("of"))
_NEW_ROWS = insert(statistics_rows)
_KNOWN = select(K.id, *(K[name] for name in ALIKE)).where(
    *(K[name] == bindparam(name) for name in ("jurisdiction", "plan_id", "drill")),
    K.topic.in_(bindparam("topics", expanding=True)),
)
_LINE = select(statistics_cases).where(C.stream == bindparam("stream"))
_ROWS = (
    select(*ROW)
    .select_from(statistics_rows.join(statistics_kinds, K.id == R.kind))
    .where(R.stream == bindparam("stream"))
    .order_by(R.n)
)


class Counted(Repository):
    """The rows of each case."""

    async def behind(self, limit: int, jurisdiction: str | None = None) -> list[Behind]:
        """Return cases that are to be counted anew, those that were opened last first."""
        parameters = {"limit": limit} | ({} if jurisdiction is None else {"jurisdiction": jurisdiction})
        return await self._session.read(Behind, _newest_behind(jurisdiction is not None), parameters)

    async def count_behind(self, jurisdiction: str | None = None) -> int:
        """Return how many cases are to be counted anew."""
        parameters = {} if jurisdiction is None else {"jurisdiction": jurisdiction}
        return int(await self._session.scalar(_count_behind(jurisdiction is not None), parameters) or 0)

    async def write(self, counted: CountedCase) -> None:
        """Make the rows of a case these."""
        # The case's line first: of two processes that count the same case one waits here for the other.
        await self._session.upsert(statistics_cases, [line_of(counted)], ["stream"])
        await self._session.run(_ROWS_GONE, {"of": counted.stream})
        kinds = await self._kinds(counted)
        if counted.rows:
            await self._session.run(_NEW_ROWS, rows_of(counted, kinds))

    async def _kinds(self, counted: CountedCase) -> dict[Alike, int]:
        """Return the number of each kind that rows of a case are of, a new one for each that is new."""
        alike = {"jurisdiction": counted.jurisdiction, "plan_id": counted.plan_id, "drill": counted.drill}
        wanted = sorted({_alike(row) for row in counted.rows})
        known = await self._known(alike, wanted)
        for kind in wanted:
            if kind not in known:
                values = {**alike, **dict(zip(ALIKE, kind, strict=True))}
                await self._session.insert_new(statistics_kinds, values, ("jurisdiction", "plan_id", "drill", *ALIKE))
        return known if len(known) == len(wanted) else await self._known(alike, wanted)

    async def _known(self, alike: dict[str, Any], wanted: Collection[Alike]) -> dict[Alike, int]:
        rows = await self._session.rows(_KNOWN, {**alike, "topics": sorted({kind[0] for kind in wanted})})
        mine = set(wanted)
        return {kind: row[0] for row in rows if (kind := tuple(row[1:])) in mine}

    async def of(self, stream: str) -> CountedCase | None:
        """Return a case as it was counted, None where it never was or by other definitions."""
        line = await self._session.first(_LINE, {"stream": stream})
        if line is None or line.definitions != DEFINITIONS:
            return None
        rows = await self._session.rows(_ROWS, {"stream": stream})
        return replace(case_of(line._mapping), rows=tuple(Row(**row._mapping) for row in rows))

    async def places(self) -> list[tuple[str, str]]:
        """Return jurisdiction and plan of all that is counted."""
        statement = select(C.jurisdiction, C.plan_id).distinct().order_by(C.jurisdiction, C.plan_id)
        return [(row.jurisdiction, row.plan_id) for row in await self._session.rows(statement)]


def as_stored(counted: CountedCase) -> CountedCase:
    """Return a case as the database gives it back: what it cannot hold of what somebody typed is replaced."""

    def held(value: Any) -> Any:
        return storable(value) if isinstance(value, str) else value

    rows = tuple(Row(**{name: held(getattr(row, name)) for name in Row.__slots__}) for row in counted.rows)
    line = {name: held(getattr(counted, name)) for name in CountedCase.__slots__}
    return CountedCase(**{**line, "rows": rows})


def line_of(counted: CountedCase) -> dict[str, Any]:
    """Return a case's line as it is written."""
    line = {name: getattr(counted, name) for name in CountedCase.__slots__ if name != "rows"}
    return {**line, "day": counted.day, "definitions": DEFINITIONS}


def _alike(row: Row) -> Alike:
    return tuple(storable(value) if isinstance(value := getattr(row, name), str) else value for name in ALIKE)


def rows_of(counted: CountedCase, kinds: Mapping[Alike, int]) -> list[dict[str, Any]]:
    """Return a case's rows as they are written; ``kinds``: the number of each."""
    day = counted.day.toordinal() if counted.day is not None else None
    return [
        {
            "stream": counted.stream, "n": number, "day": day, "kind": kinds[_alike(row)],
            "open_until": seconds(row.due) if row.outcome == OPEN and row.due is not None else None,
            **{name: getattr(row, name) for name in SINGLE},
        }
        for number, row in enumerate(counted.rows)
    ]  # fmt: skip


def case_of(line: Any) -> CountedCase:
    """Return a case without its rows, from its line."""
    values = {name: line[name] for name in CountedCase.__slots__ if name != "rows"}
    return CountedCase(**values, rows=())
