"""The desk at which somebody works: the plan under which he writes, and which case a number means there."""

from __future__ import annotations

from collections.abc import Collection

from bot.office.desk import desk_of, desks_read
from handlers.cases import CaseSubject, about_case
from handlers.context import Caller, Context, tools_of
from plans.model import Plan


async def writes_under(context: Context, who: Caller) -> Plan | None:
    """Return the plan under which somebody drafts: of the desk where he has the duty, else of a role of his."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        plan = await desk_of(rx, service, who.holdings, who.plans)
    if plan is not None:
        return plan
    plans = [service.registry.current(name) for name in service.registry.ids]
    led = [item for item in plans if who.reader.holds(item.jurisdiction.name, item.id, *item.roles)]
    here = [item for item in led if item.id in who.plans]
    return next(iter(here or led), None)


async def numbered(
    context: Context, who: Caller, kind: str, number: int, plans: Collection[Plan] | None = None, *, drill: bool = False
) -> CaseSubject | None:  # fmt: skip
    """Return the newest case of a kind that people call by a number.

    Where two offices have one of that number, that of the chat is meant, else of the desk where he works.

    Args:
        plans: whose cases are meant; without, those of the desks that the person reads.
    """
    service = tools_of(context).service
    plans = desks_read(service, who.reader) if plans is None else plans
    async with service.store.reading() as rx:
        rows = [
            row
            for name in dict.fromkeys(plan.jurisdiction.name for plan in plans)
            for row in await rx.cases.numbered(kind, name, number, drill)
        ]
    meant = {(plan.jurisdiction.name, plan.id) for plan in plans}
    rows = sorted((row for row in rows if (row.jurisdiction, row.plan_id) in meant), key=lambda row: row.opened_at)
    newest = {row.jurisdiction: row for row in rows}
    if len(newest) > 1:
        plan = await writes_under(context, who)
        own = who.place.jurisdiction or (plan.jurisdiction.name if plan is not None else "")
        newest = {name: row for name, row in newest.items() if name == own}
    row = next(iter(newest.values()), None)
    return await about_case(context, who, row.stream) if row is not None else None
