"""Who leads a work group: by the plan, else by the office's own rule, else nobody; never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.render import naming
from bot.render.text import Text, fill, written
from bot.render.times import day
from bot.render.view import View
from bot.texts import group_leads as t
from bot.texts import words as w
from plans.group_leads import GroupLead, without_lead
from plans.model import Group, Plan

MOST = 5
"""Groups named on the card."""


def local_lead(view: View, group: Group) -> str:
    """Return who leads a group for which the plan names nobody, or that nobody was named."""
    found = view.leads.get(group.name)
    return told(view.plan, found, view.now) if found is not None else t.NOT_NAMED


def told(plan: Plan, lead: GroupLead, now: datetime) -> str:
    """Return a lead with who said so and when."""
    by = written(lead.by, 16) or w.NAME_UNKNOWN
    return t.LOCAL.format(lead=_named(plan, lead), by=by, day=day(lead.at, now))


def _named(plan: Plan, lead: GroupLead) -> str:
    unit = next((unit for unit in plan.units if unit.id == lead.lead), None)
    return (unit.name or unit.id) if unit is not None else written(lead.lead, 40)


def leaders(view: View, group: Group) -> str:
    """Return who leads a group, in short."""
    if group.lead:
        return w.LIST.join(naming.unit_name(view, name) for name in group.lead)
    found = view.leads.get(group.name)
    return t.LOCAL_SHORT.format(lead=_named(view.plan, found)) if found is not None else t.NOT_NAMED


def card_line(view: View, groups: list[Group]) -> Text | None:
    """Return on one line who leads those of the called groups for which the plan names nobody."""
    asked = [group for group in groups if not group.lead]
    if not asked:
        return None
    named = [group for group in asked if group.name in view.leads]
    items = [t.CARD_ITEM.format(group=group.name, lead=leaders(view, group)) for group in named[:MOST]]
    if len(named) > MOST:
        items.append(t.CARD_MORE.format(count=len(named)))
    if len(asked) > len(named):
        items.append(t.CARD_NOT_NAMED.format(count=len(asked) - len(named)))
    return fill(t.CARD, items=w.SEMICOLON.join(items))


def asked_of(plans: Sequence[Plan]) -> str:
    """Return for each plan the groups for which it names nobody, with their clauses."""
    return "\n".join(
        t.ASKED.format(
            plan=plan.title,
            id=plan.id,
            groups=w.LIST.join(f"{group.name}{w.CITE.format(inside=group.clause)}" for group in without_lead(plan)),
        )
        for plan in plans
    )


def setup_lines(plan: Plan, leads: Mapping[str, GroupLead], good: str, bad: str, now: datetime) -> list[str]:
    """Return the groups of a plan for which it names nobody, each with its clause and what the office says."""
    asked = without_lead(plan)
    if not asked:
        return []
    lines = [t.SETUP_HEAD.format(named=sum(group.name in leads for group in asked), total=len(asked))]
    for group in asked:
        lead = leads.get(group.name)
        lines.append(
            t.SETUP_LINE.format(
                mark=good if lead is not None else bad,
                group=group.name,
                clause=group.clause,
                lead=told(plan, lead, now) if lead is not None else t.NOT_NAMED,
            )
        )
    first = next((group.name for group in asked if group.name not in leads), asked[0].name)
    return [*lines, t.SETUP_HOW.format(group=first)]
