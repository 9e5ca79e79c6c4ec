"""What rings of a warning: the first word always; what is only said again rings at night where lives hang on it."""

from __future__ import annotations

from datetime import datetime

from plans.times.night import is_night
from plans.warning.state import WarningCase

LOW = ("黄", "蓝")
"""Colours of which a reminder can wait for the morning; what has no colour may be grave."""


def rings_again(warning: WarningCase, at: datetime) -> bool:
    """Return whether a reminder of what was said before rings; one that does not is there all the same."""
    return warning.content.colour not in LOW or not is_night(at)
