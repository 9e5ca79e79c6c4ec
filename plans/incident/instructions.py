"""批示 within an incident: what a leader said about it, and how far it is carried out, as the desk's case tells it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.incident.case import Case
from plans.incident.records_beside import Instructed
from plans.incident.state import Incident

GIVEN, CORRECTED, DONE, WITHDRAWN = "given", "corrected", "done", "withdrawn"
"""How an instruction stands: given, said otherwise since, carried out by all, taken back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteInstruction(Command):
    """An instruction was given within the incident, or stands otherwise; the program notes it, nobody else.

    Attributes:
        instruction: its stream. number: by which people call it. giver: whose word; way, given_at: how, and when.
        recorded: the desk wrote it down for him (代录).
        stands: one of those above. told, finished: to how many it went, and how many have done it.
    """

    instruction: str
    number: int
    text: str
    stands: str
    giver: str = ""
    giver_id: str = ""
    recorded: bool = False
    way: str = ""
    given_at: datetime | None = None
    due: datetime | None = None
    told: int = 0
    finished: int = 0

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class InstructionNoted(Event, name="instruction-noted", personal=("text", "giver")):
    """How an instruction within the incident stands now."""

    instruction: str
    number: int
    stands: str
    text: str | None = None
    giver: str | None = None
    giver_id: str = ""
    recorded: bool = False
    way: str = ""
    given_at: datetime | None = None
    due: datetime | None = None
    told: int = 0
    finished: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class InstructionAdvanced(Event, name="instruction-advanced"):
    """More or fewer of those whom an instruction went to have done it, or its day is another."""

    instruction: str
    told: int
    finished: int
    due: datetime | None = None


@decides(NoteInstruction)
def note_instruction(case: Case, command: NoteInstruction) -> Refusal | None:
    """Note what has changed; where nothing has, nothing."""
    if "system" not in case.actor.roles:
        return Refusal(key="staff_only", who=("duty",))
    before = case.incident.instructions.get(command.instruction)
    if before is not None and (before.stands, before.text) == (command.stands, command.text):
        if (before.told, before.finished, before.due) == (command.told, command.finished, command.due):
            return None
        case.record(
            InstructionAdvanced(
                instruction=command.instruction, told=command.told, finished=command.finished, due=command.due
            )
        )
        return None
    case.record(
        InstructionNoted(
            instruction=command.instruction, number=command.number, stands=command.stands, text=command.text or None,
            giver=command.giver or None, giver_id=command.giver_id, recorded=command.recorded, way=command.way,
            given_at=command.given_at, due=command.due, told=command.told, finished=command.finished,
        )
    )  # fmt: skip
    return None


@applies(InstructionNoted)
def _on_noted(incident: Incident, event: InstructionNoted, item: Recorded) -> None:
    incident.instructions[event.instruction] = Instructed(
        number=event.number, stands=event.stands, text=event.text or "", giver=event.giver or "",
        recorded=event.recorded, way=event.way, given_at=event.given_at or item.at, due=event.due, told=event.told,
        finished=event.finished,
    )  # fmt: skip


@applies(InstructionAdvanced)
def _on_advanced(incident: Incident, event: InstructionAdvanced, item: Recorded) -> None:
    before = incident.instructions.get(event.instruction)
    if before is not None:
        incident.instructions[event.instruction] = replace(
            before, told=event.told, finished=event.finished, due=event.due
        )
