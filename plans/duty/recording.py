"""代录: what a bearer said on the telephone is recorded by the office; the bearer hears it, signs it or objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from plans.core.authority import said_by
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import to_person
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.duty.case import Case, NoticeContext
from plans.duty.settling import DutySettled, change
from plans.duty.state import DONE, NOT_APPLICABLE, DutyBook

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordDuty(Command):
    """Record that a bearer said on the telephone that a duty is done, or does not apply.

    Attributes:
        key: ``duty|period``. status: ``done`` or ``not_applicable``; then ``text`` says why.
        spoken_by, spoken_id: who said it; no id where he is not registered. spoken_at: when; None = now.
        text: what was said.
    """

    key: str
    spoken_by: str
    spoken_id: str = ""
    spoken_at: datetime | None = None
    status: str = DONE
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignDuty(Command):
    """补签: whoever said it signs what the office has recorded."""

    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectToRecord(Command):
    """The bearer says that what was recorded for it is not so: the duty is open again."""

    key: str
    reason: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class DutySigned(Event, name="duty-signed", personal=("name",)):
    """What was recorded was signed by whoever said it."""

    key: str
    by: str
    name: str | None = None

    touches = ("duty:{key}",)


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordObjected(Event, name="duty-record-objected", personal=("name", "reason")):
    """The bearer objected to what was recorded for it."""

    key: str
    by: str
    name: str | None = None
    reason: str | None = None

    touches = ("duty:{key}",)


# --- what may happen


@decides(RecordDuty)
def record_duty(case: Case, command: RecordDuty) -> Refusal | None:
    """The office records it, never the bearer himself, with who said it and when."""
    instance = case.book.of(command.key)
    if instance is None:
        return Refusal(key="no_such_duty", params={"given": command.key})
    if not case.checks or case.bears or command.spoken_id == case.actor.id:
        return Refusal(key="not_yours_to_record", who=("duty", *case.plan.roles), params={"name": case.book.title})
    if instance.settled:
        return Refusal(key="duty_settled", params={"status": instance.status(case.now)})
    if command.status not in (DONE, NOT_APPLICABLE):
        raise ValueError(f"a duty cannot be {command.status}")
    if not command.spoken_by.strip():
        return Refusal(key="duty_who_said", params={"name": case.book.title})
    if command.status == NOT_APPLICABLE and not command.text.strip():
        return Refusal(key="reason_for_not_applicable", confirm="reason")
    spoken_at = command.spoken_at or case.now
    if case.ahead(spoken_at) is not None or spoken_at < instance.begins:
        return Refusal(key="duty_said_when")
    case.record(
        DutySettled(
            key=command.key, status=command.status, by=case.actor.id, name=case.actor.name or None,
            text=command.text or None if command.status == DONE else None,
            reason=command.text or None if command.status == NOT_APPLICABLE else None,
            recorded=True, spoken_by=command.spoken_by.strip(), spoken_id=command.spoken_id, spoken_at=spoken_at,
        )
    )  # fmt: skip
    return None


@decides(SignDuty)
def sign_duty(case: Case, command: SignDuty) -> Refusal | None:
    """Whoever said it signs, and nobody signs what he has recorded himself."""
    instance = case.book.of(command.key)
    told = instance.told if instance is not None else None
    own = case.bears and case.book.bearer not in {lent.role for lent in case.actor.acting}
    if told is None or told.signed or not said_by(case, told, holds=case.bears, in_own_right=own):
        return Refusal(key="nothing_to_sign")
    case.record(DutySigned(key=command.key, by=case.actor.id, name=case.actor.name or None))
    return None


@decides(ObjectToRecord)
def object_to_record(case: Case, command: ObjectToRecord) -> Refusal | None:
    """The bearer objects, as long as nobody of it has signed."""
    instance = case.book.of(command.key)
    if instance is None:
        return Refusal(key="no_such_duty", params={"given": command.key})
    if not case.bears:
        return Refusal(key="not_your_duty", params={"name": case.book.title})
    told = instance.told
    if told is None or told.signed:
        return Refusal(key="nothing_to_object")
    case.record(
        RecordObjected(
            key=command.key, by=case.actor.id, name=case.actor.name or None, reason=command.reason.strip() or None
        )
    )
    return None


# --- what it does to the book


@applies(DutySigned)
def _on_signed(book: DutyBook, event: DutySigned, item: Recorded) -> None:
    instance = book.of(event.key)
    if instance is not None and instance.told is not None:
        change(book, event.key, item, told=replace(instance.told, signed=True))


@applies(RecordObjected)
def _on_objected(book: DutyBook, event: RecordObjected, item: Recorded) -> None:
    change(
        book, event.key, item, said="", at=None, by="", reason="", text="", told=None,
        objected=event.reason or event.name or event.by,
    )  # fmt: skip


# --- who is told


declare(NoticeType("duty_objected", personal=True, can_wait=True))


@tells(RecordObjected)
def _tell_objected(event: RecordObjected, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    """Whoever recorded it hears that it is not so."""
    before = context.before.of(event.key) if context.before is not None else None
    if before is None or before.told is None:
        return
    yield Notice(
        kind="duty", key="duty_objected", to=to_person(before.told.by), priority=2, ring=True,
        params={"key": event.key, "spoken_by": before.told.spoken_by, "name": event.name or "",
                "reason": event.reason or ""},
    )  # fmt: skip
