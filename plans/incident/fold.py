"""``fold(events) -> Incident``: one small function per event. What was undone is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeVar, cast

from plans import events as e
from plans.incident.state import CASUALTIES, Call, Claim, Decision, Filing, Incident, Instance, Proposal
from plans.values import parse

E = TypeVar("E", bound=e.Event)
_APPLY: dict[type[e.Event], Callable[[Incident, Any, e.Recorded], None]] = {}


def _on(
    kind: type[E],
) -> Callable[[Callable[[Incident, E, e.Recorded], None]], Callable[[Incident, E, e.Recorded], None]]:
    def register(function: Callable[[Incident, E, e.Recorded], None]) -> Callable[[Incident, E, e.Recorded], None]:
        _APPLY[kind] = function
        return function

    return register


def fold(stream: str, log: Iterable[e.Recorded]) -> Incident:
    """Return the incident that the log tells, events taken back left out of its state (they stay in the log)."""
    recorded = list(log)
    undone = {number for item in recorded if isinstance(item.event, e.Undone) for number in item.event.sequences}
    incident = Incident(stream=stream, undone=undone)
    for item in recorded:
        _add(incident, item)
    return incident


def apply(incident: Incident, more: Iterable[e.Recorded]) -> Incident:
    """Return the incident after more events; the argument is left as it was."""
    return fold(incident.stream, [*incident.events, *more])


def _add(incident: Incident, item: e.Recorded) -> None:
    incident.events.append(item)
    incident.sequence = item.sequence
    if item.sequence not in incident.undone:
        function = _APPLY.get(type(item.event))
        if function is not None:
            function(incident, cast(Any, item.event), item)


@_on(e.Reported)
def _reported(incident: Incident, event: e.Reported, item: e.Recorded) -> None:
    incident.state = "reported"
    for name in (
        "plan",
        "plan_version",
        "plan_hash",
        "jurisdiction",
        "number",
        "year",
        "drill",
        "source",
        "unit",
        "origin",
    ):
        setattr(incident, name, getattr(event, name))
    for name in ("reported_at", "occurred_at", "occurred_basis", "place", "event_class", "candidates", "reporter_id"):
        setattr(incident, name, getattr(event, name))
    incident.text, incident.reporter = event.text or "", event.reporter or ""
    incident.informant = event.informant or ""
    incident.evidence.extend(event.evidence)
    incident.raised.update(event.raised)
    _claim(incident, event.facts, event.source, item, confirmed=False)
    incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


def _claim(incident: Incident, facts: Mapping[str, Any], source: str, item: e.Recorded, *, confirmed: bool) -> None:
    for fact, data in facts.items():
        claims = incident.claims.setdefault(fact, [])
        if confirmed:
            claims.clear()
            incident.conflicts.pop(fact, None)
            if fact == "deaths":
                incident.death_unconfirmed = False
        claims[:] = [claim for claim in claims if claim.source != source]
        claims.append(Claim(parse(data), source, item.at, item.sequence, confirmed))


@_on(e.EvidenceAdded)
def _evidence(incident: Incident, event: e.EvidenceAdded, item: e.Recorded) -> None:
    incident.evidence.append(event.reference)


@_on(e.HandlingTaken)
def _handled(incident: Incident, event: e.HandlingTaken, item: e.Recorded) -> None:
    incident.handled_by, incident.handler_name, incident.handled_at = event.by, event.name or "", item.at
    incident.seat, incident.seat_name = event.by, event.name or ""


@_on(e.SeatTaken)
def _seat(incident: Incident, event: e.SeatTaken, item: e.Recorded) -> None:
    incident.seat, incident.seat_name = event.by, event.name or ""


@_on(e.Verified)
def _verified(incident: Incident, event: e.Verified, item: e.Recorded) -> None:
    incident.verified_at = item.at
    for claims in incident.claims.values():
        if len(claims) == 1:
            claims[0].confirmed = True
    incident.death_unconfirmed = False


@_on(e.FactsStated)
def _stated(incident: Incident, event: e.FactsStated, item: e.Recorded) -> None:
    _claim(incident, event.facts, event.source, item, confirmed=event.confirmed)
    incident.raised.update(event.raised)
    if set(event.facts) & set(CASUALTIES):
        incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


@_on(e.FactResolved)
def _resolved(incident: Incident, event: e.FactResolved, item: e.Recorded) -> None:
    _claim(incident, {event.fact: event.value}, event.use, item, confirmed=True)
    if event.fact in CASUALTIES:
        incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


@_on(e.Corrected)
def _corrected(incident: Incident, event: e.Corrected, item: e.Recorded) -> None:
    _claim(incident, event.new, "correction", item, confirmed=True)
    incident.corrections.append((item.sequence, item.at, event.told, event.ordinal, event.old, event.new))
    if set(event.new) & set(CASUALTIES):
        incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


@_on(e.OccurrenceChanged)
def _occurrence(incident: Incident, event: e.OccurrenceChanged, item: e.Recorded) -> None:
    incident.occurred_at, incident.occurred_basis = event.occurred_at, event.basis


@_on(e.SceneStated)
def _scene(incident: Incident, event: e.SceneStated, item: e.Recorded) -> None:
    for name in ("place", "event_class", "unit", "township"):
        if value := getattr(event, name):
            setattr(incident, name, value)


@_on(e.Judged)
def _judged(incident: Incident, event: e.Judged, item: e.Recorded) -> None:
    _claim(incident, {event.fact: event.value}, "judgement", item, confirmed=True)
    if incident.question == event.fact:
        incident.question = ""


@_on(e.LevelDetermined)
def _determined(incident: Incident, event: e.LevelDetermined, item: e.Recorded) -> None:
    incident.event_level = event.level
    incident.undetermined_stated = event.level is None
    incident.determined_at, incident.determined_by = item.at, item.actor
    incident.level_raised_sequence = item.sequence


@_on(e.QuestionAsked)
def _asked(incident: Incident, event: e.QuestionAsked, item: e.Recorded) -> None:
    incident.question = event.fact


@_on(e.ConflictFound)
def _conflict(incident: Incident, event: e.ConflictFound, item: e.Recorded) -> None:
    if event.claims:
        incident.conflicts[event.fact] = event.claims
    else:
        incident.conflicts.pop(event.fact, None)


@_on(e.DeathUnconfirmed)
def _death(incident: Incident, event: e.DeathUnconfirmed, item: e.Recorded) -> None:
    incident.death_unconfirmed = True


@_on(e.DuplicateSuspected)
def _suspected(incident: Incident, event: e.DuplicateSuspected, item: e.Recorded) -> None:
    incident.suspected[event.other] = event.number


@_on(e.DuplicateDenied)
def _denied(incident: Incident, event: e.DuplicateDenied, item: e.Recorded) -> None:
    incident.suspected.pop(event.other, None)


@_on(e.Proposed)
def _proposed(incident: Incident, event: e.Proposed, item: e.Recorded) -> None:
    incident.proposal = Proposal(item.sequence, event.level, event.clause, event.to_roles, item.at)


@_on(e.ProposalRung)
def _rung(incident: Incident, event: e.ProposalRung, item: e.Recorded) -> None:
    if incident.proposal:
        incident.proposal.rung, incident.proposal.rung_at = event.ordinal, item.at
        incident.proposal.widened = tuple(dict.fromkeys((*incident.proposal.widened, *event.widened)))


@_on(e.ProposalDeclined)
def _declined(incident: Incident, event: e.ProposalDeclined, item: e.Recorded) -> None:
    if incident.proposal:
        incident.proposal.declined = True


@_on(e.Declared)
def _declared(incident: Incident, event: e.Declared, item: e.Recorded) -> None:
    incident.state, incident.response_level, incident.response_role = "responding", event.level, event.role
    incident.declared_sequence = item.sequence
    if incident.response_started_at is None:
        incident.response_started_at = item.at
    else:
        incident.response_adjusted_at = item.at
    incident.proposal = None
    incident.decisions.append(
        Decision(item.sequence, "declare" if event.previous is None else "adjust", event.level, event.role, event.by, item.at,
                 event.oral, event.spoken_by or "", event.spoken_at, event.recorded_by or "", event.reason or "")
    )  # fmt: skip


@_on(e.Ended)
def _ended(incident: Incident, event: e.Ended, item: e.Recorded) -> None:
    incident.state, incident.ended_at, incident.ended_sequence, incident.ended_role = (
        "ended",
        item.at,
        item.sequence,
        event.role,
    )
    incident.proposal = None
    incident.decisions.append(
        Decision(item.sequence, "end", None, event.role, event.by, item.at, event.oral, event.spoken_by or "", event.spoken_at,
                 event.recorded_by or "", event.reason or "")
    )  # fmt: skip


@_on(e.Signed)
def _signed(incident: Incident, event: e.Signed, item: e.Recorded) -> None:
    for decision in incident.decisions:
        if decision.sequence == event.sequence_of:
            decision.signed = True


@_on(e.UnitCalled)
def _called(incident: Incident, event: e.UnitCalled, item: e.Recorded) -> None:
    incident.rounds = max(incident.rounds, event.round)
    incident.calls[event.unit] = Call(event.unit, event.round, item.at, event.reachable)


@_on(e.UnitInformed)
def _informed(incident: Incident, event: e.UnitInformed, item: e.Recorded) -> None:
    incident.calls.setdefault(event.unit, Call(event.unit, 0, item.at, status="informed"))


@_on(e.UnitAnswered)
def _answered(incident: Incident, event: e.UnitAnswered, item: e.Recorded) -> None:
    call = incident.calls.setdefault(event.unit, Call(event.unit, 0, item.at))
    call.status, call.answered_at, call.answered_by = event.status, item.at, event.name or ""
    call.recorded, call.note = event.recorded, event.note or ""


@_on(e.UnitsEscalated)
def _escalated(incident: Incident, event: e.UnitsEscalated, item: e.Recorded) -> None:
    for unit in event.units:
        if unit in incident.calls:
            incident.calls[unit].step, incident.calls[unit].escalated_at = event.step, item.at


@_on(e.Filed)
def _filed(incident: Incident, event: e.Filed, item: e.Recorded) -> None:
    incident.filings.append(
        Filing(item.sequence, event.report, event.recipient, event.channel, event.called_at, item.at, event.taker or "",
               event.name or "", dict(event.figures), event.document)
    )  # fmt: skip


@_on(e.VerificationRequested)
def _requested(incident: Incident, event: e.VerificationRequested, item: e.Recorded) -> None:
    incident.requests.append((item.sequence, event.recipient, event.requested_at, event.question or ""))


@_on(e.ObligationOpened)
def _opened(incident: Incident, event: e.ObligationOpened, item: e.Recorded) -> None:
    incident.instances[event.key] = Instance(
        event.key, event.rule, event.clause, event.report, event.channel, event.due, event.to, item.at,
        event.possible, event.raised, event.by_office, event.local,
    )  # fmt: skip


@_on(e.ObligationChanged)
def _changed(incident: Incident, event: e.ObligationChanged, item: e.Recorded) -> None:
    instance = incident.instances[event.key]
    if event.due != instance.due or (instance.possible and not event.possible):
        instance.reminded.clear()
    instance.due, instance.to, instance.possible = event.due, event.to, event.possible
    instance.raised = event.raised


@_on(e.ObligationSuperseded)
def _superseded(incident: Incident, event: e.ObligationSuperseded, item: e.Recorded) -> None:
    instance = incident.instances[event.key]
    instance.status, instance.reason = "superseded", event.reason


@_on(e.ObligationFiled)
def _obligation_filed(incident: Incident, event: e.ObligationFiled, item: e.Recorded) -> None:
    instance = incident.instances[event.key]
    instance.status, instance.filed_at, instance.late = "filed", event.filed_at, event.late


@_on(e.ObligationWaived)
def _waived(incident: Incident, event: e.ObligationWaived, item: e.Recorded) -> None:
    instance = incident.instances[event.key]
    instance.status, instance.reason = "waived", event.reason or ""


@_on(e.Reminded)
def _reminded(incident: Incident, event: e.Reminded, item: e.Recorded) -> None:
    for key in event.keys:
        if key in incident.instances:
            incident.instances[key].reminded.append(item.at)


@_on(e.ReporterSentToPhone)
def _sent_to_phone(incident: Incident, event: e.ReporterSentToPhone, item: e.Recorded) -> None:
    incident.told_phone_at = item.at


@_on(e.Closed)
def _closed(incident: Incident, event: e.Closed, item: e.Recorded) -> None:
    incident.state, incident.closed_at = "closed", item.at


@_on(e.Reopened)
def _reopened(incident: Incident, event: e.Reopened, item: e.Recorded) -> None:
    incident.state, incident.closed_at = "ended", None
    if incident.ended_at is None:
        incident.ended_at, incident.ended_sequence = item.at, item.sequence


@_on(e.Rejected)
def _rejected(incident: Incident, event: e.Rejected, item: e.Recorded) -> None:
    incident.state, incident.proposal = "rejected", None
    if event.told:
        incident.corrections.append((item.sequence, item.at, event.told, len(incident.corrections) + 1, {}, {}))


@_on(e.Merged)
def _merged(incident: Incident, event: e.Merged, item: e.Recorded) -> None:
    incident.state, incident.merged_into, incident.merged_number, incident.proposal = (
        "merged",
        event.into,
        event.number,
        None,
    )


@_on(e.Absorbed)
def _absorbed(incident: Incident, event: e.Absorbed, item: e.Recorded) -> None:
    incident.absorbed.append(event.number)
    incident.suspected.pop(event.other, None)
    for fact, by_source in event.claims.items():
        for source, value in by_source.items():
            _claim(incident, {fact: value}, source, item, confirmed=False)


@_on(e.DrillPaused)
def _paused(incident: Incident, event: e.DrillPaused, item: e.Recorded) -> None:
    incident.paused = event.paused


@_on(e.DrillJumped)
def _jumped(incident: Incident, event: e.DrillJumped, item: e.Recorded) -> None:
    incident.offset += timedelta(seconds=event.seconds)
