"""What an entry waits for: set right, rung at the seat before and when it is due, ticked off, needing no answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from plans.core.command import ClockCommand, Command
from plans.core.event import Event, Recorded
from plans.core.keys import ENTRY, REPLY, SEAT, Key
from plans.core.kind import WakePoint
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.policy import Policy
from plans.core.registry import applies, decides, guards, revises, tells
from plans.core.revisions import last_change
from plans.desk.case import Case, NoticeContext
from plans.desk.entries import not_standing, settle, stated, wants_of
from plans.desk.entry_state import KIND, Entry, Reply, Want
from plans.times.night import morning_of

BEFORE = timedelta(minutes=30)
"""So long before something is due the seat is reminded (本地规定)."""

AFTER = (timedelta(minutes=15), timedelta(hours=1))
"""Pauses of the two reminders after it was due; none of them rings in the night, and no third follows."""

MINUTE = timedelta(minutes=1)
FAR = timedelta(days=370)
LONGEST_WORDS = 1000

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class SetRight(Command):
    """Set right what was read of an entry; only what is not None changes. The words stay as they were written.

    Attributes:
        due: by when what waits first is wanted; of an entry that waits for nothing it makes one that does.
    """

    way: str | None = None
    unit: str | None = None
    caller: str | None = None
    phone: str | None = None
    called_at: datetime | None = None
    due: datetime | None = None

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerEntry(Command):
    """Tick off what waits first, or say in which words it was answered, when it was ticked off without any."""

    words: str = ""

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WordAnswer(Command):
    """Say in which words was answered what one has ticked off last; what still waits goes on waiting."""

    words: str

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WaiveEntry(Command):
    """No answer is needed to what waits first."""

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeBackAnswer(Command):
    """What one has ticked off a moment ago waits again."""

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryWake(ClockCommand):
    """Remind of what is due."""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class EntrySetRight(Event, name="entry-set-right", personal=("caller", "phone", "wanted")):
    """What was read was set right; None = as it was. ``wants`` as they are now, where one changed."""

    by: str
    way: str | None = None
    unit: str | None = None
    caller: str | None = None
    phone: str | None = None
    called_at: datetime | None = None
    wants: tuple[dict[str, Any], ...] = ()
    wanted: list[dict[str, str]] | None = None

    touches = ("read",)


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryAnswered(Event, name="entry-answered", personal=("words", "name")):
    """What waited first was ticked off; ``waived`` = it needs no answer."""

    by: str
    name: str | None = None
    words: str | None = None
    waived: bool = False

    touches = ("read", "reply")


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerWorded(Event, name="entry-answer-worded", personal=("words",)):
    """In which words it was answered that was ticked off last."""

    by: str
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerTakenBack(Event, name="entry-answer-taken-back"):
    """What was ticked off last waits again."""

    by: str

    touches = ("read", "reply")


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRung(Event, name="entry-rung"):
    """The seat was reminded; ``over`` = it had been due by then, a minute ago at least."""

    ordinal: int
    over: bool


# --- when


def rings_at(entry: Entry) -> datetime | None:
    """Return when the seat is reminded next of what waits first; None when that was the last time, or nothing waits."""
    want = entry.waits_for
    due = want.counted_from if want is not None else None
    if due is None or entry.since is None:
        return None
    moments = _until_due(due, entry.since)
    if entry.rung < len(moments):
        return moments[entry.rung]
    late = entry.rung - len(moments)
    if late >= len(AFTER):
        return None
    return morning_of(max(entry.rung_at or due, due) + AFTER[late])


def _until_due(due: datetime, since: datetime) -> list[datetime]:
    """Return the moments of the reminders until it is due, of those that lay ahead when it was set."""
    return [moment for moment in (due - BEFORE, due) if moment > since] or [max(due, since)]


def wakes(entry: Entry, policy: Policy) -> Sequence[WakePoint]:
    """Return the next moment at which something of an entry falls due."""
    at = rings_at(entry)
    return [WakePoint("reply", at, "entry")] if at is not None else []


# --- what may happen


@decides(SetRight)
def set_right(case: Case[Entry], command: SetRight) -> Refusal | None:
    """Whoever has the duty sets right what was read, also of an entry of somebody else; the words he corrects anew."""
    problem = _not_open_to(case)
    if problem is not None:
        return problem
    entry = case.state
    if command.called_at is not None and (ahead := case.ahead(command.called_at)) is not None:
        return ahead
    fields = {
        name: value
        for name in ("way", "unit", "caller", "phone", "called_at")
        if (value := getattr(command, name)) is not None and value != getattr(entry, name)
    }
    if command.called_at is not None and entry.called_options:
        fields["called_at"] = command.called_at
    wants = entry.wants
    if command.due is not None:
        if command.due <= case.now:
            return Refusal(key="log_due_past", params={"given": command.due})
        if command.due > case.now + FAR:
            return Refusal(key="log_due_far", params={"given": command.due})
        wants = _with_due(entry, command.due)
    if not fields and wants == entry.wants:
        return Refusal(key="same_as_before")
    changed = stated(wants) if wants != entry.wants else {}
    case.record(EntrySetRight(by=case.actor.id, **fields, **changed))
    return None


def _with_due(entry: Entry, due: datetime) -> tuple[Want, ...]:
    """Return what is wanted, with another time for what waits first; what was all answered wants one thing more."""
    done = len(entry.replies)
    if done >= len(entry.wants):
        return (*entry.wants, Want(at=due))
    first = replace(entry.wants[done], at=due, options=())
    return (*entry.wants[:done], first, *entry.wants[done + 1 :])


@decides(AnswerEntry)
def answer_entry(case: Case[Entry], command: AnswerEntry) -> Refusal | None:
    """The first who ticks it off has done it; of two the second reads who was first."""
    problem = _not_open_to(case)
    if problem is not None:
        return problem
    entry, words = case.state, command.words.strip()[:LONGEST_WORDS]
    if entry.waits_for is not None:
        case.record(EntryAnswered(by=case.actor.id, name=case.actor.name or None, words=words or None))
        return None
    return _word(case, words)


@decides(WordAnswer)
def word_answer(case: Case[Entry], command: WordAnswer) -> Refusal | None:
    """Of several demands the next is not ticked off by the words for the last, nor one that was taken back."""
    problem = _not_open_to(case)
    if problem is not None:
        return problem
    if case.state.waits_for is not None and (not case.state.replies or case.state.replies[-1].by != case.actor.id):
        return Refusal(key="log_not_ticked", params={"number": case.state.number})
    return _word(case, command.words.strip()[:LONGEST_WORDS])


def _word(case: Case[Entry], words: str) -> Refusal | None:
    entry = case.state
    if not entry.replies:
        return Refusal(key="log_waits_for_nothing", params={"number": entry.number})
    last = entry.replies[-1]
    if not words or last.words or last.by != case.actor.id:
        return Refusal(key="log_answered", params={"at": last.at, "by": last.by_name})
    case.record(AnswerWorded(by=case.actor.id, words=words))
    return None


@decides(WaiveEntry)
def waive_entry(case: Case[Entry], command: WaiveEntry) -> Refusal | None:
    """What needs no answer rings nobody."""
    problem = _not_open_to(case)
    if problem is not None:
        return problem
    entry = case.state
    if entry.waits_for is None:
        if not entry.replies:
            return Refusal(key="log_waits_for_nothing", params={"number": entry.number})
        last = entry.replies[-1]
        return Refusal(key="log_answered", params={"at": last.at, "by": last.by_name})
    case.record(EntryAnswered(by=case.actor.id, name=case.actor.name or None, waived=True))
    return None


@decides(TakeBackAnswer)
def take_back_answer(case: Case[Entry], command: TakeBackAnswer) -> Refusal | None:
    """Only whoever ticked it off, within a minute."""
    problem = _not_open_to(case)
    if problem is not None:
        return problem
    entry = case.state
    if not entry.replies or entry.replies[-1].by != case.actor.id:
        return Refusal(key="log_not_yours")
    if case.now - entry.replies[-1].at > case.policy.undo:
        return Refusal(key="log_too_late", params={"number": entry.number})
    case.record(AnswerTakenBack(by=case.actor.id))
    return None


def _not_open_to(case: Case[Entry]) -> Refusal | None:
    """Return why somebody cannot change what an entry waits for: he has no duty, or the entry does not stand."""
    if not case.writes:
        return Refusal(key="log_duty_only", who=("duty",))
    return None if case.state.stands else not_standing(case.state)


@decides(EntryWake)
def wake(case: Case[Entry], command: EntryWake) -> Refusal | None:
    """Remind once of what is due, however many moments were missed."""
    entry, at = case.state, rings_at(case.state)
    want = entry.waits_for
    if at is None or at > case.now or want is None or want.counted_from is None or entry.since is None:
        return None
    passed = sum(moment <= case.now for moment in _until_due(want.counted_from, entry.since))
    case.record(EntryRung(ordinal=max(entry.rung + 1, passed), over=case.now - want.counted_from >= MINUTE))
    return None


# --- what it does to the entry


@applies(EntrySetRight)
def _on_set_right(entry: Entry, event: EntrySetRight, item: Recorded) -> None:
    for name in ("way", "unit", "caller", "phone", "called_at"):
        value = getattr(event, name)
        if value is not None:
            setattr(entry, name, value)
    if event.called_at is not None:
        entry.called_options = ()
    if event.wants:
        entry.wants = wants_of(event.wants, event.wanted)
        _wait_anew(entry, item)


@applies(EntryAnswered)
def _on_answered(entry: Entry, event: EntryAnswered, item: Recorded) -> None:
    entry.replies.append(
        Reply(
            at=item.at, by=event.by, by_name=event.name or "", words=event.words or "", waived=event.waived,
            sequence=item.sequence,
        )
    )  # fmt: skip
    _wait_anew(entry, item)


@applies(AnswerWorded)
def _on_worded(entry: Entry, event: AnswerWorded, item: Recorded) -> None:
    if entry.replies:
        entry.replies[-1] = replace(entry.replies[-1], words=event.words or "")


@applies(AnswerTakenBack)
def _on_taken_back(entry: Entry, event: AnswerTakenBack, item: Recorded) -> None:
    entry.replies.pop()
    _wait_anew(entry, item)


@applies(EntryRung)
def _on_rung(entry: Entry, event: EntryRung, item: Recorded) -> None:
    entry.rung, entry.rung_at = event.ordinal, item.at


def _wait_anew(entry: Entry, item: Recorded) -> None:
    settle(entry)
    entry.since, entry.rung, entry.rung_at = item.at, 0, None


@revises(KIND, "reply")
def _revision(entry: Entry, of: str) -> int | None:
    return last_change(entry, "reply") if entry.waits_for is not None else None


@guards(KIND)
def _waiting(entry: Entry) -> Iterator[Key]:
    if entry.waits_for is not None:
        yield _reply_of(entry)


def _reply_of(entry: Entry) -> Key:
    """Return the guard of reminders of what waits first: what is wanted next is another thing."""
    return Key.make("reply", len(entry.replies))


# --- who is told


declare(
    NoticeType("entry_due", stamps=True, fallback_to_group=True, joins_as="due"),
    NoticeType("entry_over", stamps=True, fallback_to_group=True, joins_as="due"),
)


@tells(EntryRung)
def _tell_rung(event: EntryRung, item: Recorded, context: NoticeContext[Entry]) -> Iterator[Notice]:
    entry = context.after
    want = entry.waits_for
    if want is None:
        return
    choices = [("entry_due_at", "entry_due_at", REPLY, {"at": moment.isoformat()}) for moment in want.options]
    yield Notice(
        kind="overdue" if event.over else "reminder", key="entry_over" if event.over else "entry_due", to=SEAT,
        priority=1, ring=True, guard=_reply_of(entry),
        buttons=buttons(
            *choices, ("entry_replied", "entry_replied", REPLY, {}), ("entry_waive", "entry_waive", REPLY, {}),
            ("entry_due", "entry_due", ENTRY, {}),
        ),
    )  # fmt: skip
