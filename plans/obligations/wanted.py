"""Which instances a plan's rules demand of an incident as it stands: a pure reading of rules, state and filings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plans.acting import carries_out
from plans.core.policy import Policy
from plans.incident.records import Filing
from plans.incident.state import Incident
from plans.logic import Environment, Truth, truth
from plans.model import Obligation, Plan
from plans.obligations.rules import AfterTask, rules_of
from plans.obligations.starts import (
    FROM_THE_FIRST,
    begin,
    came_to_hold,
    due_from,
    end_of_work,
    first_of_day,
    level_began,
    phoned,
    recipients,
    span_of,
    stopped,
)
from plans.obligations.telling import differing, heard, reached
from plans.times import BEIJING, midnight

CORRECTION = "correction"
"""The rule id of a correction owed to those who were told wrong figures; a local rule: no clause sets its time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """An instance that should exist.

    Attributes:
        floor: calls made before it do not count; with ``strict``, neither does one at that very moment.
        after: what was recorded up to this number in the log does not count.
        figures: a recipient is covered only when it heard the newest figures.
        once: it has one deadline and does not recur.
        received: recipients that the report itself reached (the office that keeps this incident).
    """

    key: str
    rule: str
    clause: str
    report: str
    channel: str
    due: datetime
    to: tuple[str, ...]
    possible: bool = False
    by_office: bool = True
    local: bool = False
    floor: datetime | None = None
    strict: bool = False
    after: int = 0
    figures: bool = False
    once: bool = True
    received: tuple[str, ...] = ()
    received_at: datetime | None = None


@carries_out("clock", "report", "Obligation", "Clock", "Variation")
def wanted(plan: Plan, incident: Incident, env: Environment, policy: Policy) -> list[Wanted]:
    """Return every instance that the incident's state demands, corrections first, then in the plan's order."""
    items = list(corrections(incident, policy))
    if incident.open and incident.reported_at is not None and incident.occurred_at is not None:
        # What follows a telephone report needs the instances that it may follow.
        rules = sorted(_holding(plan, env, _beyond(env, incident)), key=lambda item: _follows_a_call(item[0]))
        for rule, possible, reading in rules:
            started = begin(rule, incident, reading)
            if started is not None or rule.clock.from_ in _SEVERAL:
                base = _base(plan, rule, incident, possible)
                items.extend(_instances(base, rule, incident, reading, policy, started, items))
    items = [_after(item, incident) for item in items]
    return [item for item in items if not _implied(item, items)]


def _follows_a_call(rule: Obligation) -> bool:
    return rule.clock.from_ == "phone_filed" or bool(rule.clock.of)


_SEVERAL = frozenset({"casualties_changed", "requested", "phone_filed", "filed", "holds"})
"""Starts of which there may be several, or which are read of the instances; any other has come, or has not."""


def _holding(plan: Plan, env: Environment, worse: Environment | None) -> Iterator[tuple[Obligation, bool, Environment]]:
    """Yield the rules that hold, whether only possibly, and by what their spans are read.

    Args:
        worse: the event as it is if the determination that facts have overtaken is too low; what is owed only then
            is possible, and what the determination demands is owed until it is given anew.
    """
    for rule in rules_of(plan):
        answer = truth(rule.when, env)
        if answer is not Truth.FALSE:
            yield rule, answer is Truth.POSSIBLE, env
        elif worse is not None and truth(rule.when, worse) is not Truth.FALSE:
            yield rule, True, worse


def _beyond(env: Environment, incident: Incident) -> Environment | None:
    doubt = incident.doubt
    if doubt is None or doubt.held is None or not doubt.beyond:
        return None
    return replace(env, event_levels=frozenset(doubt.beyond), undetermined=False)


def _base(plan: Plan, rule: Obligation, incident: Incident, possible: bool) -> Wanted:
    to = recipients(plan, rule)
    # The report by which the office learnt of it is what others owed it at first, not what they owe it later or in
    # writing.
    first = rule.clock.from_ in FROM_THE_FIRST and rule.channel != "书面"
    own = tuple(name for name in to if name in (plan.office, plan.office_unit)) if first and not rule.by_office else ()
    start = incident.occurred_at or incident.reported_at
    if start is None:
        raise ValueError("an incident without a report has no obligations")
    return Wanted(
        key="",
        rule=rule.id,
        clause=rule.clause,
        report=rule.report,
        channel=rule.channel,
        due=start,
        to=to,
        possible=possible,
        by_office=rule.by_office,
        local=rule.local,
        received=own,
        received_at=incident.reported_at,
    )


