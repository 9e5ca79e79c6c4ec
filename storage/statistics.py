"""What is counted: a row for each thing of each incident and warning, brought up to the logs by rounds and questions.

No transaction that changes a case writes here. A case is behind while its log is longer than its rows know, or they
were made by other definitions. Rows that are alike name one kind by its number, so that a million of them are added up
in a moment. What a figure is stands in ``plans.statistics``; here the database adds it up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
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
from plans.statistics.tally import (
    MEASURED,
    OWN,
    CaseCell,
    Cell,
    DutyCell,
    Selection,
    Span,
    Tally,
    slice_of,
    spreads_of,
)
from plans.times import BEIJING
from storage.canonical import storable
from storage.cases import cases
from storage.columns import AutoId, UtcDateTime, Words, metadata
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
    Index(
        "ix_statistics_cases_alike",
        "jurisdiction", "drill", "plan_id", "kind", "sort", "level", "response", "state", "open", "day",
    ),
)  # fmt: skip

statistics_kinds = Table(
    "statistics_kinds",
    metadata,
    Column("id", AutoId, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("topic", String, nullable=False),
    Column("key", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("outcome", String, nullable=False),
    Column("clause", Words, nullable=False),
    Column("local", Boolean, nullable=False),
    Index(
        "ix_statistics_kinds_alike",
        "jurisdiction", "plan_id", "drill", "topic", "key", "name", "outcome", "clause", "local",
        unique=True,
    ),
)  # fmt: skip

statistics_rows = Table(
    "statistics_rows",
    metadata,
    Column("stream", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("kind", AutoId, nullable=False),
    Column("day", Integer),
    Column("open_until", AutoId),
    Column("seconds", Integer),
    Column("subject", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("since", UtcDateTime),
    Column("due", UtcDateTime),
    Column("at", UtcDateTime),
    # Small numbers alone, in the order in which they are asked for: all that is added up is read from here.
    Index("ix_statistics_rows_counted", "kind", "day", "open_until", "seconds"),
)

_C, _K, _R, _D = statistics_cases.c, statistics_kinds.c, statistics_rows.c, duty_instances.c
_CELL = (_K.plan_id, _K.topic, _K.key, _K.name, _K.outcome, _K.clause, _K.local)
_ALIKE = ("topic", "key", "name", "outcome", "clause", "local")
"""What rows of a plan have in common that are one kind."""
_SINGLE = ("seconds", "subject", "channel", "since", "due", "at")
"""What each row has for itself."""
_ROW = (*(_K[name] for name in _ALIKE), *(_R[name] for name in _SINGLE))


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
        # The case's line first: of two processes that count the same case one waits here for the other.
        await self._session.upsert(statistics_cases, [_line(counted)], ["stream"])
        await self._session.run(delete(statistics_rows).where(_R.stream == counted.stream))
        kinds = await self._kinds(counted)
        if counted.rows:
            await self._session.execute(insert(statistics_rows), _rows(counted, kinds))

    async def _kinds(self, counted: CountedCase) -> dict[_Alike, int]:
        """Return the number of each kind that rows of a case are of, a new one for each that is new."""
        alike = {"jurisdiction": counted.jurisdiction, "plan_id": counted.plan_id, "drill": counted.drill}
        wanted = sorted({_alike(row) for row in counted.rows})
        known = await self._known(alike, wanted)
        for kind in wanted:
            if kind not in known:
                values = {**alike, **dict(zip(_ALIKE, kind, strict=True))}
                await self._session.insert_new(statistics_kinds, values, ("jurisdiction", "plan_id", "drill", *_ALIKE))
        return known if len(known) == len(wanted) else await self._known(alike, wanted)

    async def _known(self, alike: dict[str, Any], wanted: Collection[_Alike]) -> dict[_Alike, int]:
        same = [_K[name] == value for name, value in alike.items()]
        topics = sorted({kind[0] for kind in wanted})
        rows = await self._session.rows(
            select(_K.id, *(_K[name] for name in _ALIKE)).where(*same, _K.topic.in_(topics))
        )
        mine = set(wanted)
        return {kind: row[0] for row in rows if (kind := tuple(row[1:])) in mine}

    async def of(self, stream: str) -> CountedCase | None:
        """Return a case as it was counted, None where it never was or by other definitions."""
        line = await self._session.first(select(statistics_cases).where(_C.stream == stream))
        if line is None or line.definitions != DEFINITIONS:
            return None
        joined = statistics_rows.join(statistics_kinds, _K.id == _R.kind)
        rows = await self._session.rows(select(*_ROW).select_from(joined).where(_R.stream == stream).order_by(_R.n))
        return replace(_case(line._mapping), rows=tuple(Row(**row._mapping) for row in rows))

    async def tally(self, selection: Selection, now: datetime, *, behind: int | None = None) -> Tally:
        """Return what is counted of a selection at a moment.

        Args:
            behind: how many cases are, where somebody has just looked.
        """
        return Tally(
            cases=await self._cases(selection),
            course=await self._course(selection),
            drills=await self._drills(selection),
            behind=await self.count_behind(selection.jurisdiction) if behind is None else behind,
            duties=await self._duties(selection, now),
            **await self._cells(selection, now),
        )

    async def _cases(self, selection: Selection) -> dict[CaseCell, int]:
        columns = (_C.plan_id, _C.kind, _C.sort, _C.level, _C.response, _C.state, _C.open)
        statement = select(*columns, func.count()).where(*_of_cases(selection)).group_by(*columns)
        rows = map(tuple, await self._session.rows(statement))
        return {CaseCell(kind, plan, *rest): number for plan, kind, *rest, number in rows}

    async def _cells(self, selection: Selection, now: datetime) -> dict[str, Any]:
        """Return the cells, how many of each are past, and the spreads."""
        kinds = {
            row[0]: Cell._make(row[1:])
            for row in await self._session.rows(select(_K.id, *_CELL).where(*_of_kinds(selection)))
        }
        cells, past = Counter[Cell](), Counter[Cell]()
        late = func.sum(case((_R.open_until < _seconds(now), 1), else_=0))
        statement = select(_R.kind, func.count(), late).where(*_of_rows(selection)).group_by(_R.kind)
        for kind, number, over in map(tuple, await self._session.rows(statement)):
            cells[kinds[kind]] += number
            past[kinds[kind]] += int(over)
        spreads = await self._spreads(selection, kinds)
        return {"cells": cells, "past": +past, "spreads": spreads}

    async def _spreads(self, selection: Selection, kinds: Mapping[int, Cell]) -> dict[Span, Spread]:
        measured = [or_(*(and_(_K.topic == topic, _K.outcome.in_(outcomes)) for topic, outcomes in MEASURED.items()))]
        mine = (*_of_rows(selection, measured), _R.seconds.is_not(None))
        statement = select(_R.kind, _R.seconds, func.count()).where(*mine).group_by(_R.kind, _R.seconds)
        lengths: dict[Span, Counter[int]] = {}
        for kind, seconds, number in map(tuple, await self._session.rows(statement)):
            cell = kinds[kind]
            lengths.setdefault(Span(cell.topic, cell.plan, cell.key), Counter())[seconds] += number
        return spreads_of(lengths)

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
        narrowed = _of_rows(selection, list(_kind_figure(figure)), list(_row_figure(figure, now)))
        chosen = select(_R.stream, _R.n).where(*narrowed).order_by(_R.day, _R.stream, _R.n)
        some = chosen.limit(limit).offset(offset).subquery()
        named = [column.label(f"row_{column.name}") for column in _ROW]
        statement = (
            select(statistics_cases, *named)
            .select_from(some)
            .join(statistics_rows, and_(_R.stream == some.c.stream, _R.n == some.c.n))
            .join(statistics_kinds, _K.id == _R.kind)
            .join(statistics_cases, _C.stream == _R.stream)
            .order_by(_R.day, _R.stream, _R.n)
        )
        return [
            Found(
                case=_case(row._mapping),
                row=Row(**{column.name: row._mapping[f"row_{column.name}"] for column in _ROW}),
            )
            for row in await self._session.rows(statement)
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
            of_rows = _of_rows(selection, list(_kind_figure(figure)), list(_row_figure(figure, now)))
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


_Alike = tuple[Any, ...]


def _alike(row: Row) -> _Alike:
    return tuple(storable(value) if isinstance(value := getattr(row, name), str) else value for name in _ALIKE)


def _rows(counted: CountedCase, kinds: Mapping[_Alike, int]) -> list[dict[str, Any]]:
    day = counted.day.toordinal() if counted.day is not None else None
    return [
        {
            "stream": counted.stream, "n": number, "day": day, "kind": kinds[_alike(row)],
            "open_until": _seconds(row.due) if row.outcome == OPEN and row.due is not None else None,
            **{name: getattr(row, name) for name in _SINGLE},
        }
        for number, row in enumerate(counted.rows)
    ]  # fmt: skip


def _seconds(moment: datetime) -> int:
    """Return a moment in whole seconds, the begun one counted: what is due within it is past after it."""
    return -int(-moment.timestamp() // 1)


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
        of_kinds = select(_K.id).where(*_of_kinds(selection), _K.topic.in_((ANSWER, WAKING)))
        mine.append(exists().where(_R.stream == _C.stream, _R.kind.in_(of_kinds)))
    return mine


def _of_kinds(selection: Selection) -> list[ColumnElement[bool]]:
    mine: list[ColumnElement[bool]] = [
        _K.jurisdiction == selection.jurisdiction, _K.drill == selection.drills, _K.plan_id.in_(selection.plans),
    ]  # fmt: skip
    if selection.own is not None:
        mine += [_K.topic.in_(OWN), _narrowed(selection)]
    return mine


def _of_rows(
    selection: Selection, kinds: Sequence[ColumnElement[bool]] = (), rows: Sequence[ColumnElement[bool]] = ()
) -> Sequence[ColumnElement[bool]]:
    """Rows of a selection; ``kinds`` and ``rows`` are narrower conditions of both tables."""
    of_kinds = select(_K.id).where(*_of_kinds(selection), *kinds)
    first, last = selection.period.first.toordinal(), selection.period.last.toordinal()
    return [_R.kind.in_(of_kinds), _R.day.between(first, last), *rows]


def _narrowed(selection: Selection) -> ColumnElement[bool]:
    pairs = [and_(_K.plan_id == plan, _K.key.in_(sorted(selection.units(plan)))) for plan in selection.plans]
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


def _among(column: Any, value: str) -> ColumnElement[bool]:
    return column.in_(value.split("|")) if value else column == value  # type: ignore[no-any-return]


def _case_figure(figure: Figure) -> Iterable[ColumnElement[bool]]:
    for name, value in figure.where:
        if name == "open":
            yield _C.open == true() if value == "yes" else _C.open != true()
        else:
            yield _among(_C.plan_id if name == "plan" else _C[name], value)


def _kind_figure(figure: Figure) -> Iterable[ColumnElement[bool]]:
    yield _K.topic == figure.topic
    for name, value in figure.where:
        if name == "outcome" and value in (OVERDUE, PENDING):
            yield _K.outcome == OPEN
        else:
            yield _among(_K.plan_id if name == "plan" else _K[name], value)


def _row_figure(figure: Figure, now: datetime) -> Iterable[ColumnElement[bool]]:
    outcome = figure.value("outcome")
    if outcome == OVERDUE:
        yield _R.open_until < _seconds(now)
    elif outcome == PENDING:
        yield or_(_R.open_until.is_(None), _R.open_until >= _seconds(now))


def _duty_figure(figure: Figure, now: datetime) -> Iterable[ColumnElement[bool]]:
    for name, value in figure.where:
        if name == "bearer":
            kind, _, bearer = value.partition(":")
            yield and_(_D.bearer_kind == kind, _D.bearer == bearer)
        elif name == "status":
            yield _status(now).in_(value.split("|"))
        else:
            yield _among(_D.plan_id if name == "plan" else _D[name], value)
