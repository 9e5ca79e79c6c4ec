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

    any_state = True  # also of one that went into another: who had reported that one is asked


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
    """Ask; only who can read an answer of the program is asked by it, anybody else is rung.

    Where several cases came together everybody who reported one is asked; who is to be asked alone, by his own case.
    """
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if not case.incident.open and case.incident.state != "merged":
        return Refusal(key="not_running", params={"state": case.incident.state})
    if not asked_of(case.incident):
        return Refusal(key="reporter_reads_nothing")
    question = command.question.strip()
    if not question or len(question) > LONGEST:
        return Refusal(key="question_missing", params={"most": LONGEST})
    case.record(ReporterAsked(question=question, by=case.actor.id, name=case.actor.name or None))
    return None


def asked_of(incident: Incident) -> dict[str, str]:
    """Return who can be asked: each office and system that reported this case, or one that went into it, by its log."""
    own = {incident.stream: incident.reporter} if is_platform(incident.reporter_id) else {}
    return own | {stream: item.by for stream, item in incident.came.items() if item.by}


def asked_since(incident: Incident, stream: str) -> tuple[AskedBack, ...]:
    """Return what a case that went into this one is asked here: what was asked since it came."""
    came = incident.came.get(stream)
    return tuple(item for item in incident.asked_back if came is not None and item.sequence > came.sequence)


# --- what it does to the incident


@applies(ReporterAsked)
def _on_asked(incident: Incident, event: ReporterAsked, item: Recorded) -> None:
    asked = AskedBack(item.sequence, item.at, event.question or "", event.name or "")
    incident.asked_back = (*incident.asked_back, asked)
