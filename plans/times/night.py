"""The night: what can wait rings nobody then (a rule of the program, in Beijing)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from plans.times import BEIJING

NIGHT = (time(22), time(7, 30))
"""From when until when."""

LAST_EVENING = time(21, 30)
"""What would come in a night and would be too late in the morning is said at this time of the evening before."""

_DAY = timedelta(days=1)


def is_night(at: datetime) -> bool:
    """Return whether a moment lies in the night."""
    local, (begins, ends) = at.astimezone(BEIJING).time(), NIGHT
    return local >= begins or local < ends


def morning_of(at: datetime) -> datetime:
    """Return a moment itself by day; of one in the night, its morning."""
    return _ends(at) if is_night(at) else at


def evening_before(at: datetime) -> datetime:
    """Return the last evening before a moment in the night."""
    local = at.astimezone(BEIJING)
    day = local.date() if local.time() >= NIGHT[0] else local.date() - _DAY
    return datetime.combine(day, LAST_EVENING, tzinfo=BEIJING)


def _ends(at: datetime) -> datetime:
    """Return when the night ends in which a moment lies."""
    local = at.astimezone(BEIJING)
    day = local.date() + (_DAY if local.time() >= NIGHT[0] else timedelta())
    return datetime.combine(day, NIGHT[1], tzinfo=BEIJING)
