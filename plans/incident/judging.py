"""What a person confirms, judges or determines, and the question that would decide; the program never does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from plans.acting import carries_out
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.incident.case import Case
from plans.incident.checks import check_facts, check_fall, check_level
from plans.incident.claims import claim
from plans.incident.facts import Update, update
from plans.incident.figures import effective
from plans.incident.revisions import revision
from plans.incident.scene import occurrence
from plans.incident.seat import HandlingTaken
from plans.incident.state import EVENT_LEVEL, Incident
from plans.model import Fact
from plans.values import Options

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Verify(Command):
    """Confirm the incident, with figures and, when known, the event level.

    Attributes:
        told: what the words say besides, read like those of an update.
        sure: the person confirmed that the number of deaths fell.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    told: Update | None = None
    event_level: str | None = None
    occurred_at: datetime | None = None
    reason: str = ""
    sure: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Judge(Command):
    """Record a judgement: by clause, or by fact and option."""

    clause: str = ""
    fact: str = ""
    option: str = ""
    holds: bool = True
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Determine(Command):
    """Determine the event level; ``None`` = 暂时无法判明."""

    level: str | None
    reason: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified(Event, name="verified", personal=("name",)):
    """A duty officer confirmed that it happened (a mark, not a gate).

    Attributes:
        deaths: whether that confirms the deaths that were said too; not where somebody else than the report said them.
    """

    by: str
    name: str | None = None
    deaths: bool = True

    undoable = True
    reassesses = True
    states_facts = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged(Event, name="judged", personal=("reason",)):
    """A named person recorded a judgement (研判) under a clause."""

    fact: str
    option: str
    holds: bool
    value: Any
    clause: str
    by_role: str
    reason: str | None = None

    reassesses = True
    states_facts = True


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelDetermined(Event, name="level-determined", personal=("reason",)):
    """A person determined the event level; ``None`` = 暂时无法判明."""

    level: str | None
    previous: str | None
    clause: str
    by_role: str
    reason: str | None = None

    reassesses = True
    touches = ("determination",)


# --- what may happen


@carries_out("command", "verify", "Fact", "Choice")
@decides(Verify)
def verify(case: Case, command: Verify) -> Refusal | None:
    """Confirm the incident; figures given with it are the office's."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    told, facts = command.told, {**(command.told.facts if command.told else {}), **command.facts}
    news = facts or told is not None or command.event_level is not None or command.occurred_at is not None
    if case.incident.verified_at is not None and not news:
        return Refusal(key="already_verified", params={"at": case.incident.verified_at})
    problem = check_facts(case, facts) or check_level(case, command.event_level)
    problem = problem or check_fall(case, command.facts, sure=command.sure)
    problem = problem or occurrence(case, command.occurred_at, "verified", command.reason)
    if problem:
        return problem
    deaths = "deaths" in facts or not _said_elsewhere(case)
    case.record(Verified(by=case.actor.id, name=case.actor.name or None, deaths=deaths))
    if facts or told is not None:
        problem = update(case, replace(told or Update(), facts=facts, sure=command.sure))
        if problem is not None:
            return problem
    if not case.incident.handled_by:
        case.record(HandlingTaken(by=case.actor.id, name=case.actor.name or None))
    # What was determined before is said again only where facts have overtaken it, so that it is answered for.
    again = command.event_level == case.incident.event_level and case.incident.doubt is None
    if command.event_level is not None and not again:
        return determine(case, Determine(level=command.event_level, reason=command.reason))
    return None


def _said_elsewhere(case: Case) -> bool:
    """Whether an unconfirmed death is not the report's own: it needs a word of its own, not only 核实 of the report."""
    claims = case.incident.claims.get("deaths", ())
    own = len(claims) == 1 and claims[0].source == case.incident.source
    return case.incident.death_unconfirmed and not own


@decides(Determine)
def determine(case: Case, command: Determine) -> Refusal | None:
    """Determine the event level, or state that it cannot be told yet."""
    problem = check_level(case, command.level)
    if problem:
        return problem
    role = next((item for item in case.own_roles() if item in case.plan.determined_by), None)
    clause = case.plan.determination_clause
    if role is None:
        return Refusal(key="not_yours_to_determine", clause=clause, who=case.plan.determined_by)
    stated = command.level is not None or case.incident.undetermined_stated
    if command.level == case.incident.event_level and stated and case.incident.doubt is None:
        return Refusal(key="already_determined", clause=clause, params={"level": command.level})
    case.record(
        LevelDetermined(
            level=command.level,
            previous=case.incident.event_level,
            clause=clause if command.level is not None else case.plan.undetermined_clause or clause,
            by_role=role,
            reason=command.reason or None,
        )
    )
    return None


