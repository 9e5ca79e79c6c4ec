"""Bring the log's instances in line with what the rules demand: opened, changed, superseded, filed are events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from plans import events as e
from plans.incident import Incident
from plans.logic import Environment
from plans.model import Plan
from plans.obligations.policy import Policy
from plans.obligations.wanted import Wanted, covered, wanted


def settle(
    plan: Plan,
    incident: Incident,
    now: datetime,
    policy: Policy,
    environment: Callable[[Incident], Environment],
    record: Callable[[Incident, list[e.Event]], Incident],
) -> Incident:
    """Return the incident after recording obligation events until nothing changes any more.

    Args:
        environment: what a rule's condition sees of an incident.
        record: appends events and returns the incident after them.
    """
    for _ in range(
        8
    ):  # a filing can open a written report, whose filing can open nothing further: three rounds suffice
        found = _differences(wanted(plan, incident, environment(incident), policy), incident, now)
        if not found:
            return incident
        incident = record(incident, found)
    raise RuntimeError(f"obligations of {incident.stream} do not settle: {found}")


def _differences(items: list[Wanted], incident: Incident, now: datetime) -> list[e.Event]:
    found: list[e.Event] = []
    by_key = {item.key: item for item in items}
    for item in items:
        instance = incident.instances.get(item.key)
        if instance is None or instance.status == "superseded":
            found.append(_opened(item, incident, now))
            continue
        if instance.status != "open":
            continue
        told = covered(item, incident)
        if item.to and all(name in told for name in item.to):
            filed_at = max(told[name] for name in item.to)
            found.append(
                e.ObligationFiled(
                    key=item.key, filed_at=filed_at, late=filed_at > item.due and not item.received == item.to
                )
            )
        elif (instance.due, instance.to, instance.possible) != (item.due, item.to, item.possible):
            raised = instance.raised or (instance.possible and not item.possible and item.due < now)
            found.append(
                e.ObligationChanged(key=item.key, due=item.due, to=item.to, possible=item.possible, raised=raised)
            )
    for instance in incident.open_instances:
        if instance.key not in by_key:
            found.append(e.ObligationSuperseded(key=instance.key, reason=_why(incident)))
    return found


def _opened(item: Wanted, incident: Incident, now: datetime) -> e.ObligationOpened:
    late_start = (
        item.due < now and incident.sequence > 0 and incident.determined_at is not None and item.report == "首报"
    )
    return e.ObligationOpened(
        key=item.key, rule=item.rule, clause=item.clause, report=item.report, channel=item.channel, due=item.due, to=item.to,
        possible=item.possible, raised=late_start and not item.possible, by_office=item.by_office, local=item.local,
    )  # fmt: skip


def _why(incident: Incident) -> str:
    if incident.state in ("rejected", "merged", "closed"):
        return incident.state
    return "ended" if incident.ended_at is not None else "level"
