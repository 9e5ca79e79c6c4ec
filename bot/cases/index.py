"""What is derived from a case in the transaction that changes it: its line in a list, what is owed, its wakes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from bot.clock import SHANGHAI
from plans.core.policy import Policy
from plans.core.state import CaseState
from plans.desk.entry_state import KIND as ENTRY
from plans.desk.entry_state import Entry
from plans.duty.state import KIND as DUTY
from plans.duty.state import DutyBook, Instance
from plans.incident.state import KIND, Incident
from plans.kinds import kind_of, wakes
from storage.cases import CaseRow
from storage.duty_tables import BookRow, InstanceRow
from storage.entries import EntryRow, searchable
from storage.incidents import IncidentRow
from storage.obligations import ObligationRow
from storage.transaction import Writing
from storage.wakes import Wake

Index = Callable[[Writing, Any, Mapping[str, datetime], bool], Awaitable[None]]
I = TypeVar("I", bound=Index)  # noqa: E741

INDEXES: dict[str, Index] = {}


def indexes(kind: str) -> Callable[[I], I]:
    """Register what writes the rows of a kind of case.

    It is given the transaction, the case, the next moment of each thing that waits, and whether the case begins just
    now, so that no rows of it are there.
    """

    def register(index: I) -> I:
        INDEXES[kind] = index
        return index

    return register


async def derive(tx: Writing, case: CaseState, policy: Policy, *, new: bool = False) -> None:
    """Write what is derived from a case.

    A drill's wakes are kept in the clock's time: its own offset is taken off.

    Args:
        new: the case begins in this transaction.
    """
    points = [Wake(key=point.key, at=point.at - case.offset, kind=point.kind) for point in wakes(case, policy)]
    index = INDEXES.get(kind_of(case.stream).name, _in_the_list)
    await index(tx, case, {point.key: point.at for point in points}, new)
    await tx.wakes.replace(case.stream, points, new=new)


async def _in_the_list(tx: Writing, case: CaseState, next_at: Mapping[str, datetime], new: bool) -> None:
    """Write the line of a kind that has no list of its own."""
    await tx.cases.save(
        CaseRow(
            stream=case.stream,
            kind=kind_of(case.stream).name,
            jurisdiction=case.jurisdiction,
            plan_id=case.plan,
            plan_hash=case.plan_hash,
            drill=case.drill,
            year=case.year,
            number=case.number,
            state=case.state,
            open=case.open,
            opened_at=case.events[0].at,
            place_id=case.origin or None,
            sequence=case.sequence,
        )
    )


@indexes(DUTY)
async def _book(tx: Writing, book: DutyBook, next_at: Mapping[str, datetime], new: bool) -> None:
    """Write a book's line, and each duty in each period."""
    await _in_the_list(tx, book, next_at, new)
    line = BookRow(
        stream=book.stream, jurisdiction=book.jurisdiction, plan_id=book.plan, plan_hash=book.plan_hash,
        bearer_kind=book.bearer_kind, bearer=book.bearer, title=book.title, kinds=" ".join(book.kinds), year=book.year,
        number=book.number, state=book.state, sequence=book.sequence,
    )  # fmt: skip
    known = await tx.duties.known(book.stream)
    if known is None or not known < book.sequence:  # a new book, or one whose rows are to be mended
        await tx.duties.write(line, [_row(book, item) for item in book.instances.values()])
    else:
        await tx.duties.add(line, [_row(book, item) for item in book.instances.values() if item.sequence > known])


def _row(book: DutyBook, item: Instance) -> InstanceRow:
    return InstanceRow(
        jurisdiction=book.jurisdiction, plan_id=book.plan, bearer_kind=book.bearer_kind, bearer=book.bearer,
        duty=item.duty, period=item.period, first=item.first, last=item.last, due=item.due, name=item.name,
        said=item.said, settled_at=item.at, returned_at=item.returned_at, evidence=len(item.evidence),
        stream=book.stream, year=book.year,
    )  # fmt: skip


@indexes(ENTRY)
async def _entry(tx: Writing, entry: Entry, next_at: Mapping[str, datetime], new: bool) -> None:
    """Write an entry's line, and what it is found by."""
    await _in_the_list(tx, entry, next_at, new)
    wants, local = entry.waits_for, entry.at.astimezone(SHANGHAI)
    said = (entry.text, entry.unit, entry.caller, entry.phone, *(reply.words for reply in entry.replies))
    await tx.entries.save(
        EntryRow(
            stream=entry.stream, jurisdiction=entry.jurisdiction, plan_id=entry.plan, day=local.date(), at=entry.at,
            year=entry.year, number=entry.number, head=entry.head, by=entry.by, open=entry.open, stands=entry.stands,
            due=wants.counted_from if wants is not None else None,
            words="\n".join(map(searchable, filter(None, said))), sequence=entry.sequence,
        )
    )  # fmt: skip


@indexes(KIND)
async def _incident(tx: Writing, incident: Incident, next_at: Mapping[str, datetime], new: bool) -> None:
    """Write an incident's line and the index of its open obligations."""
    await tx.incidents.save(row_of(incident))
    await tx.obligations.replace(
        incident.stream,
        [
            ObligationRow(
                stream=incident.stream,
                key=item.key,
                rule=item.rule,
                clause=item.clause,
                report=item.report,
                due=item.due - incident.offset,
                status="possible" if item.possible else "open",
                next_wake=next_at.get(item.key),
            )
            for item in incident.open_instances
        ],
        new=new,
    )


def row_of(incident: Incident) -> IncidentRow:
    """Return the incident's line in the list."""
    if incident.reported_at is None:
        raise ValueError(f"{incident.stream} has no report")
    return IncidentRow(
        stream=incident.stream,
        jurisdiction=incident.jurisdiction,
        plan_id=incident.plan,
        plan_version=incident.plan_version,
        plan_hash=incident.plan_hash,
        drill=incident.drill,
        year=incident.year,
        number=incident.number,
        state=incident.state,
        event_level=incident.event_level,
        response_level=incident.response_level,
        reported_at=incident.reported_at,
        occurred_at=incident.occurred_at,
        text=incident.text,
        place_id=incident.origin or None,
        sequence=incident.sequence,
    )