@carries_out("command", "judge", "StartCondition.judgement", "Fact.judged_by")
@decides(Judge)
def judge(case: Case, command: Judge) -> Refusal | None:
    """Record a judgement (研判) as a named person's word."""
    target = _meant(case, command)
    if target is None:
        return Refusal(
            key="unknown_judgement", params={"given": command.clause or command.fact, "known": _judgements(case)}
        )
    name, fact, option = target
    allowed = fact.judged_by or (("duty", *case.plan.roles) if fact.choices else tuple(case.plan.roles))
    role = next((item for item in case.own_roles() if item in allowed), None)
    clause = next((choice.clause for choice in fact.choices if choice.id == option), fact.clause)
    if role is None:
        return Refusal(key="not_yours_to_judge", clause=clause, who=allowed)
    value = _value(case, name, fact, option, command.holds)
    earlier = case.incident.claims.get(name, ())
    same = bool(earlier) and earlier[-1].source == "judgement" and effective(case.incident)[name] == _parsed(value)
    if same and name not in case.incident.doubts:
        return Refusal(key="already_judged", clause=clause, params={"fact": fact.label})
    case.record(
        Judged(
            fact=name,
            option=option,
            holds=command.holds,
            value=value,
            clause=clause,
            by_role=role,
            reason=command.reason or None,
        )
    )
    return None


def _value(case: Case, name: str, fact: Fact, option: str, holds: bool) -> Any:
    """Return what a judgement leaves: one answer, or those that are left when an answer is denied."""
    if not fact.choices:
        return holds
    if holds:
        return option
    value = effective(case.incident).get(name)
    every = {item.id for item in fact.choices}
    options = {str(item) for item in value.values} if isinstance(value, Options) else every
    rest = sorted((options if len(options) > 1 else every) - {option})
    return rest[0] if len(rest) == 1 else rest


def _parsed(value: Any) -> Options:
    return Options(frozenset(value if isinstance(value, list) else [value]))


def _judgements(case: Case) -> list[str]:
    facts = [fact for fact in case.plan.facts.values() if fact.judgement]
    return [clause for fact in facts for clause in ([item.clause for item in fact.choices] or [fact.clause]) if clause]


def _meant(case: Case, command: Judge) -> tuple[str, Fact, str] | None:
    for name, fact in case.plan.facts.items():
        if not fact.judgement:
            continue
        for choice in fact.choices:
            if (command.clause and choice.clause == command.clause) or (
                name == command.fact and choice.id == command.option
            ):
                return name, fact, choice.id
        if not fact.choices and ((command.clause and fact.clause == command.clause) or name == command.fact):
            return name, fact, ""
    return None


# --- what it does to the incident


@applies(Verified)
def _on_verified(incident: Incident, event: Verified, item: Recorded) -> None:
    incident.verified_at = item.at
    for fact, claims in incident.claims.items():
        if len(claims) == 1 and (fact != "deaths" or event.deaths):
            incident.claims[fact] = (replace(claims[0], confirmed=True),)
    if incident.death_unconfirmed and event.deaths:
        incident.death_unconfirmed = False
        incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


@applies(Judged)
def _on_judged(incident: Incident, event: Judged, item: Recorded) -> None:
    claim(incident, {event.fact: event.value}, "judgement", item, confirmed=True)
    incident.judged_on[event.fact] = incident.basis
    incident.doubts.pop(event.fact, None)


@applies(LevelDetermined)
def _on_determined(incident: Incident, event: LevelDetermined, item: Recorded) -> None:
    if incident.event_level is not None and incident.event_level != event.level:
        incident.lower_level = incident.event_level
    incident.previous_level, incident.event_level = event.previous, event.level
    incident.determined_on, incident.upheld = incident.basis, event.previous == event.level
    incident.doubts.pop(EVENT_LEVEL, None)
    incident.undetermined_stated = event.level is None
    incident.determined_at, incident.determined_by = item.at, item.actor
    incident.determined_sequence = item.sequence


revision("determination", "determination", "facts")
