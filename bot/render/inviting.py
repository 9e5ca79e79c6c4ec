"""Who holds what: welcome, claims, one's own roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.render.catalogue import MESSAGES
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.texts import inviting as t
from bot.texts.identity import CLAIM_NAME
from bot.texts.words import LIST


class ClaimLine(NamedTuple):
    """A claim as an administrator reads it; without a role it is only who somebody is."""

    id: str
    name: str
    role: str
    plan: str
    warning: str = ""


def sheet_title(unit: str, name: str) -> str:
    """Return for whom a link of a sheet is: the unit, and who is meant where that is known."""
    return t.SHEET_NAMED.format(unit=unit, name=name) if name else unit


def claim_message(claims: Sequence[ClaimLine], more: int = 0) -> Message:
    """Ask an administrator about claims, each with its own buttons.

    Args:
        more: how many wait beside these.
    """
    several = len(claims) > 1 or more > 0
    lines, rows = [], []
    for number, item in enumerate(claims, 1):
        line = CLAIM_NAME.format(claimant=item.name)
        if item.role:
            line = MESSAGES["claim_ask"].format(name=item.name, role=item.role, plan=item.plan)
        line = f"{line}{item.warning}"
        lines.append(f"{number}. {line}" if several else line)
        mark = f" {number}" if several else ""
        rows.append(
            tuple(
                Key(
                    t.APPROVALS[label] + mark,
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
    role_names = LIST.join(roles)
    state = MESSAGES["welcome_known"].format(roles=role_names) if role_names else MESSAGES["welcome_new"]
    text = MESSAGES["welcome"].format(state=state)
    return Message(f"{text}\n{MESSAGES['add_group'].format(link=link)}" if link else text)


def group_link(username: str) -> str:
    """Return the link that adds the bot to a group of one's choice and asks for its rights in the same step."""
    return f"https://t.me/{username}?startgroup=bind&admin=pin_messages+manage_topics"


def me(lines: Iterable[tuple[str, str]], telegram_id: int | None = None, name: str = "") -> Message:
    """Return what a person holds, (role with its unit, plan title) each, and the number that the settings want.

    Args:
        name: the line about who he is.
    """
    entries = [MESSAGES["me_line"].format(role=role, plan=plan) for role, plan in lines]
    text = MESSAGES["me"].format(lines="\n".join(entries)) if entries else MESSAGES["me_none"]
    text = f"{name}\n{text}" if name else text
    return Message(text if telegram_id is None else f"{text}\n{MESSAGES['me_id'].format(id=telegram_id)}")