def _after(item: Wanted, incident: Incident) -> Wanted:
    instance = incident.instances.get(item.key)
    return replace(item, after=max(item.after, instance.after)) if instance is not None and instance.after else item


def _implied(item: Wanted, others: list[Wanted]) -> bool:
    """A possible demand that a certain one already covers (same report and recipients, no later) is not shown."""
    return (
        item.possible
        and item.once
        and any(
            not other.possible
            and other.once
            and other.report == item.report
            and set(item.to) <= set(other.to)
            and other.due <= item.due
            and item.channel in ("any", other.channel)
            for other in others
        )
    )


def _instances(
    base: Wanted, rule: Obligation, incident: Incident, env: Environment, policy: Policy,
    started: tuple[int, datetime] | None, earlier: Sequence[Wanted],
) -> Iterator[Wanted]:  # fmt: skip
    """Yield what a rule demands.

    Args:
        started: see ``begin``.
        earlier: what the rules before it demand.
    """
    clock = rule.clock
    if clock.daily or clock.every is not None:
        if not stopped(rule, incident):
            yield from _recurring(base, rule, incident, env, started)
        return
    if isinstance(rule, AfterTask) and incident.response_level is None:
        return  # what ended without a response leaves nothing behind that the plan asks for
    span = policy.final if policy.final and rule.local and rule.report == "终报" else None

    def due(start: datetime) -> datetime:
        if isinstance(rule, AfterTask) and rule.local:
            return end_of_work(start + policy.after_end)
        return start + span if span is not None else due_from(rule, start, env, policy)

    if clock.from_ == "casualties_changed":
        level = level_began(rule, incident, env)
        yield from _changed_casualties(base, incident, span_of(rule, env), policy, level[1] if level else None)
    elif clock.from_ == "requested":
        for item in incident.requests:
            key = f"{rule.id}:{item.sequence}:1"
            due_at, to = due(item.requested_at), (item.recipient,)
            yield replace(base, key=key, due=due_at, to=to, after=item.sequence, possible=False)
    elif clock.from_ == "phone_filed" or (clock.from_ == "filed" and clock.of):
        demanded = {item.key for item in earlier}
        for instance in incident.instances.values():
            if instance.rule == clock.of and instance.key in demanded and (start := phoned(rule, instance, incident)):
                trigger, moment = start
                yield replace(base, key=f"{rule.id}:{trigger}:1", due=due(moment), after=instance.after)
    elif clock.from_ == "holds":
        key = f"{rule.id}:1:1"
        if not base.possible:
            yield replace(base, key=key, due=due(came_to_hold(key, incident)))
    elif started is not None:
        trigger, moment = started
        # What is owed from a later event on is not done by a report made before it; a final report may be early.
        floor = moment if clock.from_ not in FROM_THE_FIRST and rule.report != "终报" else None
        yield replace(base, key=f"{rule.id}:{trigger}:1", due=due(moment), floor=floor)


def _recurring(
    base: Wanted, rule: Obligation, incident: Incident, env: Environment, started: tuple[int, datetime] | None
) -> Iterator[Wanted]:
    """One open instance; the next runs from its filing. 每日 is once in each calendar day."""
    if started is None:
        return
    trigger, moment = started
    done = [item for item in incident.instances.values() if item.rule == rule.id and item.status in ("filed", "waived")]
    last = max((item.filed_at or item.due for item in done), default=None)
    base = replace(base, key=f"{rule.id}:{trigger}:{len(done) + 1}", once=False)
    if rule.clock.daily:
        first = first_of_day(rule, moment)
        day = first if last is None else max(first, last.astimezone(BEIJING).date() + timedelta(days=1))
        begins = midnight(day)
        # What was told before the clock began is no round of it.
        floor = begins if rule.clock.from_ in FROM_THE_FIRST else max(begins, moment)
        floor = floor if last is None or last < floor else last
        yield replace(base, due=begins + timedelta(days=1), floor=floor, strict=floor == last)
        return
    floor = moment if last is None or last < moment else last
    yield replace(base, due=floor + span_of(rule, env), floor=floor, strict=floor == last)


