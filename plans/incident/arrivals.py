"""After 收到: units say when they will be there, and are asked once when that has passed; the seat hears of who stays.

Nothing of it repeats: a unit is asked once, the seat once, for each time that a unit named; and whoever said 收到 and
nothing since is named to the seat once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import ARRIVALS, SEAT, Key, to_unit
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.records_beside import Unasked
from plans.incident.revisions import revision
from plans.incident.state import KIND, Incident
from plans.incident.units import ARRIVED, OF_A_UNIT, SET_OUT, answered, behind, redrawn, speaks_for

MINUTES = (10, 20, 30, 60)
"""What a unit may tap; in words it may say any other."""

LONGEST = 12 * 60
"""Minutes beyond which an arrival is not expected, but promised for another day."""

ASKED, SEAT_TOLD = 1, 2
"""Steps past the moment at which a unit was expected: it was asked, the duty seat was told."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpectArrival(Command):
    """A unit says in how many minutes it will be there; whoever has not set out before has set out with it.

    Attributes:
        unit: of which the duty officer records it; units: of the actor's own, only these. Both empty = all his own.
    """

    minutes: int
    unit: str = ""
    units: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskNoArrivals(Command):
    """The seat says that nobody is asked about arrivals any more in this incident, or with ``again`` that they are."""

    again: bool = False


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ArrivalExpected(Event, name="arrival-expected", personal=("name",)):
    """A unit that has set out said when it will be there; ``recorded``: noted by the duty officer after a call."""

    unit: str
    at: datetime
    by: str
    name: str | None = None
    recorded: bool = False

    undoable = True
    touches = (OF_A_UNIT,)


@dataclass(frozen=True, kw_only=True, slots=True)
class ArrivalsAsked(Event, name="arrivals-asked"):
    """Units are past the moment that they named: step 1 = they were asked, 2 = the duty seat was told."""

    units: tuple[str, ...]
    step: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitsIdle(Event, name="units-idle"):
    """The duty seat was told which units said 收到 and nothing since."""

    units: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ArrivalsUnasked(Event, name="arrivals-unasked", personal=("name",)):
    """Nobody is asked about arrivals any more in this incident; ``again``: they are after all."""

    by: str
    name: str | None = None
    again: bool = False

    undoable = True
    touches = ("arrivals",)


# --- what may happen


@decides(ExpectArrival)
def expect_arrival(case: Case, command: ExpectArrival) -> Refusal | None:
    """A unit says when it will be there, or the duty officer records what it said on the telephone."""
    if not 1 <= command.minutes <= LONGEST:
        return Refusal(key="arrival_when", params={"hours": LONGEST // 60})
    speaks = speaks_for(case, command.unit, command.units)
    if isinstance(speaks, Refusal):
        return speaks
    units, recorded = speaks
    calls = case.incident.calls
    fresh = [unit for unit in units if recorded or not behind(calls[unit].status, SET_OUT)]
    if not fresh:
        return Refusal(key="already_answered", params={"unit": units[0], "status": calls[units[0]].status})
    at = case.now + timedelta(minutes=command.minutes)
    actor = case.actor
    for unit in fresh:
        if calls[unit].status != SET_OUT:
            case.record(answered(case, unit, SET_OUT, command.note, recorded=recorded))
        case.record(ArrivalExpected(unit=unit, at=at, by=actor.id, name=actor.name or None, recorded=recorded))
    return None


@decides(AskNoArrivals)
def ask_no_arrivals(case: Case, command: AskNoArrivals) -> Refusal | None:
    """The duty seat, or who holds a role of the plan, stops the questions about arrivals of one incident."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if (case.incident.unasked is None) is command.again:
        return Refusal(key="arrivals_asked" if command.again else "arrivals_unasked")
    case.record(ArrivalsUnasked(by=case.actor.id, name=case.actor.name or None, again=command.again))
    return None


# --- what it does to the incident


@applies(ArrivalExpected)
def _on_expected(incident: Incident, event: ArrivalExpected, item: Recorded) -> None:
    if event.unit in incident.calls:
        call = incident.calls[event.unit]
        incident.calls[event.unit] = replace(call, expected_at=event.at, asked=0, asked_at=None)


@applies(ArrivalsAsked)
def _on_asked(incident: Incident, event: ArrivalsAsked, item: Recorded) -> None:
    for unit in event.units:
        if unit in incident.calls:
            incident.calls[unit] = replace(incident.calls[unit], asked=event.step, asked_at=item.at)


@applies(UnitsIdle)
def _on_idle(incident: Incident, event: UnitsIdle, item: Recorded) -> None:
    for unit in event.units:
        if unit in incident.calls:
            incident.calls[unit] = replace(incident.calls[unit], idle_at=item.at)


@applies(ArrivalsUnasked)
def _on_unasked(incident: Incident, event: ArrivalsUnasked, item: Recorded) -> None:
    incident.unasked = None if event.again else Unasked(event.by, event.name or "", item.at)


revision("arrivals", "arrivals", "response")


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    """What was asked is worth sending while the unit has not said anything new, and nobody put an end to asking."""
    if incident.state != "responding" or incident.unasked is not None:
        return
    calls = incident.calls.values()
    yield from (keys.arrival(call.unit) for call in calls if call.expected_at is not None and call.asked >= ASKED)
    if any(call.asked == SEAT_TOLD or call.idle_at is not None for call in calls):
        yield ARRIVALS


# --- who is told


declare(
    NoticeType("arrival_asked", joins_units=True),
    NoticeType("arrivals_waited_for", merges_as="arrivals_waited_for", joins_as="due"),
)


@tells(ArrivalExpected)
def _tell_expected(event: ArrivalExpected, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield redrawn(event.unit, context.after.calls[event.unit].status)


@tells(ArrivalsAsked)
def _tell_asked(event: ArrivalsAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.step == SEAT_TOLD:
        yield _to_seat(late=event.units)
        return
    for unit in event.units:
        call = keys.call(unit, context.after.calls[unit].round)
        more = (("expect", "expect_more", call, {"unit": unit, "minutes": minutes}) for minutes in MINUTES)
        yield Notice(
            kind="call", key="arrival_asked", to=to_unit(unit), priority=2, ring=True, guard=keys.arrival(unit),
            params={"unit": unit}, buttons=buttons(("ack", "answer", call, {"unit": unit, "status": ARRIVED}), *more),
        )  # fmt: skip


@tells(UnitsIdle)
def _tell_idle(event: UnitsIdle, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield _to_seat(idle=event.units)


def _to_seat(*, late: tuple[str, ...] = (), idle: tuple[str, ...] = ()) -> Notice:
    params = {"late": late, "idle": idle}
    return Notice(kind="call", key="arrivals_waited_for", to=SEAT, priority=2, ring=True, guard=ARRIVALS, params=params)
