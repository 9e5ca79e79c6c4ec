"""Periods as people write them: a table, and what holds for every one."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.statistics.tally import slices
from plans.times import BEIJING
from plans.times.calendar_periods import CalendarPeriod, Kind, month_of, period_of

TODAY = date(2026, 11, 30)

NAMED = [
    ("本月", "month", "2026-11-01", "2026-11-30"),
    ("上月", "month", "2026-10-01", "2026-10-31"),
    ("上个月", "month", "2026-10-01", "2026-10-31"),
    ("本季", "quarter", "2026-10-01", "2026-12-31"),
    ("上季度", "quarter", "2026-07-01", "2026-09-30"),
    ("本年", "year", "2026-01-01", "2026-12-31"),
    ("今年", "year", "2026-01-01", "2026-12-31"),
    ("去年", "year", "2025-01-01", "2025-12-31"),
    ("2026-11", "month", "2026-11-01", "2026-11-30"),
    ("2026/2", "month", "2026-02-01", "2026-02-28"),
    ("2028-02", "month", "2028-02-01", "2028-02-29"),
    ("2026年11月", "month", "2026-11-01", "2026-11-30"),
    ("2026 年 11 月份", "month", "2026-11-01", "2026-11-30"),
    ("去年12月", "month", "2025-12-01", "2025-12-31"),
    ("11月", "month", "2026-11-01", "2026-11-30"),
    ("12月", "month", "2025-12-01", "2025-12-31"),  # the last that has begun
    ("十二月", "month", "2025-12-01", "2025-12-31"),
    ("2026", "year", "2026-01-01", "2026-12-31"),
    ("2026年", "year", "2026-01-01", "2026-12-31"),
    ("2026年度", "year", "2026-01-01", "2026-12-31"),
    ("2026Q3", "quarter", "2026-07-01", "2026-09-30"),
    ("2026-q4", "quarter", "2026-10-01", "2026-12-31"),
    ("2026年第3季度", "quarter", "2026-07-01", "2026-09-30"),
    ("三季度", "quarter", "2026-07-01", "2026-09-30"),
    ("上半年", "half", "2026-01-01", "2026-06-30"),
    ("2025下半年", "half", "2025-07-01", "2025-12-31"),
    ("今天", "days", "2026-11-30", "2026-11-30"),
    ("昨天", "days", "2026-11-29", "2026-11-29"),
    ("本周", "days", "2026-11-30", "2026-12-06"),
    ("上周", "days", "2026-11-23", "2026-11-29"),
    ("2026-11-03", "days", "2026-11-03", "2026-11-03"),
    ("11月1日至15日", "days", "2026-11-01", "2026-11-15"),
    ("11月1日至11月15日", "days", "2026-11-01", "2026-11-15"),
    ("11月1日—11月15日", "days", "2026-11-01", "2026-11-15"),
    ("2026-11-01–2026-11-15", "days", "2026-11-01", "2026-11-15"),
    ("2026-11-01-2026-11-15", "days", "2026-11-01", "2026-11-15"),
    ("2025-12-20~2026-01-10", "days", "2025-12-20", "2026-01-10"),
    ("12月20日至1月10日", "days", "2025-12-20", "2026-01-10"),
    ("2026-01至2026-03", "days", "2026-01-01", "2026-03-31"),
    ("一月至三月", "days", "2026-01-01", "2026-03-31"),
]


@pytest.mark.parametrize(("words", "kind", "first", "last"), NAMED, ids=lambda item: str(item))
def test_periods_as_people_write_them(words: str, kind: Kind, first: str, last: str) -> None:
    wanted = CalendarPeriod(kind=kind, first=date.fromisoformat(first), last=date.fromisoformat(last))
    assert period_of(words, TODAY) == wanted


@pytest.mark.parametrize(
    "words",
    ["", "13月", "2026-13", "2月30日", "2026-02-30", "明年", "下月", "2026Q5", "第五季度", "1999", "3000", "11", "水上",
     "11月15日至11月1日x", "2026-11-15至2026-11-01", "至", "11月至", "2026年0月"],
)  # fmt: skip
def test_what_names_no_period_for_sure_is_none(words: str) -> None:
    assert period_of(words, TODAY) is None


@pytest.mark.parametrize(
    ("period", "previous", "following"),
    [
        ("2026-01", "2025-12", "2026-02"),
        ("2026-12", "2026-11", "2027-01"),
        ("2026Q1", "2025Q4", "2026Q2"),
        ("2026上半年", "2025下半年", "2026下半年"),
        ("2026", "2025", "2027"),
        ("2026-11-01至2026-11-15", "2026-10-17至2026-10-31", "2026-11-16至2026-11-30"),
    ],
)
def test_what_lies_beside_a_period(period: str, previous: str, following: str) -> None:
    found = period_of(period, TODAY)
    assert found is not None
    assert found.previous == period_of(previous, TODAY)
    assert found.next == period_of(following, TODAY)


def test_a_day_begins_at_midnight_in_beijing_all_year_round() -> None:
    november, july = period_of("2026-11", TODAY), period_of("2026-07", TODAY)
    assert november is not None and july is not None
    assert november.begins == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert november.ends == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert july.begins.utcoffset() == november.begins.utcoffset() == timedelta(hours=8)
    assert july.ends - july.begins == timedelta(days=31)


def test_there_is_nothing_before_the_first_or_after_the_last_year_that_is_read() -> None:
    first, last = period_of("2000-01", TODAY), period_of("2999", TODAY)
    assert first is not None and last is not None
    assert first.previous is None and last.next is None


@given(st.dates(date(2001, 1, 1), date(2998, 12, 31)), st.sampled_from(["month", "quarter", "half", "year"]))
def test_periods_of_a_kind_tile_time(day: date, kind: str) -> None:
    words = {
        "month": f"{day.year}-{day.month}", "quarter": f"{day.year}Q{(day.month + 2) // 3}",
        "half": f"{day.year}{'上' if day.month < 7 else '下'}半年", "year": str(day.year),
    }  # fmt: skip
    found = period_of(words[kind], day)
    assert found is not None and found.first <= day <= found.last
    assert found.next is not None and found.next.first == found.last + timedelta(days=1)
    assert found.next.previous == found and found.ends == found.next.begins
    parts = slices(found)
    assert parts[0][0] == found.first and parts[-1][1] == found.last
    assert all(one[1] + timedelta(days=1) == two[0] for one, two in itertools.pairwise(parts))
    assert len(parts) == (found.days if found.days <= 62 else len({(d.year, d.month) for d, _ in parts}))


@given(st.dates(date(2001, 1, 1), date(2998, 12, 31)))
def test_the_month_of_a_day_is_this_month(day: date) -> None:
    assert month_of(day) == period_of("本月", day)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)
    assert month_of(day).begins <= noon < month_of(day).ends
