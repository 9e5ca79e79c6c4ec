"""Who is told of calls to units and of their answers."""

from __future__ import annotations

from collections.abc import Iterator

from plans import events as e
from plans.notices.knowing import class_presses
from plans.notices.notice import Notice, Press, buttons
from plans.notices.registry import Told, on

RINGING = "ringing"
"""What a request to ring units depends on: that the response runs."""

HEAD_STEP = 3
"""本地规定: the step at which the head of a silent unit is called, after its liaisons twice and its telephone once."""


def _call(key: str, kind: str, unit: str, round_: int, to: str = "unit") -> Notice:
    guard = f"call:{unit}:{round_}"
    return Notice(
        kind=kind,
        key=key,
        to=f"{to}:{unit}",
        priority=1,
        ring=True,
        guard=guard,
        params={"unit": unit},
        buttons=buttons(("ack", "received", guard, {"unit": unit, "status": "收到"})),
    )


@on(e.UnitCalled)
def _called(event: e.UnitCalled, item: e.Recorded, told: Told) -> Iterator[Notice]:
    if event.reachable:
        yield _call("call", "call", event.unit, event.round)
    elif not any(isinstance(other.event, e.Declared) for other in told.events):
        # Called singly; of those that a level calls the declaration tells, all in one message.
        params = {"units": (event.unit,)}
        yield Notice(kind="call", key="ring_units", to="seat", priority=1, ring=True, guard=RINGING, params=params)


@on(e.UnitInformed)
def _informed(event: e.UnitInformed, item: e.Recorded, told: Told) -> Iterator[Notice]:
    call = told.after.calls.get(event.unit)
    presses: tuple[Press, ...] = ()
    if call is not None and call.round and call.silent:  # it is still waited for, whatever the level
        args = {"unit": event.unit, "status": "收到"}
        presses = buttons(("ack", "received", f"call:{event.unit}:{call.round}", args))
    params = {"unit": event.unit}
    yield Notice(kind="note", key="inform", to=f"unit:{event.unit}", priority=3, params=params, buttons=presses)


@on(e.UnitAnswered)
def _answered(event: e.UnitAnswered, item: e.Recorded, told: Told) -> Iterator[Notice]:
    if event.status == "来不了":
        params = {"unit": event.unit, "note": event.note or ""}
        yield Notice(kind="ack", key="unit_cannot", to="seat", priority=1, ring=True, params=params)
    else:
        yield _edited(event.unit, event.status)


@on(e.Undone)
def _undone(event: e.Undone, item: e.Recorded, told: Told) -> Iterator[Notice]:
    for earlier in told.before.events if told.before else ():
        if earlier.sequence in event.sequences and isinstance(earlier.event, e.UnitAnswered):
            unit = earlier.event.unit
            call = told.after.calls.get(unit)  # gone where the call went over to the body that it stands for
            yield _edited(unit, call.status if call is not None else "")


def _edited(unit: str, status: str) -> Notice:
    params = {"unit": unit, "status": status}
    return Notice(kind="ack", key="card", to="group", priority=3, params=params, edits=True)


@on(e.UnitsEscalated)
def _escalated(event: e.UnitsEscalated, item: e.Recorded, told: Told) -> Iterator[Notice]:
    if event.step == 1:
        for unit in event.units:
            yield _call("call_again", "escalation", unit, told.after.calls[unit].round)
        return
    if event.step == HEAD_STEP:
        for unit in event.units:  # where nobody is bound as its head, nobody is called
            yield _call("call_again", "escalation", unit, told.after.calls[unit].round, to="head")
    params = {"units": event.units}
    yield Notice(kind="escalation", key="ring_units", to="seat", priority=1, ring=True, guard=RINGING, params=params)
    # Who has no liaison cannot answer in private: the group is asked for the others only.
    sleeping = tuple(unit for unit in event.units if told.after.calls[unit].reachable)
    if event.step == 2 and sleeping:
        yield Notice(
            kind="escalation", key="silent_units", to="group", priority=2, guard=RINGING, params={"units": sleeping}
        )


@on(e.UnitsAsked)
def _whom(event: e.UnitsAsked, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(
        kind="asked",
        key="whom_to_call",
        to="seat",
        priority=1,
        ring=True,
        guard="whom",
        params={"level": event.level},
        buttons=buttons(*class_presses(told)),
    )


@on(e.BodyAsked)
def _which(event: e.BodyAsked, item: e.Recorded, told: Told) -> Iterator[Notice]:
    guard = f"body:{event.unit}"
    presses = [("name_body", f"body:{name}", guard, {"unit": event.unit, "body": name}) for name in event.among]
    yield Notice(
        kind="asked",
        key="which_body",
        to="seat",
        priority=1,
        ring=True,
        guard=guard,
        params={"unit": event.unit},
        buttons=buttons(*presses),
    )
