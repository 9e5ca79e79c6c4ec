"""Which instances a plan's rules demand of an incident as it stands: a pure reading of rules, state and filings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from plans.incident.figures import figures
from plans.incident.state import Filing, Incident, Instance
from plans.logic import Environment, Truth, truth
from plans.model import Obligation, Plan
from plans.obligations.policy import Policy

BEIJING = timezone(timedelta(hours=8))
"""The plans' calendar days (每日) are Beijing days; China has had no other offset since 1991."""

CORRECTION = "correction"
"""The rule id of a correction owed to those who were told wrong figures; a local rule, no plan's clause sets its time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """An instance that should exist.

    Attributes:
        floor: filings made before it do not count.
        figures: a recipient is covered only when it heard the newest figures.
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
    figures: bool = False
    received: tuple[str, ...] = ()
    received_at: datetime | None = None


def wanted(plan: Plan, incident: Incident, env: Environment, policy: Policy) -> list[Wanted]:
    """Return every instance that the incident's state demands, in the plan's order."""
    found = list(_corrections(incident, policy))
    if incident.open:
        for rule in plan.obligations:
            holds = truth(rule.when, env) if rule.when is not None else Truth.TRUE
            if holds is not Truth.FALSE:
                own = (
                    () if rule.by_office else tuple(name for name in rule.to if name in (plan.office, plan.office_unit))
                )
                for item in _instances(rule, incident, env, policy, possible=holds is Truth.POSSIBLE):
                    found.append(replace(item, received=own, received_at=incident.reported_at))
    return [item for item in found if not _implied(item, found)]


def _implied(item: Wanted, others: list[Wanted]) -> bool:
    """A possible demand that a certain one already covers (same report, same recipients, no later) is not shown."""
    return item.possible and any(
        not other.possible
        and other.report == item.report
        and other.key != item.key
        and set(item.to) <= set(other.to)
        and other.due <= item.due
        and item.channel in ("any", other.channel)
        for other in others
    )


def _instances(
    rule: Obligation, incident: Incident, env: Environment, policy: Policy, *, possible: bool
) -> Iterator[Wanted]:
    clock = rule.clock
    base = Wanted(
        key="", rule=rule.id, clause=rule.clause, report=rule.report, channel=rule.channel, due=incident.occurred_at or _start(incident),
        to=rule.to, possible=possible, by_office=rule.by_office, local=rule.local,
    )  # fmt: skip
    if clock.daily or clock.every is not None:
        if not _stopped(rule, incident):
            yield _recurring(base, rule, incident, env)
        return
    span = _within(rule, env)
    if clock.from_ == "casualties_changed":
        yield from _changed_casualties(base, incident, span)
    elif clock.from_ == "requested":
        for sequence, recipient, at, _ in incident.requests:
            yield replace(base, key=f"{rule.id}:{sequence}:1", due=at + span, to=(recipient,), floor=at, possible=False)
    elif clock.from_ in ("phone_filed", "filed"):
        for filing in _first_filings(rule, incident):
            yield replace(
                base, key=f"{rule.id}:{filing.sequence}:1", due=filing.called_at + span, floor=filing.called_at
            )
    else:
        begin = _begin(rule, incident)
        if begin is not None:
            trigger, start = begin
            floor = start if clock.from_ in ("response_ended", "closed") and rule.report != "终报" else None
            target = policy.final if rule.local and rule.report == "终报" and rule.clock.within is None else span
            yield replace(base, key=f"{rule.id}:{trigger}:1", due=start + target, floor=floor)


def _start(incident: Incident) -> datetime:
    if incident.reported_at is None:
        raise ValueError("an incident without a report has no obligations")
    return incident.reported_at


def _within(rule: Obligation, env: Environment) -> timedelta:
    for change in rule.changes:
        if change.within is not None and truth(change.when, env) is Truth.TRUE:
            return change.within
    return rule.clock.within or timedelta()


def _begin(rule: Obligation, incident: Incident) -> tuple[int, datetime] | None:
    moments = {
        "occurred": (1, incident.occurred_at),
        "known": (1, incident.reported_at),
        "determined": (incident.level_raised_sequence, incident.determined_at),
        "response_started": (1, incident.response_started_at),
        "response_adjusted": (incident.declared_sequence, incident.response_adjusted_at),
        "response_ended": (incident.ended_sequence, incident.ended_at),
        "closed": (1, incident.closed_at),
    }
    trigger, start = moments[rule.clock.from_]
    return None if start is None else (trigger, start)


def _stopped(rule: Obligation, incident: Incident) -> bool:
    if rule.clock.until == "final_filed":
        return any(item.report == "终报" and item.status == "filed" for item in incident.instances.values())
    return rule.clock.until == "response_ended" and incident.ended_at is not None


