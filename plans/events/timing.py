"""What the clock alone makes so: the kind of day and hour, and lengths of time that go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plans.events.base import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarRead(Event, name="calendar-read"):
    """The moment of the occurrence answers these flags (工作日, 高峰时段)."""

    facts: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeRuns(Event, name="time-runs"):
    """A length of time that somebody stated goes on, and counts as it is now.

    Attributes:
        fact: of the plan, with ``ticks``.
        at: the moment up to which it is counted.
        next_at: when it comes to the plan's next bound; None where there is none any more.
        seconds: how many seconds one unit of the fact has.
    """

    fact: str
    at: datetime
    next_at: datetime | None
    seconds: int
