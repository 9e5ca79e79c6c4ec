"""The rows behind a figure, and how many they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select

from plans.statistics.figures import DUTY, INCIDENT, WARNING, Figure
from plans.statistics.rows import CountedDuty, Found, Row
from plans.statistics.tally import Selection
from storage.duty_tables import InstanceRow, duty_instances
from storage.session import Repository
from storage.statistics.counted import case_of
from storage.statistics.selections import (
    D,
    case_figure,
    cases_in,
    duties_in,
    duty_figure,
    kind_figure,
    row_figure,
    rows_in,
)
from storage.statistics.tables import ROW, C, K, R, statistics_cases, statistics_kinds, statistics_rows


class Figures(Repository):
    """The rows behind figures."""

    async def rows(
        self, figure: Figure, selection: Selection, now: datetime, *, limit: int, offset: int = 0
    ) -> list[Found]:
        """Return some of what a figure counts, by day and number."""
        if figure.topic == DUTY:
            statement = select(duty_instances).where(*duties_in(selection, now), *duty_figure(figure, now))
            order = (D.due, D.plan_id, D.bearer_kind, D.bearer, D.duty, D.period)
            duties = await self._session.read(InstanceRow, statement.order_by(*order).limit(limit).offset(offset))
            return [Found(duty=_duty(item, now)) for item in duties]
        if figure.topic in (INCIDENT, WARNING):
            mine = (C.kind == figure.topic, *cases_in(selection), *case_figure(figure))
            lines = select(statistics_cases).where(*mine).order_by(C.day, C.at, C.stream)
            rows = await self._session.rows(lines.limit(limit).offset(offset))
            return [Found(case=case_of(row._mapping)) for row in rows]
        narrowed = rows_in(selection, list(kind_figure(figure)), list(row_figure(figure, now)))
        chosen = select(R.stream, R.n).where(*narrowed).order_by(R.day, R.stream, R.n)
        some = chosen.limit(limit).offset(offset).subquery()
        named = [column.label(f"row_{column.name}") for column in ROW]
        statement = (
            select(statistics_cases, *named)
            .select_from(some)
            .join(statistics_rows, and_(R.stream == some.c.stream, R.n == some.c.n))
            .join(statistics_kinds, K.id == R.kind)
            .join(statistics_cases, C.stream == R.stream)
            .order_by(R.day, R.stream, R.n)
        )
        return [
            Found(
                case=case_of(row._mapping),
                row=Row(**{column.name: row._mapping[f"row_{column.name}"] for column in ROW}),
            )
            for row in await self._session.rows(statement)
        ]

    async def number_of(self, figure: Figure, selection: Selection, now: datetime) -> int:
        """Return how many things a figure counts."""
        mine: Select[Any]
        if figure.topic == DUTY:
            wanted = (*duties_in(selection, now), *duty_figure(figure, now))
            mine = select(func.count()).select_from(duty_instances).where(*wanted)
        elif figure.topic in (INCIDENT, WARNING):
            of_cases = (C.kind == figure.topic, *cases_in(selection), *case_figure(figure))
            mine = select(func.count()).select_from(statistics_cases).where(*of_cases)
        else:
            of_rows = rows_in(selection, list(kind_figure(figure)), list(row_figure(figure, now)))
            mine = select(func.count()).select_from(statistics_rows).where(*of_rows)
        return int(await self._session.scalar(mine) or 0)


def _duty(item: InstanceRow, now: datetime) -> CountedDuty:
    return CountedDuty(
        plan_id=item.plan_id, bearer_kind=item.bearer_kind, bearer=item.bearer, duty=item.duty, period=item.period,
        first=item.first, last=item.last, due=item.due, name=item.name, status=item.status(now),
        settled_at=item.settled_at,
    )  # fmt: skip
