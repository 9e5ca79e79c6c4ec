"""Which units a declared level calls, whom it only informs, and what they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.acting import carries_out
from plans.bodies import bodies_of
from plans.core import keys
from plans.core.event import Event, Recorded
from plans.core.keys import RINGING, SEAT, WHOM, Key, to_head, to_unit
from plans.core.notice import Notice, NoticeType, Press, buttons, declare
from plans.core.registry import applies, guards, revises, tells
from plans.core.revisions import last_change
from plans.incident.case import NoticeContext
from plans.incident.records import Call
from plans.incident.revisions import revision
from plans.incident.scene import class_presses
from plans.incident.state import KIND, Incident
from plans.model import Pick, Plan, Response

# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitCalled(Event, name="unit-called"):
    """A unit was called; ``reachable`` is False where nobody of it is bound, so that the duty seat must ring."""

    unit: str
    round: int
    level: str
    reachable: bool = True

    touches = ("unit:{unit}",)


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitInformed(Event, name="unit-informed"):
    """A unit was informed silently, without being called."""

    unit: str
    level: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitsAsked(Event, name="units-asked"):
    """The plan leaves it to the event class whom this level calls, and no class was chosen: the seat is asked."""

    level: str


# --- who is called


@carries_out("call", "units", "Response.calls", "Calls", "Pick", "FirstAction", "Unit.member")
def picked_units(plan: Plan, response: Response, event_class: str, candidates: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the units that a response calls, by the incident's class where the plan leaves the choice open.

    Whoever acts first at the scene (先期处置) is among them at every level.

    Args:
        candidates: the classes that may be meant while none is chosen; the units of all of them are called.
    """
    calls, first = response.calls, plan.first_action.units if plan.first_action else ()
    if calls.units == "all":
        return tuple(dict.fromkeys((*(unit.id for unit in plan.units if unit.member), *first)))
    picks = _picks(response, event_class, candidates) if calls.units == "picked" else ()
    return tuple(dict.fromkeys((*first, *calls.always, *(unit for item in picks for unit in item.units))))


def unpicked(response: Response, event_class: str, candidates: tuple[str, ...] = ()) -> bool:
    """Return whether the class must be known to say whom the response calls, and is not."""
    picks = response.calls.picks if response.calls.units == "picked" else ()
    return bool(picks) and not _picks(response, event_class, candidates)


def _picks(response: Response, event_class: str, candidates: tuple[str, ...]) -> list[Pick]:
    """The picks of the class, else the one without a class, else that of 其他; none where a person must say."""
    picks, classes = response.calls.picks, (event_class,) if event_class else candidates
    matching = [item for item in picks if set(item.classes) & set(classes)]
    general = [item for item in picks if not item.classes] or [item for item in picks if "other" in item.classes]
    return matching or general[:1]


def called_units(plan: Plan, incident: Incident, response: Response) -> tuple[str, ...]:
    """Return the units that a response calls at this incident: real bodies for placeholders, as far as known."""
    return bodies_of(plan, incident, picked_units(plan, response, incident.event_class, incident.candidates))


# --- what it does to the incident


@applies(UnitCalled)
def _on_called(incident: Incident, event: UnitCalled, item: Recorded) -> None:
    incident.rounds = max(incident.rounds, event.round)
    incident.calls[event.unit] = Call(event.unit, event.round, item.at, event.reachable)


@applies(UnitInformed)
def _on_informed(incident: Incident, event: UnitInformed, item: Recorded) -> None:
    incident.calls.setdefault(event.unit, Call(event.unit, 0, item.at, status="informed"))


@applies(UnitsAsked)
def _on_asked(incident: Incident, event: UnitsAsked, item: Recorded) -> None:
    incident.units_asked = event.level


@revises(KIND, "call")
def _revision(incident: Incident, of: str) -> int | None:
    unit, number = keys.called(of)
    call = incident.calls.get(unit)
    if call is None or str(call.round) != number or not incident.open:
        return None
    return last_change(incident, keys.unit(unit))


@revises(KIND, "calls")
def _revision_of_several(incident: Incident, of: str) -> int | None:
    calls = keys.calls_in(f"calls:{of}")
    known = [unit for unit, number in calls if (call := incident.calls.get(unit)) and str(call.round) == number]
    return last_change(incident, *map(keys.unit, known)) if known and incident.open else None


revision("unit", "unit:{}", "response")


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if incident.state == "responding":
        yield RINGING
    if incident.units_asked and not incident.event_class:
        yield WHOM
    yield from (keys.call(item.unit, item.round) for item in incident.calls.values() if item.silent)


# --- who is told


declare(
    NoticeType("call", joins_units=True, on_key="answer"),
    NoticeType("call_again", escalates=True, repeats="call", joins_units=True, on_key="answer"),
    NoticeType("inform", joins_units=True),
    NoticeType("ring_units", merges_as="ring_units", joins_as="due"),
)

RECEIVED = "收到"
"""The first answer: all that a call asks for."""


def call_notice(key: str, kind: str, unit: str, round_: int, *, head: bool = False) -> Notice:
    """Return the call to a unit, or to its head, with the button of its first answer."""
    guard = keys.call(unit, round_)
    return Notice(
        kind=kind,
        key=key,
        to=to_head(unit) if head else to_unit(unit),
        priority=1,
        ring=True,
        guard=guard,
        params={"unit": unit},
        buttons=buttons(("ack", "received", guard, {"unit": unit, "status": RECEIVED})),
    )


@tells(UnitCalled)
def _tell_called(event: UnitCalled, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.reachable:
        yield call_notice("call", "call", event.unit, event.round)
    elif not any(other.event.NAME == "declared" for other in context.events):
        # Called singly; of those that a level calls the declaration tells, all in one message.
        params = {"units": (event.unit,)}
        yield Notice(kind="call", key="ring_units", to=SEAT, priority=1, ring=True, guard=RINGING, params=params)


@tells(UnitInformed)
def _tell_informed(event: UnitInformed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    call = context.after.calls.get(event.unit)
    presses: tuple[Press, ...] = ()
    if call is not None and call.round and call.silent:  # it is still waited for, whatever the level
        args = {"unit": event.unit, "status": RECEIVED}
        presses = buttons(("ack", "received", keys.call(event.unit, call.round), args))
    params = {"unit": event.unit}
    yield Notice(kind="note", key="inform", to=to_unit(event.unit), priority=3, params=params, buttons=presses)


@tells(UnitsAsked)
def _tell_asked(event: UnitsAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="asked",
        key="whom_to_call",
        to=SEAT,
        priority=1,
        ring=True,
        guard=WHOM,
        params={"level": event.level},
        buttons=buttons(*class_presses(context)),
    )
