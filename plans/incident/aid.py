"""Calls for help (请求增援, 请求上级): asked of whom, for what, when, what came of it; and those that units make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plans.acting import carries_out
from plans.bodies import body_of, stood_for
from plans.core.case import TOLERANCE
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import AID, GROUP, SEAT, Key, aid_of, aid_to, to_role, to_unit
from plans.core.notice import Notice, NoticeType, Press, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.records_beside import AidRequest
from plans.incident.revisions import running
from plans.incident.state import KIND, RUNNING, Incident
from plans.model import Aid, Plan

PROMISED, REFUSED, ARRIVED, WITHDRAWN = "promised", "refused", "arrived", "withdrawn"

STATUSES = (PROMISED, REFUSED, ARRIVED, WITHDRAWN)
"""What may come of a request; one that was promised may still arrive, be refused after all, or be withdrawn."""

LONGEST_NAME, LONGEST_WORDS = 40, 200
"""Characters of a recipient, and of what is wanted or answered."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class AskAid(Command):
    """A call for help was made: by the office of somebody outside, or by a unit of the office.

    Attributes:
        to: whom the office asked; empty = a unit asks the office.
        what: what is wanted: people, machines, goods, experts.
        at: when it was asked; None = now.
        unit: for which unit the duty officer records it; empty = the unit for which the actor answers.
        taker: who took the call there.
    """

    to: str = ""
    what: str = ""
    at: datetime | None = None
    unit: str = ""
    taker: str = ""


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
class AidAsked(Event, name="aid-asked", personal=("what", "name", "taker")):
    """Help was asked for.

    Attributes:
        to: whom the office asked; empty where a unit asks the office.
        unit: the unit that asks. recorded: the duty officer wrote down what it said on the telephone.
        clause: of the plan; empty where it says nothing of such a request.
        status: what had come of it in the incident in which it was made; moved: the number of that incident.
    """

    to: str = ""
    unit: str = ""
    what: str | None = None
    at: datetime
    clause: str = ""
    by: str
    name: str | None = None
    taker: str | None = None
    recorded: bool = False
    status: str = "open"
    moved: int = 0

    undoable = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AidSpecified(Event, name="aid-specified", personal=("what", "name")):
    """What is wanted was added to a request that was made with one tap."""

    request: int
    what: str | None
    by: str
    name: str | None = None

    undoable = True
    touches = ("aid:{request}",)


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


# --- what the plan says


def at_level(plan: Plan, level: str | None) -> tuple[Aid, ...]:
    """Return what the plan says of help at a level of response: what holds at each, and what holds at this one."""
    return tuple(item for item in plan.aid if not item.levels or level in item.levels)


def said_of(plan: Plan, incident: Incident, *, to: str = "", unit: str = "") -> Aid | None:
    """Return the statement under which somebody is asked, or a unit asks; what holds at this level comes first."""
    found = [
        item
        for item in plan.aid
        if (to and to == item.to and not item.units) or (unit and _among(plan, incident, unit, item.units))
    ]
    now = at_level(plan, incident.response_level)
    return next((item for item in found if item in now), found[0] if found else None)


def _among(plan: Plan, incident: Incident, unit: str, names: tuple[str, ...]) -> bool:
    return bool({unit, *stood_for(plan, incident, unit)} & set(names))


# --- what may happen


