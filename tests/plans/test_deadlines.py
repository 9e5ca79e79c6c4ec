"""By when something is wanted, as officials write it; and what only looks like it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.times import BEIJING
from plans.times.deadlines import deadlines
from plans.times.night import evening_before, is_night, morning_of

NOW = datetime(2026, 11, 30, 10, 30, tzinfo=BEIJING)  # a Monday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("举一反三，全区排查，一周内报结果", ["12-07 18:00"]),
        ("请明天下班前反馈", ["12-01 18:00"]),
        ("明天上午前", ["12-01 12:00"]),
        ("9月30日前", ["09-30 18:00"]),
        ("16时前反馈落实情况", ["11-30 16:00"]),
        ("下午3点半前", ["11-30 15:30"]),
        ("今晚8点前报", ["11-30 20:00"]),
        ("10时前", ["12-01 10:00"]),
        ("12月5日上午10点前", ["12-05 10:00"]),
        ("本周五前", ["12-04 18:00"]),
        ("下周一前", ["12-07 18:00"]),
        ("本周内", ["12-04 18:00"]),
        ("月底前", ["11-30 18:00"]),
        ("年底前完成", ["12-31 18:00"]),
        ("三个工作日内", ["12-03 18:00"]),
        ("两小时内", ["11-30 12:30"]),
        ("半小时内", ["11-30 11:00"]),
        ("二十四小时内", ["12-01 10:30"]),
        ("5日前", ["12-05 18:00"]),
        ("当天24时前", ["12-01 00:00"]),
        ("12月5日前整改，12月10日前报结果", ["12-05 18:00", "12-10 18:00"]),
        ("明早8点开会", []),
        ("25点前", []),
        ("2月30日前", []),
        ("3年前的事，两个月前也有", []),
        ("请先之前的办", []),
        ("第3天内", []),
        ("", []),
    ],
)
def test_by_when_words_want_something(text: str, expected: list[str]) -> None:
    assert [f"{item.at:%m-%d %H:%M}" for item in deadlines(text, NOW)] == expected


@given(st.text(alphabet="0123456789一二三十半年月日号天周内前时点:下上午班明今底 ", max_size=24))
def test_whatever_is_written_comes_ahead_or_not_at_all(text: str) -> None:
    assert all(item.at > NOW and item.words in text for item in deadlines(text, NOW))


@given(st.integers(0, 400 * 24 * 60))
def test_a_moment_of_the_night_goes_to_its_morning_or_the_evening_before(minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    assert not is_night(morning_of(at)) and timedelta() <= morning_of(at) - at <= timedelta(hours=9, minutes=30)
    if is_night(at):
        assert not is_night(evening_before(at)) and timedelta() < at - evening_before(at) <= timedelta(hours=10)
