"""Incidents, clocks and units out: under the rights of the token, without persons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, get_args

from bot.cases.plan_registry import UnusablePlan
from bot.cases.streams import INCIDENT, id_of, stream_of
from bot.office.api_reader import reader_of
from bot.office.api_work import served_ids
from bot.render import View, naming
from bot.web.api import cursors
from bot.web.api.models.base import Page, Range
from bot.web.api.models.incidents import (
    Clock,
    Clocks,
    ClockStatus,
    Decided,
    Figure,
    IncidentDetails,
    IncidentLine,
    IncidentPage,
    Incidents,
    UnitCall,
    UnitCalls,
)
from bot.web.api.operations import Call, Given, operation
from bot.web.api.problems import Problem
from bot.web.api.reports import ID
from plans.incident.figures import confirmed, counted
from plans.incident.state import Incident
from plans.load import plan_facts
from plans.model import Plan
from plans.values import as_data
from storage.incidents import IncidentRow

_STATUS: dict[str, ClockStatus] = {name: name for name in get_args(ClockStatus)}
AFTER_INCIDENT = (datetime, str)


@operation(
    "listIncidents", "GET", "/incidents", tag="incidents", scopes=("read",), query=IncidentPage,
    answers={200: Incidents},
)  # fmt: skip
async def list_incidents(call: Call) -> Given:
    """Incidents, the oldest report first: what is reported meanwhile comes behind."""
    asked: IncidentPage = call.query
    after, reader = cursors.read(asked.cursor, AFTER_INCIDENT), reader_of(call.service, call.token)
    plans = served_ids(call.service, call.token)
    async with call.service.store.reading() as rx:
        rows = await rx.incidents.page(
            call.token.jurisdiction, plans, asked.limit + 1, after=(after[0], after[1]) if after else None,
            open_only=asked.open, drills=asked.drills,
        )  # fmt: skip
    shown = [row for row in rows[: asked.limit] if reader.may_list(row)]
    items = [IncidentLine(**_line(row)) for row in shown]
    more = len(rows) > asked.limit
    last = rows[asked.limit - 1] if more else None
    return Given(model=Incidents(items=items, next=cursors.cursor(last.reported_at, last.stream) if last else None))


def _line(row: IncidentRow) -> dict[str, Any]:
    return {
        "id": id_of(row.stream), "number": row.number, "year": row.year, "drill": row.drill, "plan": row.plan_id,
        "state": row.state, "event_level": row.event_level, "response_level": row.response_level,
        "reported_at": row.reported_at, "occurred_at": row.occurred_at, "version": row.sequence,
    }  # fmt: skip


@operation(
    "getIncident", "GET", f"/incidents/{ID}", tag="incidents", scopes=("read",), answers={200: IncidentDetails},
    problems=("not-found",),
)  # fmt: skip
async def get_incident(call: Call) -> Given:
    """One incident; one that is not there and one that is not the token's are alike."""
    row, plan, incident = await found(call, call.path["id"])
    now = incident.own_time(call.now)
    view = View(plan=plan, incident=incident, now=now)
    return Given(
        model=IncidentDetails(
            **_line(row),
            occurred_basis=incident.occurred_basis or None,
            place=naming.place(view) or None,
            event_class=incident.event_class or None,
            class_name=naming.class_name(view) or None if incident.event_class else None,
            taken=bool(incident.handled_by),
            merged_into=incident.merged_number or None,
            response_started_at=incident.response_started_at,
            ended_at=incident.ended_at,
            closed_at=incident.closed_at,
            values=list(_figures(plan, incident)),
            clocks=[_clock(incident, item.key, now) for item in incident.open_instances],
            units=[unit_call(incident, unit) for unit in incident.calls],
            decisions=[
                Decided(kind=item.kind, level=item.level, role=naming.role(plan, item.role), at=item.at)
                for item in incident.decisions
            ],
        )
    )


async def found(call: Call, id: str) -> tuple[IncidentRow, Plan, Incident]:
    """Return an incident that a token may read.

    Raises:
        Problem: there is none that it may.
    """
    stream, reader = stream_of(INCIDENT, id), reader_of(call.service, call.token)
    async with call.service.store.reading() as rx:
        row = await rx.incidents.get(stream)
    try:
        pair = await call.service.incident(stream) if row is not None else None
    except UnusablePlan:
        pair = None
    if row is None or pair is None or not reader.serves(pair[1].jurisdiction, pair[1].plan):
        raise Problem("not-found")
    if not reader.may_read(*pair):
        raise Problem("not-found")
    return row, *pair


