"""What the clock alone makes so: what the calendar answers, and lengths of time that go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from plans.classify.rows import rows_of
from plans.classify.scope import compares
from plans.core.event import Event, Recorded
from plans.core.registry import applies
from plans.incident.case import Case
from plans.incident.records_said import Claim
from plans.incident.state import Incident
from plans.logic import space_of
from plans.measures import UNITS
from plans.model import Calendar, Expression, Fact, Plan
from plans.obligations.rules import rules_of
from plans.times import BEIJING
from plans.times.workdays import Workdays
from plans.values import FactValue, Interval, Options, as_data, parse

LEAST = timedelta(seconds=1)
"""So long after a bound a length is surely beyond it (超过24小时)."""


FAR = timedelta(days=36_500)
"""What lies beyond this nobody waits for."""


CALENDAR = "calendar"
"""The source of what the calendar answers."""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarRead(Event, name="calendar-read"):
    """The moment of the occurrence answers these flags (工作日, 高峰时段)."""

    facts: dict[str, Any]

    reassesses = True


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeRuns(Event, name="time-runs"):
    """A length of time that somebody stated goes on, and counts as it is now.

    Attributes:
        fact: of the plan, with ``ticks``.
        at: the moment up to which it is counted.
        next_at: when it comes to the plan's next bound; None where there is none any more.
        seconds: how many seconds one unit of the fact has.
    """

    fact: str
    at: datetime
    next_at: datetime | None
    seconds: int

    reassesses = True


# --- what may happen


def timely(case: Case) -> None:
    """Record what the clock says by now, where that is not on record yet."""
    facts = space_of(case.plan).facts
    answers = {
        name: answer
        for name, fact in facts.items()
        if fact.calendar is not None and (answer := _answer(case, name, fact.calendar)) is not None
    }
    if answers:
        case.record(CalendarRead(facts=answers))
    for name, fact in facts.items():
        if fact.ticks:
            _run(case, name, fact)


def _answer(case: Case, name: str, calendar: Calendar) -> bool | None:
    """Return what the calendar answers, None where that is on record, or where a person has said it."""
    occurred, claims = case.incident.occurred_at, case.incident.claims.get(name, ())
    if occurred is None or any(claim.source != CALENDAR for claim in claims):
        return None
    answer = within(calendar, occurred, case.policy.calendar)
    return None if claims and as_data(claims[-1].value) == answer else answer


def within(calendar: Calendar, moment: datetime, workdays: Workdays) -> bool:
    """Return whether a moment lies in a calendar's days and hours, in Beijing."""
    local = moment.astimezone(BEIJING)
    if calendar.days != "any" and workdays.day(local.date()).work is not (calendar.days == "workday"):
        return False
    clock = f"{local:%H:%M}"
    return not calendar.hours or any(_between(clock, *span.split("-")) for span in calendar.hours)


def _between(clock: str, start: str, end: str) -> bool:
    return start <= clock < end if start < end else clock >= start or clock < end


def count_up(case: Case) -> None:
    """Count every length that goes on up to now: before it is stated anew as it stands, and counted from then."""
    for name, fact in space_of(case.plan).facts.items():
        if fact.ticks and name in case.incident.runs:
            _run(case, name, fact, anew=True)


def _run(case: Case, name: str, fact: Fact, *, anew: bool = False) -> None:
    """Count a length up to now, and note when it comes to the next bound; it stops with its flag, or with the end.

    Args:
        anew: it is counted also where no bound lies between.
    """
    incident = case.incident
    claims = [claim for claim in incident.claims.get(name, ()) if isinstance(claim.value, Interval)]
    next_bound, stopped = incident.runs.get(name), _stopped(case, fact)
    if not claims or stopped is not None:
        if next_bound is not None:
            at = max((claim.at for claim in claims), default=case.now)
            if stopped is not None and next_bound <= stopped:  # it had come to a bound that nobody has counted yet
                at = max(at, stopped)
            case.record(TimeRuns(fact=name, at=at, next_at=None, seconds=_seconds(fact)))
        return
    moments = [
        _to_second(claim.at + wait)
        for bound in bounds_of(case.plan, name)
        for claim in claims
        if isinstance(claim.value, Interval)
        for end in (claim.value.at_least, claim.value.at_most)
        if end is not None and (wait := _until(bound - end, fact)) is not None
    ]
    ahead = min((moment for moment in moments if moment > case.now), default=None)
    passed = any(max(claim.at for claim in claims) < moment <= case.now for moment in moments)
    anew = anew and any(claim.at < case.now for claim in claims)
    if anew or passed or ahead != next_bound or name not in incident.runs:
        case.record(TimeRuns(fact=name, at=case.now, next_at=ahead, seconds=_seconds(fact)))


def _until(short: float, fact: Fact) -> timedelta | None:
    """Return how long it takes until a length is beyond a bound that it is short of; None where it is, or never is."""
    seconds = short * _seconds(fact) + LEAST.total_seconds()
    return timedelta(seconds=seconds) if 0 < seconds < FAR.total_seconds() else None


def _to_second(moment: datetime) -> datetime:
    """Return a moment to the second, so that counting a length anew never moves it."""
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _seconds(fact: Fact) -> int:
    return round(UNITS[fact.unit].factor * 60)


def _stopped(case: Case, fact: Fact) -> datetime | None:
    """Return since when a length does not go on, None while it does."""
    if case.incident.ended_at is not None:
        return case.incident.ended_at
    claims = case.incident.claims.get(fact.stopped_by, ())
    return claims[-1].at if claims and claims[-1].value == Options(frozenset([True])) else None


def bounds_of(plan: Plan, name: str) -> list[float]:
    """Return the numbers with which the plan compares a fact, ascending."""
    bounds = {
        float(number)
        for condition in _conditions(plan)
        for leaf in compares(condition)
        if leaf.fact == name
        for number in (leaf.lt, leaf.le, leaf.gt, leaf.ge)
        if number is not None
    }
    return sorted(bounds)


def _conditions(plan: Plan) -> Iterator[Expression]:
    yield from (row.when for row in rows_of(plan))
    for response in plan.responses:
        yield from (item.when for item in response.conditions)
    for rule in rules_of(plan):
        yield from (item for item in (rule.when, *(change.when for change in rule.changes)) if item is not None)


# --- what it does to the incident


@applies(CalendarRead)
def _on_read(incident: Incident, event: CalendarRead, item: Recorded) -> None:
    for fact, value in event.facts.items():
        incident.claims[fact] = (Claim(parse(value), CALENDAR, item.at, item.sequence, True),)


@applies(TimeRuns)
def _on_runs(incident: Incident, event: TimeRuns, item: Recorded) -> None:
    claims = incident.claims.get(event.fact, ())
    incident.claims[event.fact] = tuple(
        replace(claim, value=_grown(claim.value, (event.at - claim.at) / timedelta(seconds=event.seconds)), at=event.at)
        for claim in claims
    )
    incident.runs[event.fact] = event.next_at


def _grown(value: FactValue, by: float) -> FactValue:
    if not isinstance(value, Interval) or by <= 0:
        return value
    low, high = (None if bound is None else round(bound + by, 9) for bound in (value.at_least, value.at_most))
    return Interval(low, high)
