"""Figures, place, class and time: who said what, what may change it, and what is owed when it was wrong."""

from __future__ import annotations

from typing import Any

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.checks import check_class, check_facts, check_fall, is_first_death, occurrence
from plans.decide.outcome import Refusal
from plans.decide.timely import count_up
from plans.incident.figures import confirmed, effective, hearsay
from plans.incident.state import CASUALTIES
from plans.values import FactValue, Interval, as_data, parse


def update(case: Case, command: c.Update) -> Refusal | None:
    """State figures, place, class or time anew. Without the duty officer's word they are a claim of their source."""
    if not (case.actor.roles or case.actor.id == case.incident.reporter_id):
        return Refusal(key="outsider")
    problem = check_facts(case, command.facts, command.raised) or check_class(case, command.event_class)
    if problem:
        return problem
    if command.increments:
        count_up(case)
    facts = _totals(case, command)
    problem = check_facts(case, facts) or check_fall(case, facts, sure=command.sure)
    problem = problem or occurrence(case, command.occurred_at, command.occurred_basis or "stated", command.reason)
    if problem:
        return problem
    if command.place or command.event_class or command.unit or command.township:
        case.record(
            e.SceneStated(
                place=command.place, event_class=command.event_class, unit=command.unit, township=command.township
            )
        )
    if facts or command.raised or command.text:
        first_death = is_first_death(case, facts)
        source = command.source or source_of(case)
        case.record(
            e.FactsStated(
                facts=facts, source=source, confirmed=case.staff, text=command.text or None, raised=command.raised
            )
        )
        if first_death:
            case.record(e.DeathUnconfirmed(value=facts["deaths"], source=source))
    return None if case.recorded else Refusal(key="nothing_new")


def source_of(case: Case) -> str:
    """Return whose word the actor's is."""
    if case.staff:
        return "duty"
    if case.actor.units:
        return sorted(case.actor.units)[0]
    return case.incident.source if case.actor.id == case.incident.reporter_id else f"person:{case.actor.id}"


def _totals(case: Case, command: c.Update) -> dict[str, Any]:
    """Return the totals that a statement comes to: what was said to be added (又发现2名) is added to what is known."""
    known = effective(case.incident)
    facts: dict[str, Any] = {}
    for name, data in command.facts.items():
        value = parse(data)
        if name in command.increments and isinstance(value, Interval):
            # A death that was only said is none to add to.
            said = name == "deaths" and case.staff and hearsay(case.incident)
            base = confirmed(case.incident, name) if said else known.get(name)
            value = add(base, value)
        facts[name] = as_data(value)
    return facts


def add(base: FactValue | None, more: Interval) -> Interval:
    """Return the sum; what is not known is at least none, and has no upper bound."""
    if not isinstance(base, Interval):
        return Interval(more.at_least, None)
    low = (base.at_least or 0) + (more.at_least or 0)
    high = None if base.at_most is None or more.at_most is None else base.at_most + more.at_most
    return Interval(low, high)


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
    told = tuple(
        name
        for name, filing in case.incident.told().items()
        if any(
            fact in filing.figures and filing.figures[fact] != value
            for fact, value in new.items()
            if fact in CASUALTIES
        )
    )
    if new == old and not told:
        return Refusal(key="nothing_to_correct")
    ordinal = len(case.incident.corrections) + 1
    case.record(e.Corrected(ordinal=ordinal, old=old, new=new, told=told, reason=command.reason or None))
    return None


def resolve(case: Case, command: c.Resolve) -> Refusal | None:
    """Decide between sources, or say that they count different people (sum)."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    count_up(case)
    claims = case.incident.claims.get(command.fact, ())
    if len(claims) < 2:
        return Refusal(key="no_conflict", params={"fact": command.fact})
    total: FactValue | None = None
    if command.use == "sum":
        for claim in claims:
            if not isinstance(claim.value, Interval):
                return Refusal(key="cannot_sum", params={"fact": command.fact})
            total = claim.value if total is None else add(total, claim.value)
    else:
        total = next((claim.value for claim in claims if claim.source == command.use), None)
    if total is None:
        sources = [claim.source for claim in claims]
        return Refusal(key="unknown_source", params={"given": command.use, "known": sources})
    facts = {command.fact: as_data(total)}
    problem = check_facts(case, facts)
    if problem:
        return problem
    case.record(e.FactResolved(fact=command.fact, value=facts[command.fact], use=command.use))
    return None
