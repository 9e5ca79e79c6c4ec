"""Pictures and files that show a measure: fetched by the program and kept under their digest, or lost."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.warning.case import Case
from plans.warning.state import WarningCase

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepPicture(Command):
    """A file was fetched and stands in the evidence folder under its digest (SHA-256, hexadecimal).

    Attributes:
        reference: Telegram's file id.
    """

    reference: str
    digest: str
    size: int

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class LosePicture(Command):
    """A file cannot be fetched: ``reason`` is ``large`` (over 20 MB) or ``gone``; it stays in the chat alone."""

    reference: str
    reason: str

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class PictureKept(Event, name="warning-picture-kept"):
    """A file was fetched and is kept in the evidence folder under its digest."""

    reference: str
    digest: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PictureLost(Event, name="warning-picture-lost"):
    """A file could not be fetched, and why."""

    reference: str
    why: str


# --- what may happen


@decides(KeepPicture)
def keep_picture(case: Case, command: KeepPicture) -> Refusal | None:
    """A file was fetched."""
    if not _waited_for(case, command.reference):
        return Refusal(key="nothing_new")
    case.record(PictureKept(reference=command.reference, digest=command.digest, size=command.size))
    return None


@decides(LosePicture)
def lose_picture(case: Case, command: LosePicture) -> Refusal | None:
    """A file cannot be fetched."""
    if not _waited_for(case, command.reference):
        return Refusal(key="nothing_new")
    case.record(PictureLost(reference=command.reference, why=command.reason))
    return None


def _waited_for(case: Case, reference: str) -> bool:
    """Return whether a file was sent and is not settled yet; only the program itself fetches files."""
    return "system" in case.actor.roles and case.warning.pictures.get(reference) == ""


# --- what it does to the warning


@applies(PictureKept)
def _on_kept(warning: WarningCase, event: PictureKept, item: Recorded) -> None:
    warning.pictures[event.reference] = event.digest


@applies(PictureLost)
def _on_lost(warning: WarningCase, event: PictureLost, item: Recorded) -> None:
    warning.pictures[event.reference] = event.why
