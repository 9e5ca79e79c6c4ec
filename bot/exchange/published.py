"""A calendar that a telephone or mail program reads again and again by a link: the same things, the same bytes.

No telephone number is in it. What is gone is gone: programs that subscribe take the calendar as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.clock import SHANGHAI
from bot.exchange.calendars import DUTY
from plans.cells import legible

ANEW = timedelta(hours=1)
"""After so long a program should read it again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """A turn of duty: ``uid`` stays while it is the same turn of the same person."""

    uid: str
    begins: datetime
    ends: datetime
    title: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A duty on the last day of its period; it takes none of the day's time."""

    uid: str
    day: date
    title: str
    note: str


def calendar(name: str, shifts: Iterable[Shift], dues: Iterable[Due], stamp: datetime) -> bytes:
    """Return a calendar.

    Args:
        stamp: since when it is read: what is said of the state of all of it, so that nothing changes by itself.
    """
    import icalendar

    made = icalendar.Calendar()
    made.add("PRODID", "-//Tocsin//calendar//ZH")
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    made.add("X-WR-CALNAME", legible(name))
    made.add("X-WR-TIMEZONE", "Asia/Shanghai")
    made.add("REFRESH-INTERVAL", ANEW, parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", "PT1H")
    made.add_component(_beijing())
    for shift in shifts:
        event = _event(icalendar.Event(), shift, stamp)
        event.add("DTSTART", shift.begins.astimezone(SHANGHAI))
        event.add("DTEND", shift.ends.astimezone(SHANGHAI))
        made.add_component(event)
    for due in dues:
        event = _event(icalendar.Event(), due, stamp)
        event.add("DTSTART", due.day)
        event.add("DTEND", due.day + timedelta(days=1))
        event.add("TRANSP", "TRANSPARENT")
        event.add(DUTY, "TRUE")
        made.add_component(event)
    return bytes(made.to_ical())


def _beijing() -> Any:
    """Return the zone: one time all the year since the end of the last summer time there was."""
    import icalendar

    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("TZID", "Asia/Shanghai")
    standard.add("DTSTART", datetime(1991, 9, 15, 2))  # noqa: DTZ001  # a zone's own beginning is local
    standard.add("TZOFFSETFROM", timedelta(hours=9))
    standard.add("TZOFFSETTO", timedelta(hours=8))
    standard.add("TZNAME", "CST")
    zone.add_component(standard)
    return zone


def _event(event: Any, item: Shift | Due, stamp: datetime) -> Any:
    event.add("UID", f"{item.uid}@tocsin")
    event.add("DTSTAMP", stamp)
    event.add("SUMMARY", legible(item.title))
    event.add("DESCRIPTION", legible(item.note))
    return event
