"""值班日志: an entry is written, taken back within a minute, added to; what can be done about one that stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import ENTRY, READ, REPLY, Key, to_person
from plans.core.notice import Notice, NoticeType, Press, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.core.revisions import last_change
from plans.desk.case import Case, NoticeContext
from plans.desk.entry_links import not_standing, reported
from plans.desk.entry_state import KIND, NOTED, WITHDRAWN, Entry
from plans.desk.entry_words import LONGEST, Kept, Understood, as_kept, iso, understand
from plans.desk.opening import DeskCaseOpened, OpenDeskCase, as_opened, begin

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteEntry(Understood, OpenDeskCase):
    """Write an entry, with what was read of its words; see ``plans.desk.entry_state.Entry``.

    Attributes:
        forwarded: the desk asked for it, and what was sent are another's words.
        corrects, corrects_number: the entry that it sets right.
    """

    said_at: datetime | None = None
    forwarded: bool = False
    head: str = ""
    corrects: str = ""
    corrects_number: int = 0

    any_way = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawEntry(Command):
    """Take an entry back that one has written oneself a moment ago; it stays in the log, struck through."""

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AddToEntry(Understood, Command):
    """Put pictures and files with an entry, or words with one that was spoken, with what was read of them."""

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryWritten(
    Kept, DeskCaseOpened, name="entry-written", personal=("text", "caller", "phone", "what", "wanted", "name")
):
    """An entry was written; the attributes are those of :class:`WriteEntry`. ``name``: of whoever wrote it."""

    said_at: datetime
    name: str | None = None
    forwarded: bool = False
    head: str = ""
    corrects: str = ""
    corrects_number: int = 0

    touches = ("read", "reply")


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryWithdrawn(Event, name="entry-withdrawn"):
    """Whoever wrote it took it back within a minute."""

    by: str

    touches = ("read", "reply")


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryAddedTo(Kept, Event, name="entry-added-to", personal=("text", "caller", "phone", "what", "wanted")):
    """Files were put with it, or the words of what was spoken, with what was read of them."""

    by: str

    touches = ("read", "reply")


# --- what may happen


@decides(WriteEntry)
def write_entry(case: Case[Entry], command: WriteEntry) -> Refusal | None:
    """Whoever has the duty writes; nothing is written twice or for somebody else."""
    actor = case.actor
    if "duty" not in actor.roles:
        return Refusal(key="log_duty_only", who=("duty",))
    if actor.via != "direct" and not (actor.via == "forward" and command.forwarded):
        return Refusal(key="no_authority_that_way", params={"via": actor.via})
    text = command.text.strip()
    if not text and not command.evidence:
        return Refusal(key="log_empty")
    case.record(
        EntryWritten(
            **as_opened(command), by=actor.id, name=actor.name or None, said_at=command.said_at or case.now,
            text=text[:LONGEST] or None, forwarded=command.forwarded, head=command.head, **as_kept(command),
            evidence=command.evidence, corrects=command.corrects, corrects_number=command.corrects_number,
        )
    )  # fmt: skip
    return None


@decides(WithdrawEntry)
def withdraw_entry(case: Case[Entry], command: WithdrawEntry) -> Refusal | None:
    """Only whoever wrote it, within a minute, and only while nothing has come of it."""
    entry = case.state
    if entry.by != case.actor.id or not case.writes:
        return Refusal(key="log_not_yours")
    if entry.state == WITHDRAWN:
        return Refusal(key="same_as_before")
    if case.now - entry.events[0].at > case.policy.undo:
        return Refusal(key="log_too_late", params={"number": entry.number})
    if entry.became or entry.corrected_by or entry.replies:
        return Refusal(key="log_in_use", params={"number": entry.number})
    case.record(EntryWithdrawn(by=case.actor.id))
    return None


@decides(AddToEntry)
def add_to_entry(case: Case[Entry], command: AddToEntry) -> Refusal | None:
    """Files are added to what was written; words only where none were, for an entry is never written over."""
    entry = case.state
    if "duty" not in case.actor.roles or case.actor.via not in ("direct", "forward"):
        return Refusal(key="log_duty_only", who=("duty",))
    if not entry.stands:
        return not_standing(entry)
    spoken = not entry.text and bool(entry.evidence)  # where there is nothing it was erased
    text = command.text.strip()[:LONGEST] if spoken else ""
    evidence = tuple(item for item in command.evidence if item not in entry.evidence)
    if not text and not evidence:
        return Refusal(key="same_as_before")
    said = as_kept(command) if text else {}
    case.record(EntryAddedTo(by=case.actor.id, text=text or None, evidence=evidence, **said))
    return None


# --- what it does to the entry


@applies(EntryWritten)
def _on_written(entry: Entry, event: EntryWritten, item: Recorded) -> None:
    begin(entry, event, NOTED)
    entry.text, entry.by, entry.by_name = event.text or "", event.by, event.name or ""
    entry.said_at, entry.forwarded, entry.head = event.said_at, event.forwarded, event.head
    entry.corrects, entry.corrects_number = event.corrects, event.corrects_number
    understand(entry, event, item)
    _send(entry, event.evidence)


@applies(EntryWithdrawn)
def _on_withdrawn(entry: Entry, event: EntryWithdrawn, item: Recorded) -> None:
    entry.state = WITHDRAWN


@applies(EntryAddedTo)
def _on_added(entry: Entry, event: EntryAddedTo, item: Recorded) -> None:
    if event.text and not entry.text:
        entry.text = event.text
        understand(entry, event, item)
    _send(entry, event.evidence)


def _send(entry: Entry, evidence: tuple[str, ...]) -> None:
    for item in evidence:
        entry.evidence.append(item)
        entry.send(item.partition(":")[2])


@revises(KIND, "entry")
def _of_the_whole(entry: Entry, of: str) -> int | None:
    return 0


@revises(KIND, "read")
def _of_the_reading(entry: Entry, of: str) -> int | None:
    return last_change(entry, "read") if entry.stands else None


@guards(KIND)
def _standing(entry: Entry) -> Iterator[Key]:
    if entry.stands:
        yield READ


# --- who is told


declare(NoticeType("entry_written", stamps=True), NoticeType("entry_worded"))


@tells(EntryWritten)
def _tell_written(event: EntryWritten, item: Recorded, context: NoticeContext[Entry]) -> Iterator[Notice]:
    """Whoever wrote it reads what was understood, with what can be done about it."""
    yield _card(context.after, "entry_written", event.by)


@tells(EntryAddedTo)
def _tell_added(event: EntryAddedTo, item: Recorded, context: NoticeContext[Entry]) -> Iterator[Notice]:
    if event.text:
        yield _card(context.after, "entry_worded", event.by)


def _card(entry: Entry, key: str, reader: str) -> Notice:
    return Notice(kind="log", key=key, to=to_person(reader), priority=2, guard=READ, buttons=offers(entry))


def offers(entry: Entry) -> tuple[Press, ...]:
    """Return what can be done about an entry that stands."""
    presses: list[tuple[str, str, Key, dict[str, Any]]] = []
    if entry.alarming and not reported(entry):
        presses.append(("entry_report", "entry_report", ENTRY, {}))
    if entry.called_options:
        presses += [("entry_called", "entry_called", READ, {"at": iso(moment)}) for moment in entry.called_options]
    waits = entry.waits_for
    if waits is not None:
        presses += [("entry_due_at", "entry_due_at", READ, {"at": iso(moment)}) for moment in waits.options]
        presses += [("entry_replied", "entry_replied", REPLY, {}), ("entry_waive", "entry_waive", REPLY, {})]
    if not entry.head:
        presses += [("entry_due", "entry_due", ENTRY, {}), ("entry_caller", "entry_caller", ENTRY, {})]
        if not entry.alarming and not reported(entry):
            presses.append(("entry_report", "entry_report", ENTRY, {}))
        presses += [("entry_instruct", "entry_instruct", ENTRY, {}), ("entry_warning", "entry_warning", ENTRY, {})]
    presses += [("entry_correct", "entry_correct", ENTRY, {}), ("entry_withdraw", "entry_withdraw", ENTRY, {})]
    return buttons(*presses)
