"""What events of response levels and of units do to an incident."""

from __future__ import annotations

from dataclasses import replace

from plans import events as e
from plans.incident.records import Adjusted, Call, Decision, Proposal
from plans.incident.registry import on
from plans.incident.state import EVENT_LEVEL, Incident


@on(e.Proposed)
def _proposed(incident: Incident, event: e.Proposed, item: e.Recorded) -> None:
    """What some have said yes to before the facts spoke for another level is asked of them anew."""
    if not event.by_person:
        incident.agreed.clear()
    incident.proposal = Proposal(
        item.sequence, event.level, event.clause, event.to_roles, item.at, by_person=event.by_person
    )


@on(e.ProposalRung)
def _rung(incident: Incident, event: e.ProposalRung, item: e.Recorded) -> None:
    if incident.proposal:
        widened = tuple(dict.fromkeys((*incident.proposal.widened, *event.widened)))
        incident.proposal = replace(incident.proposal, rung=event.ordinal, rung_at=item.at, widened=widened)


@on(e.ProposalDeclined)
def _declined(incident: Incident, event: e.ProposalDeclined, item: e.Recorded) -> None:
    if incident.proposal:
        incident.proposal = replace(incident.proposal, declined=True, basis=incident.basis)
    incident.agreed.pop(event.level, None)


@on(e.Agreed)
def _agreed(incident: Incident, event: e.Agreed, item: e.Recorded) -> None:
    """Who has said yes is asked no more; his spoken word is owed its signature like any other."""
    incident.agreed[event.level] = tuple(dict.fromkeys((*incident.agreed.get(event.level, ()), *event.roles)))
    if incident.proposal is not None and incident.proposal.level == event.level:
        incident.proposal = replace(incident.proposal, to_roles=event.missing)
    incident.decisions.append(
        Decision(
            sequence=item.sequence,
            kind="agree",
            level=event.level,
            role=event.roles[0],
            by=event.by,
            at=item.at,
            oral=event.oral,
            spoken_by=event.spoken_by or "",
            spoken_id=event.spoken_id,
            spoken_at=event.spoken_at,
            recorded_by=event.recorded_by or "",
            reason=event.reason or "",
            spoken_role=event.spoken_role,
            acting_for=event.acting_for or "",
            acting_until=event.acting_until,
        )
    )


@on(e.OfferDeclined)
def _offer_declined(incident: Incident, event: e.OfferDeclined, item: e.Recorded) -> None:
    if incident.proposal:
        refused = tuple(dict.fromkeys((*incident.proposal.refused, *event.roles)))
        incident.proposal = replace(incident.proposal, refused=refused)


@on(e.ProposalWithdrawn)
def _withdrawn(incident: Incident, event: e.ProposalWithdrawn, item: e.Recorded) -> None:
    incident.proposal = None
    incident.agreed.clear()


@on(e.Declared)
def _declared(incident: Incident, event: e.Declared, item: e.Recorded) -> None:
    incident.state, incident.response_level, incident.response_role = "responding", event.level, event.role
    incident.declared_sequence = item.sequence
    incident.adjusted = Adjusted(event.previous, incident.basis, incident.event_level) if event.previous else None
    incident.units_asked = ""
    if incident.response_started_at is None:
        incident.response_started_at = item.at
    else:
        incident.response_adjusted_at = item.at
    incident.agreed.clear()
    settled = incident.proposal if event.settles else None
    incident.proposal = replace(settled, declined=True, basis=incident.basis) if settled else None
    kind = "declare" if event.previous is None else "adjust"
    incident.decisions.append(_decision(kind, event.level, event, item))


@on(e.Ended)
def _ended(incident: Incident, event: e.Ended, item: e.Recorded) -> None:
    incident.state, incident.ended_role = "ended", event.role
    incident.ended_at, incident.ended_sequence = item.at, item.sequence
    incident.proposal, incident.question = None, ""
    incident.agreed.clear()
    # A response that has ended needs no judgement of its level any more; the event still has one.
    incident.doubts = {name: item for name, item in incident.doubts.items() if name == EVENT_LEVEL}
    incident.decisions.append(_decision("end", None, event, item))


def _decision(kind: str, level: str | None, event: e.Declared | e.Ended, item: e.Recorded) -> Decision:
    return Decision(
        sequence=item.sequence,
        kind=kind,
        level=level,
        role=event.role,
        by=event.by,
        at=item.at,
        oral=event.oral,
        spoken_by=event.spoken_by or "",
        spoken_id=event.spoken_id,
        spoken_at=event.spoken_at,
        recorded_by=event.recorded_by or "",
        reason=event.reason or "",
        spoken_role=event.spoken_role,
        acting_for=event.acting_for or "",
        acting_until=event.acting_until,
    )


@on(e.Signed)
def _signed(incident: Incident, event: e.Signed, item: e.Recorded) -> None:
    incident.decisions[:] = [
        replace(decision, signed=True) if decision.sequence == event.sequence_of else decision
        for decision in incident.decisions
    ]


@on(e.UnitCalled)
def _called(incident: Incident, event: e.UnitCalled, item: e.Recorded) -> None:
    incident.rounds = max(incident.rounds, event.round)
    incident.calls[event.unit] = Call(event.unit, event.round, item.at, event.reachable)


@on(e.UnitInformed)
def _informed(incident: Incident, event: e.UnitInformed, item: e.Recorded) -> None:
    incident.calls.setdefault(event.unit, Call(event.unit, 0, item.at, status="informed"))


@on(e.UnitAnswered)
def _answered(incident: Incident, event: e.UnitAnswered, item: e.Recorded) -> None:
    call = incident.calls.get(event.unit) or Call(event.unit, 0, item.at)
    incident.calls[event.unit] = replace(
        call,
        status=event.status,
        answered_at=item.at,
        answered_by=event.name or "",
        recorded=event.recorded,
        note=event.note or "",
    )


@on(e.UnitsEscalated)
def _escalated(incident: Incident, event: e.UnitsEscalated, item: e.Recorded) -> None:
    for unit in event.units:
        if unit in incident.calls:
            incident.calls[unit] = incident.calls[unit].escalated(event.step, item.at)


@on(e.UnitsAsked)
def _units_asked(incident: Incident, event: e.UnitsAsked, item: e.Recorded) -> None:
    incident.units_asked = event.level


@on(e.BodyAsked)
def _body_asked(incident: Incident, event: e.BodyAsked, item: e.Recorded) -> None:
    incident.bodies_asked |= {event.unit}


@on(e.BodyNamed)
def _body_named(incident: Incident, event: e.BodyNamed, item: e.Recorded) -> None:
    if event.by:
        incident.bodies[event.unit] = event.body
    call = incident.calls.get(event.unit)
    if call is not None and (call.silent or not call.round):
        del incident.calls[event.unit]
    incident.stood[event.unit] = event.body
