"""Setting up and looking up: who holds what, what is missing, a clause of the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.render.catalogue import MESSAGES
from bot.render.labels import LONGEST, press
from bot.render.message import Key, Message
from bot.render.roster import unknown_line
from bot.texts import inviting as inviting_texts
from bot.texts import people as people_texts
from bot.texts.words import LIST
from plans.model import Plan
from plans.notices import Press


def admin_message(key: str, **values: Any) -> Message:
    """Return a fixed text."""
    return Message(MESSAGES[key].format(**values))


def bindable(plans: Iterable[Plan], kind: str, was: str, bound: Collection[str] = ()) -> Message:
    """Return the plans that a group may be bound to, each with its button.

    Args:
        was, bound: the group's kind and plans now: bound otherwise meanwhile, the button does nothing.
    """
    found = list(plans)
    shown = "\n".join(MESSAGES["bind_line"].format(id=plan.id, title=plan.title) for plan in found)
    args = {plan.id: {"plan": plan.id, "kind": kind, "was": was, "bound": plan.id in bound} for plan in found}
    rows = tuple(
        (Key(_short(plan.title), Press(action="bind", label="bind", object="place", args=args[plan.id])),)
        for plan in found
    )
    return Message(MESSAGES["bind_how"].format(example=found[0].id if found else "", plans=shown), (), rows)


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"


class Claimed(NamedTuple):
    """A claim as an administrator reads it."""

    id: str
    name: str
    role: str
    plan: str


def claim_message(found: Sequence[Claimed], more: int = 0) -> Message:
    """Ask an administrator about claims, each with its own buttons.

    Args:
        more: how many wait beside these.
    """
    several = len(found) > 1 or more > 0
    lines, rows = [], []
    for number, item in enumerate(found, 1):
        line = MESSAGES["claim_ask"].format(name=item.name, role=item.role, plan=item.plan)
        lines.append(f"{number}. {line}" if several else line)
        mark = f" {number}" if several else ""
        rows.append(
            tuple(
                Key(
                    inviting_texts.APPROVALS[label] + mark,
                    press("claim", label, f"claim:{item.id}", id=item.id, approved=label == "approve", several=several),
                )
                for label in ("approve", "refuse")
            )
        )
    if more:
        lines.append(MESSAGES["claims_more"].format(count=more))
    return Message("\n".join(lines), (), tuple(rows))


def welcome(roles: Iterable[str], link: str = "") -> Message:
    """Greet somebody who starts the bot; with a link, an administrator who has not bound a group yet."""
    held = LIST.join(roles)
    state = MESSAGES["welcome_known"].format(roles=held) if held else MESSAGES["welcome_new"]
    text = MESSAGES["welcome"].format(state=state)
    return Message(f"{text}\n{MESSAGES['add_group'].format(link=link)}" if link else text)


def group_link(username: str) -> str:
    """Return the link that adds the bot to a group of one's choice and asks for its rights in the same step."""
    return f"https://t.me/{username}?startgroup=bind&admin=pin_messages+manage_topics"


def me(lines: Iterable[tuple[str, str]], telegram_id: int | None = None) -> Message:
    """Return what a person holds, (role with its unit, plan title) each, and the number that the settings want."""
    shown = [MESSAGES["me_line"].format(role=role, plan=plan) for role, plan in lines]
    text = MESSAGES["me"].format(lines="\n".join(shown)) if shown else MESSAGES["me_none"]
    return Message(text if telegram_id is None else f"{text}\n{MESSAGES['me_id'].format(id=telegram_id)}")


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
    strangers: tuple[str, ...] = ()
    """Names on the roster that nobody registered bears."""


def setup(plan: Plan, found: Setup) -> Message:
    """Return the check: what is there, what is missing, who can declare each level today, and the next step."""
    words = MESSAGES

    def mark(good: bool) -> str:
        return people_texts.MARK_GOOD if good else people_texts.MARK_BAD

    lines = [
        words["setup_head"].format(plan=plan.title),
        words["setup_groups"].format(mark=mark(found.groups > 0), count=found.groups),
        words["setup_pin"].format(mark=mark(found.can_pin)),
        words["setup_duty"].format(mark=mark(found.duty > 0), count=found.duty, seat=found.seat or people_texts.NOBODY),
    ]
    for role, value in plan.roles.items():
        count = found.roles.get(role, 0)
        lines.append(words["setup_role"].format(mark=mark(count > 0), title=value.title, count=count))
    for response in plan.responses:
        holders = [plan.roles[role].title for role in response.declared_by if role in plan.roles]
        today = [plan.roles[role].title for role in response.declared_by if found.roles.get(role)]
        key = "setup_level" if today else "setup_level_none"
        lines.append(
            words[key].format(
                mark=mark(bool(today)), level=response.level, clause=response.clause, who=LIST.join(today or holders)
            )
        )
    lines.append(
        words["setup_units"].format(mark=mark(found.bound == found.total), bound=found.bound, total=found.total)
    )
    if found.claims:
        lines.append(words["setup_claims"].format(mark=mark(False), count=found.claims))
    if found.strangers:
        lines.append(f"{mark(False)}{unknown_line(found.strangers)}")
    step = _next_step(plan, found)
    lines.append(words["setup_next"].format(step=step) if step else words["setup_ready"])
    return Message("\n".join(lines))


def _next_step(plan: Plan, found: Setup) -> str:
    if not found.groups:
        return MESSAGES["setup_step_group"]
    if not found.duty:
        return MESSAGES["setup_step_duty"]
    if not found.seat:
        return MESSAGES["setup_step_seat"]
    for role, value in plan.roles.items():
        if not found.roles.get(role):
            return MESSAGES["setup_step_role"].format(title=value.title)
    if not found.bound:
        return MESSAGES["setup_step_units"]
    return "" if found.can_pin else MESSAGES["setup_step_pin"]
