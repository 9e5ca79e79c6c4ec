"""A drill, paused and resumed; a live one skips to its next deadline."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import GROUP, SEAT
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.state import Incident
from plans.obligations.wakes import wakes

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class PauseDrill(Command):
    """Pause a drill, or let it go on.

    Attributes:
        script: the script that it belongs to is ``held``, goes on (``goes``) or is ``over``, which is told by that.
        held: that script is held, given by the shell: its director lets it go on.
    """

    paused: bool = True
    script: str = ""
    held: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class JumpDrill(Command):
    """Skip a live drill to its next deadline."""

    by: timedelta | None = None


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillPaused(Event, name="drill-paused"):
    """A drill was paused; ``paused`` False = it goes on.

    Attributes:
        until: where it goes on, up to when its clock would have run; None in a log of earlier, whose clock ran.
        script: because of its script, which is ``held``, ``goes`` on or is ``over``.
    """

    paused: bool
    until: datetime | None = None
    script: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillJumped(Event, name="drill-jumped"):
    """A live drill skipped to its next deadline; the offset counts for this incident alone."""

    seconds: int


# --- what may happen


@decides(PauseDrill)
def pause(case: Case, command: PauseDrill) -> Refusal | None:
    """One tap pauses a drill, a second lets it go on; so does the program where it is played by a script."""
    problem = _not_theirs(case, program=True)
    if problem:
        return problem
    if case.incident.paused == command.paused:
        return Refusal(key="already_paused" if command.paused else "not_paused")
    if command.held and not command.paused:
        return Refusal(key="held_by_director")
    until = None if command.paused else case.would_be
    case.record(DrillPaused(paused=command.paused, until=until, script=command.script))
    return None


@decides(JumpDrill)
def jump(case: Case, command: JumpDrill) -> Refusal | None:
    """跳到下一时限: the offset of this drill alone grows. Whole seconds, and never short of the deadline."""
    problem = _not_theirs(case)
    if problem:
        return problem
    if case.incident.paused:
        return Refusal(key="jump_paused")
    ahead = [item.due for item in case.incident.open_instances if item.due > case.now]
    ahead = ahead or [point.at for point in wakes(case.incident, case.policy) if point.at > case.now]
    seconds = 0.0
    if command.by is not None:
        seconds = command.by.total_seconds()
    elif ahead:
        seconds = (min(ahead) - case.now).total_seconds()
    if seconds <= 0:
        return Refusal(key="no_deadline_ahead")
    case.record(DrillJumped(seconds=math.ceil(seconds)))
    return None


def _not_theirs(case: Case, *, program: bool = False) -> Refusal | None:
    if not case.incident.drill:
        return Refusal(key="not_a_drill")
    if not case.staff and not case.actor.roles & {"admin", *(("system",) if program else ())}:
        return Refusal(key="staff_only", who=("duty", "admin"))
    return None


# --- what it does to the incident


@applies(DrillPaused)
def _on_paused(incident: Incident, event: DrillPaused, item: Recorded) -> None:
    incident.paused = event.paused
    incident.offset += _turned(item)
    incident.stood_at = item.at if event.paused else None


@applies(DrillJumped)
def _on_jumped(incident: Incident, event: DrillJumped, item: Recorded) -> None:
    incident.offset += _turned(item)
    if incident.stood_at is not None:
        incident.stood_at += _turned(item)


def _turned(item: Recorded) -> timedelta:
    """Return by how much an event sets an incident's clock forward, or back."""
    match item.event:
        case DrillJumped(seconds=seconds):
            return timedelta(seconds=seconds)
        case DrillPaused(until=datetime() as until):
            return item.at - until
    return timedelta()


def clock_time(incident: Incident, own: datetime) -> datetime:
    """Return when something was by the clock on the wall that stands in the log at an own moment.

    Of what happened while the incident's clock stood that is the moment when it stopped.
    """
    offset = timedelta()
    for item in incident.events:
        if item.at >= own:
            break
        offset += _turned(item)
    return own - offset


# --- who is told


@tells(DrillPaused)
def _tell_paused(event: DrillPaused, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.script:
        return
    if event.paused:
        yield Notice(kind="note", key="drill_paused", to=GROUP, priority=1)
        return
    stood = int((event.until - item.at).total_seconds()) if event.until is not None else 0
    yield Notice(kind="note", key="drill_resumed", to=GROUP, priority=1, params={"stood": stood})


@tells(DrillJumped)
def _tell_jumped(event: DrillJumped, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="drill_jumped", to=SEAT, priority=2, params={"seconds": event.seconds})
