"""What is counted: a row for each thing of each incident and warning, brought up to the logs by rounds and questions.

No transaction that changes a case writes here. A case is behind while its log is longer than its rows know, or they
were made by other definitions. What a figure is stands in ``plans.statistics``; here the database adds it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Index,
    Integer,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    true,
    union_all,
)

from plans.statistics.figures import DUTY, INCIDENT, WARNING, Figure
from plans.statistics.rows import (
    ANSWER,
    DEFINITIONS,
    OPEN,
    OVERDUE,
    PENDING,
    WAKING,
    CountedCase,
    CountedDuty,
    Found,
    Row,
)
from plans.statistics.statistics import Spread
from plans.statistics.tally import MEASURED, OWN, CaseCell, Cell, DutyCell, Selection, Span, Tally, slice_of
from plans.times import BEIJING
from storage.canonical import storable
from storage.cases import cases
from storage.columns import UtcDateTime, Words, metadata
from storage.duties import InstanceRow, duty_books, duty_instances, duty_switches
from storage.incidents import incidents
from storage.session import Repository

statistics_cases = Table(
    "statistics_cases",
    metadata,
    Column("stream", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", UtcDateTime),
    Column("day", Date),
    Column("sort", Words, nullable=False),
    Column("level", Words, nullable=False),
    Column("response", Words, nullable=False),
    Column("state", String, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("definitions", Integer, nullable=False),
    Index("ix_statistics_cases_day", "jurisdiction", "drill", "day"),
)

statistics_rows = Table(
    "statistics_rows",
    metadata,
    Column("stream", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("day", Date),
    Column("topic", String, nullable=False),
    Column("key", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("outcome", String, nullable=False),
    Column("since", UtcDateTime),
    Column("due", UtcDateTime),
    Column("at", UtcDateTime),
    Column("seconds", Integer),
    Column("clause", Words, nullable=False),
    Column("local", Boolean, nullable=False),
    # All that is added up is read from the index, in the order in which it is grouped.
    Index(
        "ix_statistics_rows_counted",
        "jurisdiction", "drill", "plan_id", "topic", "key", "name", "outcome", "clause", "local", "day", "due",
        "seconds",
    ),
)  # fmt: skip

_C, _R, _D = statistics_cases.c, statistics_rows.c, duty_instances.c
_ROW = tuple(column for column in statistics_rows.c if column.name in Row.__slots__)
_GROUP = (_R.plan_id, _R.topic, _R.key, _R.name, _R.outcome, _R.clause, _R.local)


@dataclass(frozen=True, kw_only=True)
class Behind:
    """A case whose rows are older than its log; ``sequence``: the last event of the log."""

    stream: str
    sequence: int


def _behind(jurisdiction: str | None) -> Any:
    """Return stream and sequence of the cases that are behind, the newest first."""
    found = []
    for table, moment, kind in (
        (incidents, incidents.c.reported_at, true()), (cases, cases.c.opened_at, cases.c.kind == WARNING),
    ):  # fmt: skip
        statement = (
            select(table.c.stream, table.c.sequence, moment.label("moment"))
            .select_from(table.outerjoin(statistics_cases, _C.stream == table.c.stream))
            .where(kind)
            .where(
                or_(
                    _C.stream.is_(None), _C.sequence != table.c.sequence, _C.definitions != DEFINITIONS,
                )
            )
        )  # fmt: skip
        if jurisdiction is not None:
            statement = statement.where(table.c.jurisdiction == jurisdiction)
        found.append(statement)
    return union_all(*found).subquery()


class Counting(Repository):
    """The rows, and what they come to."""

    async def behind(self, limit: int, jurisdiction: str | None = None) -> list[Behind]:
        """Return cases that are to be counted anew, those that were opened last first."""
        found = _behind(jurisdiction)
        statement = select(found.c.stream, found.c.sequence).order_by(found.c.moment.desc(), found.c.stream)
        return await self._session.read(Behind, statement.limit(limit))

    async def count_behind(self, jurisdiction: str | None = None) -> int:
        """Return how many cases are to be counted anew."""
        return int(await self._session.scalar(select(func.count()).select_from(_behind(jurisdiction))) or 0)

    async def write(self, counted: CountedCase) -> None:
        """Make the rows of a case these."""
        line, rows = _line(counted), _rows(counted)
        # The case's line first: of two processes that count the same case one waits here for the other.
        await self._session.upsert(statistics_cases, [line], ["stream"])
        await self._session.run(delete(statistics_rows).where(_R.stream == counted.stream))
        if rows:
            await self._session.execute(insert(statistics_rows), rows)

    async def of(self, stream: str) -> CountedCase | None:
        """Return a case as it was counted, None where it never was or by other definitions."""
        line = await self._session.first(select(statistics_cases).where(_C.stream == stream))
        if line is None or line.definitions != DEFINITIONS:
            return None
        rows = await self._session.rows(select(*_ROW).where(_R.stream == stream).order_by(_R.n))
        return replace(_case(line._mapping), rows=tuple(Row(**row._mapping) for row in rows))

    async def tally(self, selection: Selection, now: datetime) -> Tally:
        """Return what is counted of a selection at a moment."""
        return Tally(
            cases=await self._cases(selection),
            spreads=await self._spreads(selection),
            course=await self._course(selection),
            drills=await self._drills(selection),
            behind=await self.count_behind(selection.jurisdiction),
            duties=await self._duties(selection, now),
            **await self._cells(selection, now),
        )

    async def _cases(self, selection: Selection) -> dict[CaseCell, int]:
        columns = (_C.kind, _C.plan_id, _C.sort, _C.level, _C.response, _C.state, _C.open)
        statement = select(*columns, func.count()).where(*_of_cases(selection)).group_by(*columns)
        return {CaseCell._make(row[:-1]): row[-1] for row in await self._session.rows(statement)}

    async def _cells(self, selection: Selection, now: datetime) -> dict[str, dict[Cell, int]]:
        past = func.sum(case((and_(_R.outcome == OPEN, _R.due < now), 1), else_=0))
        statement = select(*_GROUP, func.count(), past).where(*_of_rows(selection)).group_by(*_GROUP)
        found = [tuple(row) for row in await self._session.rows(statement)]
        return {
            "cells": {Cell._make(row[:-2]): row[-2] for row in found},
            "past": {Cell._make(row[:-2]): int(row[-1]) for row in found if row[-1]},
        }

    async def _spreads(self, selection: Selection) -> dict[Span, Spread]:
        found: dict[Span, Spread] = {}
        for by in ((_R.topic, _R.plan_id, _R.key), (_R.topic, _R.key), (_R.topic,)):
            for row in await self._session.rows(_spread(selection, by)):
                values = {column.name: row._mapping[column.name] for column in by}
                span = Span(values["topic"], values.get("plan_id", ""), values.get("key", ""))
                found[span] = Spread(
                    count=row.count_, median=row.median, lower=row.lower_, upper=row.upper_, worst=row.worst
                )
        return found

    async def _course(self, selection: Selection) -> dict[Any, int]:
        number = func.count().label("number_")
        statement = select(_C.day, number).where(_C.kind == INCIDENT, *_of_cases(selection)).group_by(_C.day)
        course: dict[Any, int] = {}
        for row in await self._session.rows(statement):
            first = slice_of(row.day, selection.period)
            course[first] = course.get(first, 0) + int(row.number_)
        return course

    async def _drills(self, selection: Selection) -> int:
        mine = _of_cases(replace(selection, drills=True))
        return int(await self._session.scalar(select(func.count()).select_from(statistics_cases).where(*mine)) or 0)

    async def _duties(self, selection: Selection, now: datetime) -> dict[DutyCell, int] | None:
        """Return how duties stand; None where nobody was ever chased for any."""
        if selection.drills:
            return None
        status = _status(now).label("status")
        columns = (_D.plan_id, _D.duty, _D.bearer_kind, _D.bearer)
        inner = select(*columns, status).where(*_of_duties(selection, now)).subquery()
        found = await self._session.rows(select(inner, func.count()).group_by(*inner.c))
        if not found and await self._session.first(_CHASED, {"of": selection.jurisdiction}) is None:
            return None
        return {DutyCell._make(row[:-1]): row[-1] for row in found}

    async def bearers(self, selection: Selection) -> dict[tuple[str, str], str]:
        """Return what bearers are called, by kind and id, as their newest books have it."""
        books = duty_books.c
        statement = (
            select(books.bearer_kind, books.bearer, books.title)
            .where(books.jurisdiction == selection.jurisdiction, books.plan_id.in_(selection.plans))
            .order_by(books.year)
        )
        return {(row.bearer_kind, row.bearer): row.title for row in await self._session.rows(statement)}

    async def places(self) -> list[tuple[str, str]]:
        """Return jurisdiction and plan of all that is counted."""
        statement = select(_C.jurisdiction, _C.plan_id).distinct().order_by(_C.jurisdiction, _C.plan_id)
        return [(row.jurisdiction, row.plan_id) for row in await self._session.rows(statement)]

    async def rows(
        self, figure: Figure, selection: Selection, now: datetime, *, limit: int, offset: int = 0
    ) -> list[Found]:
        """Return some of what a figure counts, by day and number."""
        if figure.topic == DUTY:
            statement = select(duty_instances).where(*_of_duties(selection, now), *_duty_figure(figure, now))
            order = (_D.due, _D.plan_id, _D.bearer_kind, _D.bearer, _D.duty, _D.period)
            duties = await self._session.read(InstanceRow, statement.order_by(*order).limit(limit).offset(offset))
            return [Found(duty=_duty(item, now)) for item in duties]
        if figure.topic in (INCIDENT, WARNING):
            mine = (_C.kind == figure.topic, *_of_cases(selection), *_case_figure(figure))
            lines = select(statistics_cases).where(*mine).order_by(_C.day, _C.at, _C.stream)
            rows = await self._session.rows(lines.limit(limit).offset(offset))
            return [Found(case=_case(row._mapping)) for row in rows]
        named = [column.label(f"row_{column.name}") for column in _ROW]
        statement = (
            select(statistics_cases, *named)
            .select_from(statistics_rows.join(statistics_cases, _C.stream == _R.stream))
            .where(*_of_rows(selection), *_row_figure(figure, now))
            .order_by(_C.day, _C.at, _R.stream, _R.n)
        )
        found_rows = await self._session.rows(statement.limit(limit).offset(offset))
        return [
            Found(
                case=_case(row._mapping),
                row=Row(**{column.name: row._mapping[f"row_{column.name}"] for column in _ROW}),
            )
            for row in found_rows
        ]

    async def number_of(self, figure: Figure, selection: Selection, now: datetime) -> int:
        """Return how many things a figure counts."""
        mine: Select[Any]
        if figure.topic == DUTY:
            wanted = (*_of_duties(selection, now), *_duty_figure(figure, now))
            mine = select(func.count()).select_from(duty_instances).where(*wanted)
        elif figure.topic in (INCIDENT, WARNING):
            of_cases = (_C.kind == figure.topic, *_of_cases(selection), *_case_figure(figure))
            mine = select(func.count()).select_from(statistics_cases).where(*of_cases)
        else:
            of_rows = (*_of_rows(selection), *_row_figure(figure, now))
            mine = select(func.count()).select_from(statistics_rows).where(*of_rows)
        return int(await self._session.scalar(mine) or 0)


_CHASED = select(duty_switches.c.plan_id).where(duty_switches.c.jurisdiction == bindparam("of")).limit(1)


def as_stored(counted: CountedCase) -> CountedCase:
    """Return a case as the database gives it back: what it cannot hold of what somebody typed is replaced."""

    def held(value: Any) -> Any:
        return storable(value) if isinstance(value, str) else value

    rows = tuple(Row(**{name: held(getattr(row, name)) for name in Row.__slots__}) for row in counted.rows)
    line = {name: held(getattr(counted, name)) for name in CountedCase.__slots__}
    return CountedCase(**{**line, "rows": rows})


def _line(counted: CountedCase) -> dict[str, Any]:
    line = {name: getattr(counted, name) for name in CountedCase.__slots__ if name != "rows"}
    return {**line, "day": counted.day, "definitions": DEFINITIONS}


def _rows(counted: CountedCase) -> list[dict[str, Any]]:
    same = {
        "stream": counted.stream, "jurisdiction": counted.jurisdiction, "plan_id": counted.plan_id,
        "drill": counted.drill, "day": counted.day,
    }  # fmt: skip
    return [
        {**same, "n": number, **{name: getattr(row, name) for name in Row.__slots__}}
        for number, row in enumerate(counted.rows)
    ]


def _case(line: Any) -> CountedCase:
    values = {name: line[name] for name in CountedCase.__slots__ if name != "rows"}
    return CountedCase(**values, rows=())


def _duty(item: InstanceRow, now: datetime) -> CountedDuty:
    return CountedDuty(
        plan_id=item.plan_id, bearer_kind=item.bearer_kind, bearer=item.bearer, duty=item.duty, period=item.period,
        first=item.first, last=item.last, due=item.due, name=item.name, status=item.status(now),
        settled_at=item.settled_at,
    )  # fmt: skip


def _of_cases(selection: Selection) -> Sequence[ColumnElement[bool]]:
    mine: list[ColumnElement[bool]] = [
        _C.jurisdiction == selection.jurisdiction, _C.drill == selection.drills, _C.plan_id.in_(selection.plans),
        _C.day.between(selection.period.first, selection.period.last),
    ]  # fmt: skip
    if selection.own is not None:
        own = and_(_R.stream == _C.stream, _R.topic.in_((ANSWER, WAKING)), _narrowed(selection))
        mine.append(exists().where(own))
    return mine


def _of_rows(selection: Selection) -> Sequence[ColumnElement[bool]]:
    mine: list[ColumnElement[bool]] = [
        _R.jurisdiction == selection.jurisdiction, _R.drill == selection.drills, _R.plan_id.in_(selection.plans),
        _R.day.between(selection.period.first, selection.period.last),
    ]  # fmt: skip
    if selection.own is not None:
        mine += [_R.topic.in_(OWN), _narrowed(selection)]
    return mine


def _narrowed(selection: Selection) -> ColumnElement[bool]:
    pairs = [and_(_R.plan_id == plan, _R.key.in_(sorted(selection.units(plan)))) for plan in selection.plans]
    return or_(*pairs) if pairs else ~true()


def _of_duties(selection: Selection, now: datetime) -> Sequence[ColumnElement[bool]]:
    """Duties in periods that have begun and end within the period: what ends at its last midnight is within."""
    mine: list[ColumnElement[bool]] = [
        _D.jurisdiction == selection.jurisdiction, _D.plan_id.in_(selection.plans),
        _D.due > selection.period.begins, _D.due <= selection.period.ends,
        _D.first <= now.astimezone(BEIJING).date(),
    ]  # fmt: skip
    if selection.own is not None:
        pairs = [and_(_D.plan_id == plan, _D.bearer.in_(sorted(selection.units(plan)))) for plan in selection.plans]
        mine += [_D.bearer_kind != "role", or_(*pairs) if pairs else ~true()]
    return mine


def _status(now: datetime) -> ColumnElement[str]:
    """The status of a duty as ``InstanceRow.status`` tells it."""
    return case(
        (_D.said == "not_applicable", "not_applicable"),
        (and_(_D.said != "", _D.settled_at > _D.due), "late"),
        (_D.said != "", "done"),
        (_D.returned_at.is_not(None), "returned"),
        (_D.due <= now, "missed"),
        else_="open",
    )


def _spread(selection: Selection, by: Sequence[Column[Any]]) -> Select[Any]:
    """Return the statement of the spreads of each group: its figures are values at places counted from one."""
    measured = or_(*(and_(_R.topic == topic, _R.outcome.in_(outcomes)) for topic, outcomes in MEASURED.items()))
    place = func.row_number().over(partition_by=by, order_by=_R.seconds).label("place")
    count = func.count().over(partition_by=by).label("count_")
    mine = (*_of_rows(selection), measured, _R.seconds.is_not(None))
    inner = select(*by, _R.seconds.label("seconds"), place, count).where(*mine).subquery()
    keys = [inner.c[column.name] for column in by]

    def at(wanted: Any) -> Any:
        return func.max(case((inner.c.place == wanted, inner.c.seconds)))

    return select(
        *keys,
        func.max(inner.c.count_).label("count_"),
        at((inner.c.count_ + 1) // 2).label("median"),
        at((inner.c.count_ + 3) // 4).label("lower_"),
        at((3 * inner.c.count_ + 3) // 4).label("upper_"),
        func.max(inner.c.seconds).label("worst"),
    ).group_by(*keys)


def _among(column: Any, value: str) -> ColumnElement[bool]:
    return column.in_(value.split("|")) if value else column == value  # type: ignore[no-any-return]


def _case_figure(figure: Figure) -> Iterable[ColumnElement[bool]]:
    for name, value in figure.where:
        if name == "open":
            yield _C.open == true() if value == "yes" else _C.open != true()
        else:
            yield _among(_C.plan_id if name == "plan" else _C[name], value)


def _row_figure(figure: Figure, now: datetime) -> Iterable[ColumnElement[bool]]:
    yield _R.topic == figure.topic
    for name, value in figure.where:
        if name == "outcome" and value == OVERDUE:
            yield and_(_R.outcome == OPEN, _R.due < now)
        elif name == "outcome" and value == PENDING:
            yield and_(_R.outcome == OPEN, or_(_R.due.is_(None), _R.due >= now))
        else:
            yield _among(_R.plan_id if name == "plan" else _R[name], value)


def _duty_figure(figure: Figure, now: datetime) -> Iterable[ColumnElement[bool]]:
    for name, value in figure.where:
        if name == "bearer":
            kind, _, bearer = value.partition(":")
            yield and_(_D.bearer_kind == kind, _D.bearer == bearer)
        elif name == "status":
            yield _status(now).in_(value.split("|"))
        else:
            yield _among(_D.plan_id if name == "plan" else _D[name], value)
