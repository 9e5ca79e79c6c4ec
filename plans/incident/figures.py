"""What is held to be known: the claims of all sources brought together, never summed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plans.incident.agreeing import agreed, confirmed, hearsay, hull, together
from plans.incident.records import Basis, Claim
from plans.incident.state import CASUALTIES, Incident
from plans.values import FactValue, Interval, Unknown, as_data

__all__ = ["agreed", "confirmed", "differing", "effective", "figures", "hearsay", "hull"]


def effective(incident: Incident) -> dict[str, FactValue]:
    """Return one value per fact.

    Sources that can all be right (三十余人, and 35) leave what they have in common. What differs is held open between
    the extremes until a person decides. Deaths that the duty officer has not confirmed may also be none, or only those
    that are confirmed.
    """
    return held(Basis(incident.claims, incident.death_unconfirmed))


def held(basis: Basis) -> dict[str, FactValue]:
    """Return the same of what was known when a person gave a word."""
    facts: dict[str, FactValue] = {}
    for fact, claims in basis.claims.items():
        value = together([claim.value for claim in claims])
        if fact == "deaths" and hearsay(basis):
            value = hull(value, confirmed(basis, fact) or Interval(0, 0))
        facts[fact] = value
    return facts


def differing(claims: Sequence[Claim]) -> dict[str, Any]:
    """Return source -> plain value where sources cannot all be right, else nothing."""
    stated = [claim for claim in claims if not isinstance(claim.value, Unknown)]
    if len(stated) < 2 or agreed(claim.value for claim in stated) is not None:
        return {}
    return {claim.source: as_data(claim.value) for claim in stated}


def figures(incident: Incident) -> dict[str, Any]:
    """Return the casualty figures as plain data: what a report made now would tell."""
    return {fact: as_data(value) for fact, value in effective(incident).items() if fact in CASUALTIES}
