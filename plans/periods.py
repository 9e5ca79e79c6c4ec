"""Which period of a duty's calendar rule a day lies in, and which comes next.

Periods of a unit, of years and of theme days tile time without gap or overlap. Those of workdays, school days and terms
leave out the days between, as do those that want lessons; those of an event are where the calendar knows the event. A
period is due at the end of its last day unless the rule says ``by``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from plans.acting import carries_out
from plans.calendar import ISSUE, OfficeCalendar
from plans.model import Every, Plan
from plans.times import midnight
from plans.times.yearly import year_day

SETTLE = timedelta(days=7)
"""After a theme day its material may still come in (本地规定), unless the next theme day is nearer."""

_DAY = timedelta(days=1)
_FARTHEST = 400
"""Days ahead in which a day of work or of school is looked for."""

_HALF_OF_A_MONTH = 15


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a rule.

    Attributes:
        id: told from the others of its rule: 2026-Q4, 2026-11-F2, 2026-11-30.
        first, last: days in Beijing, both included.
        due_day: at the end of which the duty is to be done.
        name: of its theme days, its term or its event.
        tentative: its days follow from a calendar that does not know them yet.
    """

    id: str
    first: date
    last: date
    due_day: date
    name: str = ""
    tentative: bool = False

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return _midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The moment after the last."""
        return _midnight(self.last + _DAY)

    @property
    def due(self) -> datetime:
        """The moment by which it is to be done: 24:00 of the due day."""
        return _midnight(self.due_day + _DAY)


def for_plan(calendar: OfficeCalendar, plan: Plan) -> OfficeCalendar:
    """Return the calendar in which the plan was issued; what the office's file says of it counts alone."""
    return _with_issue(calendar, plan.in_force) if plan.in_force is not None else calendar


@lru_cache(maxsize=64)
def _with_issue(calendar: OfficeCalendar, day: date) -> OfficeCalendar:
    return calendar.with_events({ISSUE: (day,)})


@carries_out("clock", "years", "Plan.in_force")
def anchor_of(plan: Plan, last_done: date | None = None) -> date | None:
    """Return the day from which a rule of years counts: the day after it was last done, else when the plan began."""
    return last_done + _DAY if last_done is not None else plan.in_force


def period_at(every: Every, day: date, calendar: OfficeCalendar, anchor: date | None = None) -> Period | None:
    """Return the period that a day lies in; None on a day that the rule leaves out.

    Args:
        anchor: the first day of any period of a rule of years; without one such a rule has no periods.
    """
    if every.unit is not None:
        period = _of_unit(every, day, calendar)
        return None if every.school and period is not None and not _lessons(period, calendar) else period
    if every.years is not None:
        return _of_years(every.years, day, anchor)
    if every.theme_days:
        return _of_theme_days(every, day, calendar)
    around = [item for item in _of_events(every, calendar) if item.first <= day <= item.last]
    return around[-1] if around else None


def next_period(
    every: Every, after: date | Period, calendar: OfficeCalendar, anchor: date | None = None
) -> Period | None:
    """Return the first period that begins after a day, or after a period's first day; None where none is known."""
    day = after.first if isinstance(after, Period) else after
    if every.after or every.before:
        return next((item for item in _of_events(every, calendar) if item.first > day), None)
    if every.unit == "term":
        later = (term.first for term in calendar.terms if term.first > day)
        first = next(later, None)
        return period_at(every, first, calendar) if first is not None else None
    if every.unit in ("workday", "school-day") or every.school:
        ahead = (period_at(every, day + number * _DAY, calendar) for number in range(1, _FARTHEST))
        return next((item for item in ahead if item is not None and item.first > day), None)
    held = period_at(every, day, calendar, anchor)
    return period_at(every, held.last + _DAY, calendar, anchor) if held is not None else None


@lru_cache(maxsize=1024)
def periods(
    every: Every, first: date, last: date, calendar: OfficeCalendar, anchor: date | None = None
) -> tuple[Period, ...]:
    """Return every period that has a day between two days, both included, in order.

    Worked out once, since thousands of bearers have the same duty on the same day.
    """
    return tuple(_periods(every, first, last, calendar, anchor))


def _periods(every: Every, first: date, last: date, calendar: OfficeCalendar, anchor: date | None) -> Iterator[Period]:
    if every.after or every.before:
        yield from (item for item in _of_events(every, calendar) if item.first <= last and item.last >= first)
        return
    period = period_at(every, first, calendar, anchor) or next_period(every, first, calendar, anchor)
    while period is not None and period.first <= last:
        yield period
        period = next_period(every, period, calendar, anchor)