def _figures(plan: Plan, incident: Incident) -> Iterator[Figure]:
    facts = plan_facts(plan)
    for name, value in counted(incident).items():
        data = as_data(value)
        if isinstance(data, dict):
            data = Range(at_least=data["at_least"], at_most=data["at_most"])
        elif isinstance(data, list):
            data = "、".join(str(item) for item in data)
        sure = confirmed(incident.basis, name)
        label = facts[name].label if name in facts else name
        yield Figure(fact=name, label=label, value=data, confirmed=sure is not None and sure == value)


def _clock(incident: Incident, key: str, now: datetime) -> Clock:
    item = incident.instances[key]
    return Clock(
        incident=id_of(incident.stream), number=incident.number, drill=incident.drill, key=item.key, report=item.report,
        clause=item.clause, channel=item.channel if item.channel != "any" else None, due=item.due,
        status=_STATUS[item.status_at(now)], to=list(item.to),
    )  # fmt: skip


def unit_call(incident: Incident, unit: str) -> UnitCall:
    """Return the call to a unit: not who answered, and not in which words."""
    item = incident.calls[unit]
    return UnitCall(
        incident=id_of(incident.stream), number=incident.number, drill=incident.drill, unit=unit, round=item.round,
        status=item.status, called_at=item.called_at, answered_at=item.answered_at,
    )  # fmt: skip


@operation("listClocks", "GET", "/clocks", tag="incidents", scopes=("read",), query=Page, answers={200: Clocks})
async def list_clocks(call: Call) -> Given:
    """What is owed in all open incidents, what is due first at the head."""
    asked: Page = call.query
    after = cursors.read(asked.cursor, (datetime, str, str))
    reader, plans = reader_of(call.service, call.token), served_ids(call.service, call.token)
    async with call.service.store.reading() as rx:
        rows = await rx.obligations.page(
            call.token.jurisdiction, plans, asked.limit + 1, after=(after[0], after[1], after[2]) if after else None
        )
    items = []
    for row in rows[: asked.limit]:
        incident = await _readable(call, row.stream)
        if incident is not None and row.key in incident[1].instances and reader.may_read(*incident):
            items.append(_clock(incident[1], row.key, incident[1].own_time(call.now)))
    last = rows[asked.limit - 1] if len(rows) > asked.limit else None
    following = cursors.cursor(last.due, last.stream, last.key) if last is not None and last.due is not None else None
    return Given(model=Clocks(items=items, next=following))


async def _readable(call: Call, stream: str) -> tuple[Plan, Incident] | None:
    try:
        return await call.service.incident(stream)
    except UnusablePlan:
        return None


@operation("listUnits", "GET", "/units", tag="incidents", scopes=("read",), query=Page, answers={200: UnitCalls})
async def list_units(call: Call) -> Given:
    """The units that were called in open incidents, and what they answered."""
    asked: Page = call.query
    found, following = await calls_behind(call, asked)
    reader = reader_of(call.service, call.token)
    items = [unit_call(incident, unit) for plan, incident, unit in found if reader.may_read(plan, incident)]
    return Given(model=UnitCalls(items=items, next=following))


async def calls_behind(
    call: Call, asked: Page, units: frozenset[str] | None = None
) -> tuple[list[tuple[Plan, Incident, str]], str | None]:
    """Return a page of calls in open incidents, by incident and in the order of calling; and where the next begins.

    Args:
        units: of these alone.
    """
    after = cursors.read(asked.cursor, (datetime, str, int))
    plans = served_ids(call.service, call.token)
    items: list[tuple[Plan, Incident, str]] = []
    place: tuple[datetime, str] | None = None
    skipped, within = 0, None
    if after is not None:  # the incident in which the page before ended is looked at again
        place, skipped, within = _just_before(after[0], after[1]), after[2], after[1]
    while True:
        async with call.service.store.reading() as rx:
            rows = await rx.incidents.page(call.token.jurisdiction, plans, 50, after=place, open_only=True)
        for row in rows:
            pair = await _readable(call, row.stream)
            if pair is None or (after is not None and (row.reported_at, row.stream) < after[:2]):
                continue
            called = [unit for unit in pair[1].calls if units is None or unit in units]
            first = skipped if row.stream == within else 0
            for number, unit in enumerate(called[first:], first):
                if len(items) == asked.limit:
                    return items, cursors.cursor(row.reported_at, row.stream, number)
                items.append((*pair, unit))
        if len(rows) < 50:
            return items, None
        place = (rows[-1].reported_at, rows[-1].stream)


def _just_before(at: datetime, stream: str) -> tuple[datetime, str]:
    """Return a place in the order of incidents behind which this one comes first."""
    return at, stream[:-1]
