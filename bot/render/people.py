"""What is missing among people."""

from __future__ import annotations

from dataclasses import dataclass

from bot.render.text import written
from bot.texts import people as t
from bot.texts.words import LIST

MOST_NAMES = 12
"""Names in one line of a check."""


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What is missing among the people of a plan; empty where nothing is.

    Attributes:
        roles: titles that nobody who can be reached holds.
        units: member units that nobody answers for. unreachable: whose liaisons get no message.
        never_started, blocked: persons with their roles.
        silent: who did not answer the last roll. rolled: days since it was called, None = never.
        seat: whether nobody sits on the duty seat.
        kinds: which the plan's warnings call, and of which the list has no body; nothing depends on them either.
        unconfirmed: whose real name is not confirmed; nothing depends on them either.
        groups: work groups for which neither the plan nor the office names a lead; nothing depends on them.
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
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is missing."""
        lists = (self.roles, self.units, self.unreachable, self.never_started, self.blocked, self.silent)
        return not any(lists) and not self.stale and not self.seat


def check(title: str, missing: Missing) -> str:
    """Return what is missing among the people of a plan, one line each."""
    lines = [t.CHECK_HEAD.format(plan=title)]
    if missing.seat:
        lines.append(t.CHECK["seat"])
    for key in ("roles", "units", "unreachable", "never_started", "blocked", "silent"):
        names = [written(name, 30) for name in getattr(missing, key)]
        if names:
            more = t.CHECK_MORE.format(count=len(names)) if len(names) > MOST_NAMES else ""
            lines.append(t.CHECK[key].format(names=LIST.join(names[:MOST_NAMES]) + more, count=len(names)))
    if missing.stale:
        key = "never_rolled" if missing.rolled is None else "no_roll"
        lines.append(t.CHECK[key].format(days=missing.rolled))
    if len(lines) == 1:
        lines.append(t.CHECK_GOOD)
    if missing.groups:
        names = [written(name, 30) for name in missing.groups[:MOST_NAMES]]
        lines.append(t.CHECK_GROUPS.format(names=LIST.join(names), count=len(missing.groups)))
    if missing.unconfirmed:
        names = [written(name, 40) for name in missing.unconfirmed[:MOST_NAMES]]
        lines.append(t.CHECK_UNCONFIRMED.format(names=LIST.join(names), count=len(missing.unconfirmed)))
    if missing.kinds:
        lines.append(t.CHECK_KINDS.format(names=LIST.join(written(name, 20) for name in missing.kinds)))
    return "\n".join(lines)
