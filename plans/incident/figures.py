"""What is held to be known: the claims of all sources brought together, never summed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plans.incident.fold import fold
from plans.incident.state import CASUALTIES, Claim, Incident
from plans.values import FactValue, Interval, Options, Unknown, as_data


def effective(incident: Incident) -> dict[str, FactValue]:
    """Return one value per fact.

    A confirmed figure stands until another source says otherwise; what differs is held open between the extremes until a
    person decides. A first death that the duty officer has not confirmed may also be none.
    """
    facts: dict[str, FactValue] = {}
    for fact, claims in incident.claims.items():
        value = claims[0].value
        for claim in claims[1:]:
            value = hull(value, claim.value)
        if fact == "deaths" and incident.death_unconfirmed:
            value = hull(value, Interval(0, 0))
        facts[fact] = value
    return facts


def hull(one: FactValue, other: FactValue) -> FactValue:
    """Return the least value that allows both."""
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return one if isinstance(other, Unknown) else other
    if isinstance(one, Options) and isinstance(other, Options):
        return Options(one.values | other.values)
    if isinstance(one, Interval) and isinstance(other, Interval):
        low = None if one.at_least is None or other.at_least is None else min(one.at_least, other.at_least)
        high = None if one.at_most is None or other.at_most is None else max(one.at_most, other.at_most)
        return Interval(low, high)
    return other


def differing(claims: list[Claim]) -> dict[str, Any]:
    """Return source -> plain value where sources differ, else nothing."""
    values = {claim.source: as_data(claim.value) for claim in claims if not isinstance(claim.value, Unknown)}
    return values if len({repr(value) for value in values.values()}) > 1 else {}


def figures(incident: Incident) -> dict[str, Any]:
    """Return the casualty figures as plain data: what a report made now would tell."""
    return {fact: as_data(value) for fact, value in effective(incident).items() if fact in CASUALTIES}


def figures_at(incident: Incident, moment: datetime) -> dict[str, Any]:
    """Return the casualty figures as they stood at a moment: what a call made then has told."""
    if not incident.events or moment >= incident.events[-1].at:
        return figures(incident)
    known = [item for item in incident.events if item.at <= moment] or incident.events[:1]
    return figures(fold(incident.stream, known))
