"""Periods of the calendar that people ask about: 本月, 上季, 2026年11月, 2026Q3, 11月1日至15日; in Beijing days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from plans.times import midnight
from plans.times.days import FIRST_YEAR, LAST_YEAR

Kind = Literal["month", "quarter", "half", "year", "days"]

MONTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}

_DAY = timedelta(days=1)
_FIGURES = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_NUMBER = r"(\d{1,2}|十[一二]?|[一二三四五六七八九])"
_YEAR = r"(?:(\d{4}|今年|本年|去年|前年)\s*[年\-./]?\s*)?"
_THIS: dict[str, tuple[Kind, int]] = {
    "本月": ("month", 0), "这个月": ("month", 0), "当月": ("month", 0), "上月": ("month", -1), "上个月": ("month", -1),
    "本季": ("quarter", 0), "本季度": ("quarter", 0), "上季": ("quarter", -1), "上季度": ("quarter", -1),
    "本年": ("year", 0), "今年": ("year", 0), "本年度": ("year", 0), "去年": ("year", -1), "上年": ("year", -1),
    "上年度": ("year", -1), "前年": ("year", -2),
}  # fmt: skip
_DAYS_AGO = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1}
_WEEKS_AGO = {"本周": 0, "这周": 0, "上周": 1}
_MONTH = re.compile(rf"{_YEAR}{_NUMBER}月(?:份)?")
_DASHED = re.compile(r"(\d{4})[-./](\d{1,2})")
_QUARTER = re.compile(rf"{_YEAR}(?:[Qq](\d)|第?([1-4一二三四])季度?)")
_HALF = re.compile(rf"{_YEAR}([上下])半年")
_WHOLE_YEAR = re.compile(r"(\d{4})(?:年度?)?")
_SPAN = re.compile(r"(.+?)\s*(?:至|到|~|～|—+|–|\.\.|(?<=[日号\d])-(?=\d{4}-\d{1,2}-))\s*(.+)")
_DATE = re.compile(r"(?:(\d{4})[-年/.])?(\d{1,2})[-月/.](\d{1,2})[日号]?")
_BARE_DAY = re.compile(r"(\d{1,2})[日号]?")


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarPeriod:
    """Whole days in Beijing, ``first`` and ``last`` included; ``kind``: which part of the calendar they are."""

    kind: Kind
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The moment after the last."""
        return midnight(self.last + _DAY)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def previous(self) -> CalendarPeriod | None:
        """The one of its kind that ends where this one begins; None before the years that are read."""
        return self._beside(-1)

    @property
    def next(self) -> CalendarPeriod | None:
        """The one of its kind that begins where this one ends; None after the years that are read."""
        return self._beside(1)

    def _beside(self, steps: int) -> CalendarPeriod | None:
        try:
            if self.kind == "days":
                shift = timedelta(days=steps * self.days)
                found = CalendarPeriod(kind="days", first=self.first + shift, last=self.last + shift)
            else:
                found = _at(self.kind, self.first, steps)
        except (ValueError, OverflowError):
            return None
        return found if FIRST_YEAR <= found.first.year and found.last.year <= LAST_YEAR else None


def month_of(day: date) -> CalendarPeriod:
    """Return the month in which a day lies."""
    return _at("month", day, 0)


def period_of(text: str, today: date) -> CalendarPeriod | None:
    """Return the period that a text names; None where it names none for sure.

    A month or quarter without a year is the last that has begun; the days of a span without a year are the last that
    have begun, and its end takes from its beginning what it does not say.

    Args:
        today: in Beijing.
    """
    words = re.sub(r"\s+", "", text)
    try:
        found = _named(words, today) or _span(words, today)
    except (ValueError, OverflowError):  # 13月, 2月30日
        return None
    if found is None or found.first > found.last or found.first.year < FIRST_YEAR or found.last.year > LAST_YEAR:
        return None
    return found


def _named(words: str, today: date) -> CalendarPeriod | None:
    if words in _THIS:
        kind, steps = _THIS[words]
        return _at(kind, today, steps)
    if words in _DAYS_AGO:
        day = today - timedelta(days=_DAYS_AGO[words])
        return CalendarPeriod(kind="days", first=day, last=day)
    if words in _WEEKS_AGO:
        monday = today - timedelta(days=today.weekday() + 7 * _WEEKS_AGO[words])
        return CalendarPeriod(kind="days", first=monday, last=monday + timedelta(days=6))
    if (match := _DASHED.fullmatch(words)) is not None:
        return _at("month", date(int(match[1]), int(match[2]), 1), 0)
    if (match := _MONTH.fullmatch(words)) is not None:
        return _in_year("month", match[1], _number(match[2]), today)
    if (match := _QUARTER.fullmatch(words)) is not None:
        return _in_year("quarter", match[1], 3 * _number(match[2] or match[3]) - 2, today)
    if (match := _HALF.fullmatch(words)) is not None:
        return _in_year("half", match[1], 1 if match[2] == "上" else 7, today)
    if (match := _WHOLE_YEAR.fullmatch(words)) is not None:
        return _at("year", date(int(match[1]), 1, 1), 0)
    return None


def _in_year(kind: Kind, year: str | None, month: int, today: date) -> CalendarPeriod:
    ago = {"今年": 0, "本年": 0, "去年": 1, "前年": 2}
    if year is not None:
        return _at(kind, date(today.year - ago[year] if year in ago else int(year), month, 1), 0)
    return _at(kind, date(today.year - (date(today.year, month, 1) > today), month, 1), 0)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _FIGURES[word]


def _at(kind: Kind, day: date, steps: int) -> CalendarPeriod:
    """Return the period of a kind in which a day lies, or so many after it."""
    length = MONTHS[kind]
    index = (12 * day.year + day.month - 1) // length + steps
    return CalendarPeriod(kind=kind, first=_first(index * length), last=_first((index + 1) * length) - _DAY)


def _first(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _span(words: str, today: date) -> CalendarPeriod | None:
    if (single := _DATE.fullmatch(words)) is not None:
        day = _date(single, today)
        return CalendarPeriod(kind="days", first=day, last=day)
    match = _SPAN.fullmatch(words)
    if match is None:
        return None
    begins, ends = (_named(part, today) for part in match.groups())
    if begins is not None and ends is not None:  # 2026-01至2026-03
        return CalendarPeriod(kind="days", first=begins.first, last=ends.last)
    left, right = _DATE.fullmatch(match[1]), _DATE.fullmatch(match[2])
    if left is None:
        return None
    first = _date(left, today)
    if right is not None:
        year = int(right[1] or first.year)
        last = date(year, int(right[2]), int(right[3]))
        if right[1] is None and last < first:
            last = date(year + 1, int(right[2]), int(right[3]))
        return CalendarPeriod(kind="days", first=first, last=last)
    bare = _BARE_DAY.fullmatch(match[2])
    return CalendarPeriod(kind="days", first=first, last=first.replace(day=int(bare[1]))) if bare is not None else None


def _date(match: re.Match[str], today: date) -> date:
    month, day = int(match[2]), int(match[3])
    if match[1] is not None:
        return date(int(match[1]), month, day)
    this = date(today.year, month, day) if (month, day) != (2, 29) else None
    return this if this is not None and this <= today else date(today.year - 1, month, day)
