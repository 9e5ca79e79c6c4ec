"""What happened in an incident, moment by moment, as its papers tell it: for those who work on it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.render.course.steps import course
from bot.render.text import JOINER
from bot.render.times import at
from bot.render.view import View
from plans.incident.ending import Ended
from plans.incident.filing import Filed
from plans.incident.judging import LevelDetermined
from plans.incident.levels import Declared
from plans.incident.on_site import SiteSetUp
from plans.incident.publishing import ReleasePublished

MARKED = (LevelDetermined, Declared, Ended, SiteSetUp, ReleasePublished, Filed)
"""What stands out: decisions, and that somebody was told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """One thing that happened; ``marked``: it stands out."""

    time: str
    text: str
    marked: bool


def timeline(view: View) -> tuple[Moment, ...]:
    """Return what happened, the newest first."""
    return tuple(
        Moment(time=at(step.at, view.now), text=step.words.replace(JOINER, ""), marked=step.event in MARKED)
        for step in reversed(course(view))
    )
