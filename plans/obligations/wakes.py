"""When the clock must look at an incident again, and what is due when it does. Reminders are local policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from plans.core.kind import CALL, WakePoint, slack_of
from plans.core.policy import Policy, after, pause
from plans.incident.records import Call, Instance
from plans.incident.records_beside import Statement
from plans.incident.records_decided import Doubt
from plans.incident.state import RUNNING, Incident
from plans.obligations.arrivals import ARRIVAL, IDLE, waited_for

ROOM = timedelta(minutes=1)
"""A reminder before the deadline is left out when the obligation arose less than this before it."""


Reminder = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Keys of instances, the steps of the ladder that are reminded, and which of the keys are overdue."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """What is due now, at most one reminder for each thing however many moments were missed."""

    reminders: tuple[Reminder, ...] = ()
    doubts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What persons' words are asked for again about, and of whom."""
    proposal: bool = False
    units: tuple[tuple[int, tuple[str, ...]], ...] = ()
    fallback: bool = False
    releases: tuple[int, ...] = ()
    """Numbers of statements for the public that wait."""
    arrivals: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Units past the moment that they named, by the step that they come to."""
    idle: tuple[str, ...] = ()
    """Units that said 收到 and nothing since."""
    submissions: tuple[int, ...] = ()
    """Numbers of reports that went up by a line, and nobody above has taken."""
    aid: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Numbers of calls for help of which nobody said what came, 0 for those not made; and who hears of each."""


def wakes(incident: Incident, policy: Policy) -> list[WakePoint]:
    """Return the next moment of everything that waits, in the incident's own time."""
    if incident.paused or incident.state == "closed":
        return []
    points = [
        WakePoint(
            item.key,
            point[0],
            "possible" if item.possible else "obligation",
            point[1],
            exact=item.possible or point[0] <= _begin(item, policy),
        )
        for item in incident.open_instances
        if (point := _next(item, policy)) is not None and not _asked_instead(item, incident, policy)
    ]
    points.extend(
        WakePoint(f"doubt:{item.subject}", _doubt_at(item, policy), "doubt") for item in incident.doubts.values()
    )
    if incident.open:
        points.extend(WakePoint(f"runs:{fact}", at, "runs") for fact, at in incident.runs.items() if at is not None)
    if (at := _proposal_at(incident, policy)) is not None:
        since = incident.proposal.rung_at or incident.proposal.at if incident.proposal else at
        points.append(WakePoint("proposal", at, "proposal", slack_of(at - since)))
    if incident.state == "responding":
        for call in incident.calls.values():
            if (at := _unit_at(call, policy)) is not None:
                # Nobody is called again before his time: only the list of the duty seat may come with other things.
                calls = call.reachable and not call.step
                slack = timedelta() if calls else slack_of(at - (call.escalated_at or call.called_at))
                points.append(WakePoint(f"unit:{call.unit}", at, CALL if calls else "unit", slack))
    points.extend(
        WakePoint(f"{kind}:{unit}", at, kind, slack_of(at - since))
        for kind, unit, since, at in waited_for(incident, policy)
    )
    points.extend(
        WakePoint(f"aid:{number}", at, "aid", slack_of(at - since)) for number, since, at in _aid(incident, policy)
    )
    points.extend(
        WakePoint(f"release:{item.sequence}", at, "release", slack_of(at - since))
        for item, since, at in _releases(incident, policy)
    )
    points.extend(
        WakePoint(f"submission:{item.sequence}", after(item.at, policy.fallback), "submission")
        for item in incident.submissions.values()
        if item.waits and not item.rung
    )
    if (at := _fallback_at(incident, policy)) is not None:
        points.append(WakePoint("fallback", at, "fallback"))
    return points


