"""What is held to be known: the claims of all sources brought together, never summed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from plans.incident.records_decided import Basis
from plans.incident.records_said import Claim
from plans.incident.state import CASUALTIES, Incident
from plans.values import FactValue, Interval, Options, Unknown, as_data


def effective(incident: Incident) -> dict[str, FactValue]:
    """Return one value per fact, as the levels stand over it.

    Sources that can all be right (三十余人, and 35) leave what they have in common. What differs is held open between
    the extremes until a person decides. What nobody has chosen yet may be more than what counts, never less. Deaths
    that the duty officer has not confirmed may also be none, or only those that are confirmed.
    """
    facts = counted(incident)
    for item in incident.unsure.values():
        if item.over is not None and (item.fact in facts or item.why == "read"):
            # What only is said, of something of which nothing is known, leaves it as open as it was.
            facts[item.fact] = _opened(facts.get(item.fact), item.over)
    return facts


def counted(incident: Incident) -> dict[str, FactValue]:
    """Return one value per fact, without what does not count before somebody has chosen: what is shown and told."""
    return values_of(Basis(incident.claims, incident.death_unconfirmed))


def feared(basis: Basis) -> dict[str, FactValue]:
    """Return one value per fact by all that anybody has said, also what nobody has chosen yet.

    It is what a person's word is measured by: of what only is said there may also be none.
    """
    facts = values_of(basis)
    for item in basis.unsure:
        if item.over is not None:
            known = facts.get(item.fact) or (Interval(0, 0) if isinstance(item.over, Interval) else None)
            facts[item.fact] = _opened(known, item.over)
    return facts


def values_of(basis: Basis) -> dict[str, FactValue]:
    """Return the same of what was known when a person gave a word."""
    facts: dict[str, FactValue] = {}
    for fact, claims in basis.claims.items():
        value = together([claim.value for claim in claims])
        if fact == "deaths" and hearsay(basis):
            value = hull(value, confirmed(basis, fact) or Interval(0, 0))
        facts[fact] = value
    return facts


def _opened(value: FactValue | None, over: FactValue) -> FactValue:
    """Return a value that may also be what is not chosen yet; nothing becomes less than it is."""
    if value is None:
        return over
    both = hull(value, over)
    if not isinstance(value, Interval) or not isinstance(both, Interval):
        return both
    return Interval(value.at_least, both.at_most)


def differing(claims: Sequence[Claim]) -> dict[str, Any]:
    """Return source -> plain value where sources cannot all be right, else nothing."""
    stated = [claim for claim in claims if not isinstance(claim.value, Unknown)]
    if len(stated) < 2 or agreed(claim.value for claim in stated) is not None:
        return {}
    return {claim.source: as_data(claim.value) for claim in stated}


def figures(incident: Incident) -> dict[str, Any]:
    """Return the casualty figures as plain data: what a report made now would tell."""
    return {fact: as_data(value) for fact, value in counted(incident).items() if fact in CASUALTIES}


def confirmed(incident: Incident | Basis, fact: str) -> FactValue | None:
    """Return what persons with authority have confirmed of a fact; None where nobody has."""
    values = [claim.value for claim in incident.claims.get(fact, ()) if claim.confirmed]
    return together(values) if values else None


def hearsay(incident: Incident | Basis) -> list[Claim]:
    """Return who says of deaths what nobody has confirmed; the newest last. It is never a figure, only a saying."""
    sure = confirmed(incident, "deaths")
    if not incident.death_unconfirmed and sure is None:
        return []
    return [
        claim
        for claim in incident.claims.get("deaths", ())
        if not claim.confirmed and claim.value != sure and some(claim.value)
    ]


def some(value: FactValue) -> bool:
    """Whether a number may be above zero and somebody has given it."""
    return isinstance(value, Interval) and (value.at_most is None or value.at_most > 0)


def together(values: Sequence[FactValue]) -> FactValue:
    """Return what all values have in common; where they cannot all be right, the least value that allows each."""
    value = agreed(values)
    if value is None:
        value = values[0]
        for other in values[1:]:
            value = hull(value, other)
    return value


def agreed(values: Iterable[FactValue]) -> FactValue | None:
    """Return what all values allow, or None when they cannot all be right."""
    common_value: FactValue = Unknown()
    for value in values:
        common = _common(common_value, value)
        if common is None:
            return None
        common_value = common
    return common_value


def _common(one: FactValue, other: FactValue) -> FactValue | None:
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return other if isinstance(one, Unknown) else one
    if isinstance(one, Options) and isinstance(other, Options):
        both = one.values & other.values
        return Options(both) if both else None
    if isinstance(one, Interval) and isinstance(other, Interval):
        low = max((bound for bound in (one.at_least, other.at_least) if bound is not None), default=None)
        high = min((bound for bound in (one.at_most, other.at_most) if bound is not None), default=None)
        return Interval(low, high) if low is None or high is None or low <= high else None
    return None


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
