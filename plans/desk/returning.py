"""A result is sent back as not enough, or a recipient is let off: by whoever gave the instruction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import Audience
from plans.core.notice import Notice, buttons
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.desk.addressed import DONE, SENT, gave, manages, may_change
from plans.desk.case import Case, NoticeContext
from plans.desk.instruction_state import DECLINED, DONE_, RELEASED, Instruction, Result
from plans.desk.results import AGAIN, LET_OFF, finish, told_when_over

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnResult(Command):
    """退回重办: the result is not enough, or what was declined is to be done all the same."""

    recipient: str
    reason: str = ""

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseRecipient(Command):
    """The recipient need not do it."""

    recipient: str


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultReturned(Event, name="instruction-result-returned", personal=("name", "reason")):
    """It is to be done again, or all the same."""

    recipient: str
    by: str
    name: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientReleased(Event, name="instruction-recipient-released"):
    """A recipient need not do it."""

    recipient: str
    by: str


# --- what may happen


@decides(ReturnResult)
def return_result(case: Case[Instruction], command: ReturnResult) -> Refusal | None:
    """The giver or the desk; nobody judges his own result."""
    state = case.state
    if not manages(case) and not gave(case):
        return Refusal(key="desk_not_yours", who=("duty",))
    if state.state not in (SENT, DONE):
        return Refusal(key="desk_closed", params={"number": state.number})
    if command.recipient not in state.told or state.status(command.recipient) not in (DONE_, DECLINED):
        return Refusal(key="nothing_to_return")
    if not command.reason.strip():
        return Refusal(key="reason_for_returning", confirm="reason")
    case.record(
        ResultReturned(
            recipient=command.recipient, by=case.actor.id, name=case.actor.name or None, reason=command.reason.strip()
        )
    )
    return None


@decides(ReleaseRecipient)
def release_recipient(case: Case[Instruction], command: ReleaseRecipient) -> Refusal | None:
    """The giver or the desk lets a recipient off."""
    state = case.state
    if (refusal := may_change(case, giver=True)) is not None:
        return refusal
    if command.recipient not in state.told:
        return Refusal(key="desk_no_such_recipient")
    if state.status(command.recipient) in (DONE_, RELEASED):
        return Refusal(key="instruct_done_before")
    case.record(RecipientReleased(recipient=command.recipient, by=case.actor.id))
    return None


# --- what it does to the instruction


@applies(ResultReturned)
def _on_returned(state: Instruction, event: ResultReturned, item: Recorded) -> None:
    before = state.results.get(event.recipient)
    state.results[event.recipient] = Result(
        status="returned", at=item.at, by=event.name or "", reason=event.reason or "",
        text=before.text if before is not None else "", evidence=before.evidence if before is not None else (),
    )  # fmt: skip
    state.state = SENT


@applies(RecipientReleased)
def _on_released(state: Instruction, event: RecipientReleased, item: Recorded) -> None:
    state.results[event.recipient] = Result(status="released", at=item.at)
    finish(state)


# --- who is told


@tells(RecipientReleased)
def _tell_released(event: RecipientReleased, item: Recorded, context: NoticeContext[Instruction]) -> Iterator[Notice]:
    yield Notice(kind="desk", key=LET_OFF, to=Audience(event.recipient), priority=3)
    yield from told_when_over(context, item)


@tells(ResultReturned)
def _tell_returned(event: ResultReturned, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    target = keys.told(context.after.round)
    yield Notice(
        kind="desk", key=AGAIN, to=Audience(event.recipient), priority=2, ring=context.after.ring(item.at),
        guard=target, params={"recipient": event.recipient, "reason": event.reason or ""},
        buttons=buttons(("instruct_done", "instruct_done", target, {"recipient": event.recipient})),
    )  # fmt: skip
