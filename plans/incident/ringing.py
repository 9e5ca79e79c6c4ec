"""Rings in vain: somebody was engaged or did not answer; kept for the record, nothing is settled by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import decides, tells
from plans.incident.case import Case, NoticeContext
from plans.obligations.demands import demanded
from plans.obligations.wanted import covered

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class RingInVain(Command):
    """A recipient was engaged or did not answer.

    Attributes:
        about: key of the obligation that it was rung about, ``call:UNIT:ROUND`` for a call; empty = what is open.
    """

    recipient: str
    outcome: str = "没接通"
    about: str = ""

    until_closed = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class RingFailed(Event, name="ring-failed"):
    """A recipient was rung in vain (占线, 没接通).

    Attributes:
        about: key of the obligation instance that it was rung about, or ``call:UNIT:ROUND``; empty in older logs.
    """

    recipient: str
    outcome: str
    about: str = ""


# --- what may happen


@decides(RingInVain)
def ring_in_vain(case: Case, command: RingInVain) -> Refusal | None:
    """占线 or 没接通: kept for the record, the obligation stays open."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    known = command.about in case.incident.instances or keys.is_call(command.about)
    about = command.about if known else _rung_about(case, command.recipient)
    case.record(RingFailed(recipient=command.recipient, outcome=command.outcome, about=about))
    return None


def _rung_about(case: Case, recipient: str) -> str:
    """Return what somebody is rung about where nobody said it.

    What is due first and has not been heard, by telephone before what is left open and never in writing; else the call.
    """
    demands = demanded(case.plan, case.incident, case.policy)
    open_ones = [
        item
        for item in case.incident.open_instances
        if item.by_office and not item.possible and item.channel != "书面" and recipient in item.to
        if item.key in demands and recipient not in covered(demands[item.key], case.incident)
    ]
    if open_ones:
        return min(open_ones, key=lambda item: item.channel != "电话").key
    call = case.incident.calls.get(recipient)
    return keys.call(call.unit, call.round) if call is not None else ""


# --- who is told


@tells(RingFailed)
def _tell_ring_failed(event: RingFailed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="note",
        key="worksheet",
        to=SEAT,
        priority=3,
        edits=True,
        params={"recipient": event.recipient, "outcome": event.outcome},
    )
