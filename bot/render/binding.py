"""Which plan a group may be bound to."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.render.catalogue import MESSAGES
from bot.render.labels import short
from bot.render.message import Key, Message
from plans.core.notice import Press
from plans.model import Plan


def bindable(plans: Iterable[Plan], kind: str, was: str, bound: Collection[str] = ()) -> Message:
    """Return the plans that a group may be bound to, each with its button.

    Args:
        was, bound: the group's kind and plans now: bound otherwise meanwhile, the button does nothing.
    """
    choices = list(plans)
    listing = "\n".join(MESSAGES["bind_line"].format(id=plan.id, title=plan.title) for plan in choices)
    args = {plan.id: {"plan": plan.id, "kind": kind, "was": was, "bound": plan.id in bound} for plan in choices}
    rows = tuple(
        (Key(short(plan.title), Press(action="bind", label="bind", object="place", args=args[plan.id])),)
        for plan in choices
    )
    return Message(MESSAGES["bind_how"].format(example=choices[0].id if choices else "", plans=listing), (), rows)
