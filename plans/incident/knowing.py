"""What events of the report and of what is known do to an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plans import events as e
from plans.incident.agreeing import hearsay
from plans.incident.records import Claim, Correction, Doubt, Evidence
from plans.incident.registry import on
from plans.incident.state import CASUALTIES, EVENT_LEVEL, Incident
from plans.values import FactValue, Interval, parse

OFFICE = frozenset({"duty", "correction", "sum"})
"""Sources that are the office's own word: figures that it took over from somebody."""


@on(e.Reported)
def _reported(incident: Incident, event: e.Reported, item: e.Recorded) -> None:
    incident.state = "reported"
    incident.plan, incident.plan_version, incident.plan_hash = event.plan, event.plan_version, event.plan_hash
    incident.jurisdiction, incident.number, incident.year = event.jurisdiction, event.number, event.year
    incident.drill, incident.source, incident.origin, incident.unit = (
        event.drill,
        event.source,
        event.origin,
        event.unit,
    )
    incident.reported_at, incident.occurred_at = event.reported_at, event.occurred_at
    incident.occurred_text = event.occurred_text
    incident.occurred_basis, incident.place = event.occurred_basis, event.place
    incident.event_class, incident.candidates = event.event_class, event.candidates
    incident.text, incident.reporter, incident.reporter_id = event.text or "", event.reporter or "", event.reporter_id
    incident.informant = event.informant or ""
    for part in event.evidence:
        kind, _, reference = part.partition(":")
        incident.evidence[reference] = Evidence(kind, reference, event.reporter_id, event.said_at or event.reported_at)
    incident.raised, incident.flags = frozenset(event.raised), frozenset(event.flags)
    claim(incident, event.facts, event.source, item, confirmed=False)
    incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


def claim(incident: Incident, facts: Mapping[str, Any], source: str, item: e.Recorded, *, confirmed: bool) -> None:
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


def _take_in(incident: Incident, fact: str, data: Any, source: str, item: e.Recorded, *, confirmed: bool) -> None:
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


@on(e.EvidenceAdded)
def _evidence(incident: Incident, event: e.EvidenceAdded, item: e.Recorded) -> None:
    incident.evidence[event.reference] = Evidence(
        event.kind, event.reference, item.actor, event.sent_at or item.at, event.caption or "", event.name or ""
    )


@on(e.EvidenceKept)
def _kept(incident: Incident, event: e.EvidenceKept, item: e.Recorded) -> None:
    known = incident.evidence[event.reference]
    incident.evidence[event.reference] = replace(known, digest=event.digest, size=event.size)


@on(e.EvidenceLost)
def _lost(incident: Incident, event: e.EvidenceLost, item: e.Recorded) -> None:
    incident.evidence[event.reference] = replace(incident.evidence[event.reference], lost=event.why)


@on(e.HandlingTaken)
def _handled(incident: Incident, event: e.HandlingTaken, item: e.Recorded) -> None:
    incident.handled_by, incident.handler_name, incident.handled_at = event.by, event.name or "", item.at
    incident.seat, incident.seat_name = event.by, event.name or ""


@on(e.SeatTaken)
def _seat(incident: Incident, event: e.SeatTaken, item: e.Recorded) -> None:
    incident.seat, incident.seat_name = event.by, event.name or ""


@on(e.Verified)
def _verified(incident: Incident, event: e.Verified, item: e.Recorded) -> None:
    incident.verified_at = item.at
    for fact, claims in incident.claims.items():
        if len(claims) == 1 and (fact != "deaths" or event.deaths):
            incident.claims[fact] = (replace(claims[0], confirmed=True),)
    if incident.death_unconfirmed and event.deaths:
        incident.death_unconfirmed = False
        incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


@on(e.FactsStated)
def _stated(incident: Incident, event: e.FactsStated, item: e.Recorded) -> None:
    claim(incident, event.facts, event.source, item, confirmed=event.confirmed)
    incident.raised |= set(event.raised)


@on(e.FactResolved)
def _resolved(incident: Incident, event: e.FactResolved, item: e.Recorded) -> None:
    claim(incident, {event.fact: event.value}, event.use, item, confirmed=True)


@on(e.Corrected)
def _corrected(incident: Incident, event: e.Corrected, item: e.Recorded) -> None:
    claim(incident, event.new, "correction", item, confirmed=True)
    incident.corrections.append(
        Correction(item.sequence, item.at, event.told, event.ordinal, event.old, event.new, "figures")
    )


