"""Who holds what, with the buttons that take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render.labels import press, short
from bot.render.message import Key, Message
from bot.render.text import MARKED_NAME, written
from bot.render.times import day
from bot.texts import revoking as t

MOST = 20
"""Roles or invitations in one list."""


@dataclass(frozen=True, kw_only=True)
class HeldRole:
    """A role that somebody holds."""

    id: str
    name: str
    role: str
    plan: str


@dataclass(frozen=True, kw_only=True)
class OpenInvitation:
    """An invitation that nobody has used; ``name``: of whom it is for, empty where it names nobody."""

    digest: str
    jurisdiction: str
    role: str
    name: str
    made_at: datetime
    expires_at: datetime


def invitations(open_invitations: Sequence[OpenInvitation], now: datetime) -> Message:
    """Return the invitations that can be withdrawn, each with its button."""
    if not open_invitations:
        return Message(t.INVITATIONS_NONE)
    lines = [t.INVITATIONS.format(count=len(open_invitations))]
    rows = []
    for number, item in enumerate(open_invitations[:MOST], 1):
        late = item.expires_at <= now
        until = t.INVITATION_EXPIRED if late else t.INVITATION_UNTIL.format(day=day(item.expires_at, now))
        role = t.INVITED_NAMED.format(role=item.role, name=written(item.name, 16)) if item.name else item.role
        lines.append(t.INVITATION.format(number=number, role=role, day=day(item.made_at, now), until=until))
        args = {"digest": item.digest, "jurisdiction": item.jurisdiction}
        rows.append(
            (Key(short(t.WITHDRAW.format(number=number, role=item.role)), press("uninvite", "", "people", **args)),)
        )
    if len(open_invitations) > MOST:
        lines.append(t.MORE.format(count=len(open_invitations) - MOST))
    return Message("\n".join(lines), (), tuple(rows))


def holders(roles: Sequence[HeldRole]) -> Message:
    """Return the roles that are held, each with the button that asks whether to end it."""
    if not roles:
        return Message(t.HOLDINGS_NONE)
    lines = [t.HOLDINGS.format(count=len(roles))]
    rows = []
    for item in roles[:MOST]:
        name = written(item.name, MARKED_NAME)
        lines.append(t.HOLDING.format(name=name, role=item.role, plan=item.plan))
        label = short(t.RELEASE.format(name=name, role=item.role))
        rows.append((Key(label, press("revoke", "", "people", id=item.id)),))
    lines.append(t.MORE.format(count=len(roles) - MOST) if len(roles) > MOST else t.REVOKE_HOW)
    return Message("\n".join(lines), (), tuple(rows))


def sure(item: HeldRole) -> Message:
    """Ask whether a role is to be ended."""
    text = t.SURE.format(name=written(item.name, MARKED_NAME), role=item.role, plan=item.plan)
    keys = (
        Key(t.SURE_YES, press("revoke_now", "", "people", id=item.id)),
        Key(t.SURE_NO, press("amend_not", "", "directory")),
    )
    return Message(text, (), (keys,))
