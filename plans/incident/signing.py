"""Spoken decisions: kept with whoever spoke, and signed by him afterwards (补签)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plans.core import keys
from plans.core.authority import Spoken, spoke
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import to_person, to_role
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, revises
from plans.incident.case import Case
from plans.incident.records_decided import Decision
from plans.incident.state import KIND, Incident

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign(Command):
    """补签: the person who spoke signs the recorded decision.

    Attributes:
        decision: its number in the log; 0 = all that are owed.
    """

    decision: int = 0

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed(Event, name="signed", personal=("name",)):
    """A spoken decision was signed afterwards (补签)."""

    sequence_of: int
    role: str
    name: str | None = None


# --- what may happen


@decides(Sign)
def sign(case: Case, command: Sign) -> Refusal | None:
    """补签: sign what one has said on the telephone oneself; never what one has recorded of others."""
    owed = [
        item
        for item in case.incident.unsigned
        if command.decision in (0, item.sequence) and spoke(case, item, item.signer)
    ]
    if not owed:
        return Refusal(key="nothing_to_sign", who=tuple([item.signer for item in case.incident.unsigned]))
    case.record(*(Signed(sequence_of=item.sequence, role=item.signer, name=case.actor.name or None) for item in owed))
    return None


# --- what it does to the incident


def decision(kind: str, level: str | None, role: str, event: Spoken, item: Recorded) -> Decision:
    """Return what is kept of a decision, for the signature that may be owed."""
    return Decision(
        sequence=item.sequence,
        kind=kind,
        level=level,
        role=role,
        by=event.by,
        at=item.at,
        oral=event.oral,
        spoken_by=event.spoken_by or "",
        spoken_id=event.spoken_id,
        spoken_at=event.spoken_at,
        recorded_by=event.recorded_by or "",
        reason=event.reason or "",
        spoken_role=event.spoken_role,
        acting_for=event.acting_for or "",
        acting_until=event.acting_until,
    )


@applies(Signed)
def _on_signed(incident: Incident, event: Signed, item: Recorded) -> None:
    incident.decisions[:] = [
        replace(kept, signed=True) if kept.sequence == event.sequence_of else kept for kept in incident.decisions
    ]


@revises(KIND, "decision")
def _revision(incident: Incident, of: str) -> int | None:
    return next((item.sequence for item in incident.unsigned if str(item.sequence) == of), None)


# --- who is told


declare(NoticeType("to_sign", personal=True))


def to_sign(speaker: str, role: str, sequence: int) -> Notice:
    """Return the request to sign a spoken decision, to whoever spoke."""
    return Notice(
        kind="note",
        key="to_sign",
        to=to_person(speaker) if speaker else to_role(role),
        priority=2,
        params={"sequence": sequence},
        buttons=buttons(("sign", "sign", keys.decision(sequence), {})),
    )
