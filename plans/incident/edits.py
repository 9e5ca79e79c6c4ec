"""Edited messages: the record stays, and what changed is proposed to the duty seat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Key
from plans.core.notice import Notice, buttons
from plans.core.outcome import Refusal
from plans.core.registry import applies, asks, decides, guards, revises, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.checks import believable, check_facts
from plans.incident.claims import doubtful
from plans.incident.facts import Update, source_of, update
from plans.incident.records_said import Edit
from plans.incident.revisions import running
from plans.incident.state import KIND, Incident
from plans.incident.unsure_notices import asks_figure, figures_asked

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteEdit(Command):
    """A message that is recorded was edited: the record stays, and what changed is proposed to the duty seat.

    Attributes:
        message: which one, as the shell knows it.
        before, after: its words.
        facts: the figures that it now tells otherwise. raised: facts that it now speaks of without a number.
        unsure: what it now tells otherwise and does not count before somebody has chosen. unread: numbers not read.
    """

    message: str
    before: str
    after: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    unsure: Mapping[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    place: str = ""
    occurred_at: datetime | None = None

    any_way = True


@dataclass(frozen=True, kw_only=True, slots=True)
class SettleEdit(Command):
    """「采用」 or 「不采用」 the edit that was noted with this number in the log.

    Attributes:
        mentions: listed bodies that its words name (``plans.incident.bodies``).
        unreachable: units that nobody answers for who can be written to.
    """

    sequence: int
    adopt: bool
    mentions: tuple[dict[str, Any], ...] = ()
    unreachable: frozenset[str] = frozenset()


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class EditNoticed(Event, name="edit-noticed", personal=("before", "text")):
    """A recorded message was edited; nothing changes until a person adopts it.

    Attributes:
        message: which one. before, text: its words. source: whose word it is.
        facts: the figures that it now tells otherwise. raised: facts that it now speaks of without a number.
        unsure: what it now tells otherwise and does not count before somebody has chosen, as ``plans.intake.telling``
            has it. unread: numbers not read.
    """

    message: str
    before: str | None = None
    text: str | None = None
    source: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    occurred_at: datetime | None = None
    raised: tuple[str, ...] = ()
    unsure: dict[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    reassesses = True
    states_facts = True
    touches = ("words",)


@dataclass(frozen=True, kw_only=True, slots=True)
class EditSettled(Event, name="edit-settled"):
    """A duty officer adopted an edit (its facts are stated in an event of their own) or left the record as it was.

    Whoever wrote it may have edited it back, too.
    """

    message: str
    adopted: bool

    reassesses = True
    states_facts = True


# --- what may happen


@decides(NoteEdit)
def note_edit(case: Case, command: NoteEdit) -> Refusal | None:
    """Note that a recorded message was edited. It comes as an edit, without authority: whoever wrote it may."""
    if not (case.actor.roles or case.actor.id == case.incident.reporter_id):
        return Refusal(key="outsider")
    pending = case.incident.edits.get(command.message)
    if command.after == (pending.text if pending is not None else command.before):
        return Refusal(key="nothing_new")
    if pending is not None and command.after == command.before:  # as it was recorded: nothing is left to adopt
        case.record(EditSettled(message=command.message, adopted=False))
        return None
    facts = {name: data for name, data in command.facts.items() if check_facts(case, {name: data}) is None}
    unsure, beyond = believable(case, command.unsure, command.after)
    case.record(
        EditNoticed(
            message=command.message,
            before=command.before or None,
            text=command.after or None,
            source=source_of(case),
            facts=facts,
            place=command.place,
            occurred_at=command.occurred_at,
            raised=tuple(name for name in command.raised if check_facts(case, {}, (name,)) is None),
            unsure=unsure,
            unread=(*command.unread, *beyond),
        )
    )
    return None


@decides(SettleEdit)
def settle_edit(case: Case, command: SettleEdit) -> Refusal | None:
    """Adopt an edit, or leave the record as it was."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    edit = next((item for item in case.incident.edits.values() if item.sequence == command.sequence), None)
    if edit is None:
        return Refusal(key="nothing_new")
    if command.adopt:
        # The words were read beside the figures and the button pressed: a fall of deaths needs no second word.
        problem = update(
            case,
            Update(
                facts=edit.facts,
                raised=edit.raised,
                unread=edit.unread,
                text=edit.text,
                source=edit.source,
                place=edit.place,
                occurred_at=edit.occurred_at,
                reason=edit.text,
                sure=True,
            ),
        )
        if problem is not None:
            return problem
    case.record(EditSettled(message=edit.message, adopted=command.adopt))
    return None


# --- what it does to the incident


@applies(EditNoticed)
def _on_noticed(incident: Incident, event: EditNoticed, item: Recorded) -> None:
    _drop_asked(incident, event.message)
    incident.edits[event.message] = Edit(
        item.sequence, event.message, event.text or "", event.source, event.facts, event.place, event.occurred_at,
        event.raised, event.unread,
    )  # fmt: skip
    if event.text is not None and (event.unsure or event.unread):
        doubtful(incident, event.unsure, event.unread, event.text, event.source, item)


@applies(EditSettled)
def _on_settled(incident: Incident, event: EditSettled, item: Recorded) -> None:
    if not event.adopted:
        _drop_asked(incident, event.message)
    incident.edits.pop(event.message, None)


def _drop_asked(incident: Incident, message: str) -> None:
    """Words that hold no longer, since they were edited again or left aside, ask nothing any more."""
    edit = incident.edits.get(message)
    for item in [item for item in incident.unsure.values() if edit is not None and item.sequence == edit.sequence]:
        del incident.unsure[item.key]


@revises(KIND, "edit")
def _revision(incident: Incident, of: str) -> int | None:
    if not any(str(item.sequence) == of for item in incident.edits.values()):
        return None
    return running("facts", "scene")(incident, of)


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if not incident.over:
        yield from (keys.edit(item.sequence) for item in incident.edits.values())


# --- who is told


@tells(EditNoticed)
def _tell_noticed(event: EditNoticed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    guard = keys.edit(item.sequence)
    args = {"sequence": item.sequence}
    changes = bool(event.facts or event.raised or event.place or event.occurred_at)
    presses = (("adopt_edit", "adopt", guard, args),) if changes else ()
    yield Notice(
        kind="asked",
        key="edit",
        to=SEAT,
        guard=guard,
        params={
            "before": event.before or "",
            "after": event.text or "",
            "source": event.source,
            "facts": event.facts,
            "place": event.place,
            "occurred": event.occurred_at,
            "raised": event.raised,
            "unsure": tuple(data["fact"] for data in event.unsure.values()),
            "unread": event.unread,
        },
        buttons=buttons(*presses, ("drop_edit", "keep_record", guard, args)),
    )
    yield from figures_asked(item, context)


@asks(EditNoticed)
def _asks_edit(incident: Incident, event: EditNoticed, item: Recorded, key: Key) -> bool:
    return key == keys.edit(item.sequence) or asks_figure(incident, item, key)
