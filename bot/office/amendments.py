"""The directory is edited: by an administrator, after a second look, with old and new in the admin log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.callback_data import new_id
from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event, may_administer
from bot.outgoing.live import redraw
from bot.render.amendments import change_text
from bot.service.requests import Requester
from bot.service.service import Service
from plans.directory import Amendment
from plans.directory.exchange import Row
from plans.directory.numbers import personal
from storage import Writing
from storage.directory import DirectoryLine
from storage.people import Person
from storage.transaction import Reading

IMPORTED = "import"
"""Who edited what came by a table on the command line."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One number that is to be changed.

    Attributes:
        unit: its name in the plan.
        way: ``changed wrong added checked`` or ``ended``.
        was: the number in the plan, or of the line that is ended. number: what is rung then.
        seen: id of the edit that held when the change was looked at, empty = none did.
        names: everything that the unit is called: an edit may stand under any of them.
    """

    jurisdiction: str
    unit: str
    way: str
    was: str = ""
    number: str = ""
    kind: str = ""
    note: str = ""
    seen: str = ""
    names: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The change in words."""
        return change_text(self.way, self.was, self.number, self.kind)


def way_of(row: DirectoryLine) -> str:
    """Return what an edit does: ``changed wrong added`` or ``checked``."""
    return Amendment(unit=row.unit, was=row.was, number=row.number, at=row.at).way


async def holding(rx: Reading, jurisdiction: str, names: Sequence[str], number: str) -> DirectoryLine | None:
    """Return the edit that holds about a unit's number: what was in the plan, or what was added."""
    return next(
        (
            row
            for row in await rx.directory.amendments(jurisdiction)
            if row.unit in names and number in (row.was, row.number)
        ),
        None,
    )


async def amend(
    service: Service, person: Person, change: Change, *, cause: str, requester: Requester, reply: Reply | None = None
) -> AdminResult | None:
    """Change a number; refused where somebody else changed it since it was looked at."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await may_administer(service, tx, person, change.jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        amendment = await holding(tx, change.jurisdiction, (change.unit, *change.names), change.was or change.number)
        if (amendment.id if amendment is not None else "") != change.seen:
            return AdminResult(key="amend_stale", ok=False)
        await _apply(tx, change, by=person.id, cause=cause, now=now)
        await redraw(tx, change.jurisdiction, now)
        return AdminResult(key="amended", values={"unit": change.unit, "change": change.text})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def import_rows(tx: Writing, rows: Sequence[Row], *, now: datetime) -> None:
    """Write the rows of an imported table that say something else than is known, each with its entry in the log."""
    for row in rows:
        way = Amendment(unit=row.unit, was=row.was, number=row.number, at=now).way
        change = Change(
            jurisdiction=row.jurisdiction, unit=row.unit, way=way, was=row.was, number=row.number, kind=row.kind,
            note=row.note,
        )  # fmt: skip
        await _apply(tx, change, by=IMPORTED, cause=f"{IMPORTED}:{now.isoformat()}", now=now)
    for name in dict.fromkeys(row.jurisdiction for row in rows):
        await redraw(tx, name, now)


async def _apply(tx: Writing, change: Change, *, by: str, cause: str, now: datetime) -> None:
    """Write a change and its entry in the admin log."""
    if change.way == "ended":
        await tx.directory.end(change.seen, now)
    else:
        await tx.directory.amend(
            DirectoryLine(
                id=new_id(), jurisdiction=change.jurisdiction, unit=change.unit, was=change.was, number=change.number,
                kind=change.kind, note=change.note, by=by, at=now,
            )
        )  # fmt: skip
    await append_admin_event(
        tx, change.jurisdiction, "directory-changed", actor=by, cause=cause, at=now, unit=change.unit, way=change.way,
        was=change.was, number=change.number, kind=change.kind, note=change.note,
        own=[name for name in ("was", "number") if personal(getattr(change, name))],
    )  # fmt: skip
