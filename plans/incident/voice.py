"""Calls by an automatic telephone: a key answers a unit's call, or says that the seat knows of a report.

A key never decides anything, takes nothing in hand and carries no authority: whoever picks a telephone up is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.core import keys
from plans.core.command import SYSTEM, VOICE, Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, UNHANDLED
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.ringing import RingFailed
from plans.incident.seat import HANDLE
from plans.incident.state import Incident
from plans.incident.units import HEAD_STEP, UnitsEscalated

RUNG = 2
"""The step of a unit's ladder at which it stands on the seat's list of numbers to ring."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteVoiceCall(Command):
    """Whoever answers for units was called by telephone and did not answer with a key.

    Attributes:
        outcome: what came of it, in words. wants_person: he asks that somebody rings (键2).
    """

    units: tuple[str, ...]
    round: int
    outcome: str
    wants_person: bool = False

    by_voice = True


@dataclass(frozen=True, kw_only=True, slots=True)
class HearRing(Command):
    """Somebody of the seat heard of a report on the telephone; he has not said 「我来处理」."""

    voice: str = ""

    by_voice = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AskCallBack(Command):
    """Somebody who is to decide asks on the telephone that the seat rings him."""

    voice: str = ""

    by_voice = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class RingHeard(Event, name="ring-heard", personal=("name", "voice")):
    """Somebody of the seat pressed a key when a report was told on the telephone; ``voice``: its number, masked."""

    by: str
    name: str | None = None
    voice: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CallBackAsked(Event, name="call-back-asked", personal=("name", "voice")):
    """Somebody who is to decide wants to be rung by a person; ``voice``: the number that was called, masked."""

    by: str
    name: str | None = None
    voice: str | None = None


# --- what may happen


@decides(NoteVoiceCall)
def note_voice_call(case: Case, command: NoteVoiceCall) -> Refusal | None:
    """Keep that units were called in vain; where a person is wanted they are on the seat's list at once."""
    if case.actor.via != VOICE and case.actor.id != SYSTEM.id:
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    calls = case.incident.calls
    called = [calls[unit] for unit in command.units if unit in calls and calls[unit].round == command.round]
    if not called:
        return Refusal(key="not_called", params={"unit": "、".join(command.units)})
    silent = [call for call in called if call.silent]
    if not silent:
        return Refusal(key="already_answered", params={"unit": called[0].unit, "status": called[0].status})
    for call in silent:
        about = keys.call(call.unit, call.round)
        case.record(RingFailed(recipient=call.unit, outcome=command.outcome, about=about))
    if command.wants_person and case.incident.state == "responding":
        # The head was called when that step was reached: to be on the list again is the one behind it.
        step = max(RUNG, *(call.step for call in silent))
        units = tuple(call.unit for call in silent)
        case.record(UnitsEscalated(units=units, step=step + 1 if step == HEAD_STEP else step))
    return None


@decides(HearRing)
def hear_ring(case: Case, command: HearRing) -> Refusal | None:
    """Keep who of the seat has heard of a report that nobody has taken; it stays untaken."""
    if case.actor.via != VOICE:
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    if not case.actor.roles & {"duty", *case.plan.roles}:
        return Refusal(key="staff_only", who=("duty",))
    if case.incident.handled_by or case.incident.state != "reported":
        return Refusal(key="already_handled", params={"name": case.incident.handler_name, "own": False})
    actor = case.actor
    case.record(RingHeard(by=actor.id, name=actor.name or None, voice=command.voice or None))
    return None


@decides(AskCallBack)
def ask_call_back(case: Case, command: AskCallBack) -> Refusal | None:
    """The seat is to ring somebody who holds an office; what he says then is recorded as any spoken word is."""
    if case.actor.via != VOICE:
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    if not case.actor.roles & {"duty", *case.plan.roles}:
        return Refusal(key="staff_only", who=("duty",))
    actor = case.actor
    case.record(CallBackAsked(by=actor.id, name=actor.name or None, voice=command.voice or None))
    return None


# --- what it does to the incident


@applies(RingHeard)
def _on_heard(incident: Incident, event: RingHeard, item: Recorded) -> None:
    incident.heard_by, incident.heard_at = event.name or "", item.at


@applies(CallBackAsked)
def _on_call_back(incident: Incident, event: CallBackAsked, item: Recorded) -> None:
    """It changes nothing: whether he was rung is seen by what he decides."""


# --- who is told


@tells(RingHeard)
def _tell_heard(event: RingHeard, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    """The chat where the report waits says it, with the button that takes it: a key took nothing."""
    params = {"name": event.name or "", "voice": event.voice or ""}
    yield Notice(kind="received", key="ring_heard", to=SEAT, priority=2, guard=UNHANDLED, params=params, buttons=HANDLE)


@tells(CallBackAsked)
def _tell_call_back(event: CallBackAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    params = {"name": event.name or "", "voice": event.voice or ""}
    yield Notice(kind="escalation", key="call_back", to=SEAT, priority=1, ring=True, params=params)
