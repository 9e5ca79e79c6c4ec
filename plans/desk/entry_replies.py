"""What an entry waits for: set right, ticked off, needing no answer; what was ticked off taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, revises
from plans.core.revisions import last_change
from plans.desk.case import Case
from plans.desk.entry_links import not_standing
from plans.desk.entry_state import KIND, Entry, Reply, Want
from plans.desk.entry_words import settle, stated, wants_of

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


def _wait_anew(entry: Entry, item: Recorded) -> None:
    settle(entry)
    entry.since, entry.rung, entry.rung_at = item.at, 0, None


@revises(KIND, "reply")
def _revision(entry: Entry, of: str) -> int | None:
    return last_change(entry, "reply") if entry.waits_for is not None else None
