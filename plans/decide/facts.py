"""Figures, judgements, the event level: who said what, and what may change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.outcome import Refusal
from plans.incident.figures import effective
from plans.incident.state import CASUALTIES
from plans.load import plan_facts
from plans.model import Fact
from plans.values import FactValue, Interval, Options, Unknown, as_data, parse


def verify(case: Case, command: c.Verify) -> Refusal | None:
    """Confirm the incident; figures given with it are the office's."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    problem = check_facts(case, command.facts) or _check_level(case, command.event_level)
    problem = problem or _occurrence(case, command.occurred_at, "verified", command.reason)
    if problem:
        return problem
    case.record(e.Verified(by=case.actor.id, name=case.actor.name))
    if command.facts:
        case.record(e.FactsStated(facts=dict(command.facts), source="duty", confirmed=True))
    if not case.incident.handled_by:
        case.record(e.HandlingTaken(by=case.actor.id, name=case.actor.name))
    if command.event_level is not None:
        return determine(case, c.Determine(level=command.event_level, reason=command.reason))
    return None


def determine(case: Case, command: c.Determine) -> Refusal | None:
    """Determine the event level, or state that it cannot be told yet."""
    problem = _check_level(case, command.level)
    if problem:
        return problem
    held = case.roles() + [role for role in ("duty",) if role in case.actor.roles]
    role = next((item for item in held if item in case.plan.determined_by), None)
    clause = case.plan.determination_clause
    if role is None:
        return Refusal(key="not_yours_to_determine", clause=clause, who=case.titles(case.plan.determined_by))
    if command.level == case.incident.event_level and (command.level is not None or case.incident.undetermined_stated):
        return Refusal(key="already_determined", clause=clause, params={"level": command.level})
    case.record(
        e.LevelDetermined(
            level=command.level,
            previous=case.incident.event_level,
            clause=clause,
            by_role=role,
            reason=command.reason or None,
        )
    )
    return None


def _check_level(case: Case, level: str | None) -> Refusal | None:
    if level is not None and level not in case.plan.event_levels:
        return Refusal(key="unknown_event_level", params={"given": level, "known": list(case.plan.event_levels)})
    return None


def judge(case: Case, command: c.Judge) -> Refusal | None:
    """Record a judgement (研判) as a named person's word."""
    target = _judged(case, command)
    if target is None:
        known = [choice.clause for fact in case.plan.facts.values() for choice in fact.choices if choice.clause]
        known += [
            fact.clause for fact in case.plan.facts.values() if fact.judgement and fact.clause and not fact.choices
        ]
        return Refusal(key="unknown_judgement", params={"given": command.clause or command.fact, "known": known})
    name, fact, option = target
    allowed = fact.judged_by or (("duty", *case.plan.roles) if fact.choices else tuple(case.plan.roles))
    held = [*case.roles(), *(role for role in ("duty",) if role in case.actor.roles)]
    role = next((item for item in held if item in allowed), None)
    clause = next((choice.clause for choice in fact.choices if choice.id == option), fact.clause)
    if role is None:
        return Refusal(key="not_yours_to_judge", clause=clause, who=case.titles(allowed))
    value: Any = command.holds
    if fact.choices:
        known_value = effective(case.incident).get(name)
        left = (
            {str(item) for item in known_value.values}
            if isinstance(known_value, Options)
            else {item.id for item in fact.choices}
        )
        rest = sorted((left if len(left) > 1 else {item.id for item in fact.choices}) - {option})
        value = option if command.holds else (rest[0] if len(rest) == 1 else rest)
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


def update(case: Case, command: c.Update) -> Refusal | None:
    """State figures, place, class or time anew. Without the duty officer's word they are a claim of their source."""
    insider = case.staff or bool(case.actor.roles) or case.actor.id == case.incident.reporter_id
    if not insider:
        return Refusal(key="outsider")
    problem = check_facts(case, command.facts)
    if problem:
        return problem
    facts = _totals(case, command)
    problem = _falls(case, facts, command) or _occurrence(
        case, command.occurred_at, command.occurred_basis or "stated", command.reason
    )
    if problem:
        return problem
    if command.place or command.event_class or command.unit or command.township:
        case.record(
            e.SceneStated(
                place=command.place, event_class=command.event_class, unit=command.unit, township=command.township
            )
        )
    if facts or command.raised or command.text:
        first_death = _first_death(case, facts)
        source = command.source or _source(case)
        case.record(
            e.FactsStated(
                facts=facts, source=source, confirmed=case.staff, text=command.text or None, raised=command.raised
            )
        )
        if first_death and not case.staff:
            case.record(e.DeathUnconfirmed(value=facts["deaths"], source=source))
    return None


def _source(case: Case) -> str:
    if case.staff:
        return "duty"
    if case.actor.units:
        return sorted(case.actor.units)[0]
    return case.incident.source if case.actor.id == case.incident.reporter_id else f"person:{case.actor.id}"


