"""Moments and spans in words: Beijing time, always absolute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import SHANGHAI
from bot.texts import words as w

When = Callable[[datetime | None, datetime], str]
"""How a moment is written, seen from now."""


def at(moment: datetime | None, now: datetime) -> str:
    """Return ``03:07`` for a moment of today, else ``3月2日03:07``; another year is named."""
    if moment is None:
        return w.UNSTATED
    local, today = moment.astimezone(SHANGHAI), now.astimezone(SHANGHAI).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return clock
    return _day(local, today.year) + clock


def full(moment: datetime | None) -> str:
    """Return ``2026年3月2日03:07``, for written reports and records."""
    if moment is None:
        return w.UNSTATED
    local = moment.astimezone(SHANGHAI)
    return w.DAY_OF_YEAR.format(year=local.year, month=local.month, day=local.day) + f"{local:%H:%M}"


def formal(moment: datetime | None) -> str:
    """Return ``2026年3月2日3时07分``, for the sentences of a paper."""
    if moment is None:
        return w.UNSTATED
    local = moment.astimezone(SHANGHAI)
    day = w.DAY_OF_YEAR.format(year=local.year, month=local.month, day=local.day)
    return day + w.SPOKEN_TIME.format(hour=local.hour, minute=local.minute)


def dated(moment: datetime | None, now: datetime) -> str:
    """Return ``3月2日3时07分``: a paper is read on other days, so that today is named too; so is another year."""
    if moment is None:
        return w.UNSTATED
    local = moment.astimezone(SHANGHAI)
    return day(moment, now) + w.SPOKEN_TIME.format(hour=local.hour, minute=local.minute)


def on_day(moment: datetime | None, now: datetime) -> str:
    """Return ``3月2日 03:07``, also of today: for the tables of a paper."""
    if moment is None:
        return w.UNSTATED
    return f"{day(moment, now)} {moment.astimezone(SHANGHAI):%H:%M}"


def day(moment: datetime, now: datetime) -> str:
    """Return ``3月2日``; another year is named."""
    return _day(moment.astimezone(SHANGHAI), now.astimezone(SHANGHAI).year)


def spoken(moment: datetime, now: datetime) -> str:
    """Return ``今天3时02分``, as it is read aloud."""
    local, today = moment.astimezone(SHANGHAI), now.astimezone(SHANGHAI).date()
    if local.date() == today:
        word = w.TODAY
    elif local.date() == today - timedelta(days=1):
        word = w.YESTERDAY
    else:
        word = _day(local, today.year)
    return word + w.SPOKEN_TIME.format(hour=local.hour, minute=local.minute)


def span(length: timedelta) -> str:
    """Return ``8分钟``, ``1小时30分钟``, ``3天``; begun minutes count whole."""
    minutes = max(0, -(-int(length.total_seconds()) // 60))
    if minutes < 60:
        return w.MINUTES.format(minutes=minutes)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return w.DAYS.format(days=hours // 24)
    return w.HOURS_MINUTES.format(hours=hours, minutes=minutes) if minutes else w.HOURS.format(hours=hours)


def _day(local: datetime, year: int) -> str:
    template = w.DAY if local.year == year else w.DAY_OF_YEAR
    return template.format(year=local.year, month=local.month, day=local.day)
