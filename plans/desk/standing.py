"""The clock of an instruction that was given within a drill: it stands while the drill's does.

Nobody is chased then, and all that is due comes later by as long as it stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.desk.case import Case
from plans.desk.instruction_state import Instruction


@dataclass(frozen=True, kw_only=True, slots=True)
class StandInstruction(Command):
    """Let its clock stand, or go on: only the program says so, for the drill's."""

    paused: bool

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class InstructionStood(Event, name="instruction-stood"):
    """Its clock stands with the drill's; ``paused`` False = it goes on, ``until``: up to when it would have run."""

    paused: bool
    until: datetime | None = None


@decides(StandInstruction)
def stand(case: Case[Instruction], command: StandInstruction) -> Refusal | None:
    """By the program alone, and of a drill alone; what is so already is nothing."""
    if "system" not in case.actor.roles or not case.state.drill:
        return Refusal(key="desk_not_yours")
    if case.state.paused != command.paused:
        case.record(InstructionStood(paused=command.paused, until=None if command.paused else case.would_be))
    return None


@applies(InstructionStood)
def _on_stood(state: Instruction, event: InstructionStood, item: Recorded) -> None:
    state.paused = event.paused
    state.stood_at = item.at if event.paused else None
    if event.until is not None:
        state.offset += item.at - event.until


def own_moment(case: Case[Instruction], said: datetime | None) -> datetime | None:
    """Return a moment that somebody names, by the clock on the wall, as the instruction's own."""
    if said is None:
        return None
    stands = (case.would_be or case.now) - case.now
    return said + case.state.offset - stands