def _totals(case: Case, command: c.Update) -> dict[str, Any]:
    known = effective(case.incident)
    facts: dict[str, Any] = {}
    for name, data in command.facts.items():
        value = parse(data)
        base = known.get(name)
        if name in command.increments and isinstance(value, Interval):
            value = _sum(base, value)
        facts[name] = as_data(value)
    return facts


def _sum(base: FactValue | None, more: Interval) -> Interval:
    if not isinstance(base, Interval):
        return Interval(more.at_least, None)
    low = (base.at_least or 0) + (more.at_least or 0)
    high = None if base.at_most is None or more.at_most is None else base.at_most + more.at_most
    return Interval(low, high)


def _falls(case: Case, facts: Mapping[str, Any], command: c.Update) -> Refusal | None:
    """A fall of deaths is asked about: it may be a slip, and somebody was perhaps told the higher number."""
    new, old = facts.get("deaths"), effective(case.incident).get("deaths")
    if new is None or command.sure or not isinstance(old, Interval) or old.at_least is None:
        return None
    value = parse(new)
    if isinstance(value, Interval) and value.at_most is not None and value.at_most < old.at_least:
        return Refusal(key="deaths_fall", params={"old": as_data(old), "new": new}, confirm="sure")
    return None


def _first_death(case: Case, facts: Mapping[str, Any]) -> bool:
    if "deaths" not in facts:
        return False
    value, old = parse(facts["deaths"]), effective(case.incident).get("deaths")
    some = isinstance(value, Interval) and (value.at_least or 0) > 0
    none_before = old is None or isinstance(old, Unknown) or (isinstance(old, Interval) and not old.at_least)
    return some and none_before


def check_facts(case: Case, facts: Mapping[str, Any]) -> Refusal | None:
    """Return what is wrong with plain fact values: an unknown name, a bad value, a number beyond belief."""
    known = plan_facts(case.plan)
    for name, data in facts.items():
        fact = known.get(name)
        if fact is None:
            return Refusal(
                key="unknown_fact", params={"given": name, "known": {key: item.label for key, item in known.items()}}
            )
        try:
            value = parse(data)
        except ValueError as problem:
            return Refusal(key="bad_value", params={"fact": fact.label, "problem": str(problem)})
        if isinstance(value, Interval) and any(
            bound is not None and not 0 <= bound <= 10_000_000 for bound in (value.at_least, value.at_most)
        ):
            return Refusal(key="bad_value", params={"fact": fact.label, "problem": f"{data}"})
        numeric = fact.type in ("count", "number")
        if not isinstance(value, Unknown) and numeric is not isinstance(value, Interval):
            return Refusal(key="bad_value", params={"fact": fact.label, "problem": f"{data}"})
    return None


def _occurrence(case: Case, moment: datetime | None, basis: str, reason: str) -> Refusal | None:
    """An earlier time counts at once; a later one only by the duty officer, with a reason."""
    current = case.incident.occurred_at
    if moment is None or current is None or moment == current:
        return None
    if moment > case.now:
        return Refusal(key="time_ahead", params={"given": moment})
    if moment > current and not (case.staff and reason.strip()):
        return Refusal(
            key="later_needs_reason",
            who=case.titles(("duty",)),
            params={"old": current, "new": moment},
            confirm="reason",
        )
    case.record(e.OccurrenceChanged(occurred_at=moment, previous=current, basis=basis, reason=reason or None))
    return None


def correct(case: Case, command: c.Correct) -> Refusal | None:
    """Correct figures; a correction is owed to exactly those who were told other ones."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    problem = check_facts(case, command.facts)
    if problem:
        return problem
    known = effective(case.incident)
    new = {name: as_data(parse(data)) for name, data in command.facts.items()}
    old = {name: as_data(known[name]) if name in known else None for name in new}
    if new == old:
        return Refusal(key="nothing_to_correct")
    told = tuple(
        name
        for name, filing in case.incident.told().items()
        if any(
            fact in filing.figures and filing.figures[fact] != value
            for fact, value in new.items()
            if fact in CASUALTIES
        )
    )
    ordinal = len(case.incident.corrections) + 1
    case.record(e.Corrected(ordinal=ordinal, old=old, new=new, told=told, reason=command.reason or None))
    return None


def resolve(case: Case, command: c.Resolve) -> Refusal | None:
    """Decide between sources, or say that they count different people (sum)."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    claims = case.incident.claims.get(command.fact, [])
    sources = [claim.source for claim in claims]
    if len(claims) < 2:
        return Refusal(key="no_conflict", params={"fact": command.fact})
    if command.use == "sum":
        total: FactValue | None = None
        for claim in claims:
            if not isinstance(claim.value, Interval):
                return Refusal(key="cannot_sum", params={"fact": command.fact})
            total = claim.value if total is None else _sum(total, claim.value)
    else:
        total = next((claim.value for claim in claims if claim.source == command.use), None)
    if total is None:
        return Refusal(key="unknown_source", params={"given": command.use, "known": sources})
    case.record(e.FactResolved(fact=command.fact, value=as_data(total), use=command.use))
    return None
