"""Work groups (工作组) for which a plan names nobody to lead them, and what an office says instead (本地规定)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plans.model import Group, Plan


LONGEST = 40
"""Characters of a post: 区应急管理局总工程师."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupLead:
    """Who leads a group by an office's own word, never the plan's.

    Attributes:
        lead: a unit's id, or a post in words. by: who said so; empty where that person was erased.
    """

    group: str
    lead: str
    by: str
    at: datetime


def without_lead(plan: Plan) -> list[Group]:
    """Return the groups for which a plan names nobody to lead them, in its order."""
    return [group for group in plan.groups if not group.lead]


def group_named(plan: Plan, name: str) -> Group | None:
    """Return a group without a lead by its name; where none has it whole, the only one whose name holds it."""
    groups = without_lead(plan)
    exact = next((group for group in groups if group.name == name), None)
    if exact is not None or not name:
        return exact
    like = [group for group in groups if name in group.name]
    return like[0] if len(like) == 1 else None
