"""退回: whoever checks a duty sends it back, for a reason; it is to be done again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.duty.book import bearers_audience
from plans.duty.case import Case, NoticeContext
from plans.duty.settling import change, duty_key
from plans.duty.state import DutyBook

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnDuty(Command):
    """退回: whoever checks sends it back, for a reason."""

    key: str
    reason: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyReturned(Event, name="duty-returned", personal=("name", "reason")):
    """It was sent back: it is to be done again, and whoever bears it sees why."""

    key: str
    by: str
    name: str | None = None
    reason: str | None = None

    touches = ("duty:{key}",)


# --- what may happen


@decides(ReturnDuty)
def return_duty(case: Case, command: ReturnDuty) -> Refusal | None:
    """Whoever checks sends it back; nobody sends back what he bears himself."""
    instance = case.book.of(command.key)
    if instance is None:
        return Refusal(key="no_such_duty", params={"given": command.key})
    if not case.checks or case.bears:
        return Refusal(key="not_yours_to_check", who=("duty", *case.plan.roles))
    if not instance.settled:
        return Refusal(key="nothing_to_return")
    if not command.reason.strip():
        return Refusal(key="reason_for_returning", confirm="reason")
    case.record(DutyReturned(key=command.key, by=case.actor.id, name=case.actor.name or None, reason=command.reason))
    return None


# --- what it does to the book


@applies(DutyReturned)
def _on_returned(book: DutyBook, event: DutyReturned, item: Recorded) -> None:
    instance = book.of(event.key)
    change(
        book, event.key, item, said="", at=None, by="", reason="", told=None, returned_at=item.at,
        returned=event.reason or "",
        outdated=len(instance.evidence) if instance is not None else 0,
    )  # fmt: skip


# --- who is told


declare(NoticeType("duty_returned", can_wait=True))


@tells(DutyReturned)
def _tell_returned(event: DutyReturned, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="duty", key="duty_returned", to=bearers_audience(context.after), priority=2, ring=True,
        guard=duty_key(event.key), params={"key": event.key, "reason": event.reason or ""},
        buttons=buttons(("duty_done", "duty_done", duty_key(event.key), {"key": event.key})),
    )  # fmt: skip
