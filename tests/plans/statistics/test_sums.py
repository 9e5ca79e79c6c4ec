"""The sum of several jurisdictions: each figure is the sum of its parts, and nothing of a further one is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.statistics.counting import statistics
from plans.statistics.figures import figures
from plans.statistics.rows import CountedCase
from plans.statistics.statistics import Spread, Statistics
from plans.statistics.tally import Selection, spread, tally
from plans.times import BEIJING
from plans.times.calendar_periods import period_of
from tests.plans.statistics.histories import PLANS, TITLES, counted, history

BEGIN = datetime(2026, 9, 20, tzinfo=BEIJING)
PLACES = tuple(f"第{number}区" for number in range(1, 21))
PERIOD = period_of("2026Q4", date(2026, 12, 1))
IDS = tuple(PLANS)


@cache
def rows_of(seed: int, places: int = 20) -> tuple[CountedCase, ...]:
    return tuple(counted(life.case()) for life in history(seed, 80, BEGIN, 100, PLACES[:places]))


def found(rows: Sequence[CountedCase], selection: Selection, now: datetime) -> Statistics:
    return statistics(tally(rows, selection, now), selection, PLANS, TITLES, now)


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 2), drills=st.booleans(), ahead=st.integers(0, 120),
    held=st.dictionaries(
        st.sampled_from(PLACES), st.sets(st.sampled_from(IDS), min_size=1).map(tuple), min_size=2, max_size=20
    ),
)  # fmt: skip
def test_each_figure_of_a_sum_is_the_sum_of_its_parts(
    seed: int, drills: bool, ahead: int, held: dict[str, tuple[str, ...]]
) -> None:
    assert PERIOD is not None
    rows = rows_of(seed)
    now = BEGIN + timedelta(days=ahead)
    parts = [Selection(jurisdiction=place, plans=plans, period=PERIOD, drills=drills) for place, plans in held.items()]
    together = replace(parts[0], beside=tuple(list(held.items())[1:]))
    of_parts = [found(rows, part, now) for part in parts]
    of_sum = found(rows, together, now)
    wanted: Counter[str] = Counter()
    for one in of_parts:
        wanted.update({str(figure): number for figure, number in figures(one)})
        wanted[f"incident:place={one.jurisdiction}"] += one.incidents.number
    told = {str(figure): number for figure, number in figures(of_sum)}
    assert +Counter(told) == +wanted
    assert of_sum.drills == sum(one.drills for one in of_parts)
    assert [part.key for part in of_sum.places] == list(held) and of_sum.as_json()["jurisdiction"] is None
    assert _course(of_sum) == sum(map(_course, of_parts), Counter())


def _course(one: Statistics) -> Counter[date]:
    return Counter({part.first: part.incidents for part in one.course})


@given(st.lists(st.lists(st.integers(0, 10_000), min_size=1, max_size=30), min_size=2, max_size=6))
def test_a_median_of_a_sum_is_one_of_all_rows_together_and_lies_between_its_parts(lengths: list[list[int]]) -> None:
    parts = [spread(Counter(some)) for some in lengths]
    whole = spread(Counter(one for some in lengths for one in some))
    assert whole.count == sum(one.count for one in parts) and whole.worst == max(one.worst for one in parts)
    assert min(one.median for one in parts) <= whole.median <= max(one.median for one in parts)
    assert isinstance(whole, Spread)


@pytest.mark.parametrize("places", [2, 20])
def test_who_holds_a_plan_in_one_place_counts_it_in_no_other(places: int) -> None:
    """The same plan serves every place; a sum takes of each what is held there, and nothing by its id alone."""
    assert PERIOD is not None
    rows = rows_of(3, places)
    now = BEGIN + timedelta(days=110)
    for plan in IDS:
        own = Selection(jurisdiction=PLACES[0], plans=(plan,), period=PERIOD)
        others = tuple((place, tuple(name for name in IDS if name != plan)) for place in PLACES[1:places])
        of_plan = {part.key: part.number for part in found(rows, replace(own, beside=others), now).incidents.by_plan}
        assert of_plan.get(plan, 0) == found(rows, own, now).incidents.number
