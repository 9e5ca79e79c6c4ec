"""From which moment a clock runs, how long, and when a recurring one stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from plans.core.policy import Policy
from plans.incident.records import Instance
from plans.incident.state import Incident
from plans.logic import Environment, Truth, names_in, truth
from plans.model import Obligation, Plan
from plans.times import BEIJING, midnight

LATE_IN_THE_DAY = timedelta(hours=1)
"""An incident of the last hour has its first report on the next day; its daily reports begin then."""


FROM_THE_FIRST = ("occurred", "known")
"""Starts that have come when the incident is reported; the others come later, or never."""


def begin(rule: Obligation, incident: Incident, env: Environment) -> tuple[int, datetime] | None:
    """Return the number of the triggering event (1 = the report) and the moment, or None when it has not come.

    What is owed at some levels of response only begins with such a level, not with the response.
    """
    level = level_began(rule, incident, env)
    if rule.clock.from_ == "response_started" and level is not None:
        return level
    if rule.clock.from_ in ("filed", "phone_filed"):
        first = _first_report(incident)
        return None if first is None else (1, first)
    determined = incident.determined_at if incident.event_level is not None else None
    moments: dict[str, tuple[int, datetime | None]] = {
        "occurred": (1, incident.occurred_at),
        "known": (1, incident.reported_at),
        "determined": (incident.determined_sequence, determined),
        "response_started": (1, incident.response_started_at),
        "response_adjusted": (incident.declared_sequence, incident.response_adjusted_at),
        "response_ended": (incident.ended_sequence, incident.ended_at),
        "closed": (1, incident.closed_at),
    }
    trigger, start = moments.get(rule.clock.from_, (0, None))
    return None if start is None else (trigger, start)


def came_to_hold(key: str, incident: Incident) -> datetime:
    """Return when the condition of a rule became certain: when its instance arose, else with the newest event."""
    instance = incident.instances.get(key)
    if instance is None or instance.status == "superseded":
        return incident.events[-1].at
    return instance.opened_at


def level_began(rule: Obligation, incident: Incident, env: Environment) -> tuple[int, datetime] | None:
    """Return when the response came to a level of the rule's and has stayed at one since, with the number of the event.

    None where the rule names no level of response, or the response is at none of its levels. The response's own first
    level has the number 1, as the response has.
    """
    if rule.when is None or "response_level" not in names_in(rule.when):
        return None
    declared = [item for item in incident.decisions if item.kind in ("declare", "adjust")]
    holds = {
        level: truth(rule.when, replace(env, response_level=level)) is not Truth.FALSE
        for level in {item.level for item in declared}
    }
    began = None
    for place, item in enumerate(declared):
        if not holds[item.level]:
            began = None
        elif began is None:
            began = (item.sequence if place else 1, item.at)
    return began


def _first_report(incident: Incident) -> datetime | None:
    filed = [item.filed_at for item in incident.instances.values() if item.report == "首报" and item.by_office]
    return max((moment for moment in filed if moment is not None), default=None)


def phoned(rule: Obligation, instance: Instance, incident: Incident) -> tuple[int, datetime] | None:
    """Return the first recorded (telephone) report of an instance, and the moment of its earliest call."""
    filings = [
        filing
        for filing in incident.filings
        if filing.recipient in instance.to
        and filing.report == instance.report
        and filing.sequence > instance.after
        and (rule.clock.from_ == "filed" or filing.channel == "电话")
    ]
    if not filings:
        return None
    return min(filing.sequence for filing in filings), min(filing.called_at for filing in filings)


def span_of(rule: Obligation, env: Environment) -> timedelta:
    """Return how long the clock runs; the first variation whose condition holds counts."""
    for change in rule.changes:
        span = change.within if rule.clock.every is None else change.every
        if span is not None and truth(change.when, env) is Truth.TRUE:
            return span
    return rule.clock.every or rule.clock.within or timedelta()


def due_from(rule: Obligation, start: datetime, env: Environment, policy: Policy) -> datetime:
    """Return when one occurrence is due; a clock of workdays ends with the last of them."""
    if rule.clock.workdays is None:
        return start + span_of(rule, env)
    day, days = start.astimezone(BEIJING).date(), rule.clock.workdays
    while days:
        day += timedelta(days=1)
        days -= policy.calendar.day(day).work
    return midnight(day) + timedelta(days=1)


def end_of_work(moment: datetime) -> datetime:
    """Return the end of the day's work on the day of a moment: a local time of days rings nobody at night."""
    return moment.astimezone(BEIJING).replace(hour=17, minute=30, second=0, microsecond=0)


def recipients(plan: Plan, rule: Obligation) -> tuple[str, ...]:
    """Return to whom a rule's report is owed, each for itself; ``to_members`` adds every member unit."""
    members = (unit.id for unit in plan.units if unit.member and not unit.place_bound) if rule.to_members else ()
    return tuple(dict.fromkeys((*rule.to, *members)))


def first_of_day(rule: Obligation, start: datetime) -> date:
    """Return the first calendar day that a daily clock counts."""
    shift = LATE_IN_THE_DAY if rule.clock.from_ == "occurred" else timedelta()
    return (start + shift).astimezone(BEIJING).date()


def stopped(rule: Obligation, incident: Incident) -> bool:
    """Return whether a recurring clock has stopped."""
    if rule.clock.until == "final_filed":
        return any(item.report == "终报" and item.status == "filed" for item in incident.instances.values())
    return rule.clock.until == "response_ended" and incident.ended_at is not None
