"""What the plan asks for at the colour: each recipient ticks it off, says why not, or shows it."""

from __future__ import annotations

from dataclasses import dataclass

from plans.acting import carries_out
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.warning.case import Case
from plans.warning.state import Measure, WarningCase

DONE, NOT_APPLICABLE, OPEN = "done", "not_applicable", "open"

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class SettleMeasure(Command):
    """Say of a measure that it is done, not applicable for a reason, or open again.

    Attributes:
        recipient: for whom; empty = for all that the actor answers for.
        number: of the measure, from 1; 0 = all of which nothing was said.
        evidence: a picture or file that shows it: its kind and Telegram's file id, ``photo:AgAC…``.
    """

    number: int
    status: str = DONE
    recipient: str = ""
    reason: str = ""
    evidence: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureSettled(Event, name="warning-measure-settled", personal=("name", "reason")):
    """What a recipient, or the duty officer for it, said of a measure."""

    recipient: str
    number: int
    status: str
    by: str
    name: str | None = None
    reason: str | None = None
    evidence: str = ""


# --- what may happen


@carries_out("warning", "measures", "Warning_.measures")
@decides(SettleMeasure)
def settle_measure(case: Case, command: SettleMeasure) -> Refusal | None:
    """Take what a recipient says of its measures; whoever says something has received the warning too."""
    warning, stage = case.warning, case.warning.stage
    if not warning.in_force or stage is None:
        return Refusal(key="nothing_in_force")
    own = sorted(case.actor.units & warning.waking.keys())
    names = [command.recipient] if command.recipient else own
    if command.recipient and command.recipient not in own and not case.staff:
        return Refusal(key="not_your_unit", params={"unit": command.recipient})
    if not names or any(name not in warning.waking for name in names):
        return Refusal(key="not_woken", params={"unit": command.recipient})
    if command.status not in (DONE, NOT_APPLICABLE, OPEN):
        raise ValueError(f"a measure cannot be {command.status}")
    if not 0 <= command.number <= len(stage.measures):
        return Refusal(key="no_such_measure", params={"given": command.number, "total": len(stage.measures)})
    if command.status == NOT_APPLICABLE and not command.reason.strip():
        return Refusal(key="reason_for_not_applicable", confirm="reason")
    numbers = range(1, len(stage.measures) + 1) if command.number == 0 else (command.number,)
    fresh = [
        MeasureSettled(
            recipient=name, number=number, status=command.status, by=case.actor.id, name=case.actor.name or None,
            reason=command.reason or None, evidence=command.evidence,
        )
        for name in names
        for number in numbers
        if _differs(warning, name, number, command) and (command.number or (name, number) not in warning.measures)
    ]  # fmt: skip
    if not fresh:
        return Refusal(key="same_as_before")
    case.record(*fresh)
    return None


def _differs(warning: WarningCase, name: str, number: int, command: SettleMeasure) -> bool:
    before = warning.measures.get((name, number))
    if before is None:
        return command.status != OPEN
    return (before.status, before.reason, before.evidence) != (
        command.status, command.reason, command.evidence or before.evidence,
    )  # fmt: skip


# --- what it does to the warning


@applies(MeasureSettled)
def _on_settled(warning: WarningCase, event: MeasureSettled, item: Recorded) -> None:
    key = (event.recipient, event.number)
    before = warning.measures.get(key)
    if event.evidence:
        warning.send(event.evidence.partition(":")[2])
    if event.status == OPEN:
        warning.measures.pop(key, None)
        return
    warning.measures[key] = Measure(
        status=event.status, at=item.at, by=event.name or "", reason=event.reason or "",
        evidence=event.evidence or (before.evidence if before is not None else ""),
    )  # fmt: skip
