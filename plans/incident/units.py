"""Units: called as a level demands, called again while silent, answering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plans.bodies import body_of
from plans.core.command import VOICE, Command
from plans.core.event import Event, Recorded, Undone
from plans.core.keys import GROUP, RINGING, SEAT
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.calling import RECEIVED, call_notice
from plans.incident.case import Case, NoticeContext
from plans.incident.records import Call
from plans.incident.state import Incident


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit may answer to a call; its id stands in the log and on the button.

    Attributes:
        progress: a later answer with less does not call it back. A unit that cannot come has said its last.
        under_way: a raised level does not call it again.
        needs_substitute: the duty seat is rung, since another unit must be called for it.
    """

    id: str
    progress: int
    under_way: bool = False
    needs_substitute: bool = False


SET_OUT, ARRIVED = "已出发", "已到场"

ANSWERS = {
    item.id: item
    for item in (
        Answer(RECEIVED, progress=1),
        Answer(SET_OUT, progress=2, under_way=True),
        Answer(ARRIVED, progress=3, under_way=True),
        Answer("来不了", progress=9, needs_substitute=True),
    )
}
"""The one table of answers: matrix, preview, buttons and scripts read from it."""


HEAD_STEP = 3
"""本地规定: the step at which the head of a silent unit is called, after its liaisons twice and its telephone once."""


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledge(Command):
    """A unit answers; with ``unit`` the duty officer records an answer given by telephone.

    Attributes:
        units: of those that the actor answers for, only these; empty = all of them.
        round: the call that is answered; 0 = the unit's last. voice: of a key pressed on the telephone its number,
            masked.
    """

    status: str = RECEIVED
    unit: str = ""
    note: str = ""
    units: tuple[str, ...] = ()
    round: int = 0
    voice: str = ""

    by_voice = True
    by_platform = True


# --- events


OF_A_UNIT = "unit:{unit}"
"""What changes with what a unit says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitAnswered(Event, name="unit-answered", personal=("name", "note", "voice")):
    """A unit answered: 收到, 已出发, 已到场 or 来不了.

    Attributes:
        recorded: given by telephone: noted by the duty officer or, with ``voice``, a key on a telephone whose number
            stands there masked.
    """

    unit: str
    status: str
    by: str
    name: str | None = None
    note: str | None = None
    recorded: bool = False
    voice: str | None = None

    undoable = True
    touches = (OF_A_UNIT,)


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitsEscalated(Event, name="units-escalated"):
    """Silent units climbed a step: 1 = called again, 2 = on the duty seat's list of numbers to ring, then repeated."""

    units: tuple[str, ...]
    step: int


# --- what may happen


@decides(Acknowledge)
def acknowledge(case: Case, command: Acknowledge) -> Refusal | None:
    """A unit answers for itself, or the duty officer records what it said on the telephone (代记)."""
    if command.status not in ANSWERS:
        return Refusal(key="unknown_answer", params={"given": command.status, "known": list(ANSWERS)})
    calls = case.incident.calls
    speaks = speaks_for(case, command.unit, command.units)
    if isinstance(speaks, Refusal):
        return speaks
    units, recorded = speaks
    if command.round and any(calls[unit].round != command.round for unit in units):
        return Refusal(key="not_called", params={"unit": "、".join(units)})
    fresh = [unit for unit in units if recorded or not behind(calls[unit].status, command.status)]
    fresh = [unit for unit in fresh if calls[unit].status != command.status]
    if not fresh:
        return Refusal(key="already_answered", params={"unit": units[0], "status": calls[units[0]].status})
    voice = command.voice if case.actor.via == VOICE else ""
    recorded = recorded or case.actor.via == VOICE
    case.record(*(answered(case, unit, command.status, command.note, recorded=recorded, voice=voice) for unit in fresh))
    return None


def speaks_for(case: Case, unit: str, only: tuple[str, ...] = ()) -> tuple[list[str], bool] | Refusal:
    """Return for which called units the actor answers, and whether he records what a unit said on the telephone.

    Args:
        unit: the one that is named; empty = all that he answers for. only: of these, where any are named.
    """
    calls = case.incident.calls
    target = _called_for(case, unit)
    answers_for = {_called_for(case, name) for name in case.actor.units}
    if case.actor.id == case.incident.reporter_id and case.actor.via in ("direct", VOICE):
        # Whoever reported speaks for the school or company that he reported for.
        answers_for.add(_called_for(case, case.incident.unit))
    own = sorted(answers_for & ({target} if target else set(only) & calls.keys() if only else set(calls)))
    recorded = bool(target) and not own
    if recorded and not case.staff:
        return Refusal(key="not_your_unit", params={"unit": unit})
    units = own or ([target] if target else [])
    if not units or any(name not in calls for name in units):
        return Refusal(key="not_called", params={"unit": unit or "、".join(sorted(case.actor.units))})
    return units, recorded


