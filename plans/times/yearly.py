"""A day that comes each year, as people write it: 5月12日, 3月最后一个周一, 9月第三个周六."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(r"(\d{1,2})月(\d{1,2})[日号]\Z")
_WEEKDAY = re.compile(r"(\d{1,2})月(?:第([一二三四1234])个?|最后一?个?)(?:周|星期|礼拜)([一二三四五六日天])\Z")
_COUNT = {"一": 1, "二": 2, "三": 3, "四": 4}
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of each year.

    Attributes:
        day: of the month; None where a weekday is meant. weekday: 0 is Monday.
        count: which of the month's: 1 to 4; 0 is the last.
    """

    month: int
    day: int | None = None
    weekday: int = 0
    count: int = 0

    def of(self, year: int) -> date:
        """Return the day in a year; the 29th of February is the 28th where there is none."""
        last = calendar.monthrange(year, self.month)[1]
        if self.day is not None:
            return date(year, self.month, min(self.day, last))
        if self.count == 0:
            end = date(year, self.month, last)
            return end - timedelta(days=(end.weekday() - self.weekday) % 7)
        begin = date(year, self.month, 1)
        return begin + timedelta(days=(self.weekday - begin.weekday()) % 7 + 7 * (self.count - 1))


def year_day(text: str) -> YearDay:
    """Read a day of each year; raise ValueError."""
    plain = "".join(text.split())
    if match := _DATE.match(plain):
        month, day = int(match[1]), int(match[2])
        if 1 <= month <= 12 and 1 <= day <= _LONGEST_MONTHS[month - 1]:
            return YearDay(month, day)
    elif (match := _WEEKDAY.match(plain)) and 1 <= int(match[1]) <= 12:
        weekday = "一二三四五六日".index(match[3].replace("天", "日"))
        count = 0 if match[2] is None else _COUNT.get(match[2]) or int(match[2])
        return YearDay(int(match[1]), None, weekday, count)
    raise ValueError("每年的一天，如 5月12日、3月最后一个周一、9月第三个周六")
