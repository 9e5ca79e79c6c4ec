"""What the rows of a selection come to, added up by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select

from plans.statistics.figures import INCIDENT
from plans.statistics.statistics import Spread
from plans.statistics.tally import MEASURED, CaseCell, Cell, DutyCell, Selection, Span, Tally, slice_of, spreads_of
from storage.duty_tables import duty_books, duty_switches
from storage.statistics.counted import Counted
from storage.statistics.selections import D, cases_in, duties_in, in_places, kinds_in, rows_in, status_at
from storage.statistics.tables import C, K, R, seconds, statistics_cases

_CELL = (K.plan_id, K.topic, K.key, K.name, K.outcome, K.clause, K.local)

_CHASED = select(duty_switches.c.plan_id).where(duty_switches.c.jurisdiction == bindparam("of")).limit(1)


class Sums(Counted):
    """The sums of what was counted."""

    async def tally(self, selection: Selection, now: datetime, *, behind: int | None = None) -> Tally:
        """Return what is counted of a selection at a moment.

        Args:
            behind: how many cases are, where somebody has just looked.
        """
        return Tally(
            cases=await self._cases(selection),
            course=await self._course(selection),
            drills=await self._drills(selection),
            behind=await self._behind(selection) if behind is None else behind,
            duties=await self._duties(selection, now),
            **await self._cells(selection, now),
        )

    async def _behind(self, selection: Selection) -> int:
        return sum([await self.count_behind(place) for place, _ in selection.places])

    async def _cases(self, selection: Selection) -> dict[CaseCell, int]:
        columns = (C.jurisdiction, C.kind, C.plan_id, C.sort, C.level, C.response, C.state, C.open)
        statement = select(*columns, func.count()).where(*cases_in(selection)).group_by(*columns)
        return {CaseCell._make(row[:-1]): row[-1] for row in await self._session.rows(statement)}

    async def _cells(self, selection: Selection, now: datetime) -> dict[str, Any]:
        """Return the cells, how many of each are past, and the spreads."""
        kinds = {
            row[0]: Cell._make(row[1:])
            for row in await self._session.rows(select(K.id, *_CELL).where(*kinds_in(selection)))
        }
        cells, past = Counter[Cell](), Counter[Cell]()
        late = func.sum(case((R.open_until < seconds(now), 1), else_=0))
        statement = select(R.kind, func.count(), late).where(*rows_in(selection)).group_by(R.kind)
        for kind, number, over in map(tuple, await self._session.rows(statement)):
            cells[kinds[kind]] += number
            past[kinds[kind]] += int(over)
        spreads = await self._spreads(selection, kinds)
        return {"cells": cells, "past": +past, "spreads": spreads}

    async def _spreads(self, selection: Selection, kinds: Mapping[int, Cell]) -> dict[Span, Spread]:
        measured = [or_(*(and_(K.topic == topic, K.outcome.in_(outcomes)) for topic, outcomes in MEASURED.items()))]
        mine = (*rows_in(selection, measured), R.seconds.is_not(None))
        statement = select(R.kind, R.seconds, func.count()).where(*mine).group_by(R.kind, R.seconds)
        lengths: dict[Span, Counter[int]] = {}
        for kind, length, number in map(tuple, await self._session.rows(statement)):
            cell = kinds[kind]
            lengths.setdefault(Span(cell.topic, cell.plan, cell.key), Counter())[length] += number
        return spreads_of(lengths)

    async def _course(self, selection: Selection) -> dict[Any, int]:
        number = func.count().label("number_")
        statement = select(C.day, number).where(C.kind == INCIDENT, *cases_in(selection)).group_by(C.day)
        course: dict[Any, int] = {}
        for row in await self._session.rows(statement):
            first = slice_of(row.day, selection.period)
            course[first] = course.get(first, 0) + int(row.number_)
        return course

    async def _drills(self, selection: Selection) -> int:
        mine = cases_in(replace(selection, drills=True))
        return int(await self._session.scalar(select(func.count()).select_from(statistics_cases).where(*mine)) or 0)

    async def _duties(self, selection: Selection, now: datetime) -> dict[DutyCell, int] | None:
        """Return how duties stand; None where nobody was ever chased for any."""
        if selection.drills:
            return None
        status = status_at(now).label("status")
        columns = (D.plan_id, D.duty, D.bearer_kind, D.bearer)
        inner = select(*columns, status).where(*duties_in(selection, now)).subquery()
        found = await self._session.rows(select(inner, func.count()).group_by(*inner.c))
        if not found and not [
            place for place, _ in selection.places if await self._session.first(_CHASED, {"of": place}) is not None
        ]:
            return None
        return {DutyCell._make(row[:-1]): row[-1] for row in found}

    async def bearers(self, selection: Selection) -> dict[tuple[str, str], str]:
        """Return what bearers are called, by kind and id, as their newest books have it."""
        books = duty_books.c
        statement = (
            select(books.bearer_kind, books.bearer, books.title)
            .where(in_places(selection, books.jurisdiction, books.plan_id))
            .order_by(books.year)
        )
        return {(row.bearer_kind, row.bearer): row.title for row in await self._session.rows(statement)}
