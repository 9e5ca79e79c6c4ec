"""Who stands above: those to whom a plan wants its office to report, and that no unit under it is.

By a reporting line (报送关系) nothing crosses to a superior's office but what is owed to one of these, and of them to
those for whom both offices have said that the line stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from plans.incident.records import Instance
from plans.model import CORE_FACTS, Plan
from plans.obligations.rules import AfterTask, rules_of

LONGEST = 3800
"""Characters of words that cross: fewer than one message holds."""


def superiors(plan: Plan) -> tuple[str, ...]:
    """Return to whom reports of the plan's office are owed, without its own members and the public."""
    own = {plan.command_body, plan.office, plan.office_unit}
    own |= {unit.id for unit in plan.units if unit.member or unit.medium or unit.place_bound}
    named = (name for rule in plan.obligations if rule.by_office for name in rule.to)
    return tuple(dict.fromkeys(name for name in named if name not in own))


def crossing(plan: Plan, instance: Instance, heard: Collection[str], stands_for: Collection[str]) -> tuple[str, ...]:
    """Return for whom the report of an instance may cross by a line.

    Args:
        heard: recipients that have heard it. stands_for: the recipients for whom the line stands.

    Returns:
        recipients of the instance, in its order; none where it is settled, only possible, owed by others, or a task
        after the end, whose paper is handed in.
    """
    if instance.status != "open" or instance.possible or not instance.by_office or _is_task(plan, instance):
        return ()
    above = set(superiors(plan)) & set(stands_for)
    return tuple(name for name in instance.to if name in above and name not in heard)


def _is_task(plan: Plan, instance: Instance) -> bool:
    return any(isinstance(rule, AfterTask) and rule.id == instance.rule for rule in rules_of(plan))


def figures_across(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return of figures as plain data those that mean the same in every plan; what is not known is left out."""
    return {name: value for name, value in figures.items() if name in CORE_FACTS and _is_count(value)}


def _is_count(value: Any) -> bool:
    if isinstance(value, Mapping):
        bounds = [value.get("at_least"), value.get("at_most")]
        return any(bound is not None for bound in bounds) and all(bound is None or _whole(bound) for bound in bounds)
    return _whole(value)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
