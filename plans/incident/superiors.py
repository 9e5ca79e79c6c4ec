"""What an office above says of its own case (上级来告), as it comes back by a reporting line: five things and no more.

Of each case above its own: what is said of one is not held against another. What is to be verified starts the clock of
a request (``plans.incident.requests``); what was asked of a case that went into this one is asked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from plans.core.event import Event, Recorded
from plans.core.keys import SEAT
from plans.core.notice import Notice
from plans.core.registry import applies, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.filing import strange
from plans.incident.owed import rings_with_clock
from plans.incident.records_beside import Superior
from plans.incident.requests import VerificationRequested, of_request
from plans.incident.state import Incident
from plans.lines import superiors

Course = Literal["running", "ended", "rejected", "lost"]
"""``lost``: the office above does not know the case any more, as after a backup was restored there."""

MOST_ASKED = 50
"""Questions of one case above; whoever asks more is rung."""


class Question(NamedTuple):
    """What the office above wants verified: its id there, when it asked, and its words."""

    id: str
    at: datetime
    text: str


class CaseAbove(NamedTuple):
    """How a case of an office above stands.

    Attributes:
        line: by which that is told. place: the office's jurisdiction. number: of its case.
        level: of response. merged: number of the case that it went into.
        asks: recipients of ours for whom reports went up to it. since: when the first did.
    """

    line: str
    place: str
    number: int
    level: str | None
    course: Course
    merged: int
    questions: Sequence[Question]
    asks: Sequence[str]
    since: datetime


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class SuperiorSaid(Event, name="superior-said", personal=("text",)):
    """The office above said something of its case.

    Attributes:
        what: ``level``, ``ended``, ``reopened``, ``rejected``, ``lost``, ``merged`` or ``asked``.
        level: of response, None where it has none any more. key: of the question, ``text`` its words.
    """

    line: str
    place: str
    number: int
    what: str
    level: str | None = None
    merged: int = 0
    key: str = ""
    text: str | None = None


# --- what may happen


def hear(case: Case, it: CaseAbove) -> None:
    """Record what is new of how a case above stands."""
    known = case.incident.superiors.get((it.place, it.number), Superior(it.place))

    def said(what: str, **more: Any) -> None:
        case.record(SuperiorSaid(line=it.line, place=it.place, number=it.number, what=what, **more))

    if it.course == "lost":  # nothing else is known of it
        if known.course == "running":
            said("lost")
        return
    if it.merged and it.merged != known.merged:
        said("merged", merged=it.merged)
    new = {item.id: item for item in it.questions if item.id not in known.asked}
    for question in list(new.values())[: max(0, MOST_ASKED - len(known.asked))]:
        said("asked", key=question.id, text=question.text)
        at = max(min(question.at, case.now), it.since)
        _start_clock(case, [name for name in it.asks if name in superiors(case.plan)], at, question)
    if it.level != known.level:
        said("level", level=it.level)
    if it.course != known.course:
        said("reopened" if it.course == "running" else it.course)


def _start_clock(case: Case, asks: Sequence[str], at: datetime, question: Question) -> None:
    """Let the clock of a request begin, as when the superior had rung; where the plan has none the words are told."""
    rule = next((rule for rule in case.plan.obligations if rule.clock.from_ == "requested"), None)
    if rule is None or not asks or not case.incident.open:
        return
    recipient = next((name for name in asks if name in rule.to), asks[0])
    case.record(
        VerificationRequested(
            recipient=recipient, requested_at=at, question=question.text or None, key=question.id
        )
    )  # fmt: skip


# --- what goes on where its case goes into another


def heard_above(incident: Incident) -> tuple[Mapping[str, Any], ...]:
    """Return what offices above have said, as plain data, for the case that this one goes into."""
    return tuple(
        {"number": number, **known._asdict(), "asked": sorted(known.asked)}
        for (_, number), known in incident.superiors.items()
    )


def asked_above(incident: Incident) -> tuple[Mapping[str, Any], ...]:
    """Return what was asked and has no answer yet, whoever asked it and by which way."""
    settled = [item.key for item in incident.instances.values() if item.status in ("filed", "waived")]
    return tuple(
        {"recipient": item.recipient, "at": item.requested_at, "question": item.question, "key": item.key}
        for item in incident.requests
        if not any(of_request(key, item.sequence) for key in settled)
    )


def ask_on(case: Case, requests: Sequence[Mapping[str, Any]]) -> None:
    """Let what was asked of a case that came into this one be asked here; its time runs from when it was asked."""
    rule = next((rule for rule in case.plan.obligations if rule.clock.from_ == "requested"), None)
    for item in requests:
        if rule is not None and strange(case, (item["recipient"],)) is None:
            case.record(
                VerificationRequested(
                    recipient=item["recipient"], requested_at=item["at"], question=item["question"] or None,
                    key=item["key"],
                )
            )  # fmt: skip


def note_above(incident: Incident, above: Sequence[Mapping[str, Any]]) -> None:
    """Write down what offices above had said of a case that came into this one: it is not said again."""
    for item in above:
        key = (item["place"], item["number"])
        incident.superiors.setdefault(key, Superior(**{**item, "asked": frozenset(item["asked"])}))


# --- what it does to the incident


@applies(SuperiorSaid)
def _on_said(incident: Incident, event: SuperiorSaid, item: Recorded) -> None:
    key = (event.place, event.number)
    known = incident.superiors.get(key, Superior(event.place))._replace(number=event.number)
    if event.what == "asked":
        known = known._replace(asked=known.asked | {event.key})
    elif event.what == "merged":
        known = known._replace(merged=event.merged)
    elif event.what == "level":
        known = known._replace(level=event.level)
    else:
        known = known._replace(course="running" if event.what == "reopened" else event.what)
    incident.superiors[key] = known


# --- who is told


@tells(SuperiorSaid)
def _tell_said(event: SuperiorSaid, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if context.after.state == "merged":  # the case that it went into is told
        return
    # What the plan has a clock for is told with it, and rings; then it is not said a second time.
    asked = [
        other
        for other in context.events
        if isinstance(other.event, VerificationRequested) and event.what == "asked" and other.event.key == event.key
    ]
    if any(rings_with_clock(context, other.sequence) for other in asked):
        return
    rings = event.what == "lost" or (event.what == "asked" and not asked)
    yield Notice(
        kind="note", key="superior_said", to=SEAT, priority=1 if rings else 2, ring=rings,
        params={
            "what": event.what, "place": event.place, "number": event.number, "level": event.level or "",
            "merged": event.merged, "text": event.text or "",
        },
    )  # fmt: skip
