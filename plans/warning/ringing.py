"""Who does not answer a warning is rung by telephone: by the office, which notes it, or by the gateway."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plans.core.command import SYSTEM, VOICE, Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.warning.case import Case
from plans.warning.state import WarningCase
from plans.warning.waking import BY_TELEPHONE, RecipientsEscalated

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class RingInVain(Command):
    """The duty officer rang a recipient and nobody answered."""

    recipient: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteVoiceCall(Command):
    """A recipient was called by an automatic telephone and did not answer with a key.

    Attributes:
        wants_person: it asks that somebody rings (键2).
    """

    recipient: str
    stage: int
    wants_person: bool = False

    by_voice = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class RungInVain(Event, name="warning-rung-in-vain"):
    """A call by telephone that nobody answered; ``wants_person``: it was, and a key asked that somebody rings."""

    recipient: str
    by: str
    wants_person: bool = False


# --- what may happen


@decides(RingInVain)
def ring_in_vain(case: Case, command: RingInVain) -> Refusal | None:
    """Write down that a call was made and nobody answered; the recipient stays on the list."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    waking = case.warning.waking.get(command.recipient)
    if waking is None or not waking.silent:
        return Refusal(key="already_answered", params={"unit": command.recipient, "status": "received"})
    case.record(RungInVain(recipient=command.recipient, by=case.actor.id))
    return None


@decides(NoteVoiceCall)
def note_voice_call(case: Case, command: NoteVoiceCall) -> Refusal | None:
    """Keep that a recipient was called in vain; where it wants a person it is on the seat's list at once."""
    if case.actor.via != VOICE and case.actor.id != SYSTEM.id:
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    waking = case.warning.waking.get(command.recipient)
    if waking is None or waking.stage != command.stage:
        return Refusal(key="not_woken", params={"unit": command.recipient})
    if not waking.silent:
        return Refusal(key="already_answered", params={"unit": command.recipient, "status": "received"})
    case.record(RungInVain(recipient=command.recipient, by=case.actor.id, wants_person=command.wants_person))
    if command.wants_person:
        case.record(RecipientsEscalated(recipients=(command.recipient,), step=max(BY_TELEPHONE, waking.step)))
    return None


# --- what it does to the warning


@applies(RungInVain)
def _on_rung(warning: WarningCase, event: RungInVain, item: Recorded) -> None:
    waking = warning.waking.get(event.recipient)
    if waking is not None:
        tried = waking.tried + (not event.wants_person)
        warning.waking[event.recipient] = replace(waking, tried=tried, wants_person=event.wants_person)
