"""Commands about the case as a whole: take, close, reopen, reject, merge, undo; a drill's pause and jump; a wake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from plans.commands.base import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeHandling(Command):
    """「我来处理」."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoosePlan(Command):
    """Say under which plan the incident falls. The shell decides it by that plan, and adds all but ``plan``.

    Attributes:
        plan, plan_version, plan_hash: the plan, as installed; no hash = there is none of that name that may be chosen.
        known: titles of those that may.
        previous_title: of the plan so far.
        facts, raised, candidates: what the report says, read with the chosen plan.
        allowed: the actor belongs to the command office under the plan so far.
        keeps_seat: whoever handles the incident belongs to the office of the chosen plan too.
    """

    plan: str
    plan_version: str = ""
    plan_hash: str = ""
    known: tuple[str, ...] = ()
    previous_title: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    allowed: bool = False
    keeps_seat: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeOver(Command):
    """「我接班」: this incident's reminders follow the new holder of the seat."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Close(Command):
    """Close the case; refused while obligations are open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopen(Command):
    """Open a closed case again, to ``ended``."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reject(Command):
    """误报."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge(Command):
    """并案: into another open incident; the shell executes :class:`Absorb` there in the same transaction.

    Attributes:
        into_level: the other's response level; a declared response is merged only into one at least as high.
    """

    into: str
    number: int
    into_level: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Absorb(Command):
    """Take in another incident's claims and the list of those who were told its figures.

    Attributes:
        confirmed: fact -> the sources in ``claims`` whose figure a person with authority had confirmed.
        death_unconfirmed: a death was said there and nobody has confirmed it.
        raised: closed facts that were raised there without a value.
    """

    other: str
    number: int
    claims: Mapping[str, Mapping[str, Any]]
    told: tuple[str, ...] = ()
    text: str = ""
    occurred_at: datetime | None = None
    confirmed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    death_unconfirmed: bool = False
    raised: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DenyDuplicate(Command):
    """「不是同一件」."""

    other: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Undo(Command):
    """Take back one's own last acknowledgement, filing or verification, within a minute.

    Attributes:
        only: the number in the log of what a button offered to take back: nothing else is; 0 = whatever was last.
    """

    only: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PauseDrill(Command):
    """Pause a drill, or let it go on."""

    paused: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class JumpDrill(Command):
    """Skip a live drill to its next deadline."""

    by: timedelta | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wake(Command):
    """A registered moment has come: remind, climb, ring again. What is due is decided from the log and ``now``.

    Attributes:
        beside: number of a running incident that this one may be the same as; 0 for none.
        ahead: other incidents are reminded of now: what is due soon here is said with it.
    """

    beside: int = 0
    ahead: bool = False