def _recurring(base: Wanted, rule: Obligation, incident: Incident, env: Environment) -> Wanted:
    """One open instance; the next runs from its filing. 每日 is once in each calendar day."""
    done = [item for item in incident.instances.values() if item.rule == rule.id and item.status in ("filed", "waived")]
    last = max((item.filed_at or item.due for item in done), default=None)
    key = f"{rule.id}:1:{len(done) + 1}"
    if rule.clock.daily:
        # The day of occurrence counts, unless the written first report itself may come on the next day.
        first = (base.due + timedelta(hours=1)).astimezone(BEIJING).date()
        day = first if last is None else max(first, last.astimezone(BEIJING).date() + timedelta(days=1))
        begin = datetime(day.year, day.month, day.day, tzinfo=BEIJING)
        floor = begin if last is None or last < begin else last
        return replace(base, key=key, due=begin + timedelta(days=1), floor=floor)
    every = rule.clock.every or timedelta()
    for change in rule.changes:
        if change.every is not None and truth(change.when, env) is Truth.TRUE:
            every = change.every
            break
    start = last or _recurring_start(rule, incident) or base.due
    return replace(base, key=key, due=start + every, floor=start)


def _recurring_start(rule: Obligation, incident: Incident) -> datetime | None:
    if rule.clock.from_ in ("filed", "phone_filed"):
        firsts = [
            item.filed_at
            for item in incident.instances.values()
            if item.report == "首报" and item.by_office and item.filed_at
        ]
        return max(firsts, default=None)
    begin = _begin(rule, incident)
    return begin[1] if begin else None


def _first_filings(rule: Obligation, incident: Incident) -> list[Filing]:
    """Return, for each instance of the rule that this one follows, its first (telephone) filing."""
    found = []
    for instance in incident.instances.values():
        if instance.rule != rule.clock.of or instance.status == "superseded":
            continue
        filings = [
            filing
            for filing in incident.filings
            if filing.recipient in instance.to
            and filing.report == instance.report
            and (rule.clock.from_ == "filed" or filing.channel == "电话")
        ]
        if filings:
            found.append(min(filings, key=lambda filing: (filing.called_at, filing.sequence)))
    return found


def _changed_casualties(base: Wanted, incident: Incident, span: timedelta) -> Iterator[Wanted]:
    """One follow-up is open at a time; it holds the newest figures and keeps the age of the oldest untold change."""
    correcting = {name for item in _corrections(incident, Policy()) if not covered(item, incident) for name in item.to}
    told = incident.told()
    heard = tuple(name for name in base.to if name in told and name not in correcting)
    current = figures(incident)
    differing = {
        fact
        for name in heard
        for fact in {*current, *told[name].figures}
        if told[name].figures.get(fact) != current.get(fact)
    }
    standing: Instance | None = next(
        (item for item in incident.instances.values() if item.rule == base.rule and item.status == "open"), None
    )
    if not heard or (not differing and standing is None):
        return
    unsure = differing <= ({"deaths"} if incident.death_unconfirmed else set()) | set(incident.conflicts) and bool(
        differing
    )
    if standing is not None:
        key, due = standing.key, standing.due
    else:
        key, due = f"{base.rule}:{incident.casualties_sequence}:1", (incident.casualties_at or base.due) + span
    yield replace(base, key=key, due=due, to=heard, possible=base.possible or unsure, figures=True)


def _corrections(incident: Incident, policy: Policy) -> Iterator[Wanted]:
    if incident.state == "closed":
        return
    for sequence, at, told, _, _, _ in incident.corrections:
        if told:
            yield Wanted(key=f"{CORRECTION}:{sequence}:1", rule=CORRECTION, clause="", report="更正", channel="any",
                         due=at + policy.correction, to=told, local=True, floor=at)  # fmt: skip


def covered(item: Wanted, incident: Incident) -> dict[str, datetime]:
    """Return for each covered recipient when it was told; all covered = filed."""
    found: dict[str, datetime] = {}
    if item.received_at is not None:
        found.update(dict.fromkeys(item.received, item.received_at))
    current = figures(incident) if item.figures else {}
    reports = {item.report} | ({"续报"} if item.rule == CORRECTION else set()) | ({"更正"} if item.figures else set())
    for filing in incident.filings:
        if filing.recipient not in item.to or filing.recipient in found and not item.figures:
            continue
        if filing.report not in reports and not (item.figures and filing.report == "首报"):
            continue
        if item.channel != "any" and filing.channel != item.channel:
            continue
        if item.floor is not None and filing.called_at < item.floor:
            continue
        if item.figures:
            if filing.figures == current:
                found[filing.recipient] = filing.called_at
            else:
                found.pop(filing.recipient, None)
            continue
        found[filing.recipient] = filing.called_at
    return found
