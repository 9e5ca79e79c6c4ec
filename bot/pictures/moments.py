"""How a moment is written in the picture of an incident: by the clock, or with its day where there is more than one."""

from __future__ import annotations

from datetime import datetime

from bot.render import View
from bot.render.times import at, day
from plans.times import BEIJING


def when(view: View, moment: datetime) -> str:
    """Return ``03:07`` while all is of one day, else ``3月2日03:07`` of every moment, so that none is mistaken."""
    start = view.incident.occurred_at or view.incident.reported_at or view.now
    if start.astimezone(BEIJING).date() == view.now.astimezone(BEIJING).date():
        return at(moment, view.now)
    return f"{day(moment, view.now)}{moment.astimezone(BEIJING):%H:%M}"
