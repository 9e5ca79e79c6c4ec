"""What an office wants verified by the other office or system that reported (要求核实): it reads it when it looks."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.command import Command, is_platform
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.incident.case import Case
from plans.incident.records_beside import AskedBack
from plans.incident.state import Incident

LONGEST = 500
"""Characters of a question."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class AskBack(Command):
    """Ask the office or system that reported to verify something."""

    question: str


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ReporterAsked(Event, name="reporter-asked", personal=("question", "name")):
    """The office or system that reported was asked to verify something."""

    question: str | None
    by: str
    name: str | None = None


# --- what may happen


@decides(AskBack)
def ask_back(case: Case, command: AskBack) -> Refusal | None:
    """Ask; only who can read an answer of the program is asked by it, anybody else is rung."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if not is_platform(case.incident.reporter_id):
        return Refusal(key="reporter_reads_nothing")
    question = command.question.strip()
    if not question or len(question) > LONGEST:
        return Refusal(key="question_missing", params={"most": LONGEST})
    case.record(ReporterAsked(question=question, by=case.actor.id, name=case.actor.name or None))
    return None


# --- what it does to the incident


@applies(ReporterAsked)
def _on_asked(incident: Incident, event: ReporterAsked, item: Recorded) -> None:
    asked = AskedBack(item.sequence, item.at, event.question or "", event.name or "")
    incident.asked_back = (*incident.asked_back, asked)
