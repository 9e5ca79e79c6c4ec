"""What sources say of facts, written down one claim a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plans.core.event import Recorded
from plans.incident.figures import hearsay
from plans.incident.records import Claim
from plans.incident.state import CASUALTIES, Incident
from plans.values import FactValue, Interval, parse

OFFICE = frozenset({"duty", "correction", "sum"})
"""Sources that are the office's own word: figures that it took over from somebody."""


def claim(incident: Incident, facts: Mapping[str, Any], source: str, item: Recorded, *, confirmed: bool) -> None:
    """Write down what a source says of facts."""
    for fact, data in facts.items():
        value = parse(data)
        others = [claim for claim in incident.claims.get(fact, ()) if claim.source != source and not confirmed]
        if not confirmed and fact != "deaths":
            others = [claim for claim in others if not _outdated(claim, value)]
        if confirmed:
            incident.conflicts.pop(fact, None)
            if fact == "deaths":
                incident.death_unconfirmed = False
        incident.claims[fact] = (*others, Claim(value, source, item.at, item.sequence, confirmed))
        if incident.question == fact:
            incident.question = ""
        if fact in CASUALTIES:
            incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


def take_in(incident: Incident, fact: str, data: Any, source: str, item: Recorded, *, confirmed: bool) -> None:
    """Put a figure of another incident beside those of this one: none gives way, the two may count different people."""
    others = tuple(claim for claim in incident.claims.get(fact, ()) if claim.source != source)
    incident.claims[fact] = (*others, Claim(parse(data), source, item.at, item.sequence, confirmed))
    if fact == "deaths" and confirmed and not hearsay(incident):
        incident.death_unconfirmed = False
    if fact in CASUALTIES:
        incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


def _outdated(claim: Claim, value: FactValue) -> bool:
    """Whether a higher figure overtakes what the office took over earlier: it is news, not a conflict of sources."""
    if claim.source not in OFFICE or not isinstance(claim.value, Interval) or not isinstance(value, Interval):
        return False
    return claim.value.at_most is not None and value.at_least is not None and value.at_least > claim.value.at_most