def _of_unit(every: Every, day: date, calendar: OfficeCalendar) -> Period | None:
    year, month = day.year, day.month
    match every.unit:
        case "year":
            due = year_day(every.by).of(year) if every.by else date(year, 12, 31)
            return Period(str(year), date(year, 1, 1), date(year, 12, 31), due)
        case "half-year":
            half = 1 if month <= 6 else 2
            return _months(f"{year}-H{half}", year, 6 * half - 5, 6)
        case "quarter":
            quarter = (month + 2) // 3
            return _months(f"{year}-Q{quarter}", year, 3 * quarter - 2, 3)
        case "month":
            return _months(f"{year}-{month:02}", year, month, 1)
        case "half-month":
            whole = _months("", year, month, 1)
            middle = date(year, month, _HALF_OF_A_MONTH)
            if day <= middle:
                return _period(f"{year}-{month:02}-F1", whole.first, middle)
            return _period(f"{year}-{month:02}-F2", middle + _DAY, whole.last)
        case "week":
            iso = day.isocalendar()
            monday = day - timedelta(days=day.weekday())
            return _period(f"{iso.year}-W{iso.week:02}", monday, monday + timedelta(days=6))
        case "term":
            term = calendar.term_at(day)
            return _period(f"{term.first.isoformat()}-T", term.first, term.last, term.name) if term else None
        case "workday" | "school-day":
            answer = calendar.day(day) if every.unit == "workday" else calendar.school_day(day)
            return _period(day.isoformat(), day, day, tentative=answer.tentative) if answer.work else None
        case _:
            return _period(day.isoformat(), day, day)


def _lessons(period: Period, calendar: OfficeCalendar) -> bool:
    days = (period.first + number * _DAY for number in range((period.last - period.first).days + 1))
    return any(calendar.school_day(day).work for day in days)


def _of_years(years: int, day: date, anchor: date | None) -> Period | None:
    if anchor is None:
        return None
    number = (day.year - anchor.year) // years
    if _later(anchor, number * years) > day:
        number -= 1
    first, following = _later(anchor, number * years), _later(anchor, (number + 1) * years)
    return _period(f"{first.isoformat()}-{years}Y", first, following - _DAY)


def _of_theme_days(every: Every, day: date, calendar: OfficeCalendar) -> Period:
    around = sorted(
        (when, names) for year in range(day.year - 2, day.year + 2) for when, names in _named(every, year, calendar)
    )
    days = [when for when, _ in around]
    lasts = [min(when + SETTLE, following - _DAY) for when, following in zip(days, [*days[1:], date.max], strict=True)]
    place = next(number for number, last in enumerate(lasts) if last >= day)
    when, names = around[place]
    return _period(when.isoformat(), lasts[place - 1] + _DAY, lasts[place], "、".join(names))


def _named(every: Every, year: int, calendar: OfficeCalendar) -> Iterator[tuple[date, tuple[str, ...]]]:
    """Yield the theme days of a year; those of one date together."""
    names: dict[date, list[str]] = {}
    for item in every.theme_days:
        names.setdefault(calendar.theme_day(item.name, year_day(item.date), year), []).append(item.name)
    for name, when in calendar.local_theme_days(year).items():
        names.setdefault(when, []).append(name)
    for when, together in names.items():
        yield when, tuple(dict.fromkeys(together))


def _of_events(every: Every, calendar: OfficeCalendar) -> list[Period]:
    """Return the periods of an event, in the order in which they begin."""
    name = every.after or every.before
    found: list[Period] = []
    for when in calendar.events_of(name):
        if every.before:
            found.append(_period(f"{when.isoformat()}-B", when - timedelta(days=every.days or 1), when - _DAY, name))
            continue
        last, tentative = when + timedelta(days=every.days or 0), False
        for _ in range(every.workdays or 0):
            last += _DAY
            while not (worked := calendar.day(last)).work:
                last += _DAY
            tentative = tentative or worked.tentative
        found.append(_period(f"{when.isoformat()}-A", when, last, name, tentative=tentative))
    return found


def _months(id_: str, year: int, month: int, count: int) -> Period:
    following = 12 * year + month - 1 + count
    return _period(id_, date(year, month, 1), date(following // 12, following % 12 + 1, 1) - _DAY)


def _period(id_: str, first: date, last: date, name: str = "", *, tentative: bool = False) -> Period:
    return Period(id_, first, last, last, name, tentative)


def _later(day: date, years: int) -> date:
    """Return the same day so many years later; the 29th of February is the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _midnight(day: date) -> datetime:
    return midnight(day).astimezone(UTC)
