"""Whether an installation has all it needs, and who can declare each level today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.render.catalogue import MESSAGES
from bot.render.group_leads import setup_lines
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.roster import Unmatched, unregistered_lines
from bot.render.text import written
from bot.texts import setup as t
from bot.texts.words import LIST
from plans.group_leads import GroupLead
from plans.model import Plan

MOST_NAMES = 12
"""Names in one line."""


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What an installation has: counts of people who can be reached."""

    groups: int
    can_pin: bool
    duty: int
    seat: str
    roles: Mapping[str, int]
    bound: int
    total: int
    claims: int
    now: datetime
    strangers: Unmatched = field(default_factory=Unmatched)
    """Names on the roster that lead to nobody."""
    unconfirmed: tuple[str, ...] = ()
    """Who is not confirmed to be who he is, each with his role."""
    leads: Mapping[str, GroupLead] = field(default_factory=dict)
    """Who leads groups for which the plan names nobody."""
    telephone: bool = False
    """Whether the office has an automatic telephone."""
    numbers: int = 0
    """People whom it can call, of ``people`` who hold something here."""
    people: int = 0
    unreported: int = 0
    """Of the calls made last those of which the gateway never reported an end."""
    refused: int = 0
    """Of these those that it did not take."""


def setup(plan: Plan, state: Setup) -> Message:
    """Return the check: what is there, what is missing, who can declare each level today, and the next step."""
    words = MESSAGES

    def mark(good: bool) -> str:
        return t.MARK_GOOD if good else t.MARK_BAD

    lines = [
        words["setup_head"].format(plan=plan.title),
        words["setup_groups"].format(mark=mark(state.groups > 0), count=state.groups),
        words["setup_pin"].format(mark=mark(state.can_pin)),
        words["setup_duty"].format(mark=mark(state.duty > 0), count=state.duty, seat=state.seat or t.NOBODY),
    ]
    for role, value in plan.roles.items():
        count = state.roles.get(role, 0)
        lines.append(words["setup_role"].format(mark=mark(count > 0), title=value.title, count=count))
    for response in plan.responses:
        holders = [plan.roles[role].title for role in response.declared_by if role in plan.roles]
        today = [plan.roles[role].title for role in response.declared_by if state.roles.get(role)]
        key = "setup_level" if today else "setup_level_none"
        lines.append(
            words[key].format(
                mark=mark(bool(today)), level=response.level, clause=response.clause, who=LIST.join(today or holders)
            )
        )
    lines.append(
        words["setup_units"].format(mark=mark(state.bound == state.total), bound=state.bound, total=state.total)
    )
    if state.claims:
        lines.append(words["setup_claims"].format(mark=mark(False), count=state.claims))
    if state.unconfirmed:
        names = LIST.join(written(name, 40) for name in state.unconfirmed[:MOST_NAMES])
        names += t.AND_MORE if len(state.unconfirmed) > MOST_NAMES else ""
        lines.append(words["setup_unconfirmed"].format(mark=mark(False), count=len(state.unconfirmed), names=names))
    lines += [f"{mark(False)}{line}" for line in unregistered_lines(state.strangers)]
    lines += _telephone(state)
    lines += setup_lines(plan, state.leads, t.MARK_GOOD, t.MARK_BAD, state.now)
    step = _next_step(plan, state)
    lines.append(words["setup_next"].format(step=step) if step else words["setup_ready"])
    return Message("\n".join(lines))


def test_call() -> tuple[tuple[Key, ...], ...]:
    """Return the button that calls whoever presses it."""
    return ((Key(t.TEST_CALL, press("voice_test", "", "channel")),),)


def _telephone(state: Setup) -> list[str]:
    """Return whether people can be called by the automatic telephone, and what is wrong with it."""
    if not state.telephone:
        return [MESSAGES["setup_no_telephone"].format(mark=t.MARK_OPEN)]
    mark = t.MARK_GOOD if state.numbers else t.MARK_BAD
    lines = [MESSAGES["setup_telephone"].format(mark=mark, numbers=state.numbers, people=state.people)]
    if state.refused:
        lines.append(MESSAGES["setup_telephone_refused"].format(mark=t.MARK_BAD, count=state.refused))
    if state.unreported:
        lines.append(MESSAGES["setup_telephone_silent"].format(mark=t.MARK_BAD, count=state.unreported))
    return lines


def _next_step(plan: Plan, state: Setup) -> str:
    if not state.groups:
        return MESSAGES["setup_step_group"]
    if not state.duty:
        return MESSAGES["setup_step_duty"]
    if not state.seat:
        return MESSAGES["setup_step_seat"]
    for role, value in plan.roles.items():
        if not state.roles.get(role):
            return MESSAGES["setup_step_role"].format(title=value.title)
    if not state.bound:
        return MESSAGES["setup_step_units"]
    return "" if state.can_pin else MESSAGES["setup_step_pin"]
