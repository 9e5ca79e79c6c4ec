"""When an instruction is chased: before its day, on it, and a few times after; then it stands on the pages alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from plans.core import keys, kind
from plans.core.command import ClockCommand
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Audience
from plans.core.kind import WakePoint, slack_by_day, slack_of
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.policy import Policy
from plans.core.registry import applies, decides, tells
from plans.desk import instructions, receipts, results, returning, sending, standing  # noqa: F401  # whoever knows the kind knows all of it
from plans.desk.case import Case, NoticeContext
from plans.desk.instruction_state import KIND, Instruction
from plans.desk.kind import desk_kind
from plans.times.night import evening_before, is_night, morning_of

ROOM = timedelta(minutes=30)
"""What would be said sooner after it was given says nothing new."""

A_NIGHT = timedelta(hours=9)
"""What is said so long after the last word waits for the morning, however urgent it was."""

AT_DUE = "due"


@dataclass(frozen=True, kw_only=True, slots=True)
class InstructionWake(ClockCommand):
    """Remind of receipts and of the day; bring up a draft that was left."""


@dataclass(frozen=True, kw_only=True, slots=True)
class InstructionChased(Event, name="instruction-chased"):
    """Those who have not done it were reminded.

    Attributes:
        steps: which of the reminders; those that were missed are said with the last of them.
        recipients: whom. listed: the seat is told who they are.
    """

    steps: tuple[str, ...]
    recipients: tuple[str, ...]
    listed: bool = False


# --- when


def steps_of(state: Instruction, policy: Policy) -> list[tuple[str, datetime]]:
    """Return every reminder of the day by which it is due, with its moment, in order: so many and no more.

    What can wait rings nobody at night: before the day it comes the morning or the evening before, after it in the
    morning.
    """
    due, since = state.due, state.due_since
    if due is None or since is None:
        return []
    start = max(since, state.sent_at) if state.sent_at is not None else since
    found: list[tuple[str, datetime]] = []
    for number, ahead in enumerate(policy.instruction):
        at = due - ahead
        if not state.presses and is_night(at):
            at = morning_of(at) if morning_of(at) < due else evening_before(at)
        if at >= start + ROOM and at < due:
            found.append((f"before:{number}", at))
    at = due
    found.append((AT_DUE, _late(state, at)))
    for number, length in enumerate(policy.overdue):
        at += length
        found.append((f"after:{number}", morning_of(at) if length >= A_NIGHT else _late(state, at)))
    return sorted(found, key=lambda item: item[1])


def _late(state: Instruction, at: datetime) -> datetime:
    return at if state.presses else morning_of(at)


def next_step(state: Instruction, policy: Policy) -> WakePoint | None:
    """Return the moment of the next reminder; None where nobody has anything to do.

    Before the day and after it that may be said somewhat earlier, beside other things: that it is due, at its moment.
    """
    since = state.due_since
    if not state.out or not state.unfinished or since is None:
        return None
    for name, at in steps_of(state, policy):
        if name not in state.chased:
            slack = slack_of if state.presses else lambda length, at=at: slack_by_day(at, length)
            return WakePoint("chase", at, KIND, timedelta() if name == AT_DUE else slack(at - since))
        since = at
    return None


def wakes(state: Instruction, policy: Policy) -> Sequence[WakePoint]:
    """Return the next moment of everything that waits; nothing does while its drill is held."""
    if state.paused:
        return ()
    found = [*sending.draft_points(state), *receipts.points(state, policy)]
    if (point := next_step(state, policy)) is not None:
        found.append(point)
    return found


@decides(InstructionWake)
def wake(case: Case[Instruction], command: InstructionWake) -> Refusal | None:
    """Do what has fallen due, each thing once however many moments were missed."""
    if case.state.paused:  # it was held while this was on its way
        return None
    sending.ring_draft(case, ahead=command.ahead)
    state = case.state
    point = next_step(state, case.policy)
    if point is not None and point.falls_due(case.now, ahead=command.ahead):
        until = max(case.now, point.at)
        passed = [name for name, at in steps_of(state, case.policy) if at <= until and name not in state.chased]
        last = f"after:{len(case.policy.overdue) - 1}"
        case.record(
            InstructionChased(
                steps=tuple(passed), recipients=tuple(state.unfinished),
                listed=bool({AT_DUE, last} & set(passed)),
            )
        )  # fmt: skip
    receipts.remind(case, ahead=command.ahead)
    return None


# --- what it does to the case


@applies(InstructionChased)
def _on_chased(state: Instruction, event: InstructionChased, item: Recorded) -> None:
    state.chased |= frozenset(event.steps)


INSTRUCTED = kind.install(desk_kind(KIND, Instruction, InstructionWake, wakes))

# --- who is told


CHASE, OVERDUE = "instruction_chase", "instruction_overdue"

declare(
    NoticeType(CHASE, one_each=True, stamps=True, repeats=receipts.AGAIN, joins_as="due"),
    NoticeType(OVERDUE, fallback_to_group=True, joins_as="due"),
)


@tells(InstructionChased)
def _tell_chased(event: InstructionChased, item: Recorded, context: NoticeContext[Instruction]) -> Iterator[Notice]:
    state = context.after
    target, over = keys.told(state.round), state.due is not None and state.due <= item.at
    for name in event.recipients:
        first = "desk_received" if state.told[name].silent else "instruct_done"
        yield Notice(
            kind="overdue" if over else "desk", key=CHASE, to=Audience(name), priority=2, ring=state.ring(item.at),
            guard=target, buttons=buttons((first, first, target, {})),
        )  # fmt: skip
    if event.listed and event.recipients:
        yield Notice(
            kind="overdue", key=OVERDUE, to=SEAT, priority=2, ring=state.ring(item.at), guard=target,
            params={"recipients": event.recipients},
            buttons=buttons(("desk_page", "desk_page", keys.PAPER, {})),
        )  # fmt: skip
