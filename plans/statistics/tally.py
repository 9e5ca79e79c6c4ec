"""Rows as they are counted: so many of each kind, and how long they took. The database counts the same way.

``tally`` counts what is given to it; ``storage.statistics`` has the database do it, and a test holds the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from plans.statistics import rows as r
from plans.statistics.rows import CountedCase, Row
from plans.statistics.statistics import Spread
from plans.times.calendar_periods import CalendarPeriod

OWN = (r.ANSWER, r.ARRIVAL, r.WAKING, r.MEASURE)
"""Topics whose key is a unit: what a unit sees of itself."""

LATE = ("late",)
MEASURED: Mapping[str, tuple[str, ...]] = {
    r.REPORT: LATE, r.OTHERS: LATE, r.ANSWER: ("answered", "declined"),
    r.ARRIVAL: ("arrived",), r.LEVEL: ("declared",), r.WAKING: ("answered",),
    r.SPOT: ("in_time", "late"),
}  # fmt: skip
"""By topic, of which outcomes it is told how long they took."""

LONGEST_BY_DAY = 62
"""Days of a period whose course is told by days; of a longer one it is told by months."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What is to be counted.

    Attributes:
        plans: ids, in the order in which they are told.
        beside: further jurisdictions with their plans: then it is the sum (合计) of all of them.
        drills: drills alone instead of what was real.
        own: by plan the units whose own rows alone are counted; None = everything.
    """

    jurisdiction: str
    plans: tuple[str, ...]
    period: CalendarPeriod
    drills: bool = False
    own: Mapping[str, frozenset[str]] | None = None
    beside: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def places(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each jurisdiction with the plans that are counted there."""
        return ((self.jurisdiction, self.plans), *self.beside)

    @property
    def all_plans(self) -> tuple[str, ...]:
        """The plans of all jurisdictions, each once, in the order in which they are told."""
        return tuple(dict.fromkeys(plan for _, plans in self.places for plan in plans))

    def holds(self, jurisdiction: str, plan_id: str) -> bool:
        """Return whether a plan is counted in a jurisdiction."""
        return any(place == jurisdiction and plan_id in plans for place, plans in self.places)

    def units(self, plan_id: str) -> frozenset[str]:
        """Return the units of a plan to which it is narrowed."""
        return (self.own or {}).get(plan_id, frozenset())


class CaseCell(NamedTuple):
    """Cases that are alike."""

    place: str
    kind: str
    plan: str
    sort: str
    level: str
    response: str
    state: str
    open: bool


class Cell(NamedTuple):
    """Rows that are alike."""

    plan: str
    topic: str
    key: str
    name: str
    outcome: str
    clause: str
    local: bool


class DutyCell(NamedTuple):
    """Duties that are alike; ``bearer_kind`` and ``bearer`` as books have them."""

    plan: str
    duty: str
    bearer_kind: str
    bearer: str
    status: str


class Span(NamedTuple):
    """Whose spread it is: of a topic; empty = all plans, all keys."""

    topic: str
    plan: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Tally:
    """So many of each kind.

    Attributes:
        past: of the open rows in ``cells`` those whose time is over.
        spreads: of each topic by plan and key, and of all plans or keys together.
        course: how many incidents were reported on each day, or in each month from its first day.
        drills: how many drills there were, whatever is counted. behind: cases that are not counted anew yet.
        duties: None = nobody is chased for any.
    """

    cases: Mapping[CaseCell, int]
    cells: Mapping[Cell, int]
    past: Mapping[Cell, int]
    spreads: Mapping[Span, Spread]
    course: Mapping[date, int]
    drills: int
    behind: int = 0
    duties: Mapping[DutyCell, int] | None = None


