"""Another count of the same, slow and plain: figures straight from folded logs, without rows, cells or SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from plans.core.state import CaseState
from plans.incident.calling import UnitCalled
from plans.incident.levels import Declared
from plans.incident.state import Incident
from plans.incident.units import UnitAnswered
from plans.obligations.record import coverage
from plans.statistics.stages import stage_of
from plans.warning.state import WarningCase
from plans.warning.waking import RecipientsCalled, WarningAnswered
from tests.plans.statistics.histories import PLANS, POLICY

EIGHT_HOURS = timedelta(hours=8)


def beijing_day(at: datetime) -> Any:
    """Return the day in Beijing."""
    return (at.replace(tzinfo=None) - at.utcoffset() + EIGHT_HOURS).date()  # type: ignore[operator]


def count(cases: Iterable[CaseState], jurisdiction: str, plans: Iterable[str], first: Any, last: Any, now: datetime,
          drills: bool = False) -> Counter[tuple[Any, ...]]:  # fmt: skip
    """Return how often each thing happened."""
    found: Counter[tuple[Any, ...]] = Counter()
    for case in cases:
        if case.jurisdiction != jurisdiction or case.plan not in plans or case.drill != drills:
            continue
        if isinstance(case, Incident):
            if case.reported_at is not None and first <= beijing_day(case.reported_at) <= last:
                _incident(found, case, now)
        elif isinstance(case, WarningCase):
            issued = [stage for stage in case.stages if stage.act != "lift"]
            if issued and first <= beijing_day(issued[0].at) <= last:
                _warning(found, case)
    return found


def _standing(case: CaseState) -> list[Any]:
    return [item for item in case.events if item.sequence not in case.undone]


def _incident(found: Counter[tuple[Any, ...]], incident: Incident, now: datetime) -> None:
    plan = PLANS[incident.plan]
    found["incidents"] += 1  # type: ignore[index]
    found["state", incident.state] += 1
    found["level", incident.event_level or ""] += 1
    for instance in incident.instances.values():
        rule = next((item for item in plan.obligations if item.id == instance.rule), None)
        due = instance.due
        if rule is not None and not instance.local and rule.clock.within == timedelta(0):
            due = max(due, instance.since or instance.opened_at) + timedelta(minutes=10)  # 立即, by the local rule
        over = incident.state in ("rejected", "merged") and instance.rule != "correction"
        if instance.status == "waived" and not instance.possible:
            found["waived"] += 1  # type: ignore[index]
        gone = instance.settled_at is not None and instance.settled_at <= due
        if over or (instance.status == "superseded" and (gone or instance.reason == "undone")):
            continue
        if instance.possible and instance.status != "filed":
            continue
        told = coverage(plan, incident, instance, POLICY)
        task = instance.rule.startswith("after-")
        whose = "report" if instance.by_office else "others"
        for name in instance.to:
            key = (whose, stage_of(instance.report, task=task))
            found[key] += 1
            if name in told:
                filing = told[name]
                at = filing.called_at if filing is not None else incident.reported_at
                assert at is not None
                late = at > due
                found[(*key, "in_time" if not late else "raised" if instance.raised else "late")] += 1
            elif instance.status == "open":
                found[(*key, "overdue" if due < now else "pending")] += 1
            elif instance.status == "waived" and gone:
                found[(*key, "waived")] += 1
            else:
                found[(*key, "missed")] += 1
    _calls(found, incident)
    levels = list(plan.response_order)
    for item in _standing(incident):
        if isinstance(item.event, Declared):
            before = levels.index(item.event.previous) if item.event.previous in levels else -1
            if levels.index(item.event.level) > before:
                found["declared", incident.plan, item.event.level] += 1
    found["corrections"] += sum(item.kind == "figures" for item in incident.corrections)  # type: ignore[index]


def _calls(found: Counter[tuple[Any, ...]], incident: Incident) -> None:
    log = _standing(incident)
    for number, item in enumerate(log):
        if not isinstance(item.event, UnitCalled):
            continue
        unit, answers = item.event.unit, []
        for later in log[number + 1 :]:
            if isinstance(later.event, UnitCalled) and later.event.unit == unit:
                break
            if isinstance(later.event, UnitAnswered) and later.event.unit == unit:
                answers.append(later)
        found["called", incident.plan, unit] += 1
        found["answered" if answers else "silent", incident.plan, unit] += 1
        if answers and answers[-1].event.status == "来不了":
            found["declined", incident.plan, unit] += 1
        if answers:
            found["took", int((answers[0].at - item.at).total_seconds())] += 1


def _warning(found: Counter[tuple[Any, ...]], warning: WarningCase) -> None:
    found["warnings"] += 1  # type: ignore[index]
    found["colour", max((s.content for s in warning.stages if s.act != "lift"), key=lambda c: c.height).colour] += 1
    log = _standing(warning)
    for number, item in enumerate(log):
        if not isinstance(item.event, RecipientsCalled):
            continue
        for name in item.event.called:
            answered = False
            for later in log[number + 1 :]:
                if isinstance(later.event, RecipientsCalled) and name in later.event.called:
                    break
                answered = answered or (isinstance(later.event, WarningAnswered) and later.event.recipient == name)
            found["woken"] += 1  # type: ignore[index]
            found["woken", "answered" if answered else "silent"] += 1