def answered(case: Case, unit: str, status: str, note: str = "", *, recorded: bool, voice: str = "") -> UnitAnswered:
    """Return the event of an answer that the actor gives, or records; ``voice``: by a key, the number masked."""
    actor = case.actor
    return UnitAnswered(
        unit=unit, status=status, by=actor.id, name=actor.name or None, note=note or None, recorded=recorded,
        voice=voice or None,
    )  # fmt: skip


def _called_for(case: Case, unit: str) -> str:
    """Return under which name a unit was called: a placeholder's call stands under the body that it is."""
    return unit if unit in case.incident.calls else body_of(case.plan, case.incident, unit)


def behind(now: str, answer: str) -> bool:
    """A second liaison's late 收到 does not call back a unit that is on its way; the duty officer can set it right."""
    return now in ANSWERS and ANSWERS[answer].progress < ANSWERS[now].progress


# --- what it does to the incident


@applies(UnitAnswered)
def _on_answered(incident: Incident, event: UnitAnswered, item: Recorded) -> None:
    call = incident.calls.get(event.unit) or Call(event.unit, 0, item.at)
    incident.calls[event.unit] = replace(
        call,
        status=event.status,
        answered_at=item.at,
        answered_by=event.name or "",
        recorded=event.recorded,
        note=event.note or "",
        expected_at=None,
        asked=0,
        asked_at=None,
        idle_at=None,
        voice=event.voice or "",
    )


@applies(UnitsEscalated)
def _on_escalated(incident: Incident, event: UnitsEscalated, item: Recorded) -> None:
    for unit in event.units:
        if unit in incident.calls:
            incident.calls[unit] = incident.calls[unit].escalated(event.step, item.at)


# --- who is told


declare(NoticeType("silent_units", mentions=True))


@tells(UnitAnswered)
def _tell_answered(event: UnitAnswered, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.status in ANSWERS and ANSWERS[event.status].needs_substitute:
        params = {"unit": event.unit, "note": event.note or ""}
        yield Notice(kind="ack", key="unit_cannot", to=SEAT, priority=1, ring=True, params=params)
    else:
        yield redrawn(event.unit, event.status)


@tells(Undone)
def _tell_undone(event: Undone, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    for earlier in context.before.events if context.before else ():
        if earlier.sequence in event.sequences and earlier.event.undoable and OF_A_UNIT in earlier.event.touches:
            unit = str(getattr(earlier.event, "unit"))  # noqa: B009  # the aspect is named after the field
            call = context.after.calls.get(unit)  # gone where the call went over to the body that it stands for
            yield redrawn(unit, call.status if call is not None else "")


def redrawn(unit: str, status: str) -> Notice:
    """Return that what a unit was asked is shown anew, with what it answered."""
    params = {"unit": unit, "status": status}
    return Notice(kind="ack", key="card", to=GROUP, priority=3, params=params, edits=True)


@tells(UnitsEscalated)
def _tell_escalated(event: UnitsEscalated, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.step == 1:
        for unit in event.units:
            yield call_notice("call_again", "escalation", unit, context.after.calls[unit].round)
        return
    if event.step == HEAD_STEP:
        for unit in event.units:  # where nobody is bound as its head, nobody is called
            yield call_notice("call_again", "escalation", unit, context.after.calls[unit].round, head=True)
    params = {"units": event.units}
    yield Notice(kind="escalation", key="ring_units", to=SEAT, priority=1, ring=True, guard=RINGING, params=params)
    # Who has no liaison cannot answer in private: the group is asked for the others only.
    sleeping = tuple(unit for unit in event.units if context.after.calls[unit].reachable)
    if event.step == 2 and sleeping:
        yield Notice(
            kind="escalation", key="silent_units", to=GROUP, priority=2, guard=RINGING, params={"units": sleeping}
        )