def tally(cases: Iterable[CountedCase], selection: Selection, now: datetime) -> Tally:
    """Return what some cases come to, without the duties, which are no cases of this kind."""
    kept = [case for case in cases if _within(case, selection)]
    counted = [case for case in kept if case.drill == selection.drills]
    rows = [(case, row) for case in counted for row in case.rows if shows(selection, case.plan_id, row)]
    cells, past = Counter[Cell](), Counter[Cell]()
    for case, row in rows:
        cell = Cell(case.plan_id, row.topic, row.key, row.name, row.outcome, row.clause, row.local)
        cells[cell] += 1
        past[cell] += row.outcome_at(now) == r.OVERDUE
    days = [case.day for case in counted if case.kind == "incident" and case.day is not None]
    return Tally(
        cases=Counter(
            CaseCell(
                case.jurisdiction, case.kind, case.plan_id, case.sort, case.level, case.response, case.state, case.open
            )
            for case in counted
        ),
        cells=cells,
        past=+past,
        spreads=_spreads(rows),
        course=Counter(slice_of(day, selection.period) for day in days),
        drills=sum(1 for case in kept if case.drill),
    )


def _within(case: CountedCase, selection: Selection) -> bool:
    if not selection.holds(case.jurisdiction, case.plan_id):
        return False
    if case.day is None or not selection.period.first <= case.day <= selection.period.last:
        return False
    return selection.own is None or any(
        row.topic in (r.ANSWER, r.WAKING) and row.key in selection.units(case.plan_id) for row in case.rows
    )


def shows(selection: Selection, plan_id: str, row: Row) -> bool:
    """Return whether a row of a plan is told: to a unit its own."""
    return selection.own is None or (row.topic in OWN and row.key in selection.units(plan_id))


def slice_of(day: date, period: CalendarPeriod) -> date:
    """Return the first day of the part of a period in which a day lies."""
    return day if period.days <= LONGEST_BY_DAY else max(day.replace(day=1), period.first)


def slices(period: CalendarPeriod) -> list[tuple[date, date]]:
    """Return the parts of a period, first and last day of each."""
    starts = sorted({slice_of(period.first + timedelta(days=number), period) for number in range(period.days)})
    return [
        (first, (starts[number + 1] - timedelta(days=1)) if number + 1 < len(starts) else period.last)
        for number, first in enumerate(starts)
    ]


def _spreads(rows: Sequence[tuple[CountedCase, Row]]) -> dict[Span, Spread]:
    lengths: dict[Span, Counter[int]] = {}
    for case, row in rows:
        if row.seconds is not None and row.outcome in MEASURED.get(row.topic, ()):
            lengths.setdefault(Span(row.topic, case.plan_id, row.key), Counter())[row.seconds] += 1
    return spreads_of(lengths)


def spreads_of(lengths: Mapping[Span, Mapping[int, int]]) -> dict[Span, Spread]:
    """Return the spreads of each plan and key, and of all plans or keys together.

    Args:
        lengths: of each plan and key, how often something took so many seconds.
    """
    together: dict[Span, Counter[int]] = {}
    for span, counts in lengths.items():
        for wider in (span, Span(span.topic, "", span.key), Span(span.topic, "", "")):
            together.setdefault(wider, Counter()).update(counts)
    return {span: spread(counts) for span, counts in together.items()}


def spread(counts: Mapping[int, int]) -> Spread:
    """Return the spread of some lengths: each of its figures is one of them, the lower one where two are in question.

    Args:
        counts: how often each length occurred.

    Raises:
        ValueError: there are none.
    """
    count = sum(counts.values())
    if not count:
        raise ValueError("nothing has no spread")
    places = [(count + 1) // 2, (count + 3) // 4, (3 * count + 3) // 4, count]
    found: dict[int, int] = {}
    reached = 0
    for length in sorted(counts):
        reached += counts[length]
        for place in places:
            if place <= reached and place not in found:
                found[place] = length
    median, lower, upper, worst = (found[place] for place in places)
    return Spread(count=count, median=median, lower=lower, upper=upper, worst=worst)
