"""Workdays as the State Council gives notice of them, year by year; the calendar itself is an argument."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Protocol

_SATURDAY = 5


class Day(NamedTuple):
    """What a day is.

    Attributes:
        work: whether it is a workday, 调休 counted.
        tentative: there is no notice for its year yet (暂定): Saturdays and Sundays are free.
    """

    work: bool
    tentative: bool = False


class Workdays(Protocol):
    """Knows the days."""

    def day(self, date: date) -> Day:
        """Return what a day is."""
        ...


class Weekdays:
    """Monday to Friday: what is known without any calendar."""

    def day(self, date: date) -> Day:
        """Return what a day is."""
        return Day(date.weekday() < _SATURDAY, tentative=True)


WEEKDAYS: Workdays = Weekdays()