@on(e.OccurrenceChanged)
def _occurrence(incident: Incident, event: e.OccurrenceChanged, item: e.Recorded) -> None:
    incident.occurred_at, incident.occurred_basis = event.occurred_at, event.basis


@on(e.SceneStated)
def _scene(incident: Incident, event: e.SceneStated, item: e.Recorded) -> None:
    incident.place = event.place or incident.place
    incident.event_class = event.event_class or incident.event_class
    incident.unit = event.unit or incident.unit
    incident.township = event.township or incident.township
    if event.event_class and incident.question == "event_class":
        incident.question = ""


@on(e.Judged)
def _judged(incident: Incident, event: e.Judged, item: e.Recorded) -> None:
    claim(incident, {event.fact: event.value}, "judgement", item, confirmed=True)
    incident.judged_on[event.fact] = incident.basis
    incident.doubts.pop(event.fact, None)


@on(e.LevelDetermined)
def _determined(incident: Incident, event: e.LevelDetermined, item: e.Recorded) -> None:
    if incident.event_level is not None and incident.event_level != event.level:
        incident.lower_level = incident.event_level
    incident.previous_level, incident.event_level = event.previous, event.level
    incident.determined_on, incident.upheld = incident.basis, event.previous == event.level
    incident.doubts.pop(EVENT_LEVEL, None)
    incident.undetermined_stated = event.level is None
    incident.determined_at, incident.determined_by = item.at, item.actor
    incident.determined_sequence = item.sequence


@on(e.WordOvertaken)
def _overtaken(incident: Incident, event: e.WordOvertaken, item: e.Recorded) -> None:
    earlier = incident.doubts.get(event.subject)
    incident.doubts[event.subject] = Doubt(
        subject=event.subject,
        sequence=item.sequence,
        held=event.held,
        reached=event.reached,
        surely=event.surely,
        beyond=event.beyond,
        at=item.at,
        basis=incident.basis,
        first=earlier.first if earlier is not None else item.sequence,
    )


@on(e.WordAskedAgain)
def _asked_again(incident: Incident, event: e.WordAskedAgain, item: e.Recorded) -> None:
    doubt = incident.doubts.get(event.subject)
    if doubt is not None:
        incident.doubts[event.subject] = replace(doubt, rung=event.ordinal, rung_at=item.at)


@on(e.WordStands)
def _stands(incident: Incident, event: e.WordStands, item: e.Recorded) -> None:
    incident.doubts.pop(event.subject, None)


@on(e.QuestionAsked)
def _asked(incident: Incident, event: e.QuestionAsked, item: e.Recorded) -> None:
    incident.question = event.fact


@on(e.QuestionSettled)
def _settled(incident: Incident, event: e.QuestionSettled, item: e.Recorded) -> None:
    if incident.question == event.fact:
        incident.question = ""


@on(e.ConflictFound)
def _conflict(incident: Incident, event: e.ConflictFound, item: e.Recorded) -> None:
    if event.claims:
        incident.conflicts[event.fact] = event.claims
    else:
        incident.conflicts.pop(event.fact, None)


@on(e.DeathUnconfirmed)
def _death(incident: Incident, event: e.DeathUnconfirmed, item: e.Recorded) -> None:
    incident.death_unconfirmed = True


@on(e.DuplicateSuspected)
def _suspected(incident: Incident, event: e.DuplicateSuspected, item: e.Recorded) -> None:
    incident.suspected[event.other] = event.number


@on(e.DuplicateDenied)
def _denied(incident: Incident, event: e.DuplicateDenied, item: e.Recorded) -> None:
    incident.suspected.pop(event.other, None)


@on(e.Absorbed)
def _absorbed(incident: Incident, event: e.Absorbed, item: e.Recorded) -> None:
    incident.absorbed.append(event.number)
    incident.suspected.pop(event.other, None)
    incident.raised |= set(event.raised)
    for fact, by_source in event.claims.items():
        for source, value in by_source.items():
            if event.confirmed is None:
                claim(incident, {fact: value}, source, item, confirmed=False)
            else:
                _take_in(incident, fact, value, source, item, confirmed=source in event.confirmed.get(fact, ()))
    if event.told:
        ordinal = len(incident.corrections) + 1
        incident.corrections.append(Correction(item.sequence, item.at, event.told, ordinal, {}, {}, "merged"))
