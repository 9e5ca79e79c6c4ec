"""A duty is done, does not apply this time, or is sent back by whoever checks; what is done late is late.

What a bearer says on the telephone is recorded in ``plans.duty.recording``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from plans.acting import carries_out
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import Key
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.core.revisions import last_change
from plans.duty.book import bearers_audience
from plans.duty.case import Case, NoticeContext, duty_of
from plans.duty.state import DONE, KIND, NOT_APPLICABLE, DutyBook, Instance, Told
from plans.times import BEIJING

WANTS_A_FILE = frozenset({"photo", "file", "minutes"})
"""Evidence that words alone are not."""


def duty_key(key: str) -> Key:
    """Return the key of one duty in one period, for its buttons."""
    return Key.make("duty", key)


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class SettleDuty(Command):
    """Say that a duty is done in a period, or does not apply.

    Attributes:
        key: ``duty|period``. status: ``done`` or ``not_applicable``.
        text, evidence: what is handed in: words, digests of kept files. reason: why it does not apply.
        sure: it is done although what the duty asks for is not handed in.
    """

    key: str
    status: str = DONE
    text: str = ""
    evidence: tuple[str, ...] = ()
    reason: str = ""
    sure: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AddDutyEvidence(Command):
    """Hand in a further picture or file for what is done already, or will be."""

    key: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReopenDuty(Command):
    """Take back what the bearer said, by the bearer itself."""

    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FulfilByDrill(Command):
    """An exercise that was held fulfils the drill duties whose period runs.

    Attributes:
        drill: what it was, in words.
    """

    drill: str


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class DutySettled(Event, name="duty-settled", personal=("name", "text", "reason", "spoken_by")):
    """A duty was done or does not apply.

    Attributes:
        recorded: the bearer said so on the telephone, and the office recorded it (``plans.duty.recording``).
        spoken_by, spoken_id, spoken_at: who said it, and when.
    """

    key: str
    status: str
    by: str
    name: str | None = None
    text: str | None = None
    reason: str | None = None
    evidence: tuple[str, ...] = ()
    recorded: bool = False
    drill: str = ""
    spoken_by: str | None = None
    spoken_id: str = ""
    spoken_at: datetime | None = None

    touches = ("duty:{key}",)


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyEvidenceAdded(Event, name="duty-evidence-added"):
    """Something further was handed in."""

    key: str
    by: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyReopened(Event, name="duty-reopened"):
    """The bearer took back what it had said."""

    key: str
    by: str

    touches = ("duty:{key}",)


# --- what may happen


@carries_out("duty", "settle", "Duty.evidence")
@decides(SettleDuty)
def settle_duty(case: Case, command: SettleDuty) -> Refusal | None:
    """The bearer says so; what the duty asks to see is asked for."""
    instance = case.book.of(command.key)
    if instance is None:
        return Refusal(key="no_such_duty", params={"given": command.key})
    if not case.bears:
        return Refusal(key="not_your_duty", params={"name": case.book.title})
    if instance.settled:
        return Refusal(key="duty_settled", params={"status": instance.status(case.now)})
    if command.status not in (DONE, NOT_APPLICABLE):
        raise ValueError(f"a duty cannot be {command.status}")
    if command.status == NOT_APPLICABLE and not command.reason.strip():
        return Refusal(key="reason_for_not_applicable", confirm="reason")
    duty = duty_of(case.plan, instance.duty)
    wanted = duty.evidence if duty is not None else "none"
    if command.status == DONE and not command.sure and _lacks(wanted, command, instance):
        return Refusal(
            key="evidence_wanted", clause=duty.clause if duty is not None else "", params={"evidence": wanted},
            confirm="sure",
        )  # fmt: skip
    case.record(
        DutySettled(
            key=command.key, status=command.status, by=case.actor.id, name=case.actor.name or None,
            text=command.text or None, reason=command.reason or None, evidence=command.evidence,
        )
    )  # fmt: skip
    return None


def _lacks(wanted: str, command: SettleDuty, instance: Instance) -> bool:
    """Return whether what the duty asks to see is not there; what was sent back does not show it any more."""
    files = bool(command.evidence or instance.evidence[instance.outdated :])
    if wanted in WANTS_A_FILE:
        return not files
    return wanted == "text" and not files and not command.text.strip()


@decides(AddDutyEvidence)
def add_evidence(case: Case, command: AddDutyEvidence) -> Refusal | None:
    """Keep a further file with it."""
    instance = case.book.of(command.key)
    if instance is None:
        return Refusal(key="no_such_duty", params={"given": command.key})
    if not (case.bears or case.checks):
        return Refusal(key="not_your_duty", params={"name": case.book.title})
    fresh = tuple(item for item in command.evidence if item not in instance.evidence)
    if not fresh:
        return Refusal(key="same_as_before")
    case.record(DutyEvidenceAdded(key=command.key, by=case.actor.id, evidence=fresh))
    return None


@decides(ReopenDuty)
def reopen_duty(case: Case, command: ReopenDuty) -> Refusal | None:
    """The bearer, or the office for it, takes back what was said."""
    instance = case.book.of(command.key)
    if instance is None:
        return Refusal(key="no_such_duty", params={"given": command.key})
    if not (case.bears or case.checks):
        return Refusal(key="not_your_duty", params={"name": case.book.title})
    if not instance.settled:
        return Refusal(key="same_as_before")
    case.record(DutyReopened(key=command.key, by=case.actor.id))
    return None


@carries_out("duty", "drill", "Duty.drill")
@decides(FulfilByDrill)
def fulfil_by_drill(case: Case, command: FulfilByDrill) -> Refusal | None:
    """Settle the drill duties that run and are not settled."""
    today = case.now.astimezone(BEIJING).date()
    for instance in list(case.book.waiting()):
        duty = duty_of(case.plan, instance.duty)
        if duty is not None and duty.drill and instance.first <= today and instance.due > case.now:
            case.record(DutySettled(key=instance.key, status=DONE, by=case.actor.id, drill=command.drill))
    return None


# --- what it does to the book


def change(book: DutyBook, key: str, item: Recorded, **changes: object) -> None:
    """Change what the book keeps of a duty in a period."""
    instance = book.of(key)
    if instance is not None:
        changed = replace(instance, sequence=item.sequence, **changes)  # type: ignore[arg-type]
        book.instances[instance.duty, instance.period] = changed


def _send(book: DutyBook, evidence: tuple[str, ...]) -> None:
    for handed_in in evidence:
        book.send(handed_in.partition(":")[2])


@applies(DutySettled)
def _on_settled(book: DutyBook, event: DutySettled, item: Recorded) -> None:
    instance = book.of(event.key)
    kept = instance.evidence if instance is not None else ()
    _send(book, event.evidence)
    told = _told(event, item)
    change(
        book, event.key, item, said=event.status, at=told.at if told is not None else item.at,
        by=(event.spoken_by if told is not None else event.name) or "", text=event.text or event.drill,
        reason=event.reason or "", evidence=tuple(dict.fromkeys((*kept, *event.evidence))), returned_at=None,
        returned="", outdated=0, told=told, objected="",
    )  # fmt: skip


def _told(event: DutySettled, item: Recorded) -> Told | None:
    """Return what was said on the telephone; older logs name the recorder alone, and owe no signature."""
    if not event.recorded or event.spoken_at is None:
        return None
    return Told(
        by=event.by, recorded_by=event.name or "", spoken_by=event.spoken_by or "", spoken_id=event.spoken_id,
        at=event.spoken_at,
    )  # fmt: skip


@applies(DutyEvidenceAdded)
def _on_evidence(book: DutyBook, event: DutyEvidenceAdded, item: Recorded) -> None:
    instance = book.of(event.key)
    if instance is not None:
        _send(book, event.evidence)
        change(book, event.key, item, evidence=(*instance.evidence, *event.evidence))


@applies(DutyReopened)
def _on_reopened(book: DutyBook, event: DutyReopened, item: Recorded) -> None:
    change(book, event.key, item, said="", at=None, by="", reason="", told=None)


@revises(KIND, "duty")
def _revision(book: DutyBook, of: str) -> int | None:
    return last_change(book, f"duty:{of}") if book.open and book.of(of) is not None else None


@guards(KIND)
def _open(book: DutyBook) -> Iterator[Key]:
    if book.open:
        yield from (duty_key(item.key) for item in book.unsettled())


# --- who is told


declare(NoticeType("duty_recorded", can_wait=True))


@tells(DutySettled)
def _tell_recorded(event: DutySettled, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    """The bearer hears at once what was recorded in its name."""
    if not event.recorded or event.spoken_at is None:
        return
    key, args = duty_key(event.key), {"key": event.key}
    presses = (("duty_sign", "duty_sign", key, args), ("duty_object", "duty_object", key, args))
    yield Notice(
        kind="duty", key="duty_recorded", to=bearers_audience(context.after), priority=2, params=args,
        buttons=buttons(*presses),
    )  # fmt: skip
