"""Days as people ask for them: 明天, 周三, 下周, 3日, 12月3日, 12月1日至3日; in Beijing."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from plans.cells import plain
from plans.times import BEIJING
from plans.times.days import Disagreement, Month, days_of

MOST_ASKED = 7
"""Days of one question."""

_AWAY = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1,
    "今天": 0, "今日": 0, "今晚": 0, "今夜": 0, "当天": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明夜": 1, "后天": 2, "后日": 2, "后晚": 2, "大后天": 3,
}  # fmt: skip
_WEEKS = {"": None, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_WEEKDAY = re.compile(r"(下下|[上本这下])?个?(?:周|星期|礼拜)([一二三四五六日天末1-7])?")
_DAY = re.compile(r"(\d{1,2})[日号]")


def days_asked(text: str, today: date) -> tuple[date, ...] | None:
    """Return the days that a text names, the first first; None where it names none for sure, or too many.

    A weekday without a week is the next one, today's among them; a day without a month is the next of its number; a
    date without a year is the one nearest ahead of half a year ago.

    Raises:
        Disagreement: the weekday beside a date is another.
    """
    words = re.sub(r"\s+", "", plain(text)).removesuffix("的")
    if words in _AWAY:
        return (today + timedelta(days=_AWAY[words]),)
    if (match := _WEEKDAY.fullmatch(words)) is not None:
        return _of_week(match, today)
    if (match := _DAY.fullmatch(words)) is not None:
        return _next_of_number(int(match[1]), today)
    try:
        found = days_of(words, datetime.combine(today, time(), BEIJING), Month())
    except Disagreement:
        raise
    except ValueError:
        return None
    return None if found.rest or found.only or not 1 <= len(found.days) <= MOST_ASKED else found.days


def _of_week(match: re.Match[str], today: date) -> tuple[date, ...] | None:
    week, weekday = _WEEKS[match[1] or ""], match[2]
    monday = today - timedelta(days=today.weekday())
    if weekday is None and week is None:
        return None
    if weekday is None:
        return tuple(monday + timedelta(days=7 * (week or 0) + number) for number in range(7))
    if weekday == "末":
        saturday = monday + timedelta(days=7 * (week or 0) + 5)
        return saturday, saturday + timedelta(days=1)
    number = "一二三四五六日".index(weekday.replace("天", "日")) if not weekday.isdigit() else int(weekday) - 1
    if week is None:
        return (today + timedelta(days=(number - today.weekday()) % 7),)
    return (monday + timedelta(days=7 * week + number),)


def _next_of_number(number: int, today: date) -> tuple[date, ...] | None:
    for away in range(13):
        month = 12 * today.year + today.month - 1 + away
        try:
            day = date(month // 12, month % 12 + 1, number)
        except ValueError:
            continue
        if day >= today:
            return (day,)
    return None
