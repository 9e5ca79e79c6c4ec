"""Calls for help (请求增援, 请求上级): asked of whom, for what and when; and those that units make of the office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plans.acting import carries_out
from plans.bodies import body_of, stood_for
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import AID, GROUP, SEAT, Key, aid_of
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.incident.aid_answers import answering, wrong
from plans.incident.case import Case, NoticeContext
from plans.incident.records_beside import AidRequest
from plans.incident.revisions import running
from plans.incident.state import KIND, RUNNING, Incident
from plans.model import Aid, Plan

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


declare(NoticeType("aid_by_unit", escalates=True))


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
