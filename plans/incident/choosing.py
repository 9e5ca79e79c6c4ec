"""What the choice of a plan does to an incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from plans import events as e
from plans.incident.knowing import claim
from plans.incident.records import Instance
from plans.incident.registry import on
from plans.incident.state import Incident


@on(e.PlansWeighed)
def _weighed(incident: Incident, event: e.PlansWeighed, item: e.Recorded) -> None:
    incident.plans = tuple(zip(event.plans, event.titles, strict=True))
    incident.plan_asked = not event.clear


@on(e.PlanChosen)
def _chosen(incident: Incident, event: e.PlanChosen, item: e.Recorded) -> None:
    incident.plan_asked = False
    if event.plan == event.previous:
        return
    incident.plan, incident.plan_version, incident.plan_hash = event.plan, event.plan_version, event.plan_hash
    incident.event_class, incident.candidates = event.event_class, event.candidates
    incident.raised = frozenset(event.raised)
    for fact in event.dropped:
        incident.claims.pop(fact, None)
        incident.conflicts.pop(fact, None)
    claim(incident, event.facts, incident.source, item, confirmed=False)
    # Questions, proposals and the event level were those of the other plan.
    incident.question, incident.proposal = "", None
    incident.event_level = incident.previous_level = incident.determined_at = None
    incident.determined_by, incident.determined_sequence, incident.undetermined_stated = "", 0, False
    incident.lower_level, incident.determined_on, incident.upheld = None, None, False
    incident.judged_on, incident.doubts = {}, {}
    if not event.keeps_seat:
        incident.handled_by = incident.handler_name = incident.seat = incident.seat_name = ""
    incident.instances = {
        f"{event.previous}/{key}": _left(one, event, item.at) for key, one in incident.instances.items()
    }


def _left(one: Instance, event: e.PlanChosen, at: datetime) -> Instance:
    """Return what another plan demanded, as it stays in the record: its rules may be called like those of this one."""
    left = replace(one, key=f"{event.previous}/{one.key}", rule=f"{event.previous}/{one.rule}")
    return replace(left, status="superseded", reason="plan", settled_at=at) if one.status == "open" else left
