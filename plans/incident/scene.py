"""Where, when and what it is: place, time of occurrence, event class and the unit concerned, stated anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plans.core.event import Event, Recorded
from plans.core.keys import CLASS, Key
from plans.core.outcome import Refusal
from plans.core.registry import applies
from plans.incident.case import Case, NoticeContext
from plans.incident.revisions import revision
from plans.incident.state import Incident

# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class OccurrenceChanged(Event, name="occurrence-changed", personal=("reason",)):
    """The time of occurrence was stated anew: earlier by anybody, later only by the duty officer with a reason."""

    occurred_at: datetime
    previous: datetime
    basis: str
    reason: str | None = None

    touches = ("scene",)


@dataclass(frozen=True, kw_only=True, slots=True)
class SceneStated(Event, name="scene-stated"):
    """Place, event class or the unit concerned were stated."""

    place: str = ""
    event_class: str = ""
    unit: str = ""
    township: str = ""

    reassesses = True
    touches = ("scene",)


# --- what may happen


def occurrence(case: Case, moment: datetime | None, basis: str, reason: str) -> Refusal | None:
    """Record when it happened: an earlier time counts at once, a later one only by the duty officer with a reason."""
    current = case.incident.occurred_at
    if moment is None or current is None or (moment == current and case.incident.occurred_basis != "assumed"):
        return None
    if moment > case.now:
        return Refusal(key="time_ahead", params={"given": moment})
    if moment > current and not (case.staff and reason.strip()):
        return Refusal(
            key="later_needs_reason",
            who=("duty",),
            params={"old": current, "new": moment},
            confirm="reason",
        )
    case.record(OccurrenceChanged(occurred_at=moment, previous=current, basis=basis, reason=reason or None))
    return None


# --- what it does to the incident


@applies(OccurrenceChanged)
def _on_occurrence(incident: Incident, event: OccurrenceChanged, item: Recorded) -> None:
    incident.occurred_at, incident.occurred_basis = event.occurred_at, event.basis


@applies(SceneStated)
def _on_scene(incident: Incident, event: SceneStated, item: Recorded) -> None:
    incident.place = event.place or incident.place
    incident.event_class = event.event_class or incident.event_class
    incident.unit = event.unit or incident.unit
    incident.township = event.township or incident.township
    if event.event_class and incident.question == "event_class":
        incident.question = ""


revision("class", "scene")


# --- what is asked


MOST_CLASSES = 10
"""Classes offered as buttons; a plan with more asks in words, and is answered with /update."""


def class_presses(context: NoticeContext) -> list[tuple[str, str, Key, dict[str, Any]]]:
    """Return a button for each class that may be meant."""
    return [("set_class", f"class:{name}", CLASS, {"class": name}) for name in _classes(context)]


def _classes(context: NoticeContext) -> tuple[str, ...]:
    """The classes that may be meant: those that the words speak for, else every one of the plan."""
    class_ids = [item.id for item in context.plan.classes]
    candidates = [name for name in context.after.candidates if name in class_ids]
    return tuple((candidates if len(candidates) > 1 else class_ids)[:MOST_CLASSES])
