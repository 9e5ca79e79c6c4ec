"""Whom a warning concerns: the listed bodies and the units of its area, and who of them can be written to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from bot.cases.body_lists import InAreas
from bot.service.enrichers import Deciding, enriches
from bot.service.plan_choice import spoken_facts
from plans.warning.calling import Chosen, chosen
from plans.warning.conditions import warning_of
from plans.warning.issuing import IssueWarning
from plans.warning.oral import RecordWarningWord
from plans.warning.plan_choice import ChooseWarningPlan
from plans.warning.state import WarningCase

EVERYWHERE = "全区"
"""How the reader of areas is told that all of the place is meant."""

C = TypeVar("C", IssueWarning, RecordWarningWord)


@enriches(IssueWarning, RecordWarningWord)
async def recipients_of_area(deciding: Deciding, command: C) -> C:
    """The units of the area and the bodies that the plan calls; where there are none, its member units are called."""
    plan, tx, warning = deciding.plan, deciding.tx, deciding.case
    if not isinstance(warning, WarningCase):
        raise TypeError(f"{warning.stream} is no warning")
    content = warning.proposal.content if warning.proposal is not None else warning.content
    text = as_read(plan.jurisdiction.name, content.areas)
    there: InAreas = await deciding.lists.in_areas(tx, plan, text)
    members = tuple(unit.id for unit in plan.units if unit.member)
    level = warning_of(plan, content.level, content.colour)
    among: Chosen = chosen(plan, level.level if level is not None else "", there.bodies)
    found = tuple(dict.fromkeys((*there.units, *(body.id for body in among.called))))
    recipients = found or members
    reachable = await tx.people.reachable_units(deciding.case.jurisdiction, plan.id, by_head=True)
    changed = replace(
        command,
        recipients=recipients,
        members=members if found else (),
        unreachable=frozenset(recipients) - reachable,
    )
    if not isinstance(changed, IssueWarning):
        return changed
    # Where nobody has listed a township every name is unknown: that says nothing about the warning.
    listed = (await deciding.lists.of(tx, plan.jurisdiction.name)).townships.names
    return replace(changed, left=among.left, instead=not found, unknown_areas=there.areas.unknown if listed else ())


@enriches(ChooseWarningPlan)
async def plan_of_warning(deciding: Deciding, command: ChooseWarningPlan) -> ChooseWarningPlan:
    """The chosen plan, who chooses with the roles held under it, and what the words say under it."""
    warning, registry, plan, before = deciding.case, deciding.registry, deciding.plan, deciding.actor
    if not isinstance(warning, WarningCase):
        raise TypeError(f"{warning.stream} is no warning")
    new = plan if command.plan == plan.id else registry.current(command.plan) if command.plan in registry.ids else None
    if new is None or new.jurisdiction.name != warning.jurisdiction:
        return replace(command, plan_hash="", allowed=bool(before.roles & {"duty", *plan.roles}))
    deciding.plan = new
    deciding.actor = await deciding.actor_under(new, deciding.requester, lock=deciding.lock)
    text = warning.proposal.content.text if warning.proposal is not None else ""
    return replace(
        command,
        plan_version=new.version,
        plan_hash=warning.plan_hash if new is plan else registry.hash_of(new.id),
        facts=spoken_facts(new, text, deciding.now),
        allowed=before.via == "direct" and bool(before.roles & {"duty", *plan.roles}),
    )


def as_read(place: str, areas: Iterable[str]) -> str:
    """Return the areas of a warning for the reader of areas; the place's own name, or of what it lies in, is all of it.

    Args:
        place: a jurisdiction's name: 晋城市城区, of which 城区 and 晋城市 speak too.
    """
    words = [EVERYWHERE if _covers(place, word) else word for word in areas]
    return "、".join(dict.fromkeys(words)) or EVERYWHERE


def _covers(place: str, word: str) -> bool:
    bare = place[:-1]
    return len(word) > 1 and (place.startswith(word) or place.endswith(word) or bare.endswith(word))
