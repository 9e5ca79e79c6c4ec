"""The leads that an office named for groups of a plan, by the group's name."""

from __future__ import annotations

from plans.group_leads import GroupLead, without_lead
from plans.model import Plan
from storage.transaction import Reading


async def group_leads(rx: Reading, plan: Plan) -> dict[str, GroupLead]:
    """Return who leads the groups for which the plan names nobody; what the plan says itself by now is left out."""
    asked = {group.name for group in without_lead(plan)}
    if not asked:
        return {}
    rows = await rx.group_leads.of(plan.jurisdiction.name, plan.id)
    return {
        row.group_name: GroupLead(group=row.group_name, lead=row.lead, by=row.by, at=row.at)
        for row in rows
        if row.group_name in asked
    }
