"""To whom a text of the desk goes: picked in the draft, told, others added; what a message about it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plans.core import keys
from plans.core.command import NOBODY, Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Audience, Key
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, overtaken, revises, tells
from plans.core.revisions import last_change
from plans.desk.addressed import DRAFT, KINDS, SENT, WITHDRAWN, Addressed, Recipient, may_change, may_draft, well_named
from plans.desk.case import Case, NoticeContext

MOST = 5000
"""Recipients of one text."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class PickRecipients(Command):
    """Choose to whom a draft goes.

    Attributes:
        recipients: all of them, instead of those chosen until now; None = those stay.
        toggle: one that is added, or taken off where it was chosen: two taps one after the other both count.
    """

    recipients: tuple[str, ...] | None = None
    toggle: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AddRecipients(Command):
    """Send it to others too, after it has gone out, or when all have answered."""

    recipients: tuple[str, ...]
    unreachable: frozenset[str] = NOBODY

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientsPicked(Event, name="desk-recipients-picked"):
    """To whom the draft goes."""

    recipients: tuple[str, ...]

    touches = ("draft",)


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientsTold(Event, name="desk-recipients-told"):
    """It went to these; nobody who can be written to stands for ``unreachable``."""

    recipients: tuple[str, ...]
    unreachable: tuple[str, ...] = ()


# --- what may happen


@decides(PickRecipients)
def pick_recipients(case: Case[Any], command: PickRecipients) -> Refusal | None:
    """Whoever wrote the draft, or the desk, chooses."""
    if (refusal := may_draft(case)) is not None:
        return refusal
    chosen = case.state.chosen if command.recipients is None else command.recipients
    if command.toggle in chosen:
        chosen = tuple(name for name in chosen if name != command.toggle)
    elif command.toggle:
        chosen = (*chosen, command.toggle)
    names = well_named(chosen)
    if len(names) > MOST:
        return Refusal(key="desk_too_many", params={"most": MOST})
    if names != case.state.chosen:
        case.record(RecipientsPicked(recipients=names))
    return None


@decides(AddRecipients)
def add_recipients(case: Case[Any], command: AddRecipients) -> Refusal | None:
    """Send it to others too."""
    state: Addressed = case.state
    if (refusal := may_change(case) or state.late(case.now)) is not None:
        return refusal
    if all(name in state.told for name in command.recipients):
        return Refusal(key="desk_told_before")
    return tell(case, command.recipients, command.unreachable)


def tell(case: Case[Any], recipients: Sequence[str], unreachable: frozenset[str]) -> Refusal | None:
    """Record that it goes to some recipients who do not have it yet."""
    fresh = tuple(name for name in well_named(recipients) if name not in case.state.told)
    if not fresh:
        return Refusal(key="desk_nobody_chosen")
    if len(fresh) + len(case.state.told) > MOST:
        return Refusal(key="desk_too_many", params={"most": MOST})
    case.record(
        RecipientsTold(recipients=fresh, unreachable=tuple(name for name in fresh if name in unreachable))
    )  # fmt: skip
    return None


# --- what it does to the case


@applies(RecipientsPicked)
def _on_picked(state: Addressed, event: RecipientsPicked, item: Recorded) -> None:
    state.chosen = event.recipients


@applies(RecipientsTold)
def _on_told(state: Addressed, event: RecipientsTold, item: Recorded) -> None:
    state.state, state.sent_at = SENT, item.at
    state.round = max(state.round, 1)
    absent = set(event.unreachable)
    for name in event.recipients:
        reachable = name not in absent
        state.told[name] = Recipient(
            key=name, sent_at=item.at, reachable=reachable, listed_at=None if reachable else item.at
        )


def _draft(state: Addressed, of: str) -> int | None:
    return last_change(state, "draft") if state.state == DRAFT else None


def _told(state: Addressed, of: str) -> int | None:
    return state.round if state.stands and of == str(state.round) else None


def _recipient(state: Addressed, of: str) -> int | None:
    return state.round if state.out and of in state.told else None


def _paper(state: Addressed, of: str) -> int | None:
    return 0


