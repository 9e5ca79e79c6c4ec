"""What an office knows of days: workdays with 调休, school terms and holidays, theme days, and what happens when.

A file of the office gives it (:mod:`bot.workdays`); without one there are workdays alone.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from plans.times.workdays import WEEKDAYS, Day, Workdays
from plans.times.yearly import YearDay

ISSUE = "印发"
TERM_BEGINS = "开学"
TERM_ENDS = "放假"

LONGEST_HOLIDAY = timedelta(days=70)
"""Between two terms. Longer after the last known one, the calendar is taken to be out of date: lessons are assumed."""


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A school term (学期), first and last day included."""

    first: date
    last: date
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class OfficeCalendar:
    """The days of one office; it answers for the workdays too.

    Attributes:
        workdays: 调休 counted.
        terms: in order, apart from each other.
        holidays: days of a term without lessons. lessons: days with lessons that are no workdays.
        moved: the date of a theme day in a year in which it is not the usual one.
        local: theme days of the office's own, which every duty of theme days has besides those of its plan.
        events: the dates of what duties follow or precede (汛期, 统考); terms give 开学 and 放假.
    """

    workdays: Workdays = WEEKDAYS
    terms: tuple[Term, ...] = ()
    holidays: frozenset[date] = frozenset()
    lessons: frozenset[date] = frozenset()
    moved: Mapping[tuple[str, int], date] = field(default_factory=dict)
    local: Mapping[str, YearDay] = field(default_factory=dict)
    events: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.terms, self.holidays, self.lessons))

    def day(self, date: date) -> Day:
        """Return whether a day is worked."""
        return self.workdays.day(date)

    def term_at(self, day: date) -> Term | None:
        """Return the term that a day lies in."""
        place = bisect.bisect_right(self.terms, day, key=lambda term: term.first)
        term = self.terms[place - 1] if place else None
        return term if term is not None and day <= term.last else None

    def school_day(self, day: date) -> Day:
        """Return whether there are lessons; tentative where no term tells."""
        work = self.day(day)
        if day in self.lessons:
            return Day(True)
        if day in self.holidays:
            return Day(False)
        if self.term_at(day) is not None:
            return work
        return Day(False) if self._between_terms(day) else Day(work.work, tentative=True)

    def _between_terms(self, day: date) -> bool:
        """Return whether schools are closed for a holiday of a length that there is, before, between or after terms."""
        before = max((term.last for term in self.terms if term.last < day), default=None)
        after = min((term.first for term in self.terms if term.first > day), default=None)
        if before is not None and day - before <= LONGEST_HOLIDAY:
            return True
        return after is not None and after - day <= LONGEST_HOLIDAY

    def theme_day(self, name: str, usual: YearDay, year: int) -> date:
        """Return when a theme day is in a year."""
        return self.moved.get((name, year)) or usual.of(year)

    def local_theme_days(self, year: int) -> dict[str, date]:
        """Return the office's own theme days of a year."""
        return {name: self.theme_day(name, usual, year) for name, usual in self.local.items()}

    def events_of(self, name: str) -> tuple[date, ...]:
        """Return the days on which something happens, in order; empty where the calendar does not say."""
        from_terms = {
            TERM_BEGINS: [term.first for term in self.terms],
            TERM_ENDS: [term.last + timedelta(days=1) for term in self.terms],
        }
        return tuple(sorted({*from_terms.get(name, ()), *self.events.get(name, ())}))

    def with_events(self, events: Mapping[str, tuple[date, ...]]) -> OfficeCalendar:
        """Return the calendar with what else happens; what it says itself of a name counts alone."""
        return replace(self, events={**events, **self.events})


def faults(calendar: OfficeCalendar) -> list[str]:
    """Return what cannot be meant in a school calendar, each in a sentence; empty where it holds together."""
    said: list[str] = []
    for term in calendar.terms:
        length = (term.last - term.first).days + 1
        if not 30 <= length <= 250:
            said.append(f"{_term(term)}有{length}天：学期应为30天至250天，请核对年份")
    for one, other in itertools.pairwise(sorted(calendar.terms)):
        if other.first <= one.last:
            said.append(f"{_term(one)}与{_term(other)}重叠")
    if calendar.terms:
        for day in sorted(calendar.holidays | calendar.lessons):
            if calendar.term_at(day) is None:
                said.append(f"{day.isoformat()}不在任何学期里：学期之间本来就不上课，不用写")
    said += [f"{day.isoformat()}既写放假又写上课" for day in sorted(calendar.holidays & calendar.lessons)]
    return said


def _term(term: Term) -> str:
    return f"学期“{term.name}”（{term.first.isoformat()}～{term.last.isoformat()}）"


NO_CALENDAR = OfficeCalendar()
"""Of an office that has no file: Monday to Friday."""