def due_at(incident: Incident, policy: Policy, now: datetime, *, ahead: bool = False, alone: bool = False) -> Due:
    """Return what has fallen due by ``now``; ``ahead`` also what may be said early, beside what else is said now."""
    points = [point for point in wakes(incident, policy) if point.falls_due(now, ahead=ahead, alone=alone)]
    groups: dict[tuple[str, ...], list[Instance]] = {}
    for point in points:
        if point.kind in ("obligation", "possible"):
            instance = incident.instances[point.key]
            # Said early, it is said to whom its own moment names: nobody hears of it later for that.
            groups.setdefault(_audience(instance, policy, max(now, point.at)), []).append(instance)
    steps: dict[int, list[str]] = {}
    for point in points:
        if point.key.startswith("unit:"):
            call = incident.calls[point.key.removeprefix("unit:")]
            steps.setdefault(call.step + 1 if call.reachable else max(3, call.step + 1), []).append(call.unit)
    waiting = waited_for(incident, policy) if any(point.kind in (ARRIVAL, IDLE) for point in points) else []
    due_units = {point.key for point in points if point.kind in (ARRIVAL, IDLE)}
    late: dict[int, list[str]] = {}
    for kind, unit, _, _ in waiting:
        if kind == ARRIVAL and f"{kind}:{unit}" in due_units:
            call = incident.calls[unit]
            late.setdefault(call.asked + 1 if call.reachable else 2, []).append(unit)
    # Whoever is half-way to the same word is named with the others, so that the seat hears of all of them once.
    some_idle = any(point.kind == IDLE for point in points)
    idle = [unit for kind, unit, since, at in waiting if kind == IDLE and some_idle and since + (at - since) / 2 <= now]
    return Due(
        arrivals=tuple((step, tuple(units)) for step, units in sorted(late.items())),
        idle=tuple(idle),
        reminders=tuple(
            (
                tuple(item.key for item in items),
                audience,
                tuple(item.key for item in items if not item.possible and now >= item.due),
            )
            for audience, items in sorted(groups.items())
        ),
        doubts=tuple(
            (doubt.subject, _climbed(doubt.at + policy.immediate, policy, now))
            for point in points
            if point.kind == "doubt"
            for doubt in [incident.doubts[point.key.removeprefix("doubt:")]]
        ),
        proposal=any(point.kind == "proposal" for point in points),
        units=tuple((step, tuple(units)) for step, units in sorted(steps.items())),
        releases=tuple(int(point.key.removeprefix("release:")) for point in points if point.kind == "release"),
        submissions=tuple(int(point.key.partition(":")[2]) for point in points if point.kind == "submission"),
        fallback=any(point.kind == "fallback" for point in points),
        aid=tuple(
            _aid_audience(incident, int(point.key[4:]), policy, max(now, point.at))
            for point in points
            if point.kind == "aid"
        ),
    )


def next_reminder(instance: Instance, policy: Policy) -> datetime | None:
    """Return when this instance is next reminded of, or None.

    A possible one, and one that somebody else bears, gets a single reminder.
    """
    reminder = _next(instance, policy)
    return reminder[0] if reminder is not None else None


def _next(instance: Instance, policy: Policy) -> tuple[datetime, timedelta] | None:
    """Return the next moment and how much earlier it may be said.

    A moment that comes right behind a reminder that was early was said with it.
    """
    if instance.possible or not instance.by_office:
        if instance.reminded:
            return None
        begin = instance.due - policy.possible if instance.possible else _begin(instance, policy)
        at = max(begin, instance.arose_at)
        return at, slack_of(at - instance.arose_at)
    last = instance.reminded[-1] if instance.reminded else instance.arose_at
    before = instance.arose_at
    for point in _points(instance, policy):
        slack = slack_of(point - before)
        if point > last and not (instance.early and point - last <= slack):
            return point, slack
        before = point
    raise AssertionError("reminders have no end")


def _begin(instance: Instance, policy: Policy) -> datetime:
    """Return the deadline, or the local target of 立即 and of what arose late: its notice was the first word."""
    return instance.due if instance.due > instance.arose_at else instance.arose_at + policy.immediate


