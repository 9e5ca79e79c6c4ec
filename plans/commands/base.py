"""Who asks, and the base of all commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

NOBODY: frozenset[str] = frozenset()


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
        roles: role ids of the plan, and ``duty``, ``admin``, ``reporter``, ``liaison``.
        units: units that the person answers for.
        acting: which of the roles are held for somebody else, and not in one's own right too.
        via: how it came: ``direct``, or a way that carries no authority: ``anonymous channel forward edit via_bot``.
    """

    id: str
    name: str = ""
    roles: frozenset[str] = NOBODY
    units: frozenset[str] = NOBODY
    acting: tuple[Acting, ...] = ()
    via: str = "direct"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What somebody saw when he confirmed: an object of the incident and its revision (``plans.incident.changes``)."""

    object: str
    revision: int


SYSTEM = Actor(id="system", name="", roles=frozenset({"system"}))
"""The program's own clock."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """Base of all commands."""
