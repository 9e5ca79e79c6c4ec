"""Who asks, and the base of all commands: imperative, frozen. A decider turns one into events or a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple

NOBODY: frozenset[str] = frozenset()

VOICE = "voice"
"""The way of a key that somebody pressed on the telephone: it answers what was asked of him, and decides nothing."""

PLATFORM = "platform"
"""The way of another system (a 110 platform, a met office): it tells, answers for its units, and decides nothing."""


def platform_id(token: str) -> str:
    """Return what another system is called in logs, by the id of its token: no id of a person."""
    return f"{PLATFORM}:{token}"


LINE = "line:"
"""Begins what stands for a token where another office of this installation reports by a reporting line."""


def line_of(actor: str) -> str:
    """Return the reporting line by which somebody reported, by his id in logs; empty where it was none."""
    before = platform_id(LINE)
    return actor.removeprefix(before) if actor.startswith(before) else ""


def is_platform(actor: str) -> bool:
    """Return whether an id of logs is that of another system."""
    return actor.startswith(f"{PLATFORM}:")


class Acting(NamedTuple):
    """A role that is held for somebody else for a time (代行): whose it is, and until when."""

    role: str
    whose: str
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who asks, with the roles held at this moment.

    Attributes:
        id: of the person; ``system`` for the program's own clocks.
        name: what he is called. confirmed: it is his real name, and no name that he gave himself.
        roles: role ids of the plan, and ``duty``, ``admin``, ``reporter``, ``liaison``.
        units: units that the person answers for.
        acting: which of the roles are held for somebody else, and not in one's own right too.
        via: how it came: ``direct``, or a way that carries no authority: ``anonymous channel forward edit via_bot``,
            ``voice platform``.
    """

    id: str
    name: str = ""
    confirmed: bool = False
    roles: frozenset[str] = NOBODY
    units: frozenset[str] = NOBODY
    acting: tuple[Acting, ...] = ()
    via: str = "direct"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What somebody saw when he confirmed: an object of the case and its revision (``plans.core.revisions``)."""

    object: str
    revision: int


SYSTEM = Actor(id="system", name="", roles=frozenset({"system"}))
"""The program's own clock."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """Base of all commands. What holds of every command of a class stands in its class.

    Attributes:
        opens: it opens a case; every other one is asked of a case that is there.
        any_state: it may be asked whatever the case's state.
        until_closed: also after a rejection, since a correction may be owed then.
        any_way: it may come in any way (anonymous, forwarded, edited, through a bot), and carries no authority then.
        by_voice: a key pressed on the telephone may ask for it.
        by_platform: another system may ask for it.
    """

    opens: ClassVar[bool] = False
    any_state: ClassVar[bool] = False
    until_closed: ClassVar[bool] = False
    any_way: ClassVar[bool] = False
    by_voice: ClassVar[bool] = False
    by_platform: ClassVar[bool] = False

    def may_come(self, via: str) -> bool:
        """Return whether it may come in a way; whether the person may is another question."""
        if via in (VOICE, PLATFORM):
            return self.by_voice if via == VOICE else self.by_platform
        return via == "direct" or self.any_way


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockCommand(Command):
    """A registered moment has come. What is due is decided from the log and ``now``, so that none is served twice.

    Attributes:
        ahead: other things are said in this moment: what is due soon here is said with them.
        alone: no other case is looked at.
    """

    ahead: bool = False
    alone: bool = False

    any_state = True
