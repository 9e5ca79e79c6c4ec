"""What a unit makes of an instruction: 办结 with a result, 退回 with a reason; or the office records that for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Audience, to_person
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.desk.addressed import DONE, SENT
from plans.desk.case import Case, NoticeContext
from plans.desk.instruction_state import DECLINED, DONE_, RELEASED, Instruction, Result
from plans.desk.receipts import answering, given, records_for

MOST_FILES = 30
"""Pictures and files of one result."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class SettleInstruction(Command):
    """办结, with what it came to; of one that is done already, more of it.

    Attributes:
        recipient: for which; empty = all that the actor stands for. The office records it for one by telephone.
        text, evidence: the result in words; ``kind:reference`` of pictures and files.
        informant: who said it, where the office records it.
    """

    recipient: str = ""
    text: str = ""
    evidence: tuple[str, ...] = ()
    informant: str = ""

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclineInstruction(Command):
    """退回: the unit says that it is not its own, or cannot be done, and why."""

    reason: str
    recipient: str = ""
    informant: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class InstructionSettled(Event, name="instruction-settled", personal=("name", "text", "informant")):
    """It was done; ``recorded``: said on the telephone and noted by the office."""

    recipients: tuple[str, ...]
    by: str
    name: str | None = None
    text: str | None = None
    evidence: tuple[str, ...] = ()
    recorded: bool = False
    informant: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class InstructionDeclined(Event, name="instruction-declined", personal=("name", "reason", "informant")):
    """A unit sent it back."""

    recipients: tuple[str, ...]
    by: str
    name: str | None = None
    reason: str | None = None
    recorded: bool = False
    informant: str | None = None


# --- what may happen


@decides(SettleInstruction)
def settle_instruction(case: Case[Instruction], command: SettleInstruction) -> Refusal | None:
    """A recipient says what it came to, or the office records that."""
    state, text = case.state, command.text.strip()
    if state.state not in (SENT, DONE):
        return Refusal(key="desk_closed" if state.told else "desk_not_out", params={"number": state.number})
    names, refusal = answering(case, command.recipient)
    if refusal is not None:
        return refusal
    if not text and not command.evidence:
        return Refusal(key="instruct_result_missing")
    fresh = [name for name in names if state.waits_for(name) or state.status(name) == DECLINED]
    more = [name for name in names if state.status(name) == DONE_ and _adds(state, name, text, command.evidence)]
    if not fresh and not more:
        return Refusal(key="instruct_done_before")
    recorded = records_for(case, command.recipient)
    silent = [name for name in fresh if state.told[name].silent]
    if silent:
        case.record(given(case, silent, command.recipient, command.informant))
    case.record(
        InstructionSettled(
            recipients=tuple(fresh or more), by=case.actor.id, name=case.actor.name or None, text=text or None,
            evidence=command.evidence[:MOST_FILES], recorded=recorded, informant=command.informant.strip() or None,
        )
    )  # fmt: skip
    return None


def _adds(state: Instruction, name: str, text: str, evidence: Sequence[str]) -> bool:
    """Return whether something is handed in that was not yet."""
    result = state.results[name]
    fresh = [item for item in evidence if item not in result.evidence]
    return len(result.evidence) < MOST_FILES and (bool(fresh) or bool(text and text not in result.text))


@decides(DeclineInstruction)
def decline_instruction(case: Case[Instruction], command: DeclineInstruction) -> Refusal | None:
    """A recipient says why not; it stays with it until the office has decided."""
    names, refusal = answering(case, command.recipient)
    if refusal is not None:
        return refusal
    if not command.reason.strip():
        return Refusal(key="instruct_why_not", confirm="reason")
    fresh = [name for name in names if case.state.waits_for(name)]
    if not fresh:
        return Refusal(key="instruct_done_before")
    silent = [name for name in fresh if case.state.told[name].silent]
    if silent:
        case.record(given(case, silent, command.recipient, command.informant))
    case.record(
        InstructionDeclined(
            recipients=tuple(fresh), by=case.actor.id, name=case.actor.name or None, reason=command.reason.strip(),
            recorded=records_for(case, command.recipient), informant=command.informant.strip() or None,
        )
    )  # fmt: skip
    return None


