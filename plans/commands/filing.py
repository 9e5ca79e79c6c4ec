"""Commands about answers of units and about reports: acknowledge, file, ring in vain, request, waive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plans.commands.base import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledge(Command):
    """A unit answers; with ``unit`` the duty officer records an answer given by telephone."""

    status: str = "收到"
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CallMore(Command):
    """Call further units than the declared level does: for one that cannot come, or because more is needed.

    Attributes:
        unreachable: of these, units that nobody answers for who can be written to.
    """

    units: tuple[str, ...]
    unreachable: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class NameBody(Command):
    """Say which body a placeholder of the plan (事发镇街) is at this incident.

    Attributes:
        unreachable: units that nobody answers for who can be written to.
    """

    unit: str
    body: str
    unreachable: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class File(Command):
    """Record that a report was made: to one recipient, several, or all that are owed it.

    Attributes:
        channel: empty = as the obligation demands, by telephone where it demands none.
        called_at: when the call was made; lateness counts by it.
        shown: number in the log up to which the words knew that were read out; 0 = all that was known at the call.
    """

    report: str = ""
    channel: str = ""
    to: tuple[str, ...] = ()
    obligation: str = ""
    called_at: datetime | None = None
    taker: str = ""
    document: str = ""
    shown: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class RingInVain(Command):
    """A recipient was engaged or did not answer.

    Attributes:
        about: key of the obligation that it was rung about, ``call:UNIT:ROUND`` for a call; empty = what is open.
    """

    recipient: str
    outcome: str = "没接通"
    about: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestVerification(Command):
    """A superior asks for something to be verified."""

    recipient: str = ""
    question: str = ""
    requested_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Waive(Command):
    """Excuse an open obligation, with a reason."""

    obligation: str
    reason: str
