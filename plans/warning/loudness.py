"""What rings of a warning: the first word always; what is only said again rings at night where lives hang on it."""

from __future__ import annotations

from datetime import datetime, time

from plans.times import BEIJING
from plans.warning.state import WarningCase

NIGHT = (time(22), time(7, 30))
"""From when until when what can wait for the morning rings nobody (a rule of the program)."""

LOW = ("黄", "蓝")
"""Colours of which a reminder can wait for the morning; what has no colour may be grave."""


def rings_again(warning: WarningCase, at: datetime) -> bool:
    """Return whether a reminder of what was said before rings; one that does not is there all the same."""
    local = at.astimezone(BEIJING).time()
    begins, ends = NIGHT
    return warning.content.colour not in LOW or ends <= local < begins
