"""Pausing a drill, and letting a live one skip to its next deadline."""

from __future__ import annotations

import math

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.outcome import Refusal
from plans.obligations import wakes


def pause(case: Case, command: c.PauseDrill) -> Refusal | None:
    """One tap pauses a drill; a second lets it go on."""
    problem = _not_theirs(case)
    if problem:
        return problem
    if case.incident.paused == command.paused:
        return Refusal(key="already_paused" if command.paused else "not_paused")
    case.record(e.DrillPaused(paused=command.paused))
    return None


def jump(case: Case, command: c.JumpDrill) -> Refusal | None:
    """跳到下一时限: the offset of this drill alone grows. Whole seconds, and never short of the deadline."""
    problem = _not_theirs(case)
    if problem:
        return problem
    ahead = [item.due for item in case.incident.open_instances if item.due > case.now]
    ahead = ahead or [point.at for point in wakes(case.incident, case.policy) if point.at > case.now]
    seconds = 0.0
    if command.by is not None:
        seconds = command.by.total_seconds()
    elif ahead:
        seconds = (min(ahead) - case.now).total_seconds()
    if seconds <= 0:
        return Refusal(key="no_deadline_ahead")
    case.record(e.DrillJumped(seconds=math.ceil(seconds)))
    return None


def _not_theirs(case: Case) -> Refusal | None:
    if not case.incident.drill:
        return Refusal(key="not_a_drill")
    if not case.staff and "admin" not in case.actor.roles:
        return Refusal(key="staff_only", who=case.titles(("duty", "admin")))
    return None
