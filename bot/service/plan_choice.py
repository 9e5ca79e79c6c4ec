"""Which plan an incident runs under, where a group or a person serves several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.cases.plan_registry import PlanRegistry
from bot.service.reports import NewReport
from plans.incident.state import Incident
from plans.intake.among import fits, is_clear
from plans.intake.telling import first_telling
from plans.intake.with_plan import read_for
from plans.model import Plan
from plans.warning.conditions import spoken_of
from storage.transaction import Reading


def installed(registry: PlanRegistry, new: NewReport) -> NewReport:
    """Return a report without the plans that are not installed; where none of them is, nothing is changed.

    A report under the plan that is left is better than none: the seat is rung, and readiness names the other.
    """
    plan_ids = tuple(plan_id for plan_id in new.among or (new.plan_id,) if plan_id in registry.ids)
    if not plan_ids or plan_ids == (new.among or (new.plan_id,)):
        return new
    return replace(new, plan_id=plan_ids[0], among=plan_ids if len(plan_ids) > 1 else ())


def weighed(registry: PlanRegistry, new: NewReport) -> NewReport:
    """Return a report with the plan that its words speak for most, and what is needed to ask about the others."""
    if len(new.among) < 2:
        return new
    ranking = fits([registry.current(plan_id) for plan_id in new.among], new.text)
    best = ranking[0].plan
    return replace(
        new,
        plan_id=best.id,
        jurisdiction=new.jurisdiction or best.jurisdiction.name,
        among=tuple(fit.plan.id for fit in ranking if fit.plan.jurisdiction.name == best.jurisdiction.name),
        clear=is_clear(ranking),
    )


def facts_under(plan: Plan, incident: Incident, now: datetime) -> dict[str, Any]:
    """Return what the words of a report say under another plan, as ``ChoosePlan`` takes it."""
    reading = read_for(plan, incident.text, now=incident.reported_at or now)
    told = first_telling(reading)
    candidates = tuple(item.name for item in reading.class_candidates)
    return {
        "facts": told.facts,
        "raised": tuple(sorted(told.raised)),
        "candidates": candidates,
        "unsure": told.unsure,
        "unread": told.unread,
    }


async def is_served(tx: Reading, plan: Plan, incident: Incident) -> bool:
    """Return whether some command group serves the plan here: else nobody would read of the incident."""
    return bool(await tx.places.bound(incident.jurisdiction, plan.id, "command"))


def spoken_facts(plan: Plan, text: str, now: datetime) -> dict[str, Any]:
    """Return the figures of a warning's text that the plan's conditions of warnings speak of."""
    facts = first_telling(read_for(plan, text, now=now)).facts
    return {name: value for name, value in facts.items() if name in spoken_of(plan)}


def plans_of_warning(plans: Sequence[Plan], text: str, level: str, now: datetime) -> tuple[Plan, ...]:
    """Return under which of several plans a warning may fall, the likeliest first; one alone where it is plain.

    A level that one of them has, figures that one asks for, or words that speak for one make it plain. A colour does
    not: that of a met office is nobody's own.
    """
    knowing = [plan for plan in plans if plan.warnings] or list(plans)
    if level:
        knowing = [plan for plan in knowing if any(item.level == level for item in plan.warnings)] or knowing
    ranking = sorted(fits(knowing, text), key=lambda fit: fit.plan.jurisdiction.name not in text)
    best = ranking[0].plan
    here = [fit for fit in ranking if fit.plan.jurisdiction.name == best.jurisdiction.name]
    asking = [fit.plan for fit in here if spoken_facts(fit.plan, text, now)]
    if len(asking) == 1:
        return (asking[0],)
    return (best,) if is_clear(here) else tuple([fit.plan for fit in here])
