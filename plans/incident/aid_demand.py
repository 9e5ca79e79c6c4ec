"""Calls for help that a level of response demands: the seat is told whom to ask, until it has asked or said why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.acting import carries_out
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import AID, SEAT
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.aid_answers import asking, wrong
from plans.incident.case import Case, NoticeContext
from plans.incident.records_beside import AidWant
from plans.incident.state import Incident
from plans.model import Aid, Plan

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class DoWithoutAid(Command):
    """No help is asked for although the plan demands it at this level, for a reason."""

    reason: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class AidWanted(Event, name="aid-wanted"):
    """The plan demands a call for help at the level that was declared, and the seat was told of it.

    Attributes:
        to: those whom it wants asked. clauses: of each.
    """

    level: str
    to: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AidNotNeeded(Event, name="aid-not-needed", personal=("reason", "name")):
    """No help is asked for, for a reason, although the plan demands it at this level."""

    level: str
    by: str
    name: str | None = None
    reason: str | None = None

    undoable = True


# --- what the plan says


@carries_out("question", "aid", "Aid.demanded", "Aid.levels")
def demanded(plan: Plan, level: str | None) -> tuple[Aid, ...]:
    """Return the calls for help that a level of response demands."""
    return tuple(item for item in plan.aid if item.demanded and level in item.levels)


# --- what may happen


@decides(DoWithoutAid)
def do_without_aid(case: Case, command: DoWithoutAid) -> Refusal | None:
    """No help is asked for: said by the seat, with a reason that stays in the record."""
    incident = case.incident
    clause = next((item.clause for item in demanded(case.plan, incident.response_level)), "")
    if not case.staff:
        return Refusal(key="staff_only", clause=clause, who=("duty",))
    if not incident.aid_lacking:
        return Refusal(key="aid_not_demanded", clause=clause)
    if not command.reason.strip():
        return Refusal(key="aid_reason", clause=clause, confirm="reason")
    problem = wrong(case, case.now, "", command.reason.strip())
    if problem is not None:
        return problem
    level = incident.response_level or ""
    case.record(
        AidNotNeeded(
            level=level, by=case.actor.id, name=case.actor.name or None, reason=command.reason.strip()
        )
    )  # fmt: skip
    return None


def ask(case: Case) -> None:
    """Say once for each level that demands it whom help is to be asked of; what was asked already is asked for."""
    incident = case.incident
    level, want = incident.response_level, incident.aid_wanted
    if incident.state != "responding" or level is None or (want is not None and want.level == level):
        return
    asked = {item.to for item in incident.aid.values() if item.waits}
    rules = [item for item in demanded(case.plan, level) if item.to not in asked]
    if rules:
        to = tuple(item.to for item in rules)
        case.record(AidWanted(level=level, to=to, clauses=tuple(item.clause for item in rules)))


# --- what it does to the incident


@applies(AidWanted)
def _on_wanted(incident: Incident, event: AidWanted, item: Recorded) -> None:
    incident.aid_wanted = AidWant(level=event.level, to=event.to, clauses=event.clauses, at=item.at)


@applies(AidNotNeeded)
def _on_not_needed(incident: Incident, event: AidNotNeeded, item: Recorded) -> None:
    if incident.aid_wanted is not None:
        incident.aid_wanted = incident.aid_wanted._replace(reason=event.reason or "-")


# --- who is told


@tells(AidWanted)
def _tell_wanted(event: AidWanted, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="asked", key="aid_wanted", to=SEAT, priority=2, guard=AID, params={"level": event.level},
        buttons=asking(context.after.aid_lacking),
    )  # fmt: skip


@tells(AidNotNeeded)
def _tell_not_needed(event: AidNotNeeded, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="worksheet", to=SEAT, priority=3, edits=True)