@carries_out("command", "aid", "Aid.to", "Aid.units")
@decides(AskAid)
def ask_aid(case: Case, command: AskAid) -> Refusal | None:
    """Record a call for help with recipient and time; the office calls outwards, a unit asks the office."""
    incident = case.incident
    to, what, at = command.to.strip(), command.what.strip(), command.at or case.now
    unit = _asking(case, command)
    if unit is None and not case.staff:
        return Refusal(key="not_yours_to_ask_aid", who=("duty",))
    if unit is None and not to:
        return Refusal(key="aid_to_whom")
    to = "" if unit else to
    problem = wrong(case, at, to, what)
    if problem is not None:
        return problem
    if unit is not None and not what:
        return Refusal(key="aid_for_what", params={"unit": unit})
    rule = said_of(case.plan, incident, to=to, unit=unit or "")
    clause = rule.clause if rule is not None else ""
    waiting = [item for item in incident.aid.values() if item.waits and (item.to, item.unit) == (to, unit or "")]
    bare = next((item for item in waiting if not item.what), None)
    if what and bare is not None:
        case.record(AidSpecified(request=bare.sequence, what=what, by=case.actor.id, name=case.actor.name or None))
        return None
    if any(item.what == what or not what for item in waiting):
        return Refusal(key="aid_stands", clause=clause, params={"to": to, "unit": unit or ""})
    case.record(
        AidAsked(
            to=to,
            unit=unit or "",
            what=what or None,
            at=at,
            clause=clause,
            by=case.actor.id,
            name=case.actor.name or None,
            taker=command.taker.strip() or None,
            recorded=bool(unit and command.unit),
        )
    )
    return None


def _asking(case: Case, command: AskAid) -> str | None:
    """Return the called unit that asks the office: its own liaison, or the duty officer for it; None: the office asks.

    Whoever reported speaks for the school or company that he reported for, as when it is called.
    """
    calls, actor = case.incident.calls, case.actor
    if command.unit:
        name = body_of(case.plan, case.incident, command.unit)
        known = command.unit if command.unit in calls else name
        return known if case.staff and known in calls else None
    if command.to.strip() or actor.via != "direct":
        return None
    units = [*sorted(actor.units), *([case.incident.unit] if actor.id == case.incident.reporter_id else [])]
    own = [name for unit in units for name in (unit, body_of(case.plan, case.incident, unit)) if name in calls]
    return own[0] if own else None


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


@applies(AidAsked)
def _on_asked(incident: Incident, event: AidAsked, item: Recorded) -> None:
    incident.aid[item.sequence] = AidRequest(
        sequence=item.sequence,
        to=event.to,
        unit=event.unit,
        what=event.what or "",
        at=event.at,
        since=item.at,
        clause=event.clause,
        by=event.name or "",
        taker=event.taker or "",
        recorded=event.recorded,
        status=event.status,
    )


@applies(AidSpecified)
def _on_specified(incident: Incident, event: AidSpecified, item: Recorded) -> None:
    request = incident.aid.get(event.request)
    if request is not None:
        incident.aid[event.request] = request._replace(what=event.what or "")


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


@revises(KIND, "aid")
def _revision(incident: Incident, of: str) -> int | None:
    if not of:
        return running("response")(incident, of) if incident.aid_lacking else None
    request = incident.aid.get(int(of)) if of.isdecimal() else None
    return running("aid:{}")(incident, of) if request is not None and request.waits else None


@revises(KIND, "aid_to")
def _revision_to(incident: Incident, of: str) -> int | None:
    waits = any(item.to == of and item.waits for item in incident.aid.values())
    return running()(incident, of) if not waits and incident.state in RUNNING else None


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if incident.aid_lacking:
        yield AID
    if incident.state in RUNNING:
        yield from (aid_of(item.sequence) for item in incident.aid.values() if item.waits)


# --- who is told


declare(NoticeType("aid_by_unit", escalates=True), NoticeType("aid_again", joins_as="due", stamps=True))


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


@tells(AidAsked)
def _tell_asked(event: AidAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    params = {"sequence": item.sequence}
    yield Notice(kind="note", key="aid_asked", to=GROUP, priority=2, params=params)
    request = context.after.aid.get(item.sequence)
    if event.unit and request is not None and event.status == "open":
        yield Notice(
            kind="asked", key="aid_by_unit", to=SEAT, priority=1, guard=aid_of(item.sequence), params=params,
            buttons=answering(request),
        )  # fmt: skip


@tells(AidSpecified)
def _tell_specified(event: AidSpecified, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.request in context.after.aid:
        yield Notice(kind="note", key="aid_asked", to=GROUP, priority=2, params={"sequence": event.request})


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
