"""What the plan refers to, a line each with its clause: on the worksheet what is of use now, by a button all of it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.render import naming
from bot.render.citing import reference
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.matrix import called_groups
from bot.render.message import Message
from bot.render.text import Text, fill, joined
from bot.render.view import View
from bot.texts import cites as t
from bot.texts import words as w
from plans.acting import carries_out
from plans.cites import cited_at
from plans.core.notice import Press
from plans.incident.on_site import post_at
from plans.incident.releasing import public_instances, rule_of
from plans.incident.state import RUNNING
from plans.model import Frozen
from plans.obligations.rules import rules_of

MOST = 2
"""Lines on the worksheet; the rest stands behind the button."""


def sheet_lines(view: View) -> list[Text | str]:
    """Return on the worksheet what is of use at this moment."""
    found = cited_at(view.plan, _at_hand(view))
    more = [t.MORE.format(count=len(found) - MOST)] if len(found) > MOST else []
    return [*(reference(item) for item in found[:MOST]), *more]


def offer(view: View) -> list[Press]:
    """Return the button behind which all of it stands, where the plan refers to anything."""
    return [press("cites", "cites")] if view.plan.cites or view.plan.references else []


@carries_out("list", "cites", "Plan.references")
def page(view: View) -> Message:
    """Return all that the plan refers to: what is of use now first; other plans that are for looking up only."""
    here = cited_at(view.plan, _at_hand(view))
    others = [item for item in view.plan.cites if item not in here]
    blocks: list[Text | str] = [fill(t.PAGE_HEAD, number=naming.number(view))]
    if here:
        blocks.append(joined((fill(t.PAGE_HERE), *(reference(item) for item in here))))
    if others:
        blocks.append(joined((fill(t.PAGE_OTHERS), *(reference(item) for item in others))))
    if view.plan.references:
        blocks.append(fill(t.PAGE_REFERENCE, names=w.LIST.join(view.plan.references)))
    return framed(view, joined(blocks if len(blocks) > 1 else (*blocks, t.PAGE_NONE), "\n\n"))


def _at_hand(view: View) -> Iterator[Frozen]:
    """Yield the statements of the plan by which the office works now."""
    plan, incident = view.plan, view.incident
    rules = {rule.id: rule for rule in rules_of(plan)}
    if incident.state in RUNNING and (incident.event_level is None or incident.doubt is not None):
        yield plan.levels or plan
    for instance in incident.open_instances:
        rule = rules.get(instance.rule)
        if rule is not None and not instance.possible:
            yield rule
    levels = {incident.response_level, incident.proposal.level if incident.proposal is not None else None}
    if incident.state in RUNNING:
        yield from (item for item in plan.responses if item.level in levels)
        yield from called_groups(view)
        if incident.response_level is not None and (post := post_at(plan, incident.response_level)) is not None:
            yield post
    if public_instances(plan, incident) and (release := rule_of(plan, incident.event_level)) is not None:
        yield release
