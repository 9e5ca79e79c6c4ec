"""Pictures and files that were sent with a case: fetched by the program and kept under their digest, or lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plans.core.case import OpenCase
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.core.state import CaseState


@dataclass(slots=True)
class CaseWithFiles(CaseState):
    """The state of a kind of case that is sent files.

    Attributes:
        files: what became of each, by Telegram's file id: its digest, why it is lost, or nothing while it is fetched.
    """

    files: dict[str, str] = field(default_factory=dict)

    def send(self, reference: str) -> None:
        """Note that a file was sent; what became of it earlier stands."""
        self.files.setdefault(reference, "")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepFile(Command):
    """A file was fetched and stands in the evidence folder under its digest (SHA-256, hexadecimal).

    Attributes:
        reference: Telegram's file id.
    """

    reference: str
    digest: str
    size: int

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class LoseFile(Command):
    """A file cannot be fetched: ``reason`` is ``large`` (over 20 MB) or ``gone``; it stays in the chat alone."""

    reference: str
    reason: str

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class FileKept(Event, name="file-kept"):
    """A file was fetched and is kept; ``digest`` is also its name in the folder."""

    reference: str
    digest: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLost(Event, name="file-lost"):
    """A file could not be fetched: ``large`` or ``gone``."""

    reference: str
    why: str


@decides(KeepFile)
def keep_file(case: OpenCase[Any], command: KeepFile) -> Refusal | None:
    """The program has fetched it; noted once."""
    if not _waited_for(case, command.reference):
        return Refusal(key="nothing_new")
    case.record(FileKept(reference=command.reference, digest=command.digest, size=command.size))
    return None


@decides(LoseFile)
def lose_file(case: OpenCase[Any], command: LoseFile) -> Refusal | None:
    """The program cannot fetch it; noted once."""
    if not _waited_for(case, command.reference):
        return Refusal(key="nothing_new")
    case.record(FileLost(reference=command.reference, why=command.reason))
    return None


def _waited_for(case: OpenCase[Any], reference: str) -> bool:
    """Return whether a file was sent and is not settled yet; only the program itself fetches files."""
    state = case.state
    return "system" in case.actor.roles and isinstance(state, CaseWithFiles) and state.files.get(reference) == ""


@applies(FileKept)
def _on_kept(state: CaseWithFiles, event: FileKept, item: Recorded) -> None:
    state.files[event.reference] = event.digest


@applies(FileLost)
def _on_lost(state: CaseWithFiles, event: FileLost, item: Recorded) -> None:
    state.files[event.reference] = event.why
