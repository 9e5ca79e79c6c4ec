"""Short answers to what a report still lacks: 无, 不详, 正在核实."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, revises
from plans.core.revisions import last_change
from plans.incident.case import Case
from plans.incident.facts import Update, source_of, update
from plans.incident.records_said import Answered
from plans.incident.revisions import revision
from plans.incident.state import KIND, Incident
from plans.load import plan_facts

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerElement(Command):
    """A short answer to an element of the first report that is lacking.

    Attributes:
        element: the fact's id, ``place``, ``occurred``, ``nature``, or the element's own name.
        answer: ``none`` (无), ``unknown`` (不详) or ``verifying`` (正在核实).
    """

    element: str
    answer: str


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ElementAnswered(Event, name="element-answered"):
    """Somebody said that there is none (``none``), that it is not known, or that it is being verified."""

    element: str
    answer: str
    source: str

    undoable = True
    touches = ("words", "answer:{element}")


# --- what may happen


ANSWERS = ("none", "unknown", "verifying")


@decides(AnswerElement)
def answer_element(case: Case, command: AnswerElement) -> Refusal | None:
    """Take a short answer. 无 to a figure is a zero of its source; what is not known stays unknown, and says so."""
    if not (case.staff or case.actor.id == case.incident.reporter_id):
        return Refusal(key="outsider")
    if command.answer not in ANSWERS or command.element in case.incident.claims:
        return Refusal(key="nothing_new")
    case.record(ElementAnswered(element=command.element, answer=command.answer, source=source_of(case)))
    fact = plan_facts(case.plan).get(command.element)
    if command.answer == "none" and fact is not None:
        return update(case, Update(facts={command.element: 0}))
    return None


# --- what it does to the incident


@applies(ElementAnswered)
def _on_answered(incident: Incident, event: ElementAnswered, item: Recorded) -> None:
    incident.answers[event.element] = Answered(event.answer, event.source, item.at)


revision("element", "said:{}", "answer:{}")


@revises(KIND, "answers")
def _revision(incident: Incident, of: str) -> int | None:
    return last_change(incident, *(name for name in incident.changed if name.startswith("answer:")))
