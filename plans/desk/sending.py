"""A text of the desk is drafted, goes out, is corrected, is taken back: what instructions and notices share of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import Audience, to_person
from plans.core.kind import WakePoint, slack_by_day, slack_of
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.desk.addressed import DISCARDED, DRAFT, SENT, WITHDRAWN, Addressed, manages, may_change, may_draft
from plans.desk.case import Case, NoticeContext
from plans.desk.recipients import in_his_name, to_recipients
from plans.times.night import morning_of

DRAFT_WAITS = timedelta(minutes=30)
"""A draft that has not gone out by then is reminded of, once (a rule of the program)."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Discard(Command):
    """A draft is not sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Correct(Command):
    """更正: it says something else from now on, and everybody who has it is told and answers anew.

    Also when all have answered: then receipts are waited for again, and of an instruction what was done stays done.
    """

    text: str

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdraw(Command):
    """收回: nothing of it stands; everybody who has it is told, also when all have answered."""

    reason: str = ""

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftDiscarded(Event, name="desk-draft-discarded"):
    """It was not sent."""

    by: str

    touches = ("draft",)


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftRung(Event, name="desk-draft-rung"):
    """Whoever wrote it was reminded that it has not gone out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TextCorrected(Event, name="desk-text-corrected", personal=("text", "name")):
    """What it says; of a draft nobody is told.

    Attributes:
        recipients: those who are to answer anew.
    """

    text: str | None
    by: str
    name: str | None = None
    recipients: tuple[str, ...] = ()

    touches = ("draft", "text")


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawn(Event, name="desk-withdrawn", personal=("name", "reason")):
    """It was taken back."""

    by: str
    name: str | None = None
    reason: str | None = None

    touches = ("draft", "text")


# --- what may happen


@decides(Discard)
def discard(case: Case[Any], command: Discard) -> Refusal | None:
    """Whoever wrote it, or the desk."""
    if (refusal := may_draft(case)) is not None:
        return refusal
    case.record(DraftDiscarded(by=case.actor.id))
    return None


@decides(Correct)
def correct(case: Case[Any], command: Correct) -> Refusal | None:
    """Say it otherwise; those who have done what was asked need not answer anew."""
    state, text = case.state, command.text.strip()
    if not manages(case):
        return Refusal(key="desk_not_yours", who=("duty",))
    if state.state in (WITHDRAWN, DISCARDED):
        return Refusal(key="desk_closed", params={"number": state.number})
    if not text:
        return Refusal(key="desk_no_text")
    if text == state.text:
        return Refusal(key="same_as_before")
    again = tuple(name for name in state.told if state.waits_for(name))
    case.record(TextCorrected(text=text, by=case.actor.id, name=case.actor.name or None, recipients=again))
    return None


@decides(Withdraw)
def withdraw(case: Case[Any], command: Withdraw) -> Refusal | None:
    """Whoever looks after it, or in whose name it goes; nothing is taken back twice."""
    if (refusal := may_change(case, giver=True)) is not None:
        return refusal
    case.record(Withdrawn(by=case.actor.id, name=case.actor.name or None, reason=command.reason.strip() or None))
    return None


# --- when


def draft_at(state: Addressed) -> datetime | None:
    """Return when whoever wrote a draft is reminded of it."""
    if state.state != DRAFT or state.draft_rung or not state.events:
        return None
    at = state.events[0].at + DRAFT_WAITS
    return at if state.presses else morning_of(at)


def draft_points(state: Addressed) -> list[WakePoint]:
    """Return that moment, where it is ahead."""
    at = draft_at(state)
    if at is None:
        return []
    length = at - state.events[0].at
    slack = slack_of(length) if state.presses else slack_by_day(at, length)
    return [WakePoint("draft", at, state.stream.partition(":")[0], slack)]


def ring_draft(case: Case[Any], *, ahead: bool = False) -> None:
    """Record the reminder of a draft that has fallen due."""
    if any(point.falls_due(case.now, ahead=ahead) for point in draft_points(case.state)):
        case.record(DraftRung())


# --- what it does to the case


@applies(DraftDiscarded)
def _on_discarded(state: Addressed, event: DraftDiscarded, item: Recorded) -> None:
    state.state = DISCARDED


@applies(DraftRung)
def _on_rung(state: Addressed, event: DraftRung, item: Recorded) -> None:
    state.draft_rung = True


@applies(TextCorrected)
def _on_corrected(state: Addressed, event: TextCorrected, item: Recorded) -> None:
    state.text = event.text or ""
    if not state.told:
        return
    state.state = SENT if event.recipients else state.state
    state.corrected, state.round, state.sent_at = True, state.round + 1, item.at
    for name in event.recipients:
        if name in state.told:
            found = state.told[name]
            state.told[name] = replace(
                found, sent_at=item.at, answered_at=None, answered_by="", recorded=False, by_key=False,
                reminded_at=None, listed_at=None if found.reachable else item.at,
            )  # fmt: skip


@applies(Withdrawn)
def _on_withdrawn(state: Addressed, event: Withdrawn, item: Recorded) -> None:
    state.state, state.closing = WITHDRAWN, event.reason or ""


# --- who is told


CORRECTED, CORRECTED_DONE, TAKEN_BACK, DRAFT_LEFT = (
    "desk_corrected",
    "desk_corrected_done",
    "desk_withdrawn",
    "desk_draft",
)

declare(
    NoticeType(CORRECTED, one_each=True, stamps=True),
    NoticeType(CORRECTED_DONE, one_each=True, repeats=CORRECTED),
    NoticeType(TAKEN_BACK, one_each=True),
    NoticeType(DRAFT_LEFT, joins_as="due"),
)


@tells(TextCorrected)
def _tell_corrected(event: TextCorrected, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    state: Addressed = context.after
    if not state.told:
        return
    yield from to_recipients(state, event.recipients, CORRECTED, item.at)
    again = set(event.recipients)
    for name in state.told:
        if name not in again:
            yield Notice(
                kind="desk", key=CORRECTED_DONE, to=Audience(name), priority=2, ring=state.ring(item.at),
                params={"status": state.status(name)},
            )  # fmt: skip
    yield from in_his_name(state, item.at, by=event.by, name=event.name or "")


@tells(Withdrawn)
def _tell_withdrawn(event: Withdrawn, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    state: Addressed = context.after
    for name in state.told:
        yield Notice(
            kind="desk", key=TAKEN_BACK, to=Audience(name), priority=2, ring=state.ring(item.at),
            params={"reason": event.reason or ""},
        )  # fmt: skip


@tells(DraftRung)
def _tell_draft(event: DraftRung, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    state: Addressed = context.after
    yield Notice(
        kind="desk", key=DRAFT_LEFT, to=to_person(state.by), priority=2, ring=True, guard=keys.DRAFT,
        buttons=buttons(
            ("desk_preview", "desk_preview", keys.DRAFT, {}), ("desk_discard", "desk_discard", keys.DRAFT, {}),
        ),
    )  # fmt: skip
