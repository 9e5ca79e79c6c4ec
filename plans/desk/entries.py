"""值班日志: an entry is written, taken back within a minute, set right by another one; a case is opened from it."""

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
from plans.desk.entry_state import ANSWERED, KIND, NOTED, WAITING, WITHDRAWN, Became, Entry, Want
from plans.desk.opening import DeskCaseOpened, OpenDeskCase, as_opened, begin

LONGEST = 4096
"""Characters of an entry that are kept: Telegram sends no more."""

_INCIDENT = "incident:"
"""What an entry tells is reported once, however many press."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteEntry(OpenDeskCase):
    """Write an entry, with what was read of its words; see ``plans.desk.entry_state.Entry``.

    Attributes:
        forwarded: the desk asked for it, and what was sent are another's words.
        alarming: its words tell of an event that may have to be reported.
        corrects, corrects_number: the entry that it sets right.
    """

    text: str = ""
    said_at: datetime | None = None
    forwarded: bool = False
    head: str = ""
    way: str = ""
    unit: str = ""
    caller: str = ""
    phone: str = ""
    called_at: datetime | None = None
    called_options: tuple[datetime, ...] = ()
    what: str = ""
    wants: tuple[Want, ...] = ()
    evidence: tuple[str, ...] = ()
    alarming: bool = False
    corrects: str = ""
    corrects_number: int = 0

    any_way = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawEntry(Command):
    """Take an entry back that one has written oneself a moment ago; it stays in the log, struck through."""

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectedBy(Command):
    """Another entry sets this one right: given with the opening of that one, in the same transaction."""

    stream: str
    number: int

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class BecomeCase(Command):
    """A case was opened from the entry: given with the opening of that case, in the same transaction."""

    stream: str
    number: int
    drill: bool = False

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AddToEntry(Command):
    """Put pictures and files with an entry, or words with one that was spoken, with what was read of them."""

    text: str = ""
    evidence: tuple[str, ...] = ()
    way: str = ""
    unit: str = ""
    caller: str = ""
    phone: str = ""
    called_at: datetime | None = None
    called_options: tuple[datetime, ...] = ()
    what: str = ""
    wants: tuple[Want, ...] = ()
    alarming: bool = False

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryWritten(
    DeskCaseOpened, name="entry-written", personal=("text", "caller", "phone", "what", "wanted", "name")
):
    """An entry was written; the attributes are those of :class:`WriteEntry`.

    Attributes:
        name: of whoever wrote it. wants: the times of what is wanted. wanted: the words of it, in the same order.
    """

    said_at: datetime
    text: str | None = None
    name: str | None = None
    forwarded: bool = False
    head: str = ""
    way: str = ""
    unit: str = ""
    caller: str | None = None
    phone: str | None = None
    called_at: datetime | None = None
    called_options: tuple[str, ...] = ()
    what: str | None = None
    wants: tuple[dict[str, Any], ...] = ()
    wanted: list[dict[str, str]] | None = None
    evidence: tuple[str, ...] = ()
    alarming: bool = False
    corrects: str = ""
    corrects_number: int = 0

    touches = ("read", "reply")


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryWithdrawn(Event, name="entry-withdrawn"):
    """Whoever wrote it took it back within a minute."""

    by: str

    touches = ("read", "reply")


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryCorrected(Event, name="entry-corrected"):
    """Another entry stands in its place."""

    stream: str
    number: int
    by: str

    touches = ("read", "reply")


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryBecame(Event, name="entry-became"):
    """A case was opened from it."""

    stream: str
    number: int
    by: str
    drill: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryAddedTo(Event, name="entry-added-to", personal=("text", "caller", "phone", "what", "wanted")):
    """Files were put with it, or the words of what was spoken, with what was read of them."""

    by: str
    text: str | None = None
    evidence: tuple[str, ...] = ()
    way: str = ""
    unit: str = ""
    caller: str | None = None
    phone: str | None = None
    called_at: datetime | None = None
    called_options: tuple[str, ...] = ()
    what: str | None = None
    wants: tuple[dict[str, Any], ...] = ()
    wanted: list[dict[str, str]] | None = None
    alarming: bool = False

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
            text=text[:LONGEST] or None, forwarded=command.forwarded, head=command.head, **_understood(command),
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


@decides(CorrectedBy)
def correct_entry(case: Case[Entry], command: CorrectedBy) -> Refusal | None:
    """An entry is set right once; what sets it right can itself be set right."""
    entry = case.state
    if not case.writes:
        return Refusal(key="log_duty_only", who=("duty",))
    if not entry.stands:
        return not_standing(entry)
    case.record(EntryCorrected(stream=command.stream, number=command.number, by=case.actor.id))
    return None


@decides(BecomeCase)
def become_case(case: Case[Entry], command: BecomeCase) -> Refusal | None:
    """What was taken back or set right becomes nothing: the entry that stands does."""
    entry = case.state
    if not case.writes:
        return Refusal(key="log_duty_only", who=("duty",))
    if not entry.stands:
        return not_standing(entry)
    reported = _reported(entry)
    if reported is not None and command.stream.startswith(_INCIDENT):
        return Refusal(key="log_reported", params={"number": entry.number, "incident": reported.number})
    if all(item.stream != command.stream for item in entry.became):
        case.record(
            EntryBecame(stream=command.stream, number=command.number, drill=command.drill, by=case.actor.id)
        )  # fmt: skip
    return None


@decides(AddToEntry)
def add_to_entry(case: Case[Entry], command: AddToEntry) -> Refusal | None:
    """Files are added to what was written; words only where none were, for an entry is never written over."""
    entry = case.state
    if "duty" not in case.actor.roles or case.actor.via not in ("direct", "forward"):
        return Refusal(key="log_duty_only", who=("duty",))
    if not entry.stands:
        return not_standing(entry)
    text = "" if entry.text else command.text.strip()[:LONGEST]
    evidence = tuple(item for item in command.evidence if item not in entry.evidence)
    if not text and not evidence:
        return Refusal(key="same_as_before")
    said = _understood(command) if text else {}
    case.record(EntryAddedTo(by=case.actor.id, text=text or None, evidence=evidence, **said))
    return None


def _understood(command: WriteEntry | AddToEntry) -> dict[str, Any]:
    """Return what was read of words, as events keep it."""
    return {
        "way": command.way, "unit": command.unit, "caller": command.caller or None, "phone": command.phone or None,
        "called_at": command.called_at, "called_options": tuple(map(_iso, command.called_options)),
        "what": command.what[:LONGEST] or None, "alarming": command.alarming, **stated(command.wants),
    }  # fmt: skip


def not_standing(entry: Entry) -> Refusal:
    """Return why nothing is done about an entry that does not stand."""
    if entry.state == WITHDRAWN:
        return Refusal(key="log_was_withdrawn", params={"number": entry.number})
    return Refusal(key="log_not_standing", params={"number": entry.number, "by": entry.corrected_number})


def stated(wants: tuple[Want, ...]) -> dict[str, Any]:
    """Return wants as events keep them: the times apart from the words, which can be erased."""
    times = tuple(
        {"at": _iso(want.at) if want.at is not None else "", "options": [_iso(moment) for moment in want.options]}
        for want in wants
    )
    return {"wants": times, "wanted": [{"words": want.words, "what": want.what} for want in wants] or None}


def wants_of(times: tuple[dict[str, Any], ...], words: list[dict[str, str]] | None) -> tuple[Want, ...]:
    """Return the wants that :func:`stated` kept, also where their words were erased."""
    said = words or [{} for _ in times]
    return tuple(
        Want(
            at=datetime.fromisoformat(time["at"]) if time["at"] else None,
            options=tuple(map(datetime.fromisoformat, time["options"])),
            words=word.get("words", ""), what=word.get("what", ""),
        )
        for time, word in zip(times, said, strict=True)
    )  # fmt: skip


def _iso(moment: datetime) -> str:
    return moment.isoformat()


# --- what it does to the entry


@applies(EntryWritten)
def _on_written(entry: Entry, event: EntryWritten, item: Recorded) -> None:
    begin(entry, event, NOTED)
    entry.text, entry.by, entry.by_name = event.text or "", event.by, event.name or ""
    entry.said_at, entry.forwarded, entry.head = event.said_at, event.forwarded, event.head
    entry.corrects, entry.corrects_number = event.corrects, event.corrects_number
    _understand(entry, event, item)
    _send(entry, event.evidence)


@applies(EntryWithdrawn)
def _on_withdrawn(entry: Entry, event: EntryWithdrawn, item: Recorded) -> None:
    entry.state = WITHDRAWN


@applies(EntryCorrected)
def _on_corrected(entry: Entry, event: EntryCorrected, item: Recorded) -> None:
    entry.corrected_by, entry.corrected_number = event.stream, event.number
    if entry.state == WAITING:  # what waits, waits in the entry that stands in its place
        entry.state = NOTED


@applies(EntryBecame)
def _on_became(entry: Entry, event: EntryBecame, item: Recorded) -> None:
    entry.became.append(Became(stream=event.stream, number=event.number, drill=event.drill))


@applies(EntryAddedTo)
def _on_added(entry: Entry, event: EntryAddedTo, item: Recorded) -> None:
    if event.text and not entry.text:
        entry.text = event.text
        _understand(entry, event, item)
    _send(entry, event.evidence)


def _understand(entry: Entry, event: EntryWritten | EntryAddedTo, item: Recorded) -> None:
    entry.way, entry.unit, entry.caller, entry.phone = event.way, event.unit, event.caller or "", event.phone or ""
    entry.called_at, entry.what, entry.alarming = event.called_at, event.what or event.text or "", event.alarming
    entry.called_options = tuple(map(datetime.fromisoformat, event.called_options))
    entry.wants, entry.since = wants_of(event.wants, event.wanted), item.at
    settle(entry)


def settle(entry: Entry) -> None:
    """Set the state of an entry by what it waits for."""
    if entry.stands:
        done = len(entry.replies)
        entry.state = WAITING if done < len(entry.wants) else ANSWERED if done else NOTED


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


def _reported(entry: Entry) -> Became | None:
    """Return the incident as which an entry was reported."""
    return next((item for item in entry.became if item.stream.startswith(_INCIDENT)), None)


def offers(entry: Entry) -> tuple[Press, ...]:
    """Return what can be done about an entry that stands."""
    presses: list[tuple[str, str, Key, dict[str, Any]]] = []
    if entry.alarming and not _reported(entry):
        presses.append(("entry_report", "entry_report", ENTRY, {}))
    if entry.called_options:
        presses += [("entry_called", "entry_called", READ, {"at": _iso(moment)}) for moment in entry.called_options]
    waits = entry.waits_for
    if waits is not None:
        presses += [("entry_due_at", "entry_due_at", READ, {"at": _iso(moment)}) for moment in waits.options]
        presses += [("entry_replied", "entry_replied", REPLY, {}), ("entry_waive", "entry_waive", REPLY, {})]
    if not entry.head:
        presses += [("entry_due", "entry_due", ENTRY, {}), ("entry_caller", "entry_caller", ENTRY, {})]
        if not entry.alarming and not _reported(entry):
            presses.append(("entry_report", "entry_report", ENTRY, {}))
        presses += [("entry_instruct", "entry_instruct", ENTRY, {}), ("entry_warning", "entry_warning", ENTRY, {})]
    presses += [("entry_correct", "entry_correct", ENTRY, {}), ("entry_withdraw", "entry_withdraw", ENTRY, {})]
    return buttons(*presses)
