"""The course of an incident from its log: what happened, when, in a line each.

What the program only keeps for itself (clocks opened, reminders, questions asked again) is left out. What was taken
back stays, and says so; a correction is a line of its own and changes none before it. Nobody's raw words stand here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.render.course import facts, handling, instructions, levels, reports, units  # noqa: F401 - each enters what it tells
from bot.render.course.words import MOST_NAMES, TOLD, names_of
from bot.render.times import on_day
from bot.render.view import View
from bot.texts import course as t
from plans.core.event import Event, Recorded, Undone
from plans.incident.aid import AidAsked
from plans.incident.aid_answers import AidAnswered
from plans.incident.calling import UnitCalled, UnitInformed
from plans.incident.filing import Filed
from plans.incident.reporting import Reported
from plans.incident.skipping import LevelSkipped
from plans.incident.units import UnitAnswered

APART = timedelta(minutes=1)
"""What units did within it is told in one line."""

TOGETHER = (UnitCalled, UnitInformed, UnitAnswered, Filed)
"""What is told in one line where it happened to several at the same time."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line.

    Attributes:
        at: when it happened, by what people said.
        number: of the first event in the log that it tells.
        event: its type.
    """

    at: datetime
    words: str
    number: int
    event: type[Event]


def course(view: View) -> list[Step]:
    """Return all steps in the order of time."""
    incident = view.incident
    steps: list[Step] = []
    if incident.occurred_at is not None:
        assumed = "" if incident.occurred_basis != "assumed" else t.UNCONFIRMED
        steps.append(Step(incident.occurred_at, t.OCCURRED + assumed, 0, Reported))
    waiting: list[Recorded] = []
    taken_back = _taken_back(view)
    for item in incident.events:
        if waiting and not _together(waiting[-1], item, taken_back):
            steps.append(_many(view, waiting))
            waiting = []
        if isinstance(item.event, TOGETHER) and item.sequence not in taken_back:
            waiting.append(item)
        elif type(item.event) in TOLD:
            steps.append(_one(view, item, taken_back))
    if waiting:
        steps.append(_many(view, waiting))
    return sorted(steps, key=lambda step: (step.at, step.number))


def _taken_back(view: View) -> dict[int, datetime]:
    """Return the numbers of what was undone, and when."""
    return {
        number: item.at
        for item in view.incident.events
        if isinstance(item.event, Undone) and item.sequence not in view.incident.undone
        for number in item.event.sequences
    }


def _one(view: View, item: Recorded, taken_back: dict[int, datetime]) -> Step:
    moment = _moment(item)
    words = TOLD[type(item.event)](view, item.event)
    if (item.at - moment).total_seconds() >= 60 and not isinstance(item.event, Reported):
        words += t.RECORDED.format(time=on_day(item.at, view.now))
    if item.sequence in taken_back:
        words += t.UNDONE.format(time=on_day(taken_back[item.sequence], view.now))
    return Step(moment, words, item.sequence, type(item.event))


_SAID_AT = ("spoken_at", "called_at", "requested_at", "published_at", "reported_at")
"""Fields of events that say when it was, where that is not when it was recorded."""


def _moment(item: Recorded) -> datetime:
    for name in _SAID_AT:
        moment = getattr(item.event, name, None)
        if isinstance(moment, datetime):
            return moment
    if isinstance(item.event, LevelSkipped | AidAsked | AidAnswered) and isinstance(item.event.at, datetime):
        return item.event.at
    return item.at


def _together(before: Recorded, item: Recorded, taken_back: dict[int, datetime]) -> bool:
    """Whether two events of units are told in one line: the same happened to both at the same time."""
    first, second = before.event, item.event
    if item.sequence in taken_back or type(first) is not type(second) or item.at - before.at > APART:
        return False
    if isinstance(first, UnitAnswered) and isinstance(second, UnitAnswered):
        return (first.status, first.voice) == (second.status, second.voice) and not first.note and not second.note
    if isinstance(first, Filed) and isinstance(second, Filed):
        return _told_alike(first) == _told_alike(second)
    return True


def _told_alike(event: Filed) -> tuple[object, ...]:
    """Return what two filings must share to be told in one line."""
    return event.report, event.channel, event.called_at, event.taker, event.document


def _many(view: View, items: list[Recorded]) -> Step:
    event: Any = items[0].event
    key = "recipient" if isinstance(event, Filed) else "unit"
    names = names_of(view, [getattr(item.event, key) for item in items], MOST_NAMES * (3 if key == "recipient" else 1))
    if isinstance(event, Filed):
        words = reports.filed(event, names)
        if (items[0].at - event.called_at).total_seconds() >= 60:
            words += t.RECORDED.format(time=on_day(items[0].at, view.now))
    else:
        words = units.together(event, names)
    return Step(_moment(items[0]), words, items[0].sequence, type(event))
