"""Which plan an incident runs under, where a group or a person serves several."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases.plan_registry import PlanRegistry
from bot.service.acting import actor_of
from bot.service.reports import NewReport
from bot.service.requests import Requester
from plans.commands import Actor, ChoosePlan
from plans.incident import Incident
from plans.intake.among import fits, is_clear
from plans.intake.with_plan import facts_of, read_for
from plans.model import Plan
from storage.transaction import Writing


def installed(registry: PlanRegistry, new: NewReport) -> NewReport:
    """Return a report without the plans that are not installed; where none of them is, nothing is changed.

    A report under the plan that is left is better than none: the seat is rung, and readiness names the other.
    """
    known = tuple(plan_id for plan_id in new.among or (new.plan_id,) if plan_id in registry.ids)
    if not known or known == (new.among or (new.plan_id,)):
        return new
    return replace(new, plan_id=known[0], among=known if len(known) > 1 else ())


def weighed(registry: PlanRegistry, new: NewReport) -> NewReport:
    """Return a report with the plan that its words speak for most, and what is needed to ask about the others."""
    if len(new.among) < 2:
        return new
    found = fits([registry.current(plan_id) for plan_id in new.among], new.text)
    best = found[0].plan
    return replace(
        new,
        plan_id=best.id,
        jurisdiction=new.jurisdiction or best.jurisdiction.name,
        among=tuple(fit.plan.id for fit in found if fit.plan.jurisdiction.name == best.jurisdiction.name),
        clear=is_clear(found),
    )


async def chosen(
    tx: Writing,
    registry: PlanRegistry,
    command: ChoosePlan,
    plan: Plan,
    incident: Incident,
    requester: Requester,
    admins: frozenset[int],
    now: datetime,
) -> tuple[Plan, Actor, ChoosePlan]:
    """Return the chosen plan, who chooses with the roles held under it, and the command with all it needs.

    Args:
        plan: the plan so far.
    """
    place = incident.jurisdiction
    before = await actor_of(tx, requester, place, plan, admins, lock=True)
    known = {name: registry.current(name) for name in registry.ids}
    new = plan if command.plan == plan.id else known.get(command.plan)
    if new is None or new.jurisdiction.name != place or not await _served(tx, new, incident):
        titles = tuple([item.title for item in known.values() if await _served(tx, item, incident)])
        return plan, before, replace(command, plan_hash="", known=titles)
    if new is not plan:
        await registry.keep(tx, new.id, now)
    actor = await actor_of(tx, requester, place, new, admins, lock=True)
    handler = await actor_of(tx, Requester(person_id=incident.handled_by), place, new, admins)
    reading = read_for(new, incident.text, now=incident.reported_at or now)
    facts, raised = facts_of(reading)
    return (
        new,
        actor,
        replace(
            command,
            plan_version=new.version,
            plan_hash=incident.plan_hash if new is plan else registry.hash_of(new.id),
            previous_title=plan.title,
            facts=facts,
            raised=tuple(sorted(raised)),
            candidates=tuple(item.name for item in reading.class_candidates),
            allowed=bool(before.roles & {"duty", *plan.roles}),
            keeps_seat=bool(incident.handled_by) and bool(handler.roles & {"duty", *new.roles}),
        ),
    )


async def _served(tx: Writing, plan: Plan, incident: Incident) -> bool:
    """Return whether some command group serves the plan here: else nobody would read of the incident."""
    return bool(await tx.places.bound(incident.jurisdiction, plan.id, "command"))
