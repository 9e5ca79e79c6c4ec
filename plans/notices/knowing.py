"""Who is told of the report and of what is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plans import events as e
from plans.incident import Incident
from plans.incident.figures import confirmed, hearsay
from plans.notices.notice import Notice, Press, buttons
from plans.notices.registry import Told, on
from plans.values import Interval, as_data

MOST_CLASSES = 10
"""Classes offered as buttons; a plan with more asks in words, and is answered with /update."""

HANDLE = buttons(("handle", "handle", "handling", {}))
"""「我来处理」."""


@on(e.Reported)
def _reported(event: e.Reported, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(
        kind="received",
        key="receipt",
        to="origin",
        priority=1,
        buttons=buttons(("correct_report", "fix_one", "incident", {}), ("complete", "complete", "incident", {})),
    )
    if not told.after.handled_by:
        yield Notice(
            kind="received",
            key="duty_ring",
            to="seat",
            priority=1,
            ring=True,
            guard="unhandled",
            buttons=HANDLE,
        )
    yield Notice(kind="card", key="card_new", to="group", priority=1)


@on(e.EvidenceAdded)
def _evidence(event: e.EvidenceAdded, item: e.Recorded, told: Told) -> Iterator[Notice]:
    if event.source != "duty":
        yield Notice(kind="note", key="evidence", to="seat", params={"kind": event.kind})


@on(e.EvidenceLost)
def _evidence_lost(event: e.EvidenceLost, item: e.Recorded, told: Told) -> Iterator[Notice]:
    params = {"kind": event.kind, "why": event.why}
    yield Notice(kind="note", key="evidence_lost", to="seat", params=params)


@on(e.HandlingTaken)
def _handled(event: e.HandlingTaken, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="script", to="seat", priority=1, params={"number": 0})
    if told.after.reporter_id != event.by:
        yield Notice(kind="note", key="taken", to="reporter", priority=2)


@on(e.SeatTaken)
def _seat(event: e.SeatTaken, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="takeover", to="seat", priority=1, obligations=event.open_obligations)


@on(e.QuestionAsked)
def _asked(event: e.QuestionAsked, item: e.Recorded, told: Told) -> Iterator[Notice]:
    definition = told.plan.facts.get(event.fact)
    choices = definition.choices if definition else ()
    target = f"fact:{event.fact}"
    presses = [
        ("judge", f"choice:{choice.id}", target, {"fact": event.fact, "option": choice.id}) for choice in choices
    ]
    if event.fact == "event_class":
        presses += class_presses(told)
    if presses:
        presses.append(("unsure", "unsure", "incident", {"fact": event.fact}))
    yield Notice(
        kind="asked",
        key="question",
        to="seat",
        priority=2,
        guard=f"question:{event.fact}",
        buttons=buttons(*presses),
        params={"fact": event.fact, "question": event.question, "clause": event.clause},
    )


def class_presses(told: Told) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Return a button for each class that may be meant."""
    return [("set_class", f"class:{name}", "class", {"class": name}) for name in _classes(told)]


def _classes(told: Told) -> tuple[str, ...]:
    """The classes that may be meant: those that the words speak for, else every one of the plan."""
    known = [item.id for item in told.plan.classes]
    named = [name for name in told.after.candidates if name in known]
    return tuple((named if len(named) > 1 else known)[:MOST_CLASSES])


@on(e.ConflictFound)
def _conflict(event: e.ConflictFound, item: e.Recorded, told: Told) -> Iterator[Notice]:
    if not event.claims or (event.fact == "deaths" and _asked_already(told)):
        return
    target = f"fact:{event.fact}"
    presses: list[Press] = [
        Press(
            action="resolve",
            label="by_source",
            object=target,
            args={"fact": event.fact, "use": source, "value": value},
        )
        for source, value in event.claims.items()
    ]
    if all(isinstance(value, int | float | dict) and not isinstance(value, bool) for value in event.claims.values()):
        presses.extend(buttons(("resolve", "sum", target, {"fact": event.fact, "use": "sum"})))
    yield Notice(
        kind="asked",
        key="conflict",
        to="seat",
        priority=1,
        guard=f"conflict:{event.fact}",
        buttons=tuple(presses),
        params={"fact": event.fact, "claims": event.claims},
    )


def _asked_already(told: Told) -> bool:
    """A first death is asked about as such, not as a conflict as well."""
    return any(isinstance(item.event, e.DeathUnconfirmed) for item in told.events)


@on(e.DeathUnconfirmed)
def _death(event: e.DeathUnconfirmed, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(
        kind="asked",
        key="death_unconfirmed",
        to="seat",
        priority=1,
        ring=True,
        params={"value": event.value, "source": event.source},
        buttons=_death_buttons(event.value, told.after),
    )


def death_buttons(incident: Incident) -> tuple[Press, ...]:
    """Return the two answers to a death that was only said, with the highest number that was."""
    said = [as_data(claim.value) for claim in hearsay(incident)]
    counted = [value for value in said if isinstance(value, int)]
    return _death_buttons(max(counted), incident) if counted else ()


def _death_buttons(value: Any, incident: Incident) -> tuple[Press, ...]:
    """Yes takes what was said; no leaves what was confirmed before, else none."""
    known = confirmed(incident, "deaths")
    left = as_data(known) if isinstance(known, Interval) and known.exact is not None else 0
    return buttons(
        ("confirm_deaths", "confirm", "fact:deaths", {"value": value}),
        ("deny_deaths", "deny", "fact:deaths", {"value": left}),
    )


@on(e.DuplicateSuspected)
def _duplicate(event: e.DuplicateSuspected, item: e.Recorded, told: Told) -> Iterator[Notice]:
    args = {"other": event.other, "number": event.number}
    target = f"duplicate:{event.other}"
    yield Notice(
        kind="asked",
        key="duplicate",
        to="seat",
        priority=1,
        params={"number": event.number},
        buttons=buttons(("merge", "merge", target, args), ("not_same", "not_same", target, args)),
    )


@on(e.FactsStated)
def _stated(event: e.FactsStated, item: e.Recorded, told: Told) -> Iterator[Notice]:
    if not event.confirmed:
        params = {"facts": event.facts, "source": event.source, "text": event.text or ""}
        yield Notice(kind="note", key="update", to="seat", priority=2, params=params)


@on(e.Corrected)
def _corrected(event: e.Corrected, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(
        kind="note",
        key="correction",
        to="group",
        priority=1,
        params={"ordinal": event.ordinal, "old": event.old, "new": event.new, "told": event.told},
    )
