"""How long a case has lain without anybody's word: then it is asked whether it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from plans.core.command import SYSTEM
from plans.incident.state import Incident

QUIET = timedelta(days=3)
"""本地规定: after so long without a person's act the daily reminder asks whether to end or close the case."""


def quiet_days(incident: Incident, now: datetime) -> int:
    """Return for how many whole days nobody has done anything about an incident; 0 while that is not long."""
    last = next((item.at for item in reversed(incident.events) if item.actor != SYSTEM.id), None)
    if last is None or now - last < QUIET:
        return 0
    return (now - last).days
