"""Bring the log's instances in line with what the rules demand: opened, changed, superseded, filed are events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from plans.core.event import Event, Undone
from plans.core.policy import Policy
from plans.incident.owed import ObligationChanged, ObligationFiled, ObligationOpened, ObligationSuperseded
from plans.incident.records import Instance
from plans.incident.state import Incident
from plans.logic import Environment, names_in
from plans.model import Plan
from plans.obligations.demands import demanded
from plans.obligations.rules import rules_of, tasks_after
from plans.obligations.wanted import CORRECTION, Wanted, covered


class Unsettled(RuntimeError):
    """A plan's rules and an incident's filings open and close instances without end: a fault of the program."""


def settle(
    plan: Plan,
    incident: Incident,
    now: datetime,
    policy: Policy,
    env: Environment,
    record: Callable[[list[Event]], Incident],
) -> Incident:
    """Return the incident after recording obligation events until nothing changes any more.

    Args:
        env: what a rule's condition sees of the incident.
        record: appends events and returns the incident after them.

    Raises:
        Unsettled: never, as far as the rules are right.
    """
    # Each filing on record can close one instance of each recurring rule, which opens the next.
    for _ in range(2 * len(incident.filings) + 8):
        events = _differences(plan, demanded(plan, incident, policy, env), incident, now)
        if not events:
            return incident
        incident = record(events)
    raise Unsettled(f"obligations of {incident.stream} do not settle: {events}")


def _differences(plan: Plan, demands: Mapping[str, Wanted], incident: Incident, now: datetime) -> list[Event]:
    events: list[Event] = []
    for item in demands.values():
        instance = incident.instances.get(item.key)
        if instance is None or instance.status == "superseded" or _excused_too_early(instance, item):
            events.append(_opened(plan, item, incident, now))
        elif instance.status == "open":
            events.extend(_changes(plan, item, instance, incident, now))
        elif instance.status == "filed" and item.once and item.by_office and instance.due != item.due:
            events.append(
                ObligationChanged(
                    key=item.key, due=item.due, to=instance.to, possible=instance.possible, raised=instance.raised
                )
            )
    tasks = {task.id for task in tasks_after(plan)}
    for instance in incident.open_instances:
        # What others owed and nobody confirmed, and tasks not done, stay in the record of a closed case as they are.
        stays = incident.state == "closed" and (not instance.by_office or instance.rule in tasks)
        if instance.key not in demands and not stays:
            events.append(ObligationSuperseded(key=instance.key, reason=_why(plan, instance, incident, now)))
    return events


def _excused_too_early(instance: Instance, item: Wanted) -> bool:
    """What was waived while it was only possible is owed when it has become certain."""
    return instance.status == "waived" and instance.possible and not item.possible


def _changes(plan: Plan, item: Wanted, instance: Instance, incident: Incident, now: datetime) -> list[Event]:
    moments = covered(item, incident)
    if item.to and all(name in moments for name in item.to):
        filed_at = max(moments[name] for name in item.to)
        late = filed_at > item.due and item.received != item.to
        return [ObligationFiled(key=item.key, filed_at=filed_at, late=late)]
    if (instance.due, instance.to, instance.possible) == (item.due, item.to, item.possible):
        return []
    raised = instance.raised or (instance.possible and _raised(plan, item, incident, now))
    return [ObligationChanged(key=item.key, due=item.due, to=item.to, possible=item.possible, raised=raised)]


def _opened(plan: Plan, item: Wanted, incident: Incident, now: datetime) -> ObligationOpened:
    # What is owed to a higher level, certain or possible, was not done by telling the lower one.
    higher = _step(plan, incident, now) > 0 or (item.possible and incident.doubt is not None)
    again = item.once and item.report == "首报" and _by_level(plan, item) and higher
    return ObligationOpened(
        key=item.key,
        rule=item.rule,
        clause=item.clause,
        report=item.report,
        channel=item.channel,
        due=item.due,
        to=item.to,
        possible=item.possible,
        raised=_raised(plan, item, incident, now),
        by_office=item.by_office,
        local=item.local,
        after=incident.sequence if again else 0,
    )


def _raised(plan: Plan, item: Wanted, incident: Incident, now: datetime) -> bool:
    """Whether a clock that counts from the start is late only because the level was raised (上调后补报)."""
    if item.possible or item.due >= now or incident.events[0].at >= now:
        return False
    return _by_level(plan, item) and _step(plan, incident, now) > 0


def _by_level(plan: Plan, item: Wanted) -> bool:
    """Whether the rule depends on the event level, so that raising the level may open it late."""
    rule = next((rule for rule in rules_of(plan) if rule.id == item.rule), None)
    return rule is not None and rule.when is not None and bool(names_in(rule.when) & {"event_level", "undetermined"})


def _step(plan: Plan, incident: Incident, now: datetime) -> int:
    """Return whether the determination of this moment raised (1) or lowered (-1) a level that had been determined.

    A first determination raises nothing, and what was lower before stays so through 暂时无法判明.
    """
    before, after = incident.lower_level, incident.event_level
    if incident.determined_at != now or before is None or after is None:
        return 0
    rank = plan.event_levels.index
    return (rank(after) > rank(before)) - (rank(after) < rank(before))


def _why(plan: Plan, instance: Instance, incident: Incident, now: datetime) -> str:
    """Return the reason, a key of the texts: rejected merged closed undone unchanged otherwise ended level."""
    if incident.state in ("rejected", "merged", "closed"):
        return incident.state
    if any(isinstance(item.event, Undone) and item.at == now for item in incident.events[-8:]):
        return "undone"
    rule = next((item for item in rules_of(plan) if item.id == instance.rule), None)
    if rule is None or instance.rule == CORRECTION:
        return "undone"
    if rule.clock.from_ == "casualties_changed":
        return "unchanged"
    if rule.clock.from_ == "holds":
        return "otherwise"
    if incident.ended_at is not None and (rule.clock.daily or rule.clock.every is not None):
        return "ended"
    return "level"