# --- what it does to the case


@applies(InstructionSettled)
def _on_settled(state: Instruction, event: InstructionSettled, item: Recorded) -> None:
    for name in event.recipients:
        before = state.results.get(name)
        kept = before if before is not None and before.status == DONE_ else None
        said = event.text or ""
        state.results[name] = Result(
            status="done", at=kept.at if kept else item.at, by=event.informant or event.name or "",
            text="\n".join(filter(None, (kept.text if kept else "", said))),
            evidence=tuple(dict.fromkeys((*(kept.evidence if kept else ()), *event.evidence))), recorded=event.recorded,
        )  # fmt: skip
    for handed_in in event.evidence:
        state.send(handed_in.partition(":")[2])
    finish(state)


@applies(InstructionDeclined)
def _on_declined(state: Instruction, event: InstructionDeclined, item: Recorded) -> None:
    for name in event.recipients:
        state.results[name] = Result(
            status="declined", at=item.at, by=event.informant or event.name or "", reason=event.reason or "",
            recorded=event.recorded,
        )  # fmt: skip


def finish(state: Instruction) -> None:
    """End an instruction that every recipient has done or was let off."""
    if all(state.status(name) in (DONE_, RELEASED) for name in state.told):
        state.state = DONE


# --- who is told


SUMMARY, TO_TELL, NOT_OURS, AGAIN, LET_OFF, NOTED = (
    "instruction_summary", "instruction_to_tell", "instruction_declined", "instruction_returned",
    "instruction_released", "instruction_recorded",
)  # fmt: skip

declare(
    NoticeType(SUMMARY, personal=True),
    NoticeType(TO_TELL, fallback_to_group=True),
    NoticeType(NOT_OURS, fallback_to_group=True),
    NoticeType(AGAIN, stamps=True),
    NoticeType(LET_OFF),
    NoticeType(NOTED, one_each=True),
)


def told_when_over(context: NoticeContext[Instruction], item: Recorded) -> Iterator[Notice]:
    """Say once that all of it is done: to whoever gave it; to the seat that he is to be told, where he is not here."""
    state, before = context.after, context.before
    if state.state != DONE or (before is not None and before.state == DONE):
        return
    if state.giver_id:
        yield Notice(
            kind="desk", key=SUMMARY, to=to_person(state.giver_id), priority=2, ring=state.ring(item.at),
            buttons=buttons(("desk_page", "desk_page", keys.PAPER, {})),
        )  # fmt: skip
    yield Notice(kind="desk", key=TO_TELL, to=SEAT, priority=3, ring=state.ring(item.at) and not state.giver_id)


@tells(InstructionSettled)
def _tell_settled(event: InstructionSettled, item: Recorded, context: NoticeContext[Instruction]) -> Iterator[Notice]:
    if event.recorded:
        for name in event.recipients:
            yield Notice(kind="desk", key=NOTED, to=Audience(name), priority=3, params={"text": event.text or ""})
    yield from told_when_over(context, item)


@tells(InstructionDeclined)
def _tell_declined(event: InstructionDeclined, item: Recorded, context: NoticeContext[Instruction]) -> Iterator[Notice]:
    """The seat decides: a unit's 退回 is its word, not the end."""
    state = context.after
    for name in event.recipients:
        target = keys.recipient(name)
        yield Notice(
            kind="desk", key=NOT_OURS, to=SEAT, priority=2, ring=state.ring(item.at), guard=keys.told(state.round),
            params={"recipient": name, "reason": event.reason or ""},
            buttons=buttons(
                ("instruct_release", "instruct_release", target, {"recipient": name}),
                ("instruct_insist", "instruct_insist", target, {"recipient": name}),
            ),
        )  # fmt: skip