def _silent(state: Addressed, of: str) -> int | None:
    return 0 if state.out and any(True for _ in state.silent()) else None


def _open(state: Addressed) -> Iterator[Key]:
    if state.state == DRAFT:
        yield keys.DRAFT
    if state.out:
        yield keys.told(state.round)
        if any(True for _ in state.silent()):
            yield keys.SILENT


def _overtaken(state: Addressed) -> Iterator[Key]:
    """Yield what was said before it was corrected, all of it once it was taken back."""
    for number in range(1, state.round + (state.state == WITHDRAWN)):
        yield keys.told(number)


for _kind in KINDS:
    guards(_kind)(_open)
    overtaken(_kind)(_overtaken)
    revises(_kind, "draft")(_draft)
    revises(_kind, "told")(_told)
    revises(_kind, "recipient")(_recipient)
    revises(_kind, "paper")(_paper)
    revises(_kind, "silent")(_silent)


# --- who is told

FIRST, JOINED = "desk_told", "desk_joined"
RING_LIST, IN_YOUR_NAME = "desk_ring_list", "desk_in_your_name"

declare(
    NoticeType(FIRST, one_each=True, stamps=True),
    NoticeType(JOINED, one_each=True, stamps=True, repeats=FIRST),
    NoticeType(RING_LIST, fallback_to_group=True, joins_as="due"),
    NoticeType(IN_YOUR_NAME, personal=True, stamps=True),
)


def to_recipients(
    state: Addressed, names: Iterable[str], key: str, at: datetime, *, ring: bool = True
) -> Iterator[Notice]:
    """Yield what is said to some recipients, with the button by which they answer."""
    target = keys.told(state.round)
    for name in names:
        yield Notice(
            kind="desk", key=key, to=Audience(name), priority=1 if state.presses else 2, ring=ring and state.ring(at),
            guard=target, buttons=buttons(("desk_received", "desk_received", target, {})),
        )  # fmt: skip


def to_newcomer(state: Addressed, person: str, names: Sequence[str]) -> Notice | None:
    """Return what somebody hears, in silence, who has come to stand for recipients that have still to do something.

    Args:
        person: his id. names: those of the recipients that he stands for.
    """
    waiting = [name for name in names if name in state.told and state.pending(name)] if state.out else []
    if not waiting:
        return None
    target, silent = keys.told(state.round), any(state.told[name].silent for name in waiting)
    first = "desk_received" if silent else "instruct_done"
    return Notice(
        kind="desk", key=JOINED, to=keys.to_person(person), priority=3, ring=False, guard=target,
        params={"recipients": tuple(waiting)}, buttons=buttons((first, first, target, {})),
    )  # fmt: skip


def ring_list(state: Addressed, at: datetime) -> Notice:
    """Return what tells the seat whom to ring."""
    return Notice(
        kind="desk", key=RING_LIST, to=SEAT, priority=2, ring=state.ring(at), guard=keys.SILENT,
        buttons=buttons(("desk_ring_list", "desk_ring_list", keys.SILENT, {})),
    )  # fmt: skip


@tells(RecipientsTold)
def _tell_told(event: RecipientsTold, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    absent = set(event.unreachable)
    reached = [name for name in event.recipients if name not in absent]
    yield from to_recipients(context.after, reached, FIRST, item.at)
    if absent:
        yield ring_list(context.after, item.at)
    if context.before is None or not context.before.told:
        yield from in_his_name(context.after, item.at, by=context.after.by, name=context.after.by_name)


def in_his_name(state: Addressed, at: datetime, *, by: str, name: str) -> Iterator[Notice]:
    """Yield what the one in whose name it goes hears of what was recorded, or corrected, by somebody else."""
    if not (state.recorded and state.giver_id) or by == state.giver_id:
        return
    target = keys.told(state.round)
    yield Notice(
        kind="desk", key=IN_YOUR_NAME, to=keys.to_person(state.giver_id), priority=2, ring=state.ring(at),
        guard=target, params={"name": name, "corrected": state.corrected},
        buttons=buttons(("desk_withdraw", "desk_withdraw", target, {})),
    )  # fmt: skip
