"""What a person confirms, judges or determines; the program never does."""

from __future__ import annotations

from typing import Any

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.checks import check_facts, check_fall, check_level, occurrence
from plans.decide.outcome import Refusal
from plans.incident.figures import effective
from plans.model import Fact
from plans.values import Options


def verify(case: Case, command: c.Verify) -> Refusal | None:
    """Confirm the incident; figures given with it are the office's."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    news = command.facts or command.event_level is not None or command.occurred_at is not None
    if case.incident.verified_at is not None and not news:
        return Refusal(key="already_verified", params={"at": case.incident.verified_at})
    problem = check_facts(case, command.facts) or check_level(case, command.event_level)
    problem = problem or check_fall(case, command.facts, sure=command.sure)
    problem = problem or occurrence(case, command.occurred_at, "verified", command.reason)
    if problem:
        return problem
    deaths = "deaths" in command.facts or not _said_elsewhere(case)
    case.record(e.Verified(by=case.actor.id, name=case.actor.name or None, deaths=deaths))
    if command.facts:
        case.record(e.FactsStated(facts=dict(command.facts), source="duty", confirmed=True))
    if not case.incident.handled_by:
        case.record(e.HandlingTaken(by=case.actor.id, name=case.actor.name or None))
    # What was determined before is said again only where facts have overtaken it, so that it is answered for.
    again = command.event_level == case.incident.event_level and case.incident.doubt is None
    if command.event_level is not None and not again:
        return determine(case, c.Determine(level=command.event_level, reason=command.reason))
    return None


def _said_elsewhere(case: Case) -> bool:
    """Whether an unconfirmed death is not the report's own: it needs a word of its own, not only 核实 of the report."""
    claims = case.incident.claims.get("deaths", ())
    own = len(claims) == 1 and claims[0].source == case.incident.source
    return case.incident.death_unconfirmed and not own


def determine(case: Case, command: c.Determine) -> Refusal | None:
    """Determine the event level, or state that it cannot be told yet."""
    problem = check_level(case, command.level)
    if problem:
        return problem
    role = next((item for item in case.held() if item in case.plan.determined_by), None)
    clause = case.plan.determination_clause
    if role is None:
        return Refusal(key="not_yours_to_determine", clause=clause, who=case.titles(case.plan.determined_by))
    said = command.level is not None or case.incident.undetermined_stated
    if command.level == case.incident.event_level and said and case.incident.doubt is None:
        return Refusal(key="already_determined", clause=clause, params={"level": command.level})
    case.record(
        e.LevelDetermined(
            level=command.level,
            previous=case.incident.event_level,
            clause=clause if command.level is not None else case.plan.undetermined_clause or clause,
            by_role=role,
            reason=command.reason or None,
        )
    )
    return None


def judge(case: Case, command: c.Judge) -> Refusal | None:
    """Record a judgement (研判) as a named person's word."""
    target = _judged(case, command)
    if target is None:
        return Refusal(
            key="unknown_judgement", params={"given": command.clause or command.fact, "known": _judgements(case)}
        )
    name, fact, option = target
    allowed = fact.judged_by or (("duty", *case.plan.roles) if fact.choices else tuple(case.plan.roles))
    role = next((item for item in case.held() if item in allowed), None)
    clause = next((choice.clause for choice in fact.choices if choice.id == option), fact.clause)
    if role is None:
        return Refusal(key="not_yours_to_judge", clause=clause, who=case.titles(allowed))
    value = _value(case, name, fact, option, command.holds)
    earlier = case.incident.claims.get(name, ())
    same = bool(earlier) and earlier[-1].source == "judgement" and effective(case.incident)[name] == _parsed(value)
    if same and name not in case.incident.doubts:
        return Refusal(key="already_judged", clause=clause, params={"fact": fact.label})
    case.record(
        e.Judged(
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
    known = effective(case.incident).get(name)
    every = {item.id for item in fact.choices}
    left = {str(item) for item in known.values} if isinstance(known, Options) else every
    rest = sorted((left if len(left) > 1 else every) - {option})
    return rest[0] if len(rest) == 1 else rest


def _parsed(value: Any) -> Options:
    return Options(frozenset(value if isinstance(value, list) else [value]))


def _judgements(case: Case) -> list[str]:
    facts = [fact for fact in case.plan.facts.values() if fact.judgement]
    return [clause for fact in facts for clause in ([item.clause for item in fact.choices] or [fact.clause]) if clause]


def _judged(case: Case, command: c.Judge) -> tuple[str, Fact, str] | None:
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
