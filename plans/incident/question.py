"""The one question that would decide between levels: asked of the seat, and settled by whatever answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.core import keys
from plans.core.event import Event, Recorded
from plans.core.keys import CASE, CLASS, SEAT, Key
from plans.core.notice import Notice, buttons
from plans.core.registry import applies, asks, guards, tells
from plans.incident.case import NoticeContext
from plans.incident.scene import class_presses
from plans.incident.state import KIND, RUNNING, Incident

# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionAsked(Event, name="question-asked"):
    """The question that would decide was put to the duty seat."""

    fact: str
    question: str
    clause: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionSettled(Event, name="question-settled"):
    """The question no longer decides anything: the level is certain, or it was answered by other facts."""

    fact: str


# --- what it does to the incident


@applies(QuestionAsked)
def _on_asked(incident: Incident, event: QuestionAsked, item: Recorded) -> None:
    incident.question = event.fact


@applies(QuestionSettled)
def _on_settled(incident: Incident, event: QuestionSettled, item: Recorded) -> None:
    if incident.question == event.fact:
        incident.question = ""


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if incident.question:
        yield keys.question(incident.question)


# --- who is told


@tells(QuestionAsked)
def _tell_asked(event: QuestionAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    definition = context.plan.facts.get(event.fact)
    choices = definition.choices if definition else ()
    target = keys.fact(event.fact)
    presses = [
        ("judge", f"choice:{choice.id}", target, {"fact": event.fact, "option": choice.id}) for choice in choices
    ]
    if event.fact == "event_class":
        presses += class_presses(context)
    if presses:
        presses.append(("unsure", "unsure", CASE, {"fact": event.fact}))
    yield Notice(
        kind="asked",
        key="question",
        to=SEAT,
        priority=2,
        guard=keys.question(event.fact),
        buttons=buttons(*presses),
        params={"fact": event.fact, "question": event.question, "clause": event.clause},
    )


@asks(QuestionAsked)
def _asks_question(incident: Incident, event: QuestionAsked, item: Recorded, key: Key) -> bool:
    fact = "event_class" if key.kind == CLASS else key.of
    return fact == event.fact and incident.state in RUNNING
