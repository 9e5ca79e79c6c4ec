"""An administrator names who leads a work group for which the plan names nobody: a local rule (本地规定)."""

from __future__ import annotations

import re
from datetime import datetime

from bot.cases.group_leads import group_leads
from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event, may_administer
from bot.service.requests import Requester
from bot.service.service import Service
from plans.acting import carries_out
from plans.group_leads import LONGEST, group_named
from plans.model import Plan
from storage import Writing
from storage.group_leads import GroupLeadRow
from storage.people import Person

EVENT = "group-lead-named"

_NUMBER = re.compile(r"\d[\d \-]{4,}")


@carries_out("question", "group_leads", "Group")
async def name_group_lead(
    service: Service, person: Person, plan: Plan, group: str, lead: str, *, cause: str, requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Keep who leads a group.

    Args:
        lead: a unit's id, or a post in words; empty = nobody is named any more.
    """
    place = plan.jurisdiction.name

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await may_administer(service, tx, person, place):
            return AdminResult(key="admin_only", ok=False)
        found = group_named(plan, group)
        if found is None:
            return AdminResult(key="lead_no_group", ok=False, values={"given": group[:LONGEST]})
        if len(lead) > LONGEST or _NUMBER.search(lead):
            return AdminResult(key="lead_no_post", ok=False, values={"most": LONGEST})
        values = {"plan": plan.title, "group": found.name, "lead": lead}
        before = (await group_leads(tx, plan)).get(found.name)
        if (before.lead if before is not None else "") == lead:
            return AdminResult(key="lead_as_before" if lead else "lead_none_before", ok=False, values=values)
        if lead:
            row = GroupLeadRow(
                jurisdiction=place, plan_id=plan.id, group_name=found.name, lead=lead, person_id=person.id, at=now
            )
            await tx.group_leads.name(row)
        else:
            await tx.group_leads.forget(place, plan.id, found.name)
        await append_admin_event(
            tx, place, EVENT, actor=person.id, cause=cause, at=now, plan=plan.id, group=found.name, lead=lead
        )
        return AdminResult(key="lead_named" if lead else "lead_taken_back", values=values)

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)
