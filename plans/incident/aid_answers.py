"""What came of a call for help, by the seat's word or the asking unit's; the seat is asked again until then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plans.bodies import stood_for
from plans.core.case import TOLERANCE
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import AID, GROUP, SEAT, aid_of, aid_to, to_role, to_unit
from plans.core.notice import Notice, NoticeType, Press, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.records_beside import AidRequest
from plans.incident.state import RUNNING, Incident

PROMISED, REFUSED, ARRIVED, WITHDRAWN = "promised", "refused", "arrived", "withdrawn"

STATUSES = (PROMISED, REFUSED, ARRIVED, WITHDRAWN)
"""What may come of a request; one that was promised may still arrive, be refused after all, or be withdrawn."""

LONGEST_NAME, LONGEST_WORDS = 40, 200
"""Characters of a recipient, and of what is wanted or answered."""


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerAid(Command):
    """What came of a request.

    Attributes:
        request: its number in the log; 0 = the only one that waits.
        status: one of :data:`STATUSES`.
        at: when it was answered or came; None = now.
    """

    request: int = 0
    status: str = PROMISED
    words: str = ""
    at: datetime | None = None
    taker: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class AidAnswered(Event, name="aid-answered", personal=("words", "name", "taker")):
    """What came of a request: promised, refused, arrived or withdrawn."""

    request: int
    status: str
    words: str | None = None
    at: datetime
    by: str
    name: str | None = None
    taker: str | None = None

    undoable = True
    touches = ("aid:{request}",)


@dataclass(frozen=True, kw_only=True, slots=True)
class AidRung(Event, name="aid-rung"):
    """Nobody said what came of a request, or asked at all (``request`` 0): it was said again.

    Attributes:
        audience: ``seat``, and the roles that hear of it besides.
    """

    request: int
    ordinal: int
    audience: tuple[str, ...] = ("seat",)


# --- what may happen


def wrong(case: Case, at: datetime, to: str, words: str, *, over: bool = False) -> Refusal | None:
    """Return what is wrong with it; ``over``: it may also be said when the response has ended."""
    if case.incident.state not in RUNNING and not (over and case.incident.open):
        return Refusal(key="not_running", params={"state": case.incident.state})
    if len(to) > LONGEST_NAME or len(words) > LONGEST_WORDS:
        return Refusal(key="aid_too_long", params={"name": LONGEST_NAME, "words": LONGEST_WORDS})
    return case.ahead(at)


@decides(AnswerAid)
def answer_aid(case: Case, command: AnswerAid) -> Refusal | None:
    """Record what came of it; a unit may say itself that help arrived or is not wanted any more."""
    incident = case.incident
    if command.status not in STATUSES:
        return Refusal(key="aid_unknown_answer", params={"given": command.status})
    waiting = [item for item in incident.aid.values() if item.waits and (case.staff or speaks_for(case, item.unit))]
    request = incident.aid.get(command.request or (waiting[-1].sequence if waiting else 0))
    own = request is not None and request.unit and speaks_for(case, request.unit)
    if not case.staff and not (own and command.status in (ARRIVED, WITHDRAWN)):
        return Refusal(key="staff_only", who=("duty",))
    if request is None:
        return Refusal(key="no_such_aid")
    if not command.request and len(waiting) > 1:
        return Refusal(key="aid_which", params={"names": [item.unit or item.to for item in waiting]})
    if not request.waits or (command.status == request.status and not command.words.strip()):
        return Refusal(key="aid_settled", clause=request.clause, params={"status": request.status})
    at = command.at or case.now
    problem = wrong(case, at, "", command.words.strip(), over=True)
    if problem is not None:
        return problem
    if at < request.at - TOLERANCE:
        return Refusal(key="aid_before", clause=request.clause, params={"at": request.at})
    case.record(
        AidAnswered(
            request=request.sequence,
            status=command.status,
            words=command.words.strip() or None,
            at=at,
            by=case.actor.id,
            name=case.actor.name or None,
            taker=command.taker.strip() or None,
        )
    )
    return None


def speaks_for(case: Case, unit: str) -> bool:
    """Return whether the actor answers for a unit that asked, or reported for it."""
    if not unit:
        return False
    actor, incident = case.actor, case.incident
    if actor.via != "direct":
        return False
    names = {unit, *stood_for(case.plan, incident, unit)}
    return bool(actor.units & names) or (actor.id == incident.reporter_id and incident.unit in names)


# --- what it does to the incident


@applies(AidAnswered)
def _on_answered(incident: Incident, event: AidAnswered, item: Recorded) -> None:
    request = incident.aid.get(event.request)
    if request is not None:  # what was asked may have been taken back meanwhile
        incident.aid[event.request] = request._replace(
            status=event.status, words=event.words or "", answered_at=event.at, answered_by=event.taker or "",
        )  # fmt: skip


@applies(AidRung)
def _on_rung(incident: Incident, event: AidRung, item: Recorded) -> None:
    if not event.request and incident.aid_wanted is not None:
        incident.aid_wanted = incident.aid_wanted._replace(rung=event.ordinal, rung_at=item.at)
    elif (request := incident.aid.get(event.request)) is not None:
        incident.aid[event.request] = request._replace(rung=event.ordinal, rung_at=item.at)


def asking(names: tuple[str, ...]) -> tuple[Press, ...]:
    """Return the buttons by which the seat says that it has asked somebody."""
    return buttons(*(("aid_ask", f"aid_ask:{name}", aid_to(name), {"to": name}) for name in names))


def answering(request: AidRequest) -> tuple[Press, ...]:
    """Return the buttons by which the seat says what came of a request."""
    number, target = request.sequence, aid_of(request.sequence)
    open_to = (PROMISED, REFUSED, ARRIVED) if request.status == "open" else (ARRIVED, REFUSED)
    return buttons(
        *(
            ("aid_answer", f"aid_answer:{status}", target, {"request": number, "status": status})
            for status in open_to
        )
    )  # fmt: skip


# --- who is told

declare(NoticeType("aid_again", joins_as="due", stamps=True))


@tells(AidAnswered)
def _tell_answered(event: AidAnswered, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    params = {"sequence": item.sequence, "request": event.request}
    yield Notice(kind="note", key="aid_answered", to=GROUP, priority=2, params=params)
    request = context.after.aid.get(event.request)
    if request is not None and request.unit:
        told = {"unit": request.unit, **params}
        yield Notice(kind="note", key="aid_answered_unit", to=to_unit(request.unit), priority=1, params=told)


@tells(AidRung)
def _tell_rung(event: AidRung, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    incident = context.after
    request = incident.aid.get(event.request)
    presses = answering(request) if request is not None else asking(incident.aid_lacking)
    guard = aid_of(event.request) if event.request else AID
    for step in event.audience:
        yield Notice(
            kind="reminder", key="aid_again", to=SEAT if step == "seat" else to_role(step), priority=1, ring=True,
            guard=guard, params={"request": event.request}, buttons=presses,
        )  # fmt: skip
