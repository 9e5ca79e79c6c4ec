"""What stands in an entry's place, and what was opened from it: given with the other's opening, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.desk.case import Case
from plans.desk.entry_state import NOTED, WAITING, WITHDRAWN, Became, Entry

_INCIDENT = "incident:"
"""What an entry tells is reported once, however many press."""


# --- commands


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


# --- events


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


# --- what may happen


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
    before = reported(entry)
    if before is not None and command.stream.startswith(_INCIDENT):
        return Refusal(key="log_reported", params={"number": entry.number, "incident": before.number})
    if all(item.stream != command.stream for item in entry.became):
        case.record(
            EntryBecame(stream=command.stream, number=command.number, drill=command.drill, by=case.actor.id)
        )  # fmt: skip
    return None


def not_standing(entry: Entry) -> Refusal:
    """Return why nothing is done about an entry that does not stand."""
    if entry.state == WITHDRAWN:
        return Refusal(key="log_was_withdrawn", params={"number": entry.number})
    return Refusal(key="log_not_standing", params={"number": entry.number, "by": entry.corrected_number})


def reported(entry: Entry) -> Became | None:
    """Return the incident as which an entry was reported."""
    return next((item for item in entry.became if item.stream.startswith(_INCIDENT)), None)


# --- what it does to the entry


@applies(EntryCorrected)
def _on_corrected(entry: Entry, event: EntryCorrected, item: Recorded) -> None:
    entry.corrected_by, entry.corrected_number = event.stream, event.number
    if entry.state == WAITING:  # what waits, waits in the entry that stands in its place
        entry.state = NOTED


@applies(EntryBecame)
def _on_became(entry: Entry, event: EntryBecame, item: Recorded) -> None:
    entry.became.append(Became(stream=event.stream, number=event.number, drill=event.drill))
