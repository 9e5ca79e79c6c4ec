"""What a selection or a figure chooses, as conditions of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, or_, select, true

from plans.statistics.figures import Figure
from plans.statistics.rows import ANSWER, OPEN, OVERDUE, PENDING, WAKING
from plans.statistics.tally import OWN, Selection
from plans.times import BEIJING
from storage.duty_tables import duty_instances
from storage.statistics.tables import C, K, R, seconds

D = duty_instances.c

_COLUMNS = {"plan": "plan_id", "place": "jurisdiction"}
"""Columns by what a figure calls them, where that is another name."""


def in_places(
    selection: Selection, jurisdiction: ColumnElement[str], plan_id: ColumnElement[str]
) -> ColumnElement[bool]:
    """The plans of a selection, each in its own jurisdiction alone."""
    pairs = [and_(jurisdiction == place, plan_id.in_(plans)) for place, plans in selection.places]
    return or_(*pairs)


def cases_in(selection: Selection) -> Sequence[ColumnElement[bool]]:
    """Cases of a selection; where somebody sees his units' rows alone, those that have some."""
    mine: list[ColumnElement[bool]] = [
        in_places(selection, C.jurisdiction, C.plan_id), C.drill == selection.drills,
        C.day.between(selection.period.first, selection.period.last),
    ]  # fmt: skip
    if selection.own is not None:
        of_kinds = select(K.id).where(*kinds_in(selection), K.topic.in_((ANSWER, WAKING)))
        mine.append(exists().where(R.stream == C.stream, R.kind.in_(of_kinds)))
    return mine


def kinds_in(selection: Selection) -> list[ColumnElement[bool]]:
    """Kinds of rows of a selection."""
    mine: list[ColumnElement[bool]] = [in_places(selection, K.jurisdiction, K.plan_id), K.drill == selection.drills]
    if selection.own is not None:
        mine += [K.topic.in_(OWN), _own(selection, K.plan_id, K.key)]
    return mine


def rows_in(
    selection: Selection, kinds: Sequence[ColumnElement[bool]] = (), rows: Sequence[ColumnElement[bool]] = ()
) -> Sequence[ColumnElement[bool]]:
    """Rows of a selection; ``kinds`` and ``rows`` are narrower conditions of both tables."""
    of_kinds = select(K.id).where(*kinds_in(selection), *kinds)
    first, last = selection.period.first.toordinal(), selection.period.last.toordinal()
    return [R.kind.in_(of_kinds), R.day.between(first, last), *rows]


def _own(selection: Selection, plan_id: ColumnElement[str], unit: ColumnElement[str]) -> ColumnElement[bool]:
    pairs = [and_(plan_id == plan, unit.in_(sorted(selection.units(plan)))) for plan in selection.all_plans]
    return or_(*pairs) if pairs else ~true()


def duties_in(selection: Selection, now: datetime) -> Sequence[ColumnElement[bool]]:
    """Duties in periods that have begun and end within the period: what ends at its last midnight is within."""
    mine: list[ColumnElement[bool]] = [
        in_places(selection, D.jurisdiction, D.plan_id),
        D.due > selection.period.begins, D.due <= selection.period.ends,
        D.first <= now.astimezone(BEIJING).date(),
    ]  # fmt: skip
    if selection.own is not None:
        mine += [D.bearer_kind != "role", _own(selection, D.plan_id, D.bearer)]
    return mine


def status_at(now: datetime) -> ColumnElement[str]:
    """The status of a duty as ``InstanceRow.status`` tells it."""
    return case(
        (D.said == "not_applicable", "not_applicable"),
        (and_(D.said != "", D.settled_at > D.due), "late"),
        (D.said != "", "done"),
        (D.returned_at.is_not(None), "returned"),
        (D.due <= now, "missed"),
        else_="open",
    )


def _among(column: Any, value: str) -> ColumnElement[bool]:
    return column.in_(value.split("|")) if value else column == value  # type: ignore[no-any-return]


def case_figure(figure: Figure) -> Iterable[ColumnElement[bool]]:
    """What a figure says of cases."""
    for name, value in figure.where:
        if name == "open":
            yield C.open == true() if value == "yes" else C.open != true()
        else:
            yield _among(C[_COLUMNS.get(name, name)], value)


def kind_figure(figure: Figure) -> Iterable[ColumnElement[bool]]:
    """What a figure says of the kinds of its rows."""
    yield K.topic == figure.topic
    for name, value in figure.where:
        if name == "outcome" and value in (OVERDUE, PENDING):
            yield K.outcome == OPEN
        else:
            yield _among(K.plan_id if name == "plan" else K[name], value)


def row_figure(figure: Figure, now: datetime) -> Iterable[ColumnElement[bool]]:
    """What a figure says of each row: whether its time is past."""
    outcome = figure.value("outcome")
    if outcome == OVERDUE:
        yield R.open_until < seconds(now)
    elif outcome == PENDING:
        yield or_(R.open_until.is_(None), R.open_until >= seconds(now))


def duty_figure(figure: Figure, now: datetime) -> Iterable[ColumnElement[bool]]:
    """What a figure says of duties."""
    for name, value in figure.where:
        if name == "bearer":
            kind, _, bearer = value.partition(":")
            yield and_(D.bearer_kind == kind, D.bearer == bearer)
        elif name == "status":
            yield status_at(now).in_(value.split("|"))
        else:
            yield _among(D.plan_id if name == "plan" else D[name], value)
