"""The duty seat: who has the incident in hand (我来处理), and who takes the seat over (接班)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import HANDLING, REPORTER, SEAT
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.revisions import revision
from plans.incident.state import Incident

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeHandling(Command):
    """「我来处理」."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeOver(Command):
    """「我接班」: this incident's reminders follow the new holder of the seat."""

    until_closed = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class HandlingTaken(Event, name="handling-taken", personal=("name",)):
    """A duty officer said 「我来处理」."""

    by: str
    name: str | None = None

    touches = ("handling",)


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatTaken(Event, name="seat-taken", personal=("name",)):
    """The duty seat was taken over (接班); reminders follow the seat."""

    by: str
    name: str | None = None
    open_obligations: tuple[str, ...] = ()


# --- what may happen


@decides(TakeHandling)
def take_handling(case: Case, command: TakeHandling) -> Refusal | None:
    """「我来处理」."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if case.incident.handled_by:
        own = case.incident.handled_by == case.actor.id
        return Refusal(key="already_handled", params={"name": case.incident.handler_name, "own": own})
    case.record(HandlingTaken(by=case.actor.id, name=case.actor.name or None))
    return None


@decides(TakeOver)
def take_over(case: Case, command: TakeOver) -> Refusal | None:
    """「我接班」: what is open goes with the seat."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if case.incident.seat == case.actor.id:
        return Refusal(key="already_on_seat")
    keys = tuple(item.key for item in case.incident.open_instances)
    case.record(SeatTaken(by=case.actor.id, name=case.actor.name or None, open_obligations=keys))
    return None


# --- what it does to the incident


@applies(HandlingTaken)
def _on_handled(incident: Incident, event: HandlingTaken, item: Recorded) -> None:
    incident.handled_by, incident.handler_name, incident.handled_at = event.by, event.name or "", item.at
    incident.seat, incident.seat_name = event.by, event.name or ""


@applies(SeatTaken)
def _on_seat(incident: Incident, event: SeatTaken, item: Recorded) -> None:
    incident.seat, incident.seat_name = event.by, event.name or ""


revision("handling", "handling")


# --- who is told


declare(NoticeType("taken", neutral=True))


HANDLE = buttons(("handle", "handle", HANDLING, {}))
"""「我来处理」."""


@tells(HandlingTaken)
def _tell_handled(event: HandlingTaken, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="script", to=SEAT, priority=1, params={"number": 0})
    if context.after.reporter_id != event.by:
        yield Notice(kind="note", key="taken", to=REPORTER, priority=2)


@tells(SeatTaken)
def _tell_seat(event: SeatTaken, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="takeover", to=SEAT, priority=1, obligations=event.open_obligations)
