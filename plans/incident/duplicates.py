"""Two incidents may be one: the seat is asked, and says that they are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Key
from plans.core.notice import Notice, buttons
from plans.core.outcome import Refusal
from plans.core.registry import applies, asks, decides, revises, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.revisions import running
from plans.incident.state import KIND, Incident

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class DenyDuplicate(Command):
    """「不是同一件」."""

    other: str


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class DuplicateSuspected(Event, name="duplicate-suspected"):
    """Another open incident may be the same one; nothing is merged without a person's word."""

    other: str
    number: int

    touches = ("duplicate:{other}",)


@dataclass(frozen=True, kw_only=True, slots=True)
class DuplicateDenied(Event, name="duplicate-denied"):
    """A duty officer said that the other incident is not the same."""

    other: str


# --- what may happen


@decides(DenyDuplicate)
def deny_duplicate(case: Case, command: DenyDuplicate) -> Refusal | None:
    """「不是同一件」."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if command.other not in case.incident.suspected:
        return Refusal(key="nothing_suspected")
    case.record(DuplicateDenied(other=command.other))
    return None


# --- what it does to the incident


@applies(DuplicateSuspected)
def _on_suspected(incident: Incident, event: DuplicateSuspected, item: Recorded) -> None:
    incident.suspected[event.other] = event.number


@applies(DuplicateDenied)
def _on_denied(incident: Incident, event: DuplicateDenied, item: Recorded) -> None:
    incident.suspected.pop(event.other, None)


# --- who is told


@tells(DuplicateSuspected)
def _tell_suspected(event: DuplicateSuspected, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    args = {"other": event.other, "number": event.number}
    target = keys.duplicate(event.other)
    yield Notice(
        kind="asked",
        key="duplicate",
        to=SEAT,
        priority=1,
        params={"number": event.number},
        buttons=buttons(("merge", "merge", target, args), ("not_same", "not_same", target, args)),
    )


@asks(DuplicateSuspected)
def _asks_same(incident: Incident, event: DuplicateSuspected, item: Recorded, key: Key) -> bool:
    return key == keys.duplicate(event.other)


@revises(KIND, "duplicate")
def _revision(incident: Incident, of: str) -> int | None:
    return running("duplicate:{}", "response")(incident, of) if of in incident.suspected else None
