"""Reports made, in vain or excused; verification asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from plans import commands as c
from plans import events as e
from plans.assess import environment
from plans.decide.case import Case
from plans.decide.outcome import Refusal
from plans.incident import Instance
from plans.incident.past import figures_at
from plans.incident.rounds import CALL
from plans.obligations.starts import recipients
from plans.obligations.wanted import covered, wanted

TOLERANCE = timedelta(minutes=1)
"""A call time may lie this far ahead of our clock: telephones and computers differ a little."""

ONCE = ("首报", "终报")
"""Reports that are made to a recipient once; a second one needs a new reason to be owed."""


SHARED = (*ONCE, "续报", "更正", "核实答复")
"""Kinds of which one report serves whatever asks for it; of others (信息发布) each obligation has its own."""


def file(case: Case, command: c.File) -> Refusal | None:
    """Record a report to one recipient, several, or all that are owed it; lateness counts by the call's time."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    called_at = command.called_at or case.now
    instance = find_instance(case, command.obligation) if command.obligation else None
    if command.obligation and instance is None:
        return _no_such(case, command.obligation)
    report = instance.report if instance else command.report
    problem = (
        _time(case, called_at) or _recipients(case, command.to) or _instance(case, instance, command.channel, report)
    )
    if problem:
        return problem
    if instance is None and report not in SHARED:
        own = _of_kind(case, report, command.channel, command.to)
        if len({item.rule for item in own}) > 1:
            return _which(case, report, own)
        instance = own[0] if own else None
    fixed = instance.channel if instance and instance.channel != "any" else ""
    channel = fixed or command.channel or "电话"
    owed = _owed(case, report, channel, instance)
    told = {(item.recipient, item.channel) for item in case.incident.filings if item.report == report}
    to = command.to or owed or _once_owed(case, report)
    again = tuple(name for name in to if report in ONCE and name not in owed and (name, channel) in told)
    if not to:
        return Refusal(key="nobody_owed", params={"report": report, "channel": channel, "known": _reports(case)})
    if again and (command.to or set(again) == set(to)):
        return Refusal(key="already_filed_to", params={"report": report, "channel": channel, "to": list(again)})
    told_figures = figures_at(case.incident, called_at, command.shown)
    case.record(
        *(
            e.Filed(
                report=report,
                recipient=name,
                channel=channel,
                called_at=called_at,
                taker=command.taker or None,
                by=case.actor.id,
                name=case.actor.name or None,
                figures=told_figures,
                document=command.document,
                obligation=instance.key if instance is not None and report not in SHARED else "",
            )
            for name in to
            if name not in again
        )
    )
    return None


def _of_kind(case: Case, report: str, channel: str, to: tuple[str, ...]) -> list[Instance]:
    """Return the open instances of a kind of report that a filing may be meant for, the earliest due first."""
    return [
        item
        for item in case.incident.open_instances
        if item.report == report
        and not item.possible
        and item.channel in ("any", channel or "电话")
        and (not to or set(to) & set(item.to))
    ]


def _which(case: Case, report: str, own: list[Instance]) -> Refusal:
    """Ask which of several obligations of one kind a filing is for."""
    rules = {rule.id: rule for rule in case.plan.obligations}
    among = [
        {
            "obligation": item.key,
            "rule": item.rule,
            "clause": item.clause,
            "due": item.due,
            "text": rules[item.rule].evidence if item.rule in rules else "",
        }
        for item in own
    ]
    return Refusal(key="which_obligation", clause=own[0].clause, params={"report": report, "among": among})


def _time(case: Case, called_at: datetime) -> Refusal | None:
    if called_at > case.now + TOLERANCE:
        return Refusal(key="time_ahead", params={"given": called_at})
    occurred = case.incident.occurred_at if case.incident.occurred_basis != "assumed" else None
    if occurred is not None and called_at < occurred:
        return Refusal(key="called_before_occurrence", params={"given": called_at, "occurred_at": occurred})
    return None


def _instance(case: Case, instance: Instance | None, channel: str, report: str) -> Refusal | None:
    if not report:
        return Refusal(key="report_missing", params={"known": _reports(case)})
    if instance is None:
        return None
    if instance.status != "open":
        return Refusal(
            key="already_filed", clause=instance.clause, params={"report": report, "status": instance.status}
        )
    if channel and instance.channel not in ("any", channel):
        return Refusal(
            key="wrong_channel",
            clause=instance.clause,
            params={"report": report, "channel": instance.channel, "given": channel},
        )
    return None


def _owed(case: Case, report: str, channel: str, instance: Instance | None) -> tuple[str, ...]:
    """Return who has not heard it yet: of this instance, else of every certain one of that kind."""
    incident = case.incident
    certain = [item for item in incident.open_instances if item.report == report and not item.possible]
    chosen = [instance] if instance else certain
    demanded = {item.key: item for item in wanted(case.plan, incident, environment(case.plan, incident), case.policy)}
    names: list[str] = []
    for item in chosen:
        if item.channel in ("any", channel):
            heard = covered(demanded[item.key], incident) if item.key in demanded else {}
            names.extend(name for name in item.to if name not in heard)
    return tuple(dict.fromkeys(names))


def _once_owed(case: Case, report: str) -> tuple[str, ...]:
    """Return who is told by a report that is made though none is owed: nobody to whom it was never owed.

    Where none has ever been owed for certain, those to whom it may be, else whoever was told something before.
    """
    arisen = [
        item
        for item in case.incident.instances.values()
        if item.report == report and item.by_office and item.status != "superseded"
    ]
    certain = [item for item in arisen if not item.possible]
    return tuple(dict.fromkeys(name for item in certain or arisen for name in item.to)) or tuple(case.incident.told())


def _recipients(case: Case, given: tuple[str, ...]) -> Refusal | None:
    known = {name for rule in case.plan.obligations for name in recipients(case.plan, rule)} | {
        unit.id for unit in case.plan.units
    }
    known |= {name for item in case.incident.instances.values() for name in item.to}
    strange = [name for name in given if name not in known]
    return Refusal(key="unknown_recipient", params={"given": strange, "known": sorted(known)}) if strange else None


def _reports(case: Case) -> list[str]:
    open_ones = [item.report for item in case.incident.open_instances]
    return list(dict.fromkeys([*(rule.report for rule in case.plan.obligations), *open_ones]))


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
    known = command.about in case.incident.instances or command.about.startswith(CALL)
    about = command.about if known else _rung_about(case, command.recipient)
    case.record(e.RingFailed(recipient=command.recipient, outcome=command.outcome, about=about))
    return None


def _rung_about(case: Case, recipient: str) -> str:
    """Return what somebody is rung about where nobody said it.

    What is due first and has not been heard, by telephone before what is left open and never in writing; else the call.
    """
    demanded = {
        item.key: item for item in wanted(case.plan, case.incident, environment(case.plan, case.incident), case.policy)
    }
    left = [
        item
        for item in case.incident.open_instances
        if item.by_office and not item.possible and item.channel != "书面" and recipient in item.to
        if item.key in demanded and recipient not in covered(demanded[item.key], case.incident)
    ]
    if left:
        return min(left, key=lambda item: item.channel != "电话").key
    call = case.incident.calls.get(recipient)
    return f"{CALL}{call.unit}:{call.round}" if call is not None else ""


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
    recipient = command.recipient or recipients(case.plan, rule)[0]
    problem = _recipients(case, (recipient,))
    if problem:
        return problem
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
    case.record(
        e.ObligationWaived(key=instance.key, by=case.actor.id, reason=command.reason, name=case.actor.name or None)
    )
    return None
