"""Workdays and 调休 as noticed, and what the office's own file settles."""

from datetime import date

import pytest

from bot.workdays import BadCalendar, ChinaWorkdays, read_calendar
from plans.times.workdays import Day


def test_days_of_notice():
    days = ChinaWorkdays()
    assert days.day(date(2025, 10, 1)) == Day(False)  # 国庆
    assert days.day(date(2025, 9, 28)) == Day(True)  # a Sunday that was worked
    assert days.day(date(2025, 10, 9)) == Day(True)


def test_of_a_year_without_notice_weekends_are_free_and_it_is_said():
    assert ChinaWorkdays().day(date(2099, 1, 1)) == Day(True, tentative=True)
    assert ChinaWorkdays().day(date(2099, 1, 3)) == Day(False, tentative=True)


def test_the_offices_own_file_settles(tmp_path):
    file = tmp_path / "days.txt"
    file.write_text("# 2099\n2099-01-01 休 # 元旦\n\n2099-01-03 班\n", encoding="utf-8")
    days = read_calendar(file)
    assert (days.day(date(2099, 1, 1)), days.day(date(2099, 1, 3))) == (Day(False), Day(True))
    file.write_text("2099-01-01 holiday\n", encoding="utf-8")
    with pytest.raises(BadCalendar, match=r"第1行.*2027-02-14 班"):
        read_calendar(file)
    assert read_calendar(None).day(date(2099, 1, 1)).tentative
