"""Which plan a group may be bound to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bot.render.catalogue import LABELS, MESSAGES
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


def beside(jurisdiction: str, database: str, confirm: Mapping[str, Any]) -> Message:
    """Return that another installation serves the jurisdiction, with the button of whoever wants it all the same."""
    text = MESSAGES["bind_beside"].format(jurisdiction=jurisdiction, database=database)
    key = Key(LABELS["bind_beside"], Press(action="bind", label="bind_beside", object="place", args=dict(confirm)))
    return Message(text, (), ((key,),))
