"""A duty's rule as calendars of other programs read it: an RRULE of RFC 5545, where there is one."""

from __future__ import annotations

from plans.model import Every
from plans.times.yearly import year_day

_UNITS = {
    "year": "FREQ=YEARLY",
    "half-year": "FREQ=MONTHLY;INTERVAL=6",
    "quarter": "FREQ=MONTHLY;INTERVAL=3",
    "month": "FREQ=MONTHLY",
    "half-month": "FREQ=MONTHLY;BYMONTHDAY=1,16",
    "week": "FREQ=WEEKLY",
    "day": "FREQ=DAILY",
    "workday": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "school-day": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
}
"""A term is none of them: an office dates it. Holidays are not in a rule; the office's calendar knows them."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def recurrence(every: Every | None) -> str | None:
    """Return the rule, several (one for each theme day) on lines of their own; None where only the office knows when.

    >>> recurrence(Every(unit="quarter")), recurrence(Every(unit="year", by="3月31日"))
    ('FREQ=MONTHLY;INTERVAL=3', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31')
    """
    if every is None or every.after or every.before:
        return None
    if every.years is not None:
        return f"FREQ=YEARLY;INTERVAL={every.years}"
    if every.theme_days:
        return "\n".join(_yearly(item.date) for item in every.theme_days)
    return _yearly(every.by) if every.by is not None else _UNITS.get(every.unit or "")


def _yearly(text: str) -> str:
    day = year_day(text)
    if day.day is not None:
        return f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"
    return f"FREQ=YEARLY;BYMONTH={day.month};BYDAY={day.count or -1}{_WEEKDAYS[day.weekday]}"
