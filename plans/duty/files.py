"""Pictures and files that were handed in for a duty: fetched, and kept in the evidence folder under their digests."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.duty.case import Case
from plans.duty.state import DutyBook


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepDutyFile(Command):
    """A file was fetched and stands in the evidence folder under its digest (SHA-256, hexadecimal)."""

    reference: str
    digest: str
    size: int

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class LoseDutyFile(Command):
    """A file cannot be fetched: ``reason`` is ``large`` (over 20 MB) or ``gone``; it stays in the chat alone."""

    reference: str
    reason: str

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyFileKept(Event, name="duty-file-kept"):
    """A file was fetched and is kept; ``digest`` is also its name in the folder."""

    reference: str
    digest: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyFileLost(Event, name="duty-file-lost"):
    """A file could not be fetched: ``large`` or ``gone``."""

    reference: str
    why: str


@decides(KeepDutyFile)
def keep_duty_file(case: Case, command: KeepDutyFile) -> Refusal | None:
    """Note it once."""
    if command.reference in case.book.files:
        return Refusal(key="nothing_new")
    case.record(DutyFileKept(reference=command.reference, digest=command.digest, size=command.size))
    return None


@decides(LoseDutyFile)
def lose_duty_file(case: Case, command: LoseDutyFile) -> Refusal | None:
    """Note it once."""
    if command.reference in case.book.files:
        return Refusal(key="nothing_new")
    case.record(DutyFileLost(reference=command.reference, why=command.reason))
    return None


@applies(DutyFileKept)
def _on_kept(book: DutyBook, event: DutyFileKept, item: Recorded) -> None:
    book.files[event.reference] = event.digest


@applies(DutyFileLost)
def _on_lost(book: DutyBook, event: DutyFileLost, item: Recorded) -> None:
    book.files[event.reference] = ""