def _points(instance: Instance, policy: Policy) -> Iterator[datetime]:
    """Yield the moments of reminding, ascending: before the deadline as far as there is room, at it, and after it."""
    begin = _begin(instance, policy)
    if begin == instance.due:
        for lead in sorted(policy.before, reverse=True):
            if instance.arose_at + ROOM < instance.due - lead:
                yield instance.due - lead
    yield begin
    at = begin
    for step in count():
        at = after(at, pause(policy.backoff, step))
        yield at


def _audience(instance: Instance, policy: Policy, now: datetime) -> tuple[str, ...]:
    if instance.possible or not instance.by_office:
        return ("seat",)
    return _climbed(_begin(instance, policy), policy, now)


def _climbed(begin: datetime, policy: Policy, now: datetime) -> tuple[str, ...]:
    """Return the steps of the ladder that have been reached, from a deadline or local target on."""
    return ("seat", *(role for role, after in policy.climb if now >= begin + after))


def _doubt_at(doubt: Doubt, policy: Policy) -> datetime:
    return after(doubt.rung_at or doubt.at, policy.pause_of_roles((), doubt.rung))


def _asked_instead(instance: Instance, incident: Incident, policy: Policy) -> bool:
    """Whether the question about an overtaken determination speaks of what only may be owed: it is said once."""
    doubt = incident.doubt
    if doubt is None or not instance.possible or instance.opened_sequence < doubt.first:
        return False
    return instance.due - policy.possible <= instance.arose_at


def _proposal_at(incident: Incident, policy: Policy) -> datetime | None:
    proposal = incident.proposal
    if proposal is None or proposal.declined or incident.state not in RUNNING:
        return None
    return after(proposal.rung_at or proposal.at, policy.pause_of_roles(proposal.to_roles, proposal.rung))


def _unit_at(call: Call, policy: Policy) -> datetime | None:
    if not call.silent:
        return None
    # A unit without a liaison stood on the list of numbers to ring when it was called: that was its second step.
    step = call.step if call.reachable else max(2, call.step)
    return after(call.escalated_at or call.called_at, policy.pause_of_unit(call.unit, step))


def _aid(incident: Incident, policy: Policy) -> Iterator[tuple[int, datetime, datetime]]:
    """Yield of each call for help that waits for a word since when it does, and when it is said again."""
    want = incident.aid_wanted
    if want is not None and incident.aid_lacking:
        since = want.rung_at or want.at
        yield 0, since, after(since, pause(policy.aid, want.rung))
    if incident.state in RUNNING:
        for item in incident.aid.values():
            if item.status == "open":
                since = item.rung_at or item.since
                yield item.sequence, since, after(since, pause(policy.aid, item.rung))


def _aid_audience(incident: Incident, number: int, policy: Policy, now: datetime) -> tuple[int, tuple[str, ...]]:
    """Return a call for help with who hears that it waits: a unit's climbs, nobody is left alone with what it lacks."""
    item = incident.aid.get(number)
    if item is None or not item.unit:
        return number, ("seat",)
    return number, _climbed(item.since + pause(policy.aid, 0), policy, now)


def _releases(incident: Incident, policy: Policy) -> Iterator[tuple[Statement, datetime, datetime]]:
    """Yield each statement for the public that waits, since when it does or was reminded of, and when it is again."""
    if incident.open:
        for item in incident.statements.values():
            if item.status == "draft":
                since = item.rung_at or item.waits_since
                yield item, since, after(since, pause(policy.release, item.rung))


def _fallback_at(incident: Incident, policy: Policy) -> datetime | None:
    if incident.told_phone_at or incident.handled_at or incident.verified_at or incident.state != "reported":
        return None
    if incident.filings or incident.reported_at is None:
        return None
    return incident.reported_at + policy.fallback
