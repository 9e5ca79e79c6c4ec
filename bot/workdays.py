"""Workdays and 调休: a library's table of the State Council's notices, and a file for what it does not know yet."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path

from plans.times.workdays import Day

SATURDAY = 5


class BadCalendar(ValueError):
    """The file cannot be read; the message names the line and what was expected."""


class ChinaWorkdays:
    """The days.

    Args:
        own: days that the office's own file settles.
    """

    def __init__(self, own: dict[date, bool] | None = None) -> None:
        self._own = own or {}

    def day(self, date: date) -> Day:
        """Return what a day is; of a year without notice: tentative, unless the file settles it."""
        if date in self._own:
            return Day(self._own[date])
        notice = _noticed(date)
        if notice is None:
            return Day(date.weekday() < SATURDAY, tentative=True)
        return Day(notice)


def read_calendar(path: Path | None) -> ChinaWorkdays:
    """Read the office's own days: a line each, ``2027-02-14 班`` or ``2027-02-15 休``; # begins a remark.

    Raises:
        BadCalendar: a line is neither.
    """
    own: dict[date, bool] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines() if path else (), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        try:
            day, kind = words
            own[date.fromisoformat(day)] = {"班": True, "休": False}[kind]
        except (ValueError, KeyError):
            raise BadCalendar(f"{path} 第{number}行“{line[:40]}”：应写作 2027-02-14 班，或 2027-02-15 休") from None
    return ChinaWorkdays(own)


@functools.lru_cache(maxsize=4096)
def _noticed(day: date) -> bool | None:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
