"""Reports made: to whom, by which way, when, and what was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.acting import carries_out
from plans.bodies import known_units
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.instances import find_instance, no_such
from plans.incident.past import figures_at
from plans.incident.records import Filing, Instance
from plans.incident.state import Incident
from plans.obligations.demands import demanded
from plans.obligations.rules import rules_of, tasks_after
from plans.obligations.starts import recipients
from plans.obligations.wanted import covered

ONCE = ("首报", "终报")
"""Reports that are made to a recipient once; a second one needs a new reason to be owed."""


SHARED = (*ONCE, "续报", "更正", "核实答复")
"""Kinds of which one report serves whatever asks for it; of others (信息发布) each obligation has its own."""


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class File(Command):
    """Record that a report was made: to one recipient, several, or all that are owed it.

    Attributes:
        channel: empty = as the obligation demands, by telephone where it demands none.
        document: what shows a task after the end to be done: number, title or place of the paper.
        called_at: when the call was made; lateness counts by it.
        shown: number in the log up to which the words knew that were read out; 0 = all that was known at the call.
    """

    report: str = ""
    channel: str = ""
    to: tuple[str, ...] = ()
    obligation: str = ""
    called_at: datetime | None = None
    taker: str = ""
    document: str = ""
    shown: int = 0

    until_closed = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Filed(Event, name="filed", personal=("taker", "name")):
    """A report was made to one recipient over one channel. ``figures`` is what that recipient was told.

    Attributes:
        obligation: the instance that alone it was made for; empty for a report that serves every one of its kind.
    """

    report: str
    recipient: str
    channel: str
    called_at: datetime
    taker: str | None = None
    by: str
    name: str | None = None
    figures: dict[str, Any] = field(default_factory=dict)
    document: str = ""
    obligation: str = ""

    undoable = True


# --- what may happen


@carries_out("command", "file", "Obligation")
@decides(File)
def file(case: Case, command: File) -> Refusal | None:
    """Record a report to one recipient, several, or all that are owed it; lateness counts by the call's time."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    called_at = command.called_at or case.now
    instance = find_instance(case, command.obligation) if command.obligation else None
    if command.obligation and instance is None:
        return no_such(case, command.obligation)
    report = instance.report if instance else command.report
    problem = _time(case, called_at) or strange(case, command.to) or _instance(case, instance, command.channel, report)
    if problem:
        return problem
    if instance is None and report not in SHARED:
        own = _of_kind(case, report, command.channel, command.to)
        if len({item.rule for item in own}) > 1:
            return _which(case, report, own)
        instance = own[0] if own else None
    if instance is not None and not command.document.strip() and _is_task(case, instance):
        return Refusal(key="document_to_file", clause=instance.clause, params={"report": report})
    fixed = instance.channel if instance and instance.channel != "any" else ""
    channel = fixed or command.channel or "电话"
    owed = _owed(case, report, channel, instance)
    filings = {(item.recipient, item.channel) for item in case.incident.filings if item.report == report}
    to = command.to or owed or _once_owed(case, report)
    again = tuple(name for name in to if report in ONCE and name not in owed and (name, channel) in filings)
    if not to:
        return Refusal(key="nobody_owed", params={"report": report, "channel": channel, "known": _reports(case)})
    if again and (command.to or set(again) == set(to)):
        return Refusal(key="already_filed_to", params={"report": report, "channel": channel, "to": list(again)})
    told_figures = figures_at(case.incident, called_at, command.shown)
    case.record(
        *(
            Filed(
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


def _is_task(case: Case, instance: Instance) -> bool:
    return any(rule.id == instance.rule for rule in tasks_after(case.plan))


def _of_kind(case: Case, report: str, channel: str, to: tuple[str, ...]) -> list[Instance]:
    """Return the open instances of a kind of report that a filing may be meant for, the earliest due first."""
    return [
        item
        for item in case.incident.open_instances
        if item.report == report
        and not item.possible
        and (item.channel in ("any", channel or "电话") or (not channel and _is_task(case, item)))
        and (not to or set(to) & set(item.to))
    ]


def _which(case: Case, report: str, own: list[Instance]) -> Refusal:
    """Ask which of several obligations of one kind a filing is for."""
    rules = {rule.id: rule for rule in rules_of(case.plan)}
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
    problem = case.ahead(called_at)
    if problem is not None:
        return problem
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
    demands = demanded(case.plan, incident, case.policy)
    names: list[str] = []
    for item in chosen:
        if item.channel in ("any", channel):
            heard = covered(demands[item.key], incident) if item.key in demands else {}
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
    return tuple(dict.fromkeys(name for item in certain or arisen for name in item.to)) or tuple(
        case.incident.last_filings()
    )


def strange(case: Case, names_given: tuple[str, ...]) -> Refusal | None:
    """Refuse names to which nothing is owed and nobody reports."""
    names = {name for rule in rules_of(case.plan) for name in recipients(case.plan, rule)}
    names |= known_units(case.plan, case.incident) | {item.recipient for item in case.incident.filings}
    names |= {name for item in case.incident.instances.values() for name in item.to}
    unknown = [name for name in names_given if name not in names]
    return Refusal(key="unknown_recipient", params={"given": unknown, "known": sorted(names)}) if unknown else None


def _reports(case: Case) -> list[str]:
    open_ones = [item.report for item in case.incident.open_instances]
    return list(dict.fromkeys([*(rule.report for rule in case.plan.obligations), *open_ones]))


# --- what it does to the incident


@applies(Filed)
def _on_filed(incident: Incident, event: Filed, item: Recorded) -> None:
    incident.filings.append(
        Filing(
            sequence=item.sequence,
            report=event.report,
            recipient=event.recipient,
            channel=event.channel,
            called_at=event.called_at,
            recorded_at=item.at,
            taker=event.taker or "",
            by=event.name or "",
            figures=dict(event.figures),
            document=event.document,
            obligation=event.obligation,
        )
    )


# --- who is told


@tells(Filed)
def _tell_filed(event: Filed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="final" if event.report == "终报" else "filed",
        key="worksheet",
        to=SEAT,
        priority=3,
        edits=True,
        params={"recipient": event.recipient, "report": event.report},
    )
