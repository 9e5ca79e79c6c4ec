"""Two incidents that are one: by a duty officer's word only. Nothing is summed or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.checks import check_facts
from plans.decide.lifecycle import before_end
from plans.decide.outcome import Refusal
from plans.decide.timely import count_up
from plans.incident import Incident
from plans.incident.agreeing import confirmed, some
from plans.incident.timing import CALENDAR
from plans.values import Interval, as_data, parse


def merge(case: Case, command: c.Merge) -> Refusal | None:
    """并案. A declared response is carried on only by one that is at least as high."""
    problem = before_end(case)
    if problem:
        return problem
    if command.into == case.incident.stream:
        return Refusal(key="merge_into_itself")
    level = case.incident.response_level
    if case.plan.height(level) > case.plan.height(command.into_level):
        response = case.response(level)
        return Refusal(
            key="merge_after_declaration",
            clause=response.clause if response else "",
            params={"level": level, "into": command.number, "into_level": command.into_level},
        )
    count_up(case)  # what is taken over counts from then
    case.record(e.Merged(into=command.into, number=command.number, by=case.actor.id))
    return None


def absorb(case: Case, command: c.Absorb) -> Refusal | None:
    """Take in another incident; its figures become claims, and whoever was told of two is told that they are one."""
    problem = before_end(case)
    if problem:
        return problem
    claims = _known(case, command.claims)
    sure = {fact: [source for source in command.confirmed.get(fact, ()) if source in claims[fact]] for fact in claims}
    case.record(
        e.Absorbed(
            other=command.other,
            number=command.number,
            claims=claims,
            told=command.told,
            text=command.text or None,
            confirmed={fact: sources for fact, sources in sure.items() if sources},
            raised=tuple(name for name in command.raised if check_facts(case, {}, (name,)) is None),
        )
    )
    _still_said(case, command, claims.get("deaths", {}))
    current = case.incident.occurred_at
    if command.occurred_at is not None and current is not None and command.occurred_at < current:
        case.record(e.OccurrenceChanged(occurred_at=command.occurred_at, previous=current, basis="merged"))
    return None


def _still_said(case: Case, command: c.Absorb, deaths: Mapping[str, Any]) -> None:
    """Ask about a death that was only said there: the merger makes no fact of it."""
    incident, sure = case.incident, confirmed(case.incident, "deaths")
    said = [
        source
        for source, data in deaths.items()
        if source not in command.confirmed.get("deaths", ()) and some(parse(data)) and parse(data) != sure
    ]
    known_here = isinstance(sure, Interval) and bool(sure.at_least)
    if said and command.death_unconfirmed and not known_here and not incident.death_unconfirmed:
        case.record(e.DeathUnconfirmed(value=deaths[said[-1]], source=said[-1]))


def _known(case: Case, claims: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the claims that this plan can hold; the other incident may run under another plan."""
    kept: dict[str, dict[str, Any]] = {}
    for fact, said in claims.items():
        for source, value in said.items():
            if check_facts(case, {fact: value}) is None:
                kept.setdefault(fact, {})[source] = value
    return kept


def absorption(other: Incident) -> c.Absorb:
    """Return what another incident takes in of this one: who was told, and its claims under sources that name it.

    What was confirmed here is so there, what was only said stays said.

    Judgements stay behind: they were made of what was known of this one alone; and what the calendar answered, which it
    answers there by itself.
    """
    claims: dict[str, dict[str, Any]] = {}
    sure: dict[str, tuple[str, ...]] = {}
    for fact, said in other.claims.items():
        for claim in said:
            if claim.source not in ("judgement", CALENDAR):
                source = f"{other.number}号·{claim.source}"
                claims.setdefault(fact, {})[source] = as_data(claim.value)
                if claim.confirmed:
                    sure[fact] = (*sure.get(fact, ()), source)
    return c.Absorb(
        other=other.stream,
        number=other.number,
        claims=claims,
        told=tuple(other.told()),
        text=other.text,
        occurred_at=other.occurred_at,
        confirmed=sure,
        death_unconfirmed=other.death_unconfirmed,
        raised=tuple(sorted(other.raised)),
    )


def deny_duplicate(case: Case, command: c.DenyDuplicate) -> Refusal | None:
    """「不是同一件」."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if command.other not in case.incident.suspected:
        return Refusal(key="nothing_suspected")
    case.record(e.DuplicateDenied(other=command.other))
    return None