def _changed_casualties(
    base: Wanted, incident: Incident, span: timedelta, policy: Policy, since: datetime | None
) -> Iterator[Wanted]:
    """One follow-up is open at a time; it holds the newest figures and keeps the age of the oldest untold change.

    Args:
        since: when the level of response began at which it is owed: an older change is owed from then on.
    """
    correcting = {
        name
        for item in corrections(incident, policy)
        for name in item.to
        if item.key in incident.instances and incident.instances[item.key].status == "open"
        if name not in covered(item, incident)
    }
    hearers = tuple(name for name in base.to if name in heard(incident) and name not in correcting)
    untold = differing(incident, hearers)
    standing = next(
        (item for item in incident.instances.values() if item.rule == base.rule and item.status == "open"), None
    )
    if not hearers or (not untold and (standing is None or not reached(incident, standing, hearers))):
        return
    doubtful = set(incident.conflicts) | ({"deaths"} if incident.death_unconfirmed else set())
    unsure = bool(untold) and untold <= doubtful
    newest = max(incident.casualties_at or base.due, since or base.due)
    if standing is not None:
        key, due = standing.key, newest + span if standing.possible and not unsure else standing.due
    else:
        key, due = f"{base.rule}:{incident.casualties_sequence}:1", newest + span
        earlier = incident.instances.get(key)
        if earlier is not None and earlier.status == "waived" and earlier.possible is unsure:
            return
        if earlier is not None and earlier.status == "filed":
            key = f"{base.rule}:{incident.sequence}:1"
    yield replace(base, key=key, due=due, to=hearers, possible=base.possible or unsure, figures=True, once=False)


def corrections(incident: Incident, policy: Policy) -> Iterator[Wanted]:
    """Return what is owed to those who were told something wrong; after a merger the other incident owes it."""
    if incident.state in ("closed", "merged"):
        return
    for item in incident.corrections:
        if item.told:
            yield Wanted(
                key=f"{CORRECTION}:{item.sequence}:1",
                rule=CORRECTION,
                clause="",
                report="更正",
                channel="any",
                due=item.at + policy.correction,
                to=item.told,
                local=True,
                after=item.sequence,
            )


def covered(item: Wanted, incident: Incident) -> dict[str, datetime]:
    """Return for each covered recipient when it was told; all covered = filed."""
    filings = covering(item, incident)
    reached = item.received_at or item.due
    return {name: filing.called_at if filing is not None else reached for name, filing in filings.items()}


def covering(item: Wanted, incident: Incident) -> dict[str, Filing | None]:
    """Return for each covered recipient the filing by which it heard; None where the report itself reached it."""
    filings: dict[str, Filing | None] = {}
    if item.received_at is not None and _in_time(item, item.received_at):
        filings.update(dict.fromkeys(item.received))
    if item.figures:
        last = heard(incident)
        right = [name for name in item.to if name in last and not differing(incident, (name,))]
        return filings | {name: last[name] for name in right}
    reports = {item.report, "续报"} if item.rule == CORRECTION else {item.report}
    for filing in incident.filings:
        name, at = filing.recipient, filing.called_at
        if name not in item.to or filing.report not in reports or filing.sequence <= item.after:
            continue
        if item.channel not in ("any", filing.channel):
            continue
        if not _in_time(item, at):
            continue
        if filing.obligation and filing.obligation.partition(":")[0] != item.rule:
            continue  # made for another one of this kind: a brief word is not the authoritative one
        if name not in filings or at < _heard_at(item, filings[name]):
            filings[name] = filing
    return filings


def _heard_at(item: Wanted, filing: Filing | None) -> datetime:
    return filing.called_at if filing is not None else item.received_at or item.due


def _in_time(item: Wanted, at: datetime) -> bool:
    """Whether what was told at a moment counts: not before the floor of this round, nor what closed the last one."""
    return item.floor is None or at > item.floor or (at == item.floor and not item.strict)
