"""Words of the duty log become commands: what an entry says, what is said of one besides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from plans.desk.entries import AddToEntry, WriteEntry
from plans.desk.entry_state import Entry, Want
from plans.intake.entries import LONGEST, EntryRead, read_entry, tells_of_happening
from plans.intake.telling import tells_of_harm
from plans.intake.with_plan import read_for
from plans.model import Plan


def written(
    plan: Plan, text: str, files: Sequence[str] = (), *, origin: str, said_at: datetime, forwarded: bool = False,
    corrects: Entry | None = None,
) -> WriteEntry:  # fmt: skip
    """Return the command that writes an entry, with what its words say.

    Args:
        origin: the place where they were said. said_at: when, aware.
        corrects: the entry that is set right; what is not said anew is taken over from it.
    """
    text = text.strip()[:LONGEST]
    found = read_entry(text, said_at, plan.jurisdiction.area_code)
    old = corrects
    if old is not None:
        files = tuple(dict.fromkeys((*old.evidence, *files)))
    wants = wants_read(found) or (old.wants[len(old.replies) :] if old is not None else ())
    return WriteEntry(
        origin=origin, text=text, said_at=said_at, forwarded=forwarded, head=found.head,
        way=found.way or (old.way if old is not None else ""), unit=found.unit or _kept(old, found, "unit"),
        caller=found.name or _kept(old, found, "caller"), phone=found.number or _kept(old, found, "phone"),
        called_at=found.called_at or (old.called_at if old is not None and not found.called_options else None),
        called_options=found.called_options, what=found.what, wants=wants, evidence=tuple(files),
        alarming=not found.head and _is_alarming(plan, said_at, text),
        corrects=old.stream if old is not None else "", corrects_number=old.number if old is not None else 0,
    )  # fmt: skip


def added(plan: Plan, text: str, files: Sequence[str] = (), *, said_at: datetime) -> AddToEntry:
    """Return the command that adds files to an entry, or the words of what was spoken, with what they say."""
    text = text.strip()[:LONGEST]
    found = read_entry(text, said_at, plan.jurisdiction.area_code)
    return AddToEntry(
        text=text, evidence=tuple(files), way=found.way, unit=found.unit, caller=found.name, phone=found.number,
        called_at=found.called_at, called_options=found.called_options, what=found.what, wants=wants_read(found),
        alarming=_is_alarming(plan, said_at, text),
    )  # fmt: skip


def _is_alarming(plan: Plan, said_at: datetime, text: str) -> bool:
    """Return whether an entry tells of an event that may have to be reported: of somebody hurt, or that it happened."""
    return tells_of_happening(text) or (bool(text) and tells_of_harm(read_for(plan, text, now=said_at)))


def _kept(old: Entry | None, found: EntryRead, name: str) -> str:
    """Return what the entry that is corrected says of its caller, where the correction names nobody."""
    return str(getattr(old, name)) if old is not None and not (found.unit or found.name) else ""


def wants_read(found: EntryRead) -> tuple[Want, ...]:
    """Return what is wanted by what was read."""
    wants = tuple(
        Want(at=item.at, options=item.options, words=item.text, what=item.wanted) for item in found.dues
    )  # fmt: skip
    return wants or ((Want(what=found.asked),) if found.asked else ())
