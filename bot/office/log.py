"""The duty log as the office reads it: the entries of rows, and those that wait, for the page of a hand-over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.cases import records
from bot.office.open_matters import OpenMatter, section
from bot.render.log_lines import open_line
from bot.service.service import Service
from plans.desk.entry_state import Entry
from plans.model import Plan
from storage.entries import EntryRow
from storage.transaction import Reading


async def entries_of(rx: Reading, rows: Iterable[EntryRow]) -> list[Entry]:
    """Return the entries of some rows, in their order."""
    found = [await records.load_case(rx, row.stream) for row in rows]
    return [item for item in found if isinstance(item, Entry)]


@section("entries", order=50)
async def waiting(rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime) -> list[OpenMatter]:
    """Return what entries wait for, each demand by itself; the entries whose first is due first before the others."""
    entries = await entries_of(rx, await rx.entries.waiting(jurisdiction, plan.id))
    return [
        OpenMatter(stream=entry.stream, key=str(number), line=open_line(entry, want, now), due=want.counted_from)
        for entry in entries
        for number, want in enumerate(entry.wants)
        if entry.stands and number >= len(entry.replies)
    ]
