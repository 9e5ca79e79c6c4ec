"""Reports made, in vain or excused; verification asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.outcome import Refusal
from plans.incident.figures import figures_at
from plans.incident.state import Instance

TOLERANCE = timedelta(minutes=1)
"""A call time may lie this far ahead of our clock: telephones and computers differ a little."""


def file(case: Case, command: c.File) -> Refusal | None:
    """Record a report to one recipient, several, or all that are owed it; lateness counts by the call's time."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    called_at = command.called_at or case.now
    if called_at > case.now + TOLERANCE:
        return Refusal(key="time_ahead", params={"given": called_at})
    instance = find_instance(case, command.obligation) if command.obligation else None
    if command.obligation and instance is None:
        return _no_such(case, command.obligation)
    report = instance.report if instance else command.report
    if not report:
        return Refusal(key="report_missing", params={"known": _reports(case)})
    if instance and not (instance.status == "open"):
        return Refusal(
            key="already_filed", clause=instance.clause, params={"report": report, "status": instance.status}
        )
    channel = instance.channel if instance and instance.channel != "any" else command.channel
    known = _recipients(case)
    strange = [name for name in command.to if name not in known]
    if strange:
        return Refusal(key="unknown_recipient", params={"given": strange, "known": sorted(known)})
    told = {(filing.recipient, filing.channel) for filing in case.incident.filings if filing.report == report}
    single = report in ("首报", "终报")
    to = command.to or _owed(case, report, channel, instance)
    again = tuple(name for name in to if single and (name, channel) in told)
    if again and (command.to or set(again) == set(to)):
        return Refusal(key="already_filed_to", params={"report": report, "channel": channel, "to": list(again)})
    if not to:
        return Refusal(key="nobody_owed", params={"report": report, "channel": channel, "known": _reports(case)})
    told_figures = figures_at(case.incident, called_at)
    case.record(
        *(
            e.Filed(
                report=report, recipient=name, channel=channel, called_at=called_at, taker=command.taker or None,
                by=case.actor.id, name=case.actor.name, figures=told_figures, document=command.document,
            )
            for name in to
            if name not in again
        )
    )  # fmt: skip
    return None


def _owed(case: Case, report: str, channel: str, instance: Instance | None) -> tuple[str, ...]:
    """Return all that are owed: of this instance, else of every open one of that kind, else of the plan's rules."""
    if instance is not None:
        return _uncovered(case, instance)
    open_ones = [
        item for item in case.incident.open_instances if item.report == report and item.channel in ("any", channel)
    ]
    names = [name for item in open_ones for name in _uncovered(case, item)]
    if not names:
        rules = [rule for rule in case.plan.obligations if rule.report == report and rule.by_office]
        seen = {item.rule for item in case.incident.instances.values()}
        names = [name for rule in rules if rule.id in seen or not seen & {r.id for r in rules} for name in rule.to]
    return tuple(dict.fromkeys(names))


def _uncovered(case: Case, instance: Instance) -> tuple[str, ...]:
    if instance.report not in ("首报", "终报"):
        return instance.to
    told = {
        filing.recipient
        for filing in case.incident.filings
        if filing.report == instance.report and instance.channel in ("any", filing.channel)
    }
    own = () if instance.by_office else (case.plan.office, case.plan.office_unit)
    return tuple(name for name in instance.to if name not in told and name not in own)


def _recipients(case: Case) -> set[str]:
    names = {name for rule in case.plan.obligations for name in rule.to} | {unit.id for unit in case.plan.units}
    return names | {name for item in case.incident.instances.values() for name in item.to}


def _reports(case: Case) -> list[str]:
    return list(dict.fromkeys(rule.report for rule in case.plan.obligations))


def find_instance(case: Case, given: str) -> Instance | None:
    """Return the instance of a key, else the open one (earliest due) of a rule, else its last one."""
    if given in case.incident.instances:
        return case.incident.instances[given]
    of_rule = [item for item in case.incident.instances.values() if item.rule == given]
    return next((item for item in case.incident.open_instances if item.rule == given), of_rule[-1] if of_rule else None)


def _no_such(case: Case, given: str) -> Refusal:
    return Refusal(
        key="unknown_obligation", params={"given": given, "known": [item.rule for item in case.incident.open_instances]}
    )


def ring_in_vain(case: Case, command: c.RingInVain) -> Refusal | None:
    """占线 or 没接通: kept for the record, the obligation stays open."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    case.record(e.RingFailed(recipient=command.recipient, outcome=command.outcome))
    return None


def request(case: Case, command: c.RequestVerification) -> Refusal | None:
    """A superior wants something verified: its clock starts."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    at: datetime = command.requested_at or case.now
    if at > case.now + TOLERANCE:
        return Refusal(key="time_ahead", params={"given": at})
    rule = next((item for item in case.plan.obligations if item.clock.from_ == "requested"), None)
    if rule is None:
        return Refusal(key="plan_has_no_verification")
    recipient = command.recipient or rule.to[0]
    if recipient not in _recipients(case):
        return Refusal(key="unknown_recipient", params={"given": [recipient], "known": list(rule.to)})
    case.record(e.VerificationRequested(recipient=recipient, requested_at=at, question=command.question or None))
    return None


def waive(case: Case, command: c.Waive) -> Refusal | None:
    """Excuse an open obligation, with a reason that stays in the record."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    instance = find_instance(case, command.obligation)
    if instance is None:
        return _no_such(case, command.obligation)
    if instance.status != "open":
        return Refusal(
            key="already_filed", clause=instance.clause, params={"report": instance.report, "status": instance.status}
        )
    if not command.reason.strip():
        return Refusal(key="reason_to_waive", clause=instance.clause, confirm="reason")
    case.record(e.ObligationWaived(key=instance.key, by=case.actor.id, reason=command.reason, name=case.actor.name))
    return None
