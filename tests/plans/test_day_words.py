"""A day as people ask for it: every way in which it is written, and what names none for sure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plans.times.day_words import MOST_ASKED, days_asked
from plans.times.days import Disagreement

MONDAY = date(2026, 11, 30)
"""The last of a month, so that the next days are in another."""

ONE = {
    "今天": 0, "今晚": 0, "明天": 1, "明日": 1, " 明 天 ": 1, "明天的": 1, "后天": 2, "大后天": 3, "昨天": -1,
    "昨晚": -1,
    "前天": -2, "大前天": -3, "周一": 0, "周三": 2, "星期三": 2, "礼拜三": 2, "周日": 6, "周天": 6, "星期天": 6,
    "周3": 2,
    "本周三": 2, "这周三": 2, "下周三": 9, "下个周三": 9, "下下周一": 14, "上周日": -1, "上周三": -5, "30日": 0,
    "1日": 1,
    "3号": 3, "29日": 29, "12月3日": 3, "12月3号": 3, "十二月三日": 3, "12-03": 3, "12/3": 3, "12.3": 3,
    "2026-12-03": 3,
    "2026年12月3日": 3, "20261203": 3, "11月29日": -1, "12月3日（周四）": 3, "12月3日星期四": 3, "１２月３日": 3,
}  # fmt: skip
SEVERAL = {
    "本周": (0, 7), "这周": (0, 7), "下周": (7, 7), "上周": (-7, 7), "下星期": (7, 7), "周末": (5, 2), "下周末": (12,
    2),
    "12月1日至3日": (1, 3), "12-01至12-07": (1, 7), "12月1日、2日": (1, 2),
}  # fmt: skip
NONE = (
    "", "啊", "周", "星期", "周八", "32日", "0日", "13月1日", "2月30日", "12月", "2026", "明", "下", "三", "3",
    "明天夜班",
    "12月1日至31日", "12-01至12-31 工作日", "赵值班", "<b>明天</b>", "明天" * 50, "\u202e天明", "99999999", "周三周四",
)  # fmt: skip


@pytest.mark.parametrize("text", ONE)
def test_a_word_is_a_day(text: str):
    assert days_asked(text, MONDAY) == (MONDAY + timedelta(days=ONE[text]),)


@pytest.mark.parametrize("text", SEVERAL)
def test_a_word_is_some_days(text: str):
    first, count = SEVERAL[text]
    assert days_asked(text, MONDAY) == tuple(MONDAY + timedelta(days=first + number) for number in range(count))


@pytest.mark.parametrize("text", NONE)
def test_what_names_none_for_sure_is_none(text: str):
    assert days_asked(text, MONDAY) is None


def test_a_date_and_another_weekday_disagree():
    with pytest.raises(Disagreement):
        days_asked("12月3日周三", MONDAY)


@pytest.mark.parametrize("away", range(0, 366, 5))
def test_a_weekday_is_the_next_one_whatever_day_it_is(away: int):
    today = MONDAY + timedelta(days=away)
    found = [day for name in "一二三四五六日" for day in days_asked(f"周{name}", today) or ()]
    assert [day.weekday() for day in found] == [*range(7)]
    assert set(found) == {today + timedelta(days=number) for number in range(7)}
    week = days_asked("下周", today) or ()
    assert len(week) == MOST_ASKED and week[0] > today
