"""What sources say of facts, written down one claim a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plans.core.event import Recorded
from plans.incident.figures import hearsay
from plans.incident.records_said import Claim, Unsure
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
        _chosen(incident, fact, source, confirmed=confirmed)
        if incident.question == fact:
            incident.question = ""
        if fact in CASUALTIES:
            incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


def _chosen(incident: Incident, fact: str, source: str, *, confirmed: bool) -> None:
    """A figure that counts settles what its source was asked about it; the office's word settles what all were."""
    for item in [item for item in incident.unsure.values() if item.fact == fact]:
        if confirmed or (item.source == source and item.why != "said"):
            del incident.unsure[item.key]


def doubtful(
    incident: Incident,
    unsure: Mapping[str, Any],
    unread: tuple[str, ...],
    text: str,
    source: str,
    item: Recorded,
    *,
    by: str = "",
) -> None:
    """Write down what does not count before somebody has chosen; a newer one of a source takes the place of an older.

    Args:
        unsure: as ``plans.intake.telling.Telling`` has it. text: of which its spans are.
        by: who wrote it, where that is not who caused the event.
    """
    incident.unread = unread
    for name, data in unsure.items():
        key, (low, high) = f"{item.sequence}.{name}", data["span"]
        for other in [known for known in incident.unsure.values() if known.source == source]:
            if other.fact == data["fact"] and other.why != "said" and data["why"] != "said":
                del incident.unsure[other.key]
        incident.unsure[key] = Unsure(
            key=key,
            fact=data["fact"],
            why=data["why"],
            options=tuple(data["options"]),
            over=None if data["over"] is None else parse(data["over"]),
            words=text[low:high],
            source=source,
            by=by or item.actor,
            at=item.at,
            sequence=item.sequence,
        )


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
