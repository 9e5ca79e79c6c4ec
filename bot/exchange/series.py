"""Events of a calendar that repeat (RRULE, RDATE, EXDATE, RECURRENCE-ID), unfolded into one for each time.

What a file may cost is bounded: a series is unfolded from two months before to 400 days ahead, nothing repeats within a
day more often than shifts do, and all series of a file together have so many times before that as :data:`MOST_STEPS`.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from bot.exchange.stumbling import stumbled

BEFORE, AHEAD = timedelta(days=62), timedelta(days=400)
"""So far events that repeat are unfolded."""

MOST_A_DAY = 8
MOST_STEPS = 100_000
"""Times at which the series of a file take place before the span that is read: each has to be counted."""

_TOO_OFTEN = re.compile(r"SECONDLY|MINUTELY|HOURLY", re.I)
_DAYS = {"DAILY": 1.0, "WEEKLY": 7.0, "MONTHLY": 30.0, "YEARLY": 365.0}
_REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")
_WITHIN = ("BYHOUR", "BYMINUTE", "BYSECOND")


class NotUnfolded(ValueError):
    """A series is none that can be read; the message says why, to be put behind its title."""


class Series:
    """The series of one calendar."""

    def __init__(self, calendar: Any) -> None:
        self._zones = [item for item in calendar.subcomponents if item.name == "VTIMEZONE"]
        self._parts: dict[str, list[Any]] = defaultdict(list)
        for event in calendar.walk("VEVENT"):
            self._parts[_uid(event)].append(event)
        self._steps = 0

    def holds(self, event: Any) -> bool:
        """Return whether an event is part of a series; a single day of one that is not in the file stands alone."""
        parts = self._parts[_uid(event)]
        repeats = any(name in part for part in parts for name in _REPEATS)
        return repeats and any("RECURRENCE-ID" not in part for part in parts)

    def is_endless(self, event: Any) -> bool:
        """Return whether a series has no end."""
        return any(rule and not rule.get("COUNT") and not rule.get("UNTIL") for rule in _rules(event))

    def unfolded(self, event: Any, now: datetime) -> list[Any]:
        """Return an event for each time that a series takes place, by the days that are another's or nobody's.

        Raises:
            NotUnfolded: it makes no sense, repeats too often, or began too long ago.
        """
        import icalendar
        import recurring_ical_events

        rules = _rules(event)
        if not all(isinstance(rule, icalendar.vRecur) for rule in rules):
            raise NotUnfolded("的重复规则看不懂，请改成单次的再导出")
        if any(_is_too_often(rule) for rule in rules):
            raise NotUnfolded("一天里重复太多次，不是值班安排")
        self._steps += sum(_steps(event, rule, now - BEFORE) for rule in rules)
        if self._steps > MOST_STEPS:
            raise NotUnfolded("重复得太久；重复的事项请从近期开始，再导出")
        alone = icalendar.Calendar()
        for component in (*self._zones, *self._parts[_uid(event)]):
            alone.add_component(component)
        try:
            with warnings.catch_warnings(action="ignore"):
                return list(recurring_ical_events.of(alone).between(now - BEFORE, now + AHEAD))
        except Exception as problem:  # a rule that makes no sense is told in as many ways as there are rules
            stumbled("rrule", problem)
            raise NotUnfolded("的重复规则看不懂，请改成单次的再导出") from None


def _rules(event: Any) -> list[Any]:
    rules = event.get("RRULE", [])
    return rules if isinstance(rules, list) else [rules]


def _is_too_often(rule: Any) -> bool:
    return any(len(rule.get(name, [])) > MOST_A_DAY for name in _WITHIN) or bool(
        _TOO_OFTEN.search(str(rule.get("FREQ", "")))
    )


def _steps(event: Any, rule: Any, moment: datetime) -> int:
    """Return about how often a series takes place before a moment, rather too often than too seldom."""
    begins = getattr(event.get("DTSTART"), "dt", None)
    if not isinstance(begins, date):
        return 0
    first = begins.date() if isinstance(begins, datetime) else begins
    days = max(0, (moment.date() - first).days)
    every = _DAYS.get(str(next(iter(rule.get("FREQ", [])), "")).upper(), 1.0)
    step = every * max(1, *(int(item) for item in rule.get("INTERVAL", [1])), 1)
    chosen = any(name.startswith("BY") and name not in _WITHIN for name in rule)
    times = days if chosen and every > 7 else min(days, days / step * max(1, len(rule.get("BYDAY", []))))
    within = 1
    for name in _WITHIN:
        within *= max(1, len(rule.get(name, [])))
    counted = min((int(item) for item in rule.get("COUNT", [])), default=None)
    return int(times * within if counted is None else min(times * within, counted)) + 1


def _uid(event: Any) -> str:
    return str(event.get("UID", ""))
