"""What the office's calendar says to the duties of the plans, as ``tocsin plans calendar`` prints it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bot.cli.table import heading, table
from bot.texts import rules as t
from plans.calendar import OfficeCalendar, Term
from plans.model import Every, Plan
from plans.periods import for_plan
from plans.times.yearly import YearDay, year_day


def shape(calendar: OfficeCalendar, plans: Iterable[Plan], today: date) -> dict[str, Any]:
    """Return the calendar as docs/contract.md has it: of this year and the next."""
    plans = list(plans)
    usual, events = _theme_days(plans), _events(plans)
    known = {*usual, *calendar.local}
    return {
        "terms": [_term(calendar, term) for term in calendar.terms],
        "theme_days": [
            _theme_day(calendar, name, day, year)
            for year in (today.year, today.year + 1)
            for name, day in {**usual, **calendar.local}.items()
        ],
        "events": [
            {
                "name": name,
                "dates": [day.isoformat() for day in _dates(calendar, name, of)],
                "plans": [plan.id for plan in of],
            }
            for name, of in events.items()
        ],
        "unused": [
            *dict.fromkeys(name for name, _ in calendar.moved if name not in known),
            *(name for name in calendar.events if name not in events),
        ],
    }


def _term(calendar: OfficeCalendar, term: Term) -> dict[str, Any]:
    days = [term.first + timedelta(days=number) for number in range((term.last - term.first).days + 1)]
    lessons = sum(calendar.school_day(day).work for day in days)
    return {
        "name": term.name, "first": term.first.isoformat(), "last": term.last.isoformat(), "school_days": lessons,
    }  # fmt: skip


def _theme_day(calendar: OfficeCalendar, name: str, usual: YearDay, year: int) -> dict[str, Any]:
    day = calendar.theme_day(name, usual, year)
    return {
        "name": name, "date": day.isoformat(), "moved": day != usual.of(year), "local": name in calendar.local,
    }  # fmt: skip


def _rules(plan: Plan) -> Iterable[Every]:
    return (duty.every for duty in plan.duties if duty.every is not None)


def _theme_days(plans: Iterable[Plan]) -> dict[str, YearDay]:
    return {item.name: year_day(item.date) for plan in plans for every in _rules(plan) for item in every.theme_days}


def _events(plans: Iterable[Plan]) -> dict[str, list[Plan]]:
    """Return what the duties come before or after, with the plans that say so."""
    events: dict[str, list[Plan]] = {}
    for plan in plans:
        for name in dict.fromkeys(every.after or every.before for every in _rules(plan)):
            if name:
                events.setdefault(name, []).append(plan)
    return events


def _dates(calendar: OfficeCalendar, name: str, plans: Iterable[Plan]) -> list[date]:
    return sorted({day for plan in plans for day in for_plan(calendar, plan).events_of(name)})


def lines(found: dict[str, Any]) -> list[str]:
    """Return the same for people."""
    terms = [(item["name"], f"{item['first']}～{item['last']}", t.LESSONS.format(count=item["school_days"]))
             for item in found["terms"]]  # fmt: skip
    days = [
        (item["name"], item["date"], t.LOCAL if item["local"] else t.MOVED if item["moved"] else "")
        for item in found["theme_days"]
    ]
    events = [
        (item["name"], "、".join(item["dates"]) or t.UNDATED, "、".join(item["plans"])) for item in found["events"]
    ]
    said = [*heading(t.TERMS), *(table(terms) or [t.NO_TERMS]), *heading(t.THEME_DAYS_HEAD), *table(days)]
    said += [*heading(t.EVENTS_HEAD), *table(events)]
    return said + [t.UNUSED.format(name=name) for name in found["unused"]]
