"""Taking back a slip of the thumb: one's own last acknowledgement, filing or verification, for a minute."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.command import Command
from plans.core.event import Event, Recorded, Undone
from plans.core.outcome import Refusal
from plans.core.registry import decides
from plans.incident.aid import AidAsked, AidSpecified
from plans.incident.aid_answers import AidAnswered, speaks_for
from plans.incident.arrivals import ArrivalExpected
from plans.incident.case import Case
from plans.incident.elements import ElementAnswered
from plans.incident.filing import Filed
from plans.incident.owed import ObligationFiled
from plans.incident.units import UnitAnswered


@dataclass(frozen=True, kw_only=True, slots=True)
class Undo(Command):
    """Take back one's own last acknowledgement, filing or verification, within a minute.

    Attributes:
        only: the number in the log of what a button offered to take back: nothing else is; 0 = whatever was last.
    """

    only: int = 0

    until_closed = True


@decides(Undo)
def undo(case: Case, command: Undo) -> Refusal | None:
    """Take back the last undoable command with all that followed from it at once."""
    last = next(
        (
            item
            for item in reversed(case.incident.events)
            if item.actor == case.actor.id and item.sequence not in case.incident.undone and item.event.undoable
        ),
        None,
    )
    if last is None or (command.only and not _offered(case, command.only, last)):
        return Refusal(key="nothing_to_undo")
    if not _still_may(case, last.event):
        return Refusal(key="undo_not_yours")
    if case.now - last.at > case.policy.undo:
        seconds = int(case.policy.undo.total_seconds())
        return Refusal(key="undo_too_late", params={"at": last.at, "seconds": seconds})
    batch = [item for item in case.incident.events if _together(item, last)]
    first = min(item.sequence for item in batch if item.event.undoable)
    sequences = {item.sequence for item in batch if item.sequence >= first} - case.incident.undone
    sequences |= _completed_since(case, sequences)
    case.record(Undone(sequences=tuple(sorted(sequences)), what=last.event.NAME))
    return None


def _still_may(case: Case, event: Event) -> bool:
    """Whether the actor may do today what he takes back: who lost the role in between changes nothing more."""
    if isinstance(event, UnitAnswered | ArrivalExpected) and not event.recorded:
        return event.unit in case.actor.units
    if isinstance(event, AidAsked | AidAnswered | AidSpecified) and not case.staff:
        return speaks_for(case, event.unit if isinstance(event, AidAsked) else _unit_of(case, event))
    if isinstance(event, ElementAnswered):
        return case.staff or case.actor.id == case.incident.reporter_id
    return case.staff


def _unit_of(case: Case, event: AidAnswered | AidSpecified) -> str:
    request = case.incident.aid.get(event.request)
    return request.unit if request is not None else ""


def _offered(case: Case, only: int, last: Recorded) -> bool:
    """Whether what was done last is what a button offered to take back."""
    return any(item.sequence == only and _together(item, last) for item in case.incident.events)


def _together(item: Recorded, last: Recorded) -> bool:
    if last.cause:
        return item.cause == last.cause
    return item.at == last.at and item.actor == last.actor and not item.cause


def _completed_since(case: Case, sequences: set[int]) -> set[int]:
    """Return what another filing completed together with one that is taken back; it is settled anew afterwards."""
    events = [item for item in case.incident.events if item.sequence in sequences]
    recipients = {item.event.recipient for item in events if isinstance(item.event, Filed)}
    concerned = {key for key, item in case.incident.instances.items() if recipients & set(item.to)}
    return {
        item.sequence
        for item in case.incident.events
        if item.sequence > min(sequences)
        and item.sequence not in case.incident.undone
        and isinstance(item.event, ObligationFiled)
        and item.event.key in concerned
    }
