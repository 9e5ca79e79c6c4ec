"""Every time that somebody writes is read here: in commands, in imported tables, in files and on the command line.

``moments`` of commands and in ISO 8601, ``days`` and ``hours`` of duty rosters, ``durations``; what a workday is stands
in ``workdays``. The running text of reports is read elsewhere, by :mod:`plans.intake`.
"""

from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
"""The plans' calendar days (每日) are Beijing days; China has had no other offset since 1991."""


def midnight(day: date) -> datetime:
    """Return the first moment of a day in Beijing."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)
