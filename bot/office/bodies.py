"""The list of bodies is taken over from a workbook, and undone: by an administrator, after a second look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cases.body_lists import body_of_row
from bot.exchange.tables import BadFile, tables_of, workbook
from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event, may_administer
from bot.outgoing.live import redraw
from bot.service.requests import Requester
from bot.service.service import Service
from plans.areas import Body
from plans.areas.changes import Changes, changes
from plans.areas.sheet import HEAD, NoList, Reading, read_sheets, to_cells
from storage import Writing
from storage.bodies import BodyList, BodyRow
from storage.people import Person
from storage.transaction import Reading as Rx

IMPORTED = "import"
"""Who took over what came by the command line."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a file would change, beside what was known when it was looked at.

    Attributes:
        version: number of the list that was known then; 0 = none.
    """

    reading: Reading
    changes: Changes
    version: int

    @property
    def problems(self) -> tuple[str, ...]:
        """Every row and cell that is not read, and why."""
        return (*self.reading.problems, *self.changes.problems)


def read_file(name: str, content: bytes, area_code: str) -> Reading:
    """Read a workbook or CSV file.

    Raises:
        BadFile: it is none. NoList: no sheet lists bodies.
    """
    return read_sheets(tables_of(name, content), area_code)


async def look(rx: Rx, jurisdiction: str, reading: Reading) -> Preview:
    """Return what a file would change."""
    version = await rx.bodies.version(jurisdiction)
    return Preview(reading=reading, changes=changes(reading.rows, await bodies(rx, jurisdiction)), version=version)


async def bodies(rx: Rx, jurisdiction: str) -> list[Body]:
    """Return the bodies that are listed."""
    return [body_of_row(row) for row in await rx.bodies.all(jurisdiction)]


def to_workbook(listed: Sequence[Body]) -> bytes:
    """Return the bodies as an xlsx file that can be edited and imported again."""
    return workbook(HEAD, to_cells(listed))


async def take_over(
    tx: Writing, jurisdiction: str, preview: Preview, *, without_absent: bool, source: str, by: str, cause: str,
    now: datetime,
) -> BodyList:  # fmt: skip
    """Write what a file changes, with an entry in the admin log; return the list that it became.

    Args:
        without_absent: bodies that the file lacks are listed no more.
    """
    found = preview.changes
    ended = [body.id for body in found.absent] if without_absent else []
    new = BodyList(
        jurisdiction=jurisdiction, number=preview.version + 1, at=now, by=by, source=source[:200],
        added=len(found.added), changed=len(found.changed), ended=len(ended),
    )  # fmt: skip
    rows = [_row(jurisdiction, body, new.number) for body in (*found.added, *(after for _, after in found.changed))]
    await _write(tx, new, rows, ended, cause)
    return new


async def undo(tx: Writing, jurisdiction: str, *, by: str, cause: str, now: datetime) -> BodyList | None:
    """Put back what the newest list changed, as a list of its own; None where there is none."""
    newest = next(iter(await tx.bodies.lists(jurisdiction, 1)), None)
    if newest is None:
        return None
    earlier, added = await tx.bodies.before(jurisdiction, newest.number)
    number = newest.number + 1
    new = BodyList(
        jurisdiction=jurisdiction, number=number, at=now, by=by, source=newest.source, undoes=newest.number,
        added=newest.ended, changed=newest.changed, ended=len(added),
    )  # fmt: skip
    await _write(tx, new, [_row(jurisdiction, body_of_row(row), number) for row in earlier], added, cause)
    return new


def _row(jurisdiction: str, body: Body, since: int) -> BodyRow:
    return BodyRow(
        jurisdiction=jurisdiction, id=body.id, name=body.name, short=body.short, kind=body.kind,
        township=body.township, head=body.head, phones=body.phones, since=since,
    )  # fmt: skip


async def _write(tx: Writing, new: BodyList, rows: Sequence[BodyRow], ended: Sequence[str], cause: str) -> None:
    await tx.bodies.take_over(new, rows, ended)
    await append_admin_event(
        tx, new.jurisdiction, "bodies-listed", actor=new.by, cause=cause, at=new.at, number=new.number,
        source=new.source, added=new.added, changed=new.changed, ended=new.ended, undoes=new.undoes,
    )  # fmt: skip
    await redraw(tx, new.jurisdiction, new.at)


async def import_list(
    service: Service, person: Person, jurisdiction: str, reading: Reading, source: str, *, seen: int,
    without_absent: bool, cause: str, requester: Requester, reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Take over a file in the name of an administrator.

    Args:
        seen: number of the list that he saw it beside.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await may_administer(service, tx, person, jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        preview = await look(tx, jurisdiction, reading)
        if preview.version != seen:
            return AdminResult(key="bodies_changed", ok=False)
        new = await take_over(
            tx, jurisdiction, preview, without_absent=without_absent, source=source, by=person.id, cause=cause, now=now
        )
        return AdminResult(key="bodies_listed", values=_values(new))

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def undo_list(
    service: Service, person: Person, jurisdiction: str, *, seen: int, cause: str, requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Undo the newest list in the name of an administrator; refused where it is not the one that he saw."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await may_administer(service, tx, person, jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        if await tx.bodies.version(jurisdiction) != seen:
            return AdminResult(key="bodies_changed", ok=False)
        new = await undo(tx, jurisdiction, by=person.id, cause=cause, now=now)
        return (
            AdminResult(key="bodies_undone", values=_values(new)) if new else AdminResult(key="bodies_none", ok=False)
        )

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


def _values(new: BodyList) -> dict[str, object]:
    return {"added": new.added, "changed": new.changed, "ended": new.ended}


__all__ = [
    "IMPORTED",
    "BadFile",
    "NoList",
    "Preview",
    "bodies",
    "import_list",
    "look",
    "read_file",
    "take_over",
    "to_workbook",
    "undo",
    "undo_list",
]
