"""What is counted of an incident: its reports by recipient, calls and answers, levels, corrections, waivers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from plans.core.policy import Policy
from plans.incident.levels import Declared
from plans.incident.records import Filing, Instance
from plans.incident.rounds import calls_of
from plans.incident.state import Incident
from plans.incident.units import ANSWERS, ARRIVED
from plans.model import Plan
from plans.obligations.record import coverage
from plans.obligations.rules import rules_of, tasks_after
from plans.obligations.wanted import CORRECTION as CORRECTION_RULE
from plans.statistics import rows as r
from plans.statistics.rows import CountedCase, Row
from plans.statistics.stages import stage_of


def counted_incident(plan: Plan, incident: Incident, policy: Policy) -> CountedCase:
    """Return an incident as it is counted, under the plan that it is pinned to."""
    levels = [row.key for row in _levels(plan, incident)]
    return CountedCase(
        stream=incident.stream, kind="incident", jurisdiction=incident.jurisdiction, plan_id=incident.plan,
        drill=incident.drill, year=incident.year, number=incident.number, at=incident.reported_at,
        sort=incident.event_class, level=incident.event_level or "",
        response=max(levels, key=plan.height, default=""), state=incident.state, open=incident.open,
        sequence=incident.sequence,
        rows=(
            *_reports(plan, incident, policy), *_answers(incident), *_levels(plan, incident), *_corrections(incident),
            *_waivers(plan, incident, policy),
        ),
    )  # fmt: skip


def _reports(plan: Plan, incident: Incident, policy: Policy) -> Iterator[Row]:
    """Yield a row for each recipient of each report that was certainly owed.

    What fell away before its time was owed to nobody. An incident that was a mistake (误报) or went into another (并案)
    owes nothing but its corrections.
    """
    tasks = {task.id for task in tasks_after(plan)}
    for instance in incident.instances.values():
        due, local = _due(plan, instance, policy)
        if (incident.over and instance.rule != CORRECTION_RULE) or not _counts(instance, due):
            continue
        told = _told(plan, incident, instance, policy)
        for name in instance.to:
            at = told.get(name)
            outcome = _outcome(instance, due, at)
            yield Row(
                topic=r.REPORT if instance.by_office else r.OTHERS,
                key=stage_of(instance.report, task=instance.rule in tasks), name=instance.report, subject=name,
                channel="" if instance.channel == "any" else instance.channel, outcome=outcome, due=due, at=at,
                clause=instance.clause, local=local,
                seconds=r.seconds(due, at) if at is not None and outcome in ("late", "raised") else None,
            )  # fmt: skip


def _due(plan: Plan, instance: Instance, policy: Policy) -> tuple[datetime, bool]:
    """Return by when it was owed, and whether that is a local time: for 立即 the plan has no other."""
    rule = next((rule for rule in rules_of(plan) if rule.id == instance.rule), None)
    if rule is not None and rule.clock.within == timedelta() and not instance.local:
        return max(instance.due, instance.arose_at) + policy.immediate, True
    return instance.due, instance.local or instance.rule == CORRECTION_RULE


def _counts(instance: Instance, due: datetime) -> bool:
    """Whether it was certainly owed: filed, open or waived for certain, or past its time when it fell away."""
    if instance.status == "filed":
        return True
    if instance.possible:
        return False
    return instance.status != "superseded" or (_too_late(instance, due) and instance.reason != "undone")


def _too_late(instance: Instance, due: datetime) -> bool:
    """Whether its time was over when it was waived or fell away."""
    return instance.settled_at is not None and instance.settled_at > due


def _outcome(instance: Instance, due: datetime, told: datetime | None) -> str:
    """Return what became of a report to one recipient, by the time at which it was told, as the filing says."""
    if told is not None:
        if told <= due:
            return "in_time"
        return "raised" if instance.raised else "late"
    if instance.status == "open":
        return r.OPEN
    return "waived" if instance.status == "waived" and not _too_late(instance, due) else "missed"


def _told(plan: Plan, incident: Incident, instance: Instance, policy: Policy) -> dict[str, datetime]:
    """Return when each recipient was told what an instance owed.

    Where only one filing can be meant for each of them it is that one, and the log need not be read again.
    """
    plain = _plainly(plan, incident, instance)
    if plain is not None:
        return plain
    reached = incident.reported_at or instance.due
    found = coverage(plan, incident, instance, policy)
    return {name: filing.called_at if filing is not None else reached for name, filing in found.items()}


def _plainly(plan: Plan, incident: Incident, instance: Instance) -> dict[str, datetime] | None:
    rule = next((rule for rule in rules_of(plan) if rule.id == instance.rule), None)
    if rule is None and instance.rule != CORRECTION_RULE:
        return None
    if rule is not None and (rule.clock.from_ == "casualties_changed" or not rule.by_office):
        return None  # covered by figures whatever the report was called, or by the report itself
    kinds = {instance.report, *(("续报",) if instance.rule == CORRECTION_RULE else ())}
    floor = _last_round(incident, instance) if rule is not None and (rule.clock.daily or rule.clock.every) else None
    found: dict[str, list[Filing]] = {}
    for filing in incident.filings:
        if filing.report not in kinds or filing.recipient not in instance.to or filing.sequence <= instance.after:
            continue
        if instance.channel not in ("any", filing.channel) or (floor is not None and filing.called_at < floor):
            continue
        if filing.obligation and filing.obligation.partition(":")[0] != instance.rule:
            continue
        found.setdefault(filing.recipient, []).append(filing)
    if not found:
        return {} if instance.status != "filed" else None
    if instance.status != "filed" or any(len(found.get(name, ())) != 1 for name in instance.to):
        return None
    told = {name: filings[0].called_at for name, filings in found.items()}
    return told if max(told.values()) == instance.filed_at else None


def _last_round(incident: Incident, instance: Instance) -> datetime | None:
    """Return when the round before was told: what was told before that belongs to an earlier one."""
    earlier = [
        item.filed_at
        for item in incident.instances.values()
        if item.rule == instance.rule and item.filed_at is not None and item.key != instance.key
        if instance.filed_at is None or item.filed_at < instance.filed_at
    ]
    return max(earlier, default=None)


def _answers(incident: Incident) -> Iterator[Row]:
    """Yield a row for each call that asks for an answer, each round for itself; time runs to its first answer."""
    for call in calls_of(incident):
        if call.round == 0:
            continue
        first, last = (call.answers[0], call.answers[-1]) if call.answers else (None, None)
        outcome = "silent"
        if last is not None:
            declined = last.status in ANSWERS and ANSWERS[last.status].needs_substitute
            outcome = "declined" if declined else "answered"
        yield Row(
            topic=r.ANSWER, key=call.unit, name=last.status if last is not None else "", outcome=outcome,
            since=call.at, at=first.at if first is not None else None,
            seconds=r.seconds(call.at, first.at) if first is not None else None,
        )  # fmt: skip
        arrived = next((answer for answer in call.answers if answer.status == ARRIVED), None)
        if arrived is not None:
            yield Row(
                topic=r.ARRIVAL, key=call.unit, outcome="arrived", since=call.at, at=arrived.at,
                seconds=r.seconds(call.at, arrived.at),
            )  # fmt: skip


def _levels(plan: Plan, incident: Incident) -> Iterator[Row]:
    """Yield each level that was declared or to which it was raised; what was spoken counts from when it was said."""
    for item in incident.events:
        event = item.event
        if item.sequence in incident.undone or not isinstance(event, Declared):
            continue
        if plan.height(event.level) <= plan.height(event.previous):
            continue
        at = event.spoken_at if event.oral and event.spoken_at is not None else item.at
        since = incident.reported_at
        yield Row(
            topic=r.LEVEL, key=event.level, outcome="declared", since=since, at=at, clause=event.clause,
            seconds=r.seconds(since, at) if since is not None else None,
        )  # fmt: skip


def _corrections(incident: Incident) -> Iterator[Row]:
    for item in incident.corrections:
        yield Row(topic=r.CORRECTION, key=item.kind, outcome="owed", at=item.at)


def _waivers(plan: Plan, incident: Incident, policy: Policy) -> Iterator[Row]:
    tasks = {task.id for task in tasks_after(plan)}
    for instance in incident.instances.values():
        if instance.status == "waived" and not instance.possible:
            due, local = _due(plan, instance, policy)
            yield Row(
                topic=r.WAIVER, key=stage_of(instance.report, task=instance.rule in tasks), name=instance.report,
                channel="" if instance.channel == "any" else instance.channel,
                outcome="late" if _too_late(instance, due) else "in_time", due=due, at=instance.settled_at,
                clause=instance.clause, local=local,
            )  # fmt: skip
