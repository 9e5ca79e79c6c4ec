"""Who holds what, with the buttons that take it back; and what is missing among people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render.labels import LONGEST, press
from bot.render.message import Key, Message
from bot.render.text import written
from bot.render.times import day
from bot.texts import people as people_texts
from bot.texts import revoking as revoking_texts
from bot.texts.words import LIST

MOST = 20
"""Roles or invitations in one list."""

MOST_NAMES = 12
"""Names in one line of a check."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """A role that somebody holds."""

    id: str
    name: str
    role: str
    plan: str


@dataclass(frozen=True, kw_only=True)
class Invited:
    """An invitation that nobody has used."""

    digest: str
    jurisdiction: str
    role: str
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What is missing among the people of a plan; empty where nothing is.

    Attributes:
        roles: titles that nobody who can be reached holds.
        units: member units that nobody answers for. unreachable: whose liaisons get no message.
        never_started, blocked: persons with their roles.
        silent: who did not answer the last roll. rolled: days since it was called, None = never.
        seat: whether nobody sits on the duty seat.
    """

    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()
    never_started: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    rolled: int | None = None
    stale: bool = False
    seat: bool = False

    @property
    def good(self) -> bool:
        """Whether nothing is missing."""
        named = (self.roles, self.units, self.unreachable, self.never_started, self.blocked, self.silent)
        return not any(named) and not self.stale and not self.seat


def invitations(found: Sequence[Invited], now: datetime) -> Message:
    """Return the invitations that can be withdrawn, each with its button."""
    if not found:
        return Message(revoking_texts.INVITATIONS_NONE)
    lines = [revoking_texts.INVITATIONS.format(count=len(found))]
    rows = []
    for item in found[:MOST]:
        late = item.expires_at <= now
        until = (
            revoking_texts.INVITATION_EXPIRED
            if late
            else revoking_texts.INVITATION_UNTIL.format(day=day(item.expires_at, now))
        )
        lines.append(revoking_texts.INVITATION.format(role=item.role, day=day(item.made_at, now), until=until))
        args = {"digest": item.digest, "jurisdiction": item.jurisdiction}
        rows.append(
            (Key(_short(revoking_texts.WITHDRAW.format(role=item.role)), press("uninvite", "", "people", **args)),)
        )
    if len(found) > MOST:
        lines.append(revoking_texts.MORE.format(count=len(found) - MOST))
    return Message("\n".join(lines), (), tuple(rows))


def holders(found: Sequence[Held]) -> Message:
    """Return the roles that are held, each with the button that asks whether to end it."""
    if not found:
        return Message(revoking_texts.HOLDINGS_NONE)
    lines = [revoking_texts.HOLDINGS.format(count=len(found))]
    rows = []
    for item in found[:MOST]:
        name = written(item.name, 16)
        lines.append(revoking_texts.HOLDING.format(name=name, role=item.role, plan=item.plan))
        label = _short(revoking_texts.RELEASE.format(name=name, role=item.role))
        rows.append((Key(label, press("revoke", "", "people", id=item.id)),))
    lines.append(
        revoking_texts.MORE.format(count=len(found) - MOST) if len(found) > MOST else revoking_texts.REVOKE_HOW
    )
    return Message("\n".join(lines), (), tuple(rows))


def sure(item: Held) -> Message:
    """Ask whether a role is to be ended."""
    text = revoking_texts.SURE.format(name=written(item.name, 16), role=item.role, plan=item.plan)
    keys = (
        Key(revoking_texts.SURE_YES, press("revoke_now", "", "people", id=item.id)),
        Key(revoking_texts.SURE_NO, press("amend_not", "", "directory")),
    )
    return Message(text, (), (keys,))


def checked(title: str, missing: Missing) -> str:
    """Return what is missing among the people of a plan, one line each."""
    lines = [people_texts.CHECK_HEAD.format(plan=title)]
    if missing.seat:
        lines.append(people_texts.CHECK["seat"])
    for key in ("roles", "units", "unreachable", "never_started", "blocked", "silent"):
        names = [written(name, 30) for name in getattr(missing, key)]
        if names:
            more = people_texts.CHECK_MORE.format(count=len(names)) if len(names) > MOST_NAMES else ""
            lines.append(people_texts.CHECK[key].format(names=LIST.join(names[:MOST_NAMES]) + more, count=len(names)))
    if missing.stale:
        key = "never_rolled" if missing.rolled is None else "no_roll"
        lines.append(people_texts.CHECK[key].format(days=missing.rolled))
    return "\n".join(lines if len(lines) > 1 else [*lines, people_texts.CHECK_GOOD])


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"
