"""Duties in their periods: begun up to a horizon, as events keep them, and from when a rule of years counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from plans.acting import carries_out
from plans.core.event import Event, Recorded
from plans.core.registry import applies
from plans.duty.case import Case, duties_of, duty_of
from plans.duty.state import DONE, DutyBook, Instance
from plans.model import Duty, Plan
from plans.periods import Period, anchor_of, for_plan, periods
from plans.times import BEIJING, midnight

HORIZON = timedelta(days=14)
"""So many days ahead periods are begun: the weekly message tells of those that end within the week."""

_DAY = timedelta(days=1)


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodsBegun(Event, name="duty-periods-begun"):
    """Periods were begun, each as ``as_data`` makes it; ``until`` is the day up to which they were looked for."""

    items: tuple[dict[str, Any], ...]
    until: datetime


@carries_out("duty", "period", "Duty.every")
def begin_periods(case: Case) -> None:
    """Record the periods that begin up to the horizon and have not begun; those of daily duties too."""
    book, today = case.book, case.now.astimezone(BEIJING).date()
    until = min(today + HORIZON, date(book.year, 12, 31))
    since = book.begun_until
    items = [
        as_data(instance)
        for duty in duties_of(case.plan, book.bearer_kind, book.bearer, book.kinds)
        if duty.every is not None
        for instance in _instances(case, duty, since, today, until)
        if (duty.id, instance.period) not in book.instances
    ]
    if items or since is None or since < until:
        case.record(PeriodsBegun(items=tuple(items), until=midnight(until)))


def _instances(case: Case, duty: Duty, since: date | None, today: date, until: date) -> Iterator[Instance]:
    """Yield the periods of a duty that begin after ``since``; in a new book also those that run today."""
    if duty.every is None:
        return
    calendar = for_plan(case.policy.calendar, case.plan)
    start = today if since is None else min(since + _DAY, today)
    for period in periods(duty.every, start, until, calendar, anchor_for(case, duty)):
        if since is None or period.first > since or period.last >= today:
            yield instance_of(duty.id, period)


def anchor_for(case: Case, duty: Duty) -> date | None:
    """Return from when a rule of years counts for this bearer."""
    done = [
        item.at.astimezone(BEIJING).date()
        for item in case.book.instances.values()
        if item.duty == duty.id and item.said == "done" and item.at is not None
    ]
    if duty.id in case.book.last_done:
        done.append(case.book.last_done[duty.id])
    return anchor_of(case.plan, max(done, default=None))


def last_done(book: DutyBook, plan: Plan) -> dict[str, str]:
    """Return when duties of more than a year were done last, for the next year's book."""
    days = {name: day.isoformat() for name, day in book.last_done.items()}
    for item in book.instances.values():
        duty = duty_of(plan, item.duty)
        if duty is not None and duty.every is not None and duty.every.years and item.said == DONE and item.at:
            days[item.duty] = max(days.get(item.duty, ""), item.at.astimezone(BEIJING).date().isoformat())
    return days


def instance_of(duty: str, period: Period) -> Instance:
    """Return the instance of a period that begins."""
    return Instance(duty=duty, period=period.id, first=period.first, last=period.last, due=period.due, name=period.name)


def as_data(instance: Instance) -> dict[str, Any]:
    """Return an instance as an event keeps it; what is plain is left out."""
    data = {
        "duty": instance.duty, "period": instance.period, "first": instance.first.isoformat(),
        "last": instance.last.isoformat(), "due": instance.due.isoformat(), "name": instance.name,
        "returned": instance.returned,
        "returned_at": instance.returned_at.isoformat() if instance.returned_at is not None else "",
    }  # fmt: skip
    return {name: value for name, value in data.items() if value}


def from_data(data: dict[str, Any], sequence: int = 0) -> Instance:
    """Return the instance that ``as_data`` made, as the event with this number tells it."""
    returned_at = data.get("returned_at")
    return Instance(
        duty=data["duty"], period=data["period"], first=date.fromisoformat(data["first"]),
        last=date.fromisoformat(data["last"]), due=datetime.fromisoformat(data["due"]), name=data.get("name", ""),
        returned=data.get("returned", ""),
        returned_at=datetime.fromisoformat(returned_at) if returned_at else None, sequence=sequence,
    )  # fmt: skip


# --- what it does to the book


@applies(PeriodsBegun)
def _on_begun(book: DutyBook, event: PeriodsBegun, item: Recorded) -> None:
    book.begun_until = event.until.astimezone(BEIJING).date()
    add_instances(book, event.items, item)


def add_instances(book: DutyBook, items: tuple[dict[str, Any], ...], of: Recorded) -> None:
    """Keep the instances that an event tells, each in the place of the one that it was."""
    for data in items:
        instance = from_data(data, of.sequence)
        book.instances[instance.duty, instance.period] = instance
