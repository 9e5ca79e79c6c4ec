"""Two incidents that are one: by a duty officer's word only. Nothing is summed or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plans import commands as c
from plans import events as e
from plans.decide.case import Case, height
from plans.decide.checks import check_facts
from plans.decide.lifecycle import before_end
from plans.decide.outcome import Refusal
from plans.incident import Incident
from plans.values import as_data


def merge(case: Case, command: c.Merge) -> Refusal | None:
    """并案. A declared response is carried on only by one that is at least as high."""
    problem = before_end(case)
    if problem:
        return problem
    if command.into == case.incident.stream:
        return Refusal(key="merge_into_itself")
    level = case.incident.response_level
    if height(level) > height(command.into_level):
        response = case.response(level)
        return Refusal(
            key="merge_after_declaration",
            clause=response.clause if response else "",
            params={"level": level, "into": command.number, "into_level": command.into_level},
        )
    case.record(e.Merged(into=command.into, number=command.number, by=case.actor.id))
    return None


def absorb(case: Case, command: c.Absorb) -> Refusal | None:
    """Take in another incident; its figures become claims, and whoever was told of two is told that they are one."""
    problem = before_end(case)
    if problem:
        return problem
    case.record(
        e.Absorbed(
            other=command.other,
            number=command.number,
            claims=_known(case, command.claims),
            told=command.told,
            text=command.text or None,
        )
    )
    current = case.incident.occurred_at
    if command.occurred_at is not None and current is not None and command.occurred_at < current:
        case.record(e.OccurrenceChanged(occurred_at=command.occurred_at, previous=current, basis="merged"))
    return None


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

    Judgements stay behind: they were made of what was known of this one alone.
    """
    claims: dict[str, dict[str, Any]] = {}
    for fact, said in other.claims.items():
        for claim in said:
            if claim.source != "judgement":
                claims.setdefault(fact, {})[f"{other.number}号·{claim.source}"] = as_data(claim.value)
    return c.Absorb(
        other=other.stream,
        number=other.number,
        claims=claims,
        told=tuple(other.told()),
        text=other.text,
        occurred_at=other.occurred_at,
    )


def deny_duplicate(case: Case, command: c.DenyDuplicate) -> Refusal | None:
    """「不是同一件」."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if command.other not in case.incident.suspected:
        return Refusal(key="nothing_suspected")
    case.record(e.DuplicateDenied(other=command.other))
    return None
